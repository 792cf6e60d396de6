//! In which countries workload lies, as shares of it over time: of means over futures, which
//! add up.

use std::sync::Arc;

use super::axis::{Axis, days};
use super::chart::{Chart, KeyEntry, Mark, Sample};
use super::ink::Ink;
use super::source::Source;
use super::{Figure, FigureError};
use crate::domain::Date;
use crate::report::digits::figure as digits;
use crate::report::finished::{dates, unusable, words};
use crate::result::table::ColumnKind::{Date as DateKind, Float64, Text};
use crate::result::table::{Cells, Column, Schema, Table};
use crate::result::{Estimand, Wanted};
use crate::world::series::SeriesMetric;

/// Its name.
pub const NAME: &str = "locations";
/// Countries that are drawn alone; the smaller ones are drawn as one.
const ALONE: usize = 6;
/// Share of the plot's width at which shares are written.
const WRITTEN_AT: f64 = 0.94;
/// The least part of the plot's height in which a share can be written.
const ROOM_FOR_A_SHARE: f64 = 0.08;

/// A country, or all the smaller ones.
struct Layer {
    label: String,
    ink: Ink,
    /// Million dollars a year, at each date.
    means: Vec<f64>,
}

/// A country over time.
struct Country {
    code: Arc<str>,
    title: String,
    means: Vec<f64>,
}

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let (dates, countries) = read(source)?;
    if countries.is_empty() {
        return Err(FigureError::Not {
            figure: NAME,
            why: format!(
                "no place of workload is known in `{}`",
                source.scenario.name
            ),
        });
    }
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(source, &dates, &countries),
        data: data(&dates, &countries),
        caption: format!(
            "Workload by the country in which it lies, at the prices of the start: shares of the \
             mean over futures at the end of each month. {}",
            source.made()
        ),
    })
}

/// The means by date and country, the largest in the end first.
fn read(source: &Source<'_>) -> Result<(Vec<Date>, Vec<Country>), FigureError> {
    let columns = [
        "date",
        "estimand",
        "metric",
        "provider",
        "jurisdiction",
        "mean",
    ];
    let files = source.result.files();
    let table = files.table("series", Wanted::Columns(&columns))?;
    let of = |name: &str| words(&table, name);
    let (estimands, metrics) = (of("estimand")?, of("metric")?);
    let (providers, places) = (of("provider")?, of("jurisdiction")?);
    let by_row = dates(&table, "series")?;
    let Some(Cells::Float64(means)) = table.column("mean") else {
        return Err(unusable("series", "mean").into());
    };
    let titles = source.model().map(|model| &model.jurisdictions[..]);
    let mut on: Vec<Date> = Vec::new();
    let mut countries: Vec<Country> = Vec::new();
    for row in 0..table.rows() {
        let wanted = estimands[row] == Some(Estimand::Level.name())
            && metrics[row] == Some(SeriesMetric::WorkloadLocated.name())
            && providers[row].is_none();
        let (Some(code), Some(date), true) = (places[row], by_row[row], wanted) else {
            continue;
        };
        // Rows are by country, and of each by date.
        if countries.last().is_none_or(|last| &*last.code != code) {
            let known = titles.and_then(|all| all.iter().find(|known| known.name == code));
            countries.push(Country {
                code: Arc::from(code),
                title: known.map_or_else(|| code.to_owned(), |known| known.title.clone()),
                means: Vec::new(),
            });
        }
        if countries.len() == 1 {
            on.push(date);
        }
        if let Some(country) = countries.last_mut() {
            country.means.push(means[row]);
        }
    }
    if countries
        .iter()
        .any(|country| country.means.len() != on.len())
    {
        return Err(unusable("series", "date").into());
    }
    let last = |country: &Country| country.means.last().copied().unwrap_or(0.0);
    countries.sort_by(|a, b| last(b).total_cmp(&last(a)));
    Ok((on, countries))
}

