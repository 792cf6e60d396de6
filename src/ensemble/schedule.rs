//! Which runs are missing, cut into pieces that become blocks, and handed out in rising
//! order to whoever is free. Threads take single runs, not blocks, so that the last
//! block is shared by all.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::measure::accumulator::SeriesAccumulator;
use crate::result::block::Block;
use crate::result::{FailedRun, Layout, RunRows};

/// Neighbouring runs that become one block.
pub(super) struct Piece {
    first: u32,
    end: u32,
    gathered: Mutex<Gathered>,
}

/// What has come in of a piece.
#[derive(Default)]
struct Gathered {
    rows: Vec<RunRows>,
    failures: Vec<FailedRun>,
    series: Option<SeriesAccumulator>,
}

/// The missing runs of a job.
pub(super) struct Schedule {
    pieces: Vec<Piece>,
    /// How many missing runs lie before each piece.
    before: Vec<u64>,
    total: u64,
    /// The run after the last.
    runs: u32,
    next: AtomicU64,
}

impl Schedule {
    /// The runs below `runs` that no range of `done` (first run, run after the last)
    /// holds, in pieces cut at multiples of `runs_per_block`. `done` is in order and does
    /// not overlap.
    pub(super) fn new(runs: u32, runs_per_block: u32, done: &[(u32, u32)]) -> Self {
        let size = u64::from(runs_per_block.max(1));
        let (mut pieces, mut before, mut total) = (Vec::new(), Vec::new(), 0);
        let mut fill = |from: u32, to: u32| {
            let mut first = from;
            while first < to {
                let cut = (u64::from(first) / size + 1) * size;
                let end = u32::try_from(cut).unwrap_or(u32::MAX).min(to);
                before.push(total);
                total += u64::from(end - first);
                pieces.push(Piece::new(first, end));
                first = end;
            }
        };
        let mut from = 0;
        for &(first, end) in done {
            fill(from, first);
            from = end;
        }
        fill(from, runs);
        Self {
            pieces,
            before,
            total,
            runs,
            next: AtomicU64::new(0),
        }
    }

    /// The run after the last of those that are to be done.
    pub(super) fn runs(&self) -> u32 {
        self.runs
    }

    /// How many runs are missing.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// The next missing run and its piece; nobody else is given it.
    pub(super) fn take(&self) -> Option<(&Piece, u32)> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        if index >= self.total {
            return None;
        }
        let place = self.before.partition_point(|&before| before <= index) - 1;
        let piece = &self.pieces[place];
        let run = u64::from(piece.first) + index - self.before[place];
        Some((piece, u32::try_from(run).unwrap_or(u32::MAX)))
    }

    /// What has come in of pieces that are not whole, as shorter blocks, after all
    /// threads have ended.
    pub(super) fn into_partial_blocks(self, layout: &Layout) -> Vec<Block> {
        self.pieces
            .into_iter()
            .filter_map(|piece| {
                let gathered = piece
                    .gathered
                    .into_inner()
                    .unwrap_or_else(PoisonError::into_inner);
                gathered.into_block(piece.first, layout)
            })
            .collect()
    }
}

impl Piece {
    fn new(first: u32, end: u32) -> Self {
        Self {
            first,
            end,
            gathered: Mutex::default(),
        }
    }

    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in a run that went well: its rows, and `values` for the cells of the
    /// series. The whole block, if this was the last run missing in it.
    ///
    /// # Errors
    /// Why the values cannot be summed; then nothing was taken in.
    pub(super) fn add(
        &self,
        rows: &RunRows,
        values: &[f64],
        layout: &Layout,
    ) -> Result<Option<Block>, String> {
        let rows = rows.clone();
        let mut gathered = self.gathered();
        gathered
            .series
            .get_or_insert_with(|| SeriesAccumulator::new(layout.spans()))
            .push_run(values)
            .map_err(|error| error.to_string())?;
        gathered.rows.push(rows);
        Ok(self.block_if_whole(gathered, layout))
    }

    /// Takes in a run that failed. The whole block, if it was the last run missing.
    pub(super) fn add_failure(&self, failure: FailedRun, layout: &Layout) -> Option<Block> {
        let mut gathered = self.gathered();
        gathered.failures.push(failure);
        self.block_if_whole(gathered, layout)
    }

    fn block_if_whole(
        &self,
        mut gathered: MutexGuard<'_, Gathered>,
        layout: &Layout,
    ) -> Option<Block> {
        let in_hand = gathered.rows.len() + gathered.failures.len();
        if in_hand < (self.end - self.first) as usize {
            return None;
        }
        let whole = std::mem::take(&mut *gathered);
        // Sorting and counting need not keep the others waiting.
        drop(gathered);
        whole.into_block(self.first, layout)
    }
}

impl Gathered {
    /// The block of these runs, if they follow each other without a gap from `first`.
    fn into_block(mut self, first: u32, layout: &Layout) -> Option<Block> {
        self.rows.sort_unstable_by_key(|rows| rows.run);
        self.failures.sort_unstable_by_key(|failure| failure.run);
        let rows = self.rows.iter().map(|rows| rows.run);
        let mut runs: Vec<u32> = rows.chain(self.failures.iter().map(|f| f.run)).collect();
        runs.sort_unstable();
        let end = first + u32::try_from(runs.len()).ok()?;
        let series = self
            .series
            .unwrap_or_else(|| SeriesAccumulator::new(layout.spans()));
        (first < end && runs.into_iter().eq(first..end)).then(|| Block {
            first,
            end,
            rows: self.rows,
            failures: self.failures,
            series: series.into_series(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_run_is_handed_out_once_in_order() {
        let schedule = Schedule::new(100, 16, &[(16, 20), (48, 64), (99, 100)]);
        let mut runs = Vec::new();
        while let Some((piece, run)) = schedule.take() {
            assert!((piece.first..piece.end).contains(&run));
            runs.push(run);
        }
        let expected: Vec<u32> = (0..16).chain(20..48).chain(64..99).collect();
        assert_eq!(runs, expected);
        assert_eq!(schedule.total(), expected.len() as u64);
    }

    #[test]
    fn a_job_that_is_done_or_empty_hands_out_nothing() {
        assert!(Schedule::new(10, 4, &[(0, 10)]).take().is_none());
        assert!(Schedule::new(0, 4, &[]).take().is_none());
        assert_eq!(
            Schedule::new(u32::MAX, u32::MAX, &[]).total(),
            u64::from(u32::MAX)
        );
    }

    #[test]
    fn a_gap_in_a_piece_makes_no_block() {
        let layout = Layout::default();
        let schedule = Schedule::new(8, 8, &[]);
        let (piece, _) = schedule.take().unwrap();
        for run in [0, 1, 3] {
            let rows = RunRows {
                run,
                ..RunRows::default()
            };
            assert!(piece.add(&rows, &[], &layout).unwrap().is_none());
        }
        assert!(schedule.into_partial_blocks(&layout).is_empty());
    }
}
