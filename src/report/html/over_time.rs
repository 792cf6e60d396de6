//! Levels by country and segment, and where workload lies, over time: a table as it stands at the
//! end, and the numbers of every date for the page's script.

mod set;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::HtmlError;
use crate::domain::Date;
use crate::ensemble::again::Frozen;
use crate::report::finished::{dates, unusable, words};
use crate::result::table::Cells;
use crate::result::{Estimand, Opened, Wanted};
use crate::scenario::resolved::Model;
use crate::world::series::SeriesMetric;

/// Rows of a table by country and segment; of more, those of single providers are left out.
const MOST_ROWS: usize = 400;
/// Dates that the script knows; of more, each so many.
const MOST_DATES: usize = 130;
/// What stands for several providers begins with this.
const ALL: &str = "all providers";
/// Sellers by the country of their parent are called so in the tables.
const PARENT: &str = "parent:";

/// What is shown over time.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OverTime {
    dates: Vec<Date>,
    levels: Vec<Series>,
    places: Vec<Place>,
}

/// A level over time: a tenth, half and nine tenths of futures are below these.
#[derive(Clone, PartialEq, Debug)]
struct Series {
    metric: &'static str,
    unit: &'static str,
    whose: String,
    country: String,
    segment: String,
    /// At each date.
    values: Vec<[f64; 3]>,
}

impl Series {
    /// What it is of.
    fn name(&self) -> String {
        let parts = [self.metric, &self.whose, &self.country, &self.segment];
        parts.join(", ")
    }
}

/// A country in which workload lies.
#[derive(Clone, PartialEq, Debug)]
struct Place {
    title: String,
    /// The mean over futures at each date, as a share of all.
    shares: Vec<f64>,
}

/// What a row of `series.parquet` is of.
type Key = (String, Option<String>, Option<String>, Option<String>);

/// Names as they are read.
struct Titles<'f> {
    of: BTreeMap<&'f str, &'f str>,
}

impl<'f> Titles<'f> {
    fn of(frozen: &'f Frozen) -> Self {
        let mut of = BTreeMap::new();
        if let Model::Full(model) = &frozen.scenario.model {
            let providers = model.providers.iter().map(|p| (&p.name, &p.title));
            let countries = model.jurisdictions.iter().map(|j| (&j.name, &j.title));
            of.extend(
                providers
                    .chain(countries)
                    .map(|(name, title)| (name.as_str(), title.as_str())),
            );
        }
        Self { of }
    }

    fn title(&self, name: &str) -> String {
        self.of
            .get(name)
            .map_or_else(|| name.to_owned(), |title| (*title).to_owned())
    }

    fn seller(&self, name: Option<&str>) -> String {
        match name {
            None => ALL.to_owned(),
            Some(name) => match name.strip_prefix(PARENT) {
                Some(country) => format!("{ALL} of {}", self.title(country)),
                None => self.title(name),
            },
        }
    }
}

impl OverTime {
    /// Of a result of `run`.
    ///
    /// # Errors
    /// [`HtmlError`] where the series cannot be read.
    pub fn of(result: &Opened, frozen: &Frozen) -> Result<Self, HtmlError> {
        let columns = [
            "date",
            "estimand",
            "metric",
            "provider",
            "jurisdiction",
            "segment",
            "mean",
            "p10",
            "p50",
            "p90",
        ];
        let table = result.files().table("series", Wanted::Columns(&columns))?;
        let of = |name: &str| words(&table, name);
        let (estimands, metrics, whose) = (of("estimand")?, of("metric")?, of("provider")?);
        let (places, segments) = (of("jurisdiction")?, of("segment")?);
        let by_row = dates(&table, "series")?;
        let numbers = |name: &str| match table.column(name) {
            Some(Cells::Float64(cells)) => Ok(cells),
            _ => Err(unusable("series", name)),
        };
        let (means, p10, p50, p90) = (
            numbers("mean")?,
            numbers("p10")?,
            numbers("p50")?,
            numbers("p90")?,
        );
        let mut on: Vec<Date> = Vec::new();
        let mut rows: Vec<(Key, Vec<[f64; 4]>)> = Vec::new();
        for row in 0..table.rows() {
            let wanted = estimands[row] == Some(Estimand::Level.name());
            let (Some(metric), Some(date), true) = (metrics[row], by_row[row], wanted) else {
                continue;
            };
            let owned = |word: Option<&str>| word.map(str::to_owned);
            let key: Key = (
                metric.to_owned(),
                owned(whose[row]),
                owned(places[row]),
                owned(segments[row]),
            );
            // Rows are by series, and of each by date.
            if rows.last().is_none_or(|(last, _)| *last != key) {
                rows.push((key, Vec::new()));
            }
            if rows.len() == 1 {
                on.push(date);
            }
            if let Some((_, values)) = rows.last_mut() {
                values.push([means[row], p10[row], p50[row], p90[row]]);
            }
        }
        rows.retain(|(_, values)| values.len() == on.len());
        Ok(Self::from_rows(on, &rows, &Titles::of(frozen)))
    }

