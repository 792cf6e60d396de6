//! Scenarios: what a user writes, checked, and what it means.
//!
//! The way of a scenario through this room, a file for each step:
//!
//! | step | file |
//! |---|---|
//! | find its text and those that it extends | `gather`, [`library`] |
//! | parse each, its places in one virtual text | `parse`, [`source_text`] |
//! | lay them over each other, an option and `--set` on top | `texts`, `inherit`, `lapse`, `option` |
//! | put a posterior in the place of its name | `posterior` |
//! | rulings and dockets of a user's own | `ruling` |
//! | observations of a user's own, as CSV | `observations` |
//! | note the path of every value | `tree`, `path` |
//! | read the tables as written | `raw` |
//! | give them their meaning, gather all that is wrong | `resolve` |
//! | words too long to read, in messages | [`shortened`] |
//! | the meaning, which is all that the model sees | [`resolved`] |
//! | where each number comes from | `coverage`, `provenance`, [`evidence`] |
//! | the schema of what can be written | `schema`, `fields` |
//! | the frozen text and its digest | `freeze` |
//! | all of this under every option and lever | `check` |
//!
//! Whatever is wrong is a [`Problem`] with its place and its mend.

mod check;
mod coverage;
mod distribution;
mod error;
pub mod evidence;
mod fields;
mod freeze;
mod gather;
mod inherit;
mod inputs;
mod interval;
mod lapse;
pub mod library;
mod load;
pub mod nearest;
mod observations;
mod option;
mod overlay;
mod parse;
mod path;
mod posterior;
#[cfg(test)]
mod properties;
mod provenance;
mod raw;
mod resolve;
pub mod resolved;
mod ruling;
mod schema;
pub mod shortened;
pub mod source_text;
mod texts;
mod tree;

pub use check::{check, check_text};
pub use coverage::{Coverage, coverage, source_of};
pub use error::{Problem, ScenarioError};
pub use fields::{Field, Fields, UnknownField, fields};
pub use gather::read as read_text;
pub use load::{ScenarioTarget, files_of, load, load_baseline, load_library, load_text};
pub use nearest::advice;
pub use observations::ObservationTable;
pub use overlay::Overlay;
pub use provenance::{Drawn, Provenance, provenance};
pub use resolved::Scenario;
pub use ruling::Docket;
pub use schema::schema;
