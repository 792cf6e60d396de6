//! Scenarios: what a user writes, checked, and what it means.

pub mod resolved;

pub use resolved::Scenario;
