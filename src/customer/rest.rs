//! The world at rest, from which a run starts: brands and switching cost solved, and every
//! customer given its size and its first offering.

use super::adoption::Adoption;
use super::brand::Mixture;
use super::customers::Customers;
use super::settle::{Quota, Start, stratified_sizes, switching_deviations};
use super::switching::{Kind, looks_a_year, solve_median};
use crate::chance::math;
use crate::domain::Record;
use crate::scenario::resolved::InputDraw;

/// Why a run cannot start: what was drawn contradicts what is observed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RestError {
    /// No brands reproduce the observed shares.
    #[error(
        "no brands give the shares observed in {group} ({}): make the weights in [choice] \
         smaller, and see that each provider with a share there has an open region",
        gap_in_words(*.gap)
    )]
    Brands {
        /// Jurisdiction and segment.
        group: String,
        /// Largest relative gap.
        gap: f64,
    },
    /// No switching cost reproduces the stated switching.
    #[error(
        "no switching cost gives {wanted} of customers switching a year: even without any \
         cost fewer would; lower choice.base_switching_per_year, or \
         choice.switching_cost_log_sd"
    )]
    Switching {
        /// Stated share a year.
        wanted: f64,
    },
}

fn gap_in_words(gap: f64) -> String {
    if gap.is_finite() {
        format!("the nearest are {:.0e} off", gap)
    } else {
        "some are chosen by nobody, or by all, whatever their brand".to_owned()
    }
}

/// Relative gap between predicted and observed shares above which a run is refused.
const BRAND_GAP: f64 = 1e-6;

impl Customers {
    /// Solves the rest and settles all customers. `record` is that of the start, with the
    /// offerings that are open and all prices 1.
    pub(super) fn settle_at_rest(
        &mut self,
        draw: &InputDraw,
        record: &Record,
    ) -> Result<(), RestError> {
        let shares = self.observed_shares();
        self.rest_weights(record, &shares);
        let new_factor = math::exp(-self.model.choice.new_provider_cost.value(draw));
        let adoption = Adoption::of(&self.model, draw);
        let providers = self.model.providers.len();
        let classes = self.market.population().classes();
        let mut kinds = Vec::new();
        let mut placements = Vec::with_capacity(self.model.groups.len());
        let mut brands = [0.0; 16];
        for group in 0..self.model.groups.len() {
            let observed = &shares[group * providers..(group + 1) * providers];
            let users = self.users_share(group, draw);
            let take_up = self.model.projects.take_up.value(draw);
            let target: Vec<f64> = observed.iter().map(|share| take_up * share).collect();
            let deciding = adoption.users_among_deciders(users);
            let current: Vec<f64> = observed.iter().map(|share| deciding * share).collect();
            let rows = group * classes * providers..(group + 1) * classes * providers;
            let weights = &self.rest_weight[rows.clone()];
            let mixture = Mixture {
                weights,
                current: &current,
                new_factor,
            };
            let brands = &mut brands[..providers];
            let gap = mixture.solve(&target, brands);
            if gap > BRAND_GAP {
                return Err(RestError::Brands {
                    group: self.group_name(group),
                    gap,
                });
            }
            for row in self.rest_weight[rows.clone()].chunks_exact_mut(providers) {
                row.iter_mut().zip(&*brands).for_each(|(w, b)| *w *= b);
            }
            let logs: Vec<f64> = brands.iter().map(|&b| math::ln(b)).collect();
            self.utility.set_brands(group, &logs);
            let by_class = class_shares(&self.rest_weight[rows], observed);
            self.add_kinds(group, users, &by_class, draw, &mut kinds);
            placements.push(by_class);
        }
        let median = self.solve_switching(draw, &kinds)?;
        let within = self.model.choice.region_move_cost.value(draw) * self.utility.nest_scale;
        self.gain_within = math::exp((median - within).min(80.0));
        self.place_all(draw, median, &placements, &shares);
        Ok(())
    }

    /// Observed shares of spend, `[group][provider]`.
    fn observed_shares(&self) -> Vec<f64> {
        let mut shares = Vec::new();
        for group in &self.model.groups {
            let market = &self.model.markets[group.market];
            let own = market.provider_share_by_segment[group.segment.index()].as_ref();
            shares.extend(own.unwrap_or(&market.provider_share));
        }
        shares
    }

