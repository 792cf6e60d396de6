//! Metrics as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::placed::Placed;
use super::shape;
use super::value::{Day, Text, Whole};
use crate::domain::Segment;
use crate::scenario::resolved::Observable;

/// One number that each run reports: a column of `runs.parquet` under the table's name, which
/// has a-z, 0-9 and _ only. `[metric.trust_eu_2016]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Metric {
    /// As read on the front page. The table's name unless given.
    pub title: Option<String>,
    /// What is measured.
    #[schemars(extend("enum" = Observable::ALL.map(Observable::name).to_vec()))]
    pub of: Text,
    /// Only customers of this country.
    pub jurisdiction: Option<Text>,
    /// Only customers of this bloc.
    pub bloc: Option<Text>,
    /// Only customers outside this country.
    pub customers_outside: Option<Text>,
    /// Only customers of this segment.
    #[schemars(extend("enum" = Segment::ALL.map(Segment::name)))]
    pub segment: Option<Text>,
    /// Only this provider.
    pub provider: Option<Text>,
    /// Only providers whose parent country is this.
    pub parent: Option<Text>,
    /// The case that is meant.
    pub case: Option<Text>,
    /// The steps that the case must take, in order, each a node of its court system and what takes
    /// it out of there: an outcome, or an ending such as `statute`, as in
    /// `["magistrate=government", "supreme-of-government=statute"]`. Nodes not named are passed
    /// over.
    #[schemars(length(min = 1))]
    pub path: Option<Placed<Vec<Text>>>,
    /// The named customer that is meant.
    pub customer: Option<Text>,
    /// One workload of that customer; all unless given.
    pub workload: Option<Text>,
    /// The instrument of policy that is meant.
    pub instrument: Option<Text>,
    /// The day at which it is taken: at the end of the month that holds it. The end of the
    /// simulation unless given.
    pub at: Option<Day>,
    /// The day from which it is counted, with `at`: from the end of the month that holds it. From
    /// the start unless given. Of growth it is the day that is compared with.
    pub from: Option<Day>,
    /// Months from the start over which it is counted, in place of `at`.
    #[schemars(range(min = 1, max = 600))]
    pub over_months: Option<Whole>,
    /// Which way is better.
    #[schemars(extend("enum" = ["higher", "lower", "neutral"]))]
    pub better: Option<Text>,
    /// What was observed, with its evidence, as in `"44.5 mo [T04, T18]"`.
    pub record: Option<Text>,
    /// Position among the three numbers that head the front page, 1 to 3.
    #[schemars(range(min = 1, max = 3))]
    pub headline: Option<Whole>,
}
