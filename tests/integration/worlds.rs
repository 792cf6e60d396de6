//! Worlds for the tests of the engine: a scenario with what all its runs share.

use std::sync::Arc;

use comity::chance::{Run, Seed};
use comity::scenario::resolved::{FullModel, Model};
use comity::scenario::{Scenario, ScenarioTarget, load, load_text};
use comity::world::{Setting, World};

/// The market of 2014 without any news, with settings.
pub fn at_rest(settings: &[&str]) -> Scenario {
    written("rest", include_str!("rest.toml"), settings)
}

/// A scenario from a text.
pub fn written(name: &str, text: &str, settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
    load_text(name, text, &settings).unwrap_or_else(|e| panic!("{}", e.render(false)))
}

/// A shipped scenario, with settings.
pub fn shipped(name: &str, settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
    load(&ScenarioTarget::parse(name), &settings).unwrap_or_else(|e| panic!("{}", e.render(false)))
}

/// The tables of a scenario with the whole model.
pub fn model(scenario: &Scenario) -> &Arc<FullModel> {
    match &scenario.model {
        Model::Full(model) => model,
        Model::MarketBenchmark(_) => panic!("a benchmark has no such tables"),
    }
}

/// Simulates some runs of a scenario, each with its own inputs, and lets `observe` see the
/// start and every month.
pub fn simulate(
    scenario: &Scenario,
    customers: usize,
    runs: std::ops::Range<u32>,
    mut observe: impl FnMut(u32, usize, &World<'_>),
) {
    let seed = Seed(1);
    let setting = Setting::new(scenario, model(scenario), customers, seed);
    let mut world = World::new(setting, &scenario.median_inputs()).unwrap();
    for run in runs {
        let draw = scenario.draw_inputs(seed, Run(run));
        world
            .simulate(Run(run), &draw, |k, world| observe(run, k, world))
            .unwrap();
    }
}
