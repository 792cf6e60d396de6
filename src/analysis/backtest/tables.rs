//! The tables of a backtest, and its folder made whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::record::{Backtested, OriginRow, Row};
use super::score::{BANDS, Outcome, Reference};
use crate::result::csv::dictionary;
use crate::result::table::ColumnKind::{Bool, Date, Float64, Int64, Text};
use crate::result::table::{Column, ColumnKind, Schema, Table};
use crate::result::table_writer::TableWriter;
use crate::result::{Folder, Manifest, Opened, ResultError};

/// The file that holds a [`Backtested`].
pub const RECORD: &str = "backtest.json";

/// Writes the tables and what the backtest comes to, and makes the folder a result. `files` are
/// small files that belong to it, such as the scenario's text.
///
/// # Errors
/// [`ResultError`]; the folder is unfinished then.
pub fn write(
    folder: Folder,
    backtested: &Backtested,
    rows: &[Row],
    small: &[(String, Vec<u8>)],
    threads: usize,
) -> Result<Opened, ResultError> {
    let mut files = BTreeMap::new();
    let mut scores = TableWriter::create(folder.path(), scores(), true)?;
    for row in rows {
        add_score(scores.rows(), row);
        scores.end_run()?;
    }
    let mut origins = TableWriter::create(folder.path(), origins(), true)?;
    for row in &backtested.origins {
        add_origin(origins.rows(), row);
        origins.end_run()?;
    }
    let written = [origins.finish(&mut files)?, scores.finish(&mut files)?];
    let dictionary = dictionary(&written.iter().collect::<Vec<_>>());
    let record = serde_json::to_vec_pretty(backtested)
        .map_err(|error| ResultError::io("write", &folder.path().join(RECORD))(error.into()))?;
    let small = small.iter().map(|(name, bytes)| (&**name, &**bytes));
    let own = [
        ("dictionary.csv", dictionary.as_bytes()),
        (RECORD, &record[..]),
    ];
    for (name, bytes) in small.chain(own) {
        files.insert(name.to_owned(), folder.write(name, bytes)?);
    }
    let ok = backtested.origins.iter().map(|origin| origin.futures).min();
    let failed = backtested.origins.iter().map(|origin| origin.failed).max();
    let runs = (
        ok.and_then(|ok| u32::try_from(ok).ok()).unwrap_or(0),
        failed.unwrap_or(0),
    );
    let manifest = Manifest::of(&folder, threads, runs, files);
    folder.commit(manifest)
}

fn column(name: &str, kind: ColumnKind, unit: &str, about: &str) -> Column {
    Column::new(name, kind, unit, about)
}

/// Columns of `origins.parquet`.
fn origins() -> Schema {
    let columns = vec![
        column("origin", Date, "", "day from which is forecast"),
        column("folder", Text, "", "its futures, below origins/"),
        column(
            "facts_known",
            Int64,
            "",
            "dated facts that its futures know",
        ),
        column(
            "facts_withheld",
            Text,
            "",
            "names of those that they do not, with blanks between",
        ),
        column("learned", Int64, "", "observations that weigh its futures"),
        column("futures", Int64, "", "futures with a row"),
        column("failed", Int64, "", "futures that failed"),
        column(
            "effective",
            Float64,
            "",
            "effective number of futures, 1/sum of squared weights",
        ),
    ];
    Schema {
        table: "origins".to_owned(),
        columns,
    }
}

fn add_origin(table: &mut Table, row: &OriginRow) {
    table
        .row()
        .date(row.date)
        .text(&Arc::from(row.folder.as_str()))
        .int(count(row.facts_known))
        .text(&Arc::from(row.facts_withheld.join(" ").as_str()))
        .int(count(row.learned))
        .int(count(row.futures))
        .int(row.failed)
        .float(row.effective)
        .end();
}

