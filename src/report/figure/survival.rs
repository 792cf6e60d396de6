//! How long the case stays open, with the order and without it, and in how many futures.
//!
//! Every future is followed to the horizon, so that the estimate of Kaplan & Meier (1958) is
//! the share of futures, with the interval of one.

use std::sync::Arc;

use super::axis::{Axis, days};
use super::chart::{Chart, KeyEntry, Mark, RowBelow, Sample, Stroke};
use super::ink::Ink;
use super::source::Source;
use super::{Figure, FigureError};
use crate::domain::Date;
use crate::measure::stated;
use crate::report::digits::figure as digits;
use crate::report::input::CaseOutcome;
use crate::result::table::ColumnKind::{Date as DateKind, Float64, Int64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "survival";

/// One curve.
struct Curve {
    world: &'static str,
    label: &'static str,
    ink: Ink,
    stroke: Stroke,
    /// Days to the end in the futures in which it ends, rising.
    ended: Vec<f64>,
    futures: usize,
}

impl Curve {
    /// Futures in which it is open after so many days.
    fn open(&self, day: f64) -> usize {
        self.futures - self.ended.partition_point(|ended| *ended <= day)
    }

    fn share(&self, count: usize) -> f64 {
        count as f64 / self.futures.max(1) as f64
    }
}

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let (case, columns) = source.case(NAME)?;
    // Of a challenge to an act there is no order.
    let (there, elsewhere) = match case.order() {
        Some(_) => ("with the order", "without it"),
        None => ("in the scenario", "in its baseline"),
    };
    let scenario = ("scenario", there);
    let with = curve(&columns.scenario, scenario, Ink::Blue, Stroke::Solid);
    let baseline = ("baseline", elsewhere);
    let without = columns.baseline.as_deref();
    let without = without.map(|of| curve(of, baseline, Ink::Vermilion, Stroke::Dashed));
    let curves: Vec<Curve> = [Some(with), without].into_iter().flatten().collect();
    let dates = source.month_ends();
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(source, &case.title, &dates, &curves),
        data: data(&dates, &curves),
        caption: format!(
            "How long {} stays open: the share of futures in which it has not ended by the end of \
             each month, with its 95 % interval (Wilson 1927) from ten futures on. Every future is \
             followed to the last day. Below: futures in which it is open. {}",
            case.title,
            source.made()
        ),
    })
}

fn curve(
    outcomes: &[CaseOutcome],
    (world, label): (&'static str, &'static str),
    ink: Ink,
    stroke: Stroke,
) -> Curve {
    let ended = outcomes.iter().filter(|outcome| outcome.ending.is_some());
    let mut ended: Vec<f64> = ended.map(|outcome| outcome.days).collect();
    ended.sort_by(f64::total_cmp);
    Curve {
        world,
        label,
        ink,
        stroke,
        ended,
        futures: outcomes.len(),
    }
}

/// A date, the futures in which it is open, their share and its interval: NaN where there are
/// too few futures to know it.
struct Point {
    date: Date,
    open: usize,
    share: f64,
    low: f64,
    high: f64,
}

fn points(curve: &Curve, dates: &[Date]) -> Vec<Point> {
    let point = |date: &Date| {
        let open = curve.open(f64::from(date.days_since(dates[0])));
        let share = curve.share(open);
        let interval = stated::share(open as u64, curve.futures as u64);
        let (low, high) = interval.map_or((f64::NAN, f64::NAN), |i| (i.low, i.high));
        Point {
            date: *date,
            open,
            share,
            low,
            high,
        }
    };
    dates.iter().map(point).collect()
}

