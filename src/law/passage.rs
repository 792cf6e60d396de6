//! A case's way from node to node: when a node is left, by which outcome, and how that
//! is told.

use super::Dice;
use super::case::{Case, Consequence, Phase, Source};
use super::journal::Journal;
use super::procedure::Procedure;
use super::sojourn::{days, days_given};
use crate::domain::{Conduct, Date, Ending, EventKind, Level, NodeId, Party};
use crate::scenario::resolved::{NodeKind, StepBy, Target};

impl Case<'_> {
    pub(super) fn file(&mut self, date: Date, dice: &Dice, journal: &mut Journal<'_>) {
        let case = self.plan.id;
        self.last = journal.note(date, None, EventKind::CaseFiled { case });
        if self.plan.posture.partial_compliance {
            self.partly_complied = true;
            journal.note(date, self.last, EventKind::PartialCompliance { case });
        }
        self.enter(self.plan.court.first, date, dice);
    }

    /// Enters a node and settles when and, if given, how it will be left.
    fn enter(&mut self, node: NodeId, date: Date, dice: &Dice) {
        self.node = node;
        self.entered = date;
        let visit = self.visits[node.index()];
        self.visits[node.index()] += 1;
        let known = self
            .on_record
            .then(|| self.plan.spec.history.get(self.replayed));
        let (mut leaves, mut given, source) = match known.flatten() {
            Some(next) if next.node == node => {
                (next.date.max(date), Some(next.outcome), Source::History)
            }
            Some(next) => (date, self.plan.implied(node, next.node), Source::Implied),
            None => (
                self.drawn_leave(node, visit, date, dice),
                None,
                Source::Chance,
            ),
        };
        let forced = self.plan.forced.iter().zip(&mut self.force_used);
        for ((force, waits), used) in forced {
            if !*used && force.node == node && (*waits || force.date <= leaves) {
                *used = true;
                given = Some(force.outcome);
                if force.date >= date {
                    leaves = force.date;
                }
                break;
            }
        }
        if let Some(day) = self.agreed_day(node, visit, date, dice) {
            leaves = day;
        }
        self.phase = Phase::At {
            node,
            leaves,
            given,
            source,
        };
    }

    fn drawn_leave(&self, node: NodeId, visit: u32, date: Date, dice: &Dice) -> Date {
        let entry = &self.plan.court.nodes[node.index()];
        let key = self.plan.node_keys[node.index()];
        let u = dice.sojourn.uniform(self.run, key, visit);
        let stay = if self.on_record {
            // The record ends with the case still here, unless a party had no time to wait.
            let elapsed = self.plan.known_until.days_since(date);
            let no_room = || match entry.kind {
                NodeKind::Contest | NodeKind::GovernmentAppeal => days(&entry.days, u),
                _ => elapsed,
            };
            days_given(&entry.days, elapsed, u).unwrap_or_else(no_room)
        } else {
            days(&entry.days, u)
        };
        // A node seen again takes a day at least, so that no cycle stands still.
        date.plus_days(stay.max(i32::from(visit > 0)))
    }

    pub(super) fn leave(
        &mut self,
        date: Date,
        shift: f64,
        procedure: &Procedure<'_>,
        dice: &Dice,
        journal: &mut Journal<'_>,
    ) -> Option<Consequence> {
        let Phase::At {
            node,
            given,
            source,
            ..
        } = self.phase
        else {
            return None;
        };
        let chosen = given.unwrap_or_else(|| {
            let visit = self.visits[node.index()] - 1;
            let u = dice
                .outcome
                .uniform(self.run, self.plan.node_keys[node.index()], visit);
            let score = procedure.loading() * self.merit + shift;
            let contest_to = self.contests_to(node, procedure);
            let drawn = procedure.pick(node, score, contest_to, u, &mut self.chances);
            self.willed(node, drawn)
        });
        self.follow_record(node, chosen, source);
        let by_chance = source == Source::Chance;
        self.agreement
            .left(&self.plan.learned, (node, chosen), by_chance);
        let recorded = self.on_record && source != Source::Chance;
        let entry = &self.plan.court.nodes[node.index()];
        let outcome = &entry.outcomes[chosen];
        self.exits.pass(entry.level, date);
        self.pass(StepBy::Outcome(chosen), date);
        self.last = journal.note(date, self.last, self.told(node, chosen));
        let mut consequence = None;
        if outcome.rules
            && let Some(favours) = outcome.favours
        {
            self.ruled = true;
            let (level, cause) = (entry.level, self.last);
            consequence = Some(Consequence::Ruling {
                level,
                favours,
                cause,
            });
        }
        if entry.kind == NodeKind::Contest {
            let conduct = if outcome.carries {
                Conduct::Contest
            } else {
                Conduct::Yield
            };
            self.conduct(date, conduct, journal);
        }
        let gives_in = self.apply(&outcome.effects, date, journal) && !recorded;
        match outcome.target {
            _ if gives_in => self.close(Ending::Complied, date, 0, self.last, journal),
            Target::Node(next) => self.enter(next, date, dice),
            Target::End(ending) => self.close(ending, date, 0, self.last, journal),
        }
        consequence
    }

    /// What comes of the outcome drawn: where the government decides, no court above the
    /// highest that it asks.
    fn willed(&self, node: NodeId, drawn: usize) -> usize {
        let nodes = &self.plan.court.nodes;
        let entry = &nodes[node.index()];
        match self.plan.spec.order() {
            Some(order) if entry.kind == NodeKind::GovernmentAppeal => {
                entry.appealed(nodes, order.government_appeals_to, drawn)
            }
            _ => drawn,
        }
    }

    /// The highest court to which the provider now contests: as its posture says, and by
    /// value only where going on from `node` pays.
    fn contests_to(&self, node: NodeId, procedure: &Procedure<'_>) -> Option<Level> {
        let highest = self.plan.posture.contest_to?;
        let entry = &self.plan.court.nodes[node.index()];
        let (Some(worth), NodeKind::Contest) = (&self.worth, &entry.kind) else {
            return Some(highest);
        };
        let next = entry.contested(&self.plan.court.nodes, Some(highest));
        let pays = worth.pays(procedure, entry.outcomes[next].target);
        (pays && !self.yielded).then_some(highest)
    }

    /// Is the case still where its history leads, after this outcome?
    fn follow_record(&mut self, node: NodeId, chosen: usize, source: Source) {
        let next = self.plan.spec.history.get(self.replayed);
        match (source, next) {
            (Source::History, Some(next)) if next.outcome == chosen => self.replayed += 1,
            (Source::Implied, Some(next)) if self.plan.implied(node, next.node) == Some(chosen) => {
            }
            (Source::Chance, None) => {}
            _ => self.on_record = false,
        }
    }

    /// The event by which leaving a node is told.
    fn told(&self, node: NodeId, chosen: usize) -> EventKind {
        let case = self.plan.id;
        let entry = &self.plan.court.nodes[node.index()];
        let taken = &entry.outcomes[chosen];
        let outcome = chosen as u16;
        let step = EventKind::Step {
            case,
            node,
            outcome,
        };
        if taken.rules
            && let Some(favours) = taken.favours
        {
            return EventKind::Ruling {
                case,
                node,
                outcome,
                level: entry.level,
                favours,
            };
        }
        let by = match entry.kind {
            NodeKind::Contest => Party::Provider,
            NodeKind::GovernmentAppeal => Party::Government,
            _ => return step,
        };
        let gives_up = EventKind::NoAppeal {
            case,
            node,
            outcome,
            by,
        };
        // Before any ruling there is nothing to appeal.
        match taken.target {
            _ if !self.ruled => step,
            _ if entry.kind == NodeKind::Contest && !taken.carries => gives_up,
            // It asks no court, and may yet ask another.
            Target::Node(_)
                if by == Party::Government && taken.asks(&self.plan.court.nodes).is_none() =>
            {
                step
            }
            Target::Node(next) => EventKind::Appeal {
                case,
                node,
                outcome,
                by,
                to: self.plan.court.nodes[next.index()].level,
            },
            Target::End(_) => gives_up,
        }
    }
}
