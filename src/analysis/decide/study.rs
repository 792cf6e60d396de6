//! A comparison as a whole: the table, what fresh futures say of its winner, the verdict, and
//! what else differs.

use serde::{Deserialize, Serialize};

use super::difference::Difference;
use super::futures::Futures;
use super::judged::{Judged, Question, judge};
use super::sensitive::{Sensitive, sensitive};
use super::states::{State, states};
use super::threshold::Threshold;
use super::verdict::{Verdict, confirmed, runner_up};
use super::waiting::{Waiting, waiting};
use crate::measure::MeasureError;
use crate::scenario::resolved::Better;

/// Times the half-width of its 95 % interval by which a difference must be from zero where many
/// metrics are looked at: 3.1 standard errors, a chance of 0.2 % each, so that among 25 metrics
/// that do not differ one is named in at most 5 % of comparisons.
pub const CLEARLY: f64 = 1.6;

/// What is compared.
#[derive(Clone, PartialEq, Debug)]
pub struct Study {
    /// The futures of all options.
    pub futures: Futures,
    /// By what they are judged.
    pub question: Question,
    /// Which way is better, of each metric of the futures.
    pub better: Vec<Better>,
    /// Length of the horizon, days.
    pub horizon_days: f64,
}

/// What comes of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Compared {
    /// Futures that failed under an option, and count under none.
    pub left_out: usize,
    /// The table.
    pub judged: Judged,
    /// The winner measured again; nothing where there was none.
    pub again: Option<Again>,
    /// What follows.
    pub verdict: Verdict,
    /// Of a tie, what else tells the first from another; of an option to choose, that by which
    /// another is better most clearly.
    pub decide_on: Option<DecideOn>,
    /// By how the case ends.
    pub states: Vec<State>,
    /// The inputs on which the choice hangs most.
    #[serde(default)]
    pub sensitive: Vec<Sensitive>,
    /// What waiting for each ruling of the case is worth, that which is worth most first.
    #[serde(default)]
    pub waiting: Vec<Waiting>,
    /// Where another option becomes best, by lever; none unless asked for.
    #[serde(default)]
    pub thresholds: Vec<Threshold>,
    /// `differences[metric][option]`: the option less the reference; nothing for the reference
    /// and where no future has both.
    pub differences: Vec<Vec<Option<Difference>>>,
}

/// The option with the best mean, measured again on futures by which it was not chosen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Again {
    /// The option that came nearest to it.
    pub runner_up: usize,
    /// Fresh futures in which both have a value.
    pub futures: usize,
    /// The winner less the runner-up.
    pub against_runner_up: Option<Difference>,
    /// The winner less the reference; nothing where it is the reference.
    pub against_reference: Option<Difference>,
    /// Part of fresh futures in which the winner is better than the runner-up, those alike
    /// counting half.
    pub ahead_in: f64,
}

/// A metric on which options that tie differ.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DecideOn {
    /// Its position among the metrics.
    pub metric: usize,
    /// The option that is better by it.
    pub better: usize,
    /// The option that is worse.
    pub than: usize,
    /// The better less the worse.
    pub difference: Difference,
}

/// The options that are measured again: the winner, the runner-up and the reference.
#[must_use]
pub fn measured_again(judged: &Judged) -> Vec<usize> {
    let mut again = vec![judged.best];
    again.extend(runner_up(judged));
    again.push(judged.reference);
    again.sort_unstable();
    again.dedup();
    again
}

