//! The books of those who bear losses, read from the tables of a result.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::years::Years;
use crate::domain::Date;
use crate::result::table::{Cells, Table};
use crate::result::{Opened, ResultError, Wanted, World};

const MILLION: f64 = 1e6;
/// The table of losses, and that of yearly profits.
pub const LOSSES: &str = "losses";
const PROFITS: &str = "profits";

/// One occurrence.
#[derive(Clone, PartialEq, Debug)]
pub struct Booked {
    /// Position of its future.
    pub future: usize,
    /// When.
    pub date: Date,
    /// What it is about.
    pub matter: Arc<str>,
    /// Which kind of loss.
    pub kind: Arc<str>,
    /// Who bears it.
    pub actor: Arc<str>,
    /// Its currency, in lower case.
    pub unit: Arc<str>,
    /// How much, in millions.
    pub amount: f64,
}

/// What was lost in one world of a result.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Books {
    /// Futures that have rows.
    pub futures: usize,
    /// Every occurrence.
    pub losses: Vec<Booked>,
    /// By who earned it: the profit of each year of each future in millions, future after
    /// future, with a last part of a year; empty where it is not known.
    pub profits: BTreeMap<Arc<str>, Profits>,
}

/// The profits of one provider in both worlds, paired by future and year.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Profits {
    /// `shortfall[future]`: what each whole year falls short of in the baseline, in millions.
    pub of_years: Vec<Vec<f64>>,
    /// The same over the horizon.
    pub of_horizon: Vec<f64>,
}

impl Books {
    /// Reads what was lost in a world; what profits fall short of is that of the scenario's.
    ///
    /// # Errors
    /// [`ResultError`] when a table is missing, damaged or not as this program writes it.
    pub fn read(result: &Opened, world: World, years: &Years) -> Result<Self, ResultError> {
        let runs = result.files().numbers("runs", "run")?;
        let mut books = Self {
            futures: runs.len(),
            ..Self::default()
        };
        let reader = Reader {
            result,
            runs: &runs,
        };
        reader.losses(world, &mut books.losses)?;
        if world == World::Scenario {
            books.profits = reader.profits(years)?;
        }
        Ok(books)
    }

    /// Keeps what one of them bears, or with `None` all.
    pub fn keep(&mut self, actor: Option<&str>) {
        if let Some(actor) = actor {
            self.losses.retain(|loss| *loss.actor == *actor);
            self.profits.retain(|name, _| **name == *actor);
        }
    }
}

struct Reader<'r> {
    result: &'r Opened,
    runs: &'r [f64],
}

impl Reader<'_> {
    fn losses(&self, world: World, into: &mut Vec<Booked>) -> Result<(), ResultError> {
        let columns = [
            "run", "world", "matter", "kind", "actor", "date", "amount", "unit",
        ];
        self.read(LOSSES, &columns, |part, columns| {
            let [worlds, matters, kinds, actors, units] =
                ["world", "matter", "kind", "actor", "unit"].map(|name| columns.words(name));
            let (worlds, matters, kinds) = (worlds?, matters?, kinds?);
            let (actors, units) = (actors?, units?);
            let (dates, amounts) = (columns.dates("date")?, columns.numbers("amount")?);
            let runs = columns.numbers("run")?;
            for row in 0..part.rows() {
                let own = worlds[row].as_deref() == Some(world.name());
                let cells = (&matters[row], &kinds[row], &actors[row], &units[row]);
                let (Some(matter), Some(kind), Some(actor), Some(unit)) = cells else {
                    continue;
                };
                let (future, date) = (self.future(runs[row]), dates[row]);
                let (Some(future), Some(date), true) = (future, date, own) else {
                    continue;
                };
                into.push(Booked {
                    future,
                    date,
                    matter: Arc::clone(matter),
                    kind: Arc::clone(kind),
                    actor: Arc::clone(actor),
                    unit: Arc::clone(unit),
                    amount: amounts[row] / MILLION,
                });
            }
            Ok(())
        })
    }

    /// What profits fall short of in the baseline; nothing where there is none.
    fn profits(&self, years: &Years) -> Result<BTreeMap<Arc<str>, Profits>, ResultError> {
        let mut profits: BTreeMap<Arc<str>, Profits> = BTreeMap::new();
        if !self.result.files().has("baseline.toml") {
            return Ok(profits);
        }
        let columns = ["run", "world", "actor", "date", "operating_profit"];
        self.read(PROFITS, &columns, |part, columns| {
            let (worlds, actors) = (columns.words("world")?, columns.words("actor")?);
            let (runs, dates) = (columns.numbers("run")?, columns.dates("date")?);
            let earned = columns.numbers("operating_profit")?;
            for row in 0..part.rows() {
                let cells = (self.future(runs[row]), &actors[row], dates[row]);
                let (Some(future), Some(actor), Some(date)) = cells else {
                    continue;
                };
                let of = profits.entry(Arc::clone(actor)).or_insert_with(|| Profits {
                    of_years: vec![vec![0.0; years.whole()]; self.runs.len()],
                    of_horizon: vec![0.0; self.runs.len()],
                });
                let is_baseline = worlds[row].as_deref() == Some(World::Baseline.name());
                let sign = if is_baseline { 1.0 } else { -1.0 };
                let shortfall = sign * earned[row] / MILLION;
                of.of_horizon[future] += shortfall;
                if let Some(year) = years.of(date) {
                    of.of_years[future][year] += shortfall;
                }
            }
            Ok(())
        })?;
        Ok(profits)
    }

    /// The position of a run; runs rise, and are exact as floating point.
    fn future(&self, run: f64) -> Option<usize> {
        self.runs
            .binary_search_by(|known| known.total_cmp(&run))
            .ok()
    }

    /// Reads a table in parts.
    fn read(
        &self,
        table: &'static str,
        wanted: &[&str],
        mut take: impl FnMut(&Table, &Columns<'_>) -> Result<(), ResultError>,
    ) -> Result<(), ResultError> {
        let mut fault = None;
        let path = self.result.path.join(format!("{table}.parquet"));
        let taken = |part: &Table| {
            let columns = Columns { part, path: &path };
            if let Err(error) = take(part, &columns) {
                fault.get_or_insert(error);
            }
        };
        let files = self.result.files();
        files.parts(table, Wanted::Columns(wanted), taken)?;
        fault.map_or(Ok(()), Err)
    }
}

/// The columns of a part of a table, each of the kind that it must have.
struct Columns<'t> {
    part: &'t Table,
    path: &'t std::path::Path,
}

impl<'t> Columns<'t> {
    fn words(&self, name: &str) -> Result<&'t [Option<Arc<str>>], ResultError> {
        match self.part.column(name) {
            Some(Cells::Text(cells)) => Ok(cells),
            _ => Err(self.unusable(name)),
        }
    }

    fn dates(&self, name: &str) -> Result<&'t [Option<Date>], ResultError> {
        match self.part.column(name) {
            Some(Cells::Date(cells)) => Ok(cells),
            _ => Err(self.unusable(name)),
        }
    }

    fn numbers(&self, name: &str) -> Result<Vec<f64>, ResultError> {
        let cells = self.part.column(name).and_then(Cells::to_numbers);
        cells.ok_or_else(|| self.unusable(name))
    }

    fn unusable(&self, name: &str) -> ResultError {
        ResultError::NoColumn {
            path: self.path.to_owned(),
            column: name.to_owned(),
        }
    }
}
