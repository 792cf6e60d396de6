//! Inverses that have a formula.

use super::super::math::{exp, ln_1p, normal_quantile, pow, sqrt};

/// Exponential distribution with the given mean: the wait for an event of rate 1/mean.
#[must_use]
pub fn exponential(u: f64, mean: f64) -> f64 {
    -mean * ln_1p(-u)
}

/// Normal distribution with mean and standard deviation.
#[must_use]
pub fn normal(u: f64, mean: f64, sd: f64) -> f64 {
    mean + sd * normal_quantile(u)
}

/// Lognormal distribution: the logarithm is normal with mean ln(median) and standard
/// deviation `sd_of_ln`.
#[must_use]
pub fn lognormal(u: f64, median: f64, sd_of_ln: f64) -> f64 {
    median * exp(sd_of_ln * normal_quantile(u))
}

/// Uniform distribution between two ends.
#[must_use]
pub fn uniform(u: f64, low: f64, high: f64) -> f64 {
    low + u * (high - low)
}

/// Triangular distribution between two ends with a most likely value.
#[must_use]
pub fn triangular(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    let width = high - low;
    if u * width <= mode - low {
        low + sqrt(u * width * (mode - low))
    } else {
        high - sqrt((1.0 - u) * width * (high - mode))
    }
}

/// Weibull distribution: S(x) = exp(−(x / scale)^shape). Shape below 1 means that the
/// hazard falls with age.
#[must_use]
pub fn weibull(u: f64, shape: f64, scale: f64) -> f64 {
    scale * pow(-ln_1p(-u), 1.0 / shape)
}

/// The index of one of several weights, in proportion to them and in their order;
/// `None` when no weight is above 0. A weight below 0 or NaN counts as 0.
#[must_use]
pub fn discrete(u: f64, weights: &[f64]) -> Option<usize> {
    let positive = || {
        weights
            .iter()
            .enumerate()
            .filter(|&(_, &weight)| weight > 0.0)
    };
    let total: f64 = positive().map(|(_, weight)| weight).sum();
    let mut sum = 0.0;
    let mut chosen = None;
    for (i, weight) in positive() {
        sum += weight;
        chosen = Some(i);
        if u * total < sum {
            break;
        }
    }
    chosen
}

/// One of `observations`, ascending and each as likely: the smallest that at least a share
/// `u` of them does not exceed (definition 1 of Hyndman and Fan 1996), so that only
/// observed values are drawn; NaN of none.
#[must_use]
pub fn empirical(u: f64, observations: &[f64]) -> f64 {
    let rank = (u * observations.len() as f64).ceil() as usize;
    let index = rank.clamp(1, observations.len().max(1)) - 1;
    observations.get(index).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::super::super::check::close;
    use super::*;

    const QUARTER: f64 = 0.25;

    /// Closed forms, worked by hand.
    #[test]
    fn closed_forms() {
        close(exponential(0.5, 3.0), 3.0 * std::f64::consts::LN_2, 4e-16);
        close(normal(0.975, 10.0, 2.0), 13.919_927_969_080_108, 4e-16);
        // Lognormal with σ 1.5: value at risk at 99 in 100 is 32.7702735766.
        close(lognormal(0.99, 1.0, 1.5), 32.770_273_576_6, 1e-11);
        assert_eq!(uniform(QUARTER, 5.0, 9.0), 6.0);
        close(triangular(QUARTER, 0.0, 2.0, 8.0), 2.0, 4e-16);
        close(triangular(1.0 - 1.0 / 48.0, 0.0, 2.0, 8.0), 7.0, 4e-16);
        close(
            weibull(0.5, 2.0, 4.0),
            4.0 * sqrt(std::f64::consts::LN_2),
            4e-16,
        );
    }

    #[test]
    fn discrete_takes_weights_in_order() {
        let weights = [0.0, 1.0, f64::NAN, 3.0, -1.0];
        assert_eq!(discrete(1e-9, &weights), Some(1));
        assert_eq!(discrete(0.249, &weights), Some(1));
        assert_eq!(discrete(0.251, &weights), Some(3));
        assert_eq!(discrete(1.0, &weights), Some(3));
        assert_eq!(discrete(0.5, &[0.0]), None);
        assert_eq!(discrete(0.5, &[]), None);
    }

    #[test]
    fn only_observed_values_are_drawn() {
        let sample = [2.0, 3.0, 7.0, 8.0];
        for (u, value) in [
            (1e-16, 2.0),
            (0.25, 2.0),
            (0.2501, 3.0),
            (0.5, 3.0),
            (0.75, 7.0),
            (0.9999, 8.0),
        ] {
            assert_eq!(empirical(u, &sample), value, "{u}");
        }
        assert!(empirical(0.5, &[]).is_nan());
    }
}
