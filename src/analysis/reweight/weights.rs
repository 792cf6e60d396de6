//! Weights of futures from the logs of their ratios.

use super::levers::Movable;
use crate::chance::math::exp;

/// Weights of the futures.
#[derive(Clone, PartialEq, Debug)]
pub struct Weights {
    /// One a future, with sum 1.
    pub of: Vec<f64>,
    /// 1/Σ w²: so many equally weighted futures tell as much.
    pub effective: f64,
}

impl Weights {
    /// Of so many futures, with these levers moved there; equal where none is.
    #[must_use]
    pub fn moved(futures: usize, levers: &[(&Movable, f64)]) -> Self {
        let mut logs = vec![0.0; futures];
        for (lever, to) in levers {
            for (log, held) in logs.iter_mut().zip(&lever.held) {
                *log += lever.family.log_ratio(*held, *to);
            }
        }
        Self::of_logs(&logs)
    }

    /// From logs, which may miss a common constant.
    #[must_use]
    pub fn of_logs(logs: &[f64]) -> Self {
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut of: Vec<f64> = logs.iter().map(|log| exp(log - most)).collect();
        let sum: f64 = of.iter().sum();
        of.iter_mut().for_each(|weight| *weight /= sum);
        let squares: f64 = of.iter().map(|weight| weight * weight).sum();
        Self {
            effective: if squares > 0.0 { 1.0 / squares } else { 0.0 },
            of,
        }
    }
}
