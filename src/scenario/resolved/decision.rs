//! What is to be decided, what can be moved, and what was observed.

use crate::domain::{CustomerId, Date, JurisdictionId, ProviderId};

/// The position of a metric in [`super::Scenario::metrics`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct MetricId(pub usize);

/// The position of an option in [`super::Scenario::options`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct OptionId(pub usize);

/// Who can decide.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    /// A provider.
    Provider(ProviderId),
    /// The government of a jurisdiction.
    Government(JurisdictionId),
    /// A named customer.
    Customer(CustomerId),
}

/// `[decision]`: the question that a comparison of options answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// `who` decides.
    pub who: Actor,
    /// `objective`: the metric by which options are judged; it has a direction.
    pub objective: MetricId,
    /// `tolerance`: a value of the objective, in its unit, that is good enough.
    pub tolerance: Option<f64>,
    /// `by`: the day by which it must be decided.
    pub by: Option<Date>,
    /// `options`: at least two, in the order written.
    pub options: Vec<OptionId>,
}

/// `[option.comply]`: what could be done. What it sets is laid over the scenario's text
/// before that is given a meaning, so it has no form of its own here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecisionOption {
    /// Key in the file.
    pub name: String,
    /// As read on a page.
    pub title: String,
}

/// `[lever.exposure]`: a number that a person may move to see what it changes.
#[derive(Clone, PartialEq, Debug)]
pub struct Lever {
    /// Key in the file.
    pub name: String,
    /// `path` of a number or input of the scenario.
    pub path: String,
    /// `label`, as read beside it.
    pub label: String,
    /// `low`: the least value it can be moved to, in the number's unit.
    pub low: f64,
    /// `high`: the greatest, above `low`.
    pub high: f64,
}
