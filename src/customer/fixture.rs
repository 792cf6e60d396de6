//! Small markets and models for the tests of this room.

use std::sync::Arc;

use super::base::MoveCost;
use super::choice::Nests;
use super::contract::Contracts;
use super::market::{Market, RunRules};
use super::network::Neighbours;
use super::population::Population;
use super::settle::Start;
use crate::chance::{Run, Seed};
use crate::domain::Record;
use crate::scenario::resolved::{FullModel, InputDraw, Model, Scenario};
use crate::scenario::{ScenarioTarget, load, load_text};

/// The small scenario of tests, with settings.
pub fn small_scenario(settings: &[&str]) -> Scenario {
    let text = include_str!("../scenario/fixture.toml");
    let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
    load_text("small", text, &settings).unwrap_or_else(|e| panic!("{}", e.render(false)))
}

/// A shipped scenario.
pub fn shipped(name: &str) -> Scenario {
    load(&ScenarioTarget::parse(name), &[]).unwrap_or_else(|e| panic!("{}", e.render(false)))
}

/// The tables of a scenario with the whole model, and its median inputs.
pub fn tables(scenario: &Scenario) -> (Arc<FullModel>, InputDraw) {
    let Model::Full(model) = &scenario.model else {
        panic!("a benchmark has no such tables");
    };
    (Arc::clone(model), scenario.median_inputs())
}

/// Rules of a run without contracts, peers and delays.
pub fn rules(run: u32) -> RunRules {
    RunRules {
        run: Run(run),
        move_cost: MoveCost::OtherProvider { region_factor: 0.4 },
        move_months: 0,
        repatriation: true,
        contract: None,
        nest_scale: 0.3,
        peer_weight: 0.0,
    }
}

/// Rules with contracts, peers and half-year moves besides.
pub fn full_rules(run: u32) -> RunRules {
    RunRules {
        move_months: 6,
        contract: Some(Contracts {
            months: 36,
            stride: 6,
        }),
        peer_weight: 0.3,
        ..rules(run)
    }
}

/// A market of groups of these sizes in two classes, with offerings of the providers
/// given, and nobody's neighbours known.
pub fn market(sizes: &[usize], provider_of: &[usize], seed: u64) -> Market {
    let named: Vec<(String, usize)> = sizes
        .iter()
        .enumerate()
        .map(|(g, &size)| (format!("group-{g}"), size))
        .collect();
    let population = Population::new(&named, 2, |starts| {
        Neighbours::ring(starts[starts.len() - 1] as usize, &[], |i| i)
    });
    let providers = provider_of.iter().max().map_or(0, |p| p + 1);
    let nests = Nests::new(provider_of, providers);
    Market::new(Arc::new(population), nests, Seed(seed))
}

/// Settles all customers at the offering that `place` gives, with this switching cost,
/// workload 1 placed and 2 on premises, and fills the month's tables.
pub fn settle_all(market: &mut Market, switching_cost: f64, place: impl Fn(usize) -> Option<u8>) {
    for group in 0..market.population.groups() {
        for customer in market.population.group(group) {
            let start = Start {
                offering: place(customer),
                load: 1.0,
                on_premises: 2.0,
                switching_cost,
            };
            market.settle(group, customer, start);
        }
    }
}

/// Fills the tables from utilities by offering (`−∞` where closed) and provider.
pub fn fill_tables(market: &mut Market, utility: &[f64], extra: &[f64]) {
    let nest_scale = market.nest_scale;
    let tables = market.tables_mut();
    for row in tables.attraction.chunks_exact_mut(utility.len()) {
        for (out, v) in row.iter_mut().zip(utility) {
            *out = v / nest_scale;
        }
    }
    for row in tables.weight.chunks_exact_mut(extra.len()) {
        row.copy_from_slice(extra);
    }
    market.exponentiate_tables();
}

/// The record of a scenario's first day, with no law in force.
pub fn first_day(model: &FullModel, scenario: &Scenario) -> Record {
    let start = scenario.start;
    let offerings = model.offerings.iter();
    let open = offerings.map(|offering| {
        let opens = model.regions[offering.region.index()].opens;
        opens.is_none_or(|opens| opens <= start)
    });
    let jurisdictions = model.jurisdictions.len();
    Record {
        open: open.collect(),
        full: vec![false; model.offerings.len()],
        opened_on: vec![start; model.offerings.len()],
        price_index: vec![1.0; model.providers.len()],
        reach_pends: vec![false; jurisdictions],
        reach_settled: vec![false; jurisdictions],
        reach_in_law: vec![[0.0; 5]; jurisdictions],
        in_force_since: vec![None; model.instruments.len()],
        ..Record::empty(start)
    }
}
