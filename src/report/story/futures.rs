//! The futures of a result, side by side: columns of `runs.parquet` by their names, and
//! how cases end.

use super::StoryError;
use crate::domain::{Date, Ending};
use crate::ensemble::again::Frozen;
use crate::ensemble::column_name;
use crate::report::input::MetricFacts;
use crate::report::unit::Unit;
use crate::result::table::{Cells, Table};
use crate::result::{Opened, ResultError, ResultFiles, Wanted, World};
use crate::scenario::advice;
use crate::scenario::resolved::{Better, Model, Scenario};

/// All futures of one result.
#[derive(Debug)]
pub struct Futures<'r> {
    files: ResultFiles<'r>,
    scenario: &'r Scenario,
    /// The metrics, in the scenario's order.
    pub metrics: Vec<MetricFacts>,
    /// The number of each future that has rows, rising.
    pub runs: Vec<u32>,
    /// Whether each is paired with the same without the order.
    pub paired: bool,
}

/// A column of `runs.parquet`: a number of each future.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name, such as `out_case_days`.
    pub name: String,
    /// What it is, as read in a sentence.
    pub label: String,
    /// Its unit; an input drawn has none.
    pub unit: Option<Unit>,
    /// Whether it is a difference between the two worlds.
    pub is_difference: bool,
    /// Which way is better.
    pub better: Better,
    /// A value for each of [`Futures::runs`], NaN where missing.
    pub values: Vec<f64>,
}

/// How a case ends in one future and world.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CaseRow {
    /// How; nothing while it is open.
    pub ending: Option<Ending>,
    /// When, or the last day seen.
    pub date: Date,
    /// Days since it was filed.
    pub days: i64,
}

/// What stands before a metric's name in a column.
const OF_METRICS: [&str; 3] = ["out_", "base_", "diff_"];

impl<'r> Futures<'r> {
    /// Opens the futures of a result of this scenario.
    ///
    /// # Errors
    /// [`StoryError::NoFuture`]; what the tables cannot be read for.
    pub fn open(result: &'r Opened, frozen: &'r Frozen) -> Result<Self, StoryError> {
        let files = result.files();
        let runs = files.numbers("runs", "run")?;
        if runs.is_empty() {
            return Err(StoryError::NoFuture);
        }
        Ok(Self {
            files,
            scenario: &frozen.scenario,
            metrics: MetricFacts::all(&frozen.scenario),
            // Written from u32.
            runs: runs.into_iter().map(|run| run as u32).collect(),
            paired: frozen.baseline.is_some(),
        })
    }

    /// Where a run stands in every column.
    #[must_use]
    pub fn place_of(&self, run: u32) -> Option<usize> {
        self.runs.binary_search(&run).ok()
    }

    /// Headline metrics, in their order.
    #[must_use]
    pub fn headlines(&self) -> Vec<&MetricFacts> {
        let headline = |metric: &&MetricFacts| metric.headline.is_some();
        let mut headlines: Vec<_> = self.metrics.iter().filter(headline).collect();
        headlines.sort_by_key(|metric| metric.headline);
        headlines
    }

    /// The column of a metric in a world.
    ///
    /// # Errors
    /// What the table cannot be read for.
    pub fn of_metric(&self, metric: &MetricFacts, world: World) -> Result<Column, StoryError> {
        let prefix = match world {
            World::Scenario => "out_",
            World::Baseline => "base_",
        };
        self.read(metric, prefix)
    }

    /// The column of a metric's name, or of this name itself.
    ///
    /// # Errors
    /// [`StoryError::Unknown`] with the nearest name; what the table cannot be read for.
    pub fn column(&self, name: &str) -> Result<Column, StoryError> {
        if let Some(metric) = self.metric(name) {
            return self.read(metric, "out_");
        }
        for prefix in OF_METRICS {
            let metric = name.strip_prefix(prefix).and_then(|name| self.metric(name));
            if let Some(metric) = metric.filter(|_| prefix == "out_" || self.paired) {
                return self.read(metric, prefix);
            }
        }
        let input = self.scenario.inputs.iter().find(|input| {
            let drawn = name.strip_prefix("in_");
            drawn.is_some_and(|drawn| drawn == column_name(&input.path))
        });
        match input {
            Some(input) => Ok(Column {
                name: name.to_owned(),
                label: input.path.clone(),
                unit: None,
                is_difference: false,
                better: Better::Neutral,
                values: self.files.numbers("runs", name)?,
            }),
            None => Err(self.unknown(name)),
        }
    }

