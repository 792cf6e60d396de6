//! A level over time in all futures: the median at each date, where 50, 80 and 95 in 100
//! lie, some futures as they went, and when courts typically rule.

use super::axis::{Axis, days};
use super::chart::{Chart, KeyEntry, Mark, Sample, Stroke};
use super::ink::Ink;
use super::levels::LevelAsked;
use super::rulings;
use super::source::Source;
use super::units::in_data;
use super::{Figure, FigureError, capital};
use crate::domain::Date;
use crate::measure::quantile::quantile_of_sorted;
use crate::report::digits::with_error;
use crate::report::finished::dates;
use crate::report::page::{Bounded, Typical};
use crate::report::unit::{Scale, Unit};
use crate::result::Wanted;
use crate::result::table::ColumnKind::{Date as DateKind, Float64, Int64};
use crate::result::table::{Cells, Column, Schema, Table};

/// Its name.
pub const NAME: &str = "fan";
/// Futures drawn as they went, the first of the result: they are as likely as any.
const SHOWN: usize = 8;
/// Quantiles, from the lowest, in pairs around the median, and how strongly what lies between
/// a pair is drawn.
const QUANTILES: [(f64, &str); 7] = [
    (0.025, "p025"),
    (0.10, "p10"),
    (0.25, "p25"),
    (0.50, "p50"),
    (0.75, "p75"),
    (0.90, "p90"),
    (0.975, "p975"),
];
const BANDS: [(usize, usize, f64, &str); 3] = [
    (0, 6, 0.13, "95 in 100 futures"),
    (EIGHT_IN_TEN.0, EIGHT_IN_TEN.1, 0.18, "80"),
    (2, 4, 0.25, "50"),
];
const MEDIAN: usize = 3;
/// Ends of the middle band.
const EIGHT_IN_TEN: (usize, usize) = (1, 5);

/// A level at each date, over all futures.
struct Fan {
    dates: Vec<Date>,
    /// At each date, the quantiles; NaN where there are too few futures to know one.
    quantiles: Vec<[f64; 7]>,
    /// At each date, how many futures have a value.
    futures: Vec<u32>,
    /// `shown[future][date]`
    shown: Vec<Vec<f64>>,
    /// The numbers of those runs.
    runs: Vec<f64>,
}

pub(super) fn figure(source: &Source<'_>, level: &LevelAsked) -> Result<Figure, FigureError> {
    let fan = read(source, &level.column)?;
    let name = format!("{NAME}-{}", level.column);
    Ok(Figure {
        kind: NAME,
        chart: chart(source, level, &fan)?,
        data: data(&name, level, &fan),
        caption: format!(
            "{}: the median over futures at the end of each month, where 50, 80 and 95 in 100 \
             futures lie, as far as there are futures enough to know, and the first {} futures \
             as they went. Rules: the day by which half of all futures have a court's ruling. {}",
            level.label,
            fan.shown.len(),
            source.made()
        ),
        name,
    })
}

fn read(source: &Source<'_>, column: &str) -> Result<Fan, FigureError> {
    let files = source.result.files();
    let table = files.table("paths", Wanted::Columns(&["run", "date", column]))?;
    let (Some(Cells::Float64(values)), by_row) = (table.column(column), dates(&table, "paths")?)
    else {
        return Err(crate::report::finished::unusable("paths", column).into());
    };
    let mut all: Vec<Date> = by_row.iter().copied().flatten().collect();
    all.sort_unstable();
    all.dedup();
    let mut at_date: Vec<Vec<f64>> = vec![Vec::new(); all.len()];
    for (date, value) in by_row.iter().zip(values) {
        if let Some(at) = date.and_then(|date| all.binary_search(&date).ok()) {
            at_date[at].push(*value);
        }
    }
    let (kept, runs) = (
        at_date.first().map_or(0, Vec::len),
        source.result.manifest.runs_ok as usize,
    );
    if kept < runs {
        return Err(FigureError::Not {
            figure: NAME,
            why: format!(
                "the paths of {kept} of {runs} futures are kept; simulate with --paths all"
            ),
        });
    }
    let numbers = table.column("run").and_then(Cells::to_numbers);
    let numbers = numbers.unwrap_or_default().into_iter().zip(by_row);
    let runs = numbers.filter(|(_, date)| **date == all.first().copied());
    let runs = runs.map(|(run, _)| run).take(SHOWN).collect();
    let shown = (0..SHOWN.min(kept)).map(|future| {
        let path = at_date.iter().map(|values| values.get(future).copied());
        path.map(|value| value.unwrap_or(f64::NAN)).collect()
    });
    let shown = shown.collect();
    let mut quantiles = Vec::with_capacity(all.len());
    let mut futures = Vec::with_capacity(all.len());
    for mut values in at_date {
        values.retain(|value| !value.is_nan());
        values.sort_unstable_by(f64::total_cmp);
        quantiles.push(QUANTILES.map(|(p, _)| quantile_known(&values, p)));
        futures.push(u32::try_from(values.len()).unwrap_or(u32::MAX));
    }
    Ok(Fan {
        dates: all,
        quantiles,
        futures,
        shown,
        runs,
    })
}

/// A quantile beyond which at least one value is expected, else NaN.
fn quantile_known(sorted: &[f64], p: f64) -> f64 {
    if p.min(1.0 - p) * (sorted.len() as f64) < 1.0 {
        return f64::NAN;
    }
    quantile_of_sorted(sorted, p).unwrap_or(f64::NAN)
}

