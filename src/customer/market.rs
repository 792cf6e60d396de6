//! One worker's customers: the frame, the changing columns, the month's tables, and the
//! order in which a month passes.
//!
//! Cost of a month: the tables, one exponential for each cell × offering and two for each
//! cell × provider; a comparison a customer for attention; and for each customer who acts
//! one Philox block, one look at its neighbours and a walk over the providers.

use std::collections::VecDeque;
use std::sync::Arc;

use super::acted::Acts;
use super::attention::Attention;
use super::base::{MoveCost, Moving};
use super::choice::{ChoiceTables, Nests};
use super::columns::{Columns, NONE};
use super::contract::Contracts;
use super::ledger::Ledger;
use super::network::MAX_DEGREE;
use super::population::Population;
use crate::chance::{Run, Seed, Stream, math};

/// One worker's market, reused from run to run.
#[derive(Clone, Debug)]
pub struct Market {
    pub(super) population: Arc<Population>,
    pub(super) nests: Nests,
    pub(super) columns: Columns,
    pub(super) tables: ChoiceTables,
    /// Who acted on what it believes, where that is asked.
    pub(super) acts: Option<Box<Acts>>,
    pub(super) attention: Attention,
    pub(super) ledger: Ledger,
    pub(super) base_stream: Stream,
    pub(super) project_stream: Stream,
    pub(super) run: Run,
    pub(super) move_cost: MoveCost,
    /// σ: share of the switching cost that a provider pays to who moves to it; `[provider]`,
    /// or empty where none does.
    pub(super) subsidy: Vec<f64>,
    pub(super) move_months: u8,
    pub(super) repatriation: bool,
    pub(super) contract: Option<Contracts>,
    pub(super) nest_scale: f64,
    /// Growth since the start, `[group]` and `[provider]`; a workload's is their product.
    pub(super) group_growth: Vec<f64>,
    pub(super) provider_growth: Vec<f64>,
    /// `exp(β_peer k / d)`: `[degree][count]`.
    pub(super) peers: Vec<[f64; MAX_DEGREE + 1]>,
    pub(super) due: Vec<u32>,
    pub(super) changed: Vec<u32>,
    /// Offerings that have closed.
    pub(super) closed: Vec<bool>,
    pub(super) moving: VecDeque<Moving>,
    /// Chance that a customer without cloud considers it at its turn: `[group]`.
    pub(super) consideration: Vec<f64>,
}

/// What stays the same in a run.
#[derive(Clone, Copy, Debug)]
pub struct RunRules {
    /// The run.
    pub run: Run,
    /// Cost of leaving.
    pub move_cost: MoveCost,
    /// Months from decision to arrival.
    pub move_months: u8,
    /// Whether the base can go back on premises.
    pub repatriation: bool,
    /// Contracts, if any.
    pub contract: Option<Contracts>,
    /// μ
    pub nest_scale: f64,
    /// β_peer
    pub peer_weight: f64,
}

impl Market {
    /// A market over a population.
    #[must_use]
    pub fn new(population: Arc<Population>, nests: Nests, seed: Seed) -> Self {
        let customers = population.customers();
        let (cells, groups) = (population.cells(), population.groups());
        let (providers, offerings) = (nests.providers(), nests.offerings());
        let largest_cell = (0..cells).map(|cell| population.cell(cell).len()).max();
        let largest_cell = largest_cell.unwrap_or(0);
        Self {
            columns: Columns::new(customers),
            tables: ChoiceTables::new(cells, &nests),
            acts: None,
            attention: Attention::new(cells, providers),
            ledger: Ledger::new(groups, providers, offerings),
            base_stream: Stream::new(seed, "customer", "base"),
            project_stream: Stream::new(seed, "customer", "project"),
            run: Run(0),
            move_cost: MoveCost::AnyOffering,
            subsidy: Vec::new(),
            move_months: 0,
            repatriation: false,
            contract: None,
            nest_scale: 1.0,
            group_growth: vec![1.0; groups],
            provider_growth: vec![1.0; providers],
            peers: vec![[1.0; MAX_DEGREE + 1]; MAX_DEGREE + 1],
            // So that no month allocates: room for all of the largest cell, whose customers
            // may be listed twice, and for changes until all are looked through instead.
            due: Vec::with_capacity((2 * largest_cell).max(4096)),
            changed: Vec::with_capacity((customers / 16).max(4096)),
            moving: VecDeque::new(),
            consideration: vec![1.0; groups],
            closed: vec![false; offerings],
            population,
            nests,
        }
    }

    /// Empties the market for a run.
    pub fn begin(&mut self, rules: RunRules) {
        self.columns.clear();
        self.attention.clear();
        self.ledger.clear();
        self.group_growth.fill(1.0);
        self.provider_growth.fill(1.0);
        self.changed.clear();
        self.moving.clear();
        self.closed.fill(false);
        self.consideration.fill(1.0);
        if let Some(acts) = &mut self.acts {
            acts.clear();
        }
        if rules.move_months > 0 {
            // Room for a quarter of all customers on the move at a time, in which no month
            // allocates: a new home region sets up to a fifth moving.
            let room = self.population.customers() / 4 + 1024;
            self.moving.reserve_exact(room);
        }
        self.run = rules.run;
        self.move_cost = rules.move_cost;
        self.move_months = rules.move_months;
        self.repatriation = rules.repatriation;
        self.contract = rules.contract;
        self.nest_scale = rules.nest_scale;
        for (degree, row) in self.peers.iter_mut().enumerate() {
            for (count, peer) in row.iter_mut().enumerate() {
                let share = count as f64 / degree.max(1) as f64;
                *peer = math::exp(rules.peer_weight * share);
            }
        }
    }

