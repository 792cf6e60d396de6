//! The decision table: what each option comes to against the reference, how bad it can be, how
//! often it is best, and what choosing it is regretted by.

use std::sync::Arc;

use super::Figure;
use super::axis::Axis;
use super::chart::{Beside, Chart, Mark, Word};
use super::ink::Ink;
use super::studies::Compared;
use super::units::in_data;
use crate::report::comparison::answer::answer;
use crate::report::comparison::rows::{best_first, mark, option_cells, scale};
use crate::report::comparison::{Comparison, on_scale};
use crate::result::table::ColumnKind::{Float64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "decision";
/// The column of regret, which is also shown by how dark it is.
const REGRET: usize = 4;

pub(super) fn figure(compared: &Compared<'_>) -> Figure {
    let page = &compared.page;
    let reference = &page.options[page.compared.judged.reference].name;
    Figure {
        kind: NAME,
        name: NAME.to_owned(),
        chart: chart(compared),
        data: data(page),
        caption: format!(
            "Options by {}, against {reference}, future by future: the mean with its 95 % error, where \
             8 in 10 futures lie, what one future in twenty is worse than, in how many futures no \
             option is better, and regret: how far behind the best option of each future it is on \
             average; the darker, the more. {}.",
            page.judged_by().label,
            compared.footer()
        ),
    }
}

fn chart(compared: &Compared<'_>) -> Chart {
    let page = &compared.page;
    let judged = &page.compared.judged;
    let (order, scale) = (best_first(page), scale(page));
    let heads = [
        "mean",
        "8 in 10",
        "1 in 20 below",
        "best in",
        "regret",
        "good enough",
    ];
    let heads = &heads[..if page.tolerance.is_some() { 6 } else { 5 }];
    let regrets = judged.options.iter().filter_map(|row| row.regret);
    let most = regrets.fold(0.0, f64::max);
    let mut marks = Vec::new();
    for (row, &option) in order.iter().enumerate() {
        let cells = option_cells(page, option, &scale);
        for (column, text) in cells[1..=heads.len()].iter().enumerate() {
            let (x, y) = (column as f64, row as f64);
            let regret = judged.options[option].regret.filter(|_| column == REGRET);
            let ink =
                regret.map(|regret| Ink::much(if most > 0.0 { 0.8 * regret / most } else { 0.0 }));
            if let Some(ink) = ink {
                marks.push(Mark::Band {
                    ink,
                    strength: 1.0,
                    points: vec![
                        [x - 0.48, y - 0.44, y + 0.44],
                        [x + 0.48, y - 0.44, y + 0.44],
                    ],
                });
            }
            marks.push(Mark::Word(Word {
                at: [x, y],
                texts: shorter(text),
                room: Some(1.15),
                beside: Beside::Centred,
                on: ink,
            }));
        }
    }
    let name = |&option: &usize| {
        let marked = mark(page, option);
        format!("{marked} {}", page.options[option].name)
            .trim_start()
            .to_owned()
    };
    let unit = format!("{}{}", scale.prefix, scale.difference.trim_start());
    let reference = &page.options[judged.reference].name;
    let said = answer(page);
    Chart {
        title: said.first().cloned().unwrap_or_default(),
        subtitle: format!(
            "{}{}, against {reference} in the same futures; * to choose, = not told from the best",
            page.judged_by().label,
            if unit.is_empty() {
                String::new()
            } else {
                format!(", {unit}")
            },
        ),
        key: Vec::new(),
        x: Axis::of_columns(heads.iter().map(|head| (*head).to_owned())),
        y: Axis::of_rows(order.iter().map(name)),
        marks,
        below: Vec::new(),
        footer: compared.footer(),
    }
}

/// A cell, and without its error or brackets where there is little room.
fn shorter(text: &str) -> Vec<String> {
    let mut texts = vec![text.to_owned()];
    if let Some((number, _)) = text.split_once(" ±") {
        texts.push(number.to_owned());
    }
    if let Some((low, high)) = text.split_once(" to ") {
        texts.push(format!(
            "{}…{}",
            low.trim_start_matches('['),
            high.trim_end_matches(']')
        ));
    }
    texts.push("–".to_owned());
    texts
}

fn data(page: &Comparison) -> Table {
    let unit = &page.judged_by().unit;
    let in_unit = in_data(unit);
    let real = |name: &str, about: &str| Column::new(name, Float64, &in_unit, about).nullable();
    let share = |name: &str, about: &str| Column::new(name, Float64, "share", about).nullable();
    let mut table = Table::new(Schema {
        table: NAME.to_owned(),
        columns: vec![
            Column::new("option", Text, "", "the option"),
            real("mean", "mean over futures, less that of the reference"),
            real("low", "lower end of its 95 % interval"),
            real("high", "upper end of its 95 % interval"),
            real("p10", "10th percentile of the difference over futures"),
            real("p90", "90th percentile of the difference over futures"),
            real("worse_in_20", "what one future in twenty is worse than"),
            share("best_in", "of futures in which no option is better"),
            real("regret", "behind the best option of each future, mean"),
            share("good_enough", "of futures in which it is good enough"),
        ],
    });
    for &option in &best_first(page) {
        let row = &page.compared.judged.options[option];
        let difference = row.against_reference.as_ref();
        let scaled = |value: Option<f64>| value.map_or(f64::NAN, |value| on_scale(unit, value));
        let interval = difference.and_then(|difference| difference.interval);
        let spread = difference.and_then(|difference| difference.spread);
        let name: Arc<str> = Arc::from(&*page.options[option].name);
        let cells = [
            scaled(difference.map(|difference| difference.mean)),
            scaled(interval.map(|interval| interval.low)),
            scaled(interval.map(|interval| interval.high)),
            scaled(spread.map(|spread| spread.0)),
            scaled(spread.map(|spread| spread.1)),
            scaled(row.worse_in_20),
            row.best_in,
            scaled(row.regret),
            row.good_enough.unwrap_or(f64::NAN),
        ];
        table.row().text(&name).floats(cells).end();
    }
    table
}
