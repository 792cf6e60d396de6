//! What is learned by an origin: futures weighed by how likely they make what was seen by then.
//!
//! The weight of future i is
//!
//! ```text
//! wᵢ = Lᵢ / Σ L,   ln Lᵢ = Σ ln p(y | future i)
//! ```
//!
//! over the observations y for fitting that were published by the origin (importance sampling
//! with the simulated futures as proposal; Kong, Liu & Wong 1994 for the effective number
//! 1/Σ w²). Observations for validation and claims are never learned from.

use super::futures::Futures;
use crate::chance::math;
use crate::domain::Date;
use crate::scenario::resolved::{Observation, ObservationUse};

/// ln of the likelihood of what a future does not have: as unlikely as can be told.
const LEAST_LOG_LIKELIHOOD: f64 = -708.0;

/// Effective numbers below this are too few for the bands of a forecast.
pub const FEW: f64 = 30.0;

/// Weights of the futures at an origin.
#[derive(Clone, PartialEq, Debug)]
pub struct Weights {
    /// One a future, with sum 1.
    pub of: Vec<f64>,
    /// 1/Σ w²: so many equally weighted futures tell as much.
    pub effective: f64,
    /// Observations that were learned from.
    pub learned: usize,
}

/// Whether a forecast from `origin` may have learned from this observation.
#[must_use]
pub fn is_learned(observation: &Observation, origin: Date) -> bool {
    observation.use_for == ObservationUse::Fit && observation.published <= origin
}

/// The weights after learning from the observations for which `learned` holds; what is missing
/// in every future teaches nothing.
#[must_use]
pub fn weigh(
    futures: &Futures,
    observations: &[Observation],
    learned: impl Fn(&Observation) -> bool,
) -> Weights {
    let mut log = vec![0.0; futures.count()];
    let mut count = 0;
    for (observation, seen) in observations.iter().zip(&futures.seen) {
        if !learned(observation) || seen.iter().all(Option::is_none) {
            continue;
        }
        count += 1;
        for (log, seen) in log.iter_mut().zip(seen) {
            *log += seen.map_or(LEAST_LOG_LIKELIHOOD, |seen| {
                seen.log_likelihood(observation.value, observation.bound)
            });
        }
    }
    let most = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut of: Vec<f64> = log.iter().map(|log| math::exp(log - most)).collect();
    let sum: f64 = of.iter().sum();
    of.iter_mut().for_each(|weight| *weight /= sum);
    Weights {
        effective: effective(&of),
        of,
        learned: count,
    }
}

/// 1/Σ w² of weights with sum 1.
fn effective(weights: &[f64]) -> f64 {
    1.0 / weights.iter().map(|w| w * w).sum::<f64>()
}
