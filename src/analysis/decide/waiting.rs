//! Wait for a ruling, or decide now?
//!
//! Who waits does meanwhile what the reference option does, and takes, on the day of the ruling,
//! the option that is best given how it came out; whoever has waited the longest that he means
//! to wait takes the one that is best given that there was no ruling yet. What an option is
//! worth over the reference accrues evenly to the horizon (assumed): taken up after a part t of
//! the time it brings 1 − t of it. So with y_o(i) the objective of option o in future i, a
//! ruling of class s(i) after τ(i), and T the longest wait,
//!
//! ```text
//! y(i) = y_r(i) + (1 − t)·(y_o(i) − y_r(i)),   t = min(τ(i), T) / horizon,
//! o = best given s(i) if τ(i) ≤ T, else best given τ > T
//! ```
//!
//! and the worth of waiting is the mean of y(i) less what the best option taken now brings (a
//! stopping problem of two stages: Dixit & Pindyck 1994, chapter 2, with learning in place of
//! prices). Options and the longest wait are picked on every other future and paid on the rest,
//! so that nobody is told to wait for what chance made look good.

use serde::{Deserialize, Serialize};

use super::difference::Difference;
use super::futures::Futures;
use super::judged::Question;
use super::sensitive::{Gains, picks};
use crate::measure::MeasureError;

/// Longest waits that are looked at, in months.
const MONTHS: [u32; 16] = [1, 2, 3, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60, 84, 120, 240];
/// Days of a month on average.
const DAYS: f64 = 365.25 / 12.0;

/// The ruling in a future, under the reference.
#[derive(Clone, PartialEq, Debug)]
pub struct Ruling {
    /// By which outcome the node was left.
    pub outcome: String,
    /// Days from the start of the simulation.
    pub days: f64,
}

/// What waiting for a ruling is worth.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// The ruling waited for, as `CASE.NODE`.
    pub ruling: String,
    /// Part of futures in which it comes before the horizon.
    pub comes_in: f64,
    /// The longest wait that is worth most, in months; nothing where none is better than now.
    pub months: Option<u32>,
    /// What waiting as long as half of the futures say is worth, in the other half, over deciding
    /// now.
    pub worth: Difference,
    /// What the ruling would be worth if it came at once: no wait is worth more.
    pub at_once: Difference,
    /// The longest wait in months, and what it is worth on all futures.
    pub curve: Vec<(u32, f64)>,
    /// By outcome, most frequent first: the part of futures, and the option to take then.
    pub then: Vec<Then>,
}

/// What to do after an outcome.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Then {
    /// The outcome of the node.
    pub outcome: String,
    /// Part of futures.
    pub share: f64,
    /// The option that is best in them, were it taken from the start.
    pub best: usize,
}

/// The worth of waiting for `ruling`, which came so in each future under the reference;
/// nothing where no future has a value or none has a ruling.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn waiting(
    futures: &Futures,
    (ruling, came): (&str, &[Option<Ruling>]),
    question: &Question,
    horizon_days: f64,
) -> Result<Option<Waiting>, MeasureError> {
    let gains = Gains::of(futures, question);
    let came: Vec<Option<&Ruling>> = gains.rows.iter().map(|&row| came[row].as_ref()).collect();
    let mut outcomes: Vec<&str> = came.iter().flatten().map(|r| r.outcome.as_str()).collect();
    let all = outcomes.len();
    outcomes.sort_unstable();
    outcomes.dedup();
    let tree = Tree {
        gains: &gains,
        came: &came,
        outcomes: &outcomes,
        reference: question.reference,
        horizon_days,
    };
    if all == 0 {
        return Ok(None);
    }
    let months: Vec<u32> = MONTHS
        .into_iter()
        .filter(|months| f64::from(*months) * DAYS < horizon_days)
        .collect();
    let curve = |of: &dyn Fn(usize) -> bool| -> Vec<(u32, f64)> {
        let worth = |months| tree.mean_worth(Wait::Months(months), of);
        months
            .iter()
            .map(|&months| (months, worth(months)))
            .collect()
    };
    let half = shortest_best(&curve(&picks)).map_or(Wait::Not, Wait::Months);
    let (Some(worth), Some(at_once)) = (tree.paid_out(half)?, tree.paid_out(Wait::AtOnce)?) else {
        return Ok(None);
    };
    let curve = curve(&|_| true);
    Ok(Some(Waiting {
        ruling: ruling.to_owned(),
        comes_in: all as f64 / came.len().max(1) as f64,
        months: shortest_best(&curve),
        worth,
        at_once,
        then: tree.then(),
        curve,
    }))
}

