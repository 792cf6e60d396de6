//! Providers: where they have regions, what they charge, and what they earn and pay. Their
//! postures in court are in the scenario and read by [`crate::law`]; building by net present
//! value comes with placement decisions.

pub mod account;
pub mod placement;
pub mod price;
pub mod report;
pub mod valuation;
