//! `series.parquet`: what all runs together say about each date and margin.
//!
//! Every margin has rows of its own, since quantiles do not add. Means and their
//! standard errors are exact; quantiles are read from bins, and each row states how far
//! that may be off.

use std::sync::Arc;

use super::layout::{Estimand, Layout, SeriesKey};
use super::table::{Column, ColumnKind, Schema, Table};
use crate::domain::Date;
use crate::measure::quantile::RankCache;
use crate::measure::series::{Cell, Series};
use crate::measure::stated::{self, CONFIDENCE};
use ColumnKind::{Float64, Int64, Text};

/// The quantiles given, and how their columns are called.
const QUANTILES: [(f64, &str); 9] = [
    (0.025, "p025"),
    (0.05, "p05"),
    (0.10, "p10"),
    (0.25, "p25"),
    (0.50, "p50"),
    (0.75, "p75"),
    (0.90, "p90"),
    (0.95, "p95"),
    (0.975, "p975"),
];

/// The quantiles given with an interval.
const WITH_INTERVAL: [(f64, &str); 3] = [(0.05, "p05"), (0.50, "p50"), (0.95, "p95")];

/// Columns of `series.parquet`.
#[must_use]
pub fn schema() -> Schema {
    let real =
        |name: &str, about: &str| Column::new(name, Float64, "as in column unit", about).nullable();
    let mut columns = vec![
        Column::new("date", ColumnKind::Date, "", "last day of the month"),
        Column::new(
            "estimand",
            Text,
            "",
            "level, baseline, or difference (scenario less baseline, run by run)",
        ),
        Column::new("metric", Text, "", "what is measured"),
        Column::new("unit", Text, "", "unit of the metric"),
        Column::new("provider", Text, "", "empty where summed over").nullable(),
        Column::new("jurisdiction", Text, "", "empty where summed over").nullable(),
        Column::new("segment", Text, "", "empty where summed over").nullable(),
        Column::new("n", Int64, "runs", "runs that have a value"),
        real("mean", "mean over runs"),
        real("se", "standard error of the mean"),
    ];
    for (p, name) in QUANTILES {
        columns.push(real(
            name,
            &format!("{p}-quantile over runs (inverted distribution function)"),
        ));
    }
    for (p, name) in WITH_INTERVAL {
        let about = format!("end of the 95% interval of the {p}-quantile, by order statistics");
        columns.push(real(&format!("{name}_low"), &format!("lower {about}")));
        columns.push(real(&format!("{name}_high"), &format!("upper {about}")));
    }
    let absolute = "bound on the error of quantiles by their bins, where larger than the relative";
    columns.push(real("bin_error_absolute", absolute));
    let relative = "the same as a share of the quantile";
    columns.push(Column::new(
        "bin_error_relative",
        Float64,
        "share",
        relative,
    ));
    let below = "runs below the lowest bin, read as its edge";
    columns.push(Column::new("n_below_bins", Int64, "runs", below));
    let above = "runs above the highest bin, read as its edge";
    columns.push(Column::new("n_above_bins", Int64, "runs", above));
    Schema {
        table: "series".to_owned(),
        columns,
    }
}

/// Adds a row for each cell, in the order of [`Layout::spans`]; `each_key` is called
/// after the dates of each series, so that a writer can cut row groups there.
///
/// # Errors
/// The first error of `each_key`.
pub fn add_series<E>(
    layout: &Layout,
    series: &Series,
    mut each_key: impl FnMut(&mut dyn FnMut(&mut Table)) -> Result<(), E>,
) -> Result<(), E> {
    let mut ranks = RankCache::new(CONFIDENCE);
    let mut cells = series.cells();
    for &estimand in layout.estimands() {
        let estimand_word: Arc<str> = Arc::from(Estimand::name(estimand));
        for key in &layout.series {
            each_key(&mut |table| {
                for (&date, cell) in layout.dates.iter().zip(cells.by_ref()) {
                    add_cell(table, &estimand_word, key, date, &cell, &mut ranks);
                }
            })?;
        }
    }
    Ok(())
}

fn add_cell(
    table: &mut Table,
    estimand: &Arc<str>,
    key: &SeriesKey,
    date: Date,
    cell: &Cell<'_>,
    ranks: &mut RankCache,
) {
    let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
    let intervals = WITH_INTERVAL.map(|(p, _)| stated::series_quantile(cell, p, ranks));
    let error = cell.grid().error();
    let (below, above) = cell.outside();
    table
        .row()
        .date(date)
        .text(estimand)
        .text(&key.metric)
        .text(&key.unit)
        .text_or_null(key.provider.as_ref())
        .text_or_null(key.jurisdiction.as_ref())
        .text_or_null(key.segment.as_ref())
        .int(whole(cell.n()))
        .float(number(cell.mean()))
        .float(number(cell.standard_error()))
        .floats(QUANTILES.map(|(p, _)| number(cell.quantile(p))))
        .floats(
            intervals
                .into_iter()
                .flat_map(|(low, high)| [number(low), number(high)]),
        )
        .float(error.absolute)
        .float(error.relative)
        .int(whole(below))
        .int(whole(above))
        .end();
}

/// Runs are counted below 2^32.
fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
