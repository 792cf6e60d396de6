//! The installed base: who looks at it this month, where it goes, and its arrival.
//!
//! A look weighs the current offering by `e^s` against all others, moves to other regions
//! of the same provider by their own cost, and repatriation. One keyed uniform decides,
//! by inverse CDF: first the slice that stays, then regions of the current provider, then
//! the other providers in their order, last the outside option. So a customer whose luck
//! is the same in two worlds differs only where the weights differ enough.

use super::columns::NONE;
use super::market::Market;
use crate::chance::{EntityKey, math};

/// What leaving the current offering costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MoveCost {
    /// The full switching cost for any other offering (the market benchmark; μ = 1).
    AnyOffering,
    /// The full switching cost for another provider; for another region of the same one,
    /// `region_factor = exp(−s_reg)` on attractions within the nest.
    OtherProvider {
        /// `exp(−s_reg)`
        region_factor: f64,
    },
}

/// A base on its way; its workload is billed where it was until it arrives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moving {
    left_months: u8,
    /// The offering, or [`NONE`] for back on premises.
    pub(super) to: u8,
    pub(super) customer: u32,
}

/// Customers handled at a time, so that their draws are made side by side.
const BATCH: usize = 256;

impl Market {
    /// One month of base decisions: collects who looks, then lets each choose, a few cells
    /// at a time, so that a month in which many look needs no more room.
    pub(super) fn reconsider_base(&mut self, month: u32) {
        let mut due = std::mem::take(&mut self.due);
        let mut cell = 0;
        while cell < self.population.cells() {
            due.clear();
            let first = cell;
            while cell < self.population.cells()
                && (cell == first || due.len() + self.most_lookers(cell) <= due.capacity())
            {
                self.collect_lookers(cell, month, &mut due);
                cell += 1;
            }
            self.let_choose(month, first, &due);
        }
        self.due = due;
    }

    /// The most entries that a cell makes in the list of who looks: some are in it for two
    /// reasons until they are counted once.
    fn most_lookers(&self, cell: usize) -> usize {
        self.population.cell(cell).len() * if self.contract.is_some() { 2 } else { 1 }
    }

    /// Lets those of a list, in order and from this cell on, choose.
    fn let_choose(&mut self, month: u32, first_cell: usize, due: &[u32]) {
        let mut keys = [EntityKey::of(""); BATCH];
        let (mut choices, mut thresholds) = ([0.0; BATCH], [0.0; BATCH]);
        let (mut cell, mut group) = (first_cell, self.population.group_of(first_cell));
        let mut end = self.population.cell(first_cell).end;
        for batch in due.chunks(BATCH) {
            let n = batch.len();
            let mut at = (cell, group, end);
            for (key, &customer) in keys.iter_mut().zip(batch) {
                at = self.walk(at, customer as usize);
                *key = self.population.key(at.1, customer as usize);
            }
            self.base_stream.pairs(
                self.run,
                &keys[..n],
                month,
                &mut choices[..n],
                &mut thresholds[..n],
            );
            for (j, &customer) in batch.iter().enumerate() {
                (cell, group, end) = self.walk((cell, group, end), customer as usize);
                self.look(cell, group, customer as usize, choices[j], thresholds[j]);
            }
        }
    }

    /// Moves a (cell, group, end of cell) cursor forward to the cell of a customer.
    #[inline]
    pub(super) fn walk(&self, at: (usize, usize, usize), customer: usize) -> (usize, usize, usize) {
        let (mut cell, mut group, mut end) = at;
        while customer >= end {
            cell += 1;
            end = self.population.cell(cell).end;
            group = self.population.group_of(cell);
        }
        (cell, group, end)
    }

    /// Appends those of a cell, in order, whose hazard fired or whose contract ends.
    fn collect_lookers(&self, cell: usize, month: u32, due: &mut Vec<u32>) {
        let (columns, nests) = (&self.columns, &self.nests);
        let provider = |customer: usize| match columns.offering[customer][0] {
            NONE => NONE,
            offering => nests.provider_of(offering),
        };
        let range = self.population.cell(cell);
        let thresholds = &columns.threshold[range.clone()];
        let first = due.len();
        self.attention
            .fired(cell, range.start, thresholds, provider, due);
        let Some(contract) = self.contract else {
            return;
        };
        let fired = due.len();
        contract.ending(month, range, |customer| {
            let at = customer as usize;
            if columns.offering[at][0] != NONE && columns.threshold[at] >= 0.0 {
                due.push(customer);
            }
        });
        if due.len() > fired && fired > first {
            due[first..].sort_unstable();
            due.dedup();
        }
    }

