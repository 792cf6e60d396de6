//! What the table says in one of three words, by a rule that can be checked.
//!
//! Let b be the option with the best mean. Another option is *not separable* from it when the
//! 95 % interval of the paired difference holds zero.
//!
//! 1. No other is inseparable, and fresh futures say so too of b and the runner-up: **choose** b.
//! 2. Else, if fresh futures do not say that b and the runner-up lie apart by more, and the difference to every inseparable option is known to within what matters:
//!    a **tie** between them and b, to be decided on something else.
//! 3. Else these futures **cannot tell**; the number that could is as much larger as the
//!    square of what the error is too large by.
//!
//! What matters is a fifth of the standard deviation of the objective over futures, a *small*
//! effect (Cohen 1988), unless the question says otherwise. So nobody is told to choose on a
//! difference that is chance: of two options that are equal, one is called best in at most the
//! 5 % in which an interval of 95 % misses, of several more seldom.

use serde::{Deserialize, Serialize};

use super::difference::Difference;
use super::judged::Judged;
use crate::measure::enough::Width;
use crate::measure::rounding::two_digits_up;

/// A difference that matters, over the standard deviation of the objective (Cohen 1988).
pub const SMALL_EFFECT: f64 = 0.2;

/// What matters unless somebody says otherwise.
pub const SMALL: Width = Width::PartOfEstimate(SMALL_EFFECT);

/// One of three.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Verdict {
    /// Choose this one.
    Choose {
        /// The option.
        option: usize,
    },
    /// As good as each other, so far as this matters.
    Tie {
        /// The options, the one with the best mean first.
        options: Vec<usize>,
    },
    /// Too few futures.
    CannotTell {
        /// The options in question, the one with the best mean first.
        options: Vec<usize>,
        /// Futures that would tell, about; `None` where even that is not known.
        futures: Option<u64>,
    },
}

/// The runner-up: of the others the one whose mean is nearest to the best's.
#[must_use]
pub fn runner_up(judged: &Judged) -> Option<usize> {
    let behind = |option: usize| judged.options[option].behind_best.map(|d| d.mean.abs());
    let others = (0..judged.options.len()).filter(|option| *option != judged.best);
    others
        .filter_map(|option| Some((option, behind(option)?)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(option, _)| option)
}

/// The verdict on the futures of the table alone.
#[must_use]
pub fn verdict(judged: &Judged) -> Verdict {
    let others = (0..judged.options.len()).filter(|option| *option != judged.best);
    let mut open: Vec<(usize, Option<Difference>)> = others
        .map(|option| (option, judged.options[option].behind_best))
        .filter(|(_, behind)| !behind.is_some_and(|behind| behind.excludes_zero()))
        .collect();
    if open.is_empty() {
        return Verdict::Choose {
            option: judged.best,
        };
    }
    // The nearest first.
    let distance = |behind: &Option<Difference>| behind.map_or(f64::INFINITY, |d| d.mean.abs());
    open.sort_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    not_separable(judged, &open)
}

/// The verdict, given that the best was measured again on fresh futures: `again` is the best
/// less the runner-up there.
#[must_use]
pub fn confirmed(judged: &Judged, again: Option<&Difference>) -> Verdict {
    let first = verdict(judged);
    if let Verdict::Tie { options } = &first {
        // Apart by more than matters in fresh futures, they are not as good as each other.
        let matters = judged.matters.unwrap_or(f64::INFINITY);
        let apart = |d: &&Difference| d.excludes_zero() && d.mean.abs() > matters;
        if again.filter(apart).is_some() {
            return Verdict::CannotTell {
                options: options.clone(),
                futures: Some(two_digits_up(2.0 * judged.futures as f64)),
            };
        }
    }
    let (Verdict::Choose { option }, Some(runner_up)) = (&first, runner_up(judged)) else {
        return first;
    };
    let behind = judged.options[runner_up].behind_best;
    let ahead = |d: &Difference| behind.is_some_and(|first| first.mean.signum() == d.mean.signum());
    match again {
        Some(again) if again.excludes_zero() && ahead(again) => Verdict::Choose { option: *option },
        again => not_separable(judged, &[(runner_up, again.copied())]),
    }
}

/// A tie, or not to be told.
fn not_separable(judged: &Judged, open: &[(usize, Option<Difference>)]) -> Verdict {
    let mut options = vec![judged.best];
    options.extend(open.iter().map(|(option, _)| option));
    let errors = open.iter().map(|(_, behind)| {
        let behind = behind.as_ref()?;
        Some((behind.error()?, behind.futures))
    });
    let errors = errors.collect::<Option<Vec<(f64, u64)>>>();
    let widest =
        errors.and_then(|errors| errors.into_iter().max_by(|(a, _), (b, _)| a.total_cmp(b)));
    let Some(((widest, of), matters)) = widest.zip(judged.matters) else {
        return Verdict::CannotTell {
            options,
            futures: None,
        };
    };
    // What fresh futures say the other way round is not a tie.
    let reversed = open
        .iter()
        .any(|(_, behind)| behind.is_some_and(|behind| behind.excludes_zero()));
    if widest <= matters && !reversed {
        return Verdict::Tie { options };
    }
    // At least twice as many.
    let times = f64::max(widest / matters, std::f64::consts::SQRT_2);
    // Runs without a value of the objective are asked for as well.
    let runs = of.max(judged.futures as u64) as f64 + judged.missing as f64;
    let needed = runs * times * times;
    Verdict::CannotTell {
        options,
        // A float cast saturates; of a number without bounds nothing is said.
        futures: needed.is_finite().then(|| two_digits_up(needed)),
    }
}

#[cfg(test)]
mod tests;
