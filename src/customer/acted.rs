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
//! A customer has acted once it has acted on any project of a window of months; each keeps the
//! chance that it has not, so the count needs no draw.

use super::choice::ChoiceTables;
use super::columns::{NONE, SLOTS};
use super::market::Market;

/// Months of a run in which it is watched who acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ActsWindow {
    /// The month before the first of them; 0 where they begin at the start.
    pub after_month: u32,
    /// The last of them.
    pub until_month: u32,
}

impl ActsWindow {
    fn holds(self, month: u32) -> bool {
        month > self.after_month && month <= self.until_month
    }
}

/// What customers would choose with beliefs at rest, and who would have chosen alike so far.
#[derive(Clone, Debug)]
pub(super) struct Acts {
    /// The month's tables with beliefs at rest.
    pub(super) at_rest: ChoiceTables,
    pub(super) watched: Vec<Watched>,
}

/// What was seen in one window so far.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    window: ActsWindow,
    /// By customer: chance that every project so far was chosen as at rest.
    alike: Vec<f32>,
    /// By group: customers expected to have acted.
    acted: Vec<f64>,
}

impl Acts {
    /// Forgets the last run.
    pub(super) fn clear(&mut self) {
        for watched in &mut self.watched {
            watched.alike.fill(1.0);
            watched.acted.fill(0.0);
        }
    }

    pub(super) fn are_watched_in(&self, month: u32) -> bool {
        self.watched
            .iter()
            .any(|watched| watched.window.holds(month))
    }
}

impl Market {
    /// Watches acts from the next run on, in these windows.
    pub fn watch_acts(&mut self, windows: &[ActsWindow]) {
        let watched = |&window: &ActsWindow| Watched {
            window,
            alike: vec![1.0; self.population.customers()],
            acted: vec![0.0; self.group_growth.len()],
        };
        self.acts = Some(Box::new(Acts {
            at_rest: ChoiceTables::new(self.population.cells(), &self.nests),
            watched: windows.iter().map(watched).collect(),
        }));
    }

    /// Whether acts are watched in a month.
    pub(super) fn watches_acts_in(&self, month: u32) -> bool {
        let acts = self.acts.as_ref();
        acts.is_some_and(|acts| acts.are_watched_in(month))
    }

    /// Customers of a group expected to have placed or deferred a project otherwise than with
    /// beliefs at rest since the end of a month; 0 where no window begins there.
    #[must_use]
    pub fn acted(&self, after_month: u32, group: usize) -> f64 {
        let mut watched = self.acts.iter().flat_map(|acts| &acts.watched);
        watched
            .find(|watched| watched.window.after_month == after_month)
            .map_or(0.0, |watched| watched.acted[group])
    }

    /// Takes note of a project's choice in a month, before it is booked; `known` and
    /// `new_factor` as in the choice.
    #[inline]
    pub(super) fn note_act(
        &mut self,
        month: u32,
        (cell, group, customer): (usize, usize, usize),
        known: (u32, f64),
        chosen: Option<u8>,
    ) {
        let Some(acts) = &self.acts else { return };
        let now = self.chance(&self.tables, (cell, customer), known, chosen);
        let rest = self.chance(&acts.at_rest, (cell, customer), known, chosen);
        if rest >= now {
            return;
        }
        let watched = self.acts.iter_mut().flat_map(|acts| &mut acts.watched);
        for watched in watched.filter(|watched| watched.window.holds(month)) {
            let before = watched.alike[customer];
            let after = (f64::from(before) * rest / now) as f32;
            watched.acted[group] += f64::from(before) - f64::from(after);
            watched.alike[customer] = after;
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
