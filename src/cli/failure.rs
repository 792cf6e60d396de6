//! What went wrong, as it is told, and the exit code.

use std::io::{self, ErrorKind};

use comity::ensemble::EnsembleError;
use comity::result::{ExitClass, ResultError};
use comity::scenario::ScenarioError;

use super::terminal::{Kind, Terminal};

/// Exit code: input or arguments are wrong; nothing was written.
pub const INPUT: u8 = ExitClass::Input.code();

/// Exit code: ended with failed or skipped runs.
pub const RUNS_FAILED: u8 = 3;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// A scenario is wrong.
    Scenario {
        /// Whose scenario, where that is not plain.
        about: Option<String>,
        /// What is wrong with it.
        error: Box<ScenarioError>,
    },
    /// Anything that a line can tell.
    Message {
        /// The exit code.
        code: u8,
        /// What, where, and what mends it.
        text: String,
    },
    /// Standard output cannot be written.
    Output(io::Error),
    /// It was told already; the exit code.
    Told(u8),
}

impl Failure {
    /// The input or the arguments are wrong; nothing was written.
    pub fn input(text: impl Into<String>) -> Self {
        Self::Message {
            code: INPUT,
            text: text.into(),
        }
    }

    /// A fault of this class.
    pub fn of(class: ExitClass, text: impl Into<String>) -> Self {
        Self::Message {
            code: class.code(),
            text: text.into(),
        }
    }

    /// Tells it on standard error; the exit code.
    pub fn report(&self, terminal: &Terminal) -> u8 {
        match self {
            Self::Scenario { about, error } => {
                if let Some(about) = about {
                    terminal.say(Kind::Note, about);
                }
                if error.problems().is_empty() {
                    terminal.say(Kind::Error, &plainly(error));
                } else {
                    terminal.message(&error.render(terminal.colours_messages()));
                }
                INPUT
            }
            Self::Message { code, text } => {
                terminal.say(Kind::Error, text);
                *code
            }
            Self::Told(code) => *code,
            // Whoever read has seen enough.
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => 0,
            Self::Output(error) => {
                terminal.say(
                    Kind::Error,
                    &format!(
                        "cannot write to standard output: {error}; the result folder is whole"
                    ),
                );
                ExitClass::Failed.code()
            }
        }
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Self {
        Self::Scenario {
            about: None,
            error: Box::new(error),
        }
    }
}

impl From<ResultError> for Failure {
    fn from(error: ResultError) -> Self {
        Self::of(error.exit_class(), with_mend(&error))
    }
}

impl From<EnsembleError> for Failure {
    fn from(error: EnsembleError) -> Self {
        let class = error.exit_class();
        match error {
            EnsembleError::Result(error) => error.into(),
            other => Self::of(class, other.to_string()),
        }
    }
}

/// A scenario that could not even be read.
fn plainly(error: &ScenarioError) -> String {
    match error {
        ScenarioError::Unreadable { cause, .. } if cause.kind() == ErrorKind::NotFound => format!(
            "{error}; write the path as seen from here, or take one of `comity list scenarios`"
        ),
        _ => error.to_string(),
    }
}

/// A fault of the system does not know what mends it.
fn with_mend(error: &ResultError) -> String {
    match (error, error.exit_class()) {
        (ResultError::Io { .. }, ExitClass::Transient) => {
            format!("{error}; make room or wait, then give the same command again: it goes on")
        }
        (ResultError::Io { .. }, _) => {
            format!("{error}; results can go elsewhere with --out DIR")
        }
        _ => error.to_string(),
    }
}
