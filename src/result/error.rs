//! What can go wrong with a result folder, and what a caller should make of it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A fault of a result folder. Each message says what, where, and what mends it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResultError {
    /// Nothing there was written by Comity.
    #[error(
        "{path} is not a result: it has no manifest.json; name a folder that `comity run` wrote (`comity list results` shows them)"
    )]
    NotAResult {
        /// The folder.
        path: PathBuf,
    },
    /// A run began there and has not ended.
    #[error("{path} is unfinished; give the command that began it again, and it goes on")]
    Unfinished {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds somebody else's files.
    #[error(
        "{path} is not a folder of Comity's (it holds `{example}`); nothing was written; give --out another folder"
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// A file that is not ours.
        example: String,
    },
    /// It, or what it should lie in, is a file.
    #[error(
        "{path} cannot be a folder of results: it, or what it should lie in, is a file; nothing was written; give --out another folder"
    )]
    NotAFolder {
        /// The place.
        path: PathBuf,
    },
    /// The folder belongs to another job.
    #[error(
        "{path} belongs to another job: {field} is {there} there and {here} here; nothing was written; give --out another folder, or --fresh to move the old one aside"
    )]
    Different {
        /// The folder.
        path: PathBuf,
        /// What differs first.
        field: String,
        /// Its value in the folder.
        there: String,
        /// Its value in the job asked for.
        here: String,
    },
    /// A file is not what was written.
    #[error("{path} is damaged: {why}; fetch it again, or run the scenario again with --fresh")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A table lacks a column that was asked for.
    #[error("{path} has no column `{column}`")]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
    },
    /// A later program wrote the folder.
    #[error("{path} has result format {format}, this program knows up to {known}; update comity")]
    Newer {
        /// The folder.
        path: PathBuf,
        /// Its format.
        format: u32,
        /// The newest format known here.
        known: u32,
    },
    /// Another process writes the folder.
    #[error("{path} is being written by another process; wait for it, then try again")]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The disk is too full to begin.
    #[error(
        "the disk of {path} has {free_mib} MiB free and this job needs about {needed_mib} MiB; nothing was written; make room, give --out a folder on another disk, or ask for less (-n, --paths kept, --keep 0)"
    )]
    NoRoom {
        /// The folder.
        path: PathBuf,
        /// Estimate of what is needed, MiB.
        needed_mib: u64,
        /// What is there, MiB.
        free_mib: u64,
    },
    /// The operating system refused.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
}

/// What a fault means to whoever called the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExitClass {
    /// Failed; trying again will not help.
    Failed,
    /// Input or arguments are wrong; nothing was written.
    Input,
    /// Refused: damage or mismatch.
    Refused,
    /// A passing fault (disk, lock); trying again is safe.
    Transient,
}

impl ExitClass {
    /// The exit code of the program.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Input => 2,
            Self::Refused => 4,
            Self::Transient => 75,
        }
    }
}

impl ResultError {
    /// What the fault means to whoever called the program.
    #[must_use]
    pub fn exit_class(&self) -> ExitClass {
        match self {
            Self::NotAResult { .. }
            | Self::Unfinished { .. }
            | Self::Foreign { .. }
            | Self::NotAFolder { .. }
            | Self::Different { .. }
            | Self::NoColumn { .. } => ExitClass::Input,
            Self::Damaged { .. } | Self::Newer { .. } => ExitClass::Refused,
            Self::Busy { .. } | Self::NoRoom { .. } => ExitClass::Transient,
            Self::Io { source, .. } => class_of_io(source.kind()),
        }
    }

    /// For `map_err`: `doing` this to `path` failed.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io {
            doing,
            path,
            source,
        }
    }

    /// The file is damaged, because.
    pub(crate) fn damaged(path: &Path, why: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_path_buf(),
            why: why.into(),
        }
    }
}

/// Faults of disks and networks pass; refusals by the system do not; a name that no disk
/// takes is a wrong argument.
fn class_of_io(kind: ErrorKind) -> ExitClass {
    match kind {
        ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded
        | ErrorKind::Interrupted
        | ErrorKind::TimedOut
        | ErrorKind::WouldBlock
        | ErrorKind::ResourceBusy
        | ErrorKind::StaleNetworkFileHandle
        | ErrorKind::OutOfMemory => ExitClass::Transient,
        ErrorKind::InvalidFilename => ExitClass::Input,
        _ => ExitClass::Failed,
    }
}
