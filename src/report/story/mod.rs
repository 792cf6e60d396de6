//! One future told with dates, from the rows of the tables: `comity story`.
//!
//! | step | file |
//! |---|---|
//! | the numbers of futures, by name | [`catalogue`] |
//! | the futures of a result, side by side | [`futures`] |
//! | which of them is told | [`mod@pick`], [`expression`], [`condition`] |
//! | how it stands among all | [`standing`] |
//! | its rows, as they are in the tables | [`rows`] |
//! | which rows become lines, and in which words | [`lines`], [`wording`] |
//! | the same future in the other world | [`other_world`] |
//! | lines to text and Markdown | [`text`], [`markdown`] |
//!
//! A line never says anything that a row does not; not every row is a line. The rule:
//! events are told whole; what an event changed is told where it moved by a point or more
//! (a hundredth of a probability), for customers abroad and for data under the control at
//! issue in the case; yearly accounts are told whole after the first year and at the end,
//! between them what moved by two points or more within the year; more than a year without
//! an event is said in one line.

pub mod catalogue;
pub mod condition;
mod error;
pub mod expression;
pub mod futures;
pub mod lines;
pub mod markdown;
pub mod other_world;
pub mod pick;
pub mod rows;
pub mod standing;
#[cfg(test)]
mod tests;
pub mod text;
pub mod wording;

use serde::Serialize;

pub use error::StoryError;
pub use pick::Pick;

use crate::domain::Date;
use crate::ensemble::again::{Frozen, events_again, runs_kept};
use crate::report::digits::count;
use crate::result::{Opened, World};
use crate::scenario::resolved::Model;
use catalogue::Catalogue;
use futures::Futures;
use rows::Rows;
use wording::Names;

/// A future, told.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Story {
    /// The scenario's title.
    pub title: String,
    /// The option laid over the world that is told, by its title; none as it was written.
    pub option: Option<String>,
    /// First day simulated.
    pub start: Date,
    /// Last day simulated.
    pub end: Date,
    /// `scenario`, or `baseline` for the same future without the order.
    pub world: &'static str,
    /// The run, from 0.
    pub run: u32,
    /// Futures among which it stands.
    pub futures: u32,
    /// Why this future is told.
    pub picked: String,
    /// Futures that the choice could have fallen on; nothing where it could only be one.
    pub matches: Option<u32>,
    /// Whether its events were kept, or simulated again and held against its row.
    pub events: Source,
    /// How it stands among all.
    pub standing: Vec<Line>,
    /// What happens, by date.
    pub lines: Vec<Line>,
    /// The same future in the other world; empty without a baseline.
    pub other_world: Vec<Line>,
}

/// Where the events of a story come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Read from `events.parquet`.
    Kept,
    /// Simulated again; the run equals its row in `runs.parquet` bit for bit.
    SimulatedAgain,
}

/// A line of a story, with what it rests on.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Line {
    /// When; nothing for a number of the whole future.
    pub date: Option<Date>,
    /// The kind of event, or `standing`, `account`, `quiet`, `other_world`.
    pub kind: String,
    /// What is said.
    pub text: String,
    /// The rows of the tables that say so.
    pub rows: Vec<RowRef>,
    /// What it changed, or the parts of an account.
    pub consequences: Vec<Line>,
}

/// A row of a table, or a cell of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RowRef {
    /// `events`, `runs` or `cases`.
    pub table: &'static str,
    /// The run.
    pub run: u32,
    /// The world, where the table has both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub world: Option<&'static str>,
    /// The event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<u32>,
    /// The column of `runs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The case of `cases`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
}

/// What is asked of a story.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// How the future is chosen.
    pub pick: &'a Pick,
    /// The metric by which it is typical, worst or best.
    pub of: Option<&'a str>,
    /// Which world is told.
    pub world: World,
}

