//! What can go wrong in this room.

use thiserror::Error;

/// Why a statistic was refused. Never used for "not estimable", which is `None`.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// A value that has no fixed-point form.
    #[error(
        "{value} cannot be summed: it is not a number, or is beyond ±2^55 (3.6e16); use a larger unit"
    )]
    NotSummable {
        /// The value refused.
        value: f64,
    },
    /// One run's values hold something that has no fixed-point form.
    #[error(
        "cell {cell} of a run holds {value}, which cannot be summed: it is beyond ±2^55 (3.6e16); use a larger unit"
    )]
    CellNotSummable {
        /// Index of the cell in the layout, from 0.
        cell: usize,
        /// The value refused.
        value: f64,
    },
    /// More values than the sums can hold exactly.
    #[error("more than 4,294,967,295 values in one sum; split the runs into several results")]
    TooMany,
    /// Columns or rows that should be equally long are not.
    #[error("{found} values where {expected} were expected")]
    WrongLength {
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A grid whose bins cannot be formed.
    #[error("a grid cannot be formed: {why}")]
    BadGrid {
        /// Which rule the grid breaks.
        why: &'static str,
    },
    /// Two series over different cells.
    #[error(
        "the series differ in their cells or grids and cannot be merged; use results of the same scenario and version"
    )]
    LayoutsDiffer,
    /// A series that no accumulator wrote.
    #[error("the stored series is damaged: {why}; write the result again")]
    DamagedSeries {
        /// Which rule is broken.
        why: &'static str,
    },
    /// Run ids that are not strictly increasing.
    #[error("run {run} is out of order or given twice; sort the rows by run")]
    RunsUnsorted {
        /// The first run that is not above the one before it.
        run: u64,
    },
    /// A run that only one of two paired columns has.
    #[error(
        "run {run} is in only one of the two columns, so they cannot be paired; run the missing one"
    )]
    RunUnpaired {
        /// The first run without a partner.
        run: u64,
    },
    /// A duration that is not a length of time.
    #[error("{value} is not a duration: it must be a finite number, 0 or more")]
    BadDuration {
        /// The value refused.
        value: f64,
    },
    /// A forecast that is no distribution.
    #[error("the forecast is no distribution: {why}")]
    BadForecast {
        /// Which rule it breaks.
        why: &'static str,
    },
}
