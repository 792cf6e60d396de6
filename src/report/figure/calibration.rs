//! How past forecasts did: where what came lay among the futures (PIT), and how often bands held
//! what they were to hold (reliability).

use std::sync::Arc;

use super::axis::Axis;
use super::chart::{Chart, KeyEntry, Mark, Sample, Shape, Stroke};
use super::ink::Ink;
use super::stack::percent;
use super::studies::Backcast;
use super::{Figure, FigureError};
use crate::analysis::backtest::pooled::Pooled;
use crate::measure::stated;
use crate::result::table::ColumnKind::{Float64, Int64, Text};
use crate::result::table::{Column, Schema, Table};

/// Name of the histogram of PIT.
pub const PIT: &str = "pit";
/// Name of the diagram of reliability.
pub const RELIABILITY: &str = "reliability";

/// What the observations were used for, and the ink of it.
fn uses(pooled: &[Pooled]) -> Vec<(&Pooled, &'static str, Ink, Shape)> {
    let uses = [
        ("validate", "held out", Ink::Blue, Shape::Round),
        ("fit", "fitted to", Ink::Orange, Shape::Square),
    ];
    let found = uses.into_iter().filter_map(|(name, label, ink, shape)| {
        let of = pooled
            .iter()
            .find(|of| of.use_for == name && of.values > 0)?;
        Some((of, label, ink, shape))
    });
    found.collect()
}

fn nothing(figure: &'static str) -> FigureError {
    FigureError::Not {
        figure,
        why: "the backtest has no value that was scored".to_owned(),
    }
}

/// A share of observations, its interval, in per cent.
fn share(count: u64, of: u64) -> (f64, Option<[f64; 2]>) {
    let share = count as f64 / of.max(1) as f64;
    let interval = stated::share(count, of).map(|i| [100.0 * i.low, 100.0 * i.high]);
    (100.0 * share, interval)
}

pub(super) fn pit(backcast: &Backcast<'_>) -> Result<Figure, FigureError> {
    let uses = uses(&backcast.page.pooled);
    if uses.is_empty() {
        return Err(nothing(PIT));
    }
    let bins = uses.iter().map(|(of, ..)| of.pit.len()).max().unwrap_or(0);
    let (mut bars, mut key) = (Vec::new(), Vec::new());
    let wide = 0.8 / uses.len() as f64;
    let mut most: f64 = 0.0;
    for (at, (of, label, ink, _)) in uses.iter().enumerate() {
        let all = of.pit.iter().sum();
        for (bin, count) in of.pit.iter().enumerate() {
            let (height, interval) = share(*count, all);
            let from = bin as f64 + 0.1 + wide * at as f64;
            let (left, right) = (from / bins as f64, (from + wide) / bins as f64);
            bars.push(Mark::Band {
                ink: *ink,
                strength: 0.85,
                points: vec![[left, 0.0, height], [right, 0.0, height]],
            });
            most = most.max(height);
            if let Some([low, high]) = interval {
                let middle = 0.5 * (left + right);
                bars.push(Mark::Line {
                    ink: Ink::Black,
                    stroke: Stroke::Thin,
                    points: vec![[middle, low], [middle, high]],
                });
                most = most.max(high);
            }
        }
        key.push(KeyEntry {
            ink: *ink,
            sample: Sample::Patch(0.85),
            label: format!("{label}: {} values", of.values),
        });
    }
    let even = 100.0 / bins.max(1) as f64;
    bars.push(Mark::Line {
        ink: Ink::Black,
        stroke: Stroke::Dashed,
        points: vec![[0.0, even], [1.0, even]],
    });
    key.push(entry(
        Ink::Black,
        Sample::Line(Stroke::Dashed),
        "if forecasts were right",
    ));
    key.push(entry(
        Ink::Black,
        Sample::Line(Stroke::Thin),
        "95 % interval",
    ));
    let title = match uses.iter().find(|(of, ..)| of.use_for == "validate") {
        Some((of, ..)) => pit_message(of),
        None => "Where what came lay among the futures".to_owned(),
    };
    Ok(Figure {
        kind: PIT,
        name: PIT.to_owned(),
        chart: Chart {
            title,
            subtitle: "per cent of observations by the part of futures that lay below them"
                .to_owned(),
            key,
            x: Axis::of_shares(),
            y: Axis::of_numbers("", (0.0, most), " %", 5),
            marks: bars,
            below: Vec::new(),
            footer: backcast.footer(),
        },
        data: pit_data(&uses),
        caption: format!(
            "Where observations lay among the futures that were forecast (PIT: Dawid 1984): even where \
             forecasts are right, high at both ends where they are too sure, in the middle where they \
             are not sure enough. Intervals as if observations were independent. {}.",
            backcast.footer()
        ),
    })
}

fn pit_message(of: &Pooled) -> String {
    let all: u64 = of.pit.iter().sum();
    let ends = of.pit.first().copied().unwrap_or(0) + of.pit.last().copied().unwrap_or(0);
    let even = 2.0 / of.pit.len().max(1) as f64;
    format!(
        "{ends} of {all} values held out lay in the outer two of {} parts, {} if forecasts were right",
        of.pit.len(),
        percent(even)
    )
}

