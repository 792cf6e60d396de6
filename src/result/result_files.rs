//! The files of a result, each held against its checksum before it is read: the same
//! for a result opened later and for one about to be committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::parquet_reader::{Wanted, check_digest, read_in_parts, read_parquet, read_run};
use super::table::{Cells, Table};
use super::{FileDigest, ResultError};

/// Reads the files of one result.
#[derive(Clone, Copy, Debug)]
pub struct ResultFiles<'a> {
    pub(super) folder: &'a Path,
    pub(super) files: &'a BTreeMap<String, FileDigest>,
}

impl<'a> ResultFiles<'a> {
    /// The files of `folder` that have these digests.
    #[must_use]
    pub fn new(folder: &'a Path, files: &'a BTreeMap<String, FileDigest>) -> Self {
        Self { folder, files }
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
        let name = format!("{table}.parquet");
        let digest = self.digest(&name)?;
        read_parquet(&self.folder.join(name), Some(digest), wanted)
    }

    /// The rows of one run of a table that has the column `run`. Memory holds a row group at
    /// a time.
    ///
    /// # Errors
    /// As [`ResultFiles::table`].
    pub fn run(&self, table: &str, run: u32) -> Result<Table, ResultError> {
        let name = format!("{table}.parquet");
        let digest = self.digest(&name)?;
        read_run(&self.folder.join(name), digest, run)
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
        let name = format!("{table}.parquet");
        let digest = self.digest(&name)?;
        read_in_parts(&self.folder.join(name), digest, wanted, take)
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
            path: self.folder.join(format!("{table}.parquet")),
            column: format!("{column} of numbers"),
        })
    }

    /// The bytes of a file, such as `summary.json`.
    ///
    /// # Errors
    /// [`ResultError::Damaged`], [`ResultError::Io`].
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, ResultError> {
        let path = self.folder.join(name);
        check_digest(&path, self.digest(name)?)?;
        fs::read(&path).map_err(ResultError::io("read", &path))
    }

    fn digest(&self, name: &str) -> Result<&'a FileDigest, ResultError> {
        self.files.get(name).ok_or_else(|| {
            let path = self.folder.join(name);
            ResultError::damaged(&path, "the manifest does not know it")
        })
    }
}
