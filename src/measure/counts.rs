//! Counts of values in bins, kept only for bins in use.
//!
//! Cells lie in blocks of 512, each rewritten as a whole when runs are added: a block
//! fits a processor's cache, and the second copy is one block, not the series.

use serde::{Deserialize, Serialize};

/// How many cells a block holds.
pub(super) const BLOCK_CELLS: usize = 512;

/// The sizes of the blocks that hold this many cells.
pub(super) fn block_sizes(cells: usize) -> impl ExactSizeIterator<Item = usize> {
    let blocks = cells.div_ceil(BLOCK_CELLS);
    (0..blocks).map(move |block| BLOCK_CELLS.min(cells - block * BLOCK_CELLS))
}

/// The bins in use of neighbouring cells, with how many values are in each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CountBlock {
    /// Where the bins of each cell begin, and after the last, where they end.
    pub(super) offsets: Vec<u32>,
    pub(super) bins: Vec<u16>,
    pub(super) counts: Vec<u32>,
}

impl CountBlock {
    /// No counts, for this many cells.
    pub(super) fn new(cells: usize) -> Self {
        Self {
            offsets: vec![0; cells + 1],
            bins: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// Whether the bins are divided among exactly this many cells.
    pub(super) fn divides(&self, cells: usize) -> bool {
        self.offsets.len() == cells + 1
            && self.bins.len() == self.counts.len()
            && self.offsets[0] == 0
            && self.offsets[cells] as usize == self.bins.len()
            && self.offsets.is_sorted()
    }

    /// The bins in use of one cell, rising, and their counts.
    pub(super) fn histogram(&self, cell: usize) -> (&[u16], &[u32]) {
        let range = self.offsets[cell] as usize..self.offsets[cell + 1] as usize;
        (&self.bins[range.clone()], &self.counts[range])
    }

    /// Rewrites the counts with what `more` adds to each cell.
    pub(super) fn count_also(
        &mut self,
        tally: &mut Tally,
        mut more: impl FnMut(usize, &mut Tally),
    ) {
        let cells = self.offsets.len() - 1;
        let mut new = Self {
            offsets: Vec::with_capacity(cells + 1),
            bins: Vec::with_capacity(self.bins.len() + cells),
            counts: Vec::with_capacity(self.bins.len() + cells),
        };
        new.offsets.push(0);
        for cell in 0..cells {
            let (bins, counts) = self.histogram(cell);
            tally.add_all(bins, counts);
            more(cell, tally);
            tally.drain_into(&mut new.bins, &mut new.counts);
            new.offsets.push(new.bins.len() as u32);
        }
        *self = new;
    }
}

/// Counts of one cell while they are gathered; emptied by reading.
pub(super) struct Tally {
    counts: Vec<u32>,
    /// One bit for each bin in use, so that emptying skips the others.
    in_use: Vec<u64>,
}

impl Tally {
    /// Room for bins below `bins`.
    pub(super) fn new(bins: Option<u16>) -> Self {
        let bins = usize::from(bins.unwrap_or(0));
        Self {
            counts: vec![0; bins],
            in_use: vec![0; bins.div_ceil(64)],
        }
    }

    #[inline]
    pub(super) fn add(&mut self, bin: u16, count: u32) {
        let bin = usize::from(bin);
        self.counts[bin] += count;
        self.in_use[bin / 64] |= 1 << (bin % 64);
    }

    pub(super) fn add_all(&mut self, bins: &[u16], counts: &[u32]) {
        for (&bin, &count) in bins.iter().zip(counts) {
            self.add(bin, count);
        }
    }

    fn drain_into(&mut self, bins: &mut Vec<u16>, counts: &mut Vec<u32>) {
        for (word, in_use) in self.in_use.iter_mut().enumerate() {
            while *in_use != 0 {
                let bin = word * 64 + in_use.trailing_zeros() as usize;
                *in_use &= *in_use - 1;
                bins.push(bin as u16);
                counts.push(std::mem::take(&mut self.counts[bin]));
            }
        }
    }
}
