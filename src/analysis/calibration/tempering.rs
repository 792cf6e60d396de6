//! How far β rises in one generation, and which particles survive it.

use crate::chance::math;

/// Halvings of the interval in which the next β is sought.
const HALVINGS: u32 = 60;

/// A rise of β.
#[derive(Clone, PartialEq, Debug)]
pub struct Rise {
    /// The next β.
    pub beta: f64,
    /// Weights of the particles, which sum to 1.
    pub weights: Vec<f64>,
    /// Effective number of particles, (Σw)²/Σw².
    pub effective: f64,
    /// ln of the mean weight.
    pub log_mean: f64,
}

/// The largest β up to 1 at which the effective number is at least half of the particles
/// whose likelihood is not 0; nothing where it is 0 for all.
pub fn rise(beta: f64, log_likelihoods: &[Option<f64>]) -> Option<Rise> {
    let alive = log_likelihoods.iter().flatten().count();
    if alive == 0 {
        return None;
    }
    let enough = 0.5 * alive as f64;
    let whole = weighed(beta, 1.0, log_likelihoods);
    if whole.effective >= enough {
        return Some(whole);
    }
    let (mut low, mut high) = (beta, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if weighed(beta, middle, log_likelihoods).effective >= enough {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(weighed(beta, low, log_likelihoods))
}

fn weighed(from: f64, to: f64, log_likelihoods: &[Option<f64>]) -> Rise {
    let alive = log_likelihoods.iter().flatten();
    let highest = alive.copied().fold(f64::NEG_INFINITY, f64::max);
    let power = to - from;
    let mut weights: Vec<f64> = log_likelihoods
        .iter()
        .map(|log| log.map_or(0.0, |log| math::exp(power * (log - highest))))
        .collect();
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    for weight in &mut weights {
        *weight /= sum;
    }
    Rise {
        beta: to,
        effective: sum * sum / squares,
        log_mean: power * highest + math::ln(sum / weights.len() as f64),
        weights,
    }
}

/// Systematic resampling (Carpenter, Clifford & Fearnhead 1999): as many positions as there
/// are weights, position i about n·w_i times, from one uniform number.
pub fn survivors(weights: &[f64], uniform: f64) -> Vec<usize> {
    let n = weights.len();
    let last = weights.iter().rposition(|w| *w > 0.0).unwrap_or(0);
    let mut out = Vec::with_capacity(n);
    let (mut position, mut below) = (0, weights[0]);
    for i in 0..n {
        let mark = (i as f64 + uniform) / n as f64;
        // Sums of weights may stay below 1 by rounding.
        while mark >= below && position < last {
            position += 1;
            below += weights[position];
        }
        out.push(position);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beta_rises_until_half_are_left() {
        let logs: Vec<Option<f64>> = (0..100).map(|i| Some(-f64::from(i))).collect();
        let risen = rise(0.0, &logs).unwrap();
        assert!(risen.beta < 1.0 && (risen.effective - 50.0).abs() < 1e-6);
        assert!((risen.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let mean: f64 = logs
            .iter()
            .flatten()
            .map(|l| math::exp(risen.beta * l))
            .sum();
        assert!((risen.log_mean - math::ln(mean / 100.0)).abs() < 1e-12);
        // All alike: at once.
        assert_eq!(rise(0.2, &[Some(-5.0); 4]).unwrap().beta, 1.0);
    }

    #[test]
    fn those_that_failed_weigh_nothing_and_do_not_hold_beta_back() {
        let logs = [None, Some(-1e300), None, None, Some(-1e300)];
        let risen = rise(0.0, &logs).unwrap();
        assert_eq!((risen.beta, risen.effective), (1.0, 2.0));
        assert_eq!(risen.weights, [0.0, 0.5, 0.0, 0.0, 0.5]);
        assert_eq!(rise(0.0, &[None, None]), None);
    }

    #[test]
    fn each_survives_about_as_often_as_it_weighs() {
        let weights = [0.0, 0.55, 0.05, 0.4, 0.0];
        for uniform in [1e-12, 0.3, 0.999_999] {
            let survivors = survivors(&weights, uniform);
            for (i, weight) in weights.iter().enumerate() {
                let times = survivors.iter().filter(|s| **s == i).count() as f64;
                assert!(
                    (times - 5.0 * weight).abs() < 1.0,
                    "{uniform}: {survivors:?}"
                );
            }
        }
        assert_eq!(super::survivors(&[0.5, 0.5, 0.0, 0.0], 0.5), [0, 0, 1, 1]);
    }
}
