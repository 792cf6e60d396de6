//! What many runs say about many cells, in a form that does not depend on how the
//! runs were shared out.
//!
//! A cell is one number that every run yields: a metric at a date, for one provider,
//! country or segment. For each cell a [`Series`] keeps exact sums
//! ([`Moments`]) and how many runs fell in each bin of its [`Grid`], only bins that
//! are not empty. Both are whole numbers, so runs may be split over threads and
//! shards in any way: the merged series has the same bytes. Quantiles do not merge;
//! counts do.
//!
//! A cell costs 64 bytes and 6 more for each bin in use.

use serde::{Deserialize, Serialize};

use super::MeasureError;
use super::counts::{BLOCK_CELLS, CountBlock, Tally, block_sizes};
use super::fixed::Moments;
use super::grid::Grid;
use super::quantile::{QuantileRanks, quantile_rank};

/// Neighbouring cells that share a grid.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// The bins of these cells.
    pub grid: Grid,
    /// How many cells there are.
    pub cells: u32,
}

/// Canonical sums over runs for many cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Series {
    pub(super) layout: Vec<Span>,
    pub(super) runs: u32,
    pub(super) moments: Vec<Moments>,
    /// Counts of cells 0 to 511, of 512 to 1023, …
    blocks: Vec<CountBlock>,
}

impl Series {
    /// A series of no runs over the cells of `layout`, in its order.
    pub fn new(layout: Vec<Span>) -> Self {
        let cells = cells_of(&layout);
        Self {
            layout,
            runs: 0,
            moments: vec![Moments::default(); cells],
            blocks: block_sizes(cells).map(CountBlock::new).collect(),
        }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.moments.len()
    }

    /// Whether there are no cells.
    pub fn is_empty(&self) -> bool {
        self.moments.is_empty()
    }

    /// How many runs are in, with or without a value in a given cell.
    pub fn runs(&self) -> u64 {
        u64::from(self.runs)
    }

    /// The spans of cells, in order.
    pub fn layout(&self) -> &[Span] {
        &self.layout
    }

    /// Adds the runs of another series over the same cells.
    ///
    /// # Errors
    /// [`MeasureError::LayoutsDiffer`] if the cells are not the same;
    /// [`MeasureError::TooMany`] past 2^32 - 1 runs. `self` is then unchanged.
    pub fn merge(&mut self, other: &Self) -> Result<(), MeasureError> {
        if self.layout != other.layout {
            return Err(MeasureError::LayoutsDiffer);
        }
        let runs = self
            .runs
            .checked_add(other.runs)
            .ok_or(MeasureError::TooMany)?;
        let mut moments = self.moments.clone();
        for (ours, theirs) in moments.iter_mut().zip(&other.moments) {
            ours.merge(theirs)?;
        }
        self.moments = moments;
        self.runs = runs;
        self.count_also(|cell, tally| {
            let (bins, counts) = other.histogram(cell);
            tally.add_all(bins, counts);
        });
        Ok(())
    }

    /// Rewrites the counts with what `more` adds to each cell.
    pub(super) fn count_also(&mut self, mut more: impl FnMut(usize, &mut Tally)) {
        let mut tally = Tally::new(self.layout.iter().map(|span| span.grid.bins()).max());
        for (index, block) in self.blocks.iter_mut().enumerate() {
            block.count_also(&mut tally, |cell, tally| {
                more(index * BLOCK_CELLS + cell, tally)
            });
        }
    }

    /// How many pairs of a cell and a bin are in use.
    pub(super) fn bins_in_use(&self) -> usize {
        self.blocks.iter().map(|block| block.bins.len()).sum()
    }

    fn histogram(&self, cell: usize) -> (&[u16], &[u32]) {
        self.blocks[cell / BLOCK_CELLS].histogram(cell % BLOCK_CELLS)
    }

    /// Every cell, in the order of the layout.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        let grids = self
            .layout
            .iter()
            .flat_map(|span| std::iter::repeat_n(span.grid, span.cells as usize));
        grids
            .zip(&self.moments)
            .enumerate()
            .map(|(index, (grid, moments))| {
                let (bins, counts) = self.histogram(index);
                Cell {
                    grid,
                    moments,
                    bins,
                    counts,
                }
            })
    }

    /// One cell; `None` past the end. To read all, [`Series::cells`] is quicker.
    pub fn cell(&self, index: usize) -> Option<Cell<'_>> {
        let mut left = index;
        for span in &self.layout {
            if left < span.cells as usize {
                let (bins, counts) = self.histogram(index);
                return Some(Cell {
                    grid: span.grid,
                    moments: &self.moments[index],
                    bins,
                    counts,
                });
            }
            left -= span.cells as usize;
        }
        None
    }
}

