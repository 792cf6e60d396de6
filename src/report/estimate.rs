//! From a column of futures to a figure and its error.
//!
//! Spread and error are kept apart: the spread is the 10th and 90th percentile over
//! futures; the error is half of a 95 % interval, of order statistics for a median, of
//! Student's t for a mean of paired differences, of Wilson (1927) for a share.

use super::page::{Bounded, Effect, Share, Spread, Typical, Verdict};
use crate::measure::distribution::{normal_quantile, student_t_quantile};
use crate::measure::quantile::{QuantileRanks, quantile_of_sorted};
use crate::scenario::resolved::Better;

/// Futures below which no interval and no spread is given: with fewer than ten, the
/// 10th percentile is the smallest value seen.
pub const FEWEST_RUNS: usize = 10;

const CONFIDENCE: f64 = 0.95;

/// Median and spread of one value a future.
///
/// Infinite values are those not reached by the horizon; `over` is what is then known to
/// be exceeded. As every future has the same horizon, these quantiles are those of the
/// product-limit estimator (Kaplan & Meier 1958).
#[must_use]
pub fn level(mut values: Vec<f64>, over: f64) -> (Option<Typical>, Option<Spread>) {
    values.retain(|value| !value.is_nan());
    values.sort_by(f64::total_cmp);
    let bounded = |value: f64| {
        if value.is_finite() {
            Bounded::At(value)
        } else {
            Bounded::Over(over)
        }
    };
    let quantile = |p| quantile_of_sorted(&values, p);
    let typical = quantile(0.5).map(|value| Typical {
        value: bounded(value),
        error: median_error(&values),
    });
    let enough = values.len() >= FEWEST_RUNS;
    let spread = quantile(0.1).zip(quantile(0.9)).filter(|_| enough);
    let spread = spread.map(|(low, high)| Spread {
        low: bounded(low),
        high: bounded(high),
    });
    (typical, spread)
}

/// Half the width of the median's interval of order statistics, of values in rising order.
fn median_error(sorted: &[f64]) -> Option<f64> {
    if sorted.len() < FEWEST_RUNS {
        return None;
    }
    let ranks = QuantileRanks::new(sorted.len() as u64, 0.5, CONFIDENCE)?;
    let (low, high) = ranks.of_sorted(sorted);
    let error = (high? - low?) / 2.0;
    error.is_finite().then_some(error)
}

/// Of a metric that is 0 or 1, how often it is not 0, as a per cent of futures.
#[must_use]
pub fn yes_no(values: &[f64]) -> Option<Typical> {
    let known = values.iter().filter(|value| !value.is_nan());
    let yes = known.clone().filter(|value| **value != 0.0).count();
    let share = share(yes, known.count());
    (share.of > 0).then(|| Typical {
        value: Bounded::At(100.0 * share.value()),
        error: share.interval.map(|(low, high)| 50.0 * (high - low)),
    })
}

/// Mean and half the width of its Student interval.
fn mean(values: &[f64]) -> Option<(f64, Option<f64>)> {
    if values.is_empty() {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    if values.len() < FEWEST_RUNS {
        return Some((mean, None));
    }
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let standard_error = (squares / (n - 1.0) / n).sqrt();
    let t = student_t_quantile(values.len() as u64 - 1, f64::midpoint(1.0, CONFIDENCE));
    Some((mean, t.map(|t| t * standard_error)))
}

/// The paired difference, scenario less baseline; pairs with a missing side are left out.
#[must_use]
pub fn effect(scenario: &[f64], baseline: &[f64], better: Better) -> Option<Effect> {
    let pairs = scenario.iter().zip(baseline);
    let mut differences: Vec<f64> = pairs
        .map(|(with, without)| with - without)
        .filter(|difference| difference.is_finite())
        .collect();
    let (mean, error) = mean(&differences)?;
    let enough = differences.len() >= FEWEST_RUNS;
    differences.sort_by(f64::total_cmp);
    let quantile = |p| quantile_of_sorted(&differences, p);
    Some(Effect {
        mean,
        error,
        spread: quantile(0.1).zip(quantile(0.9)).filter(|_| enough),
        verdict: verdict(mean, error, better),
    })
}

/// An effect is separable from nothing when the 95 % interval of its mean lies on one
/// side of zero.
fn verdict(mean: f64, error: Option<f64>, better: Better) -> Verdict {
    let Some(error) = error else {
        return Verdict::NotEstimable;
    };
    if mean.abs() <= error {
        return Verdict::NotSeparable;
    }
    match better {
        Better::Neutral => Verdict::Changed,
        Better::Higher if mean > 0.0 => Verdict::Better,
        Better::Lower if mean < 0.0 => Verdict::Better,
        Better::Higher | Better::Lower => Verdict::Worse,
    }
}

/// A share of futures with Wilson's interval.
#[must_use]
pub fn share(count: usize, of: usize) -> Share {
    let as_count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Share {
        count: as_count(count),
        of: as_count(of),
        interval: if of < FEWEST_RUNS {
            None
        } else {
            wilson(count, of)
        },
    }
}

fn wilson(count: usize, of: usize) -> Option<(f64, f64)> {
    let z = normal_quantile(f64::midpoint(1.0, CONFIDENCE))?;
    let (n, p) = (of as f64, count as f64 / of as f64);
    let centre = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    Some((
        ((centre - half) / scale).max(0.0),
        ((centre + half) / scale).min(1.0),
    ))
}
