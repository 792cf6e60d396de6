//! Cumulative probabilities: the chance that a quantity stays at or below `x`.
//!
//! The parameters of each distribution are those of [`super::quantile`], where they
//! are explained. Parameters outside their range give NaN or a meaningless number; a
//! scenario refuses them before they come here.

use super::incomplete::{beta_tails, gamma_tails};
use super::math::{exp, exp_m1, ln, normal_cdf, pow};

/// Exponential distribution.
#[must_use]
pub fn exponential(x: f64, mean: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { -exp_m1(-x / mean) }
}

/// Normal distribution.
#[must_use]
pub fn normal(x: f64, mean: f64, sd: f64) -> f64 {
    normal_cdf((x - mean) / sd)
}

/// Lognormal distribution.
#[must_use]
pub fn lognormal(x: f64, median: f64, sd_of_ln: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    normal_cdf(ln(x / median) / sd_of_ln)
}

/// Gamma distribution.
#[must_use]
pub fn gamma(x: f64, shape: f64, scale: f64) -> f64 {
    gamma_tails(shape, x / scale).lower
}

/// Beta distribution on [0, 1].
#[must_use]
pub fn beta(x: f64, a: f64, b: f64) -> f64 {
    beta_tails(a, b, x, 1.0 - x).lower
}

/// Weibull distribution.
#[must_use]
pub fn weibull(x: f64, shape: f64, scale: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    -exp_m1(-pow(x / scale, shape))
}

/// Uniform distribution.
#[must_use]
pub fn uniform(x: f64, low: f64, high: f64) -> f64 {
    ((x - low) / (high - low)).clamp(0.0, 1.0)
}

/// Triangular distribution.
#[must_use]
pub fn triangular(x: f64, low: f64, mode: f64, high: f64) -> f64 {
    if x <= low {
        0.0
    } else if x <= mode {
        (x - low) * (x - low) / ((high - low) * (mode - low))
    } else if x < high {
        1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
    } else {
        1.0
    }
}

/// PERT distribution.
#[must_use]
pub fn pert(x: f64, low: f64, mode: f64, high: f64) -> f64 {
    let (a, b) = pert_shapes(low, mode, high);
    let width = high - low;
    beta_tails(a, b, (x - low) / width, (high - x) / width).lower
}

/// The two shapes of the beta distribution behind a PERT distribution.
pub(super) fn pert_shapes(low: f64, mode: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    let a = 1.0 + 4.0 * (mode - low) / width;
    let b = 1.0 + 4.0 * (high - mode) / width;
    (a, b)
}

/// Poisson distribution: the probability of at most `count` events.
#[must_use]
pub fn poisson(count: u64, mean: f64) -> f64 {
    if mean == 0.0 {
        return 1.0;
    }
    if count == 0 {
        return exp(-mean);
    }
    gamma_tails(count as f64 + 1.0, mean).upper
}

/// Binomial distribution: the probability of at most `count` successes.
#[must_use]
pub fn binomial(count: u64, trials: u64, probability: f64) -> f64 {
    if count >= trials {
        return 1.0;
    }
    let successes = count as f64 + 1.0;
    let failures = (trials - count) as f64;
    beta_tails(successes, failures, probability, 1.0 - probability).upper
}
