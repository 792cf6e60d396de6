//! What a job will cost, before it is begun: time, by doing some of its runs; memory and
//! room on the disk, by what the engine keeps.
//!
//! # How far off
//! Runs are measured with the job's own threads, so that what else the machine does at that
//! time counts. Memory is the peak so far (each thread's world, the tables that they share)
//! and what the series will take when the blocks are put together at the end:
//!
//! cells × (64 + 6 × bins) bytes, with bins = min(n, 100 + 7 √n) after n runs,
//!
//! where 64 and 6 are those of [`crate::measure::series`], and 100 and 7 are fitted to the
//! main job (`docs/performance.md` has estimates beside measurements).

use std::time::{Duration, Instant};

use super::schedule::Schedule;
use super::workers::Shared;
use super::{EnsembleError, Interruption, Job, Keep, OnError, Paths, Simulator};
use crate::result::block::runs_per_block;
use crate::result::machine::peak_memory_bytes;
use crate::result::{Identity, Layout};

/// Time to put a cell of one block into the series of all, and to write it.
const SECONDS_OF_A_CELL_AND_BLOCK: f64 = 0.5e-6;

/// What a job will cost.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cost {
    /// Seconds of wall time.
    pub seconds: f64,
    /// Peak of the memory in use, bytes, where the system tells.
    pub memory_bytes: Option<u64>,
    /// Room on the disk while it works, bytes; more than the result takes.
    pub disk_bytes: u64,
    /// Runs done to measure the time.
    pub tried: u32,
}

/// Does runs of the job for about `budget`, at least one a thread, writes nothing, and says
/// what all its runs will cost.
///
/// # Errors
/// [`EnsembleError`], when a worker cannot be set up, or when every run that was tried failed.
pub fn cost<S: Simulator>(
    job: &Job,
    simulator: &S,
    identity: &Identity,
    budget: Duration,
) -> Result<Cost, EnsembleError> {
    let began = Instant::now();
    simulator
        .worker()
        .map(drop)
        .map_err(EnsembleError::Worker)?;
    let set_up = began.elapsed().as_secs_f64();

    let interruption = Interruption::new();
    let trial = trial(job, simulator.layout(), identity.runs, &interruption);
    // More runs than can be done, in one block, which therefore never is whole nor written.
    let endless = Identity {
        runs: u32::MAX,
        ..identity.clone()
    };
    let schedule = Schedule::new(endless.runs, u32::MAX, &[]);
    let began = Instant::now();
    let enough = |_: &_| {
        if began.elapsed() >= budget {
            interruption.request(usize::MAX);
        }
    };
    let nowhere = std::path::Path::new("");
    let shared = Shared::new(simulator, &trial, &endless, nowhere, &schedule, &enough);
    shared.work();
    let seconds = began.elapsed().as_secs_f64();
    if let (_, Some(fault)) = shared.end() {
        return Err(fault);
    }
    let blocks = schedule.into_partial_blocks(simulator.layout());
    let done = blocks.iter().map(|block| block.rows.len()).sum::<usize>();
    if done == 0 {
        let failures = blocks.iter().flat_map(|block| &block.failures);
        let cause = failures.map(ToString::to_string).next();
        let cause = cause.unwrap_or_else(|| "no run ended".to_owned());
        return Err(EnsembleError::Worker(cause));
    }
    Ok(extrapolated(
        job,
        simulator.layout(),
        identity.runs,
        Measured {
            set_up,
            seconds,
            done,
        },
    ))
}

/// The job as it is tried: until interrupted, with the threads and paths that it will have.
fn trial(job: &Job, layout: &Layout, runs: u32, interruption: &Interruption) -> Job {
    let all_paths = job.keep.paths_of_first(layout, runs) == runs;
    let threads = job.threads.min(usize::try_from(runs).unwrap_or(usize::MAX));
    Job {
        threads,
        keep: Keep {
            paths: if all_paths { Paths::All } else { Paths::Kept },
            ..job.keep
        },
        on_error: OnError::Continue,
        interruption: interruption.clone(),
        ..job.clone()
    }
}

/// What the trial took.
struct Measured {
    set_up: f64,
    seconds: f64,
    done: usize,
}

#[allow(clippy::cast_precision_loss)] // counts far below 2^53
fn extrapolated(job: &Job, layout: &Layout, runs: u32, measured: Measured) -> Cost {
    let of_a_run = (measured.seconds - measured.set_up).max(0.0) / measured.done as f64;
    let threads = u32::try_from(job.threads.max(1)).unwrap_or(u32::MAX);
    // The last runs of a job share the threads as unevenly as its first.
    let rounds = runs.div_ceil(threads) * threads.min(runs);
    let size = runs_per_block(runs);
    let blocks = runs.div_ceil(size);
    let cells = layout.series_values() * layout.estimands().len();
    let putting_together = f64::from(blocks) * cells as f64 * SECONDS_OF_A_CELL_AND_BLOCK;
    // The worker that was set up first is part of the job as well.
    let seconds = 2.0 * measured.set_up + of_a_run * f64::from(rounds) + putting_together;
    Cost {
        seconds,
        memory_bytes: peak_memory_bytes().map(|peak| peak + series_bytes(cells, runs)),
        disk_bytes: room_bytes(job, layout, runs),
        tried: u32::try_from(measured.done).unwrap_or(u32::MAX),
    }
}

fn series_bytes(cells: usize, runs: u32) -> u64 {
    const OF_A_CELL: u64 = 64;
    const OF_A_BIN: u64 = 6;
    let runs = u64::from(runs);
    let bins = runs.min(100 + 7 * runs.isqrt());
    cells as u64 * (OF_A_CELL + OF_A_BIN * bins)
}

/// Room that a job may need on the disk, bytes: tables and, beside them, the blocks.
/// Generous, for it only refuses disks that are nearly full.
#[must_use]
pub fn room_bytes(job: &Job, layout: &Layout, runs: u32) -> u64 {
    const SMALL_FILES: u64 = 4 << 20;
    const MILESTONES_CASES_AND_LOSSES_OF_A_RUN: u64 = 2_000;
    const EVENTS_OF_A_RUN: u64 = 200_000;
    const SUMS_OF_A_CELL: u64 = 24;
    const BIN: u64 = 3;
    let number = 8;
    let paths = u64::from(job.keep.paths_of_first(layout, runs));
    let block = u64::from(job.runs_per_block.unwrap_or(runs_per_block(runs)).max(1));
    let runs = u64::from(runs);
    let of_a_run = layout.inputs.len() + 3 * layout.metrics.len();
    let rows = runs * (number * of_a_run as u64 + MILESTONES_CASES_AND_LOSSES_OF_A_RUN)
        + paths * number * layout.path_values() as u64
        + runs.min(u64::from(job.keep.events_of_first)) * EVENTS_OF_A_RUN;
    let cells = (layout.series_values() * layout.estimands().len()) as u64;
    let series = runs.div_ceil(block) * cells * (SUMS_OF_A_CELL + BIN * block.min(64));
    2 * rows + series + SMALL_FILES
}