    /// Weights of providers without brands: all news at rest, neighbours at their mean.
    fn rest_weights(&mut self, record: &Record, shares: &[f64]) {
        let providers = self.model.providers.len();
        let model = &self.model;
        // A market's shares are those of its groups, by their part of its spend.
        let mut of_market = vec![0.0; model.markets.len() * providers];
        for (group, spec) in model.groups.iter().enumerate() {
            let part = model.markets[spec.market].segment_share[spec.segment.index()];
            for p in 0..providers {
                of_market[spec.market * providers + p] += part * shares[group * providers + p];
            }
        }
        let market_share = |market: usize, p: usize| of_market[market * providers + p];
        let (tables, nests) = self.market.tables_and_nests_mut();
        self.utility.fill(
            tables,
            nests,
            (&self.beliefs, &self.policy),
            record,
            0,
            market_share,
        );
        tables.exponentiate(nests, self.utility.nest_scale);
        self.rest_weight.copy_from_slice(&tables.weight);
        self.rest_nest.copy_from_slice(&tables.nest_sum);
        let classes = self.utility.loadings.len();
        for (row, cell) in self.rest_weight.chunks_exact_mut(providers).zip(0..) {
            let expected = &self.expected_neighbours[cell / classes];
            for (p, weight) in row.iter_mut().enumerate() {
                let share: f64 = expected
                    .iter()
                    .enumerate()
                    .map(|(g, part)| part * shares[g * providers + p])
                    .sum();
                *weight *= math::exp(self.utility.peer_weight * share);
            }
        }
    }

    fn users_share(&self, group: usize, draw: &InputDraw) -> f64 {
        let market = &self.model.markets[self.model.groups[group].market];
        market.cloud_users_share.value(draw).clamp(0.0, 1.0)
    }

    fn add_kinds(
        &self,
        group: usize,
        users: f64,
        by_class: &[f64],
        draw: &InputDraw,
        kinds: &mut Vec<Kind>,
    ) {
        let providers = self.model.providers.len();
        let classes = self.utility.loadings.len();
        let customers = self.market.population().customers() as f64;
        let part = self.market.population().group(group).len() as f64 / customers * users;
        let region_factor = math::exp(-self.model.choice.region_move_cost.value(draw));
        for class in 0..classes {
            let cell = group * classes + class;
            let weights = &self.rest_weight[cell * providers..(cell + 1) * providers];
            let total: f64 = weights.iter().sum();
            let attractions = self.market.tables().attractions(cell);
            for p in 0..providers {
                let held = by_class[class * providers + p];
                let sum = self.rest_nest[cell * providers + p];
                for &o in self.market.nests().members(p) {
                    let here = attractions[usize::from(o)];
                    if here == 0.0 || held == 0.0 {
                        continue;
                    }
                    let reachable = (here + region_factor * (sum - here)) / sum;
                    kinds.push(Kind {
                        share: part * held * here / sum,
                        others: total - weights[p],
                        current: weights[p] * math::pow(reachable, self.utility.nest_scale),
                        outside: 1.0,
                    });
                }
            }
        }
    }

    fn solve_switching(&self, draw: &InputDraw, kinds: &[Kind]) -> Result<f64, RestError> {
        let choice = &self.model.choice;
        let attention = &self.model.attention;
        let looks = looks_a_year(attention.contract_months, attention.base_hazard.value(draw));
        let users: f64 = kinds.iter().map(|kind| kind.share).sum();
        let wanted = choice.base_switching_per_year.value(draw);
        let log_sd = choice.switching_cost_log_sd.value(draw);
        // A share of those that have a base to move.
        solve_median(kinds, looks, wanted * users, log_sd).ok_or(RestError::Switching { wanted })
    }