/// Tells a future of a result.
///
/// # Errors
/// [`StoryError`]
pub fn tell(result: &Opened, wish: &Wish<'_>) -> Result<Story, StoryError> {
    let identity = &result.manifest.identity;
    if identity.kind != "run" {
        let path = result.path.display().to_string();
        return Err(StoryError::Kind(path, identity.kind.clone()));
    }
    let frozen = Frozen::of(result)?;
    let scenario = &frozen.scenario;
    let paired = frozen.baseline.is_some();
    Catalogue::new(scenario, paired).check(wish, result.manifest.runs())?;
    let Model::Full(model) = &scenario.model else {
        return Err(StoryError::Benchmark(scenario.name.clone()));
    };
    let futures = Futures::open(result, &frozen)?;
    let picked = pick::pick(&futures, wish.pick, wish.of)?;
    let run = picked.run;
    let is_kept = run < runs_kept(result);
    let (events, table) = if is_kept {
        (Source::Kept, futures.events(run)?)
    } else {
        (Source::SimulatedAgain, events_again(result, &frozen, run)?)
    };
    let rows = Rows::of(&table, run, wish.world);
    // The baseline may call its courts and providers otherwise.
    let of_world = match (wish.world, &frozen.baseline) {
        (World::Baseline, Some(baseline)) => baseline,
        _ => scenario,
    };
    let names = match &of_world.model {
        Model::Full(model) => Names::new(model, &of_world.currency),
        Model::MarketBenchmark(_) => Names::new(model, &scenario.currency),
    };
    let end = scenario.start.plus_months(scenario.horizon_months as i32);
    let told = lines::Telling {
        rows: &rows,
        names: &names,
        run,
        world: wish.world,
        start: scenario.start,
        end,
    };
    Ok(Story {
        title: scenario.title.clone(),
        option: of_world.option_title().map(str::to_owned),
        start: scenario.start,
        end,
        world: wish.world.name(),
        run,
        futures: futures.count(),
        standing: standing::standing(&futures, &picked, wish.world, end)?,
        lines: told.lines(),
        other_world: other_world::compare(&futures, &names, run, wish.world, end)?,
        picked: picked.why,
        matches: picked.matches,
        events,
    })
}

impl Story {
    /// What the story is of, as its second line says.
    #[must_use]
    pub fn of_which(&self) -> String {
        let world = if self.world == World::Baseline.name() {
            ", without the order"
        } else {
            ""
        };
        format!(
            "One future of {}, run {}{world}: {}",
            count(self.futures),
            self.run,
            self.picked
        )
    }

    /// What was decided in the world that is told, if an option was laid over it.
    #[must_use]
    pub fn decided(&self) -> Option<String> {
        let option = self.option.as_ref()?;
        Some(format!("decided: {option}"))
    }

    /// How to read it, in a sentence or two.
    #[must_use]
    pub fn how_to_read(&self) -> String {
        format!(
            "What stands before {} is given by the scenario; the rest is this future alone. \
             Indented is what an event changed: rulings move the law and what customers think \
             of it, leaks move concern, conduct moves trust.",
            self.start.in_words()
        )
    }

    /// The head above what happens in the other world.
    #[must_use]
    pub fn other_world_head(&self) -> &'static str {
        if self.world == World::Baseline.name() {
            "With the order, this same future has"
        } else {
            "Without the order, this same future would have had"
        }
    }

    /// Where the events come from, in a sentence.
    #[must_use]
    pub fn source(&self) -> &'static str {
        match self.events {
            Source::Kept => "events: kept in events.parquet",
            Source::SimulatedAgain => {
                "events: simulated again from the frozen scenario; equal to the run's row in \
                 runs.parquet, bit for bit"
            }
        }
    }
}

impl RowRef {
    /// A row of `events.parquet`.
    #[must_use]
    pub fn event(run: u32, world: World, event_id: u32) -> Self {
        Self {
            world: Some(world.name()),
            event_id: Some(event_id),
            ..Self::of("events", run)
        }
    }

    /// A cell of `runs.parquet`.
    #[must_use]
    pub fn cell(run: u32, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..Self::of("runs", run)
        }
    }

    /// A row of `cases.parquet`.
    #[must_use]
    pub fn case(run: u32, world: World, case: &str) -> Self {
        Self {
            world: Some(world.name()),
            case: Some(case.to_owned()),
            ..Self::of("cases", run)
        }
    }

    const fn of(table: &'static str, run: u32) -> Self {
        Self {
            table,
            run,
            world: None,
            event_id: None,
            column: None,
            case: None,
        }
    }
}