    fn metric(&self, name: &str) -> Option<&MetricFacts> {
        self.metrics.iter().find(|metric| metric.name == name)
    }

    fn read(&self, metric: &MetricFacts, prefix: &str) -> Result<Column, StoryError> {
        let name = format!("{prefix}{}", metric.name);
        Ok(Column {
            values: self.files.numbers("runs", &name)?,
            name,
            label: match prefix {
                "base_" => format!("{}, without the order", metric.label),
                "diff_" => format!("{}, by the order", metric.label),
                _ => metric.label.clone(),
            },
            unit: Some(metric.unit.clone()),
            is_difference: prefix == "diff_",
            better: metric.better,
        })
    }

    fn unknown(&self, name: &str) -> StoryError {
        let inputs = self.scenario.inputs.iter();
        let inputs = inputs.map(|input| format!("in_{}", column_name(&input.path)));
        let prefixed = |metric: &MetricFacts| OF_METRICS.map(|p| format!("{p}{}", metric.name));
        let mut names: Vec<String> = self.metrics.iter().map(|m| m.name.clone()).collect();
        names.extend(self.cases().map(str::to_owned));
        names.extend(self.metrics.iter().flat_map(prefixed));
        names.extend(inputs);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        StoryError::Unknown {
            name: name.to_owned(),
            advice: advice(name, &names),
        }
    }

    /// Names of the cases.
    pub fn cases(&self) -> impl Iterator<Item = &str> {
        let cases = match &self.scenario.model {
            Model::Full(model) => model.cases.as_slice(),
            Model::MarketBenchmark(_) => &[],
        };
        cases.iter().map(|case| case.name.as_str())
    }

    /// How a case ends, in each of [`Futures::runs`]; nothing where there is no row.
    ///
    /// # Errors
    /// What the table cannot be read for.
    pub fn endings(&self, case: &str, world: World) -> Result<Vec<Option<CaseRow>>, StoryError> {
        let table = self.files.table("cases", Wanted::All)?;
        let (runs, days) = (numbers(&table, "run"), numbers(&table, "duration_days"));
        let (worlds, cases) = (words(&table, "world"), words(&table, "case"));
        let (outcomes, dates) = (words(&table, "outcome"), dates(&table, "date"));
        let mut rows = vec![None; self.runs.len()];
        for row in 0..table.rows() {
            let is_it = worlds[row] == Some(world.name()) && cases[row] == Some(case);
            let place = self.place_of(runs[row] as u32).filter(|_| is_it);
            if let (Some(place), Some(date)) = (place, dates[row]) {
                rows[place] = Some(CaseRow {
                    ending: outcomes[row].and_then(Ending::from_name),
                    date,
                    days: days[row] as i64,
                });
            }
        }
        Ok(rows)
    }

    /// Rows of `events.parquet`, all runs that were kept.
    ///
    /// # Errors
    /// What the table cannot be read for.
    pub fn events(&self) -> Result<Table, ResultError> {
        self.files.table("events", Wanted::All)
    }
}

/// A column of numbers, NaN where it has none.
pub(super) fn numbers(table: &Table, column: &str) -> Vec<f64> {
    let cells = table.column(column).and_then(Cells::to_numbers);
    cells.unwrap_or_else(|| vec![f64::NAN; table.rows()])
}

/// A column of words, nothing where it has none.
pub(super) fn words<'t>(table: &'t Table, column: &str) -> Vec<Option<&'t str>> {
    match table.column(column) {
        Some(Cells::Text(words)) => words.iter().map(|word| word.as_deref()).collect(),
        _ => vec![None; table.rows()],
    }
}

/// A column of dates, nothing where it has none.
pub(super) fn dates(table: &Table, column: &str) -> Vec<Option<Date>> {
    match table.column(column) {
        Some(Cells::Date(dates)) => dates.clone(),
        _ => vec![None; table.rows()],
    }
}
