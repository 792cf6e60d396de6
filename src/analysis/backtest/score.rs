//! One forecast of one observation, scored.
//!
//! A value is scored by the CRPS of the mixture (Gneiting & Raftery 2007; in closed form, so
//! neither of the ensemble forms), by the log score, −ln of the density, and by where in the
//! forecast it lay (PIT). A bound has no such scores: its forecast is a chance, scored by Brier
//! (1950), (1 − chance)², and by −ln chance.

use serde::{Deserialize, Serialize};

use super::reference::{known_values, persistence, trend};
use crate::analysis::observing::error_of;
use crate::chance::math;
use crate::domain::Date;
use crate::measure::interval::Interval;
use crate::measure::scores::NormalMixture;
use crate::measure::scores::simple::brier;
use crate::scenario::Scenario;
use crate::scenario::resolved::{Bound, Observation};

/// Chances of the bands of a forecast.
pub const BANDS: [f64; 4] = [0.5, 0.8, 0.95, 0.99];

/// A forecast and what it was worth.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Scored {
    /// Mean, in the metric's unit.
    pub mean: f64,
    /// Standard deviation, in the metric's unit.
    pub sd: f64,
    /// Central bands, by [`BANDS`].
    pub bands: [Interval; 4],
    /// Standard deviation of the observation's own error, sampling included.
    pub error: f64,
    /// −ln of the density at the value, or of the chance of the bound, nats.
    pub log_score: f64,
    /// The rest, by what was observed.
    pub outcome: Outcome,
}

/// What was observed, against the forecast.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "observed", rename_all = "snake_case")]
pub enum Outcome {
    /// A value.
    Value {
        /// CRPS of the mixture, in the metric's unit; less is better.
        crps_mixture: f64,
        /// Chance that the forecast gave to a lower value.
        pit: f64,
        /// That nothing changes, where it says anything.
        persistence: Option<Reference>,
        /// That what was goes on, where it says anything.
        trend: Option<Reference>,
    },
    /// A bound.
    Bound {
        /// Chance that the forecast gave to it.
        chance: f64,
        /// (1 − chance)²; less is better.
        brier: f64,
    },
}

/// A reference forecast, scored on the same value.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reference {
    /// Its mean, in the metric's unit.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Its CRPS.
    pub crps: f64,
}

impl Reference {
    fn of(forecast: &NormalMixture, value: f64) -> Self {
        Self {
            mean: forecast.mean(),
            sd: forecast.sd(),
            crps: forecast.crps(value),
        }
    }

    /// 1 − CRPS/CRPS of the reference: 1 is perfect, 0 no better, below 0 worse.
    #[must_use]
    pub fn skill(&self, crps: f64) -> f64 {
        1.0 - crps / self.crps
    }
}

impl Scored {
    /// The forecast `mixture`, made at `origin`, against an observation of `scenario`.
    #[must_use]
    pub fn of(
        mixture: &NormalMixture,
        scenario: &Scenario,
        observation: &Observation,
        origin: Date,
    ) -> Self {
        let value = observation.value;
        let error = error_of(scenario, observation);
        let outcome = match observation.bound {
            Bound::Exact => {
                let known = known_values(&scenario.observations, observation, origin);
                let reference = |forecast: Option<NormalMixture>| {
                    forecast.map(|forecast| Reference::of(&forecast, value))
                };
                Outcome::Value {
                    crps_mixture: mixture.crps(value),
                    pit: mixture.cdf(value).clamp(0.0, 1.0),
                    persistence: reference(persistence(&known, observation, origin, error)),
                    trend: reference(trend(&known, observation, origin, error)),
                }
            }
            Bound::AtLeast => bound(mixture.survival(value)),
            Bound::AtMost => bound(mixture.cdf(value)),
        };
        let log_score = match outcome {
            Outcome::Value { .. } => mixture.log_score(value),
            Outcome::Bound { chance, .. } => -math::ln(chance.max(f64::MIN_POSITIVE)),
        };
        Self {
            mean: mixture.mean(),
            sd: mixture.sd(),
            bands: BANDS.map(|chance| band(mixture, chance)),
            error,
            log_score,
            outcome,
        }
    }

    /// Whether a value lay inside each of [`BANDS`]; nothing of a bound.
    #[must_use]
    pub fn inside(&self) -> Option<[bool; 4]> {
        match self.outcome {
            Outcome::Value { pit, .. } => Some(BANDS.map(|chance| {
                let tail = 0.5 * (1.0 - chance);
                (tail..=1.0 - tail).contains(&pit)
            })),
            Outcome::Bound { .. } => None,
        }
    }

    /// Skill against persistence and trend, of a value.
    #[must_use]
    pub fn skills(&self) -> [Option<f64>; 2] {
        match &self.outcome {
            Outcome::Value {
                crps_mixture,
                persistence,
                trend,
                ..
            } => {
                let skill = |of: &Option<Reference>| of.map(|of| of.skill(*crps_mixture));
                [skill(persistence), skill(trend)]
            }
            Outcome::Bound { .. } => [None, None],
        }
    }
}

fn bound(chance: f64) -> Outcome {
    Outcome::Bound {
        chance,
        brier: brier(chance, true),
    }
}

/// The central band with this chance.
fn band(mixture: &NormalMixture, chance: f64) -> Interval {
    // There is one for any chance inside (0, 1).
    let band = mixture.central_interval(chance);
    band.unwrap_or_else(|| Interval::around(mixture.mean(), 0.0))
}
