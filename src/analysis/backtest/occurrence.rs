//! What only some futures have: a case's course step by step, the days to an end that comes.
//!
//! Two questions that a mixture would mix up are asked apart: in how many futures it came about
//! at all, and where what was observed lies among those. For a case whose courts are known step
//! by step this is the chance of the whole course, its duration given the course, and each
//! stage's quantile given the steps before. Futures are counted, each once, without weights.

use serde::{Deserialize, Serialize};

use crate::analysis::observing::Seen;
use crate::measure::interval::{Interval, wilson_interval};
use crate::measure::quantile::quantile_of_sorted;

/// A number of futures out of others.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Counted {
    /// So many.
    pub count: u64,
    /// Of so many.
    pub of: u64,
    /// The share's 95 % interval (Wilson 1927): error of simulation.
    pub interval: Option<Interval>,
}

impl Counted {
    fn new(count: usize, of: usize) -> Self {
        let (count, of) = (count as u64, of as u64);
        Self {
            count,
            of,
            interval: wilson_interval(count, of, 0.95),
        }
    }

    /// The share, from 0 to 1; `None` of none.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }
}

/// Something that came about in some futures and in the world.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Occurrence {
    /// Futures in which it came about, of all.
    pub came_about: Counted,
    /// Of these, futures in which its value was at most what was observed: the quantile of the
    /// record.
    pub at_most_observed: Counted,
    /// Median value where it came about, in the metric's unit.
    pub median: Option<f64>,
    /// The central 90 % of values where it came about.
    pub band90: Option<Interval>,
}

impl Occurrence {
    /// Of an observation, unless all futures have such a value, or none.
    #[must_use]
    pub fn of(seen: &[Option<Seen>], observed: f64) -> Option<Self> {
        let mut values: Vec<f64> = seen.iter().flatten().map(|seen| seen.mean).collect();
        if values.is_empty() || values.len() == seen.len() {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let below = values.partition_point(|value| *value <= observed);
        Some(Self {
            came_about: Counted::new(values.len(), seen.len()),
            at_most_observed: Counted::new(below, values.len()),
            median: quantile_of_sorted(&values, 0.5),
            band90: quantile_of_sorted(&values, 0.05)
                .zip(quantile_of_sorted(&values, 0.95))
                .map(|(low, high)| Interval { low, high }),
        })
    }
}
