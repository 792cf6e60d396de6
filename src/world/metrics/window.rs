//! What is counted within a window, from the start or from a later date, and growth over one.
//!
//! Counts are kept since the start; what was there when the window began is taken off.

use super::Planned;
use crate::chance::math;
use crate::scenario::resolved::{InputDraw, Observable};
use crate::world::World;
use crate::world::sums::{Of, Sums};

const MILLION: f64 = 1e6;

/// What a metric of a window keeps of one of its ends: a count with that of which it is a part,
/// or what grows with what it is held against.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Mark {
    of: f64,
    against: f64,
}

impl Planned {
    /// What is there now, of what is counted since the start or of what grows.
    pub(super) fn mark(&self, world: &World<'_>, sums: &Sums, draw: &InputDraw) -> Mark {
        let (of, against) = match self.of {
            Observable::BaseMoved => self.moved(world, |_, to| {
                to < world.customers().market().nests().providers()
            }),
            Observable::BaseLeft => self.moved(world, |_, to| !self.scope.providers.contains(&to)),
            Observable::ProjectsDeferred => self.deferred(world),
            Observable::Acted => self.acted(world),
            Observable::RegionMoveShare => self.region_moves(world),
            Observable::RevenueGrowth | Observable::GrowthGap => {
                let own = sums.over(Of::Spend, &self.scope);
                (own, self.spend_with_others(world, sums))
            }
            Observable::WorkloadGrowth => (sums.over(Of::Workload, &self.scope), 1.0),
            Observable::ValueChange => (self.counted, self.capitalisation_musd(world, draw)),
            Observable::ConsumerSurplus => (self.surplus / MILLION, 1.0),
            Observable::RegionsOpened
            | Observable::RegionsConverted
            | Observable::RegionsClosed
            | Observable::Capex => (self.value_of_regions(world, draw), 1.0),
            Observable::ExitsFinished | Observable::ExitsLate | Observable::ExitsForced => {
                (self.value_of_customer(world), 1.0)
            }
            _ => (self.counted, 1.0),
        };
        Mark { of, against }
    }

    /// The metric's value, given what is there now.
    pub(super) fn since_then(&self, now: Mark) -> f64 {
        let before = self.before;
        let counted = now.of - before.of;
        match self.of {
            Observable::ProjectsDeferred | Observable::RegionMoveShare => {
                100.0 * counted / (now.against - before.against)
            }
            // Where all bases are given up, a share of those that are left says nothing.
            Observable::BaseMoved | Observable::BaseLeft if now.against == 0.0 => f64::NAN,
            Observable::BaseMoved
            | Observable::BaseLeft
            | Observable::Acted
            | Observable::ValueChange => 100.0 * counted / now.against,
            Observable::RevenueGrowth | Observable::WorkloadGrowth => {
                100.0 * ln_growth(before.of, now.of)
            }
            Observable::GrowthGap => {
                let gap = ln_growth(before.of, now.of) - ln_growth(before.against, now.against);
                100.0 * gap
            }
            _ => counted,
        }
    }

    /// What the scope's customers spend with providers outside it, USD a year.
    fn spend_with_others(&self, world: &World<'_>, sums: &Sums) -> f64 {
        let providers = 0..world.setting().model.providers.len();
        let others = providers.filter(|p| !self.scope.providers.contains(p));
        let of = |p| {
            let groups = self.scope.groups.iter();
            groups.map(|&group| sums.spend(group, p)).sum::<f64>()
        };
        others.map(of).sum()
    }

    /// Customers of the scope that decided since the start to move their base from a provider
    /// of the scope to where it `counts`, and those that have a base now.
    fn moved(&self, world: &World<'_>, counts: impl Fn(usize, usize) -> bool) -> (f64, f64) {
        let market = world.customers().market();
        let providers = market.nests().providers();
        let mut moves = 0.0;
        for &group in &self.scope.groups {
            for &from in &self.scope.providers {
                // One beyond the providers is back on premises.
                for to in (0..=providers).filter(|&to| to != from && counts(from, to)) {
                    moves += f64::from(market.ledger().moves(group, from, to));
                }
            }
        }
        let groups = self.scope.groups.iter();
        let users = groups.map(|&g| f64::from(market.ledger().users(g))).sum();
        (moves, users)
    }

    /// Projects deferred since the start, and all that came up.
    fn deferred(&self, world: &World<'_>) -> (f64, f64) {
        let ledger = world.customers().market().ledger();
        let count = |column: &[u32]| {
            let groups = self.scope.groups.iter();
            groups.map(|&g| f64::from(column[g])).sum::<f64>()
        };
        (count(&ledger.deferred), count(&ledger.projects))
    }

    /// Customers of the scope that are expected to have acted on what they believe since the
    /// window began, and those that had a project to decide on. The market counts each window by
    /// itself.
    fn acted(&self, world: &World<'_>) -> (f64, f64) {
        let market = world.customers().market();
        let (mut acted, mut decided) = (0.0, 0.0);
        for &group in &self.scope.groups {
            let (acts, deciders) = market.acted(self.begins as u32, group);
            acted += acts;
            decided += f64::from(deciders);
        }
        (acted, decided)
    }

    /// Workload that moved since the start to another region of the same provider, and all
    /// that moved.
    fn region_moves(&self, world: &World<'_>) -> (f64, f64) {
        let ledger = world.customers().market().ledger();
        let (mut moved, mut within) = (0.0, 0.0);
        for &group in &self.scope.groups {
            for &provider in &self.scope.providers {
                let (all, part) = ledger.moved(group, provider);
                moved += all;
                within += part;
            }
        }
        (within, moved)
    }

    /// What the scope's providers are worth on the stock market, in millions of USD.
    fn capitalisation_musd(&self, world: &World<'_>, draw: &InputDraw) -> f64 {
        let worth = |&p: &usize| {
            let finance = world.setting().model.providers[p].finance?;
            Some(finance.capitalisation_usd?.value(draw) / MILLION)
        };
        self.scope.providers.iter().filter_map(worth).sum()
    }
}

/// ln of the growth from one level to another; missing where either is nothing.
fn ln_growth(from: f64, to: f64) -> f64 {
    if from > 0.0 && to > 0.0 {
        math::ln(to / from)
    } else {
        f64::NAN
    }
}
