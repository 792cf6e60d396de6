//! How the options part over time: paired differences of the headline levels, month by month.

use super::difference::Difference;
use crate::domain::Date;
use crate::measure::MeasureError;
use crate::result::table::{Cells, Table};
use crate::result::{Opened, ResultError, Wanted};

/// The monthly levels that a result kept of each run: `paths.parquet`.
#[derive(Clone, PartialEq, Debug)]
pub struct Paths {
    /// Runs whose path was kept, rising.
    pub runs: Vec<u64>,
    /// Days, rising.
    pub dates: Vec<Date>,
    /// The levels.
    pub levels: Vec<Level>,
}

/// A level of every run and date.
#[derive(Clone, PartialEq, Debug)]
pub struct Level {
    /// Its column.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// `values[run × dates + date]`
    pub values: Vec<f64>,
}

/// A paired difference on a date.
#[derive(Clone, PartialEq, Debug)]
pub struct AtDate {
    /// The level's column.
    pub level: String,
    /// Its unit.
    pub unit: String,
    /// The day.
    pub date: Date,
    /// The option.
    pub option: usize,
    /// The option less the reference.
    pub difference: Difference,
}

impl Paths {
    /// Reads them.
    ///
    /// # Errors
    /// [`ResultError`] when the table cannot be read or is damaged.
    pub fn read(result: &Opened) -> Result<Self, ResultError> {
        let table = result.files().table("paths", Wanted::All)?;
        let unusable = |column: &str| ResultError::NoColumn {
            path: result.path.join("paths.parquet"),
            column: column.to_owned(),
        };
        let runs = table.column("run").and_then(Cells::to_numbers);
        let mut runs: Vec<u64> = runs
            .ok_or_else(|| unusable("run"))?
            .into_iter()
            .map(|run| run as u64)
            .collect();
        runs.dedup();
        let Some(Cells::Date(dates)) = table.column("date") else {
            return Err(unusable("date"));
        };
        let per_run = table.rows() / runs.len().max(1);
        let dates = dates.iter().take(per_run).copied().collect();
        let dates: Option<Vec<Date>> = dates;
        Ok(Self {
            dates: dates.ok_or_else(|| unusable("date"))?,
            levels: levels(&table),
            runs,
        })
    }

    /// The values of a level on a date, in these runs.
    fn column(&self, level: usize, date: usize, rows: &[usize]) -> Vec<f64> {
        let values = &self.levels[level].values;
        let at = |row: &usize| values[row * self.dates.len() + date];
        rows.iter().map(at).collect()
    }
}

fn levels(table: &Table) -> Vec<Level> {
    let columns = table.schema.columns.iter().zip(&table.cells);
    let levels = columns.filter_map(|(column, cells)| match cells {
        Cells::Float64(values) => Some(Level {
            name: column.name.clone(),
            unit: column.unit.clone(),
            values: values.clone(),
        }),
        _ => None,
    });
    levels.collect()
}

/// Each option less the reference, by level and date, over the runs whose paths all options
/// kept; nothing where their levels or dates are not the same.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn over_time(options: &[Paths], reference: usize) -> Result<Vec<AtDate>, MeasureError> {
    let Some(first) = options.get(reference) else {
        return Ok(Vec::new());
    };
    let names = |paths: &Paths| -> Vec<String> {
        let levels = paths.levels.iter();
        levels.map(|level| level.name.clone()).collect()
    };
    let alike = |paths: &Paths| paths.dates == first.dates && names(paths) == names(first);
    if !options.iter().all(alike) {
        return Ok(Vec::new());
    }
    let in_all = |run: &u64| options.iter().all(|o| o.runs.binary_search(run).is_ok());
    let runs: Vec<u64> = first.runs.iter().copied().filter(in_all).collect();
    let rows = options.iter().map(|option| {
        let at = |run| option.runs.binary_search(run).ok();
        runs.iter().filter_map(at).collect::<Vec<usize>>()
    });
    let rows: Vec<Vec<usize>> = rows.collect();
    let mut out = Vec::new();
    for (level, of) in first.levels.iter().enumerate() {
        for (at, &date) in first.dates.iter().enumerate() {
            let base = first.column(level, at, &rows[reference]);
            for option in (0..options.len()).filter(|option| *option != reference) {
                let own = options[option].column(level, at, &rows[option]);
                let difference = Difference::new(&runs, &own, &base)?;
                out.extend(difference.map(|difference| AtDate {
                    level: of.name.clone(),
                    unit: of.unit.clone(),
                    date,
                    option,
                    difference,
                }));
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(runs: &[u64], values: &[f64]) -> Paths {
        let day = |month| Date::from_ymd(2014, month, 1).unwrap();
        Paths {
            runs: runs.to_vec(),
            dates: vec![day(1), day(2)],
            levels: vec![Level {
                name: "trust".to_owned(),
                unit: "0-100".to_owned(),
                values: values.to_vec(),
            }],
        }
    }

    #[test]
    fn differences_are_within_a_run_and_a_month() {
        let reference = paths(&[0, 1, 2], &[50.0, 40.0, 60.0, 50.0, 70.0, 60.0]);
        let other = paths(&[0, 2], &[51.0, 44.0, 73.0, 60.0]);
        let found = over_time(&[reference.clone(), other], 0).unwrap();
        let means: Vec<(usize, f64, u64)> = found
            .iter()
            .map(|at| (at.option, at.difference.mean, at.difference.futures))
            .collect();
        assert_eq!(means, [(1, 2.0, 2), (1, 2.0, 2)]);
        assert!(found[0].date < found[1].date);
        // Another grid of dates is not comparable.
        let mut shorter = reference.clone();
        shorter.dates.pop();
        assert!(over_time(&[reference, shorter], 0).unwrap().is_empty());
    }
}
