//! Correlations, decisions with their options, levers and observations as written.

use super::placed::Placed;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::value::{Day, Number, Text};

/// `[correlation.exposure-trust]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correlation {
    pub inputs: Placed<Vec<Text>>,
    pub rank: Number,
}

/// `[decision]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub who: Text,
    pub objective: Text,
    pub tolerance: Option<Number>,
    pub by: Option<Day>,
    pub options: Placed<Vec<Text>>,
}

/// `[option.comply]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionOption {
    pub title: Option<String>,
    /// A piece of scenario, read when it is laid over.
    #[serde(rename = "set")]
    _set: IgnoredAny,
}

/// `[lever.exposure]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    pub path: Text,
    pub label: String,
    pub low: Number,
    pub high: Number,
}

/// `[[observation]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    pub date: Day,
    pub metric: Text,
    pub value: Number,
    pub error: Number,
    pub source: Text,
    #[serde(rename = "use")]
    pub use_for: Text,
    pub text: Option<String>,
}
