//! The observation model: what would have been observed, had one future been the world.
//!
//! A metric is what is so; an observation is what somebody saw of it. A panel calls more or
//! fewer things by the metric's name and asks a sample,
//!
//! ```text
//! logit π = a·logit(v/100) + b;   E[y] = 100·π;   Var[y] = error² + 10⁴·π·(1 − π)/n
//! ```
//!
//! with v the metric in per cent, n the respondents, b the panel's `log_odds` and a its
//! `discrimination`, as of an item that not everybody reads alike (Birnbaum 1968); without a
//! panel E\[y\] = v and
//! Var\[y\] = error². What is measured against a comparison group has v = the metric's
//! difference to the baseline. y is normal; a value that is only a bound is observed when y
//! lies on its side.

use crate::chance::math;
use crate::scenario::Scenario;
use crate::scenario::resolved::{Bound, InputDraw, Observation};

/// Shares nearer to none or all than this are taken for this, so that they have log-odds.
const LEAST_SHARE: f64 = 1e-6;

/// The distribution of what would have been observed of one future: normal.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seen {
    /// Its mean, in the metric's unit.
    pub mean: f64,
    /// Its standard deviation, positive.
    pub sd: f64,
}

/// What would have been observed of a future in which the observation's metric is `metric`,
/// and `baseline` in the baseline's world; `None` where what is observed is missing.
#[must_use]
pub fn seen(
    scenario: &Scenario,
    observation: &Observation,
    (metric, baseline): (f64, Option<f64>),
    draw: &InputDraw,
) -> Option<Seen> {
    let value = if observation.against_baseline {
        metric - baseline?
    } else {
        metric
    };
    if !value.is_finite() {
        return None;
    }
    let Some(panel) = observation.panel else {
        return Some(Seen {
            mean: value,
            sd: observation.error,
        });
    };
    let panel = &scenario.panels[panel.0];
    let share = told(
        value / 100.0,
        panel.discrimination.value(draw),
        panel.log_odds.value(draw),
    );
    let sampling = panel
        .respondents
        .map_or(0.0, |n| 1e4 * share * (1.0 - share) / f64::from(n));
    Some(Seen {
        mean: 100.0 * share,
        sd: (observation.error * observation.error + sampling).sqrt(),
    })
}

/// The share that a panel tells where the model's is `share`, both from 0 to 1.
fn told(share: f64, discrimination: f64, shift: f64) -> f64 {
    let share = share.clamp(LEAST_SHARE, 1.0 - LEAST_SHARE);
    math::logistic(discrimination * math::logit(share) + shift)
}

/// Standard deviation of the error of what was observed, in the metric's unit: the
/// observation's own and, of a panel, that of its sample at the share observed.
#[must_use]
pub fn error_of(scenario: &Scenario, observation: &Observation) -> f64 {
    let panel = observation.panel.map(|panel| &scenario.panels[panel.0]);
    let sampling = panel.and_then(|panel| panel.respondents).map_or(0.0, |n| {
        observation.value * (100.0 - observation.value) / f64::from(n)
    });
    (observation.error * observation.error + sampling).sqrt()
}

impl Seen {
    /// ln of the density of `value` under it, or of the chance of the side that a bound says.
    #[must_use]
    pub fn log_likelihood(&self, value: f64, bound: Bound) -> f64 {
        let z = (value - self.mean) / self.sd;
        match bound {
            Bound::Exact => {
                -0.5 * z * z - math::ln(self.sd) - 0.5 * math::ln(2.0 * std::f64::consts::PI)
            }
            Bound::AtLeast => math::ln(math::normal_cdf(-z).max(f64::MIN_POSITIVE)),
            Bound::AtMost => math::ln(math::normal_cdf(z).max(f64::MIN_POSITIVE)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_moves_and_stretches_log_odds() {
        // Odds of 1 to 4: squared 1 to 16, and doubled 1 to 8.
        assert!((told(0.2, 2.0, std::f64::consts::LN_2) - 1.0 / 9.0).abs() < 1e-12);
        assert!((told(0.2, 1.0, 0.0) - 0.2).abs() < 1e-12);
        // Nobody and everybody have log-odds too.
        assert!(told(0.0, 1.0, 5.0) < 1e-3 && told(1.0, 1.0, -5.0) > 0.999);
        assert!(told(-0.3, 0.5, 0.0) > 0.0);
    }

    #[test]
    fn likelihoods_of_a_value_and_of_its_bounds() {
        // scipy.stats: norm(1, 2).logpdf(4), .logcdf(4), .logsf(4).
        let seen = Seen { mean: 1.0, sd: 2.0 };
        for (bound, log) in [
            (Bound::Exact, -2.7370857137646176),
            (Bound::AtMost, -0.06914345561223394),
            (Bound::AtLeast, -2.705944400823889),
        ] {
            let found = seen.log_likelihood(4.0, bound);
            assert!((found - log).abs() < 1e-12, "{bound:?}: {found}");
        }
        // As sure as can be, and still a number.
        let far = seen.log_likelihood(1e6, Bound::AtLeast);
        assert!(far.is_finite() && far < -700.0);
    }
}
