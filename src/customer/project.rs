//! Projects: new workload. Each offers a part of what a customer still has on premises; it
//! is placed by the nested choice with the small cost s_new of a provider not used yet,
//! or deferred. A customer without cloud has none until it considers it (see
//! [`super::adoption`]). Half the world's answer to news happens here, not in the installed base.

use super::columns::{NONE, SLOTS};
use super::market::Market;
use crate::chance::EntityKey;

const BATCH: usize = 256;

impl Market {
    /// The projects of one month: customers take turns by their place, every
    /// `interval` months. `share` is the part of the stock on premises that a project
    /// offers; `new_factor = exp(−s_new)`.
    pub fn run_projects(&mut self, month: u32, interval: u32, share: f64, new_factor: f64) {
        let customers = self.population.customers();
        let watched = self.watches_acts_in(month);
        let first = (interval - month % interval) % interval;
        let mut keys = [EntityKey::of(""); BATCH];
        let (mut choices, mut second) = ([0.0; BATCH], [0.0; BATCH]);
        let mut customer = first as usize;
        let mut at = (0, 0, self.population.cell(0).end);
        while customer < customers {
            let mut n = 0;
            let (batch_first, mut ahead) = (customer, at);
            while n < BATCH && customer < customers {
                ahead = self.walk(ahead, customer);
                keys[n] = self.population.key(ahead.1, customer);
                customer += interval as usize;
                n += 1;
            }
            self.project_stream.pairs(
                self.run,
                &keys[..n],
                month,
                &mut choices[..n],
                &mut second[..n],
            );
            for j in 0..n {
                let due = batch_first + j * interval as usize;
                at = self.walk(at, due);
                let (cell, group, _) = at;
                let Some(luck) = self.luck_of_project(group, due, choices[j]) else {
                    continue;
                };
                self.ledger.projects[group] += 1;
                self.ledger.offered += f64::from(self.columns.on_premises[due]) * share;
                let chosen = self.choose_project(cell, due, new_factor, luck, second[j]);
                if watched {
                    self.note_act(
                        month,
                        (cell, group, due),
                        (self.known(due), new_factor),
                        chosen,
                    );
                }
                match chosen {
                    Some(offering) => self.place(cell, group, due, offering, share, second[j]),
                    None => self.ledger.deferred[group] += 1,
                }
            }
        }
    }

    /// Where a project goes, or `None` when it is deferred.
    #[inline]
    fn choose_project(
        &self,
        cell: usize,
        customer: usize,
        new_factor: f64,
        u: f64,
        second: f64,
    ) -> Option<u8> {
        let slots = &self.columns.offering[customer];
        let known = self.known(customer);
        let mut weights = [0.0; 16];
        let placed = self.peer_weights(cell, customer, (known, new_factor), &mut weights);
        let providers = self.nests.providers();
        let mut left = u * (placed + self.tables.outside[cell]);
        for (p, &weight) in weights[..providers].iter().enumerate() {
            if left < weight {
                let offering = self.pick(cell, p, left / weight);
                let full = slots[SLOTS - 1] != NONE && !slots.contains(&offering);
                return if full {
                    self.among_own(cell, customer, &weights, second)
                } else {
                    Some(offering)
                };
            }
            left -= weight;
        }
        None
    }

    /// The providers that are not new to a customer, as a bit set.
    #[inline]
    fn known(&self, customer: usize) -> u32 {
        let mut known = 0u32;
        let slots = &self.columns.offering[customer];
        for &offering in slots.iter().take_while(|&&o| o != NONE) {
            known |= 1 << self.nests.provider_of(offering);
        }
        // Who has no provider yet finds none of them strange.
        if known == 0 { u32::MAX } else { known }
    }

    /// A customer that already uses as many offerings as it can keeps to those, by their
    /// relative weights; none when all of them take nothing new.
    fn among_own(&self, cell: usize, customer: usize, weights: &[f64; 16], u: f64) -> Option<u8> {
        let slots = &self.columns.offering[customer];
        let own = slots.map(|offering| self.weight_in(&self.tables, cell, weights, offering));
        let mut left = u * own.iter().sum::<f64>();
        let mut last = None;
        for (&offering, w) in slots.iter().zip(own).filter(|(_, w)| *w > 0.0) {
            if left < w {
                return Some(offering);
            }
            left -= w;
            last = Some(offering);
        }
        last
    }

    /// Books a project's workload at an offering.
    fn place(
        &mut self,
        cell: usize,
        group: usize,
        customer: usize,
        offering: u8,
        share: f64,
        u: f64,
    ) {
        let slots = self.columns.offering[customer];
        let Some(slot) = slots.iter().position(|&o| o == offering || o == NONE) else {
            return;
        };
        self.columns.offering[customer][slot] = offering;
        let stock = f64::from(self.columns.on_premises[customer]);
        if slots[0] == NONE {
            self.ledger.without_cloud[group] -= stock;
        }
        let moved = -self.add_on_premises(group, customer, -stock * share);
        let load = moved / self.growth_of(group, offering);
        self.ledger.won[usize::from(self.nests.provider_of(offering))] += moved;
        self.add_load(group, customer, slot, load);
        if slots[0] == NONE {
            let at = self.ledger.at(group, offering);
            self.ledger.primaries[at] += 1;
            let provider = self.nests.provider_of(offering);
            self.columns.threshold[customer] = self.attention.threshold(cell, provider, u);
            self.note_change(customer);
        }
    }
}

#[cfg(test)]
mod tests;
