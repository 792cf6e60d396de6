//! The simulator of scenarios with the whole model: each run in the scenario's world and,
//! when paired, in its baseline's, on the same luck.

use super::simulator::{RunFailure, RunOutput, Simulator};
use super::yields::Yields;
use crate::chance::{Run, Seed};
use crate::result::{Layout, World as Whose};
use crate::scenario::Scenario;
use crate::scenario::resolved::{
    FullModel, InputDraw, InputId, MetricScope, Model, Offering, Region,
};
use crate::world::metrics::Metrics;
use crate::world::series::{SeriesDetail, SeriesRows, SeriesSet};
use crate::world::sums::Sums;
use crate::world::{Setting, World, WorldError};

/// Runs of a scenario, perhaps paired with its baseline.
#[derive(Debug)]
pub struct WorldSimulator<'s> {
    scenario: Side<'s>,
    baseline: Option<Side<'s>>,
    series: SeriesSet,
    yields: Yields,
    seed: Seed,
}

/// One of the two worlds: its scenario and what all its workers share.
#[derive(Debug)]
struct Side<'s> {
    scenario: &'s Scenario,
    setting: Setting<'s>,
}

/// Why scenarios cannot be simulated together.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// The baseline's tables differ, so that its numbers would be about something else.
    #[error(
        "the baseline `{baseline}` cannot be paired with `{scenario}`: {what} differ; let it \
         extend `{scenario}` and change only what the comparison is about"
    )]
    Tables {
        /// The scenario.
        scenario: String,
        /// Its baseline.
        baseline: String,
        /// What differs.
        what: &'static str,
    },
    /// A scenario is a market benchmark, which has no worlds to pair.
    #[error("`{0}` is a market benchmark; it has no courts and no baseline")]
    Benchmark(String),
}

/// Runs of a scenario that gives facts are numbered below this: what a run draws again has a
/// number of its own, beyond those of all runs.
pub const MOST_RUNS_GIVEN: u32 = 1 << 22;

/// Futures that a run draws until one agrees with what is known. Of facts that hold in 1 of 100
/// futures all but 4 in 100,000 runs find one.
pub const MOST_ATTEMPTS: u32 = 1_000;

/// The future that a run draws at an attempt, from 0; the first is its own.
fn future_of(run: u32, attempt: u32) -> Run {
    Run(run + attempt * MOST_RUNS_GIVEN)
}

/// Why a world is not watched to its end.
enum Stop {
    Failed(RunFailure),
    /// It came otherwise than what is known.
    Disagrees,
}

impl Stop {
    fn failure(self) -> RunFailure {
        match self {
            Self::Failed(failure) => failure,
            Self::Disagrees => RunFailure::Failed(format!(
                "none of {MOST_ATTEMPTS} futures drawn agrees with what is known; give fewer \
                 facts, or leave out their dates"
            )),
        }
    }
}

impl From<WorldError> for Stop {
    fn from(error: WorldError) -> Self {
        match error {
            WorldError::Disagrees => Self::Disagrees,
            other => Self::Failed(RunFailure::Failed(other.to_string())),
        }
    }
}

/// One thread's worlds.
#[derive(Debug)]
pub struct Worlds<'s> {
    scenario: Watched<'s>,
    baseline: Option<Watched<'s>>,
}

/// A world, and what is taken from it month by month.
#[derive(Debug)]
struct Watched<'s> {
    world: World<'s>,
    metrics: Metrics,
    sums: Sums,
    rows: SeriesRows,
    price_factor: Vec<f64>,
}

impl<'s> WorldSimulator<'s> {
    /// A simulator for so many customers.
    ///
    /// # Errors
    /// [`PairingError`]
    pub fn new(
        scenario: &'s Scenario,
        baseline: Option<&'s Scenario>,
        customers: usize,
        seed: Seed,
        detail: SeriesDetail,
    ) -> Result<Self, PairingError> {
        let scenario = Side::new(scenario, customers, seed)?;
        let baseline = baseline
            .map(|b| Side::new(b, customers, seed))
            .transpose()?;
        if let Some(baseline) = &baseline {
            scenario.check_pair(baseline)?;
        }
        let series = crate::world::series::plan(scenario.setting.model, detail);
        let yields = Yields::new(
            scenario.scenario,
            scenario.setting.model,
            &scenario.setting.calendar,
            &series.plans,
            baseline.is_some(),
        );
        Ok(Self {
            scenario,
            baseline,
            series,
            yields,
            seed,
        })
    }

