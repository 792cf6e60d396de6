//! Why nothing is said of money at risk.

use thiserror::Error;

use crate::ensemble::again::AgainError;
use crate::measure::MeasureError;
use crate::result::{ExitClass, ResultError};

/// Why there is no page; each says what mends it.
#[derive(Debug, Error)]
pub enum RiskError {
    /// The result cannot be read.
    #[error(transparent)]
    Again(#[from] AgainError),
    /// An amount is beyond what can be summed.
    #[error("{0}; see that fines, costs and turnovers are in their units")]
    Measure(#[from] MeasureError),
    /// A result without courts.
    #[error("`{0}` is a market benchmark: it has no courts and no money, so that nothing is lost")]
    Benchmark(String),
    /// A result of another command.
    #[error("{0} is a result of `comity {1}`; money at risk is told from one of `comity run`")]
    Kind(String, String),
    /// A result of a program that kept no losses.
    #[error(
        "{path} has no {table}.parquet: it was written by comity {version}, which kept none; \
         simulate it anew: {mend}"
    )]
    NoTable {
        /// The folder.
        path: String,
        /// The table.
        table: &'static str,
        /// The program that wrote it.
        version: String,
        /// The command.
        mend: String,
    },
    /// There is no baseline.
    #[error(
        "nothing is known of a baseline here, since none is simulated; leave out --no-baseline, or \
         give the scenario a `baseline`"
    )]
    NoBaseline,
    /// No metric has this name.
    #[error("there is no metric `{name}`{}", .advice.as_ref().map_or_else(String::new, |advice| format!("; {advice}")))]
    Unknown {
        /// The name given.
        name: String,
        /// The nearest, if one is near.
        advice: Option<String>,
    },
    /// The metric is not of money.
    #[error("`{name}` is not money; {}", of_money(.money))]
    NotMoney {
        /// The name given.
        name: String,
        /// Those that are.
        money: Vec<String>,
    },
    /// No direction is worse.
    #[error(
        "`{0}` has no worse direction (better = \"neutral\"), so that nothing of it is a loss; \
         name a metric that has one"
    )]
    Neutral(String),
    /// More of the metric is better, and there is nothing that it falls short of.
    #[error(
        "more of `{0}` is better: a loss is what it falls short of in the same future of a \
         baseline; ask for `--of {0}` of a scenario that is simulated with its baseline"
    )]
    NothingToFallShortOf(String),
    /// Nobody of this name can lose anything.
    #[error("there is no provider and no named customer `{name}`{}", .advice.as_ref().map_or_else(String::new, |advice| format!("; {advice}")))]
    Nobody {
        /// The name given.
        name: String,
        /// The nearest, if one is near.
        advice: Option<String>,
    },
    /// Losses in several currencies have no sum.
    #[error("losses are in several currencies, which have no sum; name one who bears them: {0}")]
    Currencies(String),
    /// The result holds no run.
    #[error("the result holds no future; run the scenario again with --fresh")]
    NoFuture,
}

fn of_money(names: &[String]) -> String {
    if names.is_empty() {
        return "the scenario has no metric of money; add one, such as of = \"npv\"".to_owned();
    }
    format!("metrics of money are `{}`", names.join("`, `"))
}

impl From<ResultError> for RiskError {
    fn from(error: ResultError) -> Self {
        Self::Again(error.into())
    }
}

impl RiskError {
    /// What the fault means to whoever called the program.
    #[must_use]
    pub fn exit_class(&self) -> ExitClass {
        match self {
            Self::Again(error) => error.exit_class(),
            _ => ExitClass::Input,
        }
    }
}
