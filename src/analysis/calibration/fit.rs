//! A fit in its folder: gone on from the last generation that was kept, and whole only at
//! the end.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;

use sha2::{Digest as _, Sha256};

use super::observed::Observed;
use super::particle::Generation;
use super::sampler::{CalibrationError, Sampler};
use super::summary::{FitSummary, columns};
use super::tables;
use crate::chance::Seed;
use crate::ensemble::Interruption;
use crate::result::machine::{Machine, utc_now};
use crate::result::{FORMAT, Folder, Manifest, Opened, ResultError};

/// The summary's name in the folder.
pub const SUMMARY: &str = "fit.json";
/// The posterior's name in the folder.
pub const POSTERIOR: &str = "posterior.toml";

/// How a fit is to be done. Nothing here but `files` can change a byte of the result.
#[derive(Clone, Debug)]
pub struct FitJob {
    /// Threads, at least 1.
    pub threads: usize,
    /// Files that the result is to hold besides its own, such as `scenario.toml`.
    pub files: Vec<(String, Vec<u8>)>,
    /// Where an end is asked for.
    pub interruption: Interruption,
}

/// How a fit ended.
#[derive(Debug)]
pub enum FitEnding {
    /// The posterior is whole.
    Whole(Box<Opened>),
    /// An end was asked for by this signal, after so many whole generations; the same
    /// command goes on.
    Interrupted {
        /// The signal.
        signal: usize,
        /// Generations kept.
        generations: usize,
    },
}

/// Why there is no posterior.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// The sampler cannot go on.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// The folder cannot be worked in.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// Text of a table or of JSON cannot be made.
    #[error("a file of the fit cannot be written: {0}")]
    Text(String),
    /// Threads cannot be begun.
    #[error("threads cannot be begun: {0}")]
    Threads(String),
}

/// Fits in `folder`, whose identity gives seed and number of particles (`runs`). `progress`
/// is called for each generation when it is kept.
///
/// # Errors
/// [`FitError`]; the generations kept by then stay, for the same command to go on from.
pub fn fit(
    job: &FitJob,
    problem: &Observed<'_>,
    folder: Folder,
    progress: &(dyn Fn(&Generation) + Sync),
) -> Result<FitEnding, FitError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(job.threads);
    let pool = pool.build().map_err(|e| FitError::Threads(e.to_string()))?;
    let stop = || job.interruption.requested().is_some();
    let (particles, seed) = (folder.identity().runs, Seed(folder.identity().seed));
    let sampler = Sampler::new(problem, particles, seed, &stop);
    let kept = kept(&folder, particles)?;
    let mut first = kept.first().cloned();
    let mut last = kept.into_iter().next_back();
    while last.as_ref().is_none_or(|last| !last.is_last()) {
        let next = pool.install(|| match &last {
            None => sampler.prior(),
            Some(before) => sampler.next(before),
        });
        let next = match (next, job.interruption.requested()) {
            (Err(CalibrationError::Stopped), Some(signal)) => {
                let generations = last.map_or(0, |last| last.number() + 1);
                return Ok(FitEnding::Interrupted {
                    signal,
                    generations,
                });
            }
            (next, _) => next?,
        };
        keep(&folder, &next)?;
        progress(&next);
        first.get_or_insert_with(|| next.clone());
        last = Some(next);
    }
    let (Some(first), Some(last)) = (first, last) else {
        return Err(CalibrationError::AllFailed.into());
    };
    let opened = commit(job, problem, folder, (&first, &last))?;
    Ok(FitEnding::Whole(Box::new(opened)))
}

fn file_of(number: usize) -> String {
    format!("generation-{number:03}.json")
}

/// Keeps a generation: a line with its checksum, and a line with itself.
fn keep(folder: &Folder, generation: &Generation) -> Result<(), FitError> {
    let text = json(generation)?;
    let name = format!("blocks/{}", file_of(generation.number()));
    let sealed = format!("{}\n{text}\n", sum(&text));
    folder.write(&name, sealed.as_bytes())?;
    Ok(())
}

/// The generations that were kept and are sound, up to the first that is not.
fn kept(folder: &Folder, particles: u32) -> Result<Vec<Generation>, FitError> {
    let mut kept: Vec<Generation> = Vec::new();
    loop {
        let path = folder.blocks().join(file_of(kept.len()));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => {
                return Ok(kept);
            }
            Err(source) => {
                return Err(FitError::Result(ResultError::Io {
                    doing: "read",
                    path,
                    source,
                }));
            }
        };
        match read(&text, kept.len(), particles) {
            Some(generation) => kept.push(generation),
            None => return Ok(kept),
        }
    }
}

fn read(text: &str, number: usize, particles: u32) -> Option<Generation> {
    let (seal, text) = text.split_once('\n')?;
    let text = text.strip_suffix('\n').filter(|text| sum(text) == seal)?;
    let generation: Generation = serde_json::from_str(text).ok()?;
    let is_next = generation.number() == number && generation.particles.len() == particles as usize;
    is_next.then_some(generation)
}

fn sum(text: &str) -> String {
    let bytes = Sha256::digest(text);
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn json(value: &impl serde::Serialize) -> Result<String, FitError> {
    serde_json::to_string(value).map_err(|error| FitError::Text(error.to_string()))
}

/// Writes the posterior and what was found, and makes the folder a result.
fn commit(
    job: &FitJob,
    problem: &Observed<'_>,
    folder: Folder,
    (first, last): (&Generation, &Generation),
) -> Result<Opened, FitError> {
    folder.remove_leftovers()?;
    let summary = FitSummary::of(problem, first, last);
    let columns = columns(problem, last);
    let posterior = tables::posterior(problem, folder.identity(), &columns);
    let text = |error: csv::Error| FitError::Text(error.to_string());
    let pretty = serde_json::to_string_pretty(&summary);
    let pretty = pretty.map_err(|error| FitError::Text(error.to_string()))?;
    let mut files = job.files.clone();
    files.extend([
        (POSTERIOR.to_owned(), posterior.into_bytes()),
        (
            "identifiability.csv".to_owned(),
            tables::inputs(&summary).map_err(text)?,
        ),
        (
            "generations.csv".to_owned(),
            tables::generations(&summary).map_err(text)?,
        ),
        (
            "observations.csv".to_owned(),
            tables::observations(&summary).map_err(text)?,
        ),
        (SUMMARY.to_owned(), format!("{pretty}\n").into_bytes()),
    ]);
    let files = files.into_iter().map(|(name, bytes)| {
        let digest = folder.write(&name, &bytes)?;
        Ok((name, digest))
    });
    let files = files.collect::<Result<_, ResultError>>()?;
    let manifest = Manifest {
        comity: FORMAT,
        identity: folder.identity().clone(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        program_commit: option_env!("COMITY_COMMIT").map(str::to_owned),
        started_utc: folder.started_utc().to_owned(),
        ended_utc: utc_now(),
        threads: job.threads,
        machine: Machine::here(),
        runs_ok: folder.identity().runs,
        runs_failed: 0,
        files,
    };
    Ok(folder.commit(manifest)?)
}
