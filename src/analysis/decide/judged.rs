//! The decision table: each option against the reference, against the best, and against what
//! each future would have asked for.

use serde::{Deserialize, Serialize};

use super::difference::Difference;
use super::futures::Futures;
use crate::measure::MeasureError;
use crate::measure::enough::Width;
use crate::measure::summary::Summary;
use crate::scenario::resolved::Better;

/// Futures below which the value that is worse in 1 of 20 is not told: fewer than five would
/// lie beyond it.
const FEWEST_FOR_A_TWENTIETH: u64 = 100;

/// What options are judged by.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Question {
    /// Position of the objective among the metrics of [`Futures`].
    pub objective: usize,
    /// Which way is better; [`Better::Neutral`] counts as higher.
    pub better: Better,
    /// A value of it that is good enough.
    pub tolerance: Option<f64>,
    /// Position of the option against which the others are told.
    pub reference: usize,
    /// A difference that matters, of the objective or as a part of its standard deviation.
    pub matters: Width,
}

/// The table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Judged {
    /// Futures in which every option has a value of the objective.
    pub futures: usize,
    /// Futures in which an option has none, which count nowhere here.
    pub missing: usize,
    /// The option against which the others are told.
    pub reference: usize,
    /// The option whose mean is best; of equal ones the first.
    pub best: usize,
    /// Standard deviation of the objective over futures under the best; `None` below two.
    pub sd: Option<f64>,
    /// A difference that matters; `None` where nothing is known of the standard deviation.
    #[serde(default)]
    pub matters: Option<f64>,
    /// The options, in their order.
    pub options: Vec<Row>,
}

/// An option.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Mean of the objective over futures.
    pub mean: Option<f64>,
    /// It less the reference; nothing for the reference itself.
    pub against_reference: Option<Difference>,
    /// The difference to the reference that is worse in 1 of 20 futures.
    pub worse_in_20: Option<f64>,
    /// The best option less this; nothing for the best itself.
    pub behind_best: Option<Difference>,
    /// Part of futures in which no option is better, 0 to 1; those that are equally good
    /// share a future.
    pub best_in: f64,
    /// Mean of what the best option of each future would have been better by.
    pub regret: Option<f64>,
    /// The regret exceeded in 1 of 20 futures.
    pub regret_in_20: Option<f64>,
    /// Part of futures in which it is good enough, if there is a tolerance.
    pub good_enough: Option<f64>,
}

impl Question {
    /// A value such that more is better.
    pub(super) fn gain(&self, value: f64) -> f64 {
        match self.better {
            Better::Lower => -value,
            Better::Higher | Better::Neutral => value,
        }
    }

    /// Whether a difference of the objective is for the better.
    #[must_use]
    pub fn is_gain(&self, difference: f64) -> bool {
        self.gain(difference) > 0.0
    }
}

/// Judges the options by their futures; `None` without an option or a future.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn judge(futures: &Futures, question: &Question) -> Result<Option<Judged>, MeasureError> {
    let columns: Vec<&[f64]> = futures
        .values
        .iter()
        .map(|metrics| &metrics[question.objective][..])
        .collect();
    let whole: Vec<usize> = (0..futures.count())
        .filter(|&at| columns.iter().all(|column| !column[at].is_nan()))
        .collect();
    if columns.is_empty() || whole.is_empty() {
        return Ok(None);
    }
    let runs: Vec<u64> = whole.iter().map(|&at| futures.runs[at]).collect();
    let of = |column: &&[f64]| -> Vec<f64> { whole.iter().map(|&at| column[at]).collect() };
    let values: Vec<Vec<f64>> = columns.iter().map(of).collect();
    let summaries = values.iter().map(|values| Summary::new(values));
    let summaries = summaries.collect::<Result<Vec<_>, _>>()?;
    let means: Vec<f64> = summaries.iter().filter_map(|s| s.mean).collect();
    let best = (0..means.len())
        .rev()
        .max_by(|&a, &b| question.gain(means[a]).total_cmp(&question.gain(means[b])))
        .unwrap_or(0);
    let best = best_of_pairs(futures, question, best)?;
    let table = Table {
        futures,
        question,
        runs: &runs,
        values: &values,
        best,
        best_of_future: best_of_each(question, &values),
    };
    let options = (0..values.len()).map(|option| table.row(option, means.get(option).copied()));
    let sd = if futures.own.is_empty() {
        summaries[best]
    } else {
        Summary::new(futures.all_of(best, question.objective))?
    };
    let sd = sd.standard_error.map(|se| se * (sd.n as f64).sqrt());
    Ok(Some(Judged {
        futures: runs.len(),
        missing: futures.count() - runs.len(),
        reference: question.reference,
        best,
        sd,
        matters: sd.and_then(|sd| question.matters.at(sd)),
        options: options.collect::<Result<_, _>>()?,
    }))
}

