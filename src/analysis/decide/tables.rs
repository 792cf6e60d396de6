//! The tables of a comparison, and its folder made whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::difference::Difference;
use super::over_time::AtDate;
use super::study::Compared;
use crate::result::csv::dictionary;
use crate::result::table::ColumnKind::{Date, Float64, Int64, Text};
use crate::result::table::{Column, ColumnKind, Row, Schema, Table};
use crate::result::table_writer::TableWriter;
use crate::result::{FileDigest, Folder, Manifest, Opened, ResultError};

/// An option as its tables name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alternative {
    /// Its name.
    pub name: String,
    /// As read on a page.
    pub title: String,
    /// The folder of its futures, below the comparison's.
    pub folder: String,
}

/// A metric as its tables name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
}

/// All that is written.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The options.
    pub options: &'a [Alternative],
    /// The metrics.
    pub metrics: &'a [Measured],
    /// What came of the comparison.
    pub compared: &'a Compared,
    /// Differences by date.
    pub over_time: &'a [AtDate],
    /// Small files that belong to it, such as the page and the scenarios' texts.
    pub small: &'a [(String, Vec<u8>)],
    /// Futures of each option, with a row and failed.
    pub runs: (u32, u32),
    /// Threads that simulated.
    pub threads: usize,
}

/// Writes the tables and makes the folder a result.
///
/// # Errors
/// [`ResultError`]; the folder is unfinished then.
pub fn write(folder: Folder, written: &Written<'_>) -> Result<Opened, ResultError> {
    let mut files = BTreeMap::new();
    let schemas = [
        options(&folder, written, &mut files)?,
        differences(&folder, written, &mut files)?,
        over_time(&folder, written, &mut files)?,
    ];
    let dictionary = dictionary(&schemas.iter().collect::<Vec<_>>());
    let small = written.small.iter();
    let small = small.map(|(name, bytes)| (&**name, &**bytes));
    for (name, bytes) in small.chain([("dictionary.csv", dictionary.as_bytes())]) {
        files.insert(name.to_owned(), folder.write(name, bytes)?);
    }
    let manifest = Manifest::of(&folder, written.threads, written.runs, files);
    folder.commit(manifest)
}

type Files = BTreeMap<String, FileDigest>;

fn column(name: &str, kind: ColumnKind, unit: &str, about: &str) -> Column {
    Column::new(name, kind, unit, about)
}

fn words(text: &str) -> Arc<str> {
    Arc::from(text)
}

const UNIT: &str = "the metric's unit";

/// Columns of a [`Difference`], in the order of [`add_difference`].
fn of_difference() -> Vec<Column> {
    let of_unit = |name: &str, about: &str| column(name, Float64, UNIT, about).nullable();
    vec![
        column("futures", Int64, "", "futures in which both have a value"),
        of_unit("mean", "mean of the option less the reference"),
        of_unit("mean_low", "lower end of the 95 % interval of the mean"),
        of_unit("mean_high", "upper end of the 95 % interval of the mean"),
        of_unit("p10", "10th percentile over futures"),
        of_unit("p90", "90th percentile over futures"),
        of_unit("sd", "standard deviation over futures"),
        column(
            "variance_ratio",
            Float64,
            "",
            "variance of the difference over the variances of both together",
        )
        .nullable(),
    ]
}

fn add_difference<'t>(row: Row<'t>, difference: &Difference) -> Row<'t> {
    let ends = |ends: Option<(f64, f64)>| ends.map_or([f64::NAN; 2], |(low, high)| [low, high]);
    row.int(i64::try_from(difference.futures).unwrap_or(i64::MAX))
        .float(difference.mean)
        .floats(ends(difference.interval.map(|i| (i.low, i.high))))
        .floats(ends(difference.spread))
        .float(difference.sd.unwrap_or(f64::NAN))
        .float(difference.variance_ratio.unwrap_or(f64::NAN))
}

/// `options.parquet`: the decision table.
fn options(
    folder: &Folder,
    written: &Written<'_>,
    files: &mut Files,
) -> Result<Schema, ResultError> {
    let of_unit = |name: &str, about: &str| column(name, Float64, UNIT, about).nullable();
    let share = |name: &str, about: &str| column(name, Float64, "", about).nullable();
    let columns = vec![
        column("option", Text, "", "name of the option"),
        column("title", Text, "", "the option in words"),
        column("folder", Text, "", "its futures, below this folder"),
        of_unit("mean", "mean of the objective"),
        of_unit(
            "worse_in_20",
            "difference to the reference that is worse in 1 of 20 futures",
        ),
        share(
            "best_in",
            "part of futures in which no option is better, shared by those alike",
        ),
        of_unit(
            "regret",
            "mean of what the best option of each future is better by",
        ),
        of_unit("regret_in_20", "regret exceeded in 1 of 20 futures"),
        share(
            "good_enough",
            "part of futures in which the tolerance is met",
        ),
    ];
    let table = Schema {
        table: "options".to_owned(),
        columns,
    };
    let mut table = TableWriter::create(folder.path(), table, true)?;
    for (option, row) in written.options.iter().zip(&written.compared.judged.options) {
        let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
        let rows: &mut Table = table.rows();
        rows.row()
            .text(&words(&option.name))
            .text(&words(&option.title))
            .text(&words(&option.folder))
            .floats([
                number(row.mean),
                number(row.worse_in_20),
                row.best_in,
                number(row.regret),
                number(row.regret_in_20),
                number(row.good_enough),
            ])
            .end();
        table.end_run()?;
    }
    table.finish(files)
}

/// `differences.parquet`: every metric of every option against the reference.
fn differences(
    folder: &Folder,
    written: &Written<'_>,
    files: &mut Files,
) -> Result<Schema, ResultError> {
    let mut columns = vec![
        column("option", Text, "", "name of the option"),
        column(
            "reference",
            Text,
            "",
            "name of the option it is held against",
        ),
        column("metric", Text, "", "name of the metric"),
        column("unit", Text, "", "unit of the metric"),
    ];
    columns.extend(of_difference());
    let schema = Schema {
        table: "differences".to_owned(),
        columns,
    };
    let mut table = TableWriter::create(folder.path(), schema, true)?;
    let reference = words(&written.options[written.compared.judged.reference].name);
    let metrics = written.metrics.iter().zip(&written.compared.differences);
    for (metric, differences) in metrics {
        for (option, difference) in written.options.iter().zip(differences) {
            let Some(difference) = difference else {
                continue;
            };
            let row = table.rows().row().text(&words(&option.name));
            let row = row.text(&reference).text(&words(&metric.name));
            add_difference(row.text(&words(&metric.unit)), difference).end();
            table.end_run()?;
        }
    }
    table.finish(files)
}

/// `over_time.parquet`: the headline levels of every option against the reference, by month.
fn over_time(
    folder: &Folder,
    written: &Written<'_>,
    files: &mut Files,
) -> Result<Schema, ResultError> {
    let mut columns = vec![
        column("option", Text, "", "name of the option"),
        column("level", Text, "", "column of paths.parquet"),
        column("unit", Text, "", "unit of the level"),
        column("date", Date, "", "last day of the month"),
    ];
    columns.extend(of_difference());
    let schema = Schema {
        table: "over_time".to_owned(),
        columns,
    };
    let mut table = TableWriter::create(folder.path(), schema, true)?;
    for at in written.over_time {
        let option = &written.options[at.option];
        let row = table.rows().row().text(&words(&option.name));
        let row = row.text(&words(&at.level)).text(&words(&at.unit));
        add_difference(row.date(at.date), &at.difference).end();
        table.end_run()?;
    }
    table.finish(files)
}
