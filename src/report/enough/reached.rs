//! What was asked for and what was reached: block `ENOUGH RUNS`.

use serde::{Deserialize, Serialize};

use super::ask::{Ask, Half, Statistic};
use crate::measure::MeasureError;
use crate::measure::enough::needed;
use crate::report::page::{Bounded, Typical};
use crate::report::unit::Unit;

/// The block.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Enough {
    /// Futures at which it stopped, failed ones too.
    pub stopped_at: u32,
    /// The most that were allowed.
    pub allowed: u32,
    /// Statistic by statistic.
    pub asked: Vec<Reached>,
}

/// A statistic.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reached {
    /// `METRIC.STAT`.
    pub name: String,
    /// The metric: what, for whom, when.
    pub label: String,
    /// The unit of the figures.
    pub unit: Unit,
    /// Whether it is a paired difference.
    pub is_effect: bool,
    /// The half-width that was asked for.
    pub asked: Half,
    /// The same in the unit; `None` of a part of nothing.
    pub within: Option<f64>,
    /// The estimate and its error; `None` where there is no value.
    pub reached: Option<Typical>,
    /// Whether that is as sure as asked.
    pub holds: bool,
    /// Where it is not, about how many futures would; `None` where nobody knows.
    pub needed: Option<u64>,
}

impl Enough {
    /// Whether all is as sure as asked.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.asked.iter().all(|reached| reached.holds)
    }
}

impl Reached {
    /// What these columns, of `runs` futures, come to.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn of(
        ask: &Ask,
        (scenario, baseline): (&[f64], Option<&[f64]>),
        runs: u32,
    ) -> Result<Self, MeasureError> {
        let reached = ask.of.estimate(scenario, baseline)?;
        let holds = reached.is_some_and(|reached| ask.holds(&reached));
        let within = match reached.map(|reached| reached.value) {
            Some(Bounded::At(value)) => ask.width.at(value),
            _ => None,
        };
        let error = reached.and_then(|reached| reached.error);
        let short = error.zip(within).filter(|_| !holds);
        Ok(Self {
            name: ask.of.name(),
            label: ask.of.metric.label.clone(),
            unit: ask.of.metric.unit.clone(),
            is_effect: ask.of.statistic == Statistic::Effect,
            asked: ask.width.into(),
            within,
            reached,
            holds,
            needed: short.and_then(|(error, within)| needed(runs, error, within)),
        })
    }
}
