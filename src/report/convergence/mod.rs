//! Convergence: whether there are futures enough, and customers enough.
//!
//! *In futures* an estimate is made from the first eighth of a result's futures, the first
//! quarter, the first half and all. Its error falls with the square root of their number; so the
//! later estimates should lie inside the earlier intervals, and where they do not, something is
//! wrong that no error says: a tail not seen yet, or runs that are not alike.
//!
//! *In customers* the first futures are simulated again with other numbers of customers, paired
//! by future. A mean difference is what so few customers bias; what it varies by from future to
//! future is the noise that they add, beside the spread of futures itself.
//!
//! | story | file |
//! |---|---|
//! | from columns to both tables | `build` |
//! | on a terminal | [`text`] |
//! | as a table of a result | [`table`] |

pub mod build;
pub mod table;
pub mod text;

use serde::{Deserialize, Serialize};

use super::page::Typical;
use super::unit::Unit;

/// Both tables, as they are stored.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Convergence {
    /// The scenario's title.
    pub title: String,
    /// Futures of the result, failed ones too.
    pub futures: u32,
    /// Customers in each.
    pub customers: u32,
    /// The seed.
    pub seed: u64,
    /// The first futures, which were simulated with other numbers of customers.
    pub first: u32,
    /// Statistic by statistic.
    pub statistics: Vec<Converging>,
}

impl Convergence {
    /// The numbers of customers beside these: a quarter, half and twice as many, so far as they
    /// differ.
    #[must_use]
    pub fn rungs(customers: u32) -> Vec<u32> {
        const MOST: u32 = 10_000_000;
        let mut rungs = vec![customers / 4, customers / 2, customers.saturating_mul(2)];
        rungs.retain(|rung| (1..=MOST).contains(rung) && *rung != customers);
        rungs.dedup();
        rungs
    }
}

/// A statistic.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Converging {
    /// `METRIC.STAT`.
    pub name: String,
    /// The metric: what, for whom, when.
    pub label: String,
    /// The unit of the figures.
    pub unit: Unit,
    /// Whether it is a paired difference.
    pub is_effect: bool,
    /// From the first futures on, to all.
    pub in_futures: Vec<Prefix>,
    /// Whether every later estimate lies inside every earlier interval; `None` where there is
    /// none.
    pub inside: Option<bool>,
    /// About how many futures would be as sure as asked, or else have half the ±.
    pub needed: Option<Needed>,
    /// Whether it was asked how sure.
    pub width_asked: bool,
    /// With other numbers of customers, rising.
    pub in_customers: Vec<Rung>,
    /// Standard deviation of the metric, or of its effect, over the first futures.
    pub spread: Option<f64>,
}

/// An estimate from the first futures.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Prefix {
    /// How many, failed ones too.
    pub futures: u32,
    /// The estimate; `None` without a value.
    pub estimate: Option<Typical>,
}

/// Futures for an error.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Needed {
    /// The error.
    pub within: f64,
    /// How many, about; `None` where nobody knows.
    pub futures: Option<u64>,
}

/// The same futures with another number of customers.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Rung {
    /// Customers in each.
    pub customers: u32,
    /// Futures that both have.
    pub futures: u32,
    /// What it is more by than with the result's number of customers; of what happens or not
    /// in points of futures. `None` without a value.
    pub difference: Option<Typical>,
    /// Standard deviation of that difference over futures.
    pub noise: Option<f64>,
}
