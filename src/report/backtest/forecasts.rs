//! Forecasts, a row for each observation.

use crate::analysis::backtest::record::Row;
use crate::analysis::backtest::score::{Outcome, Scored};
use crate::measure::interval::Interval;
use crate::report::block::Block;
use crate::report::digits::figure;

/// A forecast is shown to about this part of its mean, however sure it is.
const LEAST_STEP: f64 = 0.01;

/// The block of these observations.
pub(super) fn forecasts(label: &str, rows: &[&Row]) -> Block {
    let mut notes = Vec::new();
    if rows.iter().any(|row| is_outside(row)) {
        notes.push("! observed outside the 95 % band of its forecast.".to_owned());
    }
    Block {
        label: label.to_owned(),
        head: vec![
            "from",
            "observed",
            "forecast, 8 in 10",
            "CRPS",
            "skill",
            "PIT",
        ],
        rows: rows.iter().map(|row| forecast(row)).collect(),
        notes,
        optional: vec![4],
        ..Block::default()
    }
}

fn forecast(row: &Row) -> Vec<String> {
    let mut cells = vec![labelled(row), row.origin.to_string(), observed(row)];
    let Some(scored) = &row.scored else {
        cells.extend([
            "in no future".to_owned(),
            String::new(),
            String::new(),
            String::new(),
        ]);
        return cells;
    };
    cells.push(spread(scored));
    match &scored.outcome {
        Outcome::Value {
            crps_mixture, pit, ..
        } => {
            let [no_change, _] = scored.skills();
            cells.push(figure(*crps_mixture, decimals(*crps_mixture)));
            cells.push(no_change.map_or_else(|| "–".to_owned(), |skill| figure(skill, 2)));
            cells.push(figure(*pit, 2));
        }
        Outcome::Bound { chance, brier } => {
            cells.push(format!("Brier {}", figure(*brier, 2)));
            cells.push("–".to_owned());
            cells.push(format!("{} %", figure(100.0 * chance, 0)));
        }
    }
    cells
}

/// An observation in words, marked where it was outside its band.
pub(super) fn labelled(row: &Row) -> String {
    let mark = if is_outside(row) { "! " } else { "" };
    let of = row.backtest.as_ref();
    let of = of.map_or_else(String::new, |label| format!("{label}: "));
    format!("{mark}{of}{}", row.label)
}

fn is_outside(row: &Row) -> bool {
    let inside = row.scored.as_ref().and_then(Scored::inside);
    inside.is_some_and(|[_, _, inside_95, _]| !inside_95)
}

/// What was observed, with its unit.
pub(super) fn observed(row: &Row) -> String {
    let error = row.scored.as_ref().map_or(row.value, |scored| scored.error);
    let value = figure(row.value, decimals(error.max(LEAST_STEP * row.value.abs())));
    let value = match row.bound.as_deref() {
        Some("at_least") => format!("≥ {value}"),
        Some(_) => format!("≤ {value}"),
        None => value,
    };
    format!("{value}{}", suffix(&row.unit))
}

fn suffix(unit: &str) -> String {
    match unit {
        "percent" => " %".to_owned(),
        "points 0-100" | "count" => String::new(),
        "log percent" => " log %".to_owned(),
        "percent of capitalisation" => " % of worth".to_owned(),
        unit => format!(" {unit}"),
    }
}

/// The mean, and the band that holds 8 in 10.
fn spread(scored: &Scored) -> String {
    let digits = decimals(scored.sd.max(LEAST_STEP * scored.mean.abs()));
    let mean = figure(scored.mean, digits);
    format!("{mean} [{}]", ends(&scored.bands[1], digits))
}

/// The ends of a band.
pub(super) fn ends(band: &Interval, digits: i32) -> String {
    format!(
        "{} to {}",
        figure(band.low, digits),
        figure(band.high, digits)
    )
}

/// Decimals that suit a number known up to this.
pub(super) fn decimals(size: f64) -> i32 {
    match size.abs() {
        s if s >= 10.0 => 0,
        s if s >= 1.0 => 1,
        s if s >= 0.1 => 2,
        _ => 3,
    }
}
