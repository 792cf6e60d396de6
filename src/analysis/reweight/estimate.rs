//! What a column of values comes to under weights.

use serde::Serialize;

/// The normal quantile of a 95 % interval.
const NORMAL_95: f64 = 1.959_963_984_540_054;

/// A column under weights. A future without a value is left out, and the others share its
/// weight.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Estimate {
    /// Futures with a value.
    pub futures: usize,
    /// Mean.
    pub mean: f64,
    /// Half the width of the mean's 95 % interval: 1.96 standard errors of a self-normalised
    /// estimator, √Σ w²(y − mean)² (delta method).
    pub error: f64,
    /// The least value at or below which a tenth of the weight lies.
    pub p10: f64,
    /// The same of half of the weight.
    pub p50: f64,
    /// The same of nine tenths.
    pub p90: f64,
}

impl Estimate {
    /// Of values, NaN where there is none, under weights; nothing where there is no value or
    /// those that have one weigh nothing.
    #[must_use]
    pub fn new(values: &[f64], weights: &[f64]) -> Option<Self> {
        let pairs = values.iter().zip(weights);
        let pairs = pairs.filter(|(value, _)| !value.is_nan());
        let mut pairs: Vec<(f64, f64)> = pairs.map(|(value, weight)| (*value, *weight)).collect();
        let sum: f64 = pairs.iter().map(|(_, weight)| weight).sum();
        if sum <= 0.0 {
            return None;
        }
        pairs.iter_mut().for_each(|(_, weight)| *weight /= sum);
        let mean: f64 = pairs.iter().map(|(value, weight)| value * weight).sum();
        let variance: f64 = pairs
            .iter()
            .map(|(value, weight)| weight * weight * (value - mean) * (value - mean))
            .sum();
        // Stable, so that equal values stay in the order of their futures.
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        Some(Self {
            futures: pairs.len(),
            mean,
            error: NORMAL_95 * variance.sqrt(),
            p10: quantile(&pairs, 0.1),
            p50: quantile(&pairs, 0.5),
            p90: quantile(&pairs, 0.9),
        })
    }
}

/// The least value at or below which so much of the weight lies, but for rounding.
fn quantile(rising: &[(f64, f64)], share: f64) -> f64 {
    const ROUNDING: f64 = 1e-12;
    let mut below = 0.0;
    for (value, weight) in rising {
        below += weight;
        if below >= share - ROUNDING {
            return *value;
        }
    }
    rising.last().map_or(f64::NAN, |(value, _)| *value)
}

/// Parts of the weight in which each option is the best; those that are equally good share a
/// future. `gains` holds a value a future for each option, more being better.
#[must_use]
pub fn best_in(gains: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let mut shares = vec![0.0; gains.len()];
    for (future, weight) in weights.iter().enumerate() {
        let of = |option: &Vec<f64>| option[future];
        let best = gains.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let equals = gains.iter().filter(|option| of(option) == best).count();
        for (share, option) in shares.iter_mut().zip(gains) {
            if of(option) == best {
                *share += weight / equals as f64;
            }
        }
    }
    shares
}
