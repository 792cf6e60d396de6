//! What providers learn of demand when they decide: the customers' forecast, with the growth
//! of the market and the policies in force.

use crate::customer::customers::Customers;
use crate::customer::forecast::Forecast;
use crate::domain::{OfferingId, ProviderId, Record};
use crate::provider::placement::{Demand, Prospect};
use crate::scenario::resolved::FullModel;

/// The customers of this month, asked by providers.
#[derive(Debug)]
pub(super) struct Prospects<'w> {
    pub model: &'w FullModel,
    pub customers: &'w Customers,
    pub record: &'w Record,
    pub forecast: &'w mut Forecast,
    /// Growth of placed workload a month, by market.
    pub growth_a_month: &'w [f64],
    /// Room for a provider's open offerings.
    pub open: &'w mut Vec<OfferingId>,
}

impl Demand for Prospects<'_> {
    fn foresee(&mut self, opening: &[bool], closing: &[bool]) {
        self.customers
            .foresee(self.record, (opening, closing), self.forecast);
    }

    fn prospect(
        &mut self,
        provider: ProviderId,
        changes: (&[OfferingId], &[OfferingId]),
    ) -> Prospect {
        let gain = self
            .customers
            .gain_of(self.forecast, provider.index(), changes);
        let group = &self.model.groups[gain.largest_group];
        self.open.clear();
        let offerings = self.model.offerings.iter().enumerate();
        let open = offerings.filter(|&(o, spec)| spec.provider == provider && self.record.open[o]);
        self.open.extend(open.map(|(o, _)| OfferingId::new(o)));
        Prospect {
            flow_usd_per_year: gain.usd_per_year,
            flow_change_per_year: gain.change_per_year,
            intake_usd_per_year: gain.intake_usd_per_year,
            growth_per_year: 12.0 * self.growth_a_month[group.market],
            policy: self.customers.policy().barring(
                self.model,
                self.record,
                (gain.largest_group, self.open),
            ),
        }
    }

    fn stake_usd_per_year(&self, provider: ProviderId, closing: &[OfferingId]) -> f64 {
        let customers = self.customers;
        customers.stake_of(self.forecast, provider.index(), closing)
    }
}
