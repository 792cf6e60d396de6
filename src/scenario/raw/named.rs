//! Named customers as written.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use toml::value::Datetime;

use super::placed::Placed;
use super::shape;
use super::value::{Day, Named, Number, Text, Whole};

/// A customer of its own beside the market: what it pays, how exposed it is, whether it gets
/// out in time. `[customer.my-bank]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct NamedCustomer {
    /// As read in a sentence.
    pub title: Option<String>,
    /// The country, one with a market, whose customers' beliefs it shares.
    pub jurisdiction: Text,
    /// The segment whose customers' beliefs it shares.
    pub segment: Text,
    /// Currency of its amounts, such as `EUR`; the scenario's unless given.
    pub currency: Option<Text>,
    /// How many units of the scenario's currency one of its own buys; needed where they
    /// differ.
    pub exchange_rate: Option<Number>,
    /// Exposure, from 0 to 1, above which a month counts.
    pub tolerance: Number,
    /// Its workloads by name.
    #[serde(default)]
    pub workload: Named<Workload>,
}

/// A workload of a named customer. `[customer.my-bank.workload.core-banking]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Workload {
    /// As read in a sentence.
    pub title: Option<String>,
    /// The region where it is at the start.
    pub region: Text,
    /// Who holds the keys there: `provider`, or `customer` where the region offers it.
    pub custody: Option<Text>,
    /// Spend a year at the start's prices, in the customer's currency.
    pub spend_per_year: Number,
    /// Growth of the workload a year; 0 unless given.
    pub growth_per_year: Option<Number>,
    /// Day until which it is paid for where it is at the start, even after it has left.
    pub contract_ends: Option<Day>,
    /// Whether and when it leaves: `stay` (unless given), `at_contract_end`,
    /// `above_tolerance` or a day.
    pub leave: Option<Leave>,
    /// With `above_tolerance`: months in a row; 1 unless given.
    pub leave_after_months: Option<Whole>,
    /// Where it goes: a region, or `on_premises`.
    pub exit_to: Option<Text>,
    /// Who holds the keys there.
    pub exit_custody: Option<Text>,
    /// Months from the decision until the last data has left.
    pub exit_months: Option<Number>,
    /// Cost of the exit, in the customer's currency.
    pub exit_cost: Option<Number>,
    /// With `exit_to = "on_premises"`: cost there a year at the start's prices, in the
    /// customer's currency.
    pub on_premises_cost_per_year: Option<Number>,
    /// Day by which a supervisor wants the exit finished.
    pub exit_by: Option<Day>,
}

/// Whether and when a workload leaves, as written: a word or a day.
#[derive(Clone, Debug)]
pub struct Leave(pub Text);

impl JsonSchema for Leave {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Leave".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "anyOf": [
                { "enum": ["stay", "at_contract_end", "above_tolerance"] },
                { "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            ],
        })
    }
}

impl<'de> Deserialize<'de> for Leave {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<Word>::deserialize(deserializer)?;
        Ok(Self(Placed::new(spanned.span(), spanned.into_inner().0)))
    }
}

struct Word(String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordOrDay;

        impl<'de> Visitor<'de> for WordOrDay {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`stay`, `at_contract_end`, `above_tolerance` or a day")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Word, E> {
                Ok(Word(text.to_owned()))
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Word, M::Error> {
                let day = Datetime::deserialize(MapAccessDeserializer::new(map))
                    .map_err(|_| M::Error::custom("expected a word or a day"))?;
                Ok(Word(day.to_string()))
            }
        }

        deserializer.deserialize_any(WordOrDay)
    }
}
