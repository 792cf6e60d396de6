//! Consumer surplus: the logsum of new workload without switching costs, less the moving
//! costs actually paid (Small & Rosen 1981). In utility × USD a year of workload; divided
//! by β_price, the utility of a change of ln price, it is in USD.
//!
//! The level has an arbitrary zero (no cloud at all); differences between worlds count.

use super::market::Market;
use crate::chance::kernel;

/// Surplus by group since the start, undiscounted by month.
#[derive(Clone, Debug)]
pub struct Welfare {
    /// This month's surplus, utility × USD a year: `[group]`.
    month: Vec<f64>,
    paid_before: Vec<f64>,
    logs: Vec<f64>,
}

impl Welfare {
    /// No surplus yet.
    #[must_use]
    pub fn new(groups: usize) -> Self {
        Self {
            month: vec![0.0; groups],
            paid_before: vec![0.0; groups],
            logs: Vec::new(),
        }
    }

    /// Back to the start of a run.
    pub fn clear(&mut self) {
        self.month.fill(0.0);
        self.paid_before.fill(0.0);
    }

    /// Computes the month's surplus: `flow` is the part of the stock on offer
    /// ([`Market::stock_on_offer`]) that projects offer in a month.
    pub fn add_month(&mut self, market: &Market, flow: f64) {
        let population = market.population();
        let classes = population.classes();
        let tables = market.tables();
        self.logs.clear();
        self.logs.extend(
            (0..population.cells())
                .map(|cell| tables.outside[cell] + tables.weights(cell).iter().sum::<f64>()),
        );
        let mut sums = [0.0; 64];
        for chunk in self.logs.chunks_mut(64) {
            let sums = &mut sums[..chunk.len()];
            sums.copy_from_slice(chunk);
            kernel::ln_into(sums, chunk);
        }
        let ledger = market.ledger();
        for (group, month) in self.month.iter_mut().enumerate() {
            let logs = &self.logs[group * classes..(group + 1) * classes];
            let mean = logs.iter().sum::<f64>() / classes as f64;
            let paid = ledger.moving_cost[group] - self.paid_before[group];
            self.paid_before[group] = ledger.moving_cost[group];
            *month = flow * market.stock_on_offer(group) * mean - paid;
        }
    }

    /// This month's surplus of a group, utility × USD a year.
    #[must_use]
    pub fn month(&self, group: usize) -> f64 {
        self.month[group]
    }
}

#[cfg(test)]
mod tests;
