//! An ensemble in numbers: its metrics future by future, and what each comes to.

use serde::{Deserialize, Serialize};

use crate::measure::interval::Interval;
use crate::measure::summary::Summary;
use crate::measure::{MeasureError, stated};
use crate::result::{Opened, ResultError};

/// Futures below which no 5th and 95th percentile are given: they would be the ends.
const FEWEST_FOR_TAILS: u64 = 20;

/// A metric that is read.
#[derive(Clone, PartialEq, Debug)]
pub struct Wish {
    /// Its name.
    pub metric: String,
    /// Of a time to an end, the days of the horizon, as which a future counts that has not ended
    /// by then: to leave it out would select by what is varied.
    pub open_until: Option<f64>,
}

/// The futures of one ensemble.
#[derive(Clone, PartialEq, Debug)]
pub struct Futures {
    /// Numbers of its runs, rising.
    pub runs: Vec<u64>,
    /// `levels[metric][run]`; NaN where a run has none.
    pub levels: Vec<Vec<f64>>,
    /// The same less the baseline's, where there is one.
    pub effects: Option<Vec<Vec<f64>>>,
}

impl Futures {
    /// Reads these metrics of a result, and of its baseline if it is `paired` with one.
    ///
    /// # Errors
    /// [`ResultError`] when a table cannot be read or is damaged.
    pub fn read(result: &Opened, wishes: &[Wish], paired: bool) -> Result<Self, ResultError> {
        let files = result.files();
        let column = |prefix: &str, wish: &Wish| {
            let mut values = files.numbers("runs", &format!("{prefix}_{}", wish.metric))?;
            if let Some(last) = wish.open_until {
                let open = values.iter_mut().filter(|value| value.is_nan());
                open.for_each(|value| *value = last);
            }
            Ok(values)
        };
        let columns = |prefix: &str| -> Result<Vec<Vec<f64>>, ResultError> {
            wishes.iter().map(|wish| column(prefix, wish)).collect()
        };
        let levels = columns("out")?;
        let less = |(own, base): (&Vec<f64>, Vec<f64>)| -> Vec<f64> {
            own.iter().zip(base).map(|(own, base)| own - base).collect()
        };
        let effects = if paired {
            let base = columns("base")?;
            Some(levels.iter().zip(base).map(less).collect())
        } else {
            None
        };
        let runs = files.numbers("runs", "run")?;
        Ok(Self {
            runs: runs.into_iter().map(|run| run as u64).collect(),
            levels,
            effects,
        })
    }

    /// Of these metrics only.
    #[must_use]
    pub fn only(&self, metrics: &[usize]) -> Self {
        let of = |columns: &Vec<Vec<f64>>| metrics.iter().map(|&at| columns[at].clone()).collect();
        Self {
            runs: self.runs.clone(),
            levels: of(&self.levels),
            effects: self.effects.as_ref().map(of),
        }
    }
}

/// What a column of futures comes to.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Figures {
    /// Futures with a value.
    pub futures: u64,
    /// Their mean.
    pub mean: Option<f64>,
    /// The interval of 95 % of the mean; `None` where not estimable.
    pub interval: Option<Interval>,
    /// Standard error of the mean; `None` below two.
    pub error: Option<f64>,
    /// Standard deviation over futures; `None` below two.
    pub sd: Option<f64>,
    /// 5th percentile; `None` where not estimable.
    pub p05: Option<f64>,
    /// 10th and 90th percentile; `None` where not estimable.
    pub spread: Option<(f64, f64)>,
    /// The median.
    pub p50: Option<f64>,
    /// 95th percentile; `None` where not estimable.
    pub p95: Option<f64>,
}

impl Figures {
    /// Of a column, in which NaN is a future without a value.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn of(values: &[f64]) -> Result<Self, MeasureError> {
        let summary = Summary::new(values)?;
        let tail = |value: Option<f64>| value.filter(|_| summary.n >= FEWEST_FOR_TAILS);
        Ok(Self {
            futures: summary.n,
            mean: summary.mean,
            interval: stated::mean(&summary).filter(|_| summary.n >= stated::FEWEST_RUNS),
            error: summary.standard_error,
            sd: summary
                .standard_error
                .map(|error| error * (summary.n as f64).sqrt()),
            p05: tail(summary.p05),
            spread: stated::spread(&summary),
            p50: summary.p50,
            p95: tail(summary.p95),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_said_of_few_futures() {
        let of = |count: u32| {
            let values: Vec<f64> = (1..=count).map(f64::from).collect();
            Figures::of(&values).unwrap()
        };
        let nine = of(9);
        assert_eq!((nine.futures, nine.mean), (9, Some(5.0)));
        assert_eq!((nine.interval, nine.spread, nine.p05), (None, None, None));
        let twelve = of(12);
        assert!(twelve.interval.is_some_and(|ends| ends.contains(6.5)));
        assert_eq!((twelve.spread, twelve.p95), (Some((2.0, 11.0)), None));
        // The standard deviation of 1 to 20 is √35.
        let twenty = of(20);
        assert!((twenty.sd.unwrap() - 35.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!((twenty.p05, twenty.p95), (Some(1.0), Some(19.0)));
        assert_eq!(Figures::of(&[f64::NAN]).unwrap().mean, None);
    }
}