    #[inline]
    fn look(&mut self, cell: usize, group: usize, customer: usize, u: f64, u_threshold: f64) {
        let current = self.columns.offering[customer][0];
        let chosen = self.choose_base(cell, customer, current, u);
        let provider = self.nests.provider_of(current);
        self.columns.threshold[customer] = self.attention.threshold(cell, provider, u_threshold);
        if chosen == current {
            return;
        }
        self.count_decision(group, customer, current, chosen);
        // What has closed cannot keep the workload until the move is made.
        let closed = self.closed[usize::from(current)];
        if self.move_months == 0 || closed {
            self.arrive(cell, group, customer, chosen);
        } else {
            self.columns.threshold[customer] *= -1.0;
            self.moving.push_back(Moving {
                left_months: self.move_months,
                to: chosen,
                customer: customer as u32,
            });
        }
    }

    /// The offering that a looking customer prefers, or [`NONE`] for back on premises.
    #[inline]
    fn choose_base(&self, cell: usize, customer: usize, current: u8, u: f64) -> u8 {
        let mut weights = [0.0; 16];
        let mut others = self.peer_weights(cell, customer, (u32::MAX, 1.0), &mut weights);
        let home = usize::from(self.nests.provider_of(current));
        let attractions = self.tables.attractions(cell);
        let held = self.tables.held_at(cell, current);
        let nest_sum = self.tables.nest_sums(cell)[home] + held;
        let here = attractions[usize::from(current)] + held;
        if held > 0.0 {
            let before = weights[home];
            weights[home] = self.weight_with((cell, customer), (home, before), held);
            others += weights[home] - before;
        }
        let gain = f64::from(self.columns.stay_gain[customer]);
        self.subsidise(home, gain, &mut weights, &mut others);
        let (stay, within, region_factor) = match self.move_cost {
            // The provider has nothing open left.
            _ if nest_sum == 0.0 => (0.0, 0.0, 1.0),
            MoveCost::AnyOffering => {
                let share = here / nest_sum;
                let weight = weights[home];
                (gain * weight * share, weight * (1.0 - share), 1.0)
            }
            MoveCost::OtherProvider { region_factor } => {
                let reachable = here + region_factor * (nest_sum - here);
                let ratio = reachable / nest_sum;
                let scaled = gain * weights[home] * math::pow(ratio, self.nest_scale);
                let stay = scaled * here / reachable;
                (stay, scaled - stay, region_factor)
            }
        };
        let outside = if self.repatriation {
            self.tables.outside[cell]
        } else {
            0.0
        };
        let mut left = u * (others - weights[home] + stay + within + outside) - stay;
        if left < 0.0 {
            return current;
        }
        if left < within {
            let scale = within / (region_factor * (nest_sum - here)).max(f64::MIN_POSITIVE);
            return self.pick_region(cell, home, left / (scale * region_factor), Some(current));
        }
        left -= within;
        for (p, &weight) in weights[..self.nests.providers()].iter().enumerate() {
            if p == home {
                continue;
            }
            if left < weight {
                return self.pick(cell, p, left / weight);
            }
            left -= weight;
        }
        // Past the last provider: the outside option, or the last rounding error.
        if self.repatriation { NONE } else { current }
    }

    /// The weight of a provider to one of its customers at an offering that takes nothing new
    /// but keeps who is there.
    fn weight_with(
        &self,
        (cell, customer): (usize, usize),
        (provider, weight): (usize, f64),
        held: f64,
    ) -> f64 {
        let nest_sum = self.tables.nest_sums(cell)[provider];
        if nest_sum > 0.0 {
            return weight * math::pow((nest_sum + held) / nest_sum, self.nest_scale);
        }
        let alone = self
            .tables
            .weight_of_sum((cell, provider), held, self.nest_scale);
        alone * self.peer_factor(customer, provider)
    }

