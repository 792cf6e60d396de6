//! Governments and their instruments as written.

use serde::Deserialize;

use super::value::{Number, Text, Whole};

/// `[government.DE]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Government {
    pub half_life_months: Number,
    pub leak: Number,
    pub ruling: Number,
    pub disclosure: Number,
    pub retaliation: Option<Number>,
}

/// `[instrument.de-procurement]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    pub title: Option<String>,
    pub by: Text,
    pub against: Text,
    pub kind: Text,
    pub most_per_year: Number,
    pub share_at_rest: Number,
    pub pressure_weight: Number,
    pub factor_while_pending: Option<Number>,
    pub drafting_months: Number,
    pub lasts_months: Option<Whole>,
    pub struck_down_per_year: Option<Number>,
    pub after: Option<Text>,
    #[serde(default)]
    pub in_force: bool,
    #[serde(default)]
    pub segments: Vec<Text>,
    pub grace_months: Option<Whole>,
    pub tolerated_reach: Option<Number>,
    pub price_wedge: Option<Number>,
    pub shield: Option<Number>,
    pub fine_share_of_turnover: Option<Number>,
}

/// `[revelations.US]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revelations {
    pub base_per_year: Number,
    pub branching: Number,
    pub delay_days: Number,
    pub severity: Number,
}