fn layers(countries: &[Country]) -> Vec<Layer> {
    // A single small one is drawn as itself.
    let alone = if countries.len() == ALONE + 1 {
        ALONE + 1
    } else {
        ALONE
    };
    let (large, small) = countries.split_at(alone.min(countries.len()));
    let mut layers: Vec<Layer> = large
        .iter()
        .zip(Ink::SERIES)
        .map(|(country, ink)| Layer {
            label: country.title.clone(),
            ink,
            means: country.means.clone(),
        })
        .collect();
    if let Some(first) = small.first() {
        let sum = |at| small.iter().map(|country| country.means[at]).sum();
        layers.push(Layer {
            label: format!("{} others", small.len()),
            ink: Ink::Grey,
            means: (0..first.means.len()).map(sum).collect(),
        });
    }
    layers
}

fn chart(source: &Source<'_>, dates: &[Date], countries: &[Country]) -> Chart {
    let layers = layers(countries);
    let total = |at: usize| layers.iter().map(|layer| layer.means[at]).sum::<f64>();
    let x = Axis::of_dates(source.facts.start, source.facts.end);
    let y = Axis::of_numbers("", (0.0, 100.0), " %", 5);
    let at = x.from + WRITTEN_AT * (x.to - x.from);
    let written = dates.iter().position(|date| days(*date) >= at);
    let written = written.unwrap_or(dates.len() - 1);
    let mut below = vec![0.0; dates.len()];
    let (mut marks, mut words, mut key) = (Vec::new(), Vec::new(), Vec::new());
    for layer in &layers {
        let percent_of = |at: usize, mean: f64| 100.0 * mean / total(at);
        let points = (0..dates.len()).map(|at| {
            let (low, high) = (below[at], below[at] + layer.means[at]);
            [days(dates[at]), percent_of(at, low), percent_of(at, high)]
        });
        let points: Vec<_> = points.collect();
        let [when, low, high] = points[written];
        if high - low >= ROOM_FOR_A_SHARE * (y.to - y.from) {
            words.push(Mark::Word {
                at: [when, 0.5 * (low + high)],
                text: format!("{} %", digits(high - low, 0)),
                on: layer.ink,
            });
        }
        marks.push(Mark::Band {
            ink: layer.ink,
            strength: 1.0,
            points,
        });
        key.push(KeyEntry {
            ink: layer.ink,
            sample: Sample::Patch(1.0),
            label: layer.label.clone(),
        });
        for (below, mean) in below.iter_mut().zip(&layer.means) {
            *below += mean;
        }
    }
    marks.extend(words);
    Chart {
        title: message(dates, countries, &total),
        subtitle: "share of workload, at the prices of the start, by the country in which it lies"
            .to_owned(),
        key,
        x,
        y,
        marks,
        below: Vec::new(),
        footer: source.footer(),
    }
}

fn percent(share: f64) -> String {
    format!("{} %", digits(100.0 * share, 0))
}

/// Where most of it lies, and where it lay.
fn message(dates: &[Date], countries: &[Country], total: &dyn Fn(usize) -> f64) -> String {
    let (Some(first), Some(end)) = (countries.first(), dates.last()) else {
        return String::new();
    };
    let share = |at: usize| percent(first.means[at] / total(at));
    let (then, now) = (share(0), share(dates.len() - 1));
    let (title, until) = (&first.title, end.month_in_words());
    if then == now {
        format!("{now} of workload lies in {title} in {until}, as at the start")
    } else {
        format!("{now} of workload lies in {title} in {until}, and {then} at the start")
    }
}

fn data(dates: &[Date], countries: &[Country]) -> Table {
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("date", DateKind, "", "last day of the month"),
            Column::new("jurisdiction", Text, "", "where it lies"),
            Column::new("mean", Float64, "musd_per_year", "mean over futures").nullable(),
            Column::new("share", Float64, "share", "the same as a share of all").nullable(),
        ],
    });
    for country in countries {
        for (at, (date, mean)) in dates.iter().zip(&country.means).enumerate() {
            let all: f64 = countries.iter().map(|country| country.means[at]).sum();
            let row = table.row().date(*date).text(&country.code);
            row.floats([*mean, mean / all]).end();
        }
    }
    table
}
