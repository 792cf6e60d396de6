//! Customers: what they fear, whom they trust, what they choose and when they look.
//!
//! Everything that a *cell* (group × class) shares is computed once a month into tables;
//! only customers who act are touched.
//!
//! | story | file |
//! |---|---|
//! | who they are | [`frame`], [`population`], [`network`] |
//! | what they believe | [`beliefs`]: [`perception`], [`concern`], [`exposure`], [`trust`] |
//! | what they would choose | `utility`, [`choice`] |
//! | the world at rest | `rest`: [`brand`], [`switching`], [`settle`] |
//! | when they look | [`attention`], [`contract`] |
//! | what they do | [`base`], [`project`], [`adoption`], `closing`, `booking` |
//! | what governments make dearer or forbid | [`policy`], `compliance` |
//! | where it is kept | [`market`]: [`columns`], [`ledger`] |
//! | what they say, what they gain | `survey`, `welfare` |
//! | firms of their own, beside the market | [`named`] |
//!
//! [`customers::Customers`] is the whole as the world knows it.

pub mod acted;
pub mod adoption;
pub mod attention;
pub mod base;
pub mod beliefs;
mod booking;
pub mod brand;
pub mod choice;
mod closing;
pub mod columns;
mod compliance;
pub mod concern;
pub mod contract;
pub mod customers;
pub mod exposure;
#[cfg(test)]
mod fixture;
pub mod forecast;
pub mod frame;
pub mod ledger;
pub mod market;
pub mod named;
pub mod network;
mod peers;
pub mod perception;
pub mod policy;
pub mod population;
pub mod project;
mod rest;
pub mod settle;
mod survey;
pub mod switching;
pub mod trust;
mod utility;
mod welfare;

pub use rest::RestError;
pub use welfare::Welfare;
