//! The futures of a result, side by side: columns of `runs.parquet` and how cases end.

use super::StoryError;
use super::catalogue::{Asked, Catalogue};
use crate::domain::{Date, Ending};
use crate::ensemble::again::Frozen;
use crate::result::table::{Cells, Table};
use crate::result::{Opened, ResultError, ResultFiles, Wanted, World};

/// All futures of one result.
#[derive(Debug)]
pub struct Futures<'r> {
    files: ResultFiles<'r>,
    /// Their numbers, by name.
    pub catalogue: Catalogue<'r>,
    /// The number of each future that has rows, rising.
    pub runs: Vec<u32>,
}

/// A number of each future.
#[derive(Clone, Debug)]
pub struct Column {
    /// Which.
    pub asked: Asked,
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
            catalogue: Catalogue::new(&frozen.scenario, frozen.baseline.is_some()),
            // Written from u32.
            runs: runs.into_iter().map(|run| run as u32).collect(),
        })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.runs.len()).unwrap_or(u32::MAX)
    }

    /// Where a run stands in every column.
    #[must_use]
    pub fn place_of(&self, run: u32) -> Option<usize> {
        self.runs.binary_search(&run).ok()
    }

    /// A number of all futures.
    ///
    /// # Errors
    /// What the table cannot be read for.
    pub fn column(&self, asked: Asked) -> Result<Column, StoryError> {
        Ok(Column {
            values: self.files.numbers("runs", &asked.column)?,
            asked,
        })
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

    /// Rows of `events.parquet` of a run that was kept.
    ///
    /// # Errors
    /// What the table cannot be read for.
    pub fn events(&self, run: u32) -> Result<Table, ResultError> {
        self.files.run("events", run)
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
