//! Dated facts that make all cloud dearer in a place, as a regulation of what is kept there does.
//!
//! From its date on such a fact raises the unit cost of whatever customers there place, wherever
//! it lies and with whom, by a wedge in ln price. Two things answer:
//! - what customers choose, at once: all offerings lose `β_price·wedge` alike, so that providers
//!   keep their relative odds, and only staying on premises gains;
//! - how much of what is placed they keep (expansion), gradually: after m months the part
//!   `1 − 2^(−m/half-life)` of the wedge is answered, by the elasticity, in the whole installed
//!   base of the place. What was answered before the start is in the spend observed there.

use crate::chance::math;
use crate::domain::{Date, JurisdictionId};
use crate::scenario::resolved::{ForceKind, FullModel, InputDraw};

const DAYS_PER_MONTH: f64 = 365.25 / 12.0;

/// All such facts of a scenario, with the numbers of one run.
#[derive(Clone, Debug)]
pub(super) struct Compliance {
    facts: Vec<Fact>,
}

#[derive(Clone, Debug)]
struct Fact {
    date: Date,
    /// Whether it concerns a group: `[group]`.
    concerns: Vec<bool>,
    /// Rise of ln price.
    wedge: f64,
    half_life_months: f64,
    /// The part of it that was answered at the start.
    answered_at_start: f64,
}

impl Compliance {
    /// The facts of a scenario; their numbers come with a run.
    pub(super) fn new(model: &FullModel) -> Self {
        let facts = model.forces.iter().filter_map(|force| match &force.kind {
            ForceKind::Compliance { members, .. } => Some((force.date, members)),
            _ => None,
        });
        let groups = &model.groups;
        let concerns = |members: &[JurisdictionId]| {
            let lives = groups.iter().map(|group| group.jurisdiction);
            lives.map(|place| members.contains(&place)).collect()
        };
        Self {
            facts: facts
                .map(|(date, members)| Fact {
                    date,
                    concerns: concerns(members),
                    wedge: 0.0,
                    half_life_months: 1.0,
                    answered_at_start: 0.0,
                })
                .collect(),
        }
    }

    /// The numbers of a run that starts on this day.
    pub(super) fn begin(&mut self, model: &FullModel, draw: &InputDraw, start: Date) {
        let numbers = model.forces.iter().filter_map(|force| match &force.kind {
            ForceKind::Compliance {
                price_wedge,
                half_life_months,
                ..
            } => Some((price_wedge.value(draw), half_life_months.value(draw))),
            _ => None,
        });
        for (fact, (wedge, half_life_months)) in self.facts.iter_mut().zip(numbers) {
            fact.wedge = wedge;
            fact.half_life_months = half_life_months;
            fact.answered_at_start = fact.answered(start);
        }
    }

    /// Whether any is in force before this day.
    pub(super) fn any(&self, today: Date) -> bool {
        self.facts.iter().any(|fact| fact.date < today)
    }

    /// Rise of ln price for a group by facts before this day; they add up.
    pub(super) fn wedge(&self, group: usize, today: Date) -> f64 {
        let facts = self.facts.iter();
        let here = facts.filter(|fact| fact.concerns[group] && fact.date < today);
        here.map(|fact| fact.wedge).sum()
    }

    /// Rise of ln price that a group's placed workload has answered since the start.
    pub(super) fn answered(&self, group: usize, today: Date) -> f64 {
        let here = self.facts.iter().filter(|fact| fact.concerns[group]);
        here.map(|fact| fact.answered(today) - fact.answered_at_start)
            .sum()
    }
}

impl Fact {
    /// `wedge·(1 − 2^(−months/half-life))`
    fn answered(&self, today: Date) -> f64 {
        let months = f64::from(today.days_since(self.date).max(0)) / DAYS_PER_MONTH;
        -self.wedge * math::exp_m1(-months / self.half_life_months * std::f64::consts::LN_2)
    }
}

#[cfg(test)]
mod tests;
