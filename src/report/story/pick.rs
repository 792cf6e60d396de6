//! Which future is told, and why it.
//!
//! Futures are ranked, not measured, so that metrics in different units can be put
//! together: *typical* is the future whose ranks lie nearest the middle, summed over the
//! headline metrics. Of equals the first is told.

use super::StoryError;
use super::catalogue::Asked;
use super::condition::first_where;
use super::futures::{Column, Futures};
use crate::report::digits::count;
use crate::report::unit::Unit;
use crate::scenario::resolved::Better;

/// How a future is chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// By its number.
    Run(u32),
    /// The nearest to the middle.
    Typical,
    /// The worst by a metric.
    Worst,
    /// The best by a metric.
    Best,
    /// The first in which this holds.
    Where(String),
}

impl Pick {
    /// `typical`, `worst`, `best`, or a condition.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "typical" => Self::Typical,
            "worst" => Self::Worst,
            "best" => Self::Best,
            condition => Self::Where(condition.to_owned()),
        }
    }
}

/// The future that is told.
#[derive(Clone, Debug)]
pub struct Picked {
    /// Its number.
    pub run: u32,
    /// Why it, as it goes on after "picked as".
    pub why: String,
    /// Futures among which the choice fell on the first.
    pub matches: Option<u32>,
    /// The columns by which it was picked.
    pub by: Vec<Column>,
}

/// Picks a future; `of` names the metric by which it is typical, worst or best.
///
/// # Errors
/// [`StoryError`]: no such run or name, no direction, no match.
pub fn pick(futures: &Futures<'_>, how: &Pick, of: Option<&str>) -> Result<Picked, StoryError> {
    let of = of.map(|name| futures.catalogue.find(name)).transpose()?;
    match how {
        Pick::Run(run) => by_number(futures, *run),
        Pick::Typical => typical(futures, of),
        Pick::Worst => extreme(futures, of, "worst"),
        Pick::Best => extreme(futures, of, "best"),
        Pick::Where(condition) => first_where(futures, condition),
    }
}

fn by_number(futures: &Futures<'_>, run: u32) -> Result<Picked, StoryError> {
    let last = futures.runs.last().copied().unwrap_or(0);
    match futures.place_of(run) {
        Some(_) => Ok(Picked {
            run,
            why: "picked by its number".to_owned(),
            matches: None,
            by: Vec::new(),
        }),
        None if run < last => Err(StoryError::RunFailed(run)),
        None => Err(StoryError::NoRun { run, last }),
    }
}

fn typical(futures: &Futures<'_>, of: Option<Asked>) -> Result<Picked, StoryError> {
    let (by, what) = match of {
        Some(asked) => {
            let what = format!("its “{}” lies nearest the middle by rank", asked.label);
            (vec![asked], what)
        }
        None => {
            let headlines = futures.catalogue.headlines();
            let what = match headlines.len() {
                0 => return Err(StoryError::NoHeadline("to be typical of")),
                1 => "its headline number lies nearest the middle by rank".to_owned(),
                n => format!("its {n} headline numbers together lie nearest the middle by rank"),
            };
            (headlines, what)
        }
    };
    let columns = by.into_iter().map(|asked| futures.column(asked));
    let by = columns.collect::<Result<Vec<_>, _>>()?;
    let mut distance = vec![0.0; futures.runs.len()];
    for column in &by {
        for (sum, rank) in distance.iter_mut().zip(ranks(column)) {
            *sum += (rank - 0.5).abs();
        }
    }
    let place = first_least(&distance);
    Ok(Picked {
        run: futures.runs[place],
        why: format!("the most typical, as {what}"),
        matches: None,
        by,
    })
}

fn extreme(futures: &Futures<'_>, of: Option<Asked>, which: &str) -> Result<Picked, StoryError> {
    let column = futures.column(futures.catalogue.directed(of)?)?;
    let wants_most = (column.asked.better == Better::Higher) == (which == "best");
    let key = |value: f64| if wants_most { -value } else { value };
    let sortable: Vec<f64> = sortable(&column).into_iter().map(key).collect();
    // What has no value is neither worst nor best, unless it lasts beyond the horizon.
    let sortable: Vec<f64> = sortable
        .into_iter()
        .map(|value| if value.is_nan() { f64::INFINITY } else { value })
        .collect();
    let place = first_least(&sortable);
    let equals = sortable.iter().filter(|&&v| v == sortable[place]).count() as u32;
    let extent = if wants_most { "highest" } else { "lowest" };
    let among = match equals {
        1 => String::new(),
        n => format!(", the first of {} alike", count(n)),
    };
    Ok(Picked {
        run: futures.runs[place],
        why: format!(
            "the {which}, with the {extent} “{}”{among}",
            column.asked.label
        ),
        matches: Some(equals),
        by: vec![column],
    })
}

/// Values in the order of rank: a time to an end that has not come is the longest.
pub(super) fn sortable(column: &Column) -> Vec<f64> {
    let lasts = column.asked.unit == Some(Unit::Days) && !column.asked.is_difference;
    let value = |&value: &f64| {
        if value.is_nan() && lasts {
            f64::INFINITY
        } else {
            value
        }
    };
    column.values.iter().map(value).collect()
}

/// The share of futures below each, half of the equal ones counted; a missing value has
/// the last rank.
fn ranks(column: &Column) -> Vec<f64> {
    let values = sortable(column);
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let rank = |value: f64| {
        if value.is_nan() {
            return 1.0;
        }
        let below = sorted.partition_point(|&other| other < value);
        let up_to = sorted.partition_point(|&other| other <= value);
        (below + up_to) as f64 / (2 * sorted.len()) as f64
    };
    values.into_iter().map(rank).collect()
}

fn first_least(values: &[f64]) -> usize {
    let mut best = 0;
    for (place, value) in values.iter().enumerate() {
        if *value < values[best] {
            best = place;
        }
    }
    best
}