impl Study {
    /// The table.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn judged(&self) -> Result<Option<Judged>, MeasureError> {
        judge(&self.futures, &self.question)
    }

    /// All of it; `fresh` are futures of the options of [`measured_again`], in that order.
    ///
    /// # Errors
    /// As [`Study::judged`].
    pub fn compared(
        &self,
        judged: Judged,
        fresh: Option<&Futures>,
    ) -> Result<Compared, MeasureError> {
        let again = fresh.map(|fresh| self.again(&judged, fresh)).transpose()?;
        let again = again.flatten();
        let ahead = again.as_ref().and_then(|a| a.against_runner_up.as_ref());
        let verdict = confirmed(&judged, ahead);
        let decide_on = match &verdict {
            Verdict::Tie { options } => self.decide_on(options, |_| true)?,
            Verdict::Choose { option } => {
                let others = (0..judged.options.len()).filter(|other| other != option);
                let options: Vec<usize> = std::iter::once(*option).chain(others).collect();
                self.decide_on(&options, |better| better != *option)?
            }
            Verdict::CannotTell { .. } => None,
        };
        let metrics = 0..self.better.len();
        Ok(Compared {
            left_out: self.futures.left_out,
            states: states(&self.futures, &self.question, &judged)?,
            sensitive: sensitive(&self.futures, &self.futures.inputs, &self.question, &judged)?,
            waiting: self.waiting()?,
            thresholds: Vec::new(),
            differences: metrics
                .map(|metric| self.differences(metric))
                .collect::<Result<_, _>>()?,
            judged,
            again,
            verdict,
            decide_on,
        })
    }

    /// What waiting for each ruling under the reference is worth.
    fn waiting(&self) -> Result<Vec<Waiting>, MeasureError> {
        let courts = self.futures.rulings.get(self.question.reference);
        let mut found = Vec::new();
        for court in courts.into_iter().flatten() {
            let ruling = (court.of.as_str(), &court.came[..]);
            let horizon = self.horizon_days;
            found.extend(waiting(&self.futures, ruling, &self.question, horizon)?);
        }
        found.sort_by(|a, b| {
            let rank = |w: &Waiting| (w.worth.mean, w.at_once.mean);
            let (a, b) = (rank(a), rank(b));
            b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1))
        });
        Ok(found)
    }

    fn again(&self, judged: &Judged, fresh: &Futures) -> Result<Option<Again>, MeasureError> {
        let Some(second) = runner_up(judged) else {
            return Ok(None);
        };
        let simulated = measured_again(judged);
        let column = |option: usize| {
            let at = simulated.iter().position(|again| *again == option);
            at.map(|at| &fresh.values[at][self.question.objective][..])
        };
        let (Some(best), Some(other), Some(reference)) = (
            column(judged.best),
            column(second),
            column(judged.reference),
        ) else {
            return Ok(None);
        };
        let against = |other: &[f64]| Difference::new(&fresh.runs, best, other);
        let differences = best.iter().zip(other).map(|(a, b)| a - b);
        let differences: Vec<f64> = differences.filter(|d| !d.is_nan()).collect();
        let ahead = differences.iter().map(|&d| match d {
            0.0 => 0.5,
            d if self.question.is_gain(d) => 1.0,
            _ => 0.0,
        });
        let of_itself = judged.best == judged.reference;
        Ok(Some(Again {
            runner_up: second,
            futures: differences.len(),
            against_runner_up: against(other)?,
            against_reference: if of_itself { None } else { against(reference)? },
            ahead_in: ahead.sum::<f64>() / differences.len().max(1) as f64,
        }))
    }

    fn differences(&self, metric: usize) -> Result<Vec<Option<Difference>>, MeasureError> {
        let reference = self.question.reference;
        let options = 0..self.futures.values.len();
        options
            .map(|option| {
                if option == reference {
                    return Ok(None);
                }
                self.futures.difference(metric, option, reference)
            })
            .collect()
    }

    /// Of the metrics with a direction that tell the first of these options from another, and by
    /// which the better of the two is `wanted`, the one that does so most, by its mean over its standard deviation.
    fn decide_on(
        &self,
        options: &[usize],
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Option<DecideOn>, MeasureError> {
        let Some((first, others)) = options.split_first() else {
            return Ok(None);
        };
        let mut most: Option<(f64, DecideOn)> = None;
        for (metric, better) in self.better.iter().enumerate() {
            if *better == Better::Neutral || metric == self.question.objective {
                continue;
            }
            for other in others {
                let Some(found) = self.told_apart(metric, *better, (*first, *other))? else {
                    continue;
                };
                let is_most = most.as_ref().is_none_or(|(largest, _)| found.0 > *largest);
                if is_most && wanted(found.1.better) {
                    most = Some(found);
                }
            }
        }
        Ok(most.map(|(_, decide_on)| decide_on))
    }

    /// Whether a metric tells two options apart, with how far over its standard deviation.
    fn told_apart(
        &self,
        metric: usize,
        better: Better,
        (first, second): (usize, usize),
    ) -> Result<Option<(f64, DecideOn)>, MeasureError> {
        let of = |a: usize, b: usize| self.futures.difference(metric, a, b);
        let is_clear = |d: &Difference| d.error().is_some_and(|e| d.mean.abs() > CLEARLY * e);
        let Some(difference) = of(first, second)?.filter(is_clear) else {
            return Ok(None);
        };
        let size = difference.mean.abs() / difference.sd.unwrap_or(0.0);
        let first_is_better = (difference.mean > 0.0) == (better == Better::Higher);
        let (ahead, behind) = if first_is_better {
            (first, second)
        } else {
            (second, first)
        };
        let decide_on = of(ahead, behind)?.map(|difference| DecideOn {
            metric,
            better: ahead,
            than: behind,
            difference,
        });
        Ok(decide_on.map(|decide_on| (size, decide_on)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::verdict::SMALL;
    use super::*;

    /// Two options alike by the objective, of which the second is better by the next metric
    /// and worse by one that is not told so surely.
    fn study() -> Study {
        let runs = 0..40_u64;
        let column = |of: &dyn Fn(u64) -> f64| runs.clone().map(of).collect::<Vec<f64>>();
        let wave = |run: u64| (run % 5) as f64;
        Study {
            futures: Futures {
                runs: runs.clone().collect(),
                left_out: 0,
                values: vec![
                    vec![column(&wave), column(&|_| 3.0), column(&wave)],
                    vec![
                        column(&wave),
                        column(&|run| 2.0 + 0.1 * wave(run)),
                        column(&|run| wave(run) - 0.2 * wave(run + 1)),
                    ],
                ],
                ..Futures::default()
            },
            question: Question {
                objective: 0,
                better: Better::Higher,
                tolerance: None,
                reference: 0,
                matters: SMALL,
            },
            better: vec![Better::Higher, Better::Lower, Better::Higher],
            horizon_days: 3_650.0,
        }
    }

    #[test]
    fn a_tie_is_decided_on_what_tells_the_options_apart_most() {
        let study = study();
        let judged = study.judged().unwrap().unwrap();
        let compared = study.compared(judged, None).unwrap();
        assert_eq!(
            compared.verdict,
            Verdict::Tie {
                options: vec![0, 1]
            }
        );
        let on = compared.decide_on.unwrap();
        assert_eq!((on.metric, on.better, on.than), (1, 1, 0));
        // 2.2 less 3 on average, which is less and so better.
        assert!((on.difference.mean + 0.8).abs() < 1e-12);
        assert_eq!(compared.differences[0][1].unwrap().mean, 0.0);
        assert_eq!(compared.differences[1][0], None);
    }

    #[test]
    fn the_winner_is_measured_again_on_fresh_futures() {
        let mut study = study();
        for value in &mut study.futures.values[1][0] {
            *value += 1.0;
        }
        let judged = study.judged().unwrap().unwrap();
        assert_eq!(measured_again(&judged), [0, 1]);
        let mut fresh = study.futures.clone();
        for value in &mut fresh.values[1][0] {
            *value -= 0.5;
        }
        let compared = study.compared(judged.clone(), Some(&fresh)).unwrap();
        let again = compared.again.unwrap();
        assert_eq!(again.against_reference.unwrap().mean, 0.5);
        assert_eq!((again.runner_up, again.ahead_in), (0, 1.0));
        assert_eq!(compared.verdict, Verdict::Choose { option: 1 });
        // What it gains is not what it was chosen for.
        assert_eq!(judged.options[1].against_reference.unwrap().mean, 1.0);
    }
}