    /// Customers act on their base: moves arrive, hazards pass, who is due looks. Others
    /// are seen as they were last month.
    pub fn act_on_base(&mut self, month: u32, hazard: &mut [f64]) {
        if self.move_months > 0 {
            self.arrivals();
        }
        self.attention.pass_month(hazard);
        self.reconsider_base(month);
        let (population, columns, nests) = (&self.population, &mut self.columns, &self.nests);
        self.attention.rebase(|cell, provider, factor| {
            for customer in population.cell(cell) {
                let offering = columns.offering[customer][0];
                if offering != NONE && nests.provider_of(offering) == provider {
                    columns.threshold[customer] *= factor;
                }
            }
        });
    }

    /// Sets the share of the switching cost that each provider pays to who moves to it.
    pub fn set_subsidies(&mut self, shares: impl Iterator<Item = f64>) {
        self.subsidy.clear();
        self.subsidy.extend(shares);
        if self.subsidy.iter().all(|&share| share == 0.0) {
            self.subsidy.clear();
        }
    }

    /// The offering of a provider at position `u` (0 to 1) of its attractions.
    #[inline]
    pub(super) fn pick(&self, cell: usize, provider: usize, u: f64) -> u8 {
        let target = u * self.tables.nest_sums(cell)[provider];
        self.pick_region(cell, provider, target, None)
    }

    /// The offering of a provider, other than `except`, at which the running sum of
    /// attractions passes `left`.
    #[inline]
    pub(super) fn pick_region(
        &self,
        cell: usize,
        provider: usize,
        mut left: f64,
        except: Option<u8>,
    ) -> u8 {
        let attractions = self.tables.attractions(cell);
        let mut last = except.unwrap_or(NONE);
        for &offering in self.nests.members(provider) {
            let attraction = attractions[usize::from(offering)];
            if Some(offering) == except || attraction == 0.0 {
                continue;
            }
            last = offering;
            if left < attraction {
                return offering;
            }
            left -= attraction;
        }
        last
    }

    /// Growth since the start of a workload of this group at this offering.
    #[inline]
    #[must_use]
    pub fn growth_of(&self, group: usize, offering: u8) -> f64 {
        self.group_growth[group]
            * self.provider_growth[usize::from(self.nests.provider_of(offering))]
    }

    /// Workload of all customers at an offering, USD a year at start prices.
    #[must_use]
    pub fn held_at(&self, offering: usize) -> f64 {
        let groups = 0..self.group_growth.len();
        let held = |g| self.ledger.loads(g)[offering] * self.growth_of(g, offering as u8);
        groups.map(held).sum()
    }

    /// The month's tables, to be filled before customers act.
    pub fn tables_mut(&mut self) -> &mut ChoiceTables {
        &mut self.tables
    }

    /// The month's tables to be filled, with the nests that they follow.
    pub fn tables_and_nests_mut(&mut self) -> (&mut ChoiceTables, &Nests) {
        (&mut self.tables, &self.nests)
    }

    /// Scales the loads of a group so that they sum to `total` and fall on the providers by
    /// these shares. A provider without any customer in the group leaves its part to the
    /// others.
    pub(super) fn scale_loads(&mut self, group: usize, total: f64, shares: &[f64]) {
        let mut held = [0.0; 16];
        for (o, load) in self.ledger.loads(group).iter().enumerate() {
            held[usize::from(self.nests.provider_of(o as u8))] += load;
        }
        let met: f64 = shares
            .iter()
            .zip(held)
            .filter(|(_, held)| *held > 0.0)
            .map(|(s, _)| s)
            .sum();
        let mut factor = [0.0; 16];
        for ((factor, share), held) in factor.iter_mut().zip(shares).zip(held) {
            *factor = if held > 0.0 {
                total * share / met / held
            } else {
                0.0
            };
        }
        let offerings = self.nests.offerings();
        self.ledger.load[group * offerings..(group + 1) * offerings].fill(0.0);
        for customer in self.population.group(group) {
            let offering = self.columns.offering[customer][0];
            if offering == NONE {
                continue;
            }
            let factor = factor[usize::from(self.nests.provider_of(offering))];
            let load = (f64::from(self.columns.load[customer][0]) * factor) as f32;
            self.columns.load[customer][0] = load;
            let at = self.ledger.at(group, offering);
            self.ledger.load[at] += f64::from(load);
        }
    }

    /// The month's tables.
    #[must_use]
    pub fn tables(&self) -> &ChoiceTables {
        &self.tables
    }

    /// The nests.
    #[must_use]
    pub fn nests(&self) -> &Nests {
        &self.nests
    }

    /// The frame.
    #[must_use]
    pub fn population(&self) -> &Population {
        &self.population
    }

    /// The sums.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The columns, for the start of a run and for checks.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The month's tables with beliefs at rest, if acts are watched in it, with their nests.
    pub fn rest_tables_and_nests_mut(&mut self, month: u32) -> Option<(&mut ChoiceTables, &Nests)> {
        let acts = self
            .acts
            .as_mut()
            .filter(|acts| acts.are_watched_in(month))?;
        Some((&mut acts.at_rest, &self.nests))
    }

    /// Sets growth since the start, `[group]` and `[provider]`.
    pub fn set_growth(&mut self, group: impl Fn(usize) -> f64, provider: impl Fn(usize) -> f64) {
        for (g, growth) in self.group_growth.iter_mut().enumerate() {
            *growth = group(g);
        }
        for (p, growth) in self.provider_growth.iter_mut().enumerate() {
            *growth = provider(p);
        }
    }

    /// Fills the tables from utilities already written into them.
    pub fn exponentiate_tables(&mut self) {
        self.tables.exponentiate(&self.nests, self.nest_scale);
    }
}
