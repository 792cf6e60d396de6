//! When providers open, convert and close regions by their own decision.

use std::sync::Arc;

use super::axis::{Axis, days};
use super::chart::{Chart, KeyEntry, Mark, Sample, Shape, Stroke};
use super::source::Source;
use super::stack::percent;
use super::{Figure, FigureError};
use crate::domain::Date;
use crate::report::actors::RegionChance;
use crate::report::page::Bounded;
use crate::result::table::ColumnKind::{Date as DateKind, Float64, Int64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "regions";
/// Rows that are drawn, and what is not drawn is named from this chance on; all are in the data.
const MOST: usize = 14;
const NAMED_FROM: f64 = 0.01;

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let page = source.page()?;
    let mut regions = page
        .regions
        .map_or_else(Vec::new, |regions| regions.regions);
    regions.sort_by_key(|region| std::cmp::Reverse(region.coming.share.count));
    if !regions.iter().any(|region| is_dated(source, region)) {
        return Err(FigureError::Not {
            figure: NAME,
            why: format!(
                "in fewer than 1 in 10 futures of `{}` does a provider decide about any region",
                source.scenario.name
            ),
        });
    }
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(source, &regions),
        data: data(source, &regions),
        caption: format!(
            "When providers open, convert and close regions by their own decision: by when half of \
             all futures have seen it (dots), and 1 and 9 in 10 of them (lines; with an arrow \
             head where they go on beyond the last day). {}{}",
            left_out(source, &regions),
            source.made()
        ),
    })
}

/// Whether there is anything to draw of it.
fn is_dated(source: &Source<'_>, region: &RegionChance) -> bool {
    dates(source, region).iter().any(Option::is_some)
}

/// Those that are drawn, the likeliest first.
fn shown<'a>(source: &Source<'_>, regions: &'a [RegionChance]) -> Vec<&'a RegionChance> {
    let dated = regions.iter().filter(|region| is_dated(source, region));
    dated.take(MOST).collect()
}

/// What is not drawn, with its chance.
fn left_out(source: &Source<'_>, regions: &[RegionChance]) -> String {
    let shown = shown(source, regions);
    let drawn = |region: &RegionChance| shown.iter().any(|other| std::ptr::eq(*other, region));
    let rest: Vec<&RegionChance> = regions.iter().filter(|region| !drawn(region)).collect();
    if rest.is_empty() {
        return String::new();
    }
    let likely = |region: &&&RegionChance| region.coming.share.value() >= NAMED_FROM;
    let mut named: Vec<String> = rest.iter().filter(likely).map(|of| name(of)).collect();
    match rest.len() - named.len() {
        0 => {}
        more if named.is_empty() => named.push(format!("{more} of less than 1 %")),
        more => named.push(format!("{more} more of less than 1 %")),
    }
    format!("In the data only: {}. ", named.join(", "))
}

/// A region, what happens to it, and in which share of futures.
fn name(region: &RegionChance) -> String {
    // A number and its sign stay on one line.
    let share = percent(region.coming.share.value()).replace(' ', "\u{a0}");
    format!("{} {}: {share}", region.name, region.act.verb())
}

/// On which day, if by the last.
fn on(source: &Source<'_>, days: Option<Bounded>) -> Option<Date> {
    match days? {
        Bounded::At(days) => Some(source.facts.start.plus_days(days as i32)),
        Bounded::Over(_) => None,
    }
}

/// The 10th, 50th and 90th percentile over all futures, as far as they come by the last day.
fn dates(source: &Source<'_>, region: &RegionChance) -> [Option<Date>; 3] {
    let spread = region.coming.days_spread;
    [
        on(source, spread.map(|spread| spread.low)),
        on(source, region.coming.days.map(|days| days.value)),
        on(source, spread.map(|spread| spread.high)),
    ]
}

fn chart(source: &Source<'_>, regions: &[RegionChance]) -> Chart {
    let x = Axis::of_dates(source.facts.start, source.facts.end);
    let shown = shown(source, regions);
    let (mut marks, mut key): (Vec<Mark>, Vec<KeyEntry>) = (Vec::new(), Vec::new());
    for (row, region) in shown.iter().enumerate() {
        let (ink, who) = source.provider(&region.provider);
        let row = row as f64;
        let [first, median, last] = dates(source, region);
        if let Some(first) = first {
            let end = last.map_or(x.to, days);
            marks.push(Mark::Line {
                ink,
                stroke: Stroke::Solid,
                points: vec![[days(first), row], [end, row]],
            });
            if last.is_none() {
                marks.push(Mark::Dot {
                    at: [end, row],
                    ink,
                    shape: Shape::ToRight,
                });
            }
        }
        if let Some(median) = median {
            marks.push(Mark::Dot {
                at: [days(median), row],
                ink,
                shape: Shape::Round,
            });
        }
        if !key.iter().any(|entry| entry.label == who) {
            key.push(KeyEntry {
                ink,
                sample: Sample::Line(Stroke::Solid),
                label: who,
            });
        }
    }
    Chart {
        title: source.title(
            "when providers open, convert and close regions",
            &shown
                .first()
                .map_or_else(String::new, |likeliest| message(source, likeliest)),
        ),
        subtitle:
            "share of futures in which it comes by the last day; when, over all futures: half \
                   of them (dots), 1 to 9 in 10 (lines; arrow: later than the last day)"
                .to_owned(),
        key,
        x,
        y: Axis::of_rows(shown.iter().map(|region| name(region))),
        marks,
        below: Vec::new(),
        footer: source.footer(),
    }
}

/// The likeliest.
fn message(source: &Source<'_>, likeliest: &RegionChance) -> String {
    let share = percent(likeliest.coming.share.value());
    let what = format!("{} {}", likeliest.name, likeliest.act.verb());
    let until = source.facts.end.month_in_words();
    match dates(source, likeliest)[1] {
        Some(by) => format!(
            "Likeliest by {until}: {what} ({share}), in half of all futures by {}",
            by.month_in_words()
        ),
        None => format!("Likeliest by {until}: {what} ({share})"),
    }
}

fn data(source: &Source<'_>, regions: &[RegionChance]) -> Table {
    let share = |name: &str, about: &str| Column::new(name, Float64, "share", about).nullable();
    let date = |name: &str, about: &str| {
        let later = format!("{about}; empty where later than the last day");
        Column::new(name, DateKind, "", &later).nullable()
    };
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("region", Text, "", "the region"),
            Column::new("provider", Text, "", "whose it is"),
            Column::new("jurisdiction", Text, "", "where it lies"),
            Column::new("act", Text, "", "opened, converted or closed"),
            Column::new(
                "futures",
                Int64,
                "futures",
                "in which it comes by the last day",
            ),
            share("chance", "the same as a share of all"),
            share("low", "lower end of its 95 % interval (Wilson 1927)"),
            share("high", "upper end of its 95 % interval"),
            date("p10", "day by which 1 in 10 futures have it"),
            date("p50", "day by which half of the futures have it"),
            date("p90", "day by which 9 in 10 futures have it"),
        ],
    });
    for region in regions {
        let share = region.coming.share;
        let interval = share.interval.map_or([f64::NAN; 2], |i| [i.low, i.high]);
        let text = |text: &str| -> Arc<str> { Arc::from(text) };
        let row = table
            .row()
            .text(&text(&region.name))
            .text(&text(&region.provider));
        let row = row
            .text(&text(&region.jurisdiction))
            .text(&text(region.act.name()));
        let mut row = row.int(share.count).float(share.value()).floats(interval);
        for date in dates(source, region) {
            row = row.date_or_null(date);
        }
        row.end();
    }
    table
}
