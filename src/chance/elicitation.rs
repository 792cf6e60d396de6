//! Distributions from what a person can say: an interval that holds 90 draws of 100, with
//! 5 below its lower end and 5 above its upper one.

use super::incomplete::beta_tails;
use super::math::{exp, ln, logistic, logit, normal_quantile, sqrt};

/// The share of draws below the lower end, and above the upper one.
const TAIL: f64 = 0.05;
/// How near to [`TAIL`] both tails of a solved distribution must come.
const TOLERANCE: f64 = 1e-9;

/// Mean and standard deviation of the normal distribution with these 5 % and 95 % points.
#[must_use]
pub fn normal_between(low: f64, high: f64) -> (f64, f64) {
    let half = 0.5 * high - 0.5 * low;
    (low + half, half / normal_quantile(1.0 - TAIL))
}

/// Median and standard deviation of the logarithm of the lognormal distribution with these
/// 5 % and 95 % points, both above 0.
#[must_use]
pub fn lognormal_between(low: f64, high: f64) -> (f64, f64) {
    let ratio = high / low;
    let width = if ratio.is_finite() {
        ln(ratio)
    } else {
        ln(high) - ln(low)
    };
    (
        sqrt(low) * sqrt(high),
        0.5 * width / normal_quantile(1.0 - TAIL),
    )
}

/// The two shapes of the beta distribution with these 5 % and 95 % points, each met to
/// 10⁻⁹ of probability; `None` where the points are not inside (0, 1) in this order, or so
/// close to each other that the solution cannot be computed.
///
/// Two quantiles fix a beta distribution (van Dorp and Mazzuchi 2000). With the lower one
/// held, the upper one falls as the distribution tightens, so two nested searches for a
/// zero find it.
#[must_use]
pub fn beta_between(low: f64, high: f64) -> Option<(f64, f64)> {
    if !(0.0 < low && low < high && high < 1.0) {
        return None;
    }
    let (middle, sd) = normal_between(low, high);
    // Beyond this the incomplete beta function takes too many terms.
    if middle.min(1.0 - middle) / sd > 1e5 {
        return None;
    }
    let start = (middle * (1.0 - middle) / (sd * sd) - 1.0).max(0.1);
    let mut mean = logit(middle);
    let shapes = |strength: f64, mean: f64| (strength * logistic(mean), strength * logistic(-mean));
    let ln_strength = zero_of_falling(ln(start), 0.5, |ln_strength| {
        let strength = exp(ln_strength);
        // The last mean found is near the next.
        mean = zero_of_falling(mean, 0.5, |mean| {
            let (a, b) = shapes(strength, mean);
            ln_above(beta_tails(a, b, low, 1.0 - low).lower)
        })
        .unwrap_or(f64::NAN);
        let (a, b) = shapes(strength, mean);
        ln_above(beta_tails(a, b, high, 1.0 - high).upper)
    })?;
    let (a, b) = shapes(exp(ln_strength), mean);
    let below = beta_tails(a, b, low, 1.0 - low).lower;
    let above = beta_tails(a, b, high, 1.0 - high).upper;
    let met = (below - TAIL).abs() < TOLERANCE && (above - TAIL).abs() < TOLERANCE;
    met.then_some((a, b))
}

/// How far a tail is above [`TAIL`], by its logarithm, which stays steep where the tail is
/// nearly nothing.
fn ln_above(tail: f64) -> f64 {
    ln(tail.max(1e-300)) - ln(TAIL)
}

/// Where a falling function is zero: steps out from `start` until it lies between, then
/// closes in by regula falsi (Illinois variant, Dowell and Jarratt 1971), halving at every
/// third step so that no shape can stall it.
fn zero_of_falling(start: f64, step: f64, mut f: impl FnMut(f64) -> f64) -> Option<f64> {
    let (mut a, mut at_a) = (start, f(start));
    let mut step = if at_a > 0.0 { step } else { -step };
    let (mut b, mut at_b) = (a, at_a);
    for _ in 0..64 {
        if at_b.is_nan() || (at_b > 0.0) != (at_a > 0.0) || at_b == 0.0 {
            break;
        }
        (a, at_a) = (b, at_b);
        b += step;
        at_b = f(b);
        step *= 2.0;
    }
    if at_b != 0.0 && (at_b.is_nan() || (at_b > 0.0) == (at_a > 0.0)) {
        return None;
    }
    for round in 0..200 {
        if at_b == 0.0 || (b - a).abs() <= 2.0 * f64::EPSILON * b.abs().max(1.0) {
            break;
        }
        let falsi = (a * at_b - b * at_a) / (at_b - at_a);
        let between = (falsi - a) * (falsi - b) < 0.0;
        let next = if between && round % 3 < 2 {
            falsi
        } else {
            0.5 * (a + b)
        };
        let at_next = f(next);
        if at_next.is_nan() {
            return None;
        }
        if (at_next > 0.0) == (at_b > 0.0) {
            at_a *= 0.5;
        } else {
            (a, at_a) = (b, at_b);
        }
        (b, at_b) = (next, at_next);
    }
    Some(b)
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::quantile;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ends_are_the_quantiles() {
        let (mean, sd) = normal_between(-2.0, 7.0);
        close(quantile::normal(0.05, mean, sd), -2.0, 1e-14);
        close(quantile::normal(0.95, mean, sd), 7.0, 1e-14);
        for (low, high) in [(5.0, 12.0), (1e-300, 1e300), (3.0, 3.000_001)] {
            let (median, sigma) = lognormal_between(low, high);
            close(quantile::lognormal(0.05, median, sigma), low, 1e-12);
            close(quantile::lognormal(0.95, median, sigma), high, 1e-12);
        }
    }

    /// Of these the shapes are known: a uniform and the two triangles that are beta
    /// distributions, whose quantiles are u, √u and 1 − √(1 − u).
    #[test]
    fn known_shapes_come_back() {
        let pairs = [
            ((0.05, 0.95), (1.0, 1.0)),
            ((sqrt(0.05), sqrt(0.95)), (2.0, 1.0)),
            ((1.0 - sqrt(0.95), 1.0 - sqrt(0.05)), (1.0, 2.0)),
        ];
        for ((low, high), (a, b)) in pairs {
            let found = beta_between(low, high).unwrap();
            close(found.0, a, 1e-9);
            close(found.1, b, 1e-9);
        }
    }

    #[test]
    fn extreme_ends_are_met_or_refused() {
        for (low, high) in [
            (1e-9, 1e-8),
            (1e-12, 0.999_999),
            (0.4, 0.400_1),
            (0.98, 0.999_999_9),
            (1e-5, 0.9),
        ] {
            let (a, b) = beta_between(low, high).unwrap();
            close(quantile::beta(0.05, a, b), low, 1e-7);
            close(quantile::beta(0.95, a, b), high, 1e-7);
        }
        for (low, high) in [
            (0.0, 0.5),
            (0.5, 1.0),
            (0.6, 0.4),
            (0.5, 0.5),
            (0.5, 0.500_000_1),
            (f64::NAN, 0.5),
        ] {
            assert_eq!(beta_between(low, high), None, "{low} to {high}");
        }
    }

    proptest! {
        #[test]
        fn any_two_points_are_met(first in 0.001..0.999_f64, second in 0.001..0.999_f64) {
            let (low, high) = (first.min(second), first.max(second));
            prop_assume!(high - low > 1e-3);
            let (a, b) = beta_between(low, high).unwrap();
            prop_assert!((quantile::beta(0.05, a, b) - low).abs() < 1e-7);
            prop_assert!((quantile::beta(0.95, a, b) - high).abs() < 1e-7);
        }
    }
}