/// How many cells the spans hold.
fn cells_of(layout: &[Span]) -> usize {
    layout.iter().map(|span| span.cells as usize).sum()
}

/// What the runs say about one cell.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    grid: Grid,
    moments: &'a Moments,
    bins: &'a [u16],
    counts: &'a [u32],
}

impl Cell<'_> {
    /// How many runs have a value here.
    pub fn n(&self) -> u64 {
        self.moments.n()
    }

    /// The mean over those runs, free of bin error; `None` without any.
    pub fn mean(&self) -> Option<f64> {
        self.moments.mean()
    }

    /// The standard error of the mean, free of bin error; `None` below two runs.
    pub fn standard_error(&self) -> Option<f64> {
        self.moments.standard_error()
    }

    /// The bins, whose [`Grid::error`] bounds the error of the quantiles.
    pub fn grid(&self) -> Grid {
        self.grid
    }

    /// The p-quantile, as the centre of its bin; `None` as in [`quantile_rank`].
    pub fn quantile(&self, p: f64) -> Option<f64> {
        self.value_at_rank(quantile_rank(self.n(), p)?)
    }

    /// The ends of a quantile's interval, from ranks made for this cell's `n`.
    pub fn quantile_interval(&self, ranks: &QuantileRanks) -> (Option<f64>, Option<f64>) {
        let at = |rank: Option<u64>| self.value_at_rank(rank?);
        (at(ranks.lower), at(ranks.upper))
    }

    /// The value of this rank, from 1, as the centre of its bin.
    pub fn value_at_rank(&self, rank: u64) -> Option<f64> {
        let mut below = 0;
        if rank == 0 {
            return None;
        }
        for (&bin, &count) in self.bins.iter().zip(self.counts) {
            below += u64::from(count);
            if below >= rank {
                return Some(self.grid.centre(bin));
            }
        }
        None
    }

    /// How many values lay below and above the grid, and are read back as its ends.
    pub fn outside(&self) -> (u64, u64) {
        let last = self.grid.bins() - 1;
        let count = |bin: Option<&u16>, is: u16, count: Option<&u32>| match (bin, count) {
            (Some(&bin), Some(&count)) if bin == is => u64::from(count),
            _ => 0,
        };
        (
            count(self.bins.first(), 0, self.counts.first()),
            count(self.bins.last(), last, self.counts.last()),
        )
    }
}

/// A series as read, before it is known to be sound.
#[derive(Deserialize)]
struct Stored {
    layout: Vec<Span>,
    runs: u32,
    moments: Vec<Moments>,
    blocks: Vec<CountBlock>,
}

impl TryFrom<Stored> for Series {
    type Error = MeasureError;

    fn try_from(stored: Stored) -> Result<Self, MeasureError> {
        let series = Self {
            layout: stored.layout,
            runs: stored.runs,
            moments: stored.moments,
            blocks: stored.blocks,
        };
        series
            .check()
            .map_err(|why| MeasureError::DamagedSeries { why })?;
        Ok(series)
    }
}

impl Series {
    /// Whether every rule that reading relies on holds.
    fn check(&self) -> Result<(), &'static str> {
        let cells: u64 = self.layout.iter().map(|span| u64::from(span.cells)).sum();
        if self.moments.len() as u64 != cells {
            return Err("the number of cells is not that of the layout");
        }
        let divided = block_sizes(self.len()).len() == self.blocks.len()
            && block_sizes(self.len())
                .zip(&self.blocks)
                .all(|(size, block)| block.divides(size));
        if !divided {
            return Err("the bins are not divided among the cells");
        }
        for cell in self.cells() {
            let counted: u64 = cell.counts.iter().map(|&count| u64::from(count)).sum();
            if counted != cell.n() || counted > self.runs() || cell.counts.contains(&0) {
                return Err("the counts of a cell do not add up to its runs");
            }
            if cell.bins.windows(2).any(|pair| pair[0] >= pair[1])
                || cell.bins.last().is_some_and(|&bin| bin >= cell.grid.bins())
            {
                return Err("the bins of a cell are not in order");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
