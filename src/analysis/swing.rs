//! What goes with low and with high values of each input, from the runs at hand: the mean of a
//! number over the fifth of futures in which the input is lowest, and over that in which it is
//! highest.
//!
//! Inputs are drawn independently unless a scenario correlates them, so that the difference of
//! the two means is what the input changes, all others being as they come. Among many inputs
//! some seem to matter by chance, so a difference is *told* only where its interval, widened for
//! all of them together (Bonferroni), leaves out zero.

use super::decide::sensitive::{InputColumn, wider};
use crate::measure::MeasureError;
use crate::measure::interval::Interval;
use crate::measure::stated;
use crate::measure::summary::Summary;

/// Parts into which futures are cut by an input.
const PARTS: usize = 5;
/// Futures in a part below which nothing is said.
pub const FEWEST_IN_A_PART: usize = 20;

/// An end of an input.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct End {
    /// The input's value nearest the middle.
    pub bound: f64,
    /// The mean of the number over these futures.
    pub mean: f64,
    /// Its interval of 95 %.
    pub interval: Interval,
}

/// What goes with an input.
#[derive(Clone, PartialEq, Debug)]
pub struct Swing {
    /// The input's path in the scenario.
    pub path: String,
    /// Where it is lowest.
    pub low: End,
    /// Where it is highest.
    pub high: End,
    /// Whether the two differ, among so many inputs.
    pub told: bool,
}

impl Swing {
    /// High less low.
    #[must_use]
    pub fn size(&self) -> f64 {
        self.high.mean - self.low.mean
    }
}

/// What goes with each input, the largest swing first; NaN is a future without a value. None
/// where there are too few futures.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn swings(inputs: &[InputColumn], values: &[f64]) -> Result<Vec<Swing>, MeasureError> {
    let mut found = Vec::new();
    for input in inputs {
        found.extend(swing(input, values, wider(inputs.len()))?);
    }
    found.sort_by(|a, b| b.size().abs().total_cmp(&a.size().abs()));
    Ok(found)
}

fn swing(input: &InputColumn, values: &[f64], wider: f64) -> Result<Option<Swing>, MeasureError> {
    let pairs = input.values.iter().copied().zip(values.iter().copied());
    let known = pairs.filter(|(input, value)| !input.is_nan() && !value.is_nan());
    let mut pairs: Vec<(f64, f64)> = known.collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let part = pairs.len() / PARTS;
    if part < FEWEST_IN_A_PART {
        return Ok(None);
    }
    let (low, high) = (&pairs[..part], &pairs[pairs.len() - part..]);
    let (low, high) = (end(low, low[part - 1].0)?, end(high, high[0].0)?);
    Ok(low.zip(high).map(|(low, high)| {
        let errors = [low.interval.half_width(), high.interval.half_width()];
        // Two means of different futures err independently.
        let error = (errors[0] * errors[0] + errors[1] * errors[1]).sqrt();
        Swing {
            path: input.path.clone(),
            told: (high.mean - low.mean).abs() > wider * error,
            low,
            high,
        }
    }))
}

fn end(pairs: &[(f64, f64)], bound: f64) -> Result<Option<End>, MeasureError> {
    let values: Vec<f64> = pairs.iter().map(|(_, value)| *value).collect();
    let summary = Summary::new(&values)?;
    let interval = stated::mean(&summary);
    Ok(summary.mean.zip(interval).map(|(mean, interval)| End {
        bound,
        mean,
        interval,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{EntityKey, Run, Seed, Stream};

    fn column(name: &str, count: usize) -> InputColumn {
        let stream = Stream::new(Seed(5), "test", "swing");
        let runs = 0..u32::try_from(count).unwrap();
        let values = runs.map(|run| stream.uniform(Run(run), EntityKey::of(name), 0));
        InputColumn {
            path: name.to_owned(),
            values: values.collect(),
        }
    }

    /// y = 3 a + noise of b: of a uniform input the outer fifths have means 0.1 and 0.9, so that
    /// the swing is 2.4, with standard error √(2 · (9 · 0.04²/3 … + 1/12)/n) below 0.01 at
    /// 2,000 a part: off by 0.05 has a chance below 1e-6.
    #[test]
    fn what_an_input_changes_is_told_and_what_none_changes_is_not() {
        let inputs: Vec<InputColumn> = (0..40)
            .map(|n| column(&format!("input {n}"), 10_000))
            .collect();
        let noise = column("noise", 10_000);
        let values: Vec<f64> = inputs[0]
            .values
            .iter()
            .zip(&noise.values)
            .map(|(a, b)| 3.0 * a + b)
            .collect();
        let swings = swings(&inputs, &values).unwrap();
        assert_eq!(swings.len(), 40);
        assert_eq!(swings[0].path, "input 0");
        assert!(
            (swings[0].size() - 2.4).abs() < 0.05,
            "{}",
            swings[0].size()
        );
        assert!((swings[0].low.bound - 0.2).abs() < 0.03);
        assert!(swings[0].told);
        // One in twenty such sets of 39 idle inputs would have one told; of this seed none is.
        assert!(swings[1..].iter().all(|swing| !swing.told));
    }

    #[test]
    fn too_few_futures_say_nothing() {
        let input = column("a", 99);
        let values = input.values.clone();
        assert!(swings(&[input], &values).unwrap().is_empty());
    }
}
