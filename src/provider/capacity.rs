//! Capacity: a region that is full takes neither projects nor movers until it holds less;
//! what is there stays and grows, and who is on the way arrives. It is looked at once a
//! month, so that a month's intake may go past the limit. Nothing enlarges a region: a second
//! one in the same place is a candidate of its own.

use crate::domain::Record;
use crate::scenario::resolved::{FullModel, InputDraw};

/// The capacities of all regions in one run.
#[derive(Clone, Debug)]
pub struct Capacities<'m> {
    model: &'m FullModel,
    is_limited: bool,
    /// By region, USD a year at start prices; infinite where there is no limit.
    usd_per_year: Vec<f64>,
    stored_usd_per_year: Vec<f64>,
}

impl<'m> Capacities<'m> {
    /// The regions of a scenario.
    #[must_use]
    pub fn new(model: &'m FullModel) -> Self {
        let mut regions = model.regions.iter();
        Self {
            is_limited: regions.any(|region| region.capacity_usd_per_year.is_some()),
            usd_per_year: vec![f64::INFINITY; model.regions.len()],
            stored_usd_per_year: vec![0.0; model.regions.len()],
            model,
        }
    }

    /// Takes the numbers of a run.
    pub fn begin(&mut self, draw: &InputDraw) {
        for (usd_per_year, region) in self.usd_per_year.iter_mut().zip(&self.model.regions) {
            let capacity = region.capacity_usd_per_year;
            *usd_per_year = capacity.map_or(f64::INFINITY, |capacity| capacity.value(draw));
        }
    }

    /// Enters in the record how full regions are, given the workload at each offering in USD
    /// a year at start prices.
    pub fn look(&mut self, workload: impl Fn(usize) -> f64, record: &mut Record) {
        if !self.is_limited {
            return;
        }
        self.stored_usd_per_year.fill(0.0);
        for (o, offering) in self.model.offerings.iter().enumerate() {
            self.stored_usd_per_year[offering.region.index()] += workload(o);
        }
        let stored = self.stored_usd_per_year.iter().zip(&self.usd_per_year);
        for (utilisation, (stored, capacity)) in record.utilisation.iter_mut().zip(stored) {
            *utilisation = stored / capacity;
        }
        for (full, offering) in record.full.iter_mut().zip(&self.model.offerings) {
            *full = record.utilisation[offering.region.index()] >= 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;
    use crate::scenario::resolved::Model;

    #[test]
    fn a_region_is_full_from_its_capacity_on_with_all_its_offerings() {
        let text = include_str!("../scenario/fixture.toml");
        let limit = ["region.acme-de.capacity_usd_per_year=2e8".to_owned()];
        let scenario = load_text("small", text, &limit);
        let scenario = scenario.unwrap_or_else(|e| panic!("{}", e.render(false)));
        let Model::Full(model) = &scenario.model else {
            unreachable!()
        };
        let mut capacities = Capacities::new(model);
        capacities.begin(&scenario.median_inputs());
        let mut record = Record {
            full: vec![false; model.offerings.len()],
            utilisation: vec![0.0; model.regions.len()],
            ..Record::empty(scenario.start)
        };
        // It has two offerings, by who holds the keys.
        let mut full_at = |each: f64| {
            capacities.look(|_| each, &mut record);
            let full = model.offerings.iter().zip(&record.full);
            let full = full
                .filter(|(_, full)| **full)
                .map(|(o, _)| o.name.as_str());
            let of = |name: &str| model.regions.iter().position(|r| r.name == name).unwrap();
            let used = [of("acme-de"), of("acme-us")].map(|r| record.utilisation[r]);
            (full.collect::<Vec<_>>(), used)
        };
        assert_eq!(full_at(0.99e8), (vec![], [0.99, 0.0]));
        assert_eq!(full_at(1e8), (vec!["acme-de", "acme-de+keys"], [1.0, 0.0]));
        assert_eq!(full_at(0.5e8), (vec![], [0.5, 0.0]));
    }
}
