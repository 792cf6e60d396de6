//! One case on its way through the courts: a semi-Markov process (Limnios & Oprisan 2001)
//! in calendar days.
//!
//! In each node the case stays for days drawn by the node's law, then leaves by one of
//! its outcomes, unless an exit fires first. Days and outcomes are keyed by case, node and
//! visit, so a change elsewhere never shifts them. What is known is replayed: the dated
//! history before the start, and outcomes imposed on a node from a date on.

use super::agreement::Agreement;
use super::decision::is_decision;
use super::exits::ExitClocks;
use super::fine::FineClock;
use super::journal::Journal;
use super::plan::Plan;
use super::posterior::Posterior;
use super::procedure::Procedure;
use super::worth::Worth;
use super::{CaseState, Dice, Passed, SettledBy};
use crate::chance::Run;
use crate::domain::{Date, Ending, EventIndex, Level, NodeId, Party};
use crate::scenario::resolved::{CaseStep, InputDraw, StepBy};

/// What a case does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    File,
    Leave,
    GiveIn,
    Exit(usize),
    End,
}

/// What a case brings about outside itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Consequence {
    /// A decision on reach.
    Ruling {
        level: Level,
        favours: Party,
        cause: Option<EventIndex>,
    },
    /// A statute or treaty, by an exit.
    Settled(SettledBy),
}

