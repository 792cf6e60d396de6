//! How a result is shown to others, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::shape;
use super::value::{Named, Text};

/// How a page of a result is shown to others; no number changes with it, nor the digest.
/// `[report]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = shape::row)]
pub struct Report {
    /// A short text on top of the page and on every page printed, such as `DRAFT`.
    pub mark: Option<Text>,
    /// Who answers for the page.
    pub author: Option<Text>,
    /// What actors are called on the page instead of their names and titles, by the names of
    /// providers, named customers and jurisdictions.
    #[serde(default)]
    pub labels: Named<Text>,
}