    /// Providers that pay a share σ of the switching cost s weigh e^(σs) more to who is with
    /// another one.
    #[inline]
    fn subsidise(&self, home: usize, gain: f64, weights: &mut [f64; 16], total: &mut f64) {
        for (p, &share) in self.subsidy.iter().enumerate() {
            if share > 0.0 && p != home {
                let before = weights[p];
                weights[p] *= math::pow(gain, share);
                *total += weights[p] - before;
            }
        }
    }

    fn count_decision(&mut self, group: usize, customer: usize, current: u8, chosen: u8) {
        let from = usize::from(self.nests.provider_of(current));
        let to = match chosen {
            NONE => self.nests.providers(),
            offering => usize::from(self.nests.provider_of(offering)),
        };
        let load = f64::from(self.columns.load[customer][0]) * self.growth_of(group, current);
        self.ledger.count_moved(group, from, load, from == to);
        if from == to {
            self.ledger.region_moves[group] += 1;
        } else {
            self.ledger.count_move(group, from, to);
            let cost = math::ln(f64::from(self.columns.stay_gain[customer]));
            let share = self.subsidy.get(to).copied().unwrap_or(0.0);
            self.ledger.moving_cost[group] += (1.0 - share) * cost * load;
            if share > 0.0 {
                self.ledger.subsidised[to] += share * cost * load;
            }
        }
    }

    /// Lets moves under way come one month nearer, and those due arrive. All take equally
    /// long, so they arrive in the order of their decisions.
    pub(super) fn arrivals(&mut self) {
        for moving in &mut self.moving {
            moving.left_months -= 1;
        }
        let mut at = (0, 0, self.population.cell(0).end);
        while let Some(moving) = self.moving.front().copied().filter(|m| m.left_months == 0) {
            self.moving.pop_front();
            let customer = moving.customer as usize;
            at = self.walk(at, customer);
            self.columns.threshold[customer] *= -1.0;
            self.arrive(at.0, at.1, customer, moving.to);
        }
    }

    /// The primary workload now lies at `target` ([`NONE`]: on premises).
    pub(super) fn arrive(&mut self, cell: usize, group: usize, customer: usize, target: u8) {
        let current = self.columns.offering[customer][0];
        let load = f64::from(self.columns.load[customer][0]) * self.growth_of(group, current);
        let from = self.ledger.at(group, current);
        self.ledger.load[from] -= f64::from(self.columns.load[customer][0]);
        self.ledger.primaries[from] -= 1;
        if target == NONE {
            self.repatriate(group, customer, load);
        } else {
            // Book what the column can hold, so that columns and ledger agree.
            let load = (load / self.growth_of(group, target)) as f32;
            let to = self.ledger.at(group, target);
            self.columns.offering[customer][0] = target;
            self.columns.load[customer][0] = load;
            self.ledger.load[to] += f64::from(load);
            self.ledger.primaries[to] += 1;
            self.merge_slots(group, customer);
        }
        let threshold = self.columns.threshold[customer];
        self.columns.threshold[customer] = match self.columns.offering[customer][0] {
            NONE => 0.0,
            now => {
                let (from, to) = (self.nests.provider_of(current), self.nests.provider_of(now));
                self.attention.carried(cell, from, to, threshold)
            }
        };
        self.note_change(customer);
    }

    /// The primary goes back on premises; the next slot, if any, becomes primary.
    fn repatriate(&mut self, group: usize, customer: usize, load: f64) {
        self.add_on_premises(group, customer, load);
        self.columns.free_slot(customer, 0);
        match self.columns.offering[customer][0] {
            NONE => {
                let stock = f64::from(self.columns.on_premises[customer]);
                self.ledger.without_cloud[group] += stock;
            }
            primary => {
                let at = self.ledger.at(group, primary);
                self.ledger.primaries[at] += 1;
            }
        }
    }

    /// A secondary slot at the same offering as the primary joins it.
    fn merge_slots(&mut self, group: usize, customer: usize) {
        let primary = self.columns.offering[customer][0];
        let slots = self.columns.offering[customer];
        if let Some(slot) = (1..slots.len()).find(|&slot| slots[slot] == primary) {
            let load = self.take_slot(group, customer, slot);
            self.add_load(group, customer, 0, load);
        }
    }
}

#[cfg(test)]
mod tests;
