//! One future of the Preska scenario and its baseline, 120 months of 5,000 customers each
//! (`docs/performance.md`): what a run of the main job costs on one core.
//! `cargo bench --bench world`.

use comity::chance::Seed;
use comity::ensemble::worlds::WorldSimulator;
use comity::ensemble::{RunOutput, Simulator};
use comity::scenario::{Scenario, ScenarioTarget, load};
use comity::world::series::SeriesDetail;
use criterion::{Criterion, Throughput};

const CUSTOMERS: usize = 5_000;
/// Two worlds of 120 months.
const CUSTOMER_MONTHS: u64 = 2 * 120 * CUSTOMERS as u64;

fn shipped(name: &str) -> Scenario {
    load(&ScenarioTarget::parse(name), &[]).expect("shipped scenarios load")
}

fn main() {
    let (order, quashed) = (shipped("preska-2014"), shipped("no-order"));
    let detail = SeriesDetail::Standard;
    let simulator = WorldSimulator::new(&order, Some(&quashed), CUSTOMERS, Seed(1), detail)
        .expect("the shipped pair fits");
    let mut worker = simulator.worker().expect("the shipped law is possible");
    let mut output = RunOutput::default();
    let mut run = 0;
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let mut group = criterion.benchmark_group("world");
    group.throughput(Throughput::Elements(CUSTOMER_MONTHS));
    group.bench_function("paired run", |bench| {
        bench.iter(|| {
            output.clear(run);
            simulator
                .simulate(&mut worker, run, &mut output)
                .expect("the run is solved");
            run += 1;
        });
    });
    group.finish();
    criterion.final_summary();
}
