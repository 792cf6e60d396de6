//! Takes the values of one run after another into a [`Series`].
//!
//! Sums are kept up to date run by run. Counting in sparse form rewrites all counts,
//! so the bins of 64 runs, or of as many as there are counts, wait in a buffer and are
//! then counted in one pass over the cells: the cost of a run stays the same however
//! many there were. Memory beside the series: 2 bytes a cell and waiting run, at most
//! the larger of 128 bytes a cell and a third of the counts.

use super::MeasureError;
use super::fixed::Fixed;
use super::grid::NO_VALUE;
use super::series::{Series, Span};

/// How many runs wait at least before they are counted.
const WAITING_RUNS: usize = 64;

/// A [`Series`] that runs can still be added to.
#[derive(Debug, Clone)]
pub struct SeriesAccumulator {
    series: Series,
    /// The bins of the waiting runs: all cells of the first, then of the second, …
    waiting: Vec<u16>,
}

impl SeriesAccumulator {
    /// No runs yet, over the cells of `layout`, in its order.
    pub fn new(layout: Vec<Span>) -> Self {
        Self {
            series: Series::new(layout),
            waiting: Vec::new(),
        }
    }

    /// Adds one run: a value for each cell, NaN where the run has none.
    ///
    /// # Errors
    /// [`MeasureError::WrongLength`] if there is not one value a cell;
    /// [`MeasureError::CellNotSummable`] for a value beyond ±2^55 or infinite;
    /// [`MeasureError::TooMany`] past 2^32 - 1 runs. Nothing is added then.
    pub fn push_run(&mut self, values: &[f64]) -> Result<(), MeasureError> {
        let cells = self.series.len();
        if values.len() != cells {
            return Err(MeasureError::WrongLength {
                expected: cells,
                found: values.len(),
            });
        }
        if self.series.runs == u32::MAX {
            return Err(MeasureError::TooMany);
        }
        if values.iter().any(|value| value.abs() > Fixed::LIMIT) {
            let refused = |value: &f64| value.abs() > Fixed::LIMIT;
            let cell = values.iter().position(refused).unwrap_or(0);
            return Err(MeasureError::CellNotSummable {
                cell,
                value: values[cell],
            });
        }
        for (moments, &value) in self.series.moments.iter_mut().zip(values) {
            if !value.is_nan() {
                moments.accumulate(Fixed::from_checked(value));
            }
        }
        self.series.runs += 1;
        self.put_in_bins(values);
        if self.waiting.len() >= (WAITING_RUNS * cells).max(self.series.bins_in_use()) {
            self.count_waiting();
        }
        Ok(())
    }

    fn put_in_bins(&mut self, values: &[f64]) {
        let start = self.waiting.len();
        self.waiting.resize(start + values.len(), NO_VALUE);
        let (mut values, mut bins) = (values, &mut self.waiting[start..]);
        for span in &self.series.layout {
            let (here, later) = values.split_at(span.cells as usize);
            let (bins_here, bins_later) = bins.split_at_mut(span.cells as usize);
            span.grid.fill_bins(here, bins_here);
            (values, bins) = (later, bins_later);
        }
    }

    fn count_waiting(&mut self) {
        let cells = self.series.len();
        let waiting = &self.waiting;
        if waiting.is_empty() {
            return;
        }
        self.series.count_also(|cell, tally| {
            for &bin in waiting[cell..].iter().step_by(cells) {
                if bin != NO_VALUE {
                    tally.add(bin, 1);
                }
            }
        });
        self.waiting.clear();
    }

    /// The series of all runs so far.
    pub fn series(&mut self) -> &Series {
        self.count_waiting();
        &self.series
    }

    /// The series of all runs, for storing or merging.
    pub fn into_series(mut self) -> Series {
        self.count_waiting();
        self.series
    }

    /// Adds the runs of another accumulator over the same cells.
    ///
    /// # Errors
    /// As [`Series::merge`].
    pub fn merge(&mut self, other: Self) -> Result<(), MeasureError> {
        self.count_waiting();
        self.series.merge(&other.into_series())
    }
}

impl From<Series> for SeriesAccumulator {
    /// Goes on from a stored series.
    fn from(series: Series) -> Self {
        Self {
            series,
            waiting: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
