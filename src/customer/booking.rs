//! Booking: every change of a customer's workload enters the columns and the ledger
//! together, so that both agree to the last bit of a sum, and workload is conserved: it
//! lies at an offering or on premises, and only growth makes more of it.

use super::columns::{NONE, SLOTS};
use super::market::Market;

/// The most offerings of a scenario.
const MOST_OFFERINGS: usize = 64;

impl Market {
    /// Adds workload (USD a year at start prices, before growth) to a slot in use. The
    /// ledger gets what the column gains after rounding.
    pub(super) fn add_load(&mut self, group: usize, customer: usize, slot: usize, load: f64) {
        let column = &mut self.columns.load[customer][slot];
        let before = f64::from(*column);
        *column = (before + load) as f32;
        let gained = f64::from(*column) - before;
        let at = self.ledger.at(group, self.columns.offering[customer][slot]);
        self.ledger.load[at] += gained;
    }

    /// Frees a secondary slot and returns its workload before growth.
    pub(super) fn take_slot(&mut self, group: usize, customer: usize, slot: usize) -> f64 {
        let load = f64::from(self.columns.load[customer][slot]);
        let at = self.ledger.at(group, self.columns.offering[customer][slot]);
        self.ledger.load[at] -= load;
        self.columns.free_slot(customer, slot);
        load
    }

    /// Adds workload on premises (takes it away, if negative); returns what the column
    /// gained after rounding.
    pub(super) fn add_on_premises(&mut self, group: usize, customer: usize, load: f64) -> f64 {
        let column = &mut self.columns.on_premises[customer];
        let before = f64::from(*column);
        *column = (before + load) as f32;
        let gained = f64::from(*column) - before;
        self.ledger.on_premises[group] += gained;
        gained
    }

    /// All workload of a group, placed (with its growth so far) and on premises, USD a year
    /// at start prices. Moves, projects and closures leave it as it is.
    #[must_use]
    pub fn total_workload(&self, group: usize) -> f64 {
        let placed = (0..self.nests.offerings())
            .map(|o| self.ledger.loads(group)[o] * self.growth_of(group, o as u8));
        placed.sum::<f64>() + self.ledger.on_premises[group]
    }

    /// [`Market::total_workload`] of all groups.
    #[must_use]
    pub fn all_workload(&self) -> f64 {
        (0..self.population.groups())
            .map(|group| self.total_workload(group))
            .sum()
    }

    /// # Panics
    /// When ledger and columns disagree by more than 1e-6 of a group's workload (see
    /// [`Market::conservation_gap`]).
    pub fn check_conservation(&self) {
        let gap = self.conservation_gap();
        assert!(gap < 1e-6, "ledger and columns differ by {gap}");
    }

    /// The largest gap between the ledger and the sums over the customers' columns,
    /// relative to the workload of the group; infinite when a count of customers differs.
    /// It walks through all customers: for debug builds and tests.
    #[must_use]
    pub fn conservation_gap(&self) -> f64 {
        (0..self.population.groups())
            .map(|group| self.group_gap(group))
            .fold(0.0, f64::max)
    }

    fn group_gap(&self, group: usize) -> f64 {
        let offerings = self.nests.offerings();
        let (mut loads, mut primaries) = ([0.0; MOST_OFFERINGS], [0u32; MOST_OFFERINGS]);
        let (mut on_premises, mut without_cloud) = (0.0, 0.0);
        for customer in self.population.group(group) {
            let stock = f64::from(self.columns.on_premises[customer]);
            on_premises += stock;
            if self.columns.offering[customer][0] == NONE {
                without_cloud += stock;
            }
            for slot in 0..SLOTS {
                match self.columns.offering[customer][slot] {
                    NONE => {}
                    offering => {
                        let o = usize::from(offering);
                        loads[o] += f64::from(self.columns.load[customer][slot]);
                        primaries[o] += u32::from(slot == 0);
                    }
                }
            }
        }
        let counts = &self.ledger.primaries[group * offerings..(group + 1) * offerings];
        if counts != &primaries[..offerings] {
            return f64::INFINITY;
        }
        let total = loads.iter().sum::<f64>() + on_premises;
        let gaps = self.ledger.loads(group).iter().zip(&loads);
        let stocks = [
            (&self.ledger.on_premises[group], &on_premises),
            (&self.ledger.without_cloud[group], &without_cloud),
        ];
        let largest = gaps
            .chain(stocks)
            .map(|(ledger, columns)| (ledger - columns).abs())
            .fold(0.0, f64::max);
        if total > 0.0 {
            largest / total
        } else {
            largest
        }
    }
}
