//! Court systems as written.

use super::placed::Placed;
use serde::Deserialize;

use super::value::{Named, Number, Numbers, Text, Whole};

/// `[court.us-sca]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Court {
    pub title: Option<String>,
    pub first: Text,
    pub merit_loading: Number,
    pub doctrine_loading: Number,
    pub amici_loading: Number,
    pub reference_amici: Number,
    pub salience_loading: Number,
    pub reference_salience: Number,
    pub node: Named<Node>,
    #[serde(default)]
    pub exit: Named<Exit>,
}

/// `[court.us-sca.node.panel]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    pub title: Option<String>,
    pub level: Text,
    pub kind: Text,
    pub judges: Option<Whole>,
    pub days: Number,
    pub outcome: Placed<Named<Outcome>>,
}

/// `[court.us-sca.node.panel.outcome.reverse]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub title: Option<String>,
    pub chance: Option<Number>,
    pub favours: Option<Text>,
    pub rules: Option<Placed<bool>>,
    pub tie: Option<Placed<bool>>,
    pub carries: Option<Placed<bool>>,
    #[serde(default)]
    pub sets: Vec<Text>,
    pub to: Option<Text>,
    pub ends: Option<Text>,
}

/// `[court.us-sca.exit.statute]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exit {
    pub hazard_per_year: Number,
    #[serde(default)]
    pub factor_at: Numbers,
    pub days_to_end: Option<Whole>,
}
