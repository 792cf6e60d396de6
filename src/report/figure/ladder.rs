//! From what customers say to what they do: each rung's typical value, and where 8 in 10 futures
//! lie.

use std::sync::Arc;

use super::axis::Axis;
use super::chart::{Beside, Chart, KeyEntry, Mark, Sample, Shape, Stroke, Word};
use super::ink::Ink;
use super::source::Source;
use super::{Figure, FigureError};
use crate::report::digits::{level, with_error};
use crate::report::page::{Bounded, Number};
use crate::report::unit::Unit;
use crate::result::table::ColumnKind::{Float64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "ladder";

/// A rung.
struct Rung<'p> {
    number: &'p Number,
    typical: f64,
    spread: Option<(f64, f64)>,
}

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let page = source.page()?;
    let rungs = rungs(&page.say_and_do);
    if rungs.len() < 2 {
        return Err(FigureError::Not {
            figure: NAME,
            why: format!(
                "`{}` has no two metrics of what customers say and do, in per cent; `[metric.NAME] \
                 say_and_do` makes one a rung",
                source.scenario.name
            ),
        });
    }
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(source, &rungs),
        data: data(&rungs),
        caption: format!(
            "From what customers say to what they do: the median over futures, and where 8 in 10 \
             of them lie. What was recorded in the world stands beside it with its evidence. {}",
            source.made()
        ),
    })
}

/// Rungs in per cent that have a value.
fn rungs(numbers: &[Number]) -> Vec<Rung<'_>> {
    let at = |bounded| match bounded {
        Bounded::At(value) => Some(value),
        Bounded::Over(_) => None,
    };
    let percent = numbers.iter().filter(|n| n.unit == Unit::Percent);
    percent
        .filter_map(|number| {
            let spread = number.spread.as_ref();
            Some(Rung {
                number,
                typical: at(number.typical.as_ref()?.value)?,
                spread: spread.and_then(|spread| Some((at(spread.low)?, at(spread.high)?))),
            })
        })
        .collect()
}

fn chart(source: &Source<'_>, rungs: &[Rung<'_>]) -> Chart {
    let most = rungs
        .iter()
        .map(|rung| rung.spread.map_or(rung.typical, |s| s.1));
    let most = most.fold(0.0, f64::max);
    // Room for words to the right of what is longest.
    let mut x = Axis::of_numbers("", (0.0, 1.8 * most), " %", 10);
    x.ticks.retain(|tick| tick.at <= 100.0);
    let mut marks = Vec::new();
    for (row, rung) in rungs.iter().enumerate() {
        let row = row as f64;
        if let Some((low, high)) = rung.spread {
            marks.push(Mark::Line {
                ink: Ink::Blue,
                stroke: Stroke::Solid,
                points: vec![[low, row], [high, row]],
            });
        }
        marks.push(Mark::Dot {
            at: [rung.typical, row],
            ink: Ink::Blue,
            shape: Shape::Round,
        });
        let right = rung.spread.map_or(rung.typical, |spread| spread.1);
        marks.push(Mark::Word(words(rung, [right, row], x.to)));
    }
    let mut key = vec![entry(Sample::Dot(Shape::Round), "median")];
    if rungs.iter().any(|rung| rung.spread.is_some()) {
        key.push(entry(Sample::Line(Stroke::Solid), "8 in 10 futures"));
    }
    Chart {
        title: source.title("from what is said to what is done", &message(rungs)),
        subtitle: "per cent of customers".to_owned(),
        key,
        x,
        y: Axis::of_rows(rungs.iter().map(|rung| rung.number.label.clone())),
        marks,
        below: Vec::new(),
        footer: source.footer(),
    }
}

fn entry(sample: Sample, label: &str) -> KeyEntry {
    KeyEntry {
        ink: Ink::Blue,
        sample,
        label: label.to_owned(),
    }
}

/// The value, with its record where there is room.
fn words(rung: &Rung<'_>, at: [f64; 2], end: f64) -> Word {
    let Number {
        unit,
        typical,
        spread,
        record,
        ..
    } = rung.number;
    let said = level(unit, typical.as_ref(), spread.as_ref(), None).typical;
    let known = record.as_ref().filter(|record| *record != "not measured");
    let mut texts: Vec<String> = known
        .map(|record| format!("{said} · record: {record}"))
        .into_iter()
        .collect();
    texts.push(said);
    Word {
        at,
        texts,
        room: Some(1.0_f64.max(end - at[0])),
        beside: Beside::Right,
        on: None,
    }
}

fn message(rungs: &[Rung<'_>]) -> String {
    let said = |rung: &Rung<'_>| {
        let typical = rung.number.typical.map(|mut typical| {
            typical.error = None;
            with_error(&rung.number.unit, &typical)
        });
        typical.unwrap_or_default()
    };
    let (first, last) = (&rungs[0], &rungs[rungs.len() - 1]);
    format!(
        "From what is said ({}) to what is done ({})",
        said(first),
        said(last)
    )
}

fn data(rungs: &[Rung<'_>]) -> Table {
    let real = |name: &str, about: &str| Column::new(name, Float64, "percent", about).nullable();
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("metric", Text, "", "the metric"),
            Column::new("label", Text, "", "what, for whom, when"),
            real("typical", "median over futures"),
            real("p10", "10th percentile over futures"),
            real("p90", "90th percentile over futures"),
            Column::new("record", Text, "", "what was recorded, with its evidence").nullable(),
        ],
    });
    for rung in rungs {
        let text = |text: &str| -> Arc<str> { Arc::from(text) };
        let (low, high) = rung.spread.unwrap_or((f64::NAN, f64::NAN));
        let record = rung.number.record.as_deref().map(text);
        let row = table.row().text(&text(&rung.number.name));
        let row = row.text(&text(&rung.number.label));
        row.floats([rung.typical, low, high])
            .text_or_null(record.as_ref())
            .end();
    }
    table
}
