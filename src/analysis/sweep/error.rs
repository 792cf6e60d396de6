//! What is wrong with what a user asked to sweep.

use thiserror::Error;

/// Why there is no design.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SweepError {
    /// What is varied is not written as it should be.
    #[error("`--vary {text}`: {why}")]
    Vary {
        /// As given.
        text: String,
        /// Why not, and what mends it.
        why: String,
    },
    /// A table is wrong as a whole.
    #[error("{file}: {why}")]
    Table {
        /// The file.
        file: String,
        /// Why, and what mends it.
        why: String,
    },
    /// A cell or line of a table is wrong.
    #[error("{file}, line {line}, column {column}: {why}")]
    Cell {
        /// The file.
        file: String,
        /// From 1, the header being a line.
        line: u64,
        /// From 1.
        column: usize,
        /// Why, and what mends it.
        why: String,
    },
    /// The design cannot be had.
    #[error("{0}")]
    Design(String),
}
