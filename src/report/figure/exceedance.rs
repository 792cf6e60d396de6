//! What the law takes in a bad year: by return period, with its interval, as far as the futures
//! reach.

use std::sync::Arc;

use super::axis::{Axis, Spacing};
use super::chart::{Chart, KeyEntry, Mark, Sample, Stroke};
use super::ink::Ink;
use super::source::Source;
use super::units::in_data;
use super::{Figure, FigureError};
use crate::analysis::risk::estimate::Estimate;
use crate::analysis::risk::exceedance::ReturnPeriod;
use crate::analysis::risk::study::Question;
use crate::report::digits::about;
use crate::report::risk::{Page, RiskError, Wish, at_risk};
use crate::report::unit::Scale;
use crate::result::World;
use crate::result::table::ColumnKind::{Float64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "exceedance";
/// Return periods that are asked for, years; those beyond the futures have no value.
const PERIODS: [f64; 22] = [
    2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 13.0, 16.0, 20.0, 25.0, 32.0, 40.0, 50.0, 64.0, 80.0,
    100.0, 200.0, 500.0, 1000.0, 2000.0,
];

/// The largest over the smallest above which ratios are drawn.
const WIDE: f64 = 50.0;

/// What is lost, in which ink, and how it is read of a return period.
type Basis = (
    &'static str,
    &'static str,
    Ink,
    Stroke,
    fn(&ReturnPeriod) -> Option<&Estimate>,
);

const BASES: [Basis; 3] = [
    (
        "aggregate_year",
        "sum of a year",
        Ink::Blue,
        Stroke::Solid,
        |row| row.aggregate_year.as_ref(),
    ),
    (
        "occurrence",
        "largest single loss of a year",
        Ink::Vermilion,
        Stroke::Dashed,
        |row| row.occurrence.as_ref(),
    ),
    (
        "lost_business_year",
        "profit short of the baseline's, in a year",
        Ink::Green,
        Stroke::Dotted,
        |row| row.lost_business_year.as_ref(),
    ),
];

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let wish = Wish {
        of: None,
        who: None,
        world: World::Scenario,
        question: Question::in_per_cent(&PERIODS, &[95.0], (75.0, 10.0)),
        curve: false,
    };
    let nothing = |why: String| FigureError::Not { figure: NAME, why };
    let (page, _) = at_risk(source.result, &wish).map_err(|error| match error {
        RiskError::Again(error) => FigureError::Again(error),
        RiskError::Measure(error) => FigureError::Measure(error),
        error => nothing(error.to_string()),
    })?;
    let curves = curves(&page);
    if curves.is_empty() {
        return Err(nothing(format!(
            "the law takes nothing that a return period can be told of in {} futures of `{}`",
            source.result.manifest.runs_ok, source.scenario.name
        )));
    }
    let who = page.who.clone().unwrap_or_default();
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(source, &page, &curves),
        data: data(&page, &curves),
        caption: format!(
            "What is lost in a year by return period, {who}: once in so many years, over futures and \
             years, at least so much; with its 95 % interval, as far as ten futures lie beyond. {}",
            source.made()
        ),
    })
}

/// A basis, and at each return period what is lost, low and high.
struct Curve {
    basis: Basis,
    points: Vec<[f64; 4]>,
}

/// The bases of which anything is known, each as far as it has an interval.
fn curves(page: &Page) -> Vec<Curve> {
    let curves = BASES.into_iter().map(|basis| {
        let rows = page.risk.exceedance.iter().filter_map(|row| {
            let estimate = (basis.4)(row)?;
            let (value, interval) = (estimate.value?, estimate.interval?);
            Some([row.years, value, interval.low, interval.high])
        });
        Curve {
            basis,
            points: rows.collect(),
        }
    });
    let told = |curve: &Curve| curve.points.len() > 1 && curve.points.iter().any(|at| at[1] > 0.0);
    curves.filter(told).collect()
}

