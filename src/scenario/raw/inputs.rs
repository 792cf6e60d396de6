//! What the uncertain inputs are drawn from besides their own distributions, as written.

use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::placed::Placed;
use super::value::{Day, Text, Whole};

/// How inputs are drawn. `[inputs]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// A posterior from which the inputs that it lists are drawn together, in place of their
    /// distributions: the name of a shipped one, or a file beside this one, as in
    /// `"posterior.toml"`; `""` is none. A frozen scenario holds it whole.
    #[schemars(transform = or_its_name)]
    pub posterior: Option<Posterior>,
}

/// Values of several inputs that agree with what was observed, as `comity backtest --fit`
/// writes them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Posterior {
    /// One line.
    pub title: Option<String>,
    /// What it was fitted to.
    pub from: Option<PosteriorOrigin>,
    /// Paths of inputs of the scenario, at most 256.
    pub inputs: Placed<Vec<Text>>,
    /// Rows of values of these inputs, in their order, each row as likely; at most 10,000.
    #[schemars(with = "Vec<Vec<f64>>")]
    pub draws: Placed<Vec<Placed<Vec<f64>>>>,
}

/// What a posterior was fitted to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PosteriorOrigin {
    /// The scenario.
    pub scenario: Text,
    /// SHA-256 of its frozen text.
    pub digest: Text,
    /// Version of the model.
    pub model_version: Whole,
    /// Seed of the fit.
    pub seed: Text,
    /// The last day of what it was fitted to.
    pub fit_until: Day,
    /// Observations that it was fitted to.
    pub observations: Whole,
}

/// A name may stand for the posterior.
fn or_its_name(schema: &mut Schema) {
    let name = json!({ "type": "string" });
    if let Some(Value::Array(kinds)) = schema.get_mut("anyOf") {
        kinds.insert(0, name);
    }
}
