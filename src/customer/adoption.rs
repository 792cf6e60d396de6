//! Adoption: when a customer without cloud considers using one (Bass 1969).
//!
//! A customer without any offering places no projects. When its turn comes it *considers* with a
//! chance that grows with the share of its country's customers that use cloud already, and only
//! then chooses like anybody else: a provider, which it has thereby adopted, or to stay on
//! premises for now. What it believes moves the second step alone, so that news can slow
//! adoption and never revoke it. Who has left the cloud altogether considers like who never had
//! one.
//!
//! One keyed uniform decides both steps: below the chance the customer considers, and its place
//! below it is the luck of its choice. So with the same luck more attraction, or more users
//! around, never adopts later.

use std::ops::Range;

use super::columns::NONE;
use super::customers::Customers;
use super::market::Market;
use crate::chance::math;
use crate::scenario::resolved::{FullModel, InputDraw};

const MONTHS_PER_YEAR: f64 = 12.0;

/// How customers without cloud come to consider it, in one run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Adoption {
    /// p: hazard a year of considering by itself.
    pub innovation_per_year: f64,
    /// q: hazard a year that is added when all of its country's customers use cloud.
    pub imitation_per_year: f64,
    /// Months between a customer's turns.
    pub interval_months: u32,
}

impl Adoption {
    /// The numbers of a run.
    pub(super) fn of(model: &FullModel, draw: &InputDraw) -> Self {
        Self {
            innovation_per_year: model.adoption.innovation_per_year.value(draw),
            imitation_per_year: model.adoption.imitation_per_year.value(draw),
            interval_months: model.projects.interval_months,
        }
    }

    /// Chance of considering within the months of a turn, given the share of users F, 0 to 1:
    /// `1 − exp(−(p + q·F)·months/12)`.
    pub(super) fn chance(self, users_share: f64) -> f64 {
        let hazard = self.innovation_per_year + self.imitation_per_year * users_share;
        -math::exp_m1(-hazard * f64::from(self.interval_months) / MONTHS_PER_YEAR)
    }

    /// Part of the customers that decide on a project who use cloud already, given the share of
    /// users among all; 1 where nobody decides.
    pub(super) fn users_among_deciders(self, users_share: f64) -> f64 {
        let considering = (1.0 - users_share) * self.chance(users_share);
        let deciding = users_share + considering;
        if deciding > 0.0 {
            users_share / deciding
        } else {
            1.0
        }
    }
}

impl Market {
    /// Part of the customers of these groups that use any cloud, 0 to 1; 0 where there are none.
    #[must_use]
    pub fn users_share(&self, groups: Range<usize>) -> f64 {
        let (mut users, mut customers) = (0.0, 0.0);
        for group in groups {
            users += f64::from(self.ledger.users(group));
            customers += self.population.group(group).len() as f64;
        }
        if customers > 0.0 {
            users / customers
        } else {
            0.0
        }
    }

    /// Sets the chance with which customers of a group without cloud consider it at their turn.
    pub fn set_consideration(&mut self, group: usize, chance: f64) {
        self.consideration[group] = chance;
    }

    /// The luck of a customer's project, from its uniform; `None` where it has no cloud and does
    /// not consider it now.
    #[inline]
    pub(super) fn luck_of_project(&self, group: usize, customer: usize, u: f64) -> Option<f64> {
        if self.columns.offering[customer][0] != NONE {
            return Some(u);
        }
        let chance = self.consideration[group];
        (u < chance).then(|| u / chance)
    }

    /// The workload on premises of which projects offer a part, USD a year at start prices: all of
    /// those with cloud, and of those without as much as consider it.
    #[must_use]
    pub fn stock_on_offer(&self, group: usize) -> f64 {
        let without = self.ledger.without_cloud[group];
        self.ledger.on_premises[group] - (1.0 - self.consideration[group]) * without
    }
}

impl Customers {
    /// Tells the market with what chance customers without cloud consider it this month: by the
    /// share of users in their country at the end of the last.
    pub(super) fn consider_adoption(&mut self, adoption: Adoption) {
        let groups = &self.model.groups;
        let mut first = 0;
        // The groups of a market stand together.
        for of_market in groups.chunk_by(|a, b| a.market == b.market) {
            let end = first + of_market.len();
            let chance = adoption.chance(self.market.users_share(first..end));
            for group in first..end {
                self.market.set_consideration(group, chance);
            }
            first = end;
        }
    }
}

#[cfg(test)]
mod tests;
