//! The stripped market on which engines are compared (`docs/model.md`, "The market
//! benchmark"), simulated by the same columns, attention, network and choice as the
//! ordinary world.

use std::sync::Arc;

use crate::chance::{EntityKey, Run, Seed, Stream, math};
use crate::customer::base::MoveCost;
use crate::customer::choice::Nests;
use crate::customer::market::{Market, RunRules};
use crate::customer::network::Neighbours;
use crate::customer::population::Population;
use crate::customer::settle::{Start, switching_deviations};
use crate::customer::trust::Stock;
use crate::domain::OfferingId;
use crate::scenario::resolved::MarketBenchmark;

/// One worker's benchmark market.
#[derive(Clone, Debug)]
pub struct BenchmarkWorld {
    spec: MarketBenchmark,
    seed: Seed,
    coins: Stream,
    market: Market,
    /// `[group][provider]`
    trust: Vec<Stock>,
    hazard: Vec<f64>,
    group_keys: Vec<EntityKey>,
}

/// The frame of the benchmark's customers, shared by all workers.
#[must_use]
pub fn benchmark_population(spec: &MarketBenchmark, customers: usize) -> Arc<Population> {
    let groups = spec.groups as usize;
    let sizes: Vec<(String, usize)> = (0..groups)
        .map(|g| (group_name(g), (customers + groups - 1 - g) / groups))
        .collect();
    Arc::new(Population::new(&sizes, 1, |starts| {
        let place = |i: usize| starts[i % groups] as usize + i / groups;
        Neighbours::ring(customers, &spec.neighbour_offsets, place)
    }))
}

fn group_name(group: usize) -> String {
    format!("group-{group}")
}

impl BenchmarkWorld {
    /// A worker over the frame.
    #[must_use]
    pub fn new(spec: &MarketBenchmark, population: Arc<Population>, seed: Seed) -> Self {
        let offerings = spec.offerings as usize;
        let provider_of: Vec<usize> = (0..offerings)
            .map(|o| spec.provider_of(OfferingId::new(o)).index())
            .collect();
        let nests = Nests::new(&provider_of, spec.providers as usize);
        let groups = population.groups();
        let rows = groups * nests.providers();
        Self {
            spec: spec.clone(),
            seed,
            coins: Stream::new(seed, "benchmark", "coin"),
            market: Market::new(population, nests, seed),
            trust: vec![Stock::new(spec.trust_prior, spec.trust_prior); rows],
            hazard: vec![0.0; rows],
            group_keys: (0..groups).map(|g| EntityKey::of(&group_name(g))).collect(),
        }
    }

    /// Simulates one run; `observe(month, world)` is called at the start (month 0) and
    /// after each month.
    pub fn simulate(&mut self, run: u32, months: u32, mut observe: impl FnMut(u32, &Market)) {
        self.begin(Run(run));
        observe(0, &self.market);
        for month in 1..=months {
            self.toss_coins(Run(run), month);
            self.fill_tables();
            self.hazard.fill(-math::ln_1p(-self.spec.reconsider_chance));
            self.market.act_on_base(month, &mut self.hazard);
            self.market.publish();
            observe(month, &self.market);
        }
    }

    fn begin(&mut self, run: Run) {
        self.trust
            .fill(Stock::new(self.spec.trust_prior, self.spec.trust_prior));
        self.market.begin(RunRules {
            run,
            move_cost: MoveCost::AnyOffering,
            move_months: 0,
            repatriation: false,
            contract: None,
            nest_scale: 1.0,
            peer_weight: self.spec.peer_weight,
        });
        let groups = self.spec.groups as usize;
        let mut deviations = Vec::new();
        for group in 0..groups {
            let range = self.market.population().group(group);
            switching_deviations(self.market.population(), group, self.seed, &mut deviations);
            for (rank, customer) in range.enumerate() {
                let number = rank * groups + group;
                let log_cost = self.spec.switching_cost_log_sd * deviations[rank];
                self.market.settle(
                    group,
                    customer,
                    Start {
                        offering: Some((number % self.spec.offerings as usize) as u8),
                        load: 1.0,
                        on_premises: 0.0,
                        switching_cost: self.spec.switching_cost_median * math::exp(log_cost),
                    },
                );
            }
        }
        self.market.draw_thresholds(self.seed);
    }

    /// A fair coin for each stock adds good or bad evidence, after a month's forgetting.
    fn toss_coins(&mut self, run: Run, month: u32) {
        let kept = math::exp2(-1.0 / self.spec.trust_half_life_months);
        let providers = self.spec.providers as usize;
        for (index, stock) in self.trust.iter_mut().enumerate() {
            let key = self.group_keys[index / providers].child((index % providers) as u64);
            stock.forget(kept, kept);
            if self.coins.uniform(run, key, month) < 0.5 {
                stock.good += 1.0;
            } else {
                stock.bad += self.spec.bad_weight;
            }
        }
    }

    fn fill_tables(&mut self) {
        let (offerings, weight) = (self.spec.offerings as usize, self.spec.trust_weight);
        let tables = self.market.tables_mut();
        for (index, utility) in tables.attraction.iter_mut().enumerate() {
            *utility = fixed_utility(index / offerings, index % offerings);
        }
        for (extra, stock) in tables.weight.iter_mut().zip(&self.trust) {
            *extra = weight * stock.log_odds();
        }
        self.market.exponentiate_tables();
    }
}

/// `x[h, o] = sin(12.9898 h + 78.233 o)`, radians.
#[must_use]
pub fn fixed_utility(group: usize, offering: usize) -> f64 {
    math::sin(12.9898 * group as f64 + 78.233 * offering as f64)
}

#[cfg(test)]
mod tests;
