//! What was observed, by whom, and what a backtest does with it, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::placed::Placed;
use super::shape;
use super::value::{Day, Number, Text, Whole};

/// What was observed of a metric on a day. `[[observation]]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The day for which it holds, within what is simulated.
    pub date: Day,
    /// The day on which it was known; `date` unless given.
    pub published: Option<Day>,
    /// The metric that it is of.
    pub metric: Text,
    /// Whether it is of the metric's difference to the baseline on the same luck, as a study
    /// with a comparison group measures it.
    #[serde(default)]
    pub against_baseline: bool,
    /// What was observed, in the metric's unit.
    #[schemars(transform = shape::plain)]
    pub value: Number,
    /// Standard deviation of the error of observation (definitions, reading), in the metric's
    /// unit; that of a survey's sample comes on top of it.
    #[schemars(transform = shape::positive, transform = shape::plain)]
    pub error: Number,
    /// Whether the value is only a bound of what was there; what was seen itself unless given.
    #[schemars(extend("enum" = ["at_least", "at_most"]))]
    pub bound: Option<Text>,
    /// The `[panel.NAME]` that was asked, of a share in per cent.
    pub panel: Option<Text>,
    /// A quantity that is observed again and again: those of one series are held against its
    /// last value and its trend.
    pub series: Option<Text>,
    /// What it would be if nothing changed, in the metric's unit, for what has no series.
    #[schemars(transform = shape::plain)]
    pub no_change: Option<Number>,
    /// The last day whose facts its forecast may know; the last of `backtest.origins` before
    /// `date` unless given.
    pub forecast_from: Option<Day>,
    /// The backtest to which it belongs, as in `"BT4"`.
    pub backtest: Option<Text>,
    /// Evidence, as in `S01: remark`, or `assumed: why`.
    pub source: Text,
    /// Whether models are fitted to it or held against it, or whether it is a claim of somebody
    /// else's, of which is told where it lies in the forecast.
    #[serde(rename = "use")]
    #[schemars(extend("enum" = ["fit", "validate", "claim"]))]
    pub use_for: Text,
    /// A remark for the reader.
    pub text: Option<String>,
}

/// Who was asked, and what they call what is asked: `[panel.bitkom]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Panel {
    /// As read in a sentence. The table's name unless given.
    pub title: Option<String>,
    /// How many were asked: a share of them has the error of a sample. As if all were unless
    /// given.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub respondents: Option<Whole>,
    /// Log-odds by which its shares lie above those of the model, for it asks whom the model
    /// does not hold or means more by the word; 0 unless given.
    pub log_odds: Option<Number>,
    /// How far its log-odds move when those of the model move by 1; 1 unless given.
    #[schemars(transform = shape::positive)]
    pub discrimination: Option<Number>,
}

/// How the past is forecast. `[backtest]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Backtest {
    /// Days on which forecasts are made, each with what was known then, in order.
    #[schemars(length(min = 1))]
    pub origins: Placed<Vec<Day>>,
    /// The last day of what models are fitted to.
    pub fit_until: Day,
    /// Paths of the inputs that `backtest --fit` calibrates; each is a distribution.
    #[serde(default)]
    pub inputs: Vec<Text>,
}
