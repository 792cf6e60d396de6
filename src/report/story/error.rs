//! Why no story is told.

use thiserror::Error;

use super::expression::NoExpression;
use crate::ensemble::again::AgainError;
use crate::result::{ExitClass, ResultError};

/// Why no story is told; each says what mends it.
#[derive(Debug, Error)]
pub enum StoryError {
    /// The result or the run cannot be read or simulated again.
    #[error(transparent)]
    Again(#[from] AgainError),
    /// A result without courts.
    #[error("`{0}` is a market benchmark: nothing happens in it that could be told")]
    Benchmark(String),
    /// A result of another command.
    #[error("{0} is a result of `comity {1}`; a story is told from one of `comity run`")]
    Kind(String, String),
    /// The result holds no such run.
    #[error("there is no run {run}: the result has the runs 0 to {last}; give --run one of them")]
    NoRun {
        /// The number given.
        run: u32,
        /// The last there is.
        last: u32,
    },
    /// The run failed when the result was made.
    #[error("run {0} failed, so that there is nothing to tell; failures.parquet says why")]
    RunFailed(u32),
    /// The result holds no run at all.
    #[error("the result holds no future to tell; run the scenario again with --fresh")]
    NoFuture,
    /// There is nothing to tell of a baseline.
    #[error(
        "nothing is known of a baseline here, since none is simulated; leave out --no-baseline, or \
         give the scenario a `baseline`"
    )]
    NoBaseline,
    /// No metric or column has this name.
    #[error("there is no metric, column or case `{name}`{}", .advice.as_ref().map_or_else(String::new, |advice| format!("; {advice}")))]
    Unknown {
        /// The name given.
        name: String,
        /// The nearest, if one is near.
        advice: Option<String>,
    },
    /// The text is no condition.
    #[error("--pick: {0}")]
    Expression(#[from] NoExpression),
    /// What a name is compared with is not of its kind.
    #[error("--pick: `{name}` is compared with `{value}`; {mend}")]
    Value {
        /// The name.
        name: String,
        /// What it was compared with.
        value: String,
        /// What it can be compared with.
        mend: String,
    },
    /// No direction is better, so that nothing is worst.
    #[error(
        "`{0}` has no better and no worse direction (better = \"neutral\"); name with --of a \
         metric that has one, or pick by a condition such as `{0} > 0`"
    )]
    Neutral(String),
    /// No headline metric says what is typical or worst.
    #[error(
        "the scenario has no headline metric {0}; name a metric with --of, or a future with --run"
    )]
    NoHeadline(&'static str),
    /// In no future is it so.
    #[error("--pick: in none of {futures} futures is `{condition}`; {ranges}")]
    NoMatch {
        /// Futures looked at.
        futures: String,
        /// The condition.
        condition: String,
        /// What its names are in the futures.
        ranges: String,
    },
}

impl From<ResultError> for StoryError {
    fn from(error: ResultError) -> Self {
        Self::Again(error.into())
    }
}

impl StoryError {
    /// What the fault means to whoever called the program.
    #[must_use]
    pub fn exit_class(&self) -> ExitClass {
        match self {
            Self::Again(error) => error.exit_class(),
            _ => ExitClass::Input,
        }
    }
}
