//! The closing of an offering: whoever is there has to leave it in the month in which it
//! closes, however dear that is.

use super::columns::SLOTS;
use super::customers::Customers;
use super::market::Market;
use crate::domain::Record;

/// A threshold under which no survival falls: its customer looks at its base at once.
const AT_ONCE: f32 = f32::INFINITY;

impl Market {
    /// Prepares the customers of an offering that closes for the month's base decisions,
    /// in whose tables its attraction is 0:
    /// - primaries there look at their base, where staying has weight 0 (see
    ///   [`Market::act_on_base`]), and what they choose is theirs at once;
    /// - moves under way from there arrive; moves on their way to it are called off, and
    ///   their customers look again;
    /// - other workload there joins its customer's primary.
    pub fn evict(&mut self, offering: u8) {
        self.closed[usize::from(offering)] = true;
        self.end_moves(offering);
        for group in 0..self.population.groups() {
            for customer in self.population.group(group) {
                let slots = self.columns.offering[customer];
                if slots[0] == offering {
                    self.columns.threshold[customer] = AT_ONCE;
                } else if let Some(slot) = (1..SLOTS).find(|&slot| slots[slot] == offering) {
                    let now = self.growth_of(group, offering) / self.growth_of(group, slots[0]);
                    let load = self.take_slot(group, customer, slot) * now;
                    self.add_load(group, customer, 0, load);
                }
            }
        }
    }

    /// Ends the moves under way from or to an offering.
    fn end_moves(&mut self, offering: u8) {
        let mut moving = std::mem::take(&mut self.moving);
        moving.retain(|going| {
            let customer = going.customer as usize;
            if going.to == offering {
                self.columns.threshold[customer] = AT_ONCE;
                return false;
            }
            if self.columns.offering[customer][0] == offering {
                let first = (0, 0, self.population.cell(0).end);
                let (cell, group, _) = self.walk(first, customer);
                self.columns.threshold[customer] *= -1.0;
                self.arrive(cell, group, customer, going.to);
                return false;
            }
            true
        });
        self.moving = moving;
    }
}

impl Customers {
    /// Customers of offerings that have closed since they last acted must leave them.
    pub(super) fn close_offerings(&mut self, record: &Record) {
        for (offering, (open, &now)) in self.open.iter_mut().zip(&record.open).enumerate() {
            if *open && !now {
                self.market.evict(offering as u8);
            }
            *open = now;
            if now {
                self.market.closed[offering] = false;
            }
        }
    }
}

#[cfg(test)]
mod tests;
