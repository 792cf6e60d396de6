//! A scenario and its observations, as a problem of calibration.

use super::problem::{Evaluated, Problem};
use crate::analysis::observing::{self, Seen};
use crate::chance::Run;
use crate::domain::Date;
use crate::ensemble::sample::Sample;
use crate::result::RunRows;
use crate::scenario::Scenario;
use crate::scenario::resolved::{InputDraw, InputId, MetricWhen, Observation, ObservationUse};

/// ln of the likelihood of an observation whose metric is missing from a future, such as the
/// length of a case that has not ended: what is not there was not seen, so that this is as
/// unlikely as a number can say.
const MISSING: f64 = -708.0;

/// A scenario whose inputs `backtest.inputs` are calibrated to what it is to be fitted to.
#[derive(Debug)]
pub struct Observed<'s> {
    scenario: &'s Scenario,
    sample: Sample<'s>,
    inputs: Vec<InputId>,
    observations: Vec<&'s Observation>,
}

/// Why a scenario cannot be fitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CannotFit {
    /// Nothing says what to calibrate.
    #[error(
        "it names no inputs to calibrate; list them in `[backtest] inputs`, each one that is \
         drawn from a distribution"
    )]
    NoInputs,
    /// Nothing to fit to.
    #[error("it has no observation with `use = \"fit\"` to be fitted to")]
    NoObservations,
    /// Its inputs are drawn from a posterior already.
    #[error(
        "it draws its inputs from a posterior already, and would be fitted twice to the same \
         past; `-s \"inputs.posterior=''\"` goes back to the priors"
    )]
    Fitted,
}

/// What a scenario is fitted to: `use = "fit"` (which is never later than `fit_until`).
#[must_use]
pub fn fitted_to(scenario: &Scenario) -> Vec<&Observation> {
    let observations = scenario.observations.iter();
    let fit = observations.filter(|observation| observation.use_for == ObservationUse::Fit);
    fit.collect()
}

/// The months from the start that a fit must simulate: to the last that tells of what it is
/// fitted to, all where a metric is taken at the end.
#[must_use]
pub fn months_of_fit(scenario: &Scenario) -> u32 {
    let months_to = |date: Date| {
        let (year, month, _) = date.ymd();
        let (first_year, first_month, _) = scenario.start.ymd();
        let months = 12 * (i32::from(year) - i32::from(first_year)) + i32::from(month)
            - i32::from(first_month);
        // The month that begins then may hold the date.
        u32::try_from(months + 1).unwrap_or(0)
    };
    let needed = fitted_to(scenario).into_iter().map(|observation| {
        match scenario.metrics[observation.metric.0].when {
            MetricWhen::At(date) | MetricWhen::Between(_, date) => months_to(date),
            MetricWhen::OverMonths(months) => months,
            MetricWhen::Horizon => scenario.horizon_months,
        }
    });
    let needed = needed.max().unwrap_or(scenario.horizon_months);
    needed.clamp(1, scenario.horizon_months)
}

impl<'s> Observed<'s> {
    /// Of a scenario and single runs of it, paired with its baseline if an observation is of
    /// a difference to that.
    ///
    /// # Errors
    /// [`CannotFit`]
    pub fn new(scenario: &'s Scenario, sample: Sample<'s>) -> Result<Self, CannotFit> {
        let inputs = can_be_fitted(scenario)?;
        Ok(Self {
            scenario,
            sample,
            inputs: inputs.to_vec(),
            observations: fitted_to(scenario),
        })
    }

    /// The scenario.
    #[must_use]
    pub const fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// The inputs calibrated.
    #[must_use]
    pub fn inputs(&self) -> &[InputId] {
        &self.inputs
    }

    /// The observations, in the order of the scenario.
    #[must_use]
    pub fn observations(&self) -> &[&'s Observation] {
        &self.observations
    }

    /// Value of the calibrated input at this place in a particle's future; nothing where it
    /// failed.
    #[must_use]
    pub fn value(&self, evaluated: &Evaluated, place: usize) -> Option<f64> {
        evaluated.kept.get(place).copied().flatten()
    }

    /// What would have been seen of a particle's future, of the observation at this place.
    #[must_use]
    pub fn seen(&self, evaluated: &Evaluated, place: usize) -> Option<Seen> {
        let at = self.inputs.len() + 2 * place;
        let number = |at: usize| evaluated.kept.get(at).copied().flatten();
        Some(Seen {
            mean: number(at)?,
            sd: number(at + 1)?,
        })
    }

    fn held_against(&self, rows: RunRows) -> Evaluated {
        let draw = InputDraw(rows.inputs);
        let mut log_likelihood = 0.0;
        let inputs = self.inputs.iter();
        let mut kept: Vec<Option<f64>> = inputs.map(|input| Some(draw.0[input.0])).collect();
        for observation in &self.observations {
            let metric = observation.metric.0;
            let baseline = rows.baseline_metrics.get(metric).copied();
            let metrics = (rows.metrics[metric], baseline);
            let seen = observing::seen(self.scenario, observation, metrics, &draw);
            log_likelihood += seen.map_or(MISSING, |seen| {
                seen.log_likelihood(observation.value, observation.bound)
            });
            kept.extend([seen.map(|seen| seen.mean), seen.map(|seen| seen.sd)]);
        }
        Evaluated {
            log_likelihood: Some(log_likelihood).filter(|log| log.is_finite()),
            kept,
        }
    }
}

/// The inputs that a fit of this scenario calibrates.
///
/// # Errors
/// [`CannotFit`]
pub fn can_be_fitted(scenario: &Scenario) -> Result<&[InputId], CannotFit> {
    let backtest = scenario.backtest.as_ref();
    let inputs = backtest.map_or(&[][..], |backtest| &backtest.inputs);
    if inputs.is_empty() {
        Err(CannotFit::NoInputs)
    } else if fitted_to(scenario).is_empty() {
        Err(CannotFit::NoObservations)
    } else if scenario.posterior.is_some() {
        Err(CannotFit::Fitted)
    } else {
        Ok(inputs)
    }
}

impl Problem for Observed<'_> {
    fn dimension(&self) -> usize {
        self.inputs.len()
    }

    fn evaluate(&self, scores: &[f64], luck: Run) -> Evaluated {
        let inputs = self.inputs.iter().copied().zip(scores.iter().copied());
        let inputs: Vec<(InputId, f64)> = inputs.collect();
        let rows = self.sample.at(luck, &inputs);
        rows.map_or_else(|_| Evaluated::default(), |rows| self.held_against(rows))
    }
}
