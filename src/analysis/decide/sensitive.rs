//! Which inputs the choice hangs on, from the runs at hand: nothing is simulated again.
//!
//! Futures are cut by an input's value into parts of equal size. Two things are told of it:
//!
//! - what *knowing* it before choosing is worth: the mean gain from taking, in each part, the
//!   option that is best there, over taking the one option that is best overall (the expected
//!   value of partial perfect information, EVPPI: Strong & Oakley 2013 estimate it from given
//!   runs likewise). Options are picked on every other future and paid on the rest, since a best
//!   that is picked and paid on the same futures flatters itself (Smith & Winkler 2006): of an
//!   input that decides nothing the gain is zero on average or below, not above. (To pay each
//!   half by what the other picked uses all futures, but ties the halves: its interval was seen
//!   to err in 5 % of repeats on the one side on which it should in 2.5.) Among many inputs the
//!   luckiest is no finding, so the interval by which one is named is wider by as much as all
//!   of them together ask for (Bonferroni);
//! - what part of the spread of the difference between the two leading options it carries: the
//!   correlation ratio, less what chance gives (ε²: Kelley 1935).

use serde::{Deserialize, Serialize};

use super::difference::Difference;
use super::futures::Futures;
use super::judged::{Judged, Question};
use super::verdict::runner_up;
use crate::measure::MeasureError;
use crate::measure::distribution::normal_quantile;

/// Parts into which futures are cut by an input.
const PARTS: usize = 5;
/// Futures of a half in a part below which there are fewer parts.
const FEWEST_IN_A_PART: usize = 10;
/// Inputs that are told.
const TOLD: usize = 3;

/// An input of every future, drawn alike under every option.
#[derive(Clone, PartialEq, Debug)]
pub struct InputColumn {
    /// Its path in the scenario.
    pub path: String,
    /// Its value in each future.
    pub values: Vec<f64>,
}

/// An input on which the choice hangs more or less.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sensitive {
    /// Its path in the scenario.
    pub path: String,
    /// What knowing it is worth, in the objective's unit, for the better.
    pub worth: Difference,
    /// Whether that is told from nothing, among so many inputs.
    pub told: bool,
    /// The part of the spread between the two leading options that it carries, less what chance
    /// gives; below zero where it carries nothing.
    pub carries: f64,
    /// The option that is best where it is lowest, and where it is highest.
    pub best_at_ends: (usize, usize),
    /// The value below which the lowest part lies, and that above which the highest does.
    pub ends: (f64, f64),
}

