//! What customers see of their neighbours, a month late, and what that adds to the weights
//! of providers.

use super::choice::ChoiceTables;
use super::columns::NONE;
use super::market::Market;

impl Market {
    /// Notes that a customer's primary provider may have changed this month.
    #[inline]
    pub(super) fn note_change(&mut self, customer: usize) {
        // A full list stands for everybody.
        if self.changed.len() < self.changed.capacity() {
            self.changed.push(customer as u32);
        }
    }

    /// Makes this month's moves visible to neighbours.
    pub fn publish(&mut self) {
        let (columns, nests) = (&mut self.columns, &self.nests);
        let mut see = |customer: usize| {
            columns.seen_provider[customer] = match columns.offering[customer][0] {
                NONE => NONE,
                offering => nests.provider_of(offering),
            };
        };
        if self.changed.len() == self.changed.capacity() {
            (0..self.population.customers()).for_each(&mut see);
        } else {
            self.changed.iter().for_each(|&c| see(c as usize));
        }
        self.changed.clear();
    }

    /// What a customer's neighbours add to the weight of one provider.
    pub(super) fn peer_factor(&self, customer: usize, provider: usize) -> f64 {
        let list = self.population.neighbours().of(customer);
        let with = |&&neighbour: &&u32| {
            usize::from(self.columns.seen_provider[neighbour as usize]) == provider
        };
        self.peers[list.len()][list.iter().filter(with).count()]
    }

    /// Fills `weights` with the cell's weights times what the customer's neighbours add,
    /// and times `strange` for providers outside the bit set `known`; returns their sum.
    #[inline]
    pub(super) fn peer_weights(
        &self,
        cell: usize,
        customer: usize,
        (known, strange): (u32, f64),
        weights: &mut [f64; 16],
    ) -> f64 {
        self.peer_weights_in(&self.tables, cell, customer, (known, strange), weights)
    }

    /// The same under other tables.
    #[inline]
    pub(super) fn peer_weights_in(
        &self,
        tables: &ChoiceTables,
        cell: usize,
        customer: usize,
        (known, strange): (u32, f64),
        weights: &mut [f64; 16],
    ) -> f64 {
        let list = self.population.neighbours().of(customer);
        let peers = &self.peers[list.len()];
        let factor = [strange, 1.0];
        let row = tables.weights(cell);
        let mut total = 0.0;
        if row.len() <= 8 {
            // Counts of all providers in one word, a byte each.
            let mut counts = 0u64;
            for &neighbour in list {
                let p = self.columns.seen_provider[neighbour as usize];
                counts += u64::from(p != NONE) << (8 * u32::from(p & 7));
            }
            for (p, (&weight, out)) in row.iter().zip(weights).enumerate() {
                let count = ((counts >> (8 * p)) & 31) as usize;
                *out = weight * peers[count] * factor[(known >> p & 1) as usize];
                total += *out;
            }
        } else {
            let mut counts = [0u8; 16];
            for &neighbour in list {
                let p = self.columns.seen_provider[neighbour as usize];
                counts[usize::from(p & 15)] += u8::from(p != NONE);
            }
            for (p, ((&weight, out), count)) in row.iter().zip(weights).zip(counts).enumerate() {
                *out = weight * peers[usize::from(count & 31)] * factor[(known >> p & 1) as usize];
                total += *out;
            }
        }
        total
    }
}
