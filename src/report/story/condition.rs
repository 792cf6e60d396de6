//! Conditions whose names are known, held against futures.

use super::StoryError;
use super::catalogue::{Asked, Catalogue};
use super::expression::{Clause, Comparison, parse};
use super::futures::{Column, Futures};
use super::pick::Picked;
use crate::domain::Ending;
use crate::report::digits::count;
use crate::result::World;

/// The word for a case that has not ended, beside those for its endings.
const OPEN: &str = "open";

/// A clause whose name and value are known.
#[derive(Clone, Debug)]
pub enum Checked {
    /// A number against a number.
    Number(Asked, Comparison, f64),
    /// A case that ends so, or not so.
    Ends {
        /// Its name.
        case: String,
        /// Whether it is to end so.
        is_so: bool,
        /// How.
        word: &'static str,
    },
}

/// Finds the name of a clause and reads its value.
///
/// # Errors
/// [`StoryError::Unknown`], [`StoryError::Value`].
pub fn checked(catalogue: &Catalogue<'_>, clause: &Clause) -> Result<Checked, StoryError> {
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
    if catalogue.cases().any(|case| case == name) {
        let endings = Ending::ALL.map(Ending::name);
        let mut words = endings.into_iter().chain([OPEN]);
        let is_so = match comparison {
            Comparison::Equal => true,
            Comparison::Unequal => false,
            _ => return Err(wrong("of a case ask = or !=".to_owned())),
        };
        let Some(word) = words.find(|word| word == value) else {
            let endings = endings.join(", ");
            return Err(wrong(format!("a case ends in {endings}, or is {OPEN}")));
        };
        return Ok(Checked::Ends {
            case: name.clone(),
            is_so,
            word,
        });
    }
    let asked = catalogue.find(name)?;
    let number = value
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite());
    let number = number.ok_or_else(|| wrong("give a number, such as 900 or 0.5".to_owned()))?;
    Ok(Checked::Number(asked, *comparison, number))
}

/// A checked clause with what it is held against in each future.
enum Condition {
    Number(Column, Comparison, f64),
    Ends(Checked, Vec<&'static str>),
}

/// The first future in which a condition holds.
///
/// # Errors
/// [`StoryError`]: a wrong condition, or none in which it holds.
pub fn first_where(futures: &Futures<'_>, text: &str) -> Result<Picked, StoryError> {
    let clauses = parse(text)?;
    let conditions = clauses
        .iter()
        .map(|clause| Condition::of(futures, checked(&futures.catalogue, clause)?))
        .collect::<Result<Vec<_>, _>>()?;
    let holds = |place: usize| conditions.iter().all(|condition| condition.holds(place));
    let places: Vec<usize> = (0..futures.runs.len()).filter(|&p| holds(p)).collect();
    let written: Vec<String> = clauses.iter().map(ToString::to_string).collect();
    let condition = written.join(" and ");
    let Some(&first) = places.first() else {
        let ranges: Vec<String> = conditions.iter().map(Condition::range).collect();
        return Err(StoryError::NoMatch {
            futures: count(futures.count()),
            condition,
            ranges: ranges.join("; "),
        });
    };
    let matches = u32::try_from(places.len()).unwrap_or(u32::MAX);
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

impl Condition {
    fn of(futures: &Futures<'_>, checked: Checked) -> Result<Self, StoryError> {
        match checked {
            Checked::Number(asked, comparison, number) => {
                Ok(Self::Number(futures.column(asked)?, comparison, number))
            }
            Checked::Ends { ref case, .. } => {
                let rows = futures.endings(case, World::Scenario)?.into_iter();
                let word = |ending: Option<Ending>| ending.map_or(OPEN, Ending::name);
                let words = rows.map(|row| row.map_or("", |row| word(row.ending)));
                Ok(Self::Ends(checked, words.collect()))
            }
        }
    }

    fn holds(&self, place: usize) -> bool {
        match self {
            Self::Number(column, comparison, number) => {
                comparison.holds(column.values[place], *number)
            }
            Self::Ends(Checked::Ends { is_so, word, .. }, words) => {
                (words[place] == *word) == *is_so
            }
            Self::Ends(..) => false,
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
                let name = &column.asked.column;
                if low > high {
                    format!("`{name}` has no value in any")
                } else {
                    format!("`{name}` lies between {low} and {high}")
                }
            }
            Self::Ends(checked, words) => {
                let mut seen: Vec<&str> = words.clone();
                seen.sort_unstable();
                seen.dedup();
                let seen = seen.join(", ");
                match checked {
                    Checked::Ends { case, .. } => format!("`{case}` ends in {seen}"),
                    Checked::Number(..) => seen,
                }
            }
        }
    }
}