fn entry(ink: Ink, sample: Sample, label: &str) -> KeyEntry {
    KeyEntry {
        ink,
        sample,
        label: label.to_owned(),
    }
}

fn pit_data(uses: &[(&Pooled, &'static str, Ink, Shape)]) -> Table {
    let mut table = Table::new(Schema {
        table: PIT.to_owned(),
        columns: vec![
            Column::new("use", Text, "", "fit or validate"),
            Column::new("from", Float64, "share", "part of futures below, at least"),
            Column::new("to", Float64, "share", "at most"),
            Column::new("observations", Int64, "", "how many"),
            Column::new("percent", Float64, "percent", "the same as a share"),
            Column::new("low", Float64, "percent", "lower end of its 95 % interval").nullable(),
            Column::new("high", Float64, "percent", "upper end of its 95 % interval").nullable(),
        ],
    });
    for (of, ..) in uses {
        let (name, all): (Arc<str>, u64) = (Arc::from(&*of.use_for), of.pit.iter().sum());
        let bins = of.pit.len() as f64;
        for (bin, count) in of.pit.iter().enumerate() {
            let (percent, interval) = share(*count, all);
            let row = table.row().text(&name);
            let row = row.floats([bin as f64 / bins, (bin + 1) as f64 / bins]);
            row.int_or_null(i64::try_from(*count).ok())
                .float(percent)
                .floats(interval.unwrap_or([f64::NAN; 2]))
                .end();
        }
    }
    table
}

pub(super) fn reliability(backcast: &Backcast<'_>) -> Result<Figure, FigureError> {
    let uses = uses(&backcast.page.pooled);
    if uses.is_empty() {
        return Err(nothing(RELIABILITY));
    }
    let mut marks = vec![Mark::Line {
        ink: Ink::Black,
        stroke: Stroke::Dashed,
        points: vec![[0.0, 0.0], [1.0, 1.0]],
    }];
    let mut key = Vec::new();
    for (at, (of, label, ink, shape)) in uses.iter().enumerate() {
        // Side by side, so that neither hides the other.
        let aside = 0.012 * (2.0 * at as f64 - (uses.len() as f64 - 1.0));
        for covered in &of.inside {
            let (inside, interval) = share(covered.inside as u64, covered.of as u64);
            let x = covered.band + aside;
            if let Some([low, high]) = interval {
                marks.push(Mark::Line {
                    ink: *ink,
                    stroke: Stroke::Solid,
                    points: vec![[x, low / 100.0], [x, high / 100.0]],
                });
            }
            marks.push(Mark::Dot {
                at: [x, inside / 100.0],
                ink: *ink,
                shape: *shape,
            });
        }
        key.push(entry(
            *ink,
            Sample::Dot(*shape),
            &format!("{label}: {} values", of.values),
        ));
    }
    key.push(entry(
        Ink::Black,
        Sample::Line(Stroke::Dashed),
        "as it should be",
    ));
    let title = uses.first().map_or(String::new(), |(of, label, ..)| {
        let [_, eight, _] = &of.inside;
        format!(
            "{} of {} values {label} lay in the band of 8 in 10 futures",
            eight.inside, eight.of
        )
    });
    let mut x = Axis::of_shares();
    x.label = "part of futures inside the band".to_owned();
    Ok(Figure {
        kind: RELIABILITY,
        name: RELIABILITY.to_owned(),
        chart: Chart {
            title,
            subtitle:
                "share of observations inside the band of so many futures, with its 95 % interval"
                    .to_owned(),
            key,
            x,
            y: Axis::of_shares(),
            marks,
            below: Vec::new(),
            footer: backcast.footer(),
        },
        data: reliability_data(&uses),
        caption: format!(
            "How often what came lay inside bands of 50, 80 and 95 in 100 futures. Below the dashed \
             line forecasts were too sure. Intervals as if observations were independent. {}.",
            backcast.footer()
        ),
    })
}

fn reliability_data(uses: &[(&Pooled, &'static str, Ink, Shape)]) -> Table {
    let mut table = Table::new(Schema {
        table: RELIABILITY.to_owned(),
        columns: vec![
            Column::new("use", Text, "", "fit or validate"),
            Column::new("band", Float64, "share", "part of futures inside the band"),
            Column::new("inside", Int64, "", "observations inside it"),
            Column::new("of", Int64, "", "of so many"),
            Column::new("percent", Float64, "percent", "the same as a share"),
            Column::new("low", Float64, "percent", "lower end of its 95 % interval").nullable(),
            Column::new("high", Float64, "percent", "upper end of its 95 % interval").nullable(),
        ],
    });
    for (of, ..) in uses {
        let name: Arc<str> = Arc::from(&*of.use_for);
        for covered in &of.inside {
            let (percent, interval) = share(covered.inside as u64, covered.of as u64);
            table
                .row()
                .text(&name)
                .float(covered.band)
                .int_or_null(i64::try_from(covered.inside).ok())
                .int_or_null(i64::try_from(covered.of).ok())
                .float(percent)
                .floats(interval.unwrap_or([f64::NAN; 2]))
                .end();
        }
    }
    table
}
