//! Customers: what they fear, whom they trust, what they choose and when they look.
//!
//! Everything that a *cell* (group × class) shares is computed once a month into tables;
//! only customers who act are touched.

pub mod attention;
pub mod base;
pub mod beliefs;
pub mod brand;
pub mod choice;
pub mod columns;
pub mod concern;
pub mod customers;
pub mod exposure;
pub mod ledger;
pub mod market;
pub mod network;
pub mod perception;
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
