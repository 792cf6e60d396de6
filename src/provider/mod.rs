//! Providers: where they have regions, what they build and close, and what they charge.
//! Their postures in court are in the scenario and read by [`crate::law`].
//!
//! | file | tells |
//! |---|---|
//! | `placement` | when regions open and close: dated facts, and decisions each quarter |
//! | `site` | a region as its provider reckons with it |
//! | `valuation` | net present value and the value of waiting |
//! | `capacity` | regions that are full |
//! | `account` | money in and out |
//! | `price` | list prices |
//! | `report` | yearly reports on demands |

pub mod account;
pub mod capacity;
pub mod placement;
pub mod price;
pub mod report;
mod site;
pub mod valuation;
