//! Doctrines, cases, demands and forced outcomes as written.

use super::placed::Placed;
use serde::Deserialize;

use super::value::{Day, Named, Number, Numbers, Text, Whole};

/// `[doctrine.US]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doctrine {
    #[serde(default)]
    pub circuit: Named<Circuit>,
    pub reach: Placed<Numbers>,
    pub upheld: Placed<Numbers>,
    pub denied: Placed<Numbers>,
    pub statute_chance_asserts: Number,
    pub persuasion: Placed<Numbers>,
    pub persuasion_half_life_years: Number,
    pub forum_choice: Number,
}

/// `[doctrine.US.circuit.second]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circuit {
    pub weight: Number,
}

/// `[case.ms-ireland]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub title: Option<String>,
    pub asserting: Text,
    pub provider: Text,
    pub court: Text,
    pub circuit: Option<Text>,
    pub data_in: Text,
    pub filed: Day,
    pub amici: Number,
    pub salience: Number,
    pub fine: Placed<Fine>,
    #[serde(default)]
    pub history: Named<Happened>,
}

/// `fine = { usd_per_day = 250000, doubling_days = 7, ceiling_usd = 1e9 }`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fine {
    pub usd_per_day: Number,
    pub doubling_days: Whole,
    pub ceiling_usd: Number,
}

/// `[case.ms-ireland.history.magistrate]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happened {
    pub outcome: Text,
    pub date: Day,
}

/// `[demands.US.microsoft]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demands {
    pub consumer_per_year: Number,
    pub enterprise_per_year: Number,
    pub narrowed: Number,
    pub to_treaty: Number,
    pub treaty_months: Number,
    pub contested: Number,
    pub secret: Number,
    pub becomes_public: Number,
}

/// `[force.NAME]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Force {
    pub date: Day,
    pub title: Option<String>,
    pub leak: Option<Leak>,
    pub ruling: Option<Ruling>,
    pub statute: Option<Statute>,
}

/// `leak = { by = "US", severity = 0.6 }`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leak {
    pub by: Text,
    pub severity: Number,
}

/// `ruling = { case = "ms-ireland", node = "district", outcome = "provider" }`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    pub case: Text,
    pub node: Text,
    pub outcome: Text,
}

/// `statute = { by = "US", asserts = true }`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    pub by: Text,
    pub asserts: bool,
}
