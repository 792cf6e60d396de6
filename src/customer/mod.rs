//! Customers: what they fear, whom they trust, what they choose and when they look.
//!
//! Everything that a *cell* (group × class) shares is computed once a month into tables;
//! only customers who act are touched.

pub mod attention;
pub mod base;
pub mod choice;
pub mod columns;
pub mod ledger;
pub mod market;
pub mod network;
pub mod population;
pub mod settle;
pub mod trust;