/// Where options have different numbers of futures, the option that none is better than over
/// the futures that both have, looked for from the one whose mean is best over those that all
/// have.
fn best_of_pairs(
    futures: &Futures,
    question: &Question,
    first: usize,
) -> Result<usize, MeasureError> {
    let mut best = first;
    let mut tried = vec![best];
    loop {
        let mut ahead: Option<(f64, usize)> = None;
        for option in (0..futures.own.len()).filter(|option| !tried.contains(option)) {
            let difference = futures.difference(question.objective, option, best)?;
            let gain = difference.map_or(0.0, |difference| question.gain(difference.mean));
            if gain > ahead.map_or(0.0, |(most, _)| most) {
                ahead = Some((gain, option));
            }
        }
        let Some((_, option)) = ahead else {
            return Ok(best);
        };
        best = option;
        tried.push(best);
    }
}

/// The gain of the best option of each future.
fn best_of_each(question: &Question, values: &[Vec<f64>]) -> Vec<f64> {
    let count = values.first().map_or(0, Vec::len);
    let best = |at: usize| {
        let gains = values.iter().map(|values| question.gain(values[at]));
        gains.fold(f64::NEG_INFINITY, f64::max)
    };
    (0..count).map(best).collect()
}

/// What every row is made from.
struct Table<'a> {
    futures: &'a Futures,
    question: &'a Question,
    runs: &'a [u64],
    values: &'a [Vec<f64>],
    best: usize,
    best_of_future: Vec<f64>,
}

