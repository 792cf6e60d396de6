//! The reserve by matter, in the words of ASC 450-20 for a loss contingency.
//!
//! A loss is *probable*, *reasonably possible* or *remote*. The standard names no percentages:
//! the thresholds are the user's, and those given here are assumed. Of a matter the table has
//! the chance that it costs anything by the horizon and, given that it does, the 10th, 50th and
//! 90th percentile of the cost: low, best, high. What to accrue follows ASC 450-20-30-1: of a
//! probable loss the best estimate; where no amount is a better estimate than another, the low
//! end of the range. Here the median is the best estimate where at least ten futures cost
//! something, else the least that was seen stands for the low end. Of a loss that is reasonably
//! possible nothing is accrued, and it is disclosed. This is arithmetic, not accounting advice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bases::totals;
use super::books::{Booked, Books};
use crate::measure::MeasureError;
use crate::measure::interval::Interval;
use crate::measure::stated;
use crate::measure::summary::Summary;

/// The chances, from 0 to 1, that the words stand for.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Thresholds {
    /// From here on a loss is probable.
    pub probable: f64,
    /// Up to here it is remote.
    pub remote: f64,
}

/// How likely a loss is, in the words of ASC 450.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    /// Likely to occur.
    Probable,
    /// More than remote and less than likely.
    ReasonablyPossible,
    /// Slight.
    Remote,
}

/// By which rule an amount is accrued.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accrual {
    /// The best estimate, the median.
    Best,
    /// The low end of the range, as no estimate is better than another.
    LowEnd,
    /// Nothing; disclosed.
    DisclosedOnly,
    /// Nothing.
    None,
}

/// A matter, or one kind of its losses.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reserved {
    /// The case, instrument or workload.
    pub matter: String,
    /// The kind of loss; nothing for all that the matter costs.
    pub kind: Option<String>,
    /// Futures in which it costs anything by the horizon.
    pub count: u64,
    /// Futures.
    pub of: u64,
    /// The interval of their share.
    pub chance_interval: Option<Interval>,
    /// The word for it.
    pub likelihood: Likelihood,
    /// Whether both ends of the interval have that word.
    pub likelihood_is_sure: bool,
    /// Given that it costs: the 10th percentile; nothing below ten futures.
    pub low: Option<f64>,
    /// The median.
    pub best: Option<f64>,
    /// Half the interval of the median.
    pub best_error: Option<f64>,
    /// The 90th percentile.
    pub high: Option<f64>,
    /// The mean given that it costs: the sum over futures by how many cost anything.
    pub mean_if_it_costs: f64,
    /// The mean over all futures.
    pub expected: f64,
    /// Its interval.
    pub expected_interval: Option<Interval>,
    /// What to accrue.
    pub accrue: f64,
    /// By which rule.
    pub accrue_by: Accrual,
}

impl Thresholds {
    fn word(&self, chance: f64) -> Likelihood {
        if chance >= self.probable {
            Likelihood::Probable
        } else if chance <= self.remote {
            Likelihood::Remote
        } else {
            Likelihood::ReasonablyPossible
        }
    }
}

/// The table: matter by matter, the dearest first; a matter with several kinds of losses is
/// followed by each of them.
///
/// # Errors
/// When an amount cannot be summed.
pub fn reserve(books: &Books, thresholds: Thresholds) -> Result<Vec<Reserved>, MeasureError> {
    let mut matters: BTreeMap<&str, BTreeMap<&str, Vec<&Booked>>> = BTreeMap::new();
    for loss in &books.losses {
        let kinds = matters.entry(&loss.matter).or_default();
        kinds.entry(&loss.kind).or_default().push(loss);
    }
    let row = |matter: &str, kind: Option<&str>, losses: &[&Booked]| {
        let costs = totals(books.futures, losses.iter().copied());
        reserved((matter, kind), &costs, thresholds)
    };
    let mut blocks = Vec::new();
    for (matter, kinds) in &matters {
        let all: Vec<&Booked> = kinds.values().flatten().copied().collect();
        let whole = row(matter, None, &all)?;
        let mut parts = Vec::new();
        if let [(only, _)] = kinds.iter().collect::<Vec<_>>()[..] {
            parts.push(Reserved {
                kind: Some((*only).to_owned()),
                ..whole
            });
        } else {
            let of_kinds = kinds
                .iter()
                .map(|(kind, losses)| row(matter, Some(kind), losses));
            parts = of_kinds.collect::<Result<_, _>>()?;
            parts.sort_by(|a, b| b.expected.total_cmp(&a.expected));
            parts.insert(0, whole);
        }
        blocks.push(parts);
    }
    blocks.sort_by(|a, b| b[0].expected.total_cmp(&a[0].expected));
    Ok(blocks.concat())
}

fn reserved(
    (matter, kind): (&str, Option<&str>),
    costs: &[f64],
    thresholds: Thresholds,
) -> Result<Reserved, MeasureError> {
    let dear: Vec<f64> = costs.iter().copied().filter(|cost| *cost > 0.0).collect();
    let (count, of) = (dear.len() as u64, costs.len() as u64);
    let (given, all) = (Summary::new(&dear)?, Summary::new(costs)?);
    let chance = count as f64 / of.max(1) as f64;
    let chance_interval = stated::share(count, of);
    let likelihood = thresholds.word(chance);
    let spread = stated::spread(&given);
    let best = given.p50.filter(|_| count >= stated::FEWEST_RUNS);
    let (accrue_by, accrue) = match (likelihood, best) {
        (Likelihood::Probable, Some(best)) => (Accrual::Best, best),
        (Likelihood::Probable, None) => (Accrual::LowEnd, given.min.unwrap_or(0.0)),
        (Likelihood::ReasonablyPossible, _) => (Accrual::DisclosedOnly, 0.0),
        (Likelihood::Remote, _) => (Accrual::None, 0.0),
    };
    Ok(Reserved {
        matter: matter.to_owned(),
        kind: kind.map(str::to_owned),
        count,
        of,
        chance_interval,
        likelihood,
        likelihood_is_sure: chance_interval.is_some_and(|interval| {
            let ends = [interval.low, interval.high];
            ends.iter().all(|end| thresholds.word(*end) == likelihood)
        }),
        low: spread.map(|(low, _)| low),
        best,
        best_error: stated::median_error(&given),
        high: spread.map(|(_, high)| high),
        mean_if_it_costs: given.mean.unwrap_or(0.0),
        expected: all.mean.unwrap_or(0.0),
        expected_interval: stated::mean(&all).filter(|_| of >= stated::FEWEST_RUNS),
        accrue,
        accrue_by,
    })
}
