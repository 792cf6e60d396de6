//! The threads that do the missing runs and seal the blocks.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::schedule::{Piece, Schedule};
use super::{EnsembleError, Job, OnError, RunFailure, RunOutput, Simulator};
use crate::result::block::{Block, SealedBlock};
use crate::result::guard::guarded;
use crate::result::{FailedRun, Identity, Layout};

/// Least time between two calls for progress.
const BETWEEN_CALLS: Duration = Duration::from_millis(100);

/// How many failures of a block are remembered for the outcome.
const CAUSES_KEPT: usize = 5;

/// How far an ensemble is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Progress {
    /// Runs done, with those of earlier attempts.
    pub done: u32,
    /// Runs of the job, or the most that it may come to.
    pub total: u32,
    /// Of those done now, the failed ones.
    pub failed: u32,
    /// Runs a second in this attempt.
    pub runs_per_second: f64,
    /// Seconds to go at that pace, once there is one.
    pub seconds_left: Option<f64>,
}

/// A sealed block and what came of its runs.
pub(super) struct DoneBlock {
    pub(super) block: SealedBlock,
    pub(super) ok: u32,
    pub(super) failed: u32,
    /// The first failures, to be told.
    pub(super) causes: Vec<FailedRun>,
}

impl DoneBlock {
    pub(super) fn new(file: SealedBlock, block: &Block) -> Self {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Self {
            block: file,
            ok: count(block.rows.len()),
            failed: count(block.failures.len()),
            causes: block.failures.iter().take(CAUSES_KEPT).cloned().collect(),
        }
    }
}

/// What all threads share.
pub(super) struct Shared<'a, S: Simulator> {
    simulator: &'a S,
    job: &'a Job,
    identity: &'a Identity,
    blocks: &'a Path,
    schedule: &'a Schedule,
    progress: &'a (dyn Fn(&Progress) + Sync),
    /// Whether to begin no more runs.
    stop: AtomicBool,
    done: AtomicU32,
    failed: AtomicU32,
    sealed: Mutex<Vec<DoneBlock>>,
    fault: Mutex<Option<EnsembleError>>,
    began: Instant,
    last_call: Mutex<Instant>,
}

/// One thread's state.
struct Hand<W> {
    worker: W,
    output: RunOutput,
    /// Values of one run for all cells of the series.
    values: Vec<f64>,
}

impl<'a, S: Simulator> Shared<'a, S> {
    pub(super) fn new(
        simulator: &'a S,
        job: &'a Job,
        identity: &'a Identity,
        blocks: &'a Path,
        schedule: &'a Schedule,
        progress: &'a (dyn Fn(&Progress) + Sync),
    ) -> Self {
        let now = Instant::now();
        Self {
            simulator,
            job,
            identity,
            blocks,
            schedule,
            progress,
            stop: AtomicBool::new(false),
            done: AtomicU32::new(0),
            failed: AtomicU32::new(0),
            sealed: Mutex::default(),
            fault: Mutex::default(),
            began: now,
            last_call: Mutex::new(now),
        }
    }

