//! The start of a run: every customer's size, cost of leaving, and first offering.

use super::columns::NONE;
use super::market::Market;
use super::population::Population;
use crate::chance::{SHARED_RUN, Seed, Stream, math};

/// What one customer starts with.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Primary offering, or `None` for a customer without cloud.
    pub offering: Option<u8>,
    /// Workload placed there, USD a year.
    pub load: f64,
    /// Workload on premises, USD a year.
    pub on_premises: f64,
    /// Switching cost s.
    pub switching_cost: f64,
}

impl Market {
    /// Gives a customer its start, with a threshold drawn from `threshold_stream`.
    pub fn settle(&mut self, group: usize, customer: usize, start: Start) {
        let on_premises = start.on_premises as f32;
        self.columns.on_premises[customer] = on_premises;
        self.ledger.on_premises[group] += f64::from(on_premises);
        self.columns.stay_gain[customer] = math::exp(start.switching_cost.min(80.0)) as f32;
        let Some(offering) = start.offering else {
            self.ledger.without_cloud[group] += f64::from(on_premises);
            return;
        };
        let load = start.load as f32;
        self.columns.offering[customer][0] = offering;
        self.columns.load[customer][0] = load;
        self.columns.seen_provider[customer] = self.nests.provider_of(offering);
        let at = self.ledger.at(group, offering);
        self.ledger.load[at] += f64::from(load);
        self.ledger.primaries[at] += 1;
    }

    /// Draws the thresholds of all customers that have an offering.
    pub fn draw_thresholds(&mut self, seed: Seed) {
        let stream = Stream::new(seed, "customer", "first look");
        for group in 0..self.population.groups() {
            for customer in self.population.group(group) {
                if self.columns.offering[customer][0] != NONE {
                    let u = stream.uniform(self.run, self.population.key(group, customer), 0);
                    self.columns.threshold[customer] = u as f32;
                }
            }
        }
    }
}

/// Writes a standard normal number for every customer of a group, drawn once for all
/// runs: the deviation of its ln switching cost.
pub fn switching_deviations(population: &Population, group: usize, seed: Seed, out: &mut Vec<f64>) {
    let stream = Stream::new(seed, "customer", "switching cost");
    out.clear();
    out.extend(population.group(group).map(|customer| {
        math::normal_quantile(stream.uniform(SHARED_RUN, population.key(group, customer), 0))
    }));
}

/// Relative sizes of `n` customers of a cell: midpoints of equal slices of a lognormal
/// distribution with this sd of the logarithm, so that heavy tails do not vary between
/// seeds. They sum to one.
pub fn stratified_sizes(n: usize, log_sd: f64, out: &mut Vec<f64>) {
    out.clear();
    out.extend(
        (0..n).map(|j| math::exp(log_sd * math::normal_quantile((j as f64 + 0.5) / n as f64))),
    );
    let sum: f64 = out.iter().sum();
    for size in out {
        *size /= sum;
    }
}

/// Hands out items one by one so that both the sum of sizes and the count of items follow
/// given shares: each goes where it lowers the sum of squared gaps of both most (greedy
/// vector balancing). With the largest items first, sizes rule while items are large and
/// counts when they are small. Sizes are relative to their mean, so that one item counts
/// as much as one mean size.
#[derive(Clone, Debug)]
pub struct Quota {
    shares: Vec<f64>,
    /// What each option should have by its share, less what it has: of size, and of items.
    owed: Vec<(f64, f64)>,
}

impl Quota {
    /// Shares of the options; they need not sum to one.
    #[must_use]
    pub fn new(shares: &[f64]) -> Self {
        let mut quota = Self {
            shares: Vec::with_capacity(shares.len()),
            owed: vec![(0.0, 0.0); shares.len()],
        };
        quota.go_on_by(shares);
        quota
    }

    /// Goes on by other shares, with what is owed: a small option is not rounded up in
    /// every class anew.
    pub fn go_on_by(&mut self, shares: &[f64]) {
        let sum: f64 = shares.iter().sum();
        self.shares.clear();
        self.shares.extend(shares.iter().map(|share| share / sum));
    }

    /// Where the next item, of this size, goes.
    pub fn give(&mut self, size: f64) -> usize {
        let mut best = 0;
        let mut most = f64::NEG_INFINITY;
        for (option, (share, owed)) in self.shares.iter().zip(&mut self.owed).enumerate() {
            owed.0 += share * size;
            owed.1 += share;
            let gain = size * owed.0 + owed.1;
            if *share > 0.0 && gain > most {
                (best, most) = (option, gain);
            }
        }
        self.owed[best].0 -= size;
        self.owed[best].1 -= 1.0;
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_meet_shares_within_one_item() {
        let mut quota = Quota::new(&[0.5, 0.3, 0.2, 0.0]);
        let mut given = [0.0; 4];
        for item in 0..1000 {
            let size = if item < 10 { 20.0 } else { 1.0 };
            given[quota.give(size)] += size;
        }
        for (given, share) in given.iter().zip([0.5, 0.3, 0.2, 0.0]) {
            assert!((given / 1190.0 - share).abs() <= 1.5 / 1190.0, "{given}");
        }
    }

    #[test]
    fn a_small_share_is_not_rounded_up_in_every_class() {
        // A thousandth of 8 × 150 items is one, not eight: one in each class.
        let mut quota = Quota::new(&[1.0]);
        let mut given = [0; 3];
        for class in 0..8 {
            let lean = 0.1 * f64::from(class);
            let shares = [0.5 + lean, 0.499 - 0.5 * lean, 0.001];
            if class == 0 {
                quota = Quota::new(&shares);
            } else {
                quota.go_on_by(&shares);
            }
            for item in 0..150 {
                given[quota.give(f64::from(150 - item) / 75.5)] += 1;
            }
        }
        assert!((1..=3).contains(&given[2]), "{given:?}");
    }

    #[test]
    fn sizes_are_heavy_tailed_and_sum_to_one() {
        let mut sizes = Vec::new();
        stratified_sizes(100, 1.5, &mut sizes);
        assert!((sizes.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(sizes.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(sizes[99] > 0.1);
    }
}
