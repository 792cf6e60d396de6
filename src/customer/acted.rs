//! Acts: who chose otherwise than with beliefs at rest.
//!
//! A project is *acted on* when its place, or its deferral, differs from what the same customer
//! with the same luck would have chosen with all beliefs at rest, everything else alike (prices,
//! shares, neighbours, policies, a question that pends). Which luck is the same is a matter of
//! how the two choices are coupled; here it is the coupling in which fewest differ, so that what
//! is reported is the least that beliefs can explain: of those who choose i, with chance P_i now
//! and Q_i at rest, a part min(1, Q_i/P_i) would have chosen i anyway. Over all choices
//!
//! `P(acts) = Σ_i P_i·(1 − min(1, Q_i/P_i)) = ½·Σ_i |P_i − Q_i|`
//!
//! A customer has acted once it has acted on any project; each keeps the chance that it has
//! not, so the count needs no draw. They are counted against the customers that had a project to
//! decide on: a customer without cloud that considers none has nothing to act on.

use super::choice::ChoiceTables;
use super::columns::{NONE, SLOTS};
use super::market::Market;

/// What customers would choose with beliefs at rest, and who would have chosen alike so far.
#[derive(Clone, Debug)]
pub(super) struct Acts {
    /// The last month of a run in which they are watched.
    pub(super) until_month: u32,
    /// The month's tables with beliefs at rest.
    pub(super) at_rest: ChoiceTables,
    /// By customer: chance that every project so far was chosen as at rest.
    pub(super) alike: Vec<f32>,
    /// By customer: whether it has had any.
    pub(super) decided: Vec<bool>,
}

impl Market {
    /// Watches acts from the next run on, in its months up to `until_month`.
    pub fn watch_acts(&mut self, until_month: u32) {
        self.acts = Some(Box::new(Acts {
            until_month,
            at_rest: ChoiceTables::new(self.population.cells(), &self.nests),
            alike: vec![1.0; self.population.customers()],
            decided: vec![false; self.population.customers()],
        }));
    }

    /// Whether acts are watched in a month.
    pub(super) fn watches_acts_in(&self, month: u32) -> bool {
        let acts = self.acts.as_ref();
        acts.is_some_and(|acts| month <= acts.until_month)
    }

    /// Takes note of a project's choice, before it is booked; `known` and `new_factor` as in
    /// the choice.
    #[inline]
    pub(super) fn note_act(
        &mut self,
        (cell, group, customer): (usize, usize, usize),
        known: (u32, f64),
        chosen: Option<u8>,
    ) {
        let Some(acts) = &mut self.acts else { return };
        if !std::mem::replace(&mut acts.decided[customer], true) {
            self.ledger.decided[group] += 1;
        }
        let Some(acts) = &self.acts else { return };
        let now = self.chance(&self.tables, (cell, customer), known, chosen);
        let rest = self.chance(&acts.at_rest, (cell, customer), known, chosen);
        if rest >= now {
            return;
        }
        let before = acts.alike[customer];
        let after = (f64::from(before) * rest / now) as f32;
        self.ledger.acted[group] += f64::from(before) - f64::from(after);
        if let Some(acts) = &mut self.acts {
            acts.alike[customer] = after;
        }
    }

    /// Chance of a project's choice under these tables.
    fn chance(
        &self,
        tables: &ChoiceTables,
        (cell, customer): (usize, usize),
        known: (u32, f64),
        chosen: Option<u8>,
    ) -> f64 {
        let mut weights = [0.0; 16];
        let placed = self.peer_weights_in(tables, cell, customer, known, &mut weights);
        let total = placed + tables.outside[cell];
        let Some(chosen) = chosen else {
            return tables.outside[cell] / total;
        };
        let own = self.weight_in(tables, cell, &weights, chosen);
        let slots = self.columns.offering[customer];
        if slots[SLOTS - 1] == NONE {
            return own / total;
        }
        // Who uses as many offerings as it can keeps to those, by their weights.
        let kept = slots.map(|offering| self.weight_in(tables, cell, &weights, offering));
        own / kept.iter().sum::<f64>() * placed / total
    }

    /// The weight of an offering: its part of its provider's.
    pub(super) fn weight_in(
        &self,
        tables: &ChoiceTables,
        cell: usize,
        weights: &[f64; 16],
        offering: u8,
    ) -> f64 {
        let p = usize::from(self.nests.provider_of(offering));
        let within = tables.attractions(cell)[usize::from(offering)] / tables.nest_sums(cell)[p];
        if within.is_finite() {
            weights[p] * within
        } else {
            0.0
        }
    }
}
