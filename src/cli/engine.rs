//! The simulator that a scenario asks for, ready to do a job.

use std::error::Error;
use std::time::Duration;

use comity::chance::Seed;
use comity::ensemble::benchmark::BenchmarkSimulator;
use comity::ensemble::cost::{Cost, cost};
use comity::ensemble::worlds::WorldSimulator;
use comity::ensemble::{
    self, EnsembleError, Finished, Job, Outcome, Progress, Simulator, Summarise,
};
use comity::report::enough::rule::{PrecisionRule, asked_of};
use comity::report::front::FrontPage;
use comity::result::{Folder, Identity};
use comity::scenario::Scenario;
use comity::scenario::resolved::Model;
use comity::world::series::SeriesDetail;
use serde_json::Value;

use super::failure::Failure;
use super::target::Pair;

/// The simulator of a scenario, by its model.
pub enum Engine<'p> {
    /// Of the whole model.
    World(Box<WorldSimulator<'p>>),
    /// Of the market benchmark.
    Benchmark(BenchmarkSimulator<'p>),
}

impl<'p> Engine<'p> {
    /// Sets up the simulator and tries how a run starts, so that a scenario that cannot be
    /// simulated is refused before anything is written.
    pub fn new(
        scenario: &'p Scenario,
        baseline: Option<&'p Scenario>,
        job: &Identity,
        detail: SeriesDetail,
    ) -> Result<Self, Failure> {
        let (customers, seed) = (job.customers as usize, Seed(job.seed));
        let (engine, trial) = match &scenario.model {
            Model::Full(_) => {
                let world = WorldSimulator::new(scenario, baseline, customers, seed, detail);
                let world = world.map_err(|error| {
                    Failure::input(format!(
                        "{error}; --no-baseline simulates `{}` alone",
                        scenario.name
                    ))
                })?;
                let trial = world.try_start().and_then(|()| world.try_facts());
                (Self::World(Box::new(world)), trial)
            }
            Model::MarketBenchmark(_) => {
                let market = BenchmarkSimulator::new(scenario, customers, seed);
                let market = market.map_err(|error| Failure::input(error.to_string()))?;
                let trial = market.worker().map(drop);
                (Self::Benchmark(market), trial)
            }
        };
        let name = &scenario.name;
        trial.map_err(|why| Failure::input(format!("`{name}` cannot be simulated: {why}")))?;
        Ok(engine)
    }

    /// The simulator of the whole model, if it is that.
    pub fn world(&self) -> Option<&WorldSimulator<'p>> {
        match self {
            Self::World(world) => Some(world),
            Self::Benchmark(_) => None,
        }
    }

    /// What the job will cost, measured by doing runs for about `budget`; nothing is written.
    pub fn cost(
        &self,
        job: &Job,
        identity: &Identity,
        budget: Duration,
    ) -> Result<Cost, EnsembleError> {
        match self {
            Self::World(world) => cost(job, &**world, identity, budget),
            Self::Benchmark(market) => cost(job, market, identity, budget),
        }
    }

    /// Room that the job may need on the disk, bytes.
    pub fn room_bytes(&self, job: &Job, identity: &Identity) -> u64 {
        match self {
            Self::World(world) => ensemble::cost::room_bytes(job, world.layout(), identity.runs),
            Self::Benchmark(market) => {
                ensemble::cost::room_bytes(job, market.layout(), identity.runs)
            }
        }
    }

    /// Does the job in its folder, up to its front page.
    pub fn run(
        &self,
        job: &Job,
        folder: Folder,
        pair: &Pair,
        progress: &(dyn Fn(&Progress) + Sync),
    ) -> Result<Outcome, EnsembleError> {
        match self {
            Self::World(world) => work(job, &**world, folder, pair, progress),
            Self::Benchmark(market) => work(job, market, folder, pair, progress),
        }
    }
}

fn work<S: Simulator>(
    job: &Job,
    simulator: &S,
    folder: Folder,
    pair: &Pair,
    progress: &(dyn Fn(&Progress) + Sync),
) -> Result<Outcome, EnsembleError> {
    let identity = folder.identity().clone();
    let summarise: &Summarise<'_> = &|finished| summary(finished, pair, &identity);
    let asks = asked_of(&identity, &pair.scenario);
    let asks = asks.map_err(|error| EnsembleError::Summary(Box::new(error)))?;
    if asks.is_empty() {
        return ensemble::run(job, simulator, folder, progress, summarise);
    }
    let mut rule = PrecisionRule::new(asks, simulator.layout());
    ensemble::run_until(job, simulator, folder, &mut rule, progress, summarise)
}

/// What `summary.json` of a run holds.
pub fn summary(
    finished: &Finished<'_>,
    pair: &Pair,
    identity: &Identity,
) -> Result<Value, Box<dyn Error + Send + Sync>> {
    let page = FrontPage::of(finished, &pair.scenario, identity)?;
    Ok(serde_json::to_value(page)?)
}
