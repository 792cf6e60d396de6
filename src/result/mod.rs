//! Result folders: the tables in them, how they are written so that equal jobs give
//! equal files, and how they are read back only after their checksums.
//!
//! | story | files |
//! |---|---|
//! | what a run leaves behind | [`layout`], [`rows`] |
//! | tables and their columns | [`table`], [`schemas`], [`series_table`] |
//! | writing and reading them | [`table_writer`], [`parquet_reader`], [`result_files`], [`csv`] |
//! | the life of a folder | [`identity`], [`mod@claim`], [`folder`], [`block`], [`manifest`], [`mod@reopen`] |
//! | when things go wrong | [`error`], [`guard`] |

pub mod block;
pub mod claim;
pub mod csv;
pub(crate) mod durable;
pub mod error;
pub mod folder;
pub mod guard;
pub mod identity;
pub mod layout;
pub mod machine;
pub mod manifest;
pub mod parquet_reader;
mod parquet_writer;
pub mod place;
pub mod reopen;
pub mod result_files;
pub mod rows;
pub mod schemas;
pub mod series_table;
pub mod table;
pub mod table_writer;
#[cfg(test)]
mod tests;

pub use claim::{Claim, Request, claim};
pub use durable::FileDigest;
pub use error::{ExitClass, ResultError};
pub use folder::Folder;
pub use identity::{FORMAT, Identity, ROUNDS, UNTIL};
pub use layout::{Estimand, Layout, Measured, Name, Names, SeriesKey};
pub use manifest::{Manifest, Opened, open};
pub use parquet_reader::{Wanted, read_parquet};
pub use reopen::reopen;
pub use result_files::{Checked, ResultFiles};
pub use rows::{CaseEnd, EventRow, FailedRun, Milestone, RunRows, Step, World};
