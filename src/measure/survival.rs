//! How long until something ends, when for some the end is not yet seen.
//!
//! A case still open at the horizon has a duration of *at least* what was seen: it is
//! censored. Leaving such cases out makes everything look quicker than it is (with
//! Exp(24) durations and a horizon of 24, those that ended average 10). The estimator
//! of Kaplan & Meier (1958) uses them as far as they go; censoring must not depend on
//! what would have followed. Ends at the same time as a censoring count as before it.

use super::MeasureError;
use super::distribution::normal_quantile;
use super::interval::{Interval, two_sided};

/// One thing followed from its start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    /// How long it was followed, 0 or more, in the unit of time the caller keeps to.
    pub duration: f64,
    /// How it ended, as an index from 0; `None` if it had not when last seen.
    pub outcome: Option<u16>,
}

/// Spells in order of duration.
///
/// # Errors
/// [`MeasureError::BadDuration`] for a duration that is negative or not finite.
pub(super) fn in_order(spells: &[Spell]) -> Result<Vec<Spell>, MeasureError> {
    for &Spell {
        duration: value, ..
    } in spells
    {
        if !(value.is_finite() && value >= 0.0) {
            return Err(MeasureError::BadDuration { value });
        }
    }
    let mut ordered = spells.to_vec();
    ordered.sort_by(|a, b| a.duration.total_cmp(&b.duration));
    Ok(ordered)
}

/// What happened at one time, and the estimate from then until the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurvivalStep {
    /// The time since the start.
    pub time: f64,
    /// How many were still followed just before.
    pub at_risk: u64,
    /// How many ended, in whatever way.
    pub ended: u64,
    /// How many were last seen then, not ended.
    pub censored: u64,
    /// The chance to last beyond this time.
    pub survival: f64,
    /// Greenwood's (1926) sum Σ d / (n (n − d)); infinite once all have ended.
    pub greenwood: f64,
}

/// The Kaplan–Meier estimate of the chance to last.
#[derive(Debug, Clone, PartialEq)]
pub struct KaplanMeier {
    n: u64,
    steps: Vec<SurvivalStep>,
}

/// A mean duration up to a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMean {
    /// The mean of the smaller of duration and horizon.
    pub mean: f64,
    /// Its standard error by Greenwood's formula (Klein & Moeschberger 2003, 4.5.2).
    pub standard_error: f64,
}

impl KaplanMeier {
    /// The estimate from these spells; all outcomes count as an end.
    ///
    /// # Errors
    /// [`MeasureError::BadDuration`] for a duration that is negative or not finite.
    pub fn new(spells: &[Spell]) -> Result<Self, MeasureError> {
        let ordered = in_order(spells)?;
        let n = ordered.len() as u64;
        let (mut at_risk, mut survival, mut greenwood) = (n, 1.0, 0.0);
        let mut steps = Vec::new();
        for tied in ordered.chunk_by(|a, b| a.duration == b.duration) {
            let ended = tied.iter().filter(|spell| spell.outcome.is_some()).count() as u64;
            let staying = at_risk - ended;
            survival *= staying as f64 / at_risk as f64;
            if ended > 0 {
                greenwood += ended as f64 / (at_risk as f64 * staying as f64);
            }
            let censored = tied.len() as u64 - ended;
            let time = tied[0].duration;
            steps.push(SurvivalStep {
                time,
                at_risk,
                ended,
                censored,
                survival,
                greenwood,
            });
            at_risk = staying - censored;
        }
        Ok(Self { n, steps })
    }

    /// How many spells there are.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// How many spells had not ended when last seen.
    pub fn censored(&self) -> u64 {
        self.steps.iter().map(|step| step.censored).sum()
    }

    /// Each distinct duration, rising, with the estimate from it on.
    pub fn steps(&self) -> &[SurvivalStep] {
        &self.steps
    }

    /// How many are followed up to `time` at least.
    pub fn at_risk_at(&self, time: f64) -> u64 {
        let next = self.steps.partition_point(|step| step.time < time);
        self.steps.get(next).map_or(0, |step| step.at_risk)
    }

