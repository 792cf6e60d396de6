//! The tables of a sweep, and its folder made whole: a row for every point, replicate and
//! metric; and the design, as it can be given again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::job::{Ensembles, folder_of, name_of};
use super::measured::Figures;
use super::plan::{Own, Plan, Point};
use crate::result::csv::dictionary;
use crate::result::table::ColumnKind::{Float64, Int64, Text};
use crate::result::table::{Column, ColumnKind, Row, Schema};
use crate::result::table_writer::TableWriter;
use crate::result::{FileDigest, Folder, Manifest, Opened, ResultError};

/// A metric as the table names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
}

/// What an ensemble came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Ensemble {
    /// Runs that failed.
    pub failed: u32,
    /// Of each metric, its level and, where a baseline is paired, its difference to that.
    pub metrics: Vec<(Figures, Option<Figures>)>,
}

/// All that is written.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The points.
    pub plan: &'a Plan,
    /// Their ensembles.
    pub ensembles: &'a Ensembles,
    /// What each ensemble came to.
    pub came_to: &'a [Ensemble],
    /// The metrics.
    pub metrics: &'a [Measured],
    /// Small files that belong to it, such as the page.
    pub small: &'a [(String, Vec<u8>)],
    /// Futures of all ensembles, with a row and failed.
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
    let schema = points(&folder, written, &mut files)?;
    let dictionary = dictionary(&[&schema]);
    let design = design(written.plan);
    let own = [
        ("dictionary.csv", dictionary.as_bytes()),
        ("design.csv", design.as_bytes()),
    ];
    let small = written.small.iter();
    let small = small.map(|(name, bytes)| (&**name, &**bytes));
    for (name, bytes) in small.chain(own) {
        files.insert(name.to_owned(), folder.write(name, bytes)?);
    }
    let manifest = Manifest::of(&folder, written.threads, written.runs, files);
    folder.commit(manifest)
}

const UNIT: &str = "the metric's unit";

fn columns(plan: &Plan) -> Vec<Column> {
    let text = |name: &str, about: &str| Column::new(name, Text, "", about);
    let int = |name: &str, about: &str| Column::new(name, Int64, "", about);
    let mut columns = vec![
        int("point", "number of the point, from 1"),
        int("replicate", "number of the replicate, from 1"),
        text("seed", "seed of the ensemble, a whole number"),
        text("digest", "digits that stand for the ensemble's job"),
        text("folder", "the ensemble, below this folder"),
        text(
            "design",
            "grid, lhs (Latin hypercube), sobol (scrambled Sobol) or table (somebody's own points)",
        ),
        text("scenario", "name of the scenario"),
        text("option", "option laid over the scenario").nullable(),
        int("customers", "customers simulated"),
    ];
    let of_path = |(path, name): (usize, &String)| {
        let about = format!("value set at {name}");
        Column::new(&format!("set_{name}"), kind_of(plan, path), "", &about).nullable()
    };
    columns.extend(plan.paths.iter().enumerate().map(of_path));
    columns.extend([
        text("metric", "name of the metric"),
        text("unit", "unit of the metric"),
    ]);
    columns.extend(of_figures(
        "",
        "the metric; a time to an end that has not come counts to the horizon",
    ));
    let by = "the metric less the same future's under the baseline";
    columns.extend(of_figures("diff_", by));
    columns.push(int("runs_failed", "runs of the ensemble that failed"));
    columns
}

/// Numbers where every point has one, else words.
fn kind_of(plan: &Plan, path: usize) -> ColumnKind {
    if plan.numbers(path).is_some() {
        Float64
    } else {
        Text
    }
}

/// Columns of [`Figures`], in the order of [`add`].
fn of_figures(prefix: &str, what: &str) -> Vec<Column> {
    let number = |name: &str, about: &str| {
        let about = format!("{about}: {what}");
        Column::new(&format!("{prefix}{name}"), Float64, UNIT, &about).nullable()
    };
    let futures = format!("futures with a value of {what}");
    vec![
        Column::new(&format!("{prefix}futures"), Int64, "", &futures).nullable(),
        number("mean", "mean over futures"),
        number("mean_low", "lower end of the 95 % interval of the mean"),
        number("mean_high", "upper end of the 95 % interval of the mean"),
        number("sd", "standard deviation over futures"),
        number("p05", "5th percentile over futures"),
        number("p10", "10th percentile over futures"),
        number("p50", "median over futures"),
        number("p90", "90th percentile over futures"),
        number("p95", "95th percentile over futures"),
    ]
}

