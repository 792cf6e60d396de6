//! At which value of a lever another option becomes best.
//!
//! All options are simulated at the lever's two ends, in the same futures. Where another is
//! best at the one than at the other, the value at which the two are equal is looked for by
//! halving, which works since in the same futures their difference moves steadily with the
//! lever. A third option may be best between; only these two are told.

use serde::{Deserialize, Serialize};

use super::difference::Difference;
use super::futures::Futures;
use super::judged::Question;
use crate::measure::MeasureError;
use crate::measure::crossing::At;
use crate::measure::stated;

/// Times that the range is halved: to less than a hundredth of it.
pub const HALVINGS: usize = 7;

/// A lever, and where another option becomes best.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Threshold {
    /// The lever's name.
    pub lever: String,
    /// As read beside it.
    pub label: String,
    /// The values that were looked at.
    pub range: (f64, f64),
    /// Its value as the scenario has it; the median of one that is drawn.
    pub now: Option<f64>,
    /// The option that is best at the least value.
    pub best_at_low: usize,
    /// The option that is best at the greatest.
    pub best_at_high: usize,
    /// Whether the best is told from the next at the least value, and at the greatest.
    pub told_at_ends: [bool; 2],
    /// Where the two are equal; nothing where one option is best at both.
    pub at: Option<Turn>,
    /// Futures at each value.
    pub futures: usize,
}

/// Where two options are equal.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Turn {
    /// The lever's value.
    pub value: f64,
    /// The least value at which it may be (95 %); nothing where it is beyond the range.
    pub low: Option<f64>,
    /// The greatest.
    pub high: Option<f64>,
}

/// The search along one lever.
#[derive(Clone, PartialEq, Debug)]
pub struct Search {
    rivals: (usize, usize),
    /// The first rival less the second, by rising value.
    points: Vec<(f64, Difference)>,
    halvings: usize,
}

impl Search {
    /// A search between the two that are best at the ends; nothing where they are the same, or
    /// where no future has a value.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn new(
        ends: [(f64, &Futures); 2],
        rivals: (usize, usize),
        question: &Question,
    ) -> Result<Option<Self>, MeasureError> {
        let mut search = Self {
            rivals,
            points: Vec::new(),
            halvings: 0,
        };
        for (x, futures) in ends {
            let column = |option: usize| &futures.values[option][question.objective][..];
            let pair = (column(rivals.0), column(rivals.1));
            let Some(difference) = Difference::new(&futures.runs, pair.0, pair.1)? else {
                return Ok(None);
            };
            search.points.push((x, difference));
        }
        Ok((rivals.0 != rivals.1).then_some(search))
    }

    /// The next value to look at; nothing when it is near enough.
    #[must_use]
    pub fn next(&self) -> Option<f64> {
        if self.halvings >= HALVINGS {
            return None;
        }
        let turns = |pair: &&[(f64, Difference)]| {
            pair[0].1.mean.is_sign_negative() != pair[1].1.mean.is_sign_negative()
        };
        let pair = self.points.windows(2).find(turns)?;
        Some(f64::midpoint(pair[0].0, pair[1].0))
    }

    /// The rivals.
    #[must_use]
    pub fn rivals(&self) -> [usize; 2] {
        [self.rivals.0, self.rivals.1]
    }

    /// Takes in futures of the two rivals, in this order, at the value that was next.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn look(
        &mut self,
        x: f64,
        futures: &Futures,
        question: &Question,
    ) -> Result<(), MeasureError> {
        let column = |option: usize| &futures.values[option][question.objective][..];
        self.halvings += 1;
        if let Some(difference) = Difference::new(&futures.runs, column(0), column(1))? {
            let place = self.points.partition_point(|(at, _)| *at < x);
            self.points.insert(place, (x, difference));
        }
        Ok(())
    }

    /// Where the two are equal.
    #[must_use]
    pub fn turn(&self) -> Option<Turn> {
        let points = self.points.iter().filter_map(|(x, difference)| {
            let interval = difference.interval?;
            Some(At {
                x: *x,
                mean: difference.mean,
                ends: (interval.low, interval.high),
            })
        });
        let found = stated::crossing(&points.collect::<Vec<_>>())?;
        Some(Turn {
            value: found.at,
            low: found.low,
            high: found.high,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::decide::verdict::SMALL;
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

    /// The first option gains 0.3 − x² over the second, give or take a tenth in each future.
    fn futures(x: f64) -> Futures {
        let noise = |run: u64| 0.1 * f64::from(u8::try_from(run % 5).unwrap_or(0)) - 0.2;
        let first = (0..100).map(|run| 0.3 - x * x + noise(run));
        Futures {
            runs: (0..100).collect(),
            values: vec![vec![first.collect()], vec![vec![0.0; 100]]],
            ..Futures::default()
        }
    }

    #[test]
    fn halving_finds_where_two_options_are_equal() {
        let (low, high) = (futures(0.0), futures(1.0));
        let ends = [(0.0, &low), (1.0, &high)];
        let mut search = Search::new(ends, (0, 1), &question()).unwrap().unwrap();
        let mut looked = 0;
        while let Some(x) = search.next() {
            search.look(x, &futures(x), &question()).unwrap();
            looked += 1;
        }
        assert_eq!(looked, HALVINGS);
        let turn = search.turn().unwrap();
        assert!((turn.value - 0.3_f64.sqrt()).abs() < 1e-3, "{turn:?}");
        // The mean is known to ± 1.98 × 0.1421/10 = 0.0282, which x² is where x lies between
        // √0.2718 and √0.3282; straight between points that are 1/16 apart or less.
        assert!((turn.low.unwrap() - 0.5214).abs() < 2e-3, "{turn:?}");
        assert!((turn.high.unwrap() - 0.5729).abs() < 2e-3, "{turn:?}");
    }

    #[test]
    fn where_one_option_is_best_at_both_ends_nothing_is_looked_for() {
        let low = futures(0.0);
        let ends = [(0.0, &low), (1.0, &low)];
        assert_eq!(Search::new(ends, (0, 0), &question()).unwrap(), None);
    }
}
