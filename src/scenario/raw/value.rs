//! Values as written: numbers or distributions, dates, texts.

use std::collections::BTreeMap;
use std::fmt;

use super::placed::Placed;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use toml::value::Datetime;

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

/// A distribution as written: its family and the parameters of any family.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    pub dist: Text,
    pub mean: Option<Placed<f64>>,
    pub sd: Option<Placed<f64>>,
    pub median: Option<Placed<f64>>,
    pub sigma: Option<Placed<f64>>,
    pub p90: Option<Placed<f64>>,
    pub strength: Option<Placed<f64>>,
    pub shape: Option<Placed<f64>>,
    pub scale: Option<Placed<f64>>,
    pub low: Option<Placed<f64>>,
    pub mode: Option<Placed<f64>>,
    pub high: Option<Placed<f64>>,
    pub values: Option<Placed<Vec<f64>>>,
    pub chances: Option<Placed<Vec<f64>>>,
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
