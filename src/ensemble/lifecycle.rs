//! The whole life of a job in its folder: find what is done, do the rest, put it
//! together, commit.

use std::error::Error;

use super::assembly::{Finished, assemble};
use super::schedule::Schedule;
use super::workers::{DoneBlock, Progress, Shared};
use super::{EnsembleError, Job, OnError, Simulator};
use crate::result::block::{SealedBlock, blocks_in, runs_per_block};
use crate::result::{Folder, Layout, Manifest, Opened, ResultError};

/// How many causes of failure an outcome tells.
const CAUSES_TOLD: usize = 5;

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
    let layout = simulator.layout();
    let runs = folder.identity().runs;
    debug_assert!(
        job.keep
            .arguments()
            .iter()
            .all(|(key, value)| { folder.identity().arguments.get(key) == Some(value) }),
        "what is kept must be part of the folder's identity"
    );
    let size = job.runs_per_block.unwrap_or(runs_per_block(runs));
    let mut done = earlier_blocks(job, &folder, layout)?;
    let resumed = runs_in(&done);
    done.extend(do_missing_runs(
        job, simulator, &folder, size, &done, progress,
    )?);
    done.sort_by_key(|done| done.block.first);

    let (ok, failed) = done.iter().fold((0, 0), |(ok, failed), done| {
        (ok + done.ok, failed + done.failed)
    });
    let refused = failed > 0 && (ok == 0 || job.on_error != OnError::Continue);
    let skipped = runs - runs_in(&done);
    let causes = done.iter().flat_map(|done| &done.causes).take(CAUSES_TOLD);
    let causes = causes.map(ToString::to_string).collect();
    let ending = match job.interruption.requested() {
        _ if skipped == 0 && !refused => {
            let blocks: Vec<SealedBlock> = done.into_iter().map(|done| done.block).collect();
            Ending::Whole(Box::new(commit(job, folder, &blocks, layout, summarise)?))
        }
        Some(signal) if skipped > 0 => Ending::Interrupted(signal),
        _ => Ending::Failed,
    };
    Ok(Outcome {
        ending,
        ok,
        failed,
        skipped,
        resumed,
        causes,
    })
}

fn runs_in(done: &[DoneBlock]) -> u32 {
    done.iter().map(|done| done.ok + done.failed).sum()
}

/// The blocks of earlier attempts that can be gone on from. The others are removed, so
/// that no later attempt meets them: torn ones, those that overlap, and those with failed
/// runs when the job accepts none.
fn earlier_blocks(
    job: &Job,
    folder: &Folder,
    layout: &Layout,
) -> Result<Vec<DoneBlock>, EnsembleError> {
    let mut done: Vec<DoneBlock> = Vec::new();
    for sealed in blocks_in(&folder.blocks())? {
        let from = done.last().map_or(0, |last| last.block.end);
        let in_range = sealed.first >= from && sealed.end <= folder.identity().runs;
        let block = match sealed.load(folder.identity(), layout) {
            Err(ResultError::Damaged { .. }) => None,
            other => Some(other?),
        };
        let accepted = block.filter(|block| {
            in_range && (block.failures.is_empty() || job.on_error == OnError::Continue)
        });
        match accepted {
            Some(block) => done.push(DoneBlock::new(sealed, &block)),
            None => sealed.remove()?,
        }
    }
    Ok(done)
}

/// Does the runs that `done` lacks; the blocks that this sealed.
fn do_missing_runs<S: Simulator>(
    job: &Job,
    simulator: &S,
    folder: &Folder,
    runs_per_block: u32,
    done: &[DoneBlock],
    progress: &(dyn Fn(&Progress) + Sync),
) -> Result<Vec<DoneBlock>, EnsembleError> {
    let runs = folder.identity().runs;
    let held: Vec<(u32, u32)> = done.iter().map(|d| (d.block.first, d.block.end)).collect();
    let schedule = Schedule::new(runs, runs_per_block, &held);
    let blocks = folder.blocks();
    let shared = Shared::new(
        simulator,
        job,
        folder.identity(),
        &blocks,
        &schedule,
        progress,
    );
    shared.work();
    let (mut sealed, fault) = shared.end();
    // What is in hand is worth keeping whatever ended the work.
    for block in schedule.into_partial_blocks(simulator.layout()) {
        match block.seal(&blocks, folder.identity()) {
            Ok(file) => sealed.push(DoneBlock::new(file, &block)),
            Err(error) => return Err(fault.unwrap_or_else(|| error.into())),
        }
    }
    fault.map_or(Ok(sealed), Err)
}

/// Writes tables and summary, and makes the folder a result.
fn commit(
    job: &Job,
    folder: Folder,
    blocks: &[SealedBlock],
    layout: &Layout,
    summarise: &Summarise<'_>,
) -> Result<Opened, EnsembleError> {
    let finished = assemble(&folder, blocks, layout, job)?;
    let summary = summarise(&finished).map_err(EnsembleError::Summary)?;
    let (runs_ok, runs_failed) = (finished.runs_ok, finished.runs_failed);
    let mut files = finished.files;
    // A JSON value always has a text.
    let text = format!("{summary:#}\n");
    files.insert(
        "summary.json".to_owned(),
        folder.write("summary.json", text.as_bytes())?,
    );
    let manifest = Manifest::of(&folder, job.threads, (runs_ok, runs_failed), files);
    Ok(folder.commit(manifest)?)
}
