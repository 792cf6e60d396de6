//! The simulator of the market benchmark: the share of each offering, month by month.

use std::sync::Arc;

use super::simulator::{RunFailure, RunOutput, Simulator};
use crate::chance::Seed;
use crate::customer::population::Population;
use crate::measure::grid::Grid;
use crate::result::{Layout, Measured, SeriesKey};
use crate::scenario::Scenario;
use crate::scenario::resolved::{MarketBenchmark, Model};
use crate::world::benchmark::{BenchmarkWorld, benchmark_population};
use crate::world::calendar::Calendar;

/// Runs of a market benchmark.
#[derive(Debug)]
pub struct BenchmarkSimulator<'s> {
    spec: &'s MarketBenchmark,
    population: Arc<Population>,
    seed: Seed,
    months: u32,
    layout: Layout,
}

/// The scenario is no market benchmark.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` has no [market_benchmark]; it is simulated as a whole model")]
pub struct NotABenchmark(pub String);

impl<'s> BenchmarkSimulator<'s> {
    /// A simulator for so many customers.
    ///
    /// # Errors
    /// [`NotABenchmark`]
    pub fn new(
        scenario: &'s Scenario,
        customers: usize,
        seed: Seed,
    ) -> Result<Self, NotABenchmark> {
        let Model::MarketBenchmark(spec) = &scenario.model else {
            return Err(NotABenchmark(scenario.name.clone()));
        };
        let calendar = Calendar::new(scenario.start, scenario.horizon_months, scenario.start);
        Ok(Self {
            population: benchmark_population(spec, customers),
            seed,
            months: scenario.horizon_months,
            layout: layout(spec, &calendar),
            spec,
        })
    }
}

fn layout(spec: &MarketBenchmark, calendar: &Calendar) -> Layout {
    let offerings = 0..spec.offerings;
    let months = calendar.horizon_months();
    let metrics = [months / 2, months].into_iter().flat_map(|month| {
        offerings.clone().map(move |o| {
            Measured::new(
                &format!("share_offering_{o:02}_month_{month:03}"),
                "percent",
                &format!("customers whose offering is number {o}, at the end of month {month}"),
            )
        })
    });
    let levels = Grid::linear(0.0, 100.0, 10_001).expect("the limits are in order");
    let series = offerings.clone().map(|o| SeriesKey {
        metric: Arc::from("customer_share"),
        unit: Arc::from("percent"),
        provider: Some(Arc::from(format!("offering-{o:02}"))),
        jurisdiction: None,
        segment: None,
        grid: levels,
        difference_grid: levels,
    });
    Layout {
        metrics: metrics.collect(),
        dates: calendar.dates(),
        series: series.collect(),
        ..Layout::default()
    }
}

impl Simulator for BenchmarkSimulator<'_> {
    type Worker = BenchmarkWorld;

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn worker(&self) -> Result<BenchmarkWorld, String> {
        Ok(BenchmarkWorld::new(
            self.spec,
            Arc::clone(&self.population),
            self.seed,
        ))
    }

    fn simulate(
        &self,
        world: &mut BenchmarkWorld,
        run: u32,
        output: &mut RunOutput,
    ) -> Result<(), RunFailure> {
        let offerings = self.spec.offerings as usize;
        let (groups, dates) = (self.population.groups(), self.layout.dates.len());
        let to_percent = 100.0 / self.population.customers() as f64;
        output.series.resize(offerings * dates, f64::NAN);
        let (series, metrics) = (&mut output.series, &mut output.rows.metrics);
        let sampled = [self.months / 2, self.months];
        world.simulate(run, self.months, |month, market| {
            for o in 0..offerings {
                let count = |g: usize| market.ledger().primaries[market.ledger().at(g, o as u8)];
                let total: u32 = (0..groups).map(count).sum();
                series[o * dates + month as usize] = f64::from(total) * to_percent;
            }
            for _ in sampled.iter().filter(|&&at| at == month) {
                metrics.extend((0..offerings).map(|o| series[o * dates + month as usize]));
            }
        });
        Ok(())
    }
}
