//! Correlations, decisions with their options, and levers as written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::placed::Placed;
use super::shape;
use super::value::{Day, Number, Text};

/// Two inputs that are drawn together (Gaussian copula). `[correlation.exposure-trust]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Correlation {
    /// Paths of two numbers that are drawn, as in
    /// `["choice.exposure_weight", "choice.trust_weight"]`.
    #[schemars(length(equal = 2))]
    pub inputs: Placed<Vec<Text>>,
    /// Rank correlation (Spearman), between -1 and 1.
    #[schemars(transform = shape::rank, transform = shape::plain)]
    pub rank: Number,
}

/// What is to be decided: who, between which options, by which metric. `[decision]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Decision {
    /// Who decides: a provider, a jurisdiction, whose government is meant, or a named
    /// customer.
    pub who: Text,
    /// The metric by which options are judged; it has a direction.
    pub objective: Text,
    /// Value of the objective, in its unit, that is good enough.
    #[schemars(transform = shape::plain)]
    pub tolerance: Option<Number>,
    /// Day by which it must be taken.
    pub by: Option<Day>,
    /// Names of `[option.NAME]`, at least two.
    #[schemars(length(min = 2))]
    pub options: Placed<Vec<Text>>,
}

/// One of the options of a decision. `[option.comply]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct DecisionOption {
    /// As read in a sentence. The table's name unless given.
    pub title: Option<String>,
    /// A piece of scenario, read when it is laid over.
    #[serde(rename = "set")]
    #[schemars(with = "Piece")]
    _set: IgnoredAny,
}

/// A piece of scenario.
struct Piece;

impl JsonSchema for Piece {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Piece".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object" })
    }
}

/// A number that a reader may move, with its range; at most eight. `[lever.exposure]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Lever {
    /// Path of the number, as in `choice.home_weight`.
    pub path: Text,
    /// What it is, in a few words for a reader.
    pub label: String,
    /// Lower end of its range.
    #[schemars(transform = shape::plain)]
    pub low: Number,
    /// Upper end of its range, above the lower.
    #[schemars(transform = shape::plain)]
    pub high: Number,
}
