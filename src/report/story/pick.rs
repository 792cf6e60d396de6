//! Which future is told, and why it.
//!
//! Futures are ranked, not measured, so that metrics in different units can be put
//! together: *typical* is the future whose ranks lie nearest the middle, summed over the
//! headline metrics. Of equals the first is told.

use super::StoryError;
use super::expression::{self, Clause, Comparison};
use super::futures::{Column, Futures};
use crate::domain::Ending;
use crate::report::figures::count;
use crate::report::unit::Unit;
use crate::result::World;
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
    let of = of.map(|name| futures.column(name)).transpose()?;
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

fn typical(futures: &Futures<'_>, of: Option<Column>) -> Result<Picked, StoryError> {
    let (by, what) = match of {
        Some(column) => {
            let what = format!("its “{}” lies nearest the middle by rank", column.label);
            (vec![column], what)
        }
        None => {
            let headlines = futures.headlines();
            let what = match headlines.len() {
                0 => return Err(StoryError::NoHeadline("to be typical of")),
                1 => "its headline number lies nearest the middle by rank".to_owned(),
                n => format!("its {n} headline numbers together lie nearest the middle by rank"),
            };
            let columns = headlines
                .into_iter()
                .map(|metric| futures.of_metric(metric, World::Scenario));
            (columns.collect::<Result<Vec<_>, _>>()?, what)
        }
    };
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

fn extreme(futures: &Futures<'_>, of: Option<Column>, which: &str) -> Result<Picked, StoryError> {
    let column = match of {
        Some(column) => column,
        None => {
            let headlines = futures.headlines();
            let directed = headlines.iter().find(|m| m.better != Better::Neutral);
            let metric = directed.ok_or(StoryError::NoHeadline("with a better direction"))?;
            futures.of_metric(metric, World::Scenario)?
        }
    };
    let wants_most = match (column.better, which) {
        (Better::Neutral, _) => return Err(StoryError::Neutral(column.name)),
        (Better::Higher, "best") | (Better::Lower, "worst") => true,
        _ => false,
    };
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
        why: format!("the {which}, with the {extent} “{}”{among}", column.label),
        matches: Some(equals),
        by: vec![column],
    })
}

/// Values in the order of rank: a time to an end that has not come is the longest.
pub(super) fn sortable(column: &Column) -> Vec<f64> {
    let lasts = column.unit == Some(Unit::Days) && !column.is_difference;
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

/// A clause whose names are known.
enum Condition {
    Number(Column, Comparison, f64),
    Ends(String, bool, Vec<&'static str>, &'static str),
}

fn first_where(futures: &Futures<'_>, text: &str) -> Result<Picked, StoryError> {
    let clauses = expression::parse(text)?;
    let conditions = clauses
        .iter()
        .map(|clause| condition(futures, clause))
        .collect::<Result<Vec<_>, _>>()?;
    let holds = |place: usize| conditions.iter().all(|condition| condition.holds(place));
    let places: Vec<usize> = (0..futures.runs.len()).filter(|&p| holds(p)).collect();
    let all = count(futures.runs.len() as u32);
    let condition = written(&clauses);
    let Some(&first) = places.first() else {
        let ranges: Vec<String> = conditions.iter().map(Condition::range).collect();
        return Err(StoryError::NoMatch {
            futures: all,
            condition,
            ranges: ranges.join("; "),
        });
    };
    let matches = places.len() as u32;
    let why = match matches {
        1 => format!("the only one in which {condition}"),
        n => format!("the first of {} in which {condition}", count(n)),
    };
    let columns = conditions
        .into_iter()
        .filter_map(|condition| match condition {
            Condition::Number(column, ..) => Some(column),
            Condition::Ends(..) => None,
        });
    Ok(Picked {
        run: futures.runs[first],
        why,
        matches: Some(matches),
        by: columns.collect(),
    })
}

fn written(clauses: &[Clause]) -> String {
    let one = |c: &Clause| format!("{} {} {}", c.name, c.comparison.sign(), c.value);
    let all: Vec<String> = clauses.iter().map(one).collect();
    all.join(" and ")
}

const OPEN: &str = "open";

fn condition(futures: &Futures<'_>, clause: &Clause) -> Result<Condition, StoryError> {
    let Clause {
        name,
        comparison,
        value,
    } = clause;
    let wrong = |mend: String| StoryError::Value {
        name: name.clone(),
        value: value.clone(),
        mend,
    };
    if futures.cases().any(|case| case == name) {
        let endings = Ending::ALL.map(Ending::name);
        let word = endings.into_iter().chain([OPEN]).find(|word| word == value);
        let is_equal = match comparison {
            Comparison::Equal => true,
            Comparison::Unequal => false,
            _ => return Err(wrong("of a case ask = or !=".to_owned())),
        };
        let Some(word) = word else {
            let endings = endings.join(", ");
            return Err(wrong(format!("a case ends in {endings}, or is {OPEN}")));
        };
        let rows = futures.endings(name, World::Scenario)?.into_iter();
        let ending = |ending: Option<Ending>| ending.map_or(OPEN, Ending::name);
        let words = rows.map(|row| row.map_or("", |row| ending(row.ending)));
        return Ok(Condition::Ends(
            name.clone(),
            is_equal,
            words.collect(),
            word,
        ));
    }
    let column = futures.column(name)?;
    let number = value
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite());
    let number = number.ok_or_else(|| wrong("give a number, such as 900 or 0.5".to_owned()))?;
    Ok(Condition::Number(column, *comparison, number))
}

impl Condition {
    fn holds(&self, place: usize) -> bool {
        match self {
            Self::Number(column, comparison, number) => {
                comparison.holds(column.values[place], *number)
            }
            Self::Ends(_, is_equal, words, word) => (words[place] == *word) == *is_equal,
        }
    }

    /// What its name is in the futures.
    fn range(&self) -> String {
        match self {
            Self::Number(column, ..) => {
                let present = column.values.iter().copied().filter(|v| !v.is_nan());
                let (low, high) = present.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| {
                    (l.min(v), h.max(v))
                });
                if low > high {
                    format!("`{}` has no value in any", column.name)
                } else {
                    format!("`{}` lies between {low} and {high}", column.name)
                }
            }
            Self::Ends(name, _, words, _) => {
                let mut seen: Vec<&str> = words.clone();
                seen.sort_unstable();
                seen.dedup();
                format!("`{name}` ends in {}", seen.join(", "))
            }
        }
    }
}