    fn place_all(
        &mut self,
        draw: &InputDraw,
        median: f64,
        placements: &[Vec<f64>],
        shares: &[f64],
    ) {
        let providers = self.model.providers.len();
        let classes = self.utility.loadings.len();
        let log_sd = self.model.choice.switching_cost_log_sd.value(draw);
        let (mut sizes, mut deviations) = (Vec::new(), Vec::new());
        for (group, by_class) in placements.iter().enumerate() {
            let spec = self.model.groups[group];
            let market = &self.model.markets[spec.market];
            let size_sd = self.model.segments[spec.segment.index()]
                .size_log_sd
                .value(draw);
            let users = self.users_share(group, draw);
            let spend = market.spend_musd_per_year.value(draw)
                * 1e6
                * market.segment_share[spec.segment.index()];
            let on_premises = spend * market.on_premises_ratio.value(draw);
            switching_deviations(self.market.population(), group, self.seed, &mut deviations);
            let first = self.market.population().group(group).start;
            let filled = (0..classes)
                .filter(|k| {
                    !self
                        .market
                        .population()
                        .cell(group * classes + k)
                        .is_empty()
                })
                .count();
            let few_users = users * (self.market.population().group(group).len() as f64) < 1.0;
            let mut user_quota = Quota::new(&[users, 1.0 - users]);
            let mut provider_quota = Quota::new(&by_class[..providers]);
            let mut region_quotas = self.region_quotas(group * classes);
            for class in 0..classes {
                let cell = group * classes + class;
                provider_quota.go_on_by(&by_class[class * providers..(class + 1) * providers]);
                self.lean_regions(cell, &mut region_quotas);
                let range = self.market.population().cell(cell);
                stratified_sizes(range.len(), size_sd, &mut sizes);
                let customers = range.len() as f64;
                let part = 1.0 / filled as f64;
                // Largest first, so that quotas end close to the shares.
                for (rank, customer) in range.enumerate().rev() {
                    let size = sizes[rank] * part;
                    // A group that spends has at least one user: its largest customer.
                    let largest = class == 0 && rank + 1 == sizes.len();
                    let uses = (user_quota.give(1.0) == 0) | (largest && few_users);
                    let offering = uses.then(|| {
                        let relative = sizes[rank] * customers;
                        let p = provider_quota.give(relative);
                        self.market.nests().members(p)[region_quotas[p].give(relative)]
                    });
                    let s = median * math::exp(log_sd * deviations[customer - first]);
                    let start = Start {
                        offering,
                        load: spend * size,
                        on_premises: on_premises * size,
                        switching_cost: s,
                    };
                    self.market.settle(group, customer, start);
                }
            }
            self.market.scale_loads(
                group,
                spend,
                &shares[group * providers..(group + 1) * providers],
            );
        }
        self.market.draw_thresholds(self.seed);
    }

    /// A quota over the regions of each provider.
    fn region_quotas(&self, cell: usize) -> Vec<Quota> {
        (0..self.model.providers.len())
            .map(|p| Quota::new(&self.region_parts(cell, p)))
            .collect()
    }

    fn lean_regions(&self, cell: usize, quotas: &mut [Quota]) {
        for (p, quota) in quotas.iter_mut().enumerate() {
            quota.go_on_by(&self.region_parts(cell, p));
        }
    }

    fn region_parts(&self, cell: usize, provider: usize) -> Vec<f64> {
        let attractions = self.market.tables().attractions(cell);
        let members = self.market.nests().members(provider).iter();
        members.map(|&o| attractions[usize::from(o)]).collect()
    }
}

/// Shares of providers within each class, `[class][provider]`, that lean as the classes'
/// chances do and average to the observed shares (iterative proportional fitting, Deming
/// & Stephan 1940).
fn class_shares(weights: &[f64], observed: &[f64]) -> Vec<f64> {
    const ROUNDS: usize = 30;
    let providers = observed.len();
    let classes = weights.len() / providers;
    let mut shares = weights.to_vec();
    for _ in 0..ROUNDS {
        for row in shares.chunks_exact_mut(providers) {
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|share| *share /= sum);
        }
        for (p, &observed) in observed.iter().enumerate() {
            let column = || shares.iter().skip(p).step_by(providers);
            let mean = column().sum::<f64>() / classes as f64;
            let factor = if mean > 0.0 { observed / mean } else { 0.0 };
            let column = shares.iter_mut().skip(p).step_by(providers);
            column.for_each(|share| *share *= factor);
        }
    }
    shares
}
