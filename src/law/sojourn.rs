//! How long a case stays in a node, in whole calendar days.

use crate::chance::math::{exp, ln, ln_1p, normal_cdf, normal_quantile, pow};
use crate::chance::quantile;
use crate::scenario::resolved::Distribution;

/// Days beyond which a stay has no end that matters (a thousand years).
const LONGEST: f64 = 365_250.0;

/// The stay that a uniform number `u` picks, rounded to whole days, never negative.
pub(super) fn days(law: &Distribution, u: f64) -> i32 {
    to_days(law.quantile(u))
}

/// The stay that `u` picks given that it lasts at least `elapsed` whole days; none where
/// the law leaves no room for that.
pub(super) fn days_given(law: &Distribution, elapsed: i32, u: f64) -> Option<i32> {
    if elapsed <= 0 {
        return Some(days(law, u));
    }
    // A stay rounds to `elapsed` or more from here on.
    let from = f64::from(elapsed) - 0.5;
    let found = match law {
        Distribution::Normal { mean, sd } => mean + sd * normal_beyond((from - mean) / sd, u),
        Distribution::Lognormal { median, sigma } => {
            let lower = (ln(from) - ln(*median)) / sigma;
            median * exp(sigma * normal_beyond(lower, u))
        }
        // The cumulative hazard from `from` on is exponential.
        Distribution::Weibull { shape, scale } => {
            scale * pow(pow(from / scale, *shape) - ln_1p(-u), 1.0 / shape)
        }
        Distribution::Discrete { values, chances } => discrete_from(values, chances, from, u)?,
        Distribution::Empirical { values } => {
            let kept = &values[values.partition_point(|value| *value < from)..];
            if kept.is_empty() {
                return None;
            }
            quantile::empirical(u, kept)
        }
        Distribution::Beta { .. }
        | Distribution::Gamma { .. }
        | Distribution::Pert { .. }
        | Distribution::Triangular { .. }
        | Distribution::Uniform { .. } => {
            let below = law.cdf(from);
            let is_bounded = law.support().1.is_finite();
            if below >= 1.0 && is_bounded {
                return None;
            }
            let rest = below + (1.0 - below) * u;
            law.quantile(rest.min(1.0 - 1e-16))
        }
    };
    Some(to_days(found).max(elapsed))
}

/// The chance of a stay of so many whole days; none below zero.
pub(super) fn chance_of_days(law: &Distribution, days: i32) -> f64 {
    // A stay that lies just between two days rounds up.
    let below = |days: i32| law.cdf(f64::from(days) - 0.5 - 1e-9);
    match days {
        ..0 => 0.0,
        0 => below(1),
        _ => below(days + 1) - below(days),
    }
}

fn to_days(days: f64) -> i32 {
    if days.is_nan() {
        return 0;
    }
    days.round().clamp(0.0, LONGEST) as i32
}

/// A standard normal given that it exceeds `lower`, by its upper tail, which keeps its
/// digits where the lower one is near 1.
fn normal_beyond(lower: f64, u: f64) -> f64 {
    let tail = normal_cdf(-lower);
    if tail <= 0.0 {
        return lower;
    }
    (-normal_quantile(tail * (1.0 - u))).max(lower)
}

/// The value that `u` picks among those from `least` on.
fn discrete_from(values: &[f64], chances: &[f64], least: f64, u: f64) -> Option<f64> {
    let kept = || {
        values
            .iter()
            .zip(chances)
            .filter(|(value, _)| **value >= least)
    };
    let total: f64 = kept().map(|(_, chance)| chance).sum();
    let mut left = u * total;
    let mut last = None;
    for (&value, &chance) in kept().filter(|(_, chance)| **chance > 0.0) {
        last = Some(value);
        left -= chance;
        if left < 0.0 {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laws() -> Vec<Distribution> {
        vec![
            Distribution::Normal {
                mean: 120.0,
                sd: 40.0,
            },
            Distribution::Lognormal {
                median: 304.0,
                sigma: 0.6,
            },
            Distribution::Triangular {
                low: 5.0,
                mode: 30.0,
                high: 160.0,
            },
            Distribution::Uniform {
                low: 10.0,
                high: 200.0,
            },
            Distribution::Discrete {
                values: vec![20.0, 90.0, 200.0],
                chances: vec![0.5, 0.3, 0.2],
            },
            Distribution::Pert {
                low: 5.0,
                mode: 60.0,
                high: 300.0,
            },
            Distribution::Gamma {
                mean: 120.0,
                sd: 70.0,
            },
            Distribution::Weibull {
                shape: 1.4,
                scale: 120.0,
            },
            Distribution::Empirical {
                values: vec![20.0, 79.0, 80.0, 99.0, 130.0, 200.0],
            },
        ]
    }

    /// On an even grid of 100,000 uniforms the conditional law must be the unconditional
    /// one cut off below: exact but for the grid's 1e-5.
    #[test]
    fn the_residual_stay_is_the_stay_cut_off_below() {
        const N: usize = 100_000;
        let elapsed = 80;
        let u = |i: usize| (i as f64 + 0.5) / N as f64;
        for law in laws() {
            let all: Vec<i32> = (0..N).map(|i| days(&law, u(i))).collect();
            let long: Vec<i32> = all.into_iter().filter(|&d| d >= elapsed).collect();
            let given: Vec<i32> = (0..N)
                .map(|i| days_given(&law, elapsed, u(i)).unwrap())
                .collect();
            assert!(given.iter().all(|&d| d >= elapsed));
            for limit in [80, 90, 100, 130, 199, 200, 400] {
                let part =
                    |d: &[i32]| d.iter().filter(|&&d| d <= limit).count() as f64 / d.len() as f64;
                let (found, expected) = (part(&given), part(&long));
                assert!(
                    (found - expected).abs() < 2e-4,
                    "{law:?} {limit} {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn moments_are_those_of_the_quantiles() {
        const N: usize = 100_000;
        for law in laws() {
            let stays = (0..N).map(|i| f64::from(days(&law, (i as f64 + 0.5) / N as f64)));
            let mean = stays.clone().sum::<f64>() / N as f64;
            let variance = stays.map(|d| (d - mean) * (d - mean)).sum::<f64>() / N as f64;
            let (exact_mean, exact_variance) = (law.mean(), law.variance());
            assert!((mean / exact_mean - 1.0).abs() < 2e-3, "{law:?}");
            assert!(
                (variance / exact_variance - 1.0).abs() < 1e-2,
                "{law:?} {variance}"
            );
        }
    }

    #[test]
    fn a_stay_that_cannot_have_lasted_is_known() {
        let fixed = Distribution::Discrete {
            values: vec![30.0],
            chances: vec![1.0],
        };
        assert_eq!(days_given(&fixed, 100, 0.5), None);
        assert_eq!(days_given(&fixed, 30, 0.5), Some(30));
        let short = Distribution::Uniform {
            low: 1.0,
            high: 9.0,
        };
        assert_eq!(days_given(&short, 50, 0.5), None);
        // Far beyond every tail the stay ends at once.
        let far = Distribution::Lognormal {
            median: 1.0,
            sigma: 0.1,
        };
        assert_eq!(days_given(&far, 5_000, 0.5), Some(5_000));
    }
}
