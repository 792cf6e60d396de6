//! Whether there are futures enough: an estimate and its interval from more and more of them.

use super::axis::Axis;
use super::chart::{Chart, KeyEntry, Mark, Sample, Stroke};
use super::ink::Ink;
use super::source::Source;
use super::studies::Converged;
use super::units::in_data;
use super::{Figure, FigureError, capital};
use crate::report::convergence::build::{Columns, prefixes};
use crate::report::convergence::{Converging, Prefix};
use crate::report::digits::{count, with_error};
use crate::report::enough::ask::{Asked, Known};
use crate::report::page::{Bounded, Typical};
use crate::report::unit::{Scale, Unit};
use crate::result::table::ColumnKind::{Float64, Int64};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "convergence";
/// Futures from which a first estimate is made.
const FIRST: u32 = 25;

/// An estimate from more and more futures.
pub(super) struct Told<'t> {
    /// `METRIC.STAT`
    pub name: &'t str,
    /// What is estimated.
    pub label: &'t str,
    pub unit: &'t Unit,
    /// Whether it is a difference to the baseline.
    pub is_effect: bool,
    pub prefixes: &'t [Prefix],
}

impl<'t> Told<'t> {
    /// As a convergence stored it.
    pub fn of(converging: &'t Converging) -> Self {
        Self {
            name: &converging.name,
            label: &converging.label,
            unit: &converging.unit,
            is_effect: converging.is_effect,
            prefixes: &converging.in_futures,
        }
    }
}

/// Of a result: of the first headline, or of `METRIC[.STAT]`.
pub(super) fn figure(source: &Source<'_>, metric: Option<&str>) -> Result<Figure, FigureError> {
    let asked = asked(source, metric)?;
    let columns = Columns::read(source.result, &asked.metric.name)?;
    let all = source.result.manifest.runs();
    let mut sizes = vec![all];
    while let Some(half) = sizes
        .last()
        .map(|size| size.div_ceil(2))
        .filter(|half| *half >= FIRST)
    {
        sizes.push(half);
    }
    sizes.reverse();
    let prefixes = prefixes(&asked, &columns, &sizes)?;
    let name = asked.name();
    let told = Told {
        name: &name,
        label: &asked.metric.label,
        unit: &asked.metric.unit,
        is_effect: name.ends_with(".effect"),
        prefixes: &prefixes,
    };
    of(&told, &source.footer())
}

fn asked(source: &Source<'_>, metric: Option<&str>) -> Result<Asked, FigureError> {
    let wrong = |error: crate::report::enough::ask::AskError| FigureError::Not {
        figure: NAME,
        why: error.to_string(),
    };
    let known = Known::of(&source.scenario, source.paired).map_err(wrong)?;
    if let Some(metric) = metric {
        return known.named(metric).map_err(wrong);
    }
    let headlines = known.wanted([]).map_err(wrong)?.into_iter();
    // What the order changes is asked most closely.
    let mut headlines: Vec<Asked> = headlines.map(|wanted| wanted.of).collect();
    let effect = headlines
        .iter()
        .position(|of| of.name().ends_with(".effect"));
    Ok(headlines.swap_remove(effect.unwrap_or(0)))
}

/// Of a convergence: one for each statistic, or that of this name.
pub(super) fn all(
    converged: &Converged<'_>,
    metric: Option<&str>,
) -> Result<Vec<Figure>, FigureError> {
    let all = converged.page.statistics.iter();
    let asked = all.filter(|told| {
        metric.is_none_or(|name| {
            told.name == name || told.name.rsplit_once('.').is_some_and(|(of, _)| of == name)
        })
    });
    let footer = converged.footer();
    let found = asked.map(|told| of(&Told::of(told), &footer));
    let found = found.collect::<Result<Vec<_>, _>>()?;
    match (metric, found.is_empty()) {
        (Some(metric), true) => Err(FigureError::Metric {
            metric: metric.to_owned(),
            mend: "the convergence is of other metrics; `comity convergence` shows them".to_owned(),
        }),
        _ => Ok(found),
    }
}

/// The figure of an estimate.
pub(super) fn of(told: &Told<'_>, footer: &str) -> Result<Figure, FigureError> {
    let known: Vec<(f64, f64, Option<f64>)> = told
        .prefixes
        .iter()
        .filter_map(|prefix| match prefix.estimate? {
            Typical {
                value: Bounded::At(value),
                error,
            } => Some((f64::from(prefix.futures), value, error)),
            Typical { .. } => None,
        })
        .collect();
    if known.len() < 2 {
        return Err(FigureError::Not {
            figure: NAME,
            why: format!(
                "{} has no value in so few futures; simulate more (-n)",
                told.label
            ),
        });
    }
    let what = if told.is_effect {
        format!("{}, by the order", told.label)
    } else {
        told.label.to_owned()
    };
    Ok(Figure {
        kind: NAME,
        name: format!("{NAME}-{}", told.name.replace('.', "-")),
        chart: chart(told, &what, &known, footer),
        data: data(told),
        caption: format!(
            "{what}: the estimate from the first futures, and its 95 % interval, as more are taken. \
             Each later estimate includes the futures of the earlier ones. {footer}."
        ),
    })
}

