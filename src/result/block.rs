//! Work made durable in blocks: the rows of neighbouring runs and their part of the
//! series in one file, `blocks/FIRST-END.bin`. A block that is torn or altered is as if
//! it were not there, and its runs are done again. How runs were cut into blocks is
//! never seen in a result.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ResultError;
use super::durable::write_file;
use super::identity::Identity;
use super::layout::Layout;
use super::rows::{FailedRun, RunRows};
use crate::measure::series::Series;

/// Fewest runs of a block: sealing costs two flushes of the disk.
const FEWEST_RUNS: u32 = 16;

/// Most blocks of a job: an interruption by force loses at most the blocks in hand.
const MOST_BLOCKS: u32 = 64;

const LENGTH_OF_SEAL: usize = 32;

/// Runs a block for a job of so many runs.
#[must_use]
pub fn runs_per_block(runs: u32) -> u32 {
    runs.div_ceil(MOST_BLOCKS).max(FEWEST_RUNS)
}

/// The runs from `first` up to, not including, `end`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Block {
    /// First run.
    pub first: u32,
    /// The run after the last.
    pub end: u32,
    /// Rows of the runs that went well, by run.
    pub rows: Vec<RunRows>,
    /// The runs that failed, by run.
    pub failures: Vec<FailedRun>,
    /// What the runs that went well add to the series.
    pub series: Series,
}

/// A block on the disk.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct SealedBlock {
    /// First run.
    pub first: u32,
    /// The run after the last.
    pub end: u32,
    /// Its file.
    pub path: PathBuf,
}

impl Block {
    /// Writes the block into the folder of blocks.
    ///
    /// # Errors
    /// [`ResultError::Io`].
    pub fn seal(&self, folder: &Path, job: &Identity) -> Result<SealedBlock, ResultError> {
        let name = format!("{:010}-{:010}.bin", self.first, self.end);
        let path = folder.join(name);
        let mut bytes = postcard::to_stdvec(self)
            .map_err(|error| ResultError::io("write", &path)(std::io::Error::other(error)))?;
        let seal = seal_of(&bytes, job);
        bytes.extend_from_slice(&seal);
        write_file(&path, &bytes)?;
        Ok(SealedBlock {
            first: self.first,
            end: self.end,
            path,
        })
    }
}

impl SealedBlock {
    /// Removes the block, whose runs will be done again.
    ///
    /// # Errors
    /// [`ResultError::Io`].
    pub fn remove(&self) -> Result<(), ResultError> {
        fs::remove_file(&self.path).map_err(ResultError::io("remove", &self.path))
    }

    /// Reads the block.
    ///
    /// # Errors
    /// [`ResultError::Damaged`] when it is torn, altered, or of another job;
    /// [`ResultError::Io`].
    pub fn load(&self, job: &Identity, layout: &Layout) -> Result<Block, ResultError> {
        let damaged = |why: &str| ResultError::damaged(&self.path, why);
        let bytes = fs::read(&self.path).map_err(ResultError::io("read", &self.path))?;
        let length = bytes.len().checked_sub(LENGTH_OF_SEAL);
        let (content, seal) = bytes.split_at(length.ok_or_else(|| damaged("it is torn"))?);
        if seal != seal_of(content, job) {
            return Err(damaged("its checksum differs"));
        }
        let block: Block =
            postcard::from_bytes(content).map_err(|_| damaged("it cannot be read"))?;
        if block.fits(self, layout) {
            Ok(block)
        } else {
            Err(damaged("its rows are not those of this job"))
        }
    }
}

impl Block {
    /// Whether each run of the range is there once and as the layout wants it.
    fn fits(&self, sealed: &SealedBlock, layout: &Layout) -> bool {
        let rows = self.rows.iter().map(|rows| rows.run);
        let mut runs: Vec<u32> = rows.chain(self.failures.iter().map(|f| f.run)).collect();
        runs.sort_unstable();
        (self.first, self.end) == (sealed.first, sealed.end)
            && runs.into_iter().eq(self.first..self.end)
            && self.rows.is_sorted_by_key(|rows| rows.run)
            && self.rows.iter().all(|rows| rows.check(layout).is_ok())
            && self.series.layout() == layout.spans()
    }
}

/// The checksum holds the job too, so that a block of another job is no block.
fn seal_of(content: &[u8], job: &Identity) -> [u8; LENGTH_OF_SEAL] {
    let mut hash = Sha256::new();
    hash.update(b"comity block 2");
    hash.update(content);
    // A struct of texts and numbers always has a JSON form.
    hash.update(serde_json::to_vec(job).unwrap_or_default());
    hash.finalize().into()
}

/// The files in the folder of blocks that are named as blocks, by first run, the longer
/// of two with the same first run ahead.
///
/// # Errors
/// [`ResultError::Io`]; a folder that is not there holds no blocks.
pub fn blocks_in(folder: &Path) -> Result<Vec<SealedBlock>, ResultError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(ResultError::io("list", folder))?,
    };
    let mut blocks = Vec::new();
    for entry in entries {
        let path = entry.map_err(ResultError::io("list", folder))?.path();
        if let Some((first, end)) = range_of(&path) {
            blocks.push(SealedBlock { first, end, path });
        }
    }
    blocks.sort_by_key(|block| (block.first, std::cmp::Reverse(block.end)));
    Ok(blocks)
}

fn range_of(path: &Path) -> Option<(u32, u32)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".bin")?;
    let (first, end) = name.split_once('-')?;
    let range = (first.parse().ok()?, end.parse().ok()?);
    (range.0 < range.1).then_some(range)
}