/// Where a node's outcome comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    Chance,
    History,
    /// A step that the history leaves unsaid.
    Implied,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Phase {
    Unfiled,
    /// In a node, to be left on a day, by a given outcome if any.
    At {
        node: NodeId,
        leaves: Date,
        given: Option<usize>,
        source: Source,
    },
    /// Decided; the formal end follows.
    Closing {
        ending: Ending,
        on: Date,
    },
    Ended {
        ending: Ending,
        on: Date,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Contempt {
    None,
    Stipulated,
    Fined,
}

/// A case in one run.
#[derive(Clone, Debug)]
pub(super) struct Case<'m> {
    pub(super) plan: Plan<'m>,
    pub(super) posterior: Posterior,
    /// Latent merit θ.
    pub(super) merit: f64,
    pub(super) run: Run,
    pub(super) phase: Phase,
    pub(super) node: NodeId,
    /// When it came to the node.
    pub(super) entered: Date,
    /// The steps that it has taken since it was filed.
    pub(super) passed: Vec<Passed>,
    pub(super) visits: Vec<u32>,
    pub(super) force_used: Vec<bool>,
    /// Whether it came as what is known of it says.
    pub(super) agreement: Agreement,
    /// Entries of the history already replayed.
    pub(super) replayed: usize,
    /// The case is still where its history leads.
    pub(super) on_record: bool,
    pub(super) stayed: bool,
    pub(super) contempt: Contempt,
    pub(super) partly_complied: bool,
    pub(super) ruled: bool,
    pub(super) yielded: bool,
    pub(super) fine: FineClock,
    pub(super) fines_paid_usd: f64,
    pub(super) exits: ExitClocks<'m>,
    /// What the case is worth, to a provider that contests by value.
    pub(super) worth: Option<Worth>,
    pub(super) last: Option<EventIndex>,
    pub(super) chances: Vec<f64>,
}

impl<'m> Case<'m> {
    pub(super) fn new(plan: Plan<'m>) -> Self {
        Self {
            posterior: Posterior::new(),
            merit: 0.0,
            run: Run(0),
            phase: Phase::Unfiled,
            node: plan.court.first,
            entered: plan.spec.filed,
            // Room for two rounds through a court with a circle.
            passed: Vec::with_capacity(2 * plan.court.nodes.len()),
            visits: vec![0; plan.court.nodes.len()],
            force_used: vec![false; plan.forced.len()],
            agreement: Agreement::of(&plan.learned),
            replayed: 0,
            on_record: true,
            stayed: false,
            contempt: Contempt::None,
            partly_complied: false,
            ruled: false,
            yielded: false,
            fine: FineClock::default(),
            fines_paid_usd: 0.0,
            exits: ExitClocks::new(&plan.court.exits, plan.settled_by_policy, plan.known_until),
            worth: None,
            last: None,
            chances: Vec::new(),
            plan,
        }
    }

    /// Starts a run; merit is drawn from the posterior as learned.
    pub(super) fn begin(&mut self, draw: &InputDraw, run: Run, dice: &Dice) {
        let key = self.plan.key;
        self.merit = self.posterior.quantile(dice.merit.uniform(run, key, 0));
        self.run = run;
        self.phase = Phase::Unfiled;
        self.node = self.plan.court.first;
        self.entered = self.plan.spec.filed;
        self.passed.clear();
        self.visits.fill(0);
        self.force_used.fill(false);
        self.agreement.begin();
        self.replayed = 0;
        self.on_record = true;
        self.stayed = false;
        self.contempt = Contempt::None;
        self.partly_complied = false;
        self.ruled = false;
        self.yielded = false;
        self.fine = self
            .plan
            .spec
            .order()
            .map_or_else(FineClock::default, |order| {
                FineClock::begin(&order.fine, draw)
            });
        self.fines_paid_usd = 0.0;
        self.last = None;
        let from = self.plan.known_until.max(self.plan.spec.filed);
        self.exits.begin(draw, from, (&dice.exit, run, key));
    }

    pub(super) fn level(&self) -> Level {
        self.plan.court.nodes[self.node.index()].level
    }

    /// What happens next if nothing from outside comes before, and when. On one day a
    /// court acts before a provider gives in, and both before an exit.
    pub(super) fn next(&self) -> Option<(Date, Act)> {
        match self.phase {
            Phase::Unfiled => Some((self.plan.spec.filed, Act::File)),
            Phase::At { leaves, .. } => {
                let gives_in = self.gives_in().map(|date| (date, Act::GiveIn));
                let exit = self.exits.next(self.level());
                let exit = exit.map(|(date, index)| (date, Act::Exit(index)));
                let leave = Some((leaves, Act::Leave));
                [leave, gives_in, exit].into_iter().flatten().min()
            }
            Phase::Closing { on, .. } => Some((on, Act::End)),
            Phase::Ended { .. } => None,
        }
    }

    /// The day on which the fine breaks the provider's resistance: not while the record
    /// says that it went on.
    fn gives_in(&self) -> Option<Date> {
        let date = self.fine.reaches_ceiling()?;
        Some(date.max(self.plan.known_until))
    }

    /// Does the next act turn on the merits?
    pub(super) fn decides(&self) -> bool {
        match self.phase {
            Phase::At { node, given, .. } => {
                given.is_none() && is_decision(&self.plan.court.nodes[node.index()].kind)
            }
            _ => false,
        }
    }

    /// Does what [`Case::next`] announced. `shift` is what moves a decision's log-odds
    /// toward the provider besides merit.
    pub(super) fn act(
        &mut self,
        (date, act): (Date, Act),
        shift: f64,
        procedure: &Procedure<'_>,
        dice: &Dice,
        journal: &mut Journal<'_>,
    ) -> Option<Consequence> {
        match act {
            Act::File => {
                self.file(date, dice, journal);
                None
            }
            Act::Leave => self.leave(date, shift, procedure, dice, journal),
            Act::GiveIn => {
                self.pass(StepBy::Ending(Ending::Complied), date);
                self.close(Ending::Complied, date, 0, None, journal);
                None
            }
            Act::Exit(index) => {
                let exit = self.exits.exit(index);
                match exit.ending {
                    Ending::Statute => return Some(Consequence::Settled(SettledBy::Statute(None))),
                    Ending::Treaty => return Some(Consequence::Settled(SettledBy::Treaty)),
                    _ => {}
                }
                let days = self.exits.days_to_end(exit.ending);
                self.pass(StepBy::Ending(exit.ending), date);
                self.close(exit.ending, date, days, self.last, journal);
                None
            }
            Act::End => {
                self.end(date, journal);
                None
            }
        }
    }

    /// Notes that the case leaves its node.
    pub(super) fn pass(&mut self, by: StepBy, date: Date) {
        let node = self.node;
        self.passed.push(Passed {
            step: CaseStep { node, by },
            entered: self.entered,
            left: date,
        });
    }

    /// Is it before a court?
    pub(super) fn is_in_court(&self) -> bool {
        matches!(self.phase, Phase::At { .. })
    }

    /// Does the question pend in an appellate or higher court?
    pub(super) fn pends(&self) -> bool {
        matches!(self.phase, Phase::At { .. }) && self.level() >= Level::Circuit
    }

    /// Is it before the highest court?
    pub(super) fn pends_at_the_top(&self) -> bool {
        matches!(self.phase, Phase::At { .. }) && self.level() >= Level::Supreme
    }

    pub(super) fn state(&self, date: Date) -> CaseState {
        let ended = match self.phase {
            Phase::Ended { ending, on } => Some((ending, on)),
            _ => None,
        };
        CaseState {
            merit: self.merit,
            filed: self.phase != Phase::Unfiled,
            node: matches!(self.phase, Phase::At { .. }).then_some(self.node),
            ended,
            days: ended.map(|(_, on)| on.days_since(self.plan.spec.filed)),
            stayed: self.stayed,
            in_contempt: self.contempt != Contempt::None,
            partly_complied: self.partly_complied,
            fines_accrued_usd: self.fine.total_usd(date),
            fines_paid_usd: self.fines_paid_usd,
        }
    }
}
