//! In which countries workload lies, as shares of it over time: of means over futures, which
//! add up.

use std::sync::Arc;

use super::axis::Axis;
use super::chart::Chart;
use super::ink::Ink;
use super::series::means;
use super::source::Source;
use super::stack::{Layer, WRITTEN, percent, stacked};
use super::{Figure, FigureError};
use crate::domain::Date;
use crate::report::finished::unusable;
use crate::result::table::ColumnKind::{Date as DateKind, Float64, Text};
use crate::result::table::{Column, Schema, Table};
use crate::world::series::SeriesMetric;

/// Its name.
pub const NAME: &str = "locations";
/// Countries that are drawn alone; the smaller ones are drawn as one.
const ALONE: usize = 6;
/// A country over time.
struct Country {
    code: Arc<str>,
    title: String,
    ink: Ink,
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
             mean over futures at the end of each month. {WRITTEN} {}",
            source.made()
        ),
    })
}

/// The means by date and country, the largest in the end first.
fn read(source: &Source<'_>) -> Result<(Vec<Date>, Vec<Country>), FigureError> {
    let mut on: Vec<Date> = Vec::new();
    let mut countries: Vec<Country> = Vec::new();
    for mean in means(source, SeriesMetric::WorkloadLocated)? {
        let (Some(code), true) = (mean.place, mean.seller.is_none()) else {
            continue;
        };
        // Rows are by country, and of each by date.
        if countries.last().is_none_or(|last| last.code != code) {
            countries.push(Country {
                title: source.country(&code),
                ink: Ink::of_actor(source.place_of_country(&code)),
                code,
                means: Vec::new(),
            });
        }
        if countries.len() == 1 {
            on.push(mean.date);
        }
        if let Some(country) = countries.last_mut() {
            country.means.push(mean.mean);
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

/// Workload everywhere, at each date.
fn totals(countries: &[Country]) -> Vec<f64> {
    let dates = countries.first().map_or(0, |country| country.means.len());
    let total = |at| countries.iter().map(|country| country.means[at]).sum();
    (0..dates).map(total).collect()
}

/// Parts of the whole; none of nothing.
fn shares(means: &[f64], totals: &[f64]) -> Vec<f64> {
    let part = |(mean, total): (&f64, &f64)| if *total > 0.0 { mean / total } else { 0.0 };
    means.iter().zip(totals).map(part).collect()
}

fn layers(countries: &[Country], totals: &[f64]) -> Vec<Layer> {
    // A single small one is drawn as itself.
    let alone = if countries.len() == ALONE + 1 {
        ALONE + 1
    } else {
        ALONE
    };
    let (large, small) = countries.split_at(alone.min(countries.len()));
    let mut layers: Vec<Layer> = large
        .iter()
        .map(|country| Layer {
            label: country.title.clone(),
            ink: country.ink,
            shares: shares(&country.means, totals),
        })
        .collect();
    if !small.is_empty() {
        layers.push(Layer {
            label: format!("{} others", small.len()),
            ink: Ink::Grey,
            shares: shares(&self::totals(small), totals),
        });
    }
    layers
}

fn chart(source: &Source<'_>, dates: &[Date], countries: &[Country]) -> Chart {
    let totals = totals(countries);
    let x = Axis::of_dates(source.facts.start, source.facts.end);
    let (marks, key) = stacked(dates, &x, layers(countries, &totals));
    Chart {
        title: source.title("where workload lies", &message(dates, countries, &totals)),
        subtitle: "share of workload, at the prices of the start, by the country in which it lies"
            .to_owned(),
        key,
        x,
        y: Axis::of_shares(),
        marks,
        below: Vec::new(),
        footer: source.footer(),
    }
}

/// Where most of it lies, and where it lay.
fn message(dates: &[Date], countries: &[Country], totals: &[f64]) -> String {
    let (Some(first), Some(end)) = (countries.first(), dates.last()) else {
        return String::new();
    };
    let shares = shares(&first.means, totals);
    let share = |share: Option<&f64>| percent(share.copied().unwrap_or(0.0));
    let (then, now) = (share(shares.first()), share(shares.last()));
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
            Column::new(
                "mean",
                Float64,
                "millions of USD a year",
                "mean over futures",
            )
            .nullable(),
            Column::new("share", Float64, "share", "the same as a share of all").nullable(),
        ],
    });
    let totals = totals(countries);
    for country in countries {
        let shares = shares(&country.means, &totals);
        for ((date, mean), share) in dates.iter().zip(&country.means).zip(shares) {
            let row = table.row().date(*date).text(&country.code);
            row.floats([*mean, share]).end();
        }
    }
    table
}
