//! What can end an ensemble besides its runs.

use std::error::Error;

use crate::measure::MeasureError;
use crate::result::{ExitClass, ResultError};

/// Why an ensemble could not go on. The runs finished by then are sealed, unless the
/// disk itself is at fault; the same command goes on from them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnsembleError {
    /// A fault of the folder or its disk.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// The simulator could not set up a worker.
    #[error("a worker could not be set up: {0}")]
    Worker(String),
    /// Series that should fit together do not.
    #[error("the series cannot be put together: {0}")]
    Series(#[from] MeasureError),
    /// The system gave no more threads.
    #[error("a thread could not be started: {0}; ask for fewer with --threads")]
    Thread(#[source] std::io::Error),
    /// The summary could not be written.
    #[error("the summary failed: {0}")]
    Summary(#[source] Box<dyn Error + Send + Sync>),
}

impl EnsembleError {
    /// What the fault means to whoever called the program.
    #[must_use]
    pub fn exit_class(&self) -> ExitClass {
        match self {
            Self::Result(error) => error.exit_class(),
            Self::Thread(_) => ExitClass::Transient,
            Self::Worker(_) | Self::Series(_) | Self::Summary(_) => ExitClass::Failed,
        }
    }
}
