//! One month's sums over customers, by group and provider, from which every metric and
//! series is made.

use super::world::World;

/// Sums at one observation.
#[derive(Clone, Debug)]
pub struct Sums {
    providers: usize,
    offerings: usize,
    /// Workload, USD a year at start prices: `[group][offering]`.
    workload: Vec<f64>,
    /// Workload weighted by exposure: `[group][offering]`.
    exposed: Vec<f64>,
    /// Spend, USD a year: `[group][provider]`.
    spend: Vec<f64>,
    /// Trust τ: `[group][provider]`.
    trust: Vec<f64>,
}

impl Sums {
    /// Room for a world's groups.
    #[must_use]
    pub fn new(groups: usize, providers: usize, offerings: usize) -> Self {
        Self {
            providers,
            offerings,
            workload: vec![0.0; groups * offerings],
            exposed: vec![0.0; groups * offerings],
            spend: vec![0.0; groups * providers],
            trust: vec![0.0; groups * providers],
        }
    }

    /// Takes the sums of a world as it now is. `price_factor` is by offering.
    pub fn take(&mut self, world: &World<'_>, price_factor: &[f64]) {
        let market = world.customers().market();
        let record = world.record();
        self.spend.fill(0.0);
        for group in 0..world.setting().model.groups.len() {
            let exposures = world.customers().beliefs().exposures(group);
            for (o, &load) in market.ledger().loads(group).iter().enumerate() {
                let at = group * self.offerings + o;
                let p = usize::from(market.nests().provider_of(o as u8));
                self.workload[at] = load * market.growth_of(group, o as u8);
                self.exposed[at] = self.workload[at] * exposures[o];
                self.spend[group * self.providers + p] +=
                    self.workload[at] * record.price_index[p] * price_factor[o];
            }
            for p in 0..self.providers {
                self.trust[group * self.providers + p] =
                    world.customers().beliefs().trust(group, p).trust();
            }
        }
    }

    /// Spend of groups with providers, USD a year.
    #[must_use]
    pub fn spend(&self, groups: &[usize], providers: &[usize]) -> f64 {
        pairs(groups, providers)
            .map(|(g, p)| self.spend[g * self.providers + p])
            .sum()
    }

    /// Trust of groups in providers, 0 to 100, weighted by spend; NaN without any spend.
    #[must_use]
    pub fn trust(&self, groups: &[usize], providers: &[usize]) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for (g, p) in pairs(groups, providers) {
            let at = g * self.providers + p;
            sum += self.spend[at] * self.trust[at];
            weight += self.spend[at];
        }
        100.0 * sum / weight
    }

    /// Workload of groups at offerings, USD a year at start prices.
    #[must_use]
    pub fn workload(&self, groups: &[usize], offerings: &[usize]) -> f64 {
        pairs(groups, offerings)
            .map(|(g, o)| self.workload[g * self.offerings + o])
            .sum()
    }

    /// Workload of groups at offerings weighted by exposure.
    #[must_use]
    pub fn exposed(&self, groups: &[usize], offerings: &[usize]) -> f64 {
        pairs(groups, offerings)
            .map(|(g, o)| self.exposed[g * self.offerings + o])
            .sum()
    }
}

fn pairs<'a>(first: &'a [usize], second: &'a [usize]) -> impl Iterator<Item = (usize, usize)> + 'a {
    first
        .iter()
        .flat_map(move |&a| second.iter().map(move |&b| (a, b)))
}