impl Table<'_> {
    fn row(&self, option: usize, mean: Option<f64>) -> Result<Row, MeasureError> {
        let question = self.question;
        let own = &self.values[option];
        let reference = &self.values[question.reference];
        let metric = question.objective;
        let against = |other: usize, first: usize, second: usize| {
            if other == option {
                return Ok(None);
            }
            if self.futures.own.is_empty() {
                let column = |option: usize| &self.values[option][..];
                return Difference::new(self.runs, column(first), column(second));
            }
            self.futures.difference(metric, first, second)
        };
        let differences: Vec<f64> = own.iter().zip(reference).map(|(a, b)| a - b).collect();
        let differences = Summary::new(&differences)?;
        let worse = match question.better {
            Better::Lower => differences.p95,
            Better::Higher | Better::Neutral => differences.p05,
        };
        let regrets = self.best_of_future.iter().zip(own);
        let regrets: Vec<f64> = regrets
            .map(|(best, &value)| best - question.gain(value))
            .collect();
        let regrets = Summary::new(&regrets)?;
        let enough = |value: &Option<f64>| value.filter(|_| regrets.n >= FEWEST_FOR_A_TWENTIETH);
        Ok(Row {
            mean,
            against_reference: against(question.reference, option, question.reference)?,
            worse_in_20: enough(&worse).filter(|_| option != question.reference),
            behind_best: against(self.best, self.best, option)?,
            best_in: self.best_in(option),
            regret: regrets.mean,
            regret_in_20: enough(&regrets.p95),
            good_enough: self.good_enough(own),
        })
    }

    fn best_in(&self, option: usize) -> f64 {
        let gain = |option: usize, at: usize| self.question.gain(self.values[option][at]);
        let shares = self.best_of_future.iter().enumerate().map(|(at, best)| {
            if gain(option, at) < *best {
                return 0.0;
            }
            let equals = (0..self.values.len()).filter(|&other| gain(other, at) == *best);
            1.0 / equals.count() as f64
        });
        shares.sum::<f64>() / self.best_of_future.len() as f64
    }

    fn good_enough(&self, values: &[f64]) -> Option<f64> {
        let tolerance = self.question.gain(self.question.tolerance?);
        let enough = values
            .iter()
            .filter(|value| self.question.gain(**value) >= tolerance);
        Some(enough.count() as f64 / values.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::super::verdict::SMALL;
    use super::*;

    fn futures(values: &[&[f64]]) -> Futures {
        Futures {
            runs: (0..values[0].len() as u64).collect(),
            left_out: 0,
            values: values.iter().map(|values| vec![values.to_vec()]).collect(),
            ..Futures::default()
        }
    }

    fn question(better: Better) -> Question {
        Question {
            objective: 0,
            better,
            tolerance: Some(2.0),
            reference: 0,
            matters: SMALL,
        }
    }

    /// Three options over four futures, by hand.
    #[test]
    fn a_table_by_hand() {
        let futures = futures(&[
            &[1.0, 2.0, 3.0, 4.0],
            &[2.0, 2.0, 1.0, 9.0],
            &[0.0, 0.0, 0.0, 0.0],
        ]);
        let judged = judge(&futures, &question(Better::Higher)).unwrap().unwrap();
        assert_eq!((judged.best, judged.futures, judged.missing), (1, 4, 0));
        let [first, second, third] = &judged.options[..] else {
            panic!()
        };
        assert_eq!((first.mean, second.mean), (Some(2.5), Some(3.5)));
        // The best of each future: 2, 2, 3, 9.
        assert_eq!(
            (first.regret, second.regret, third.regret),
            (Some(1.5), Some(0.5), Some(4.0))
        );
        // The second future is shared.
        assert_eq!(
            (first.best_in, second.best_in, third.best_in),
            (0.375, 0.625, 0.0)
        );
        assert_eq!(
            (first.good_enough, second.good_enough, third.good_enough),
            (Some(0.75), Some(0.75), Some(0.0))
        );
        assert_eq!(first.against_reference, None);
        let against = second.against_reference.unwrap();
        assert_eq!((against.mean, against.futures), (1.0, 4));
        // Differences 1, 0, −2, 5: variance 26/3, over those of 5/3 and 41/3.
        assert!((against.variance_ratio.unwrap() - 26.0 / 46.0).abs() < 1e-12);
        assert_eq!(first.behind_best.unwrap().mean, 1.0);
        // Too few futures for one in twenty.
        assert_eq!((second.worse_in_20, second.regret_in_20), (None, None));
    }

    #[test]
    fn less_may_be_better() {
        let futures = futures(&[&[1.0, 2.0, 3.0], &[2.0, 1.0, 5.0]]);
        let judged = judge(&futures, &question(Better::Lower)).unwrap().unwrap();
        assert_eq!(judged.best, 0);
        let [first, second] = &judged.options[..] else {
            panic!()
        };
        assert_eq!((first.regret, second.regret), (Some(1.0 / 3.0), Some(1.0)));
        assert_eq!(first.good_enough, Some(2.0 / 3.0));
        assert_eq!(second.against_reference.unwrap().mean, 2.0 / 3.0);
    }

    #[test]
    fn one_in_twenty_is_at_the_worse_end() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        let zero = vec![0.0; 100];
        let futures = futures(&[&zero, &values]);
        let worse = |better| {
            let judged = judge(&futures, &question(better)).unwrap().unwrap();
            judged.options[1].worse_in_20
        };
        assert_eq!(worse(Better::Higher), Some(5.0));
        assert_eq!(worse(Better::Lower), Some(95.0));
    }

    #[test]
    fn futures_without_a_value_count_nowhere() {
        let futures = futures(&[&[1.0, f64::NAN, 3.0], &[2.0, 100.0, 4.0]]);
        let judged = judge(&futures, &question(Better::Higher)).unwrap().unwrap();
        assert_eq!((judged.futures, judged.missing), (2, 1));
        assert_eq!(judged.options[1].mean, Some(3.0));
        let none = super::super::futures::Futures {
            values: vec![vec![vec![f64::NAN; 3]]; 2],
            ..futures
        };
        assert_eq!(judge(&none, &question(Better::Higher)).unwrap(), None);
    }

    #[test]
    fn of_equal_means_the_first_is_best() {
        let futures = futures(&[&[1.0, 3.0], &[3.0, 1.0], &[2.0, 2.0]]);
        let judged = judge(&futures, &question(Better::Higher)).unwrap().unwrap();
        assert_eq!(judged.best, 0);
    }
}
