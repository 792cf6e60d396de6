//! A heat table: with which provider each country's customers spend, and so what an order on
//! that provider can touch.

use std::sync::Arc;

use super::axis::Axis;
use super::chart::{Chart, Mark, Word};
use super::ink::Ink;
use super::series::{OF_A_STATE, means};
use super::source::Source;
use super::{Figure, FigureError};
use crate::domain::Date;
use crate::report::digits::figure as digits;
use crate::result::table::ColumnKind::{Date as DateKind, Float64, Text};
use crate::result::table::{Column, Schema, Table};
use crate::world::series::SeriesMetric;

/// Its name.
pub const NAME: &str = "exposure";
/// What stands where nothing is known.
const NOT_KNOWN: &str = "–";

/// A share on the last day.
struct Cell {
    place: String,
    seller: String,
    /// Mean over futures, per cent; NaN where no future has one.
    mean: f64,
}

/// The table.
struct Heat {
    date: Date,
    places: Vec<String>,
    sellers: Vec<String>,
    cells: Vec<Cell>,
}

impl Heat {
    /// The mean; nothing where none is known.
    fn at(&self, place: &str, seller: &str) -> Option<f64> {
        let cell = self
            .cells
            .iter()
            .find(|cell| cell.place == place && cell.seller == seller);
        cell.map(|cell| cell.mean).filter(|mean| mean.is_finite())
    }

    fn most(&self) -> f64 {
        let means = self.cells.iter().map(|cell| cell.mean);
        means.filter(|mean| mean.is_finite()).fold(0.0, f64::max)
    }
}

pub(super) fn figure(source: &Source<'_>) -> Result<Figure, FigureError> {
    let heat = read(source)?.ok_or_else(|| FigureError::Not {
        figure: NAME,
        why: format!(
            "no share of spend by country and provider is kept in {}; simulate with --series \
             standard",
            source.result.path.display()
        ),
    })?;
    Ok(Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(source, &heat),
        data: data(&heat),
        caption: format!(
            "The share of spend on cloud of the customers of each country that goes to each \
             provider, and to all providers of a state, in {}: the mean over futures. An order on a \
             provider can touch what lies with it. {NOT_KNOWN}: no such spend in any future, which \
             is not 0. {}",
            heat.date.month_in_words(),
            source.made()
        ),
    })
}

/// The shares on the last day, of all segments together.
fn read(source: &Source<'_>) -> Result<Option<Heat>, FigureError> {
    let means = means(source, SeriesMetric::SpendShare)?;
    let last = means.iter().map(|mean| mean.date).max();
    let mut cells = Vec::new();
    for mean in means {
        let wanted = mean.segment.is_none() && Some(mean.date) == last;
        if let (Some(place), Some(seller), true) = (mean.place, mean.seller, wanted) {
            cells.push(Cell {
                place: place.to_string(),
                seller: seller.to_string(),
                mean: mean.mean,
            });
        }
    }
    let Some(date) = last.filter(|_| !cells.is_empty()) else {
        return Ok(None);
    };
    let each = |of: fn(&Cell) -> &String| {
        let mut names: Vec<String> = Vec::new();
        for cell in &cells {
            if !names.contains(of(cell)) {
                names.push(of(cell).clone());
            }
        }
        names
    };
    let (mut places, mut sellers) = (each(|cell| &cell.place), each(|cell| &cell.seller));
    // In the scenario's order, all of a state first.
    sellers.sort_by_key(|name| {
        (
            !name.starts_with(OF_A_STATE),
            source.place_of_provider(name),
        )
    });
    places.sort_by_key(|name| source.place_of_country(name));
    Ok(Some(Heat {
        date,
        places,
        sellers,
        cells,
    }))
}

fn chart(source: &Source<'_>, heat: &Heat) -> Chart {
    let most = heat.most();
    let mut marks = Vec::new();
    for (column, place) in heat.places.iter().enumerate() {
        for (row, seller) in heat.sellers.iter().enumerate() {
            let (x, y) = (column as f64, row as f64);
            let (text, ink) = match heat.at(place, seller) {
                Some(mean) => {
                    let ink = Ink::much(if most > 0.0 { mean / most } else { 0.0 });
                    marks.push(Mark::Band {
                        ink,
                        strength: 1.0,
                        points: vec![
                            [x - 0.48, y - 0.44, y + 0.44],
                            [x + 0.48, y - 0.44, y + 0.44],
                        ],
                    });
                    (short(mean), Some(ink))
                }
                None => (NOT_KNOWN.to_owned(), None),
            };
            let on = Word::on([x, y], text, ink.unwrap_or(Ink::Grey));
            marks.push(Mark::Word(Word { on: ink, ..on }));
        }
    }
    let row = |name: &String| match name.strip_prefix(OF_A_STATE) {
        Some(state) => format!("all of {}", source.country(state)),
        None => source.provider(name).1,
    };
    Chart {
        title: source.title("spend by country and provider", &message(source, heat)),
        subtitle: format!(
            "per cent of each country's spend on cloud that goes to the provider, {}; {NOT_KNOWN}: none \
             in any future",
            heat.date.month_in_words()
        ),
        key: Vec::new(),
        // By their short names, since columns are narrow.
        x: Axis::of_columns(heat.places.iter().cloned()),
        y: Axis::of_rows(heat.sellers.iter().map(row)),
        marks,
        below: Vec::new(),
        footer: source.footer(),
    }
}

/// A per cent in few letters.
fn short(percent: f64) -> String {
    let rounded = if percent >= 0.95 || percent == 0.0 {
        0
    } else {
        1
    };
    match percent {
        small if small > 0.0 && small < 0.05 => "<0.1".to_owned(),
        percent => digits(percent, rounded),
    }
}

/// Where most is with the providers of one state, and where least.
fn message(source: &Source<'_>, heat: &Heat) -> String {
    let seller = heat.sellers.first().map_or("", String::as_str);
    let who = match seller.strip_prefix(OF_A_STATE) {
        Some(state) => format!("providers of {}", source.country(state)),
        None => source.provider(seller).1,
    };
    let shares = heat
        .places
        .iter()
        .filter_map(|place| Some((place, heat.at(place, seller)?)));
    let most = shares.clone().max_by(|a, b| a.1.total_cmp(&b.1));
    let least = shares.min_by(|a, b| a.1.total_cmp(&b.1));
    match (most, least) {
        (Some((most, high)), Some((least, low))) => format!(
            "Spend with {who}: from {} % in {} to {} % in {}",
            short(low),
            source.country(least),
            short(high),
            source.country(most)
        ),
        _ => String::new(),
    }
}

fn data(heat: &Heat) -> Table {
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("date", DateKind, "", "last day of the month"),
            Column::new("jurisdiction", Text, "", "where the customers are"),
            Column::new(
                "provider",
                Text,
                "",
                "with whom they spend; parent: all of a state",
            ),
            Column::new(
                "mean",
                Float64,
                "percent",
                "of their spend, mean over futures",
            )
            .nullable(),
        ],
    });
    for place in &heat.places {
        for seller in &heat.sellers {
            let text = |text: &str| -> Arc<str> { Arc::from(text) };
            let row = table
                .row()
                .date(heat.date)
                .text(&text(place))
                .text(&text(seller));
            row.float(heat.at(place, seller).unwrap_or(f64::NAN)).end();
        }
    }
    table
}
