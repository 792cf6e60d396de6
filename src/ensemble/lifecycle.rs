//! The whole life of a job in its folder: find what is done, do the rest, put it
//! together, commit.

use std::error::Error;

use super::assembly::Finished;
use super::stop::StopRule;
use super::underway::Underway;
use super::workers::Progress;
use super::{EnsembleError, Job, Simulator};
use crate::result::{Folder, Opened};

/// How a job ended.
#[derive(Debug)]
pub enum Ending {
    /// The result is whole (though runs may have failed).
    Whole(Box<Opened>),
    /// An end was asked for by this signal; the same command goes on.
    Interrupted(usize),
    /// Runs failed and the job does not accept that, or all of them failed; the same
    /// command does those blocks again.
    Failed,
}

/// What became of a job.
#[derive(Debug)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// Runs with rows, with those of earlier attempts.
    pub ok: u32,
    /// Failed runs.
    pub failed: u32,
    /// Runs not done.
    pub skipped: u32,
    /// Runs that earlier attempts had done.
    pub resumed: u32,
    /// The first failures, each with its run.
    pub causes: Vec<String>,
}

/// Makes `summary.json` from the tables.
pub type Summarise<'a> =
    dyn Fn(&Finished<'_>) -> Result<serde_json::Value, Box<dyn Error + Send + Sync>> + 'a;

/// Does the job of `folder` with `simulator`: goes on from its blocks, does the missing
/// runs, writes the tables, the summary and, last, the manifest. `progress` is called
/// from the working threads, at most ten times a second.
///
/// # Errors
/// [`EnsembleError`]; what was sealed by then stays for the same command to go on from.
pub fn run<S: Simulator>(
    job: &Job,
    simulator: &S,
    folder: Folder,
    progress: &(dyn Fn(&Progress) + Sync),
    summarise: &Summarise<'_>,
) -> Result<Outcome, EnsembleError> {
    let mut underway = Underway::begin(job, simulator, folder)?;
    let runs = underway.most();
    underway.advance(runs, progress)?;
    underway.end(runs, summarise)
}

/// The same with no more runs than `rule` finds enough, and at most those of the folder's
/// identity.
///
/// # Errors
/// As [`run`].
pub fn run_until<S: Simulator>(
    job: &Job,
    simulator: &S,
    folder: Folder,
    rule: &mut dyn StopRule,
    progress: &(dyn Fn(&Progress) + Sync),
    summarise: &Summarise<'_>,
) -> Result<Outcome, EnsembleError> {
    let mut underway = Underway::begin(job, simulator, folder)?;
    let most = underway.most();
    let mut looked = 0;
    loop {
        let look = rule
            .next_look(looked)
            .max(looked.saturating_add(1))
            .min(most);
        if !underway.advance(look, progress)? {
            let of = if underway.interrupted() { most } else { look };
            return underway.end(of, summarise);
        }
        underway.rows(looked, look, &mut |rows| rule.take(rows))?;
        looked = look;
        if rule.enough() || looked == most {
            return underway.end(looked, summarise);
        }
    }
}