/// The wait that is worth most, of those that are worth something; of equal ones the shortest.
fn shortest_best(curve: &[(u32, f64)]) -> Option<u32> {
    let mut best: Option<(u32, f64)> = None;
    for &(months, worth) in curve {
        if worth > best.map_or(0.0, |(_, most)| most) {
            best = Some((months, worth));
        }
    }
    best.map(|(months, _)| months)
}

/// How long to wait.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Wait {
    /// Decide now.
    Not,
    /// At most so many months.
    Months(u32),
    /// The ruling is told now, whenever it comes.
    AtOnce,
}

struct Tree<'a> {
    gains: &'a Gains,
    came: &'a [Option<&'a Ruling>],
    outcomes: &'a [&'a str],
    reference: usize,
    horizon_days: f64,
}

impl Tree<'_> {
    /// The class of a future under a wait: the outcome, or none by then.
    fn class(&self, row: usize, wait: Wait) -> usize {
        let known = |ruling: &&Ruling| match wait {
            Wait::Not => false,
            Wait::Months(months) => ruling.days <= f64::from(months) * DAYS,
            Wait::AtOnce => true,
        };
        let ruling = self.came[row].filter(known);
        ruling.map_or(self.outcomes.len(), |ruling| {
            let found = self.outcomes.binary_search(&ruling.outcome.as_str());
            found.unwrap_or(self.outcomes.len())
        })
    }

    /// The part of an option's worth that is left when it is taken up.
    fn left(&self, row: usize, wait: Wait) -> f64 {
        let days = match wait {
            Wait::Not | Wait::AtOnce => 0.0,
            Wait::Months(months) => {
                let longest = f64::from(months) * DAYS;
                self.came[row].map_or(longest, |ruling| ruling.days.min(longest))
            }
        };
        (1.0 - days / self.horizon_days).max(0.0)
    }

    fn paid(&self, row: usize, option: usize, wait: Wait) -> f64 {
        let reference = self.gains.of[self.reference][row];
        reference + self.left(row, wait) * (self.gains.of[option][row] - reference)
    }

    /// By class, the option that is best given it, when it is taken up then.
    fn plan(&self, wait: Wait, picks: impl Fn(usize) -> bool) -> Vec<usize> {
        let options = self.gains.of.len();
        let mut totals = vec![vec![0.0; options]; self.outcomes.len() + 1];
        for row in (0..self.gains.rows.len()).filter(|row| picks(*row)) {
            let totals = &mut totals[self.class(row, wait)];
            for (option, total) in totals.iter_mut().enumerate() {
                *total += self.paid(row, option, wait);
            }
        }
        let best = |totals: &Vec<f64>| {
            let mut best = 0;
            for option in 1..totals.len() {
                if totals[option] > totals[best] {
                    best = option;
                }
            }
            best
        };
        totals.iter().map(best).collect()
    }

    /// The mean worth of waiting in these rows, by what is best in them.
    fn mean_worth(&self, wait: Wait, is_in: &dyn Fn(usize) -> bool) -> f64 {
        let (plan, now) = (self.plan(wait, is_in), self.gains.best(is_in));
        let (mut sum, mut count) = (0.0, 0.0);
        for row in (0..self.gains.rows.len()).filter(|row| is_in(*row)) {
            let waited = self.paid(row, plan[self.class(row, wait)], wait);
            sum += waited - self.gains.of[now][row];
            count += 1.0;
        }
        sum / f64::max(count, 1.0)
    }

    /// The worth, future by future, in the rows on which nothing is picked.
    fn paid_out(&self, wait: Wait) -> Result<Option<Difference>, MeasureError> {
        let (plan, now) = (self.plan(wait, picks), self.gains.best(picks));
        let rows = (0..self.gains.rows.len()).filter(|row| !picks(*row));
        let (waited, at_once): (Vec<f64>, Vec<f64>) = rows
            .map(|row| {
                let option = match wait {
                    Wait::Not => now,
                    _ => plan[self.class(row, wait)],
                };
                (self.paid(row, option, wait), self.gains.of[now][row])
            })
            .unzip();
        let runs: Vec<u64> = (0..waited.len() as u64).collect();
        Difference::new(&runs, &waited, &at_once)
    }

    fn then(&self) -> Vec<Then> {
        let plan = self.plan(Wait::AtOnce, |_| true);
        let all = self.gains.rows.len() as f64;
        let mut then: Vec<Then> = self
            .outcomes
            .iter()
            .enumerate()
            .map(|(class, outcome)| {
                let rows = 0..self.gains.rows.len();
                let of = rows.filter(|row| self.class(*row, Wait::AtOnce) == class);
                Then {
                    outcome: (*outcome).to_owned(),
                    share: of.count() as f64 / all,
                    best: plan[class],
                }
            })
            .collect();
        then.sort_by(|a, b| b.share.total_cmp(&a.share));
        then
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::decide::verdict::SMALL;
    use crate::scenario::resolved::Better;

    const HORIZON: f64 = 3_652.5;

    /// 1,000 futures, in 4 of 10 of which the court lets the plan through; `other` is what the
    /// second option comes to then and otherwise. The reference is worth nothing.
    fn tree(days: f64, other: (f64, f64), better: Better) -> Waiting {
        let through = |run: usize| run % 10 < 4;
        let sign = if better == Better::Lower { -1.0 } else { 1.0 };
        let value = |run| sign * if through(run) { other.0 } else { other.1 };
        let futures = Futures {
            runs: (0..1_000).collect(),
            left_out: 0,
            values: vec![
                vec![vec![0.0; 1_000]],
                vec![(0..1_000).map(value).collect()],
            ],
            ..Futures::default()
        };
        let came: Vec<Option<Ruling>> = (0..1_000)
            .map(|run| {
                let outcome = if through(run) { "through" } else { "barred" };
                Some(Ruling {
                    outcome: outcome.to_owned(),
                    days,
                })
            })
            .collect();
        let question = Question {
            objective: 0,
            better,
            tolerance: None,
            reference: 0,
            matters: SMALL,
        };
        let found = waiting(&futures, ("case.node", &came), &question, HORIZON);
        found.unwrap().unwrap()
    }

    /// The tree by hand: now the plan is worth 0.4 × 10 − 0.6 × 5 = 1, more than nothing. After
    /// a ruling in a year (a tenth of the time) it is taken only if let through, for 0.9 × 10:
    /// 0.4 × 9 = 3.6, so that waiting is worth 2.6; told at once, 4, so 3.
    #[test]
    fn a_tree_of_two_stages_solved_by_hand() {
        for better in [Better::Higher, Better::Lower] {
            let found = tree(365.25, (10.0, -5.0), better);
            assert!((found.worth.mean - 2.6).abs() < 1e-9, "{found:?}");
            assert!((found.at_once.mean - 3.0).abs() < 1e-9);
            // The ruling comes at the end of the twelfth month: less is no use.
            assert_eq!(found.months, Some(12));
            let (_, at_nine) = found.curve[4];
            // Nine months for nothing, and then the best blind: 0.925 × 1, less 1.
            assert!((at_nine + 0.075).abs() < 1e-9, "{at_nine}");
            assert_eq!(found.comes_in, 1.0);
            let then: Vec<(&str, f64, usize)> = found
                .then
                .iter()
                .map(|then| (then.outcome.as_str(), then.share, then.best))
                .collect();
            assert_eq!(then, [("barred", 0.6, 0), ("through", 0.4, 1)]);
        }
    }

    /// After nine years of ten a tenth of the worth is left: 0.4 × 1 is less than 1 now.
    #[test]
    fn a_ruling_that_comes_too_late_is_not_waited_for() {
        let found = tree(0.9 * HORIZON, (10.0, -5.0), Better::Higher);
        assert_eq!(found.months, None);
        assert_eq!(found.worth.mean, 0.0);
        assert!((found.at_once.mean - 3.0).abs() < 1e-9);
    }

    /// What does not change the choice is worth nothing, however soon.
    #[test]
    fn a_ruling_that_changes_nothing_is_worth_nothing() {
        let found = tree(30.0, (10.0, 5.0), Better::Higher);
        assert_eq!(found.at_once.mean, 0.0);
        assert_eq!(found.months, None);
    }

    #[test]
    fn without_a_ruling_there_is_nothing_to_wait_for() {
        let futures = Futures {
            runs: vec![0, 1],
            left_out: 0,
            values: vec![vec![vec![0.0, 1.0]], vec![vec![1.0, 0.0]]],
            ..Futures::default()
        };
        let question = Question {
            objective: 0,
            better: Better::Higher,
            tolerance: None,
            reference: 0,
            matters: SMALL,
        };
        let found = waiting(&futures, ("c.n", &[None, None]), &question, HORIZON);
        assert_eq!(found.unwrap(), None);
    }
}