fn chart(source: &Source<'_>, case: &str, dates: &[Date], curves: &[Curve]) -> Chart {
    let x = Axis::of_dates(source.facts.start, source.facts.end);
    let (mut bands, mut lines, mut key, mut below) = (vec![], vec![], vec![], vec![]);
    let alone = curves.len() == 1;
    for curve in curves {
        let points = points(curve, dates);
        if points.iter().all(|point| point.low.is_finite()) {
            let points = points.iter();
            bands.push(Mark::Band {
                ink: curve.ink,
                strength: 0.2,
                points: points
                    .map(|point| [days(point.date), point.low, point.high])
                    .collect(),
            });
        }
        lines.push(Mark::Line {
            ink: curve.ink,
            stroke: curve.stroke,
            points: points
                .iter()
                .map(|point| [days(point.date), point.share])
                .collect(),
        });
        let label = if alone { "open" } else { curve.label };
        key.push(KeyEntry {
            ink: curve.ink,
            sample: Sample::Line(curve.stroke),
            label: label.to_owned(),
        });
        let numbers = x.ticks.iter().map(|tick| {
            let day = tick.at - days(dates[0]);
            (tick.at, digits(curve.open(day) as f64, 0))
        });
        below.push(RowBelow {
            label: if alone {
                "futures in which it is open".to_owned()
            } else {
                format!("futures in which it is open, {}", curve.label)
            },
            numbers: numbers.collect(),
        });
    }
    let shaded = if bands.is_empty() {
        ""
    } else {
        "; shaded: 95 % interval"
    };
    bands.extend(lines);
    Chart {
        title: source.title(
            &format!("how long {case} stays open"),
            &message(curves, (source.facts.start, source.facts.end)),
        ),
        subtitle: format!("share of futures in which {case} is still open{shaded}"),
        key,
        x,
        y: Axis::of_shares(),
        marks: bands,
        below,
        footer: source.footer(),
    }
}

/// When half have ended, in both worlds.
fn message(curves: &[Curve], (start, end): (Date, Date)) -> String {
    let half = |curve: &Curve| {
        let median = curve.ended.get(curve.futures.div_ceil(2).saturating_sub(1));
        median.map(|day| start.plus_days(*day as i32).month_in_words())
    };
    let until = end.month_in_words();
    let Some(first) = curves.first() else {
        return String::new();
    };
    let with = match half(first) {
        Some(by) => format!("Half have ended by {by}"),
        None => format!("More than half are open in {until}"),
    };
    let Some(second) = curves.get(1) else {
        return with;
    };
    let (there, elsewhere) = (first.label, second.label);
    match half(second) {
        without if without == half(first) => format!("{with}, {there} as {elsewhere}"),
        Some(by) => format!("{with}; {elsewhere}, by {by}"),
        None => format!("{with}; {elsewhere}, not by {until}"),
    }
}

fn data(dates: &[Date], curves: &[Curve]) -> Table {
    let share = |name: &str, about: &str| Column::new(name, Float64, "share", about);
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("date", DateKind, "", "by when"),
            Column::new("world", Text, "", "scenario, or its baseline"),
            Column::new("futures", Int64, "futures", "in which it is open"),
            share("open", "the same as a share of all"),
            share("low", "lower end of its 95 % interval (Wilson 1927)").nullable(),
            share("high", "upper end of its 95 % interval").nullable(),
        ],
    });
    for curve in curves {
        let world: Arc<str> = Arc::from(curve.world);
        for point in points(curve, dates) {
            let open = i64::try_from(point.open).ok();
            let row = table.row().date(point.date).text(&world).int_or_null(open);
            row.floats([point.share, point.low, point.high]).end();
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_interval_is_told_of_fewer_than_ten_futures() {
        let start = Date::from_ymd(2014, 7, 31).unwrap();
        let of = |futures| {
            let curve = Curve {
                world: "scenario",
                label: "",
                ink: Ink::Blue,
                stroke: Stroke::Solid,
                ended: vec![20.0],
                futures,
            };
            let mut points = points(&curve, &[start, start.plus_days(30)]);
            points.remove(1)
        };
        let one = of(1);
        assert!(one.share == 0.0 && one.low.is_nan() && one.high.is_nan());
        let ten = of(10);
        assert!(ten.low < 0.9 && 0.9 < ten.high);
    }
}
