//! A job in its folder, done run by run from the first: as far as is wanted, then looked at,
//! then further, and at the end made a result of so many runs as there are then.

use super::assembly::assemble;
use super::lifecycle::{Ending, Outcome, Summarise};
use super::schedule::Schedule;
use super::workers::{DoneBlock, Progress, Shared};
use super::{EnsembleError, Job, OnError, Simulator};
use crate::result::block::{SealedBlock, blocks_in, runs_per_block};
use crate::result::{Folder, Identity, Layout, Manifest, Opened, ResultError, RunRows};

/// How many causes of failure an outcome tells.
const CAUSES_TOLD: usize = 5;

/// A job that has been begun.
pub struct Underway<'a, S: Simulator> {
    job: &'a Job,
    simulator: &'a S,
    folder: Folder,
    /// Blocks on the disk, by first run.
    done: Vec<DoneBlock>,
    resumed: u32,
}

impl<'a, S: Simulator> Underway<'a, S> {
    /// Goes on from the blocks of earlier attempts in `folder`.
    ///
    /// # Errors
    /// [`EnsembleError`]
    pub fn begin(job: &'a Job, simulator: &'a S, folder: Folder) -> Result<Self, EnsembleError> {
        debug_assert!(
            job.keep
                .arguments()
                .iter()
                .all(|(key, value)| { folder.identity().arguments.get(key) == Some(value) }),
            "what is kept must be part of the folder's identity"
        );
        let done = earlier_blocks(job, &folder, simulator.layout())?;
        Ok(Self {
            resumed: runs_in(&done),
            job,
            simulator,
            folder,
            done,
        })
    }

    /// The most runs that the job allows.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.folder.identity().runs
    }

    /// The job's identity.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        self.folder.identity()
    }

    /// Whether an end was asked for.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.job.interruption.requested().is_some()
    }

    /// Does the missing runs below `to`; whether all of them are done then, and the job accepts
    /// those that failed. `progress` is called from the working threads.
    ///
    /// # Errors
    /// [`EnsembleError`]; what was sealed by then stays.
    pub fn advance(
        &mut self,
        to: u32,
        progress: &(dyn Fn(&Progress) + Sync),
    ) -> Result<bool, EnsembleError> {
        self.cut_at(to)?;
        let sealed = self.missing_runs_below(to, progress)?;
        self.done.extend(sealed);
        self.done.sort_by_key(|done| done.block.first);
        let below = self.below(to);
        Ok(runs_in_all(&below) == to && !self.refused(&below))
    }

    /// Hands over the rows of the runs from `from` up to, not including, `to`, in their order.
    /// One block is in memory at a time.
    ///
    /// # Errors
    /// [`EnsembleError`] when a block cannot be read.
    pub fn rows(
        &self,
        from: u32,
        to: u32,
        take: &mut dyn FnMut(&RunRows),
    ) -> Result<(), EnsembleError> {
        let wanted = |done: &&DoneBlock| done.block.first < to && done.block.end > from;
        for done in self.done.iter().filter(wanted) {
            let (identity, layout) = (self.folder.identity(), self.simulator.layout());
            let block = done.block.load(identity, layout)?;
            let rows = block.rows.iter();
            rows.filter(|rows| (from..to).contains(&rows.run))
                .for_each(&mut *take);
        }
        Ok(())
    }

    /// Ends the work: a result of the first `runs`, if they are all there.
    ///
    /// # Errors
    /// [`EnsembleError`]; nothing that was sealed is lost.
    pub fn end(self, runs: u32, summarise: &Summarise<'_>) -> Result<Outcome, EnsembleError> {
        let below = self.below(runs);
        let (ok, failed) = counts(&below);
        let refused = self.refused(&below);
        let skipped = runs - runs_in_all(&below);
        let causes = below.iter().flat_map(|done| &done.causes).take(CAUSES_TOLD);
        let causes = causes.map(ToString::to_string).collect();
        let ending = match self.job.interruption.requested() {
            _ if skipped == 0 && !refused => {
                let blocks: Vec<SealedBlock> = below.iter().map(|d| d.block.clone()).collect();
                Ending::Whole(Box::new(commit(
                    self.job,
                    self.folder,
                    &blocks,
                    (self.simulator.layout(), runs),
                    summarise,
                )?))
            }
            Some(signal) if skipped > 0 => Ending::Interrupted(signal),
            _ => Ending::Failed,
        };
        Ok(Outcome {
            ending,
            ok,
            failed,
            skipped,
            resumed: self.resumed,
            causes,
        })
    }

    fn below(&self, to: u32) -> Vec<&DoneBlock> {
        let done = self.done.iter();
        done.filter(|done| done.block.end <= to).collect()
    }

    /// Whether so many runs failed that the job has no result.
    fn refused(&self, done: &[&DoneBlock]) -> bool {
        let (ok, failed) = counts(done);
        failed > 0 && (ok == 0 || self.job.on_error != OnError::Continue)
    }

    /// Removes a block that lies across this number of runs: no job of this program makes one,
    /// and its runs are done again.
    fn cut_at(&mut self, to: u32) -> Result<(), EnsembleError> {
        let across = |done: &DoneBlock| done.block.first < to && done.block.end > to;
        if let Some(at) = self.done.iter().position(across) {
            self.done.remove(at).block.remove()?;
        }
        Ok(())
    }

    /// Does the runs below `to` that are not done; the blocks that this sealed.
    fn missing_runs_below(
        &self,
        to: u32,
        progress: &(dyn Fn(&Progress) + Sync),
    ) -> Result<Vec<DoneBlock>, EnsembleError> {
        let (job, simulator, identity) = (self.job, self.simulator, self.folder.identity());
        let held: Vec<(u32, u32)> = self
            .below(to)
            .iter()
            .map(|done| (done.block.first, done.block.end))
            .collect();
        let size = job.runs_per_block.unwrap_or(runs_per_block(self.most()));
        let schedule = Schedule::new(to, size, &held);
        let blocks = self.folder.blocks();
        let shared = Shared::new(simulator, job, identity, &blocks, &schedule, progress);
        shared.work();
        let (mut sealed, fault) = shared.end();
        // What is in hand is worth keeping whatever ended the work.
        for block in schedule.into_partial_blocks(simulator.layout()) {
            match block.seal(&blocks, identity) {
                Ok(file) => sealed.push(DoneBlock::new(file, &block)),
                Err(error) => return Err(fault.unwrap_or_else(|| error.into())),
            }
        }
        fault.map_or(Ok(sealed), Err)
    }
}

fn counts(done: &[&DoneBlock]) -> (u32, u32) {
    done.iter().fold((0, 0), |(ok, failed), done| {
        (ok + done.ok, failed + done.failed)
    })
}

fn runs_in_all(done: &[&DoneBlock]) -> u32 {
    let (ok, failed) = counts(done);
    ok + failed
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

/// Writes tables and summary of the first `runs`, and makes the folder a result.
fn commit(
    job: &Job,
    folder: Folder,
    blocks: &[SealedBlock],
    (layout, runs): (&Layout, u32),
    summarise: &Summarise<'_>,
) -> Result<Opened, EnsembleError> {
    let finished = assemble(&folder, blocks, (layout, runs), job)?;
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
