//! A number that may not be known, with its error, and why it is not.

use serde::{Deserialize, Serialize};

use crate::measure::interval::Interval;

/// An estimate over futures.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Estimate {
    /// The number; nothing where it cannot be estimated.
    pub value: Option<f64>,
    /// Its interval of 95 %; nothing where that cannot be.
    pub interval: Option<Interval>,
    /// Why one of them is missing.
    pub why: Option<Why>,
}

/// Why a number or its interval is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// What happens once in more years or futures than there are futures.
    BeyondTheFutures,
    /// Fewer than ten futures reach it, or they hang together so much that an end of the
    /// interval is beyond what was seen.
    TooFewFutures,
}

impl Estimate {
    /// A number and its interval, as far as they are known.
    #[must_use]
    pub fn new(value: Option<f64>, interval: Option<Interval>) -> Self {
        let why = match (value, interval) {
            (None, _) => Some(Why::BeyondTheFutures),
            (Some(_), None) => Some(Why::TooFewFutures),
            (Some(_), Some(_)) => None,
        };
        Self {
            value,
            interval: interval.filter(|_| value.is_some()),
            why,
        }
    }

    /// The distance from the number to the farther end of its interval.
    #[must_use]
    pub fn error(&self) -> Option<f64> {
        Some(self.interval?.reach_from(self.value?))
    }
}
