//! Statistics only: what many numbers say, and how surely.
//!
//! Nothing here knows what a court or a customer is. The room holds seven kinds
//! of things:
//!
//! | need | files |
//! |---|---|
//! | sums over runs that come out alike in any order | [`fixed`], [`grid`], [`series`], [`accumulator`] |
//! | quantiles and intervals | [`quantile`], [`interval`], [`ratio`], [`paired_shares`], [`distribution`] |
//! | how many values are enough | [`enough`] |
//! | losses: return periods, value at risk, tail mean | [`tail`] |
//! | times to an end, seen only in part | [`survival`], [`incidence`] |
//! | a column told in a few numbers | [`summary`], [`compare`], [`crossing`], [`rounding`] |
//! | how good a forecast was | [`scores`] |
//! | every interval that the program states | [`stated`] |
//!
//! Two rules hold throughout. What cannot be estimated is `None`, never a number
//! that looks like one. A quantile is always the inverted distribution function
//! (`inverted_cdf` of numpy, definition 1 of Hyndman & Fan 1996): the smallest
//! value with at least a share p of the values at or below it.

pub mod accumulator;
pub mod compare;
mod counts;
pub mod crossing;
pub mod distribution;
pub mod enough;
pub mod error;
pub mod fixed;
pub mod grid;
pub mod incidence;
pub mod interval;
pub mod paired_shares;
pub mod quantile;
pub mod rank;
pub mod ratio;
pub mod rounding;
pub mod scores;
pub mod series;
pub mod stated;
pub mod summary;
pub mod survival;
pub mod tail;
#[cfg(test)]
mod toy;
mod wide;

pub use error::MeasureError;
