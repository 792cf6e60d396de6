//! The month loop allocates nothing, and memory grows by at most 64 bytes a customer. A
//! counting allocator needs a program of its own, and `unsafe`, which the library forbids.
#![allow(missing_docs)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use comity::chance::{Run, Seed};
use comity::customer::acted::ActsWindow;
use comity::scenario::resolved::Model;
use comity::scenario::{Scenario, ScenarioTarget, load, load_text};
use comity::world::benchmark::{BenchmarkWorld, benchmark_population};
use comity::world::{Setting, World};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
    static LIVE_BYTES: Cell<i64> = const { Cell::new(0) };
}

fn note(allocations: u64, bytes: i64) {
    let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + allocations));
    let _ = LIVE_BYTES.try_with(|live| live.set(live.get() + bytes));
}

// Safety: every call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(1, layout.size() as i64);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        note(0, -(layout.size() as i64));
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(1, size as i64 - layout.size() as i64);
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations() -> u64 {
    ALLOCATIONS.with(Cell::get)
}

fn live_bytes() -> i64 {
    LIVE_BYTES.with(Cell::get)
}

/// Allocations between the first and the last observation.
#[derive(Default)]
struct Loop {
    first: Option<u64>,
    last: u64,
    worst_month: Option<usize>,
}

impl Loop {
    fn observe(&mut self, month: usize) {
        let now = allocations();
        if self.first.is_some() && now > self.last && self.worst_month.is_none() {
            self.worst_month = Some(month);
        }
        self.first.get_or_insert(now);
        self.last = now;
    }

    fn assert_none(&self, what: &str) {
        let made = self.last - self.first.unwrap();
        assert_eq!(made, 0, "{what}: first in month {:?}", self.worst_month);
    }
}

fn shipped(name: &str, settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
    load(&ScenarioTarget::parse(name), &settings).unwrap_or_else(|e| panic!("{}", e.render(false)))
}

fn assert_quiet_months(scenario: &Scenario, customers: usize) {
    let Model::Full(model) = &scenario.model else {
        panic!("not the whole model");
    };
    let seed = Seed(5);
    let setting = Setting::new(scenario, model, customers, seed);
    let mut world = World::new(setting, &scenario.median_inputs()).unwrap();
    for run in 0..6 {
        let draw = scenario.draw_inputs(seed, Run(run));
        let mut months = Loop::default();
        world
            .simulate(Run(run), &draw, |k, _| months.observe(k))
            .unwrap();
        if run > 0 {
            months.assert_none(&format!("{} of {customers}, run {run}", scenario.name));
        }
    }
}

#[test]
fn the_months_of_a_scenario_allocate_nothing() {
    for customers in [300, 20_000] {
        assert_quiet_months(&shipped("preska-2014", &[]), customers);
    }
    let closing = "extends = \"preska-2014\"\nbaseline = \"\"\n\
                   [region.azure-dublin]\ncloses = 2016-03-10\n";
    let closing =
        load_text("closing", closing, &[]).unwrap_or_else(|e| panic!("{}", e.render(false)));
    assert_quiet_months(&closing, 20_000);
    let bank = include_str!("../integration/bank.toml");
    let bank = load_text("bank", bank, &[]).unwrap_or_else(|e| panic!("{}", e.render(false)));
    assert_quiet_months(&bank, 300);
    let restless = [
        "choice.base_switching_per_year=0.1",
        "attention.base_hazard=0.2",
    ];
    assert_quiet_months(&shipped("preska-2014", &restless), 20_000);
}

#[test]
fn the_months_of_the_benchmark_allocate_nothing() {
    let scenario = shipped("bench-market", &[]);
    let Model::MarketBenchmark(spec) = &scenario.model else {
        panic!("not a benchmark");
    };
    let mut world = BenchmarkWorld::new(spec, benchmark_population(spec, 20_000), Seed(5));
    for run in 0..3 {
        let mut months = Loop::default();
        world.simulate(run, 120, |k, _| months.observe(k as usize));
        if run > 0 {
            months.assert_none(&format!("benchmark, run {run}"));
        }
    }
}

/// Bytes that live once `make` has run, by `customers`.
fn bytes_held<T>(make: impl Fn(usize) -> T, customers: usize) -> f64 {
    let before = live_bytes();
    let made = make(customers);
    let held = live_bytes() - before;
    drop(made);
    held as f64
}

fn assert_lean<T>(make: impl Fn(usize) -> T, most: f64, what: &str) {
    // 1003 more than twice as many, so that no size is a round one.
    let more = bytes_held(&make, 201_003) - bytes_held(&make, 100_000);
    let each = more / 101_003.0;
    assert!(each <= most, "{what}: {each:.1} bytes a customer");
    assert!(
        each > 40.0,
        "{what}: {each:.1} bytes a customer, so what was measured?"
    );
}

#[test]
fn a_customer_takes_sixty_four_bytes_at_most() {
    let scenario = shipped("bench-market", &[]);
    let Model::MarketBenchmark(spec) = &scenario.model else {
        panic!("not a benchmark");
    };
    let benchmark = |customers| {
        let population = benchmark_population(spec, customers);
        let mut world = BenchmarkWorld::new(spec, population, Seed(5));
        world.simulate(0, 24, |_, _| {});
        world
    };
    assert_lean(benchmark, 64.0, "benchmark");
    let scenario = shipped("preska-2014", &[]);
    let Model::Full(model) = &scenario.model else {
        panic!("not the whole model");
    };
    let ordinary = |customers, acts_windows: &[ActsWindow]| {
        let mut setting = Setting::new(&scenario, model, customers, Seed(5));
        setting.acts_windows = acts_windows.to_vec();
        let draw = scenario.median_inputs();
        let mut world = World::new(setting, &draw).unwrap();
        world.simulate(Run(0), &draw, |_, _| {}).unwrap();
        world
    };
    assert_lean(|customers| ordinary(customers, &[]), 64.0, "ordinary");
    let year = ActsWindow {
        after_month: 0,
        until_month: 12,
    };
    // Who acted on what it believes is one chance more a customer.
    assert_lean(
        |customers| ordinary(customers, &[year]),
        68.0,
        "with acts watched",
    );
}
