//! How two columns differ over the same futures.

use serde::{Deserialize, Serialize};

use crate::measure::MeasureError;
use crate::measure::compare::{PairedDifference, RunColumn};
use crate::measure::interval::Interval;
use crate::measure::stated;
use crate::measure::summary::Summary;

/// A paired difference: one option less another, future by future.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Difference {
    /// Futures in which both have a value.
    pub futures: u64,
    /// Mean over them, in the metric's unit.
    pub mean: f64,
    /// The interval of 95 % of that mean; `None` where not estimable.
    pub interval: Option<Interval>,
    /// 10th and 90th percentile over futures; `None` where not estimable.
    pub spread: Option<(f64, f64)>,
    /// Standard deviation over futures; `None` below two.
    pub sd: Option<f64>,
    /// Variance of the difference over the variances of both together: what pairing leaves of
    /// it, below 1 where it helps; `None` where nothing varies.
    pub variance_ratio: Option<f64>,
}

impl Difference {
    /// `first` less `second`, in the order of `runs`; `None` where no future has both.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn new(runs: &[u64], first: &[f64], second: &[f64]) -> Result<Option<Self>, MeasureError> {
        let column = |values| RunColumn { runs, values };
        let paired = PairedDifference::new(column(first), column(second))?;
        let pairs = first.iter().zip(second);
        let differences: Vec<f64> = pairs.map(|(a, b)| a - b).collect();
        let summary = Summary::new(&differences)?;
        Ok(summary.mean.map(|mean| Self {
            futures: summary.n,
            mean,
            interval: stated::mean(&summary).filter(|_| summary.n >= stated::FEWEST_RUNS),
            spread: stated::spread(&summary),
            sd: summary
                .standard_error
                .map(|se| se * (summary.n as f64).sqrt()),
            variance_ratio: paired.variance_ratio,
        }))
    }

    /// Whether the interval of the mean lies on one side of zero.
    #[must_use]
    pub fn excludes_zero(&self) -> bool {
        self.interval
            .is_some_and(|interval| !interval.contains(0.0))
    }

    /// Half the width of the mean's interval.
    #[must_use]
    pub fn error(&self) -> Option<f64> {
        self.interval.map(|interval| interval.half_width())
    }
}
