//! One run: the calendar, the order of a month, and what is observed. The equations are in
//! the rooms of the actors; the numbers are in the scenario.

pub mod benchmark;
pub mod calendar;
pub mod chronicle;
pub mod metrics;
mod prospects;
mod record;
pub mod scope;
pub mod series;
mod setting;
pub mod sums;
pub mod telling;
mod tick;

/// Raised whenever an equation, a draw or their order changes, so that numbers can: equal
/// versions give equal bytes for equal jobs.
pub const MODEL_VERSION: u32 = 3;

pub use setting::Setting;
pub use tick::{MonthDemands, World, WorldError};
