//! Money at risk: what the law takes in a bad year and in a bad future.
//!
//! # What is lost
//! An *occurrence* is a row of `losses.parquet`. A *year* is twelve months from the scenario's
//! start; a last part of a year counts in the horizon and in no year. Of each future
//!
//! | basis | loss |
//! |---|---|
//! | `occurrence` | the largest of a year (OEP) |
//! | `aggregate_year` | the sum of a year (AEP) |
//! | `aggregate_horizon` | the sum from the start to the horizon |
//!
//! and no number goes without its basis and its span, `horizon_days`. Lost business is no
//! occurrence: it is what the operating profit of a year, or of the horizon, falls short of in
//! the same future of the baseline, and is told beside the losses, never added to them, since
//! fines and legal cost are in the profit already. A gain is a negative loss.
//!
//! # What is said of it
//! The chance in a year is the mean over the years of all futures; the loss of a return period
//! is linear between those seen, value at risk and TVaR are as in [`crate::measure::tail`].
//! Where less than one future in n can be beyond, there is no number; where fewer than ten are,
//! no interval. Years of one future depend on each other, so that the future is the cluster.
//!
//! | story | file |
//! |---|---|
//! | a number, its interval, and why there is none | [`estimate`] |
//! | the years of a scenario | [`years`] |
//! | the books of one bearer, from the tables | [`books`] |
//! | losses year by year, on each basis | [`bases`] |
//! | return periods, value at risk | [`exceedance`] |
//! | the reserve, by matter | [`reserve`] |
//! | the whole curve | [`curve`] |
//! | all of it | [`study`] |

pub mod bases;
pub mod books;
pub mod curve;
pub mod estimate;
pub mod exceedance;
pub mod reserve;
pub mod study;
#[cfg(test)]
mod tests;
pub mod years;
