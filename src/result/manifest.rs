//! `manifest.json`: what a result folder holds and where it comes from. It is written
//! last, so that a folder with one is whole. Its own last line holds the checksum of
//! the lines above it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ResultError;
use super::durable::{FileDigest, hexadecimal, write_file};
use super::folder::Folder;
use super::identity::{FORMAT, Identity};
use super::machine::{Machine, utc_now};
use super::result_files::{Checked, ResultFiles, check_digest};

/// The manifest's name in its folder.
pub const MANIFEST: &str = "manifest.json";

const SEAL: &str = ",\n  \"sha256_of_the_lines_above\": \"";

/// What a result folder holds and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the folder's form ([`FORMAT`]); its presence says that it is ours.
    pub comity: u32,
    /// The job.
    #[serde(flatten)]
    pub identity: Identity,
    /// Version of the program.
    pub program_version: String,
    /// Commit that the program was built from, where the build knew it.
    pub program_commit: Option<String>,
    /// When the first attempt began, UTC.
    pub started_utc: String,
    /// When the result was whole, UTC.
    pub ended_utc: String,
    /// Threads of the last attempt.
    pub threads: usize,
    /// The machine of the last attempt.
    pub machine: Machine,
    /// Runs that have rows.
    pub runs_ok: u32,
    /// Runs that failed.
    pub runs_failed: u32,
    /// Every other file that belongs to the result.
    pub files: BTreeMap<String, FileDigest>,
}

impl Manifest {
    /// Runs of the job, failed ones too: those asked for or, where it was to end by a rule, those
    /// of which it was the end.
    #[must_use]
    pub fn runs(&self) -> u32 {
        if self.identity.ends_by_rule() {
            self.runs_ok + self.runs_failed
        } else {
            self.identity.runs
        }
    }

    /// The manifest of a job that ends now in `folder`, by this program on this machine.
    #[must_use]
    pub fn of(
        folder: &Folder,
        threads: usize,
        (runs_ok, runs_failed): (u32, u32),
        files: BTreeMap<String, FileDigest>,
    ) -> Self {
        Self {
            comity: FORMAT,
            identity: folder.identity().clone(),
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            program_commit: option_env!("COMITY_COMMIT").map(str::to_owned),
            started_utc: folder.started_utc().to_owned(),
            ended_utc: utc_now(),
            threads,
            machine: Machine::here(),
            runs_ok,
            runs_failed,
            files,
        }
    }
}

/// A whole result folder, opened for reading.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The folder.
    pub path: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
    checked: Arc<Checked>,
}

/// Opens a result folder by its manifest; a file is checked when it is first read.
///
/// # Errors
/// [`ResultError::NotAResult`], [`ResultError::Unfinished`], [`ResultError::Foreign`],
/// [`ResultError::Newer`], [`ResultError::Damaged`] for the manifest itself, and
/// [`ResultError::Io`].
pub fn open(folder: &Path) -> Result<Opened, ResultError> {
    let path = folder.join(MANIFEST);
    let text = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            let path = folder.to_path_buf();
            return Err(if folder.join(super::folder::MARKER).exists() {
                ResultError::Unfinished { path }
            } else {
                ResultError::NotAResult { path }
            });
        }
        Err(error) => return Err(ResultError::io("read", &path)(error)),
    };
    let manifest = parse(folder, &path, &text)?;
    Ok(Opened::new(folder, manifest))
}

fn parse(folder: &Path, path: &Path, text: &[u8]) -> Result<Manifest, ResultError> {
    let damaged = |why: String| ResultError::damaged(path, why);
    let value: serde_json::Value =
        serde_json::from_slice(text).map_err(|error| damaged(error.to_string()))?;
    let Some(format) = value.get("comity").and_then(serde_json::Value::as_u64) else {
        return Err(ResultError::Foreign {
            path: folder.to_path_buf(),
            example: MANIFEST.to_owned(),
        });
    };
    let format = u32::try_from(format).unwrap_or(u32::MAX);
    if format > FORMAT {
        return Err(ResultError::Newer {
            path: folder.to_path_buf(),
            format,
            known: FORMAT,
        });
    }
    if !seal_holds(text) {
        return Err(damaged("its checksum differs".to_owned()));
    }
    serde_json::from_value(value).map_err(|error| damaged(error.to_string()))
}

fn seal_holds(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else {
        return false;
    };
    text.rsplit_once(SEAL)
        .is_some_and(|(above, seal)| seal == sealed_end(above))
}

fn sealed_end(above: &str) -> String {
    format!("{}\"\n}}\n", hexadecimal(&Sha256::digest(above)))
}

impl Manifest {
    /// Writes the manifest, which makes the folder whole.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), ResultError> {
        let path = folder.join(MANIFEST);
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| ResultError::io("write", &path)(error.into()))?;
        let above = text.strip_suffix("\n}").unwrap_or(&text);
        let sealed = format!("{above}{SEAL}{}", sealed_end(above));
        write_file(&path, sealed.as_bytes())?;
        Ok(())
    }
}

impl Opened {
    pub(super) fn new(folder: &Path, manifest: Manifest) -> Self {
        Self {
            path: folder.to_path_buf(),
            manifest,
            checked: Arc::default(),
        }
    }

    /// Holds every file against its checksum.
    ///
    /// # Errors
    /// [`ResultError::Damaged`] names the first that differs or is missing.
    pub fn verify(&self) -> Result<(), ResultError> {
        self.manifest
            .files
            .iter()
            .try_for_each(|(name, digest)| check_digest(&self.path.join(name), digest))
    }

    /// Its tables and other files.
    #[must_use]
    pub fn files(&self) -> ResultFiles<'_> {
        ResultFiles::new(&self.path, &self.manifest.files, &self.checked)
    }
}
