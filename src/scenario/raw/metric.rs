//! Metrics as written.

use serde::Deserialize;

use super::value::{Day, Text, Whole};

/// `[metric.trust_eu_2016]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    pub title: Option<String>,
    pub of: Text,
    pub jurisdiction: Option<Text>,
    pub bloc: Option<Text>,
    pub customers_outside: Option<Text>,
    pub segment: Option<Text>,
    pub provider: Option<Text>,
    pub parent: Option<Text>,
    pub case: Option<Text>,
    pub customer: Option<Text>,
    pub workload: Option<Text>,
    pub at: Option<Day>,
    pub over_months: Option<Whole>,
    pub better: Option<Text>,
    pub record: Option<Text>,
    pub headline: Option<Whole>,
}