fn scale_of(page: &Page, curves: &[Curve]) -> Scale {
    let values = curves
        .iter()
        .flat_map(|curve| &curve.points)
        .map(|at| at[3]);
    page.unit.scale(values.fold(0.0, f64::max))
}

fn chart(source: &Source<'_>, page: &Page, curves: &[Curve]) -> Chart {
    let scale = scale_of(page, curves);
    let on = |value: f64| value / scale.divisor;
    let all = || curves.iter().flat_map(|curve| &curve.points);
    let most = all().map(|at| on(at[3])).fold(0.0, f64::max);
    let least = all().map(|at| on(at[2])).fold(0.0, f64::min);
    let lost = all().map(|at| on(at[1])).filter(|value| *value > 0.0);
    let smallest = lost.fold(f64::INFINITY, f64::min);
    // Over many powers of ten only ratios can be read.
    let y = if most > WIDE * smallest {
        Axis::of_powers("", (smallest, most))
    } else {
        Axis::of_numbers("", (least, most), "", 5)
    };
    let y = y.in_unit(&scale.prefix, &scale.suffix);
    let on = |value: f64| match y.scale {
        Spacing::Powers => on(value).max(y.from),
        _ => on(value),
    };
    let is_drawn = |at: &&[f64; 4]| y.scale != Spacing::Powers || at[1] > 0.0;
    let longest = all().map(|at| at[0]).fold(2.0, f64::max);
    let (mut bands, mut lines, mut key) = (Vec::new(), Vec::new(), Vec::new());
    for curve in curves {
        let (_, label, ink, stroke, _) = curve.basis;
        bands.push(Mark::Band {
            ink,
            strength: 0.2,
            points: curve
                .points
                .iter()
                .filter(is_drawn)
                .map(|at| [at[0], on(at[2]), on(at[3])])
                .collect(),
        });
        lines.push(Mark::Line {
            ink,
            stroke,
            points: curve
                .points
                .iter()
                .filter(is_drawn)
                .map(|at| [at[0], on(at[1])])
                .collect(),
        });
        key.push(KeyEntry {
            ink,
            sample: Sample::Line(stroke),
            label: label.to_owned(),
        });
    }
    bands.extend(lines);
    let unit = format!("{}{}", scale.prefix, scale.suffix.trim_start());
    Chart {
        title: source.title("what is lost in a year", &message(page, curves)),
        subtitle: format!(
            "lost in a year, {}, {unit}; shaded: 95 % interval",
            page.who.as_deref().unwrap_or("all")
        ),
        key,
        x: Axis::of_powers("once in so many years", (2.0, longest)),
        y,
        marks: bands,
        below: Vec::new(),
        footer: source.footer(),
    }
}

/// What the worst year of the longest known return period of 20 years or less takes.
fn message(page: &Page, curves: &[Curve]) -> String {
    let curve = &curves[0];
    let known = curve.points.iter().rfind(|at| at[0] <= 20.0);
    let Some([years, value, ..]) = known.or(curve.points.last()) else {
        return String::new();
    };
    let scale = page.unit.scale(*value);
    let value = about(value / scale.divisor);
    let what = format!("{}{value}{}", scale.prefix, scale.suffix);
    format!(
        "Once in {} years {what} or more are lost: {}",
        about(*years),
        curve.basis.1
    )
}

fn data(page: &Page, curves: &[Curve]) -> Table {
    let unit = in_data(&page.unit);
    let real = |name: &str, about: &str| Column::new(name, Float64, &unit, about);
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("basis", Text, "", "what is lost"),
            Column::new(
                "return_period_years",
                Float64,
                "years",
                "once in so many years",
            ),
            real("loss", "at least so much"),
            real("low", "lower end of its 95 % interval"),
            real("high", "upper end of its 95 % interval"),
        ],
    });
    for curve in curves {
        let basis: Arc<str> = Arc::from(curve.basis.0);
        for point in &curve.points {
            table.row().text(&basis).floats(*point).end();
        }
    }
    table
}