    /// Whether both worlds can start from the medians of what is uncertain. Nothing is
    /// simulated.
    ///
    /// # Errors
    /// Why one of them cannot, such as brands that do not exist.
    pub fn try_start(&self) -> Result<(), String> {
        for side in std::iter::once(&self.scenario).chain(&self.baseline) {
            let median = side.scenario.median_inputs();
            World::new(side.setting.clone(), &median)
                .and_then(|mut world| world.try_start(&median))
                .map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Worlds for one more thread.
    pub(super) fn new_worlds(&self) -> Result<Worlds<'s>, String> {
        let error = |error: WorldError| error.to_string();
        let baseline = self.baseline.as_ref().map(Side::watched);
        Ok(Worlds {
            scenario: self.scenario.watched().map_err(error)?,
            baseline: baseline.transpose().map_err(error)?,
        })
    }

    /// One run with these inputs of the scenario where these scores put them, in both worlds.
    pub(super) fn simulate_at(
        &self,
        worker: &mut Worlds<'s>,
        run: Run,
        inputs: &[(InputId, f64)],
        output: &mut RunOutput,
    ) -> Result<(), RunFailure> {
        let ours = &self.scenario.scenario.inputs;
        self.both(worker, run.0, output, |side, run| {
            // Inputs are in the order of their paths, and matched by them.
            let theirs = &side.scenario.inputs;
            let at = inputs.iter().filter_map(|&(input, score)| {
                let path = &ours[input.0].path;
                let index = theirs.binary_search_by(|their| their.path.cmp(path)).ok()?;
                Some((InputId(index), score))
            });
            let at: Vec<(InputId, f64)> = at.collect();
            side.scenario.draw_inputs_at(self.seed, run, &at)
        })
    }

    /// One run in both worlds, each with its inputs: the first future of the run's own that
    /// agrees with what is known, and its baseline on the same luck.
    fn both(
        &self,
        worker: &mut Worlds<'s>,
        run: u32,
        output: &mut RunOutput,
        draw: impl Fn(&Side<'_>, Run) -> InputDraw,
    ) -> Result<(), RunFailure> {
        for attempt in 0..self.attempts() {
            let future = future_of(run, attempt);
            let ours = (future, draw(&self.scenario, future));
            let scenario = &mut worker.scenario;
            match self.watch(scenario, &self.scenario, ours, Whose::Scenario, output) {
                Ok(()) => {}
                Err(Stop::Disagrees) => {
                    output.clear(run);
                    continue;
                }
                Err(Stop::Failed(failure)) => return Err(failure),
            }
            output.rows.tried = attempt + 1;
            if let (Some(watched), Some(side)) = (&mut worker.baseline, &self.baseline) {
                let theirs = (future, draw(side, future));
                let watched = self.watch(watched, side, theirs, Whose::Baseline, output);
                watched.map_err(Stop::failure)?;
            }
            return Ok(());
        }
        Err(Stop::Disagrees.failure())
    }

    /// Futures that a run may draw until one agrees with what is known.
    fn attempts(&self) -> u32 {
        if self.yields.layout().given {
            MOST_ATTEMPTS
        } else {
            1
        }
    }

    /// Whether what is known happens in any future that the first run may draw, found out by
    /// drawing them.
    ///
    /// # Errors
    /// That it does in none, or why none can be simulated.
    pub fn try_facts(&self) -> Result<(), String> {
        if !self.yields.layout().given {
            return Ok(());
        }
        let mut output = RunOutput::default();
        output.clear(0);
        let mut worker = self.new_worlds()?;
        self.simulate(&mut worker, 0, &mut output)
            .map_err(|failure| failure.to_string())
    }

    fn watch(
        &self,
        watched: &mut Watched<'s>,
        side: &Side<'_>,
        (future, draw): (Run, InputDraw),
        whose: Whose,
        output: &mut RunOutput,
    ) -> Result<(), Stop> {
        let Watched {
            world,
            metrics,
            sums,
            rows: series_rows,
            price_factor,
        } = watched;
        let Setting { model, .. } = side.setting;
        fill_price_factors(price_factor, &model.offerings, &model.regions, &draw);
        metrics.begin(discount(side.scenario, &draw));
        world.keep_chronicle(output.keep_events.then_some(&price_factor[..]));
        let dates = self.yields.layout().dates.len();
        let keep_path = output.keep_path && whose == Whose::Scenario;
        let values = match whose {
            Whose::Scenario => &mut output.series,
            Whose::Baseline => &mut output.baseline_series,
        };
        values.resize(self.series.plans.len() * dates, f64::NAN);
        let path = &mut output.rows.path;
        let simulated = world.simulate(future, &draw, |k, world| {
            sums.take(world, price_factor);
            metrics.observe(k, world, sums, &draw);
            self.series
                .month(sums, series_rows, |s, value| values[s * dates + k] = value);
            if keep_path {
                path.extend(
                    self.yields
                        .path()
                        .iter()
                        .map(|(_, level)| level.value(world, sums)),
                );
            }
        });
        simulated?;
        if !world.customers().market().all_workload().is_finite() {
            let why =
                "workloads have grown beyond all numbers; lower `growth_per_year` in [market]";
            return Err(Stop::Failed(RunFailure::Failed(why.to_owned())));
        }
        let rows = &mut output.rows;
        match whose {
            Whose::Scenario => {
                rows.inputs.extend_from_slice(&draw.0);
                rows.metrics.extend_from_slice(metrics.values());
            }
            Whose::Baseline => rows.baseline_metrics.extend_from_slice(metrics.values()),
        }
        self.yields.tell(whose, world, output.keep_events, rows);
        Ok(())
    }
}

impl<'s> Simulator for WorldSimulator<'s> {
    type Worker = Worlds<'s>;

    fn layout(&self) -> &Layout {
        self.yields.layout()
    }

    fn worker(&self) -> Result<Worlds<'s>, String> {
        self.new_worlds()
    }

    fn simulate(
        &self,
        worker: &mut Worlds<'s>,
        run: u32,
        output: &mut RunOutput,
    ) -> Result<(), RunFailure> {
        self.both(worker, run, output, |side, future| {
            side.scenario.draw_inputs(self.seed, future)
        })
    }
}

impl<'s> Side<'s> {
    fn new(scenario: &'s Scenario, customers: usize, seed: Seed) -> Result<Self, PairingError> {
        let Model::Full(model) = &scenario.model else {
            return Err(PairingError::Benchmark(scenario.name.clone()));
        };
        Ok(Self {
            setting: Setting::new(scenario, model, customers, seed),
            scenario,
        })
    }

