//! Scenarios: what a user writes, checked, and what it means.
//!
//! The way of a scenario through this room, a file for each step:
//!
//! | step | file |
//! |---|---|
//! | find its text and those that it extends | `gather`, [`library`] |
//! | parse each, its places in one virtual text | `parse`, [`source_text`] |
//! | lay them over each other, `--set` on top | `inherit` |
//! | note the path of every value | `tree`, `path` |
//! | read the tables as written | `raw` |
//! | give them their meaning, gather all that is wrong | `resolve` |
//! | the meaning, which is all that the model sees | [`resolved`] |
//! | the frozen text and its digest | `freeze` |
//!
//! Whatever is wrong is a [`Problem`] with its place and its mend.

mod coverage;
mod error;
mod freeze;
mod gather;
mod inherit;
mod inputs;
pub mod library;
mod load;
mod nearest;
mod parse;
mod path;
#[cfg(test)]
mod properties;
mod raw;
mod resolve;
pub mod resolved;
pub mod source_text;
mod tree;

pub use coverage::{Coverage, coverage, source_of};
pub use error::{Problem, ScenarioError};
pub use load::{ScenarioTarget, load, load_text};
pub use nearest::advice;
pub use resolved::Scenario;