fn chart(source: &Source<'_>, level: &LevelAsked, fan: &Fan) -> Result<Chart, FigureError> {
    let shown = fan.shown.iter().flatten().copied();
    let drawn = fan.quantiles.iter().flatten().copied().chain(shown);
    let finite = || drawn.clone().filter(|value| value.is_finite());
    let largest = finite().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    let scale = level.unit.scale(largest);
    let on_scale = |value: f64| value / scale.divisor;
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        return Err(FigureError::Not {
            figure: NAME,
            why: format!("`{}` has no value in any future", level.column),
        });
    }
    let (mut marks, mut key) = (Vec::new(), Vec::new());
    for (from, to, strength, label) in BANDS {
        let points = fan.dates.iter().zip(&fan.quantiles);
        let points: Vec<_> = points
            .map(|(date, at)| [days(*date), on_scale(at[from]), on_scale(at[to])])
            .filter(|point| point.iter().all(|value| value.is_finite()))
            .collect();
        if !points.is_empty() {
            marks.push(Mark::Band {
                ink: Ink::Blue,
                strength,
                points,
            });
            key.push(KeyEntry {
                ink: Ink::Blue,
                sample: Sample::Patch(BANDS.iter().map(|band| band.2).take(key.len() + 1).sum()),
                label: label.to_owned(),
            });
        }
    }
    let line = |values: &mut dyn Iterator<Item = f64>, ink, stroke| {
        let points = fan.dates.iter().zip(values);
        let points = points.map(|(date, value)| [days(*date), on_scale(value)]);
        Mark::Line {
            ink,
            stroke,
            points: points.filter(|[_, value]| value.is_finite()).collect(),
        }
    };
    for path in &fan.shown {
        marks.push(line(&mut path.iter().copied(), Ink::Black, Stroke::Hair));
    }
    let mut medians = fan.quantiles.iter().map(|at| at[MEDIAN]);
    marks.push(line(&mut medians, Ink::Blue, Stroke::Solid));
    marks.extend(rulings::moments(source)?);
    if fan.quantiles.iter().any(|at| at[MEDIAN].is_finite()) {
        key.insert(0, entry(Ink::Blue, Stroke::Solid, "median"));
    }
    key.push(entry(Ink::Black, Stroke::Hair, "single futures"));
    let subtitle = format!(
        "{}, at the end of each month",
        measured_in(&level.unit, &scale)
    );
    let range = (on_scale(low), on_scale(high));
    Ok(Chart {
        title: source.title(&level.label, &message(level, fan)),
        subtitle,
        key,
        x: Axis::of_dates(source.facts.start, source.facts.end),
        y: Axis::of_numbers("", range, percent(&scale), 5).in_unit(&scale.prefix, &scale.suffix),
        marks,
        below: Vec::new(),
        footer: source.footer(),
    })
}

/// What follows the numbers up the axis.
fn percent(scale: &Scale) -> &str {
    if scale.suffix == " %" { " %" } else { "" }
}

fn entry(ink: Ink, stroke: Stroke, label: &str) -> KeyEntry {
    KeyEntry {
        ink,
        sample: Sample::Line(stroke),
        label: label.to_owned(),
    }
}

/// The unit in words.
fn measured_in(unit: &Unit, scale: &Scale) -> String {
    match unit {
        Unit::Index => "an index from 0 to 100".to_owned(),
        Unit::Percent | Unit::YesNo => "per cent".to_owned(),
        Unit::Count => "how many".to_owned(),
        _ => format!("{}{}", scale.prefix, scale.suffix.trim_start()),
    }
}

/// From where to where the median goes, and where 8 in 10 futures end.
fn message(level: &LevelAsked, fan: &Fan) -> String {
    let medians = fan.dates.iter().zip(&fan.quantiles);
    let mut known = medians.filter(|(_, at)| at[MEDIAN].is_finite());
    let label = capital(&level.label);
    let (Some((_, first)), Some((until, last))) = (known.next(), known.next_back()) else {
        return String::new();
    };
    let said = |value: f64| {
        let value = Bounded::At(value);
        with_error(&level.unit, &Typical { value, error: None })
    };
    let (from, to) = (said(first[MEDIAN]), said(last[MEDIAN]));
    let until = until.month_in_words();
    let goes = if from == to {
        format!("{label}: median {to} at the start and in {until}")
    } else {
        format!("{label}: median from {from} to {to} by {until}")
    };
    let (low, high) = (last[EIGHT_IN_TEN.0], last[EIGHT_IN_TEN.1]);
    if low.is_finite() && high.is_finite() {
        format!("{goes}; {} to {} in 8 of 10 futures", said(low), said(high))
    } else {
        goes
    }
}

fn data(name: &str, level: &LevelAsked, fan: &Fan) -> Table {
    let unit = in_data(&level.unit);
    let real = |name: &str, about: &str| Column::new(name, Float64, &unit, about).nullable();
    let mut columns = vec![
        Column::new("date", DateKind, "", "last day of the month"),
        Column::new("futures", Int64, "futures", "futures that have a value"),
    ];
    columns.extend(QUANTILES.map(|(p, name)| {
        real(
            name,
            &format!("{p}-quantile of {} over futures", level.column),
        )
    }));
    for run in &fan.runs {
        columns.push(real(&format!("run_{run}"), "the path of this run"));
    }
    let mut table = Table::new(Schema {
        table: name.to_owned(),
        columns,
    });
    for (at, date) in fan.dates.iter().enumerate() {
        let row = table.row().date(*date).int(fan.futures[at]);
        let shown = fan.shown.iter().map(|path| path[at]);
        row.floats(fan.quantiles[at]).floats(shown).end();
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_quantile_is_told_beyond_the_futures() {
        let sorted: Vec<f64> = (0..39).map(f64::from).collect();
        assert!(quantile_known(&sorted, 0.025).is_nan());
        assert_eq!(quantile_known(&sorted, 0.10), 3.0);
        let sorted: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(quantile_known(&sorted, 0.975), 38.0);
    }
}