    fn watched(&self) -> Result<Watched<'s>, WorldError> {
        let model = self.setting.model;
        Ok(Watched {
            world: World::new(self.setting.clone(), &self.scenario.median_inputs())?,
            metrics: Metrics::new(self.scenario, model, &self.setting.calendar),
            sums: Sums::new(
                model.groups.len(),
                model.providers.len(),
                model.offerings.len(),
            ),
            rows: SeriesRows::default(),
            price_factor: vec![1.0; model.offerings.len()],
        })
    }

    /// Series and metrics are matched by position, so both worlds must have the same.
    fn check_pair(&self, baseline: &Side<'_>) -> Result<(), PairingError> {
        let (ours, theirs) = (self.setting.model, baseline.setting.model);
        let metrics = |side: &Side<'_>| {
            let instruments = &side.setting.model.instruments;
            let asked = side.scenario.metrics.iter().map(|m| {
                // The worlds may have different instruments, so these are matched by name.
                let instrument = m
                    .scope
                    .instrument
                    .map(|id| instruments[id.index()].name.clone());
                let scope = MetricScope {
                    instrument: None,
                    ..m.scope
                };
                (m.name.clone(), m.of, scope, instrument, m.when)
            });
            asked.collect::<Vec<_>>()
        };
        let sellers = |model: &FullModel| {
            let providers = model.providers.iter();
            providers
                .map(|p| (p.name.clone(), p.parent))
                .collect::<Vec<_>>()
        };
        let offerings = |o: &Offering| o.name.clone();
        let what = if self.setting.calendar != baseline.setting.calendar {
            "the dates"
        } else if ours.groups != theirs.groups {
            "the markets"
        } else if !ours
            .offerings
            .iter()
            .map(offerings)
            .eq(theirs.offerings.iter().map(offerings))
        {
            "the regions"
        } else if sellers(ours) != sellers(theirs) {
            "the providers"
        } else if metrics(self) != metrics(baseline) {
            "the metrics"
        } else if ours
            .cases
            .iter()
            .map(|c| &c.name)
            .ne(theirs.cases.iter().map(|c| &c.name))
        {
            "the cases"
        } else if named_customers(ours) != named_customers(theirs) {
            "the named customers, their workloads or currencies"
        } else {
            return Ok(());
        };
        Err(PairingError::Tables {
            scenario: self.scenario.name.clone(),
            baseline: baseline.scenario.name.clone(),
            what,
        })
    }
}

/// Names and currencies, without which the customers of two worlds are not the same.
fn named_customers(model: &FullModel) -> Vec<(&str, &str, Vec<&str>)> {
    let customers = model.customers.iter();
    customers
        .map(|customer| {
            let workloads = customer.workloads.iter();
            let workloads = workloads.map(|workload| workload.name.as_str()).collect();
            (
                customer.name.as_str(),
                customer.currency.as_str(),
                workloads,
            )
        })
        .collect()
}

fn discount(scenario: &Scenario, draw: &InputDraw) -> f64 {
    scenario.discount_rate_per_year.value(draw)
}

fn fill_price_factors(
    out: &mut [f64],
    offerings: &[Offering],
    regions: &[Region],
    draw: &InputDraw,
) {
    for (factor, offering) in out.iter_mut().zip(offerings) {
        *factor = regions[offering.region.index()].price_factor.value(draw);
    }
}
