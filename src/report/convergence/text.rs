//! Convergence as text for a terminal, within 100 columns, readable without colour.

use super::{Convergence, Converging, Needed, Rung};
use crate::report::block::{Block, flowed};
use crate::report::digits;
use crate::report::layout::Style;
use crate::report::page::{Bounded, Effect, Typical, Verdict};
use crate::report::unit::Unit;

/// Futures that can be asked for.
const MOST_RUNS: u64 = 10_000_000;
/// A mark for what lies outside.
const OUTSIDE: char = '!';

/// The text, each line ended by a newline.
#[must_use]
pub fn text(found: &Convergence, columns: usize, colour: bool) -> String {
    let width = columns.clamp(60, 99);
    let about = format!(
        "{} futures of {} customers · seed {} · ± = simulation error (95 %)",
        digits::count(found.futures),
        digits::count(found.customers),
        found.seed
    );
    let mut lines = flowed(&found.title, width, Style::Strong);
    lines.extend(flowed(&about, width, Style::Plain));
    lines.extend(in_futures(found).lines(width));
    lines.extend(in_customers(found).lines(width));
    let mut out = String::new();
    for line in lines {
        line.cut(width).write(&mut out, colour);
    }
    out
}

fn in_futures(found: &Convergence) -> Block {
    let rows = found.statistics.iter().map(|of| {
        let mut cells = vec![of.name.clone()];
        let estimates = of.in_futures.iter().map(|prefix| prefix.estimate);
        cells.extend(estimates.map(|estimate| written(of, estimate)));
        cells.push(
            of.needed
                .map_or_else(none, |needed| needed_cell(of, &needed)),
        );
        cells
    });
    let mark = |of: &Converging| match of.inside {
        Some(false) => OUTSIDE,
        _ => ' ',
    };
    let outside = found.statistics.iter().any(|of| of.inside == Some(false));
    let mut notes = vec![format!(
        "Estimates from the first eighth, quarter and half of the futures, and from all {}. Needed: \
         futures for half the ± of all, or for the ± that was asked.",
        digits::count(found.futures)
    )];
    notes.push(if outside {
        "! a later estimate lies outside an earlier interval, which chance does to one in some \
         ten rows."
            .to_owned()
    } else {
        "Every later estimate lies inside every earlier interval.".to_owned()
    });
    Block {
        label: "IN FUTURES".to_owned(),
        head: vec!["1/8", "1/4", "1/2", "all", "needed"],
        rows: rows.collect(),
        marks: found.statistics.iter().map(mark).collect(),
        notes,
        optional: vec![2, 1],
    }
}

fn in_customers(found: &Convergence) -> Block {
    let rungs = found.statistics.first().map(|of| &of.in_customers[..]);
    let rungs = rungs.unwrap_or_default();
    let label = format!("IN CUSTOMERS, less with {}", digits::count(found.customers));
    if rungs.is_empty() {
        return Block {
            label,
            notes: vec!["No other number of customers can be simulated.".to_owned()],
            ..Block::default()
        };
    }
    let head = rungs.iter().map(|rung| beside(rung, found.customers));
    let rows = found.statistics.iter().map(|of| {
        let mut cells = vec![of.name.clone()];
        cells.extend(
            of.in_customers
                .iter()
                .map(|rung| difference(of, rung, found.first)),
        );
        let noise = of
            .in_customers
            .iter()
            .find(|rung| rung.customers > found.customers);
        let noise = noise.and_then(|rung| rung.noise).zip(of.spread);
        cells.push(noise.map_or_else(none, |(noise, spread)| noise_of(&of.unit, noise, spread)));
        cells
    });
    let mut head: Vec<&'static str> = head.collect();
    head.push("noise of spread");
    let rungs = found.statistics.iter().flat_map(|of| &of.in_customers);
    let some_lack = rungs.clone().any(|rung| rung.futures < found.first);
    let mut notes = vec![
        format!(
            "The first {} futures with a quarter, half and twice the customers, future by future: \
             what differs on average is the bias of so few.",
            digits::count(found.first)
        ),
        "Noise: standard deviation over futures of the difference to twice the customers; spread: \
         that of the futures themselves."
            .to_owned(),
    ];
    notes.extend(
        some_lack.then(|| {
            "(n): so many futures have a value with both numbers of customers.".to_owned()
        }),
    );
    Block {
        label,
        head,
        rows: rows.collect(),
        notes,
        optional: vec![2],
        ..Block::default()
    }
}

/// `2,600`, or `2,600 for ± 0.2 points` where that was asked.
fn needed_cell(of: &Converging, needed: &Needed) -> String {
    let futures = match needed.futures {
        None => none(),
        Some(futures) if futures > MOST_RUNS => "too many".to_owned(),
        Some(futures) => digits::figure(futures as f64, 0),
    };
    if of.width_asked {
        format!("{futures} for ± {}", size(&of.unit, needed.within))
    } else {
        futures
    }
}

/// `0.19 of 1.9 points`
fn noise_of(unit: &Unit, noise: f64, spread: f64) -> String {
    let scale = unit.scale(noise.max(spread));
    let [noise, spread] = [noise, spread].map(|size| digits::about(size / scale.divisor));
    format!("{}{noise} of {spread}{}", scale.prefix, scale.difference)
}

fn beside(rung: &Rung, customers: u32) -> &'static str {
    match rung.customers {
        more if more > customers => "twice",
        few if few.saturating_mul(3) < customers => "a quarter",
        _ => "half",
    }
}

fn none() -> String {
    "–".to_owned()
}

fn written(of: &Converging, estimate: Option<Typical>) -> String {
    match estimate {
        None => none(),
        Some(estimate) if of.is_effect => signed(&of.unit, &estimate),
        Some(estimate) => match estimate.value {
            Bounded::At(_) => digits::with_error(&of.unit, &estimate),
            Bounded::Over(_) => digits::level(&of.unit, Some(&estimate), None, None).typical,
        },
    }
}

fn difference(of: &Converging, rung: &Rung, first: u32) -> String {
    let Some(difference) = &rung.difference else {
        return none();
    };
    let text = signed(&of.unit, difference);
    if rung.futures < first {
        format!("{text} ({})", digits::count(rung.futures))
    } else {
        text
    }
}

fn signed(unit: &Unit, difference: &Typical) -> String {
    let (Bounded::At(mean) | Bounded::Over(mean)) = difference.value;
    let effect = Effect {
        mean,
        error: difference.error,
        spread: None,
        verdict: Verdict::Changed,
    };
    digits::effect(unit, &effect).mean
}

/// A size without a sign.
fn size(unit: &Unit, size: f64) -> String {
    let scale = unit.scale(size);
    format!(
        "{}{}{}",
        scale.prefix,
        digits::rounded(size / scale.divisor),
        scale.difference
    )
}