fn chart(told: &Told<'_>, what: &str, known: &[(f64, f64, Option<f64>)], footer: &str) -> Chart {
    let ends = |(_, value, error): &(f64, f64, Option<f64>)| {
        let error = error.unwrap_or(0.0);
        [value - error, value + error]
    };
    let all = known.iter().flat_map(ends);
    let scale = told
        .unit
        .scale(all.clone().fold(0.0, |a: f64, b| a.max(b.abs())));
    let on = |value: f64| value / scale.divisor;
    let low = all.clone().fold(f64::INFINITY, f64::min);
    let high = all.fold(f64::NEG_INFINITY, f64::max);
    let last = known[known.len() - 1];
    let band = known.iter().filter_map(|(futures, value, error)| {
        let error = (*error)?;
        Some([*futures, on(value - error), on(value + error)])
    });
    let span = vec![[known[0].0, on(last.1)], [last.0, on(last.1)]];
    let line = known
        .iter()
        .map(|(futures, value, _)| [*futures, on(*value)]);
    let marks = vec![
        Mark::Band {
            ink: Ink::Blue,
            strength: 0.2,
            points: band.collect(),
        },
        Mark::Line {
            ink: Ink::Black,
            stroke: Stroke::Dotted,
            points: span,
        },
        Mark::Line {
            ink: Ink::Blue,
            stroke: Stroke::Solid,
            points: line.collect(),
        },
    ];
    let unit = if told.is_effect {
        &scale.difference
    } else {
        &scale.suffix
    };
    let entry = |ink, sample, label: &str| KeyEntry {
        ink,
        sample,
        label: label.to_owned(),
    };
    Chart {
        title: message(told, what),
        subtitle: format!(
            "{}, by the number of futures taken",
            measured_in(told, &scale)
        ),
        key: vec![
            entry(Ink::Blue, Sample::Line(Stroke::Solid), "estimate"),
            entry(Ink::Blue, Sample::Patch(0.2), "95 % interval"),
            entry(Ink::Black, Sample::Line(Stroke::Dotted), "from all"),
        ],
        x: Axis::of_powers("futures", (known[0].0, last.0)),
        y: Axis::of_numbers("", (on(low), on(high)), "", 5).in_unit(&scale.prefix, unit),
        marks,
        below: Vec::new(),
        footer: footer.to_owned(),
    }
}

fn measured_in(told: &Told<'_>, scale: &Scale) -> String {
    let unit = if told.is_effect {
        &scale.difference
    } else {
        &scale.suffix
    };
    match (
        format!("{}{}", scale.prefix, unit.trim_start()).as_str(),
        told.unit,
    ) {
        ("%", _) => "per cent".to_owned(),
        ("", Unit::Index) => "an index from 0 to 100".to_owned(),
        ("", _) => "how many".to_owned(),
        (unit, _) => unit.to_owned(),
    }
}

fn message(told: &Told<'_>, what: &str) -> String {
    let last = told
        .prefixes
        .iter()
        .rfind(|prefix| prefix.estimate.is_some());
    let Some((prefix, estimate)) = last.and_then(|last| Some((last, last.estimate?))) else {
        return capital(what);
    };
    let said = with_error(told.unit, &estimate);
    let said = match (told.is_effect, told.unit) {
        (true, Unit::Percent | Unit::YesNo) => said.replace(" %", " points"),
        (true, Unit::Index) => format!("{said} points"),
        _ => said,
    };
    format!(
        "{}: {said} from {} futures",
        capital(what),
        count(prefix.futures)
    )
}

fn data(told: &Told<'_>) -> Table {
    let unit = in_data(told.unit);
    let real = |name: &str, about: &str| Column::new(name, Float64, &unit, about).nullable();
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("futures", Int64, "futures", "the first so many"),
            real("estimate", "from these"),
            real("low", "lower end of its 95 % interval"),
            real("high", "upper end of its 95 % interval"),
        ],
    });
    for prefix in told.prefixes {
        let (value, error) = match prefix.estimate {
            Some(Typical {
                value: Bounded::At(value),
                error,
            }) => (value, error.unwrap_or(f64::NAN)),
            _ => (f64::NAN, f64::NAN),
        };
        let row = table.row().int(prefix.futures);
        row.floats([value, value - error, value + error]).end();
    }
    table
}
