//! What was observed, and how the past is forecast.

use super::{InputId, MetricId, Quantity, SourceKind};
use crate::domain::Date;

/// `[[observation]]`: what was seen in the world, to be held against what is simulated.
#[derive(Clone, PartialEq, Debug)]
pub struct Observation {
    /// `date` of which it tells, inside the simulation.
    pub date: Date,
    /// `published`: when it was known, not before `date`.
    pub published: Date,
    /// `metric` with which it is compared.
    pub metric: MetricId,
    /// `against_baseline`: it is of the metric's difference to the baseline.
    pub against_baseline: bool,
    /// `value`, in the metric's unit.
    pub value: f64,
    /// `error`: standard deviation of the observation's error but for sampling, in the
    /// metric's unit, positive.
    pub error: f64,
    /// `bound`: whether the value is only a bound.
    pub bound: Bound,
    /// `panel` that was asked; only of a metric in per cent, and not against the baseline.
    pub panel: Option<PanelId>,
    /// `series` to which it belongs.
    pub series: Option<String>,
    /// `no_change`: what it would be if nothing changed.
    pub no_change: Option<f64>,
    /// `forecast_from`: the last day whose facts its forecast may know, before `date`.
    pub forecast_from: Option<Date>,
    /// `backtest` to which it belongs.
    pub backtest: Option<String>,
    /// `source`
    pub source: SourceKind,
    /// `use`
    pub use_for: ObservationUse,
    /// `text`: what was seen, in words.
    pub text: Option<String>,
}

/// What an observation may be used for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ObservationUse {
    /// `use = "fit"`: to calibrate.
    Fit,
    /// `use = "validate"`: kept apart, to judge what was calibrated without it.
    Validate,
    /// `use = "claim"`: somebody else's forecast, told apart and scored by nobody.
    Claim,
}

/// What an observed value says of what was there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Bound {
    /// It was this, up to the error.
    #[default]
    Exact,
    /// `bound = "at_least"`
    AtLeast,
    /// `bound = "at_most"`
    AtMost,
}

/// Position of a panel in [`super::Scenario::panels`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PanelId(pub usize);

/// `[panel.NAME]`: who was asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Panel {
    /// The table's name.
    pub name: String,
    /// As read in a sentence.
    pub title: String,
    /// `respondents`: size of the sample; none where all were asked.
    pub respondents: Option<u32>,
    /// `log_odds` by which its shares lie above the model's.
    pub log_odds: Quantity,
    /// `discrimination`: its log-odds move by this when the model's move by 1.
    pub discrimination: Quantity,
}

/// `[backtest]`: how the past is forecast.
#[derive(Clone, PartialEq, Debug)]
pub struct Backtest {
    /// `origins`: days on which forecasts are made, ascending, at least one.
    pub origins: Vec<Date>,
    /// `fit_until`: no observation for fitting is later.
    pub fit_until: Date,
    /// `inputs` that a fit calibrates, ascending by path.
    pub inputs: Vec<InputId>,
}
