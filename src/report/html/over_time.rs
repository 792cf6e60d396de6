//! Levels by country and segment, and where workload lies, over time: a table as it stands at the
//! end, and the numbers of every date for the page's script.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::HtmlError;
use super::markup::Html;
use crate::domain::Date;
use crate::ensemble::again::Frozen;
use crate::report::digits::rounded;
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
        let located: Vec<_> = rows
            .iter()
            .filter(|(key, _)| {
                let (metric, whose, country, _) = key;
                metric == SeriesMetric::WorkloadLocated.name()
                    && whose.is_none()
                    && country.is_some()
            })
            .collect();
        let total = |at: usize| -> f64 { located.iter().map(|(_, values)| values[at][0]).sum() };
        let totals: Vec<f64> = (0..dates.len()).map(total).collect();
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
        Self {
            dates,
            levels,
            places,
        }
    }

    /// Where workload lies: a table of shares at the start and the end, and a slider between.
    pub fn put_places(&self, html: &mut Html<'_>) {
        let (Some(first), Some(last)) = (self.dates.first(), self.dates.last()) else {
            return;
        };
        if self.places.is_empty() {
            return;
        }
        slider(html, "place-date", "Date", self.shown().len());
        html.open("div", &[("class", "scroll"), ("tabindex", "0")]);
        html.open("table", &[("id", "place-table")]);
        heads(
            html,
            &["where workload lies", &first.in_words(), &last.in_words()],
        );
        html.element(
            "th",
            &[("scope", "col"), ("class", "js"), ("id", "place-head")],
            "",
        );
        html.element("td", &[("class", "js wide")], "");
        html.ours("</tr></thead><tbody>\n");
        let percent = |share: Option<&f64>| {
            let share = 100.0 * share.copied().unwrap_or(0.0);
            format!("{} %", rounded((share * 10.0).round() / 10.0))
        };
        for place in &self.places {
            html.open("tr", &[]);
            html.element("th", &[("scope", "row")], &place.title);
            html.element("td", &[], &percent(place.shares.first()));
            html.element("td", &[], &percent(place.shares.last()));
            html.element("td", &[("class", "js at")], "");
            html.ours("<td class=\"js wide\"><div class=\"bar\"></div></td>");
            html.close("tr");
        }
        html.ours("</tbody></table></div>\n");
    }

    /// Levels by country and segment at the end, filters, and a chart that the script draws.
    pub fn put_levels(&self, html: &mut Html<'_>) {
        let Some(last) = self.dates.last() else {
            return;
        };
        html.open("div", &[("class", "controls js"), ("id", "filters")]);
        let distinct = |of: fn(&Series) -> &str| {
            let mut all: Vec<&str> = Vec::new();
            for level in &self.levels {
                if !all.contains(&of(level)) {
                    all.push(of(level));
                }
            }
            all
        };
        choice(html, "f-metric", "What", &distinct(|l| l.metric));
        choice(html, "f-whose", "Of whom", &distinct(|l| &l.whose));
        choice(html, "f-country", "Country", &distinct(|l| &l.country));
        choice(html, "f-segment", "Segment", &distinct(|l| &l.segment));
        html.close("div");
        slider(html, "level-date", "Date", self.shown().len());
        html.ours("<div class=\"js\" id=\"level-chart\"></div>\n");
        html.open(
            "div",
            &[
                ("class", "scroll tall"),
                ("tabindex", "0"),
                ("role", "region"),
            ],
        );
        html.open("table", &[("id", "levels")]);
        heads(html, &["", "of whom", "country", "segment"]);
        let at = format!("median, {}", last.in_words());
        html.element("th", &[("scope", "col"), ("id", "level-head")], &at);
        html.element("th", &[("scope", "col")], "8 in 10");
        html.ours("</tr></thead><tbody>\n");
        for level in &self.levels {
            // On paper there is no filter: what is of one provider is left to the screen.
            let is_single = !level.whose.starts_with(ALL);
            html.open(
                "tr",
                if is_single {
                    &[("class", "single")]
                } else {
                    &[]
                },
            );
            html.element("th", &[("scope", "row")], level.metric);
            for word in [&level.whose, &level.country, &level.segment] {
                html.element("td", &[], word);
            }
            let [low, middle, high] = level.values.last().copied().unwrap_or([f64::NAN; 3]);
            let number = |x: f64| {
                if x.is_nan() {
                    "–".to_owned()
                } else {
                    rounded(x)
                }
            };
            let unit = if level.unit == "%" { " %" } else { "" };
            html.element("td", &[], &format!("{}{unit}", number(middle)));
            html.element("td", &[], &format!("[{} to {}]", number(low), number(high)));
            html.close("tr");
        }
        html.ours("</tbody></table></div>\n");
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

/// Opens the head of a table, whose last row the caller closes.
fn heads(html: &mut Html<'_>, heads: &[&str]) {
    html.ours("<thead><tr>");
    for head in heads {
        html.element("th", &[("scope", "col")], head);
    }
}

/// A slider over so many dates, at the last.
fn slider(html: &mut Html<'_>, id: &'static str, label: &str, dates: usize) {
    let last = dates.saturating_sub(1).to_string();
    html.open("p", &[("class", "controls js")]);
    html.element("label", &[("for", id)], label);
    html.open(
        "input",
        &[
            ("type", "range"),
            ("id", id),
            ("min", "0"),
            ("max", &last),
            ("value", &last),
            ("step", "1"),
        ],
    );
    html.ours(&format!("<output for=\"{id}\" id=\"{id}-at\"></output>"));
    html.close("p");
}

/// A choice between words, or all of them.
fn choice(html: &mut Html<'_>, id: &'static str, label: &str, words: &[&str]) {
    html.open("label", &[("for", id)]);
    html.text(label);
    html.open("select", &[("id", id)]);
    html.element("option", &[("value", "")], "any");
    for word in words {
        html.element("option", &[], word);
    }
    html.ours("</select></label>\n");
}