    fn from_rows(dates: Vec<Date>, rows: &[(Key, Vec<[f64; 4]>)], titles: &Titles<'_>) -> Self {
        let shown = [SeriesMetric::Trust, SeriesMetric::SpendShare];
        let of_metric = |metric: &SeriesMetric| match metric {
            SeriesMetric::Trust => ("trust", "0-100"),
            _ => ("share of spend", "%"),
        };
        let mut levels = Vec::new();
        for metric in &shown {
            for (key, values) in rows.iter().filter(|(key, _)| key.0 == metric.name()) {
                let (name, unit) = of_metric(metric);
                let (_, whose, country, segment) = key;
                levels.push(Series {
                    metric: name,
                    unit,
                    whose: titles.seller(whose.as_deref()),
                    country: country
                        .as_ref()
                        .map_or_else(everywhere, |c| titles.title(c)),
                    segment: segment
                        .as_ref()
                        .map_or_else(|| "all".to_owned(), |s| s.replace('_', " ")),
                    values: values.iter().map(|&[_, a, b, c]| [a, b, c]).collect(),
                });
            }
        }
        if levels.len() > MOST_ROWS {
            levels.retain(|level| level.whose.starts_with(ALL));
            levels.truncate(MOST_ROWS);
        }
        let places = places(dates.len(), rows, titles);
        Self {
            dates,
            levels,
            places,
        }
    }

    /// Positions of the dates that the script knows; the last is always among them.
    fn shown(&self) -> Vec<usize> {
        let count = self.dates.len();
        let step = count.div_ceil(MOST_DATES).max(1);
        let mut shown: Vec<usize> = (0..count).rev().step_by(step).collect();
        shown.reverse();
        shown
    }

    /// Data for the script.
    #[must_use]
    pub fn script(&self) -> Value {
        let shown = self.shown();
        let tenths = |x: f64| {
            if x.is_nan() {
                Value::Null
            } else {
                json!((x * 10.0).round())
            }
        };
        let levels = self.levels.iter().map(|level| {
            let part = |which: usize| -> Vec<Value> {
                shown
                    .iter()
                    .map(|&at| tenths(level.values[at][which]))
                    .collect()
            };
            json!({
                "of": [level.metric, level.whose, level.country, level.segment],
                "unit": level.unit,
                "tenths": [part(0), part(1), part(2)],
            })
        });
        let places = self.places.iter().map(|place| {
            let shares = shown.iter().map(|&at| (place.shares[at] * 1e4).round());
            shares.collect::<Vec<f64>>()
        });
        json!({
            "dates": shown.iter().map(|&at| self.dates[at].in_words()).collect::<Vec<_>>(),
            "levels": levels.collect::<Vec<_>>(),
            "places": places.collect::<Vec<_>>(),
        })
    }
}

fn everywhere() -> String {
    "everywhere".to_owned()
}

/// Where workload lies, the largest share in the end first.
fn places(dates: usize, rows: &[(Key, Vec<[f64; 4]>)], titles: &Titles<'_>) -> Vec<Place> {
    let located: Vec<_> = rows
        .iter()
        .filter(|(key, _)| {
            let (metric, whose, country, _) = key;
            metric == SeriesMetric::WorkloadLocated.name() && whose.is_none() && country.is_some()
        })
        .collect();
    let total = |at: usize| -> f64 { located.iter().map(|(_, values)| values[at][0]).sum() };
    let totals: Vec<f64> = (0..dates).map(total).collect();
    let place = |(key, values): &&(Key, Vec<[f64; 4]>)| {
        let parts = values.iter().zip(&totals);
        let part = |(value, total): (&[f64; 4], &f64)| {
            if *total > 0.0 { value[0] / total } else { 0.0 }
        };
        Place {
            title: key
                .2
                .as_ref()
                .map_or_else(everywhere, |name| titles.title(name)),
            shares: parts.map(part).collect(),
        }
    };
    let mut places: Vec<Place> = located.iter().map(place).collect();
    let last = |place: &Place| place.shares.last().copied().unwrap_or(0.0);
    places.sort_by(|a, b| last(b).total_cmp(&last(a)));
    places
}
