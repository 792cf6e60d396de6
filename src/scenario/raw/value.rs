//! Values as written: numbers or distributions, dates, texts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use toml::value::Datetime;

use super::placed::Placed;
use crate::scenario::source_text::Place;

/// Tables by name, sorted.
pub type Named<T> = BTreeMap<Placed<String>, Placed<T>>;
/// Numbers by name, sorted.
pub type Numbers = BTreeMap<Placed<String>, Number>;
/// A text or the name of something.
pub type Text = Placed<String>;
/// A whole number.
pub type Whole = Placed<i64>;

/// Where a number stands: the number, a distribution of it, or an interval.
#[derive(Clone, Debug)]
pub struct Number {
    /// Where it was written.
    pub place: Place,
    /// What was written.
    pub written: Written,
}

impl Number {
    /// Is it drawn, rather than known?
    pub fn is_drawn(&self) -> bool {
        !matches!(self.written, Written::Plain(_))
    }
}

/// What was written where a number stands.
#[derive(Clone, Debug)]
pub enum Written {
    /// A number.
    Plain(f64),
    /// A table with `dist`.
    Distribution(Box<Parameters>),
    /// A text: an interval such as `"5 to 12"`, if it is one.
    Text(String),
}

/// Families of distributions.
pub const FAMILIES: &[&str] = &[
    "normal",
    "lognormal",
    "beta",
    "triangular",
    "pert",
    "uniform",
    "gamma",
    "weibull",
    "discrete",
    "empirical",
];

/// A distribution in place of a number, drawn once a run, as in
/// `{ dist = "lognormal", median = 300, p90 = 600 }`. A family has only its own parameters.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Distribution")]
pub struct Parameters {
    /// The family: `normal` (mean, sd), `lognormal` (median, p90 or sigma), `beta` (mean,
    /// strength), `triangular` and `pert` (low, mode, high), `uniform` (low, high), `gamma`
    /// (mean, sd), `weibull` (shape, scale), `discrete` (values, chances), `empirical`
    /// (values).
    #[schemars(extend("enum" = FAMILIES))]
    pub dist: Text,
    /// Mean of a normal distribution, of a gamma one, there above 0, or of a beta one, there
    /// between 0 and 1.
    pub mean: Option<Placed<f64>>,
    /// Standard deviation of a normal or gamma distribution, above 0.
    pub sd: Option<Placed<f64>>,
    /// Median of a lognormal distribution, above 0.
    pub median: Option<Placed<f64>>,
    /// Standard deviation of the ln of a lognormal one, above 0; or give `p90`.
    pub sigma: Option<Placed<f64>>,
    /// What nine in ten draws of a lognormal distribution lie below; above its median.
    pub p90: Option<Placed<f64>>,
    /// How narrow a beta distribution is: alpha + beta, above 0.
    pub strength: Option<Placed<f64>>,
    /// Shape of a Weibull distribution, above 0.
    pub shape: Option<Placed<f64>>,
    /// Scale of a Weibull distribution, above 0: 63 % of its draws lie below.
    pub scale: Option<Placed<f64>>,
    /// Lower end of a triangular, PERT or uniform distribution.
    pub low: Option<Placed<f64>>,
    /// Likeliest value of a triangular or PERT distribution.
    pub mode: Option<Placed<f64>>,
    /// Upper end of a triangular, PERT or uniform distribution.
    pub high: Option<Placed<f64>>,
    /// Values of a discrete distribution; observations, all as likely, of an empirical one.
    pub values: Option<Placed<Vec<f64>>>,
    /// Chances of a discrete distribution's values; they sum to one.
    pub chances: Option<Placed<Vec<f64>>>,
}

/// A range of two numbers in words.
struct Interval;

impl JsonSchema for Interval {
    fn schema_name() -> Cow<'static, str> {
        "Interval".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A range in place of a number, as in `\"5 to 12\"`: nine in ten draws lie in it.",
            "type": "string",
            "pattern": INTERVAL,
        })
    }
}

const INTERVAL: &str = r"^\s*[-+]?[0-9][0-9_.eE+-]*\s+to\s+[-+]?[0-9][0-9_.eE+-]*\s*$";

// Written out in each field, so that an editor shows what the field means and not what a
// number is.
impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let distribution = generator.subschema_for::<Parameters>();
        let interval = generator.subschema_for::<Interval>();
        json_schema!({
            "type": ["number", "object", "string"],
            "anyOf": [{ "type": "number" }, distribution, interval],
        })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<Written>::deserialize(deserializer)?;
        Ok(Self {
            place: spanned.span(),
            written: spanned.into_inner(),
        })
    }
}

// Not an untagged enum: those lose the place and the reason of an error.
impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrDistribution;

        impl<'de> Visitor<'de> for NumberOrDistribution {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, a distribution or an interval")
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Written, E> {
                Ok(Written::Plain(number))
            }

            #[allow(clippy::cast_precision_loss)] // no count of this model nears 2^53
            fn visit_i64<E: Error>(self, number: i64) -> Result<Written, E> {
                Ok(Written::Plain(number as f64))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
                Ok(Written::Text(text.to_owned()))
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Written, M::Error> {
                let parameters = Parameters::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Written::Distribution(Box::new(parameters)))
            }
        }

        deserializer.deserialize_any(NumberOrDistribution)
    }
}

/// A day as written: a TOML date or a text.
#[derive(Clone, Debug)]
pub struct Day {
    /// Where it was written.
    pub place: Place,
    /// As written.
    pub text: String,
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<DayText>::deserialize(deserializer)?;
        Ok(Self {
            place: spanned.span(),
            text: spanned.into_inner().0,
        })
    }
}

struct DayText(String);

impl<'de> Deserialize<'de> for DayText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateOrText;

        impl<'de> Visitor<'de> for DateOrText {
            type Value = DayText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2014-07-31")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<DayText, E> {
                Ok(DayText(text.to_owned()))
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<DayText, M::Error> {
                let date = Datetime::deserialize(MapAccessDeserializer::new(map))
                    .map_err(|_| M::Error::custom("expected a date such as 2014-07-31"))?;
                Ok(DayText(date.to_string()))
            }
        }

        deserializer.deserialize_any(DateOrText)
    }
}
