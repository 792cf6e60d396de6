//! The CRPS of laws with a name, in closed form (Gneiting & Raftery 2007; Jordan, Krüger &
//! Lerch 2019, appendix A).
//!
//! Each is `None` for parameters that no law has, and for an outcome that is not a number.

use super::{normal_cdf, normal_density};
use crate::measure::distribution::beta_cdf;

/// Of a normal law with this mean and standard deviation, at the outcome `y`.
pub fn crps_normal(mean: f64, sd: f64, y: f64) -> Option<f64> {
    let sound = sd > 0.0 && (mean + sd + y).is_finite();
    sound.then(|| mean_distance(y - mean, sd) - sd / std::f64::consts::PI.sqrt())
}

/// E|X| of a normal X with this mean and standard deviation.
pub(super) fn mean_distance(mean: f64, sd: f64) -> f64 {
    let z = mean / sd;
    // The difference is below 2 φ(9) sd, which is 2e-18 sd.
    if z.abs() > 9.0 {
        return mean.abs();
    }
    2.0 * sd * normal_density(z) + mean * (2.0 * normal_cdf(z) - 1.0)
}

/// Of a lognormal law, whose logarithm has this mean and standard deviation.
pub fn crps_lognormal(mean_of_ln: f64, sd_of_ln: f64, y: f64) -> Option<f64> {
    if !(sd_of_ln > 0.0 && (mean_of_ln + sd_of_ln + y).is_finite()) {
        return None;
    }
    let mean = libm::exp(mean_of_ln + 0.5 * sd_of_ln * sd_of_ln);
    let z = (libm::log(y.max(0.0)) - mean_of_ln) / sd_of_ln;
    let spread = normal_cdf(z - sd_of_ln) + normal_cdf(sd_of_ln / std::f64::consts::SQRT_2) - 1.0;
    let crps = y * (2.0 * normal_cdf(z) - 1.0) - 2.0 * mean * spread;
    crps.is_finite().then_some(crps)
}

/// Of an exponential law with this mean.
pub fn crps_exponential(mean: f64, y: f64) -> Option<f64> {
    if !(mean > 0.0 && (mean + y).is_finite()) {
        return None;
    }
    let below = -libm::expm1(-y.max(0.0) / mean);
    Some(y.abs() - 2.0 * mean * below + 0.5 * mean)
}

/// Of a Poisson law with this mean: Σ (F(k) − 1{y ≤ k})² over all counts, of which those
/// further from the mean than 12 standard deviations and 40 are left out (chance below 1e-30).
///
/// `None` also for a mean above 10⁹, for time is taken in proportion to √mean.
pub fn crps_poisson(mean: f64, y: u64) -> Option<f64> {
    if !(mean > 0.0 && mean <= 1e9) {
        return None;
    }
    let reach = 40.0 + 12.0 * mean.sqrt();
    let (first, last) = ((mean - reach).max(0.0) as u64, (mean + reach) as u64);
    let start = first as f64;
    let mut chance = libm::exp(start * libm::log(mean) - mean - libm::lgamma(start + 1.0));
    // Counts before the first have F = 0, those past the last F = 1.
    let mut sum = first.saturating_sub(y) as f64 + y.saturating_sub(last + 1) as f64;
    let mut below = 0.0;
    for count in first..=last {
        below += chance;
        let missed: f64 = below - f64::from(u8::from(y <= count));
        sum += missed * missed;
        chance *= mean / (count + 1) as f64;
    }
    Some(sum)
}

/// Of a uniform law between `low` and `high`.
pub fn crps_uniform(low: f64, high: f64, y: f64) -> Option<f64> {
    if !(low < high && (high - low + y).is_finite()) {
        return None;
    }
    let width = high - low;
    let below = ((y - low) / width).clamp(0.0, 1.0);
    let outside = (low - y).max(y - high).max(0.0);
    Some(outside + width * (below * below - below + 1.0 / 3.0))
}

/// Of a beta law with these two shapes.
pub fn crps_beta(a: f64, b: f64, y: f64) -> Option<f64> {
    if !y.is_finite() {
        return None;
    }
    let ln_beta = |a: f64, b: f64| libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let spread = 2.0 / a * libm::exp(ln_beta(2.0 * a, 2.0 * b) - 2.0 * ln_beta(a, b));
    let mean = a / (a + b);
    let (below, weighted) = (beta_cdf(a, b, y)?, beta_cdf(a + 1.0, b, y)?);
    Some(y * (2.0 * below - 1.0) + mean * (1.0 - 2.0 * weighted) - spread)
}
