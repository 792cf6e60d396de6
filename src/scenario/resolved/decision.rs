//! What is to be decided, what can be moved, and what was observed.

use super::SourceKind;
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

/// `[[observation]]`: what was seen in the world, to be held against what is simulated.
#[derive(Clone, PartialEq, Debug)]
pub struct Observation {
    /// `date` of which it tells, inside the simulation.
    pub date: Date,
    /// `metric` with which it is compared.
    pub metric: MetricId,
    /// `value`, in the metric's unit.
    pub value: f64,
    /// `error`: standard deviation of the observation's error (sampling, definitions), in
    /// the metric's unit, positive.
    pub error: f64,
    /// `source`
    pub source: SourceKind,
    /// `use`
    pub use_for: ObservationUse,
    /// `text`: what was seen, in words.
    pub text: Option<String>,
}

/// What an observation may be used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ObservationUse {
    /// `use = "fit"`: to calibrate.
    Fit,
    /// `use = "validate"`: kept apart, to judge what was calibrated without it.
    Validate,
}
