//! One month's sums over customers, by seller and group, from which every metric and
//! series is made.

use super::scope::Scope;
use super::tick::World;

/// Sums at one observation, by group and provider or offering.
#[derive(Clone, Debug)]
pub struct Sums {
    groups: usize,
    /// Workload, USD a year at start prices: `[offering][group]`.
    workload: Vec<f64>,
    /// Workload weighted by exposure: `[offering][group]`.
    exposed: Vec<f64>,
    /// Spend, USD a year: `[provider][group]`.
    spend: Vec<f64>,
    /// Spend weighted by trust τ: `[provider][group]`.
    trusted: Vec<f64>,
}

/// Which of the sums.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// Workload at offerings.
    Workload,
    /// Workload at offerings weighted by exposure.
    Exposed,
    /// Spend with providers.
    Spend,
    /// Spend with providers weighted by trust.
    Trusted,
}

impl Sums {
    /// Room for a world's groups.
    #[must_use]
    pub fn new(groups: usize, providers: usize, offerings: usize) -> Self {
        Self {
            groups,
            workload: vec![0.0; groups * offerings],
            exposed: vec![0.0; groups * offerings],
            spend: vec![0.0; groups * providers],
            trusted: vec![0.0; groups * providers],
        }
    }

    /// Takes the sums of a world as it now is. `price_factor` is by offering.
    pub fn take(&mut self, world: &World<'_>, price_factor: &[f64]) {
        let market = world.customers().market();
        let beliefs = world.customers().beliefs();
        let record = world.record();
        self.spend.fill(0.0);
        for group in 0..self.groups {
            let exposures = beliefs.exposures(group);
            for (o, &load) in market.ledger().loads(group).iter().enumerate() {
                let p = usize::from(market.nests().provider_of(o as u8));
                let workload = load * market.growth_of(group, o as u8);
                self.workload[o * self.groups + group] = workload;
                self.exposed[o * self.groups + group] = workload * exposures[o];
                self.spend[p * self.groups + group] +=
                    workload * record.price_index[p] * price_factor[o];
            }
        }
        for (at, (trusted, spend)) in self.trusted.iter_mut().zip(&self.spend).enumerate() {
            *trusted = spend * beliefs.trust(at % self.groups, at / self.groups).trust();
        }
    }

    /// The sum over a scope's groups and its providers (or their offerings).
    #[must_use]
    pub fn over(&self, of: Of, scope: &Scope) -> f64 {
        let (table, rows) = match of {
            Of::Workload => (&self.workload, &scope.offerings),
            Of::Exposed => (&self.exposed, &scope.offerings),
            Of::Spend => (&self.spend, &scope.providers),
            Of::Trusted => (&self.trusted, &scope.providers),
        };
        let mut sum = 0.0;
        for &row in rows {
            let row = &table[row * self.groups..(row + 1) * self.groups];
            sum += scope.groups.iter().map(|&group| row[group]).sum::<f64>();
        }
        sum
    }

    /// Adds up one row for each of `scopes`' sellers, so that margins that differ only in
    /// their groups share the work: `out[seller][group]`.
    pub fn by_seller(&self, of: Of, sellers: &[Scope], out: &mut Vec<f64>) {
        out.clear();
        out.resize(sellers.len() * self.groups, 0.0);
        let table = match of {
            Of::Workload => &self.workload,
            Of::Exposed => &self.exposed,
            Of::Spend => &self.spend,
            Of::Trusted => &self.trusted,
        };
        for (scope, out) in sellers.iter().zip(out.chunks_exact_mut(self.groups)) {
            let rows = match of {
                Of::Workload | Of::Exposed => &scope.offerings,
                Of::Spend | Of::Trusted => &scope.providers,
            };
            for &row in rows {
                let row = &table[row * self.groups..(row + 1) * self.groups];
                out.iter_mut()
                    .zip(row)
                    .for_each(|(out, value)| *out += value);
            }
        }
    }

    /// Workload of one group at one offering, USD a year at start prices.
    #[must_use]
    pub fn workload(&self, group: usize, offering: usize) -> f64 {
        self.workload[offering * self.groups + group]
    }

    /// Spend of one group with one provider, USD a year.
    #[must_use]
    pub fn spend(&self, group: usize, provider: usize) -> f64 {
        self.spend[provider * self.groups + group]
    }

    /// All workload of one group, USD a year at start prices.
    #[must_use]
    pub fn workload_of_group(&self, group: usize) -> f64 {
        self.workload.iter().skip(group).step_by(self.groups).sum()
    }

    /// Trust of a scope, 0 to 100, weighted by spend; NaN without any spend.
    #[must_use]
    pub fn trust(&self, scope: &Scope) -> f64 {
        100.0 * self.over(Of::Trusted, scope) / self.over(Of::Spend, scope)
    }
}