    /// The chance to last beyond `time`; `None` where nobody was followed so long,
    /// unless all had ended before.
    pub fn survival_at(&self, time: f64) -> Option<f64> {
        self.reaches(time)
            .then(|| self.step_at(time).map_or(1.0, |step| step.survival))
    }

    /// The interval of [`KaplanMeier::survival_at`] on the log(−log) scale (Kalbfleisch
    /// & Prentice 1980), which stays inside 0 to 1. `None` also where the estimate is 0
    /// or 1 and so has no standard error.
    pub fn interval_at(&self, time: f64, confidence: f64) -> Option<Interval> {
        let z = two_sided(confidence).and_then(normal_quantile)?;
        if !self.reaches(time) {
            return None;
        }
        let step = self.step_at(time)?;
        log_log_interval(step.survival, step.greenwood.sqrt() * step.survival, z)
    }

    /// The time by which a share p has ended: the smallest with a survival of at most
    /// 1 − p. `None` where it is not reached.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if !(0.0..=1.0).contains(&p) {
            return None;
        }
        self.first_time(|step| Some(step.survival), p)
    }

    /// The ends of the interval of [`KaplanMeier::quantile`]: the times at which the
    /// ends of the survival interval come down to 1 − p (Brookmeyer & Crowley 1982).
    pub fn quantile_interval(&self, p: f64, confidence: f64) -> (Option<f64>, Option<f64>) {
        let Some(z) = two_sided(confidence).and_then(normal_quantile) else {
            return (None, None);
        };
        let interval = |step: &SurvivalStep| {
            log_log_interval(step.survival, step.greenwood.sqrt() * step.survival, z)
        };
        (
            self.first_time(|step| Some(interval(step)?.low), p),
            self.first_time(|step| Some(interval(step)?.high), p),
        )
    }

    /// The median duration; `None` where fewer than half are seen to end.
    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The mean of the smaller of duration and `horizon`: the area under the curve
    /// (Irwin 1949). `None` if nobody was followed that far, unless all had ended.
    pub fn restricted_mean(&self, horizon: f64) -> Option<RestrictedMean> {
        if !(horizon >= 0.0 && horizon.is_finite() && self.reaches(horizon)) {
            return None;
        }
        let within = self.steps.partition_point(|step| step.time < horizon);
        let (mut area, mut variance, mut until) = (0.0, 0.0, horizon);
        for step in self.steps[..within].iter().rev() {
            area += step.survival * (until - step.time);
            until = step.time;
            // Where all ended the area beyond is 0, and so is the term.
            if area > 0.0 {
                let staying = (step.at_risk - step.ended) as f64;
                variance += area * area * step.ended as f64 / (step.at_risk as f64 * staying);
            }
        }
        Some(RestrictedMean {
            mean: area + until,
            standard_error: variance.sqrt(),
        })
    }

    fn step_at(&self, time: f64) -> Option<&SurvivalStep> {
        let next = self.steps.partition_point(|step| step.time <= time);
        self.steps.get(next.checked_sub(1)?)
    }

    fn reaches(&self, time: f64) -> bool {
        let last = self.steps.last();
        time >= 0.0 && last.is_some_and(|last| time <= last.time || last.survival == 0.0)
    }

    fn first_time(&self, survival: impl Fn(&SurvivalStep) -> Option<f64>, p: f64) -> Option<f64> {
        // Products of fractions may end a rounding above the share they stand for.
        let level = 1.0 - p + 1e-12;
        let reached = |step: &&SurvivalStep| survival(step).is_some_and(|share| share <= level);
        self.steps.iter().find(reached).map(|step| step.time)
    }
}

/// The interval of a chance, with this standard error, that is symmetrical for
/// log(−log(chance)).
pub(super) fn log_log_interval(chance: f64, standard_error: f64, z: f64) -> Option<Interval> {
    if !(0.0 < chance && chance < 1.0 && standard_error.is_finite()) {
        return None;
    }
    let log = libm::log(chance);
    let factor = libm::exp(z * standard_error / (chance * log.abs()));
    Some(Interval {
        low: libm::exp(log * factor),
        high: libm::exp(log / factor),
    })
}

#[cfg(test)]
mod tests;
