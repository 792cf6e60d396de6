//! A column of values, one for each run, told in a few numbers.

use serde::{Deserialize, Serialize};

use super::MeasureError;
use super::fixed::Moments;
use super::quantile::{QuantileRanks, quantile_of_sorted};

/// What a column of per-run values looks like. Quantiles are exact, by the inverted
/// distribution function. All `None` where there is no value to tell from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How many runs have a value.
    pub n: u64,
    /// How many runs have none.
    pub missing: u64,
    /// The arithmetic mean.
    pub mean: Option<f64>,
    /// The standard error of the mean; `None` below two values.
    pub standard_error: Option<f64>,
    /// The smallest value.
    pub min: Option<f64>,
    /// The 5th percentile.
    pub p05: Option<f64>,
    /// The 10th percentile: with `p90`, the middle 8 in 10 runs.
    pub p10: Option<f64>,
    /// The median.
    pub p50: Option<f64>,
    /// The 90th percentile.
    pub p90: Option<f64>,
    /// The 95th percentile.
    pub p95: Option<f64>,
    /// The largest value.
    pub max: Option<f64>,
    /// Lower end of the 95 % interval of the median; `None` below six values.
    pub p50_low: Option<f64>,
    /// Upper end of the 95 % interval of the median; `None` below six values.
    pub p50_high: Option<f64>,
}

impl Summary {
    /// Summarises a column; NaN stands for a run without a value. The order of the
    /// runs does not matter, to the last bit.
    ///
    /// # Errors
    /// [`MeasureError::NotSummable`] for a value beyond ±2^55 or infinite.
    pub fn new(values: &[f64]) -> Result<Self, MeasureError> {
        let mut sorted: Vec<f64> = values
            .iter()
            .copied()
            .filter(|value| !value.is_nan())
            .collect();
        let mut moments = Moments::default();
        for &value in &sorted {
            moments.push(value)?;
        }
        sorted.sort_unstable_by(f64::total_cmp);
        let n = sorted.len() as u64;
        let quantile = |p| quantile_of_sorted(&sorted, p);
        let (p50_low, p50_high) =
            QuantileRanks::new(n, 0.5, 0.95).map_or((None, None), |ranks| ranks.of_sorted(&sorted));
        Ok(Self {
            n,
            missing: values.len() as u64 - n,
            mean: moments.mean(),
            standard_error: moments.standard_error(),
            min: sorted.first().copied(),
            p05: quantile(0.05),
            p10: quantile(0.10),
            p50: quantile(0.50),
            p90: quantile(0.90),
            p95: quantile(0.95),
            max: sorted.last().copied(),
            p50_low,
            p50_high,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_a_hundred_in_any_order() {
        let mut values: Vec<f64> = (1..=100).map(f64::from).collect();
        let summary = Summary::new(&values).unwrap();
        assert_eq!(
            (summary.n, summary.missing, summary.mean),
            (100, 0, Some(50.5))
        );
        // Σ(i - 50.5)² = 83,325; over 99, over 100.
        assert_eq!(
            summary.standard_error,
            Some((83_325.0f64 / 99.0 / 100.0).sqrt())
        );
        assert_eq!((summary.min, summary.max), (Some(1.0), Some(100.0)));
        assert_eq!(
            (summary.p05, summary.p10, summary.p50),
            (Some(5.0), Some(10.0), Some(50.0))
        );
        assert_eq!((summary.p90, summary.p95), (Some(90.0), Some(95.0)));
        assert_eq!(
            (summary.p50_low, summary.p50_high),
            (Some(40.0), Some(61.0))
        );
        values.rotate_left(37);
        values.extend([f64::NAN, f64::NAN]);
        assert_eq!(
            Summary::new(&values).unwrap(),
            Summary {
                missing: 2,
                ..summary
            }
        );
    }

    #[test]
    fn little_is_said_of_few_values() {
        let none = Summary::new(&[f64::NAN]).unwrap();
        assert_eq!(
            (none.n, none.missing, none.mean, none.p50),
            (0, 1, None, None)
        );
        let one = Summary::new(&[7.0]).unwrap();
        assert_eq!((one.mean, one.standard_error), (Some(7.0), None));
        assert_eq!(
            (one.p50, one.p50_low, one.p50_high),
            (Some(7.0), None, None)
        );
    }

    #[test]
    fn infinity_is_refused() {
        assert!(Summary::new(&[1.0, f64::INFINITY]).is_err());
    }
}
