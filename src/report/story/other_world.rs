//! The same future in the other world: without the order, or with it. The two share all
//! luck, so that what differs is by the order.

use super::futures::{CaseRow, Column, Futures};
use super::standing::amount;
use super::wording::Names;
use super::{Line, RowRef, StoryError};
use crate::domain::Date;
use crate::report::unit::Unit;
use crate::result::World;

/// Headline numbers and the ends of cases in the world that is not told; nothing without
/// a baseline.
///
/// # Errors
/// What the tables cannot be read for.
pub fn compare(
    futures: &Futures<'_>,
    names: &Names<'_>,
    run: u32,
    told: World,
    end: Date,
) -> Result<Vec<Line>, StoryError> {
    let mut lines = Vec::new();
    let place = match futures.place_of(run) {
        Some(place) if futures.catalogue.paired => place,
        _ => return Ok(lines),
    };
    let (other, prefixes) = match told {
        World::Scenario => (World::Baseline, ["out_", "base_"]),
        World::Baseline => (World::Scenario, ["base_", "out_"]),
    };
    for asked in futures.catalogue.headlines() {
        let [here, there] = prefixes.map(|prefix| futures.column(asked.beside(prefix)));
        let (here, there) = (here?, there?);
        let difference = futures.column(asked.beside("diff_"))?;
        lines.push(Line {
            date: None,
            kind: "other_world".to_owned(),
            text: format!(
                "{}: {}",
                asked.label,
                against(&there, &here, &difference, place, end)
            ),
            rows: [&there, &here, &difference]
                .map(|column| RowRef::cell(run, &column.asked.column))
                .to_vec(),
            consequences: Vec::new(),
        });
    }
    for case in futures.catalogue.cases() {
        let row = futures.endings(case, other)?[place];
        if let Some(row) = row {
            lines.push(Line {
                date: row.ending.map(|_| row.date),
                kind: "other_world".to_owned(),
                text: ended(names, case, &row, other),
                rows: vec![RowRef::case(run, other, case)],
                consequences: Vec::new(),
            });
        }
    }
    Ok(lines)
}

/// A number there in place of that here, and what the order makes of it.
fn against(there: &Column, here: &Column, difference: &Column, place: usize, end: Date) -> String {
    let said = |column: &Column| amount(&column.asked, column.values[place], end);
    let value = difference.values[place];
    if value == 0.0 {
        return format!("{}, the same", said(there));
    }
    let both = format!("{} in place of {}", said(there), said(here));
    if value.is_nan() {
        return both;
    }
    let is_amount = difference.asked.unit != Some(Unit::YesNo);
    let sign = if is_amount && value > 0.0 { "+" } else { "" };
    format!("{both}; by the order {sign}{}", said(difference))
}

fn ended(names: &Names<'_>, case: &str, row: &CaseRow, world: World) -> String {
    let title = names.case(case);
    let on = row.date.in_words();
    let (open, ends) = match world {
        World::Scenario => ("is still open on", "ends on"),
        World::Baseline => ("would still have been open on", "would have ended on"),
    };
    match row.ending {
        None => format!("{title} {open} {on}"),
        Some(ending) => format!(
            "{title} {ends} {on}, {} days after it was filed: {}",
            row.days,
            names.ending(case, ending)
        ),
    }
}
