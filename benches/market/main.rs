//! The market benchmark (`docs/performance.md`): the ordinary engine beside a bare twin by
//! the same rules, in customer-months a second on one core. `cargo bench --bench market`.

mod twin;

use std::hint::black_box;
use std::io::Write;

use comity::chance::Seed;
use comity::scenario::resolved::{MarketBenchmark, Model};
use comity::scenario::{ScenarioTarget, load};
use comity::world::benchmark::{BenchmarkWorld, benchmark_population};
use criterion::{BenchmarkId, Criterion, Throughput};

const MONTHS: u32 = 120;

/// The shipped benchmark's numbers; the twin has them written out.
fn specification() -> MarketBenchmark {
    let scenario = load(&ScenarioTarget::parse("bench-market"), &[]).expect("it is shipped");
    match scenario.model {
        Model::MarketBenchmark(spec) => spec,
        Model::Full(_) => unreachable!("bench-market has a [market_benchmark]"),
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut group = criterion.benchmark_group("market");
    for customers in [10_000usize, 100_000] {
        group.throughput(Throughput::Elements(customers as u64 * u64::from(MONTHS)));
        let spec = specification();
        let mut world = BenchmarkWorld::new(&spec, benchmark_population(&spec, customers), Seed(1));
        let mut run = 0;
        group.bench_function(BenchmarkId::new("engine", customers), |bench| {
            bench.iter(|| {
                run += 1;
                world.simulate(run, MONTHS, |_, market| {
                    black_box(market.ledger());
                });
            });
        });
        let mut twin = twin::Twin::new(customers);
        group.bench_function(BenchmarkId::new("twin", customers), |bench| {
            bench.iter(|| {
                run += 1;
                black_box(twin.simulate(run, MONTHS as usize))
            });
        });
    }
    group.finish();
    let _ = writeln!(std::io::stdout(), "elements are customer-months");
    criterion.final_summary();
}
