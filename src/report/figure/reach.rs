//! Who can reach workload: by the state in whose territory it lies, and by that of the
//! provider's parent, as shares of it over time.

use std::sync::Arc;

use super::axis::Axis;
use super::chart::Chart;
use super::ink::Ink;
use super::series::means;
use super::source::Source;
use super::stack::{Layer, WRITTEN, percent, stacked};
use super::{Figure, FigureError};
use crate::domain::Date;
use crate::result::table::ColumnKind::{Date as DateKind, Float64, Text};
use crate::result::table::{Column, Schema, Table};
use crate::world::series::SeriesMetric;

/// Its name.
pub const NAME: &str = "reach";

/// Workload by who can reach it, at each date; means over futures.
struct Reach {
    /// The state whose reach is told.
    state: String,
    dates: Vec<Date>,
    /// In the order of [`WHO`].
    parts: [Vec<f64>; 4],
}

/// Who can reach a part, in the data.
const WHO: [&str; 4] = ["state", "state_and_parent", "state_and_place", "others"];

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let reach = read(source)?.ok_or_else(|| FigureError::Not {
        figure: NAME,
        why: format!(
            "no state's providers have workload in `{}`",
            source.scenario.name
        ),
    })?;
    let state = source.country(&reach.state);
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(source, &reach),
        data: data(&reach),
        caption: format!(
            "Workload by who can reach it, at the prices of the start: shares of the mean over \
             futures at the end of each month. A state can reach what lies in its territory, and \
             what a provider with a parent there operates elsewhere, which the state in which it \
             lies can reach as well. Whether {state} may by law is what the case is about. {WRITTEN} {}",
            source.made()
        ),
    })
}

/// The state with the most workload at its providers, and the parts.
fn read(source: &Source<'_>) -> Result<Option<Reach>, FigureError> {
    let mut means = means(source, SeriesMetric::WorkloadLocated)?;
    means.retain(|mean| mean.place.is_some());
    let mut totals: Vec<(&str, f64)> = Vec::new();
    for mean in &means {
        let Some(state) = mean.state() else { continue };
        match totals.iter_mut().find(|(known, _)| *known == state) {
            Some((_, total)) => *total += mean.mean,
            None => totals.push((state, mean.mean)),
        }
    }
    let most = totals.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((state, _)) = most else {
        return Ok(None);
    };
    let mut dates: Vec<Date> = means.iter().map(|mean| mean.date).collect();
    dates.sort_unstable();
    dates.dedup();
    let mut parts = [(); 4].map(|()| vec![0.0; dates.len()]);
    for mean in &means {
        let Ok(at) = dates.binary_search(&mean.date) else {
            continue;
        };
        // All providers, less those with a parent there, are the others.
        let inside = mean.place.as_deref() == Some(state);
        let (own, others) = if inside { (0, 1) } else { (2, 3) };
        match (&mean.seller, mean.state()) {
            (None, _) => parts[others][at] += mean.mean,
            (_, Some(of)) if of == state => {
                parts[own][at] += mean.mean;
                parts[others][at] -= mean.mean;
            }
            _ => {}
        }
    }
    // What is left of a difference of equal sums.
    let noise = |value: &mut f64| *value = value.max(0.0);
    parts.iter_mut().flatten().for_each(noise);
    Ok(Some(Reach {
        state: state.to_owned(),
        dates,
        parts,
    }))
}

impl Reach {
    fn shares(&self, part: usize) -> Vec<f64> {
        let share = |at: usize| {
            let total: f64 = self.parts.iter().map(|part| part[at]).sum();
            if total > 0.0 {
                self.parts[part][at] / total
            } else {
                0.0
            }
        };
        (0..self.dates.len()).map(share).collect()
    }
}

fn chart(source: &Source<'_>, reach: &Reach) -> Chart {
    let x = Axis::of_dates(source.facts.start, source.facts.end);
    let state = &reach.state;
    let labels = [
        format!("{state} alone: there, parent there"),
        format!("{state} and the parent's state: there, foreign parent"),
        format!("{state} and where it lies: abroad, parent in {state}"),
        format!("not {state}: abroad, other parent"),
    ];
    let inks = [Ink::Blue, Ink::Sky, Ink::Vermilion, Ink::Green];
    let layers = labels.into_iter().zip(inks).enumerate();
    let layers = layers.filter(|(at, _)| reach.parts[*at].iter().any(|mean| *mean > 0.0));
    let layers = layers.map(|(at, (label, ink))| Layer {
        label,
        ink,
        shares: reach.shares(at),
    });
    let (marks, key) = stacked(&reach.dates, &x, layers.collect());
    Chart {
        title: source.title("who can reach workload", &message(source, reach)),
        subtitle:
            "share of workload, at the prices of the start, by who can reach it: by territory \
                   or through a provider's parent"
                .to_owned(),
        key,
        x,
        y: Axis::of_shares(),
        marks,
        below: Vec::new(),
        footer: source.footer(),
    }
}

fn message(source: &Source<'_>, reach: &Reach) -> String {
    let out_of_reach = reach.shares(3);
    let (Some(then), Some(now), Some(end)) = (
        out_of_reach.first(),
        out_of_reach.last(),
        reach.dates.last(),
    ) else {
        return String::new();
    };
    let state = source.country(&reach.state);
    let end = end.month_in_words();
    format!(
        "{} of workload is out of reach of {state} in {end}, {} at the start",
        percent(*now),
        percent(*then)
    )
}

fn data(reach: &Reach) -> Table {
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("date", DateKind, "", "last day of the month"),
            Column::new("state", Text, "", "the state whose reach is told"),
            Column::new(
                "by",
                Text,
                "",
                "who can reach it: the state, alone or with others; or others alone",
            ),
            Column::new(
                "mean",
                Float64,
                "millions of USD a year",
                "mean over futures",
            ),
            Column::new("share", Float64, "share", "the same as a share of all"),
        ],
    });
    let state: Arc<str> = Arc::from(&*reach.state);
    for (part, who) in WHO.into_iter().enumerate() {
        let (who, shares): (Arc<str>, _) = (Arc::from(who), reach.shares(part));
        for ((date, mean), share) in reach.dates.iter().zip(&reach.parts[part]).zip(shares) {
            let row = table.row().date(*date).text(&state).text(&who);
            row.floats([*mean, share]).end();
        }
    }
    table
}