    /// The blocks sealed, and what ended the work early, if something did.
    pub(super) fn end(self) -> (Vec<DoneBlock>, Option<EnsembleError>) {
        let sealed = self.sealed.into_inner();
        let fault = self.fault.into_inner();
        (
            sealed.unwrap_or_else(PoisonError::into_inner),
            fault.unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Does the missing runs on the job's threads, until done, stopped or interrupted.
    pub(super) fn work(&self) {
        let wanted = u64::try_from(self.job.threads.max(1)).unwrap_or(u64::MAX);
        let threads = wanted.min(self.schedule.total());
        thread::scope(|scope| {
            for _ in 0..threads {
                let started = thread::Builder::new().spawn_scoped(scope, || self.keep_at_it());
                if let Err(error) = started {
                    self.give_up(EnsembleError::Thread(error));
                    break;
                }
            }
        });
        self.report(Instant::now());
    }

    fn keep_at_it(&self) {
        let worker = match self.new_worker() {
            Ok(worker) => worker,
            Err(error) => return self.give_up(error),
        };
        let mut hand = Hand {
            worker,
            output: RunOutput::default(),
            values: Vec::new(),
        };
        while !self.ending() {
            let Some((piece, run)) = self.schedule.take() else {
                break;
            };
            if let Err(error) = self.do_run(&mut hand, piece, run) {
                self.give_up(error);
            }
        }
    }

    fn new_worker(&self) -> Result<S::Worker, EnsembleError> {
        guarded(|| self.simulator.worker())
            .and_then(|worker| worker)
            .map_err(EnsembleError::Worker)
    }

    fn ending(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.job.interruption.requested().is_some()
    }

    fn give_up(&self, error: EnsembleError) {
        self.stop.store(true, Ordering::Relaxed);
        self.fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(error);
    }

    fn do_run(
        &self,
        hand: &mut Hand<S::Worker>,
        piece: &Piece,
        run: u32,
    ) -> Result<(), EnsembleError> {
        let layout = self.simulator.layout();
        let runs = self.schedule.runs();
        hand.output.clear(run);
        hand.output.keep_events = run < self.job.keep.events_of_first;
        hand.output.keep_path = run < self.job.keep.paths_of_first(layout, runs);
        let simulated = guarded(|| {
            self.simulator
                .simulate(&mut hand.worker, run, &mut hand.output)
        });
        let outcome = match simulated {
            Ok(Err(RunFailure::GivenUp)) => return Ok(()),
            Ok(Err(RunFailure::Failed(cause))) => Err(cause),
            Ok(Ok(())) => take_in(hand, piece, run, layout),
            Err(panic) => {
                hand.worker = self.new_worker()?;
                Err(format!("the model panicked: {panic}"))
            }
        };
        let block = match outcome {
            Ok(block) => block,
            Err(cause) => {
                self.failed.fetch_add(1, Ordering::Relaxed);
                if self.job.on_error == OnError::Stop {
                    self.stop.store(true, Ordering::Relaxed);
                }
                piece.add_failure(FailedRun { run, cause }, layout)
            }
        };
        if let Some(block) = block {
            let done = DoneBlock::new(block.seal(self.blocks, self.identity)?, &block);
            let mut sealed = self.sealed.lock().unwrap_or_else(PoisonError::into_inner);
            sealed.push(done);
        }
        self.count_one();
        Ok(())
    }

    fn count_one(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
        if let Ok(mut last) = self.last_call.try_lock() {
            let now = Instant::now();
            if now.duration_since(*last) >= BETWEEN_CALLS {
                *last = now;
                self.report(now);
            }
        }
    }

    fn report(&self, now: Instant) {
        let (total, to_do) = (self.identity.runs, self.schedule.runs());
        let done_now = self.done.load(Ordering::Relaxed);
        let missing = u32::try_from(self.schedule.total()).unwrap_or(u32::MAX);
        let seconds = now.duration_since(self.began).as_secs_f64();
        let runs_per_second = if seconds > 0.0 {
            f64::from(done_now) / seconds
        } else {
            0.0
        };
        let left = f64::from(missing.saturating_sub(done_now)) / runs_per_second;
        (self.progress)(&Progress {
            done: (to_do - missing) + done_now,
            total,
            failed: self.failed.load(Ordering::Relaxed),
            runs_per_second,
            // Of a job that may end before, nobody knows.
            seconds_left: (runs_per_second > 0.0 && to_do == total).then_some(left),
        });
    }
}

/// Hands what the run put out to its piece, if it is what the layout promises.
fn take_in<W>(
    hand: &mut Hand<W>,
    piece: &Piece,
    run: u32,
    layout: &Layout,
) -> Result<Option<Block>, String> {
    let output = &hand.output;
    let expected = layout.series_values();
    let baseline = if layout.paired { expected } else { 0 };
    if output.rows.run != run {
        return Err(format!("the model calls it run {}", output.rows.run));
    }
    if (output.series.len(), output.baseline_series.len()) != (expected, baseline) {
        return Err(format!(
            "{} and {} values of series, and the layout has {expected} and {baseline}",
            output.series.len(),
            output.baseline_series.len(),
        ));
    }
    output.rows.check(layout)?;
    let pairs = output.series.iter().zip(&output.baseline_series);
    hand.values.clear();
    hand.values.extend_from_slice(&output.series);
    hand.values.extend_from_slice(&output.baseline_series);
    hand.values.extend(pairs.map(|(level, base)| level - base));
    piece.add(&output.rows, &hand.values, layout)
}
