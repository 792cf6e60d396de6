//! The files of a result, each held against its checksum before it is first read: the same
//! for a result opened later and for one about to be committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::durable::digest_of;
use super::parquet_reader::{Wanted, read_in_parts, read_parquet, read_run};
use super::table::{Cells, Table};
use super::{FileDigest, ResultError};

/// The files of one result that were held against their checksums. A page reads some tables
/// column by column, and each file is hashed once for all of them.
#[derive(Debug, Default)]
pub struct Checked(Mutex<BTreeSet<String>>);

impl Checked {
    /// Runs `check` unless it succeeded for the file `name` before.
    fn once(
        &self,
        name: &str,
        check: impl FnOnce() -> Result<(), ResultError>,
    ) -> Result<(), ResultError> {
        // Held while checking, so that figures drawn side by side do not each hash one file.
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.contains(name) {
            check()?;
            names.insert(name.to_owned());
        }
        Ok(())
    }
}

/// Reads the files of one result.
#[derive(Clone, Copy, Debug)]
pub struct ResultFiles<'a> {
    folder: &'a Path,
    files: &'a BTreeMap<String, FileDigest>,
    checked: &'a Checked,
}

impl<'a> ResultFiles<'a> {
    /// The files of `folder` that have these digests; those in `checked` are trusted.
    #[must_use]
    pub fn new(
        folder: &'a Path,
        files: &'a BTreeMap<String, FileDigest>,
        checked: &'a Checked,
    ) -> Self {
        Self {
            folder,
            files,
            checked,
        }
    }

    /// Whether the result has a file of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// A table, such as `cases`.
    ///
    /// # Errors
    /// [`ResultError::Damaged`], [`ResultError::NoColumn`], [`ResultError::Io`].
    pub fn table(&self, table: &str, wanted: Wanted<'_>) -> Result<Table, ResultError> {
        read_parquet(&self.sound(&parquet(table))?, wanted)
    }

    /// The rows of one run of a table that has the column `run`. Memory holds a row group at
    /// a time.
    ///
    /// # Errors
    /// As [`ResultFiles::table`].
    pub fn run(&self, table: &str, run: u32) -> Result<Table, ResultError> {
        read_run(&self.sound(&parquet(table))?, run)
    }

    /// Gives the rows of a table to `take`, a part at a time, which alone is in memory.
    ///
    /// # Errors
    /// As [`ResultFiles::table`].
    pub fn parts(
        &self,
        table: &str,
        wanted: Wanted<'_>,
        take: impl FnMut(&Table),
    ) -> Result<(), ResultError> {
        read_in_parts(&self.sound(&parquet(table))?, wanted, take)
    }

    /// A column of numbers, such as `out_trust_eu_2016` or `diff_npv_usd` of `runs`, NaN
    /// where empty. Memory holds the columns asked for only.
    ///
    /// # Errors
    /// As [`ResultFiles::table`]; [`ResultError::NoColumn`] for dates and words too.
    pub fn numbers(&self, table: &str, column: &str) -> Result<Vec<f64>, ResultError> {
        let read = self.table(table, Wanted::Columns(&[column]))?;
        let numbers = read.cells.first().and_then(Cells::to_numbers);
        numbers.ok_or_else(|| ResultError::NoColumn {
            path: self.folder.join(parquet(table)),
            column: format!("{column} of numbers"),
        })
    }

    /// The bytes of a file, such as `summary.json`.
    ///
    /// # Errors
    /// [`ResultError::Damaged`], [`ResultError::Io`].
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, ResultError> {
        let path = self.sound(name)?;
        fs::read(&path).map_err(ResultError::io("read", &path))
    }

    /// The place of a file that is as it was written.
    fn sound(&self, name: &str) -> Result<PathBuf, ResultError> {
        let path = self.folder.join(name);
        let Some(digest) = self.files.get(name) else {
            return Err(ResultError::damaged(&path, "the manifest does not know it"));
        };
        self.checked.once(name, || check_digest(&path, digest))?;
        Ok(path)
    }
}

fn parquet(table: &str) -> String {
    format!("{table}.parquet")
}

/// Holds a file against its checksum.
///
/// # Errors
/// [`ResultError::Damaged`] when it differs or is not there; [`ResultError::Io`] when it
/// cannot be read.
pub(super) fn check_digest(path: &Path, expected: &FileDigest) -> Result<(), ResultError> {
    let found = match digest_of(path) {
        Err(ResultError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => {
            return Err(ResultError::damaged(path, "the file is missing"));
        }
        other => other?,
    };
    if found.bytes != expected.bytes {
        let why = format!("{} bytes, not {}", found.bytes, expected.bytes);
        return Err(ResultError::damaged(path, why));
    }
    if found.sha256 != expected.sha256 {
        return Err(ResultError::damaged(path, "its checksum differs"));
    }
    Ok(())
}