/// The inputs on which the choice hangs most: by what knowing them is worth where that is told
/// from nothing, then by what they carry.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn sensitive(
    futures: &Futures,
    inputs: &[InputColumn],
    question: &Question,
    judged: &Judged,
) -> Result<Vec<Sensitive>, MeasureError> {
    let Some(second) = runner_up(judged) else {
        return Ok(Vec::new());
    };
    let gains = Gains::of(futures, question);
    let parts = PARTS.min(gains.rows.len() / (2 * FEWEST_IN_A_PART));
    if parts < 2 {
        return Ok(Vec::new());
    }
    let ahead: Vec<f64> = (0..gains.rows.len())
        .map(|row| gains.of[judged.best][row] - gains.of[second][row])
        .collect();
    let wider = wider(inputs.len());
    let mut found = Vec::new();
    for input in inputs {
        let values: Vec<f64> = gains.rows.iter().map(|&row| input.values[row]).collect();
        if values.iter().any(|value| value.is_nan()) {
            continue;
        }
        let cut = Cut::new(&values, parts);
        found.extend(of_input(&gains, input, &cut, (&ahead, wider))?);
    }
    let rank = |s: &Sensitive| (s.told, if s.told { s.worth.mean } else { s.carries });
    found.sort_by(|a, b| {
        let (a, b) = (rank(a), rank(b));
        b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    found.truncate(TOLD);
    Ok(found)
}

/// How much wider than one of 95 % an interval is that holds for so many inputs together.
pub(in crate::analysis) fn wider(inputs: usize) -> f64 {
    let tail = |of: f64| normal_quantile(1.0 - 0.025 / of).unwrap_or(f64::INFINITY);
    tail(inputs.max(1) as f64) / tail(1.0)
}

fn of_input(
    gains: &Gains,
    input: &InputColumn,
    cut: &Cut,
    (ahead, wider): (&[f64], f64),
) -> Result<Option<Sensitive>, MeasureError> {
    let (informed, plain) = gains.paid(&cut.part_of, cut.parts);
    let runs: Vec<u64> = (0..informed.len() as u64).collect();
    let Some(worth) = Difference::new(&runs, &informed, &plain)? else {
        return Ok(None);
    };
    let error = worth.error().unwrap_or(f64::INFINITY);
    let best_in = |part: usize| gains.best(|row| cut.part_of[row] == part);
    Ok(Some(Sensitive {
        path: input.path.clone(),
        told: worth.mean > wider * error,
        worth,
        carries: carried(ahead, &cut.part_of, cut.parts),
        best_at_ends: (best_in(0), best_in(cut.parts - 1)),
        ends: cut.ends,
    }))
}

/// What each option gains in the futures in which all have a value; more is better.
pub(super) struct Gains {
    /// Positions of the futures.
    pub rows: Vec<usize>,
    /// `of[option][row]`
    pub of: Vec<Vec<f64>>,
}

impl Gains {
    pub fn of(futures: &Futures, question: &Question) -> Self {
        let columns: Vec<&[f64]> = futures
            .values
            .iter()
            .map(|metrics| &metrics[question.objective][..])
            .collect();
        let whole = |at: &usize| columns.iter().all(|column| !column[*at].is_nan());
        let rows: Vec<usize> = (0..futures.count()).filter(whole).collect();
        let gain = |column: &&[f64]| rows.iter().map(|&at| question.gain(column[at])).collect();
        Self {
            of: columns.iter().map(gain).collect(),
            rows,
        }
    }

    /// The option with the best mean over these rows; of equal ones the first.
    pub fn best(&self, is_in: impl Fn(usize) -> bool) -> usize {
        let total = |option: usize| -> f64 {
            let rows = (0..self.rows.len()).filter(|row| is_in(*row));
            rows.map(|row| self.of[option][row]).sum()
        };
        let mut best = (0, f64::NEG_INFINITY);
        for option in 0..self.of.len() {
            let total = total(option);
            if total > best.1 {
                best = (option, total);
            }
        }
        best.0
    }

    /// What every second future pays to who takes the best option of its part, and to who takes
    /// the best of all, both picked on the others.
    fn paid(&self, part_of: &[usize], parts: usize) -> (Vec<f64>, Vec<f64>) {
        let in_part = |part: usize| self.best(|row| picks(row) && part_of[row] == part);
        let in_part: Vec<usize> = (0..parts).map(in_part).collect();
        let overall = self.best(picks);
        let paying = (0..self.rows.len()).filter(|row| !picks(*row));
        let pay = |row: usize| {
            let informed = self.of[in_part[part_of[row]]][row];
            (informed, self.of[overall][row])
        };
        paying.map(pay).unzip()
    }
}

/// Whether a future is one on which options are picked, and not one that pays.
pub(super) const fn picks(row: usize) -> bool {
    row.is_multiple_of(2)
}

/// Futures cut into parts of equal size by an input's value.
struct Cut {
    parts: usize,
    part_of: Vec<usize>,
    ends: (f64, f64),
}

impl Cut {
    fn new(values: &[f64], parts: usize) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let mut part_of = vec![0; values.len()];
        for (rank, &row) in order.iter().enumerate() {
            part_of[row] = rank * parts / values.len();
        }
        let first_of = |part: usize| (part * values.len()).div_ceil(parts);
        let at = |rank: usize| values[order[rank.min(values.len() - 1)]];
        Self {
            parts,
            part_of,
            ends: (at(first_of(1)), at(first_of(parts - 1))),
        }
    }
}

/// The correlation ratio of `values` with their part, less what chance gives: 1 − the variance
/// within over the variance of all, each by its degrees of freedom. Zero where nothing varies.
fn carried(values: &[f64], part_of: &[usize], parts: usize) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let total: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let within: f64 = (0..parts)
        .map(|part| {
            let of = || values.iter().zip(part_of).filter(move |(_, p)| **p == part);
            let count = of().count() as f64;
            let mean = of().map(|(v, _)| v).sum::<f64>() / count.max(1.0);
            of().map(|(v, _)| (v - mean) * (v - mean)).sum::<f64>()
        })
        .sum();
    if total <= 0.0 {
        return 0.0;
    }
    1.0 - within / (n - parts as f64) / (total / (n - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::decide::judged::judge;
    use crate::analysis::decide::verdict::SMALL;
    use crate::chance::{EntityKey, Run, Seed, Stream};
    use crate::scenario::resolved::Better;

    fn question() -> Question {
        Question {
            objective: 0,
            better: Better::Higher,
            tolerance: None,
            reference: 0,
            matters: SMALL,
        }
    }

    /// Two options that differ by x + noise, where x is the first of three inputs, uniform on
    /// −1 to 1, and noise is as large: who knows x takes the first where x > 0.
    fn told(seed: u64, futures: u32, effect: f64) -> Vec<Sensitive> {
        let column = |purpose: &'static str| -> Vec<f64> {
            let stream = Stream::new(Seed(seed), "test", purpose);
            let key = EntityKey::of("x");
            (0..futures)
                .map(|run| 2.0 * stream.uniform(Run(run), key, 0) - 1.0)
                .collect()
        };
        let (x, noise) = (column("x"), column("noise"));
        let first = x.iter().zip(&noise).map(|(x, noise)| effect * x + noise);
        let futures = Futures {
            runs: (0..u64::from(futures)).collect(),
            left_out: 0,
            values: vec![vec![first.collect()], vec![vec![0.0; x.len()]]],
            ..Futures::default()
        };
        let inputs = ["x", "y", "z"].map(|path| InputColumn {
            path: path.to_owned(),
            values: column(path),
        });
        let judged = judge(&futures, &question()).unwrap().unwrap();
        sensitive(&futures, &inputs, &question(), &judged).unwrap()
    }

    /// E max(x, 0) = 1/4 for x uniform on −1 to 1 when x is known; in five parts those with means
    /// ±0.8, ±0.4 and 0 give (0.8 + 0.4)/5 = 0.24. x carries half the variance of x + noise,
    /// in five parts 24/25 of that. Bounds are five standard errors of 4,000 futures (the
    /// worth's from its own interval, 2.6 of its half-widths; ε²'s is below 0.012): chance of
    /// failing below 1e-6, and the seed is fixed.
    #[test]
    fn the_input_that_decides_is_found_with_its_worth() {
        let told = told(1, 4_000, 1.0);
        let first = &told[0];
        assert_eq!(first.path, "x");
        let error = first.worth.error().unwrap();
        assert!((first.worth.mean - 0.24).abs() < 2.6 * error, "{first:?}");
        assert!(first.told);
        assert!((first.carries - 0.48).abs() < 0.06, "{}", first.carries);
        assert_eq!(first.best_at_ends, (1, 0));
        assert!((first.ends.0 + 0.6).abs() < 0.1 && (first.ends.1 - 0.6).abs() < 0.1);
        for other in &told[1..] {
            assert!(other.carries.abs() < 0.02, "{other:?}");
            assert!(other.worth.mean < 0.02, "{other:?}");
        }
    }

    /// Where no input decides anything, one of three is named in at most 2.5 % of repeats: 26 of
    /// 400 are five standard errors above (chance below 1e-6, seeds fixed).
    #[test]
    fn inputs_that_decide_nothing_are_worth_nothing() {
        let (mut named, mut mean) = (0, 0.0);
        for seed in 0..400 {
            let told = told(seed, 120, 0.0);
            named += usize::from(told.iter().any(|input| input.told));
            mean += told.iter().map(|input| input.worth.mean).sum::<f64>() / 1_200.0;
        }
        assert!(named <= 26, "{named}");
        assert!(mean < 0.005, "{mean}");
    }

    #[test]
    fn few_futures_tell_of_no_input() {
        assert!(told(1, 39, 1.0).is_empty());
        assert_eq!(told(1, 40, 1.0).len(), 3);
    }
}
