//! Why there is no figure.

use thiserror::Error;

use crate::ensemble::again::AgainError;
use crate::measure::MeasureError;
use crate::report::finished::PageError;
use crate::result::{ExitClass, ResultError};

/// Why there is no figure.
#[derive(Debug, Error)]
pub enum FigureError {
    /// The result is of another kind.
    #[error(
        "{path} is a result of `comity {kind}`, of which there are no figures; name a scenario, or a \
         result of `comity run`, compare, sweep, backtest or convergence"
    )]
    Kind {
        /// Where it is.
        path: String,
        /// Its kind.
        kind: String,
    },
    /// Results of this command do not have the figure.
    #[error(
        "a result of `comity {kind}` has no figure `{figure}`, which is of one of `comity {by}`; it has \
         {of_kind}"
    )]
    Of {
        /// Which.
        figure: String,
        /// The command.
        kind: String,
        /// Those that it has.
        of_kind: String,
        /// The command whose results have it.
        by: &'static str,
    },
    /// A file of the figure is there already, with other bytes.
    #[error("{0} is there already and differs; --to names another folder, or remove it")]
    Exists(String),
    /// No future of it went well.
    #[error("every future of {0} failed, so that there is nothing to draw")]
    Empty(String),
    /// The market benchmark has none.
    #[error(
        "`{0}` is the market benchmark, of which there are no figures; name a scenario with \
         customers, courts and governments"
    )]
    Benchmark(String),
    /// A figure that this scenario cannot have.
    #[error("no figure `{figure}` can be drawn: {why}")]
    Not {
        /// Which.
        figure: &'static str,
        /// Why, and the mend.
        why: String,
    },
    /// A metric that the figure cannot be of.
    #[error("`{metric}` cannot be drawn; {mend}")]
    Metric {
        /// What was asked for.
        metric: String,
        /// Which can.
        mend: String,
    },
    /// The result cannot be read.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// The scenario of the result cannot be read.
    #[error(transparent)]
    Again(#[from] AgainError),
    /// A table is not what this program writes.
    #[error(transparent)]
    Page(#[from] PageError),
    /// A number cannot be measured.
    #[error("a column cannot be measured: {0}")]
    Measure(#[from] MeasureError),
    /// What a command stored in its result is not what this program stores.
    #[error(
        "{path} was written by comity {version} and cannot be drawn by this program ({error}); its \
         tables can be read as before"
    )]
    Stored {
        /// The file.
        path: String,
        /// Who wrote it.
        version: String,
        /// What is wrong.
        error: String,
    },
    /// The drawing failed.
    #[error("the figure cannot be drawn: {0}")]
    Drawing(String),
}

impl FigureError {
    /// The exit code that it asks for.
    #[must_use]
    pub fn exit_class(&self) -> ExitClass {
        match self {
            Self::Kind { .. }
            | Self::Benchmark(_)
            | Self::Empty(_)
            | Self::Exists(_)
            | Self::Not { .. }
            | Self::Of { .. }
            | Self::Metric { .. } => ExitClass::Input,
            Self::Result(error) => error.exit_class(),
            Self::Again(error) => error.exit_class(),
            Self::Page(_) | Self::Stored { .. } => ExitClass::Refused,
            Self::Measure(_) | Self::Drawing(_) => ExitClass::Failed,
        }
    }
}