fn add<'t>(row: Row<'t>, figures: Option<&Figures>) -> Row<'t> {
    let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
    let of = |pick: &dyn Fn(&Figures) -> Option<f64>| number(figures.and_then(pick));
    row.int_or_null(figures.and_then(|figures| i64::try_from(figures.futures).ok()))
        .floats([
            of(&|f| f.mean),
            of(&|f| Some(f.interval?.low)),
            of(&|f| Some(f.interval?.high)),
            of(&|f| f.sd),
            of(&|f| f.p05),
            of(&|f| Some(f.spread?.0)),
            of(&|f| f.p50),
            of(&|f| Some(f.spread?.1)),
            of(&|f| f.p95),
        ])
}

fn words(text: &str) -> Arc<str> {
    Arc::from(text)
}

/// `points.parquet` and `points.csv`.
fn points(
    folder: &Folder,
    written: &Written<'_>,
    files: &mut BTreeMap<String, FileDigest>,
) -> Result<Schema, ResultError> {
    let plan = written.plan;
    let schema = Schema {
        table: "points".to_owned(),
        columns: columns(plan),
    };
    let mut table = TableWriter::create(folder.path(), schema, true)?;
    let kinds: Vec<ColumnKind> = (0..plan.paths.len()).map(|at| kind_of(plan, at)).collect();
    let design = words(plan.kind.name());
    let rows = plan.points.iter().zip(&written.ensembles.places);
    for (at, (point, places)) in rows.enumerate() {
        for (replicate, &place) in places.iter().enumerate() {
            let job = &written.ensembles.jobs[place];
            let came_to = &written.came_to[place];
            let option = point.own.option.as_deref().map(words);
            for (metric, (level, effect)) in written.metrics.iter().zip(&came_to.metrics) {
                let mut row = table
                    .rows()
                    .row()
                    .int(at as i64 + 1)
                    .int(replicate as i64 + 1)
                    .text(&words(&job.seed.to_string()))
                    .text(&words(&name_of(job)))
                    .text(&words(&folder_of(job)))
                    .text(&design)
                    .text(&words(&job.scenario))
                    .text_or_null(option.as_ref())
                    .int(job.customers);
                for (kind, value) in kinds.iter().zip(&point.values) {
                    row = match (kind, value) {
                        (Float64, value) => {
                            let number = value.as_ref().and_then(|value| value.parse().ok());
                            row.float(number.unwrap_or(f64::NAN))
                        }
                        (_, value) => row.text_or_null(value.as_deref().map(words).as_ref()),
                    };
                }
                let row = row.text(&words(&metric.name)).text(&words(&metric.unit));
                let row = add(add(row, Some(level)), effect.as_ref());
                row.int(came_to.failed).end();
            }
            table.end_run()?;
        }
    }
    table.finish(files)
}

/// `design.csv`: the points as `--table`, or of jobs `--jobs`, takes them again.
fn design(plan: &Plan) -> String {
    let mut text = String::new();
    let own = ["scenario", "option", "seed", "runs", "customers"];
    let own = own.into_iter().filter(|_| plan.of_jobs);
    let head = own.chain(plan.paths.iter().map(String::as_str));
    push_line(&mut text, head);
    for point in &plan.points {
        let own = if plan.of_jobs {
            of_own(&point.own)
        } else {
            Vec::new()
        };
        let values = point.values.iter().map(Option::as_deref);
        let cells = own.iter().map(Option::as_deref).chain(values);
        push_line(&mut text, cells.map(Option::unwrap_or_default));
    }
    text
}

fn of_own(own: &Own) -> Vec<Option<String>> {
    vec![
        own.scenario.clone(),
        own.option.clone(),
        own.seed.map(|seed| seed.to_string()),
        own.runs.map(|runs| runs.to_string()),
        own.customers.map(|customers| customers.to_string()),
    ]
}

fn push_line<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    let cells: Vec<String> = cells.map(quoted).collect();
    // A line of one empty cell would be no line.
    let line = cells.join(",");
    text.push_str(if line.is_empty() { "\"\"" } else { &line });
    text.push('\n');
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A point in words, such as `choice.peer_weight=0.5`; of jobs with its scenario and option.
#[must_use]
pub fn in_words(plan: &Plan, point: &Point) -> String {
    let mut words = Vec::new();
    words.extend(point.own.scenario.clone());
    words.extend(
        point
            .own
            .option
            .as_ref()
            .map(|option| format!("--option {option}")),
    );
    words.extend(plan.settings(point));
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sweep::table;

    #[test]
    fn a_design_can_be_given_again() {
        let text = "a.b,c\n1,none\n2,\"{ dist = \"\"beta\"\", mean = 0.5 }\"\n";
        let plan = table::read("t", text, false).unwrap();
        assert_eq!(design(&plan), text);
        let text = "scenario,option,seed,runs,customers,a\ns,,3,,,\"x,y\"\nt,o,,5,9,\n";
        let plan = table::read("t", text, true).unwrap();
        assert_eq!(design(&plan), text);
        assert_eq!(in_words(&plan, &plan.points[1]), "t, --option o");
    }
}
