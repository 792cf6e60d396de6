//! When contracts end: at a phase that a customer's place decides, so that every month has
//! its part of every cell without a draw.

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
    /// Appends the customers whose contract ends in this month.
    pub(super) fn ending(self, month: u32, customers: usize, out: &mut Vec<u32>) {
        let phase = (self.months - month % self.months) % self.months;
        let period = self.months * self.stride;
        let mut first = phase * self.stride;
        while (first as usize) < customers {
            out.extend(first..(first + self.stride).min(customers as u32));
            first += period;
        }
    }
}
