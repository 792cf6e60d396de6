//! How likely each ending of the case has become by a date: cumulative incidence, which with
//! the chance of being open adds to one.
//!
//! Every future is followed to the horizon, so that the estimate of Aalen & Johansen (1978) is
//! the share of futures, with the interval of one.

use std::sync::Arc;

use super::axis::Axis;
use super::chart::Chart;
use super::ink::Ink;
use super::source::Source;
use super::stack::{self, WRITTEN, percent, stacked};
use super::{Figure, FigureError};
use crate::domain::Date;
use crate::measure::stated;
use crate::report::ending::EndingGroup;
use crate::report::input::CaseOutcome;
use crate::result::table::ColumnKind::{Date as DateKind, Float64, Int64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "endings";
/// A group of endings over time.
struct Layer {
    group: EndingGroup,
    /// Futures in which the case has ended so by each date.
    counts: Vec<u32>,
}

/// All groups over time.
struct Layers {
    dates: Vec<Date>,
    futures: u32,
    /// From the bottom; the last is what is still open.
    layers: Vec<Layer>,
}

impl Layers {
    fn chance(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.futures.max(1))
    }
}

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let (case, columns) = source.case(NAME)?;
    let layers = layers(&columns.scenario, source.month_ends());
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(source, &case.title, &layers),
        data: data(&layers),
        caption: format!(
            "How {} ends: the share of futures in which it has ended in each way by the end of each \
             month. The ways add to one with the futures in which it is still open; every future \
             is followed to the last day. {WRITTEN} {}",
            case.title,
            source.made()
        ),
    })
}

fn layers(outcomes: &[CaseOutcome], dates: Vec<Date>) -> Layers {
    let start = dates[0];
    let futures = u32::try_from(outcomes.len()).unwrap_or(u32::MAX);
    let ended_by = |group: EndingGroup, date: &Date| -> u32 {
        let day = f64::from(date.days_since(start));
        let ended = outcomes
            .iter()
            .filter(|outcome| EndingGroup::of(outcome.ending) == group && outcome.days <= day);
        u32::try_from(ended.count()).unwrap_or(u32::MAX)
    };
    let ways = EndingGroup::ALL.into_iter();
    let ways = ways
        .filter(|group| *group != EndingGroup::Open)
        .map(|group| Layer {
            group,
            counts: dates.iter().map(|date| ended_by(group, date)).collect(),
        });
    let mut layers: Vec<Layer> = ways
        .filter(|layer| layer.counts.iter().any(|count| *count > 0))
        .collect();
    let ended = |at: usize| layers.iter().map(|layer| layer.counts[at]).sum::<u32>();
    let open = (0..dates.len()).map(|at| futures - ended(at)).collect();
    layers.push(Layer {
        group: EndingGroup::Open,
        counts: open,
    });
    Layers {
        dates,
        futures,
        layers,
    }
}

/// The ink of a way to end, the same in every figure.
pub(super) const fn ink(group: EndingGroup) -> Ink {
    match group {
        EndingGroup::StatuteOrTreaty => Ink::Green,
        EndingGroup::GovernmentWins => Ink::Vermilion,
        EndingGroup::ProviderWins => Ink::Blue,
        EndingGroup::ProviderComplies => Ink::Orange,
        EndingGroup::WithdrawnOrSettled => Ink::Purple,
        EndingGroup::ActAnnulled => Ink::Sky,
        EndingGroup::ActUpheld => Ink::Yellow,
        EndingGroup::Open => Ink::Grey,
    }
}

fn chart(source: &Source<'_>, case: &str, ways: &Layers) -> Chart {
    let x = Axis::of_dates(source.facts.start, source.facts.end);
    let layers = ways.layers.iter().map(|layer| stack::Layer {
        label: layer.group.label().to_owned(),
        ink: ink(layer.group),
        shares: layer.counts.iter().map(|n| ways.chance(*n)).collect(),
    });
    let (marks, key) = stacked(&ways.dates, &x, layers.collect());
    Chart {
        title: source.title(
            &format!("how {case} ends"),
            &message(ways, source.facts.end),
        ),
        subtitle: format!("share of futures in which {case} has ended in each way by the date"),
        key,
        x,
        y: Axis::of_shares(),
        marks,
        below: Vec::new(),
        footer: source.footer(),
    }
}

/// The likeliest ending, and how often it is still open.
fn message(ways: &Layers, end: Date) -> String {
    let last = |layer: &Layer| ways.chance(layer.counts.last().copied().unwrap_or(0));
    let (open, ended): (Vec<_>, Vec<_>) = ways
        .layers
        .iter()
        .partition(|layer| layer.group == EndingGroup::Open);
    let likeliest = ended.iter().max_by(|a, b| last(a).total_cmp(&last(b)));
    let open = open.first().and_then(|layer| layer.counts.last().copied());
    let until = end.month_in_words();
    match likeliest {
        None => format!("Open in every future to {until}"),
        Some(layer) => {
            let label = layer.group.label();
            let rest = match open.unwrap_or(0) {
                0 => format!("none is open in {until}"),
                open => format!("{} are open in {until}", percent(ways.chance(open))),
            };
            format!("Likeliest: {label} ({}); {rest}", percent(last(layer)))
        }
    }
}

fn data(ways: &Layers) -> Table {
    let share = |name: &str, about: &str| Column::new(name, Float64, "share", about).nullable();
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("date", DateKind, "", "by when"),
            Column::new("ending", Text, "", "in which way"),
            Column::new("futures", Int64, "futures", "in which it has ended so"),
            share("chance", "the same as a share of all"),
            share("low", "lower end of its 95 % interval (Wilson 1927)"),
            share("high", "upper end of its 95 % interval"),
        ],
    });
    for layer in &ways.layers {
        let label: Arc<str> = Arc::from(layer.group.label());
        for (date, count) in ways.dates.iter().zip(&layer.counts) {
            let interval = stated::share(u64::from(*count), u64::from(ways.futures));
            let (low, high) = interval.map_or((f64::NAN, f64::NAN), |i| (i.low, i.high));
            let row = table.row().date(*date).text(&label).int(*count);
            row.floats([ways.chance(*count), low, high]).end();
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_open_ones_are_not_none() {
        let end = Date::from_ymd(2024, 7, 31).unwrap();
        let said = |open: u32| {
            let layer = |group, count| Layer {
                group,
                counts: vec![count],
            };
            let ways = Layers {
                dates: vec![end],
                futures: 1_000,
                layers: vec![
                    layer(EndingGroup::GovernmentWins, 1_000 - open),
                    layer(EndingGroup::Open, open),
                ],
            };
            message(&ways, end)
        };
        assert!(said(0).ends_with("(100 %); none is open in Jul 2024"));
        assert!(said(4).ends_with("(over 99 %); under 1 % are open in Jul 2024"));
        assert!(said(20).ends_with("(98 %); 2 % are open in Jul 2024"));
    }
}
