//! The life of a result folder, from the claim on it to the commit.
//!
//! A folder being worked on holds [`MARKER`], which says whose it is, and a lock file,
//! which its process holds. Whoever asks for the same job again goes on from its blocks;
//! another job is refused before anything is written. The manifest, renamed into place,
//! is the commit; blocks, marker and lock are removed after it, so that a crash at any
//! moment loses no finished work, and what a crash leaves of them is removed when the
//! folder is next claimed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ResultError;
use super::durable::{TEMPORARY, sync_folder, write_file};
use super::identity::{FORMAT, Identity};
use super::machine::utc_now;
use super::manifest::{Manifest, Opened};
use super::place;

/// Says whose unfinished work a folder holds.
pub const MARKER: &str = ".comity-unfinished.json";

pub(super) const LOCK: &str = ".comity-lock";
pub(super) const BLOCKS: &str = "blocks";

/// A folder that this process alone works in, until it is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    marker: Marker,
    resumed: bool,
    named_by_user: bool,
    /// Held, not used: the system gives it up when the process ends, however it ends.
    _lock: Option<File>,
}

/// What [`MARKER`] holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Marker {
    pub(super) comity: u32,
    started_utc: String,
    pub(super) identity: Identity,
}

impl Marker {
    /// Writes the marker of a job that begins now.
    pub(super) fn write(path: &Path, identity: &Identity) -> Result<Self, ResultError> {
        let marker = Self {
            comity: FORMAT,
            started_utc: utc_now(),
            identity: identity.clone(),
        };
        let file = path.join(MARKER);
        let text = serde_json::to_vec_pretty(&marker)
            .map_err(|error| ResultError::io("write", &file)(error.into()))?;
        write_file(&file, &text)?;
        Ok(marker)
    }
}

/// Removes what only unfinished work needs. Best effort: the result is whole already.
pub(super) fn tidy(path: &Path) {
    let _ = fs::remove_dir_all(path.join(BLOCKS));
    let _ = fs::remove_file(path.join(MARKER));
    let _ = fs::remove_file(path.join(LOCK));
    let _ = sync_folder(path);
}

impl Folder {
    /// A folder whose lock is `held`.
    pub(super) fn new(
        path: &Path,
        marker: Marker,
        resumed: bool,
        named_by_user: bool,
        held: Option<File>,
    ) -> Result<Self, ResultError> {
        let blocks = path.join(BLOCKS);
        fs::create_dir_all(&blocks).map_err(ResultError::io("create", &blocks))?;
        Ok(Self {
            path: path.to_path_buf(),
            marker,
            resumed,
            named_by_user,
            _lock: held,
        })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where blocks are sealed.
    #[must_use]
    pub fn blocks(&self) -> PathBuf {
        self.path.join(BLOCKS)
    }

    /// The job, as it was first asked for.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.marker.identity
    }

    /// Whether an earlier attempt began it.
    #[must_use]
    pub fn resumed(&self) -> bool {
        self.resumed
    }

    /// When the first attempt began, UTC.
    #[must_use]
    pub fn started_utc(&self) -> &str {
        &self.marker.started_utc
    }

    /// Removes files that an attempt cut short may have left among the tables.
    ///
    /// # Errors
    /// [`ResultError::Io`].
    pub fn remove_leftovers(&self) -> Result<(), ResultError> {
        let fault = || ResultError::io("list", &self.path);
        for entry in fs::read_dir(&self.path).map_err(fault())? {
            let path = entry.map_err(fault())?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // A table of failures is only written when a run failed this time.
            if name.ends_with(TEMPORARY) || name.starts_with("failures.") {
                fs::remove_file(&path).map_err(ResultError::io("remove", &path))?;
            }
        }
        Ok(())
    }

    /// Writes a small file of the result.
    ///
    /// # Errors
    /// [`ResultError::Io`].
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<super::FileDigest, ResultError> {
        write_file(&self.path.join(name), bytes)
    }

    /// Makes the folder a result: the manifest is the last thing written.
    ///
    /// # Errors
    /// [`ResultError::Io`]; the folder is unfinished then, and nothing is lost.
    pub fn commit(self, manifest: Manifest) -> Result<Opened, ResultError> {
        manifest.write(&self.path)?;
        tidy(&self.path);
        // Only runs have a page to be shown as the latest.
        if !self.named_by_user && manifest.identity.kind == "run" {
            place::link_latest(&self.path);
        }
        Ok(Opened::new(&self.path, manifest))
    }
}
