//! Providers: where they have regions and what they charge. Their postures in court are in
//! the scenario and read by [`crate::law`]; building by net present value comes with
//! placement decisions.

pub mod placement;
pub mod price;
pub mod valuation;
