//! How a future stands among all: its headline numbers, and those by which it was picked.

use super::catalogue::Asked;
use super::futures::{Column, Futures};
use super::pick::{Picked, sortable};
use super::{Line, RowRef, StoryError};
use crate::domain::Date;
use crate::report::digits::{count, figure};
use crate::report::unit::Unit;
use crate::result::World;

/// A line for each number.
///
/// # Errors
/// What the tables cannot be read for.
pub fn standing(
    futures: &Futures<'_>,
    picked: &Picked,
    world: World,
    end: Date,
) -> Result<Vec<Line>, StoryError> {
    let mut columns = Vec::new();
    for asked in futures.catalogue.headlines() {
        let asked = match world {
            World::Scenario => asked,
            World::Baseline => futures.catalogue.find(&asked.beside("base_").column)?,
        };
        columns.push(futures.column(asked)?);
    }
    for column in &picked.by {
        let name = &column.asked.column;
        if columns
            .iter()
            .all(|known: &Column| known.asked.column != *name)
        {
            columns.push(column.clone());
        }
    }
    let place = futures.place_of(picked.run).unwrap_or_default();
    let lines = columns.iter().map(|column| Line {
        date: None,
        kind: "standing".to_owned(),
        text: format!(
            "{}{}: {}{}",
            column.asked.label,
            if world == World::Baseline && column.asked.column.starts_with("out_") {
                ", with the order"
            } else {
                ""
            },
            amount(&column.asked, column.values[place], end),
            among(column, place)
        ),
        rows: vec![RowRef::cell(picked.run, &column.asked.column)],
        consequences: Vec::new(),
    });
    Ok(lines.collect())
}

/// A value of a number, in its unit, with the digits that tell one future from another.
#[must_use]
pub fn amount(asked: &Asked, value: f64, end: Date) -> String {
    let Some(unit) = &asked.unit else {
        return if value.is_nan() {
            "no value".to_owned()
        } else {
            digits(value)
        };
    };
    match unit {
        Unit::Days if value.is_nan() && !asked.is_difference => {
            format!("not over by {}", end.in_words())
        }
        _ if value.is_nan() => "no value".to_owned(),
        _ if asked.is_difference && value == 0.0 => "the same".to_owned(),
        Unit::Days => format!("{} days", figure(value, 0)),
        Unit::YesNo => match value {
            v if v > 0.0 => "yes".to_owned(),
            v if v < 0.0 => "no longer".to_owned(),
            _ => "no".to_owned(),
        },
        _ => {
            let scale = unit.scale(value);
            let after = if asked.is_difference {
                &scale.difference
            } else {
                &scale.suffix
            };
            let number = digits(value / scale.divisor);
            let number = match number.strip_prefix('−') {
                Some(number) => format!("−{}{number}", scale.prefix),
                None => format!("{}{number}", scale.prefix),
            };
            format!("{number}{after}")
        }
    }
}

/// One decimal, or two digits of what is smaller than one; whole numbers as they are.
pub(super) fn digits(value: f64) -> String {
    let size = value.abs();
    let decimals = match size {
        s if s == s.trunc() => 0,
        s if s >= 1.0 => 1,
        s if s >= 0.1 => 2,
        s if s >= 0.01 => 3,
        _ => 5,
    };
    figure(value, decimals)
}

/// `, lower than in 62 % of 1,000 futures`.
fn among(column: &Column, place: usize) -> String {
    let values = sortable(column);
    let value = values[place];
    let present = values.iter().filter(|other| !other.is_nan());
    let all = present.clone().count();
    if value.is_nan() || all < 2 {
        return String::new();
    }
    let above = present.clone().filter(|&&other| other > value).count();
    let below = present.filter(|&&other| other < value).count();
    let share = |part: usize| {
        // Never rounded to all or none.
        let percent = 100.0 * part as f64 / all as f64;
        match percent {
            p if p > 99.0 && part < all => "over 99".to_owned(),
            p if p < 1.0 && part > 0 => "under 1".to_owned(),
            p => figure(p, 0),
        }
    };
    let alike = all - above - below;
    let futures = format!("of {} futures", count(all as u32));
    // Some share a value with a few others; that is worth a word where they are many.
    let same = if alike > 1 && 20 * alike >= all {
        format!(", the same in {} %", share(alike))
    } else {
        String::new()
    };
    let [least, lower, most, higher] = match column.asked.unit {
        Some(Unit::Days) => ["shortest", "shorter", "longest", "longer"],
        _ => ["lowest", "lower", "highest", "higher"],
    };
    match (below, above) {
        (0, 0) => format!(", as in all {} futures", count(all as u32)),
        (0, _) if alike == 1 => format!(", the {least} {futures}"),
        (_, 0) if alike == 1 => format!(", the {most} {futures}"),
        _ if above >= below => format!(", {lower} than in {} % {futures}{same}", share(above)),
        _ => format!(", {higher} than in {} % {futures}{same}", share(below)),
    }
}
