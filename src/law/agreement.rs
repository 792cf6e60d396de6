//! Whether a case came as what was learned of it since the start says.
//!
//! A run that does not agree with the facts is given up, and another drawn in its place
//! (rejection sampling: von Neumann 1951), so that the runs which remain are those of the model
//! *given* the facts: whatever made the facts likelier, such as a low merit or a hostile court,
//! is then more frequent among them. To force a ruling ([`super::plan`]) is an intervention and
//! teaches nothing.
//!
//! Of a fact with a day the outcome is left to chance, and the day is not: the case leaves the
//! node on it, and the run is kept with the chance of a stay of that many days over that of the
//! likeliest stay. Where all runs that agree come to the node on one day (by the record, or
//! from a node that they left on a known day) that chance is the same for all, and all are kept.

use super::case::Case;
use super::sojourn::chance_of_days;
use crate::domain::{CaseId, Date, NodeId};
use crate::scenario::resolved::{Distribution, FactKind, FullModel};

use super::Dice;

/// Days among which the likeliest stay is looked for.
const LONGEST_STAY: i32 = 40_000;

/// What is known of a case since the start.
#[derive(Clone, Debug, Default)]
pub(super) struct Learned {
    left: Vec<Left>,
    open_on: Option<Date>,
}

/// It left a node by an outcome.
#[derive(Clone, Copy, Debug)]
struct Left {
    node: NodeId,
    outcome: usize,
    on: Option<Date>,
    /// Chance of the likeliest whole number of days in the node.
    likeliest: f64,
}

impl Learned {
    pub(super) fn new(model: &FullModel, case: CaseId) -> Self {
        let court = &model.courts[model.cases[case.index()].court];
        let mut learned = Self::default();
        for fact in model.facts.iter().filter(|fact| fact.case == case) {
            match fact.kind {
                FactKind::Left { node, outcome, on } => learned.left.push(Left {
                    node,
                    outcome,
                    on,
                    likeliest: on.map_or(1.0, |_| likeliest(&court.nodes[node.index()].days)),
                }),
                FactKind::Open(day) => learned.open_on = learned.open_on.max(Some(day)),
            }
        }
        learned
    }

    fn of(&self, node: NodeId) -> Option<usize> {
        self.left.iter().position(|left| left.node == node)
    }
}

fn likeliest(law: &Distribution) -> f64 {
    let chances = (0..LONGEST_STAY).map(|days| chance_of_days(law, days));
    chances.fold(0.0, f64::max)
}

/// How a case of one run stands to what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Agreement {
    /// By fact of a node: it came so.
    met: Vec<bool>,
    contradicted: bool,
    /// All runs that agree came to the present node on the same day.
    day_is_known: bool,
}

impl Agreement {
    pub(super) fn of(learned: &Learned) -> Self {
        Self {
            met: vec![false; learned.left.len()],
            contradicted: false,
            day_is_known: true,
        }
    }

    pub(super) fn begin(&mut self) {
        self.met.fill(false);
        self.contradicted = false;
        // Every run files it on the same day.
        self.day_is_known = true;
    }

    /// The case left a node.
    pub(super) fn left(
        &mut self,
        learned: &Learned,
        (node, outcome): (NodeId, usize),
        by_chance: bool,
    ) {
        let Some(at) = learned.of(node).filter(|&at| !self.met[at]) else {
            self.day_is_known &= !by_chance;
            return;
        };
        let fact = &learned.left[at];
        self.met[at] = fact.outcome == outcome;
        self.contradicted |= fact.outcome != outcome;
        self.day_is_known = fact.on.is_some();
    }

    /// The courts are done with the case, which formally ends on a day.
    pub(super) fn closed(&mut self, learned: &Learned, on: Date) {
        let too_early = learned.open_on.is_some_and(|day| on <= day);
        self.contradicted |= too_early || !self.met.iter().all(|met| *met);
    }

    /// Whether nothing spoke against it before `today`; `at_the_end`, whether all came.
    pub(super) fn holds(&self, learned: &Learned, today: Date, at_the_end: bool) -> bool {
        let overdue = |(fact, met): (&Left, &bool)| {
            !met && (at_the_end || fact.on.is_some_and(|day| day < today))
        };
        !self.contradicted && !learned.left.iter().zip(&self.met).any(overdue)
    }
}

impl Case<'_> {
    /// The day on which the case leaves a node that it enters, where that was learned.
    pub(super) fn agreed_day(
        &mut self,
        node: NodeId,
        visit: u32,
        entered: Date,
        dice: &Dice,
    ) -> Option<Date> {
        let learned = &self.plan.learned;
        let at = learned.of(node).filter(|&at| !self.agreement.met[at])?;
        let fact = &learned.left[at];
        let day = fact.on?;
        let days = day.days_since(entered);
        let law = &self.plan.court.nodes[node.index()].days;
        let chance = chance_of_days(law, days);
        let key = self.plan.node_keys[node.index()];
        let kept = self.agreement.day_is_known
            || dice.fact.uniform(self.run, key, visit) * fact.likeliest < chance;
        self.agreement.contradicted |= days < 0 || chance <= 0.0 || !kept;
        Some(day.max(entered))
    }
}
