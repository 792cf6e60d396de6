//! When contracts end: at a phase that a customer's place decides, so that every month has
//! its part of every cell without a draw.

use std::ops::Range;

/// Contracts that end at a phase spread over all customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contracts {
    /// Months from one end to the next.
    pub months: u32,
    /// Customers in a row that share a phase (the interval of projects, so that phases of
    /// contracts and of projects combine in all ways).
    pub stride: u32,
}

impl Contracts {
    /// Calls `end` with those customers of a range, in order, whose contract ends in this
    /// month.
    pub(super) fn ending(self, month: u32, range: Range<usize>, mut end: impl FnMut(u32)) {
        let phase = (self.months - month % self.months) % self.months;
        let (period, offset) = (self.months * self.stride, phase * self.stride);
        let (start, stop) = (range.start as u32, range.end as u32);
        // The last block of customers in turn that begins at or before the range.
        let mut block = start.saturating_sub(offset) / period * period + offset;
        while block < stop {
            for customer in block.max(start)..(block + self.stride).min(stop) {
                end(customer);
            }
            block += period;
        }
    }
}

#[cfg(test)]
mod tests;