/// Columns of `scores.parquet`, a row for each observation and each origin before its date.
fn scores() -> Schema {
    const OWN: &str = "whether the observation is judged by this origin";
    const UNIT: &str = "the metric's unit";
    let of_unit = |name: &str, about: &str| column(name, Float64, UNIT, about).nullable();
    let mut columns = vec![
        column("observation", Int64, "", "position in the scenario, from 1"),
        column("metric", Text, "", "name of the metric"),
        column("label", Text, "", "what was observed, in words"),
        column("unit", Text, "", "unit of value, forecast and CRPS"),
        column("date", Date, "", "day for which it holds"),
        column("published", Date, "", "day on which it was known"),
        column("use", Text, "", "fit, validate or claim"),
        column("backtest", Text, "", "backtest to which it belongs").nullable(),
        column("series", Text, "", "its series").nullable(),
        column(
            "bound",
            Text,
            "",
            "at_least or at_most, if it is only a bound",
        )
        .nullable(),
        column("value", Float64, UNIT, "what was observed"),
        column("origin", Date, "", "day from which it was forecast"),
        column("own", Bool, "", OWN),
        column(
            "effective",
            Float64,
            "",
            "effective number of futures at the origin",
        ),
        column(
            "missing",
            Int64,
            "",
            "futures without such a value, left out",
        ),
        of_unit(
            "error",
            "standard deviation of the observation's error, sampling included",
        ),
        of_unit("forecast_mean", "mean of the forecast"),
        of_unit("forecast_sd", "standard deviation of the forecast"),
    ];
    for band in BANDS {
        let percent = (100.0 * band).round();
        for end in ["low", "high"] {
            let name = format!("band{percent}_{end}");
            let about = format!("{end} end of the central {percent} % band of the forecast");
            columns.push(of_unit(&name, &about));
        }
    }
    columns.extend([
        of_unit(
            "crps_mixture",
            "CRPS of the forecast, a mixture of normals, in closed form",
        ),
        column(
            "log_score",
            Float64,
            "nats",
            "-ln of the density, or of the bound's chance",
        )
        .nullable(),
        column(
            "pit",
            Float64,
            "",
            "chance that the forecast gave to a lower value",
        )
        .nullable(),
        column(
            "bound_chance",
            Float64,
            "",
            "chance that the forecast gave to the bound",
        )
        .nullable(),
        column("brier", Float64, "", "(1 - bound_chance) squared").nullable(),
    ]);
    for reference in ["persistence", "trend"] {
        columns.extend([
            of_unit(
                &format!("{reference}_mean"),
                "mean of the reference forecast",
            ),
            of_unit(&format!("{reference}_sd"), "its standard deviation"),
            of_unit(&format!("{reference}_crps"), "its CRPS"),
            column(
                &format!("{reference}_skill"),
                Float64,
                "",
                "1 - crps_mixture/its CRPS",
            )
            .nullable(),
        ]);
    }
    Schema {
        table: "scores".to_owned(),
        columns,
    }
}

fn add_score(table: &mut Table, row: &Row) {
    let words = |text: &str| Arc::from(text);
    let maybe = |text: &Option<String>| text.as_deref().map(Arc::from);
    let scored = row.scored.as_ref();
    let own = |of: fn(&super::score::Scored) -> f64| scored.map_or(f64::NAN, of);
    let bands = (0..BANDS.len()).flat_map(|at| {
        let band = scored.map(|scored| scored.bands[at]);
        band.map_or([f64::NAN; 2], |band| [band.low, band.high])
    });
    table
        .row()
        .int(count(row.observation))
        .text(&words(&row.metric))
        .text(&words(&row.label))
        .text(&words(&row.unit))
        .date(row.date)
        .date(row.published)
        .text(&words(&row.use_for))
        .text_or_null(maybe(&row.backtest).as_ref())
        .text_or_null(maybe(&row.series).as_ref())
        .text_or_null(maybe(&row.bound).as_ref())
        .float(row.value)
        .date(row.origin)
        .bool(row.own)
        .float(row.effective)
        .int(count(row.missing))
        .floats([own(|s| s.error), own(|s| s.mean), own(|s| s.sd)])
        .floats(bands)
        .floats(outcome(row))
        .end();
}

/// From `crps_mixture` on.
fn outcome(row: &Row) -> [f64; 13] {
    let mut cells = [f64::NAN; 13];
    let Some(scored) = &row.scored else {
        return cells;
    };
    cells[1] = scored.log_score;
    match &scored.outcome {
        Outcome::Value {
            crps_mixture,
            pit,
            persistence,
            trend,
        } => {
            cells[0] = *crps_mixture;
            cells[2] = *pit;
            let of = |reference: &Option<Reference>| {
                reference.map_or([f64::NAN; 4], |reference| {
                    let Reference { mean, sd, crps } = reference;
                    [mean, sd, crps, reference.skill(*crps_mixture)]
                })
            };
            cells[5..9].copy_from_slice(&of(persistence));
            cells[9..13].copy_from_slice(&of(trend));
        }
        Outcome::Bound { chance, brier } => cells[3..5].copy_from_slice(&[*chance, *brier]),
    }
    cells
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
