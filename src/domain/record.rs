//! The public record: what everybody can know. Actors read it and never write it;
//! the world keeps it by the events that they return.

use super::{Date, JurisdictionId, OfferingId, PerControl, ProviderId};

/// What is publicly so at a moment of one run.
#[derive(Clone, Debug)]
pub struct Record {
    /// The day up to which the record is kept.
    pub today: Date,
    /// Reach in law `D[g, k]`, by asserting jurisdiction and control structure.
    /// Zero for a jurisdiction without a doctrine of reach.
    pub reach_in_law: Vec<PerControl<f64>>,
    /// By jurisdiction: a statute, treaty or supreme court has settled its reach.
    pub reach_settled: Vec<bool>,
    /// By jurisdiction: the question of its reach pends in an appellate or higher court.
    pub reach_pends: Vec<bool>,
    /// By jurisdiction: the question of its reach is before its highest court.
    pub pends_at_the_top: Vec<bool>,
    /// By instrument of policy: since when it is in force, if it is.
    pub in_force_since: Vec<Option<Date>>,
    /// Workload of a jurisdiction's customers, USD a year at start prices.
    pub workload_usd_per_year: Vec<f64>,
    /// Of which a government has a way to: `[customers' jurisdiction][government]`.
    pub reachable_usd_per_year: Vec<Vec<f64>>,
    /// By offering: open to customers.
    pub open: Vec<bool>,
    /// By offering: its region is full, so that it takes nothing new.
    pub full: Vec<bool>,
    /// By region: workload over capacity; 0 where there is no limit.
    pub utilisation: Vec<f64>,
    /// By offering: the day on which it opened.
    pub opened_on: Vec<Date>,
    /// By provider: list price, 1 at the scenario's start.
    pub price_index: Vec<f64>,
    /// Workload that a provider stores outside a jurisdiction's own territory, USD a year
    /// at start prices: `[provider][jurisdiction]`.
    pub abroad_usd_per_year: Vec<Vec<f64>>,
}

impl Record {
    /// A record of nothing, on this day.
    #[must_use]
    pub fn empty(today: Date) -> Self {
        Self {
            today,
            reach_in_law: Vec::new(),
            reach_settled: Vec::new(),
            reach_pends: Vec::new(),
            pends_at_the_top: Vec::new(),
            in_force_since: Vec::new(),
            workload_usd_per_year: Vec::new(),
            reachable_usd_per_year: Vec::new(),
            open: Vec::new(),
            full: Vec::new(),
            utilisation: Vec::new(),
            opened_on: Vec::new(),
            price_index: Vec::new(),
            abroad_usd_per_year: Vec::new(),
        }
    }

    /// Reach in law of `by`, one value a control structure.
    #[must_use]
    pub fn reach(&self, by: JurisdictionId) -> &PerControl<f64> {
        &self.reach_in_law[by.index()]
    }

    /// Is the offering open?
    #[must_use]
    pub fn is_open(&self, offering: OfferingId) -> bool {
        self.open[offering.index()]
    }

    /// Does the offering, by its number, take new workload?
    #[must_use]
    pub fn takes_new(&self, offering: usize) -> bool {
        self.open[offering] && !self.full[offering]
    }

    /// The provider's list price, 1 at the start.
    #[must_use]
    pub fn price(&self, provider: ProviderId) -> f64 {
        self.price_index[provider.index()]
    }
}
