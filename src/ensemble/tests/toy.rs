//! A model without a meaning: numbers from the run's number, with everything that a
//! real one may put out, missing values and failures among it.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::domain::Date;
use crate::ensemble::{RunFailure, RunOutput, Simulator};
use crate::measure::grid::Grid;
use crate::result::rows::{Loss, YearProfit};
use crate::result::{CaseEnd, EventRow, Layout, Measured, Milestone, Name, SeriesKey, Step, World};

pub(super) struct Toy {
    layout: Layout,
    words: [Name; 4],
    /// Runs that fail.
    pub(super) failing: Vec<u32>,
    /// Runs that are given up once.
    pub(super) giving_up: Mutex<Vec<u32>>,
    /// Runs that panic.
    pub(super) panicking: Vec<u32>,
    /// How long a run takes.
    pub(super) pause: Duration,
    /// Fills the disk during this run, by this file.
    pub(super) fills: Option<(u32, PathBuf)>,
    /// Asks for an end during this run.
    pub(super) interrupted_in: Option<(u32, crate::ensemble::Interruption)>,
}

impl Toy {
    pub(super) fn new() -> Self {
        let mut layout = Layout::default();
        let words = ["region_opened", "dublin", "ms-ireland", "open"].map(|w| layout.names.add(w));
        let start = Date::from_ymd(2014, 7, 31).unwrap();
        layout.dates = (0..6).map(|month| start.plus_months(month)).collect();
        layout.inputs = vec![Measured::new("cost_usd", "USD", "cost of a region")];
        layout.metrics = vec![
            Measured::new("level", "0-100", "a level"),
            Measured::new("end_days", "days", "missing in some runs"),
        ];
        layout.paths = vec![Measured::new("trust", "0-100", "trust")];
        layout.paired = true;
        let grid = Grid::linear(0.0, 100.0, 1001).unwrap();
        let difference_grid = Grid::linear(-100.0, 100.0, 2001).unwrap();
        layout.series = ["trust", "share"]
            .map(|metric| SeriesKey {
                metric: Arc::from(metric),
                unit: Arc::from("0-100"),
                provider: None,
                jurisdiction: Some(Arc::from("DE")),
                segment: None,
                grid,
                difference_grid,
            })
            .to_vec();
        Self {
            layout,
            words,
            failing: Vec::new(),
            giving_up: Mutex::default(),
            panicking: Vec::new(),
            pause: Duration::ZERO,
            fills: None,
            interrupted_in: None,
        }
    }
}

/// A number from 0 to 1 for the run and index: SplitMix64 (Steele, Lea & Flood 2014).
fn uniform(run: u32, index: u32) -> f64 {
    let mut z = (u64::from(run) << 32 | u64::from(index)).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// Writes until the disk takes no more.
fn fill_the_disk(ballast: &Path) {
    let mut file = File::create(ballast).unwrap();
    for size in [1 << 16, 1 << 10] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
}

impl Simulator for Toy {
    type Worker = u32;

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn worker(&self) -> Result<u32, String> {
        Ok(0)
    }

    fn simulate(
        &self,
        worker: &mut u32,
        run: u32,
        output: &mut RunOutput,
    ) -> Result<(), RunFailure> {
        *worker += 1;
        std::thread::sleep(self.pause);
        if let Some((_, interruption)) = self.interrupted_in.as_ref().filter(|(r, _)| *r == run) {
            interruption.request(15);
        }
        if let Some((_, ballast)) = self.fills.as_ref().filter(|(r, _)| *r == run) {
            fill_the_disk(ballast);
        }
        assert!(
            !self.panicking.contains(&run),
            "no such customer in run {run}"
        );
        if self.giving_up.lock().unwrap().contains(&run) {
            return Err(RunFailure::GivenUp);
        }
        if self.failing.contains(&run) {
            return Err(RunFailure::Failed(format!("no price in run {run}")));
        }
        let [opened, dublin, case, open] = self.words;
        let level = 100.0 * uniform(run, 0);
        let ended = uniform(run, 1) < 0.7;
        let end_days = if ended {
            1500.0 * uniform(run, 2)
        } else {
            f64::NAN
        };
        let rows = &mut output.rows;
        rows.inputs.push(1e6 * uniform(run, 3));
        rows.metrics.extend([level, end_days]);
        rows.baseline_metrics.extend([level / 2.0, f64::NAN]);
        let date = self.layout.dates[5];
        for world in [World::Scenario, World::Baseline] {
            rows.milestones.push(Milestone {
                world,
                kind: opened,
                subject: dublin,
                how: None,
                why: None,
                date,
            });
        }
        rows.cases.push(CaseEnd {
            world: World::Scenario,
            case,
            outcome: open,
            date,
            duration_days: 153,
            censored: !ended,
        });
        rows.steps.push(Step {
            world: World::Scenario,
            case,
            node: dublin,
            outcome: open,
            entered: date,
            date,
        });
        for world in [World::Scenario, World::Baseline] {
            let amount = 1e6 * uniform(run, 4);
            rows.losses.push(Loss {
                world,
                matter: case,
                kind: opened,
                actor: dublin,
                date,
                amount,
                unit: open,
            });
            rows.profits.push(YearProfit {
                world,
                actor: dublin,
                date,
                operating_profit: 5e6 - amount,
                unit: open,
            });
        }
        for index in 10..22 {
            let value = 100.0 * uniform(run, index);
            output.series.push(if index == 11 && !ended {
                f64::NAN
            } else {
                value
            });
            output.baseline_series.push(value / 3.0);
        }
        if output.keep_path {
            output
                .rows
                .path
                .extend((30..36).map(|index| uniform(run, index)));
        }
        if output.keep_events {
            output.rows.events.push(EventRow {
                world: World::Scenario,
                event_id: 0,
                cause_id: run.is_multiple_of(2).then_some(7),
                date,
                kind: opened,
                actor: None,
                target: Some(dublin),
                jurisdiction: None,
                before: f64::NAN,
                value: level,
                unit: None,
                text: format!("Run {run}: \"a region\", opened"),
            });
        }
        Ok(())
    }
}
