//! When an ensemble has runs enough.
//!
//! A rule is only ever shown the first runs, in rising order, after numbers of runs that it
//! names itself: never those that happen to be done first. So it stops after the same run for
//! any number of threads and however often the work was interrupted.

use crate::result::RunRows;

/// Looks at the runs now and then, and says when there are enough.
pub trait StopRule {
    /// After how many runs it looks, having looked after `done` (0 before its first look):
    /// more than `done`. The most that the job allows come before that.
    fn next_look(&self, done: u32) -> u32;

    /// Takes in the next run that has rows.
    fn take(&mut self, rows: &RunRows);

    /// Looks: whether the runs taken in are enough.
    fn enough(&mut self) -> bool;
}
