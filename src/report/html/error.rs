//! Why there is no page.

use thiserror::Error;

use crate::ensemble::again::AgainError;
use crate::report::figure::FigureError;
use crate::report::finished::PageError;
use crate::report::risk::RiskError;
use crate::report::story::StoryError;
use crate::result::{ExitClass, ResultError};

/// Why there is no page; each says what mends it.
#[derive(Debug, Error)]
pub enum HtmlError {
    /// A result of a kind that has no place in a page.
    #[error(
        "{path} is a result of `comity {kind}`, which no report shows; results of `comity run`, \
         `comity compare` and `comity sweep` can be joined"
    )]
    Kind {
        /// Where it is.
        path: String,
        /// Its kind.
        kind: String,
    },
    /// The page that a command stored cannot be read by this program.
    #[error(
        "{path} was written by comity {version} and cannot be shown by this program ({why}); its \
         tables can be read as before"
    )]
    Stored {
        /// The file.
        path: String,
        /// The program that wrote it.
        version: String,
        /// Why not.
        why: String,
    },
    /// No lever has this name.
    #[error("there is no lever `{name}`{}", .advice.as_ref().map_or_else(String::new, |advice| format!("; {advice}")))]
    Lever {
        /// The name given.
        name: String,
        /// The nearest, or what there are.
        advice: Option<String>,
    },
    /// A lever cannot be moved there.
    #[error("lever `{name}` cannot be moved to {to}: {why}")]
    Moved {
        /// The lever.
        name: String,
        /// The value given.
        to: f64,
        /// Why not, and the mend.
        why: String,
    },
    /// A market benchmark has no page.
    #[error("`{0}` is a market benchmark, of which there is no report; name another scenario")]
    Benchmark(String),
    /// A table is not what this program writes.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The scenario of a result cannot be read.
    #[error(transparent)]
    Again(#[from] AgainError),
    /// A result cannot be read.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// A figure cannot be drawn.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// Money at risk cannot be told.
    #[error(transparent)]
    Risk(#[from] RiskError),
    /// A story cannot be told.
    #[error(transparent)]
    Story(#[from] StoryError),
}

impl HtmlError {
    /// What the fault means to whoever called the program.
    #[must_use]
    pub fn exit_class(&self) -> ExitClass {
        match self {
            Self::Kind { .. } | Self::Lever { .. } | Self::Moved { .. } | Self::Benchmark(_) => {
                ExitClass::Input
            }
            Self::Stored { .. } | Self::Page(_) => ExitClass::Refused,
            Self::Again(error) => error.exit_class(),
            Self::Result(error) => error.exit_class(),
            Self::Figure(error) => error.exit_class(),
            Self::Risk(error) => error.exit_class(),
            Self::Story(error) => error.exit_class(),
        }
    }
}
