//! The options by how the case ends: what is right in which state of the world.
//!
//! A future counts to the state in which the case ends there under the best option. Under
//! another option the same future may end otherwise (who complies has no ruling), so states are
//! those of one option, and the differences are those of the same futures still.

use serde::{Deserialize, Serialize};

use super::difference::Difference;
use super::futures::Futures;
use super::judged::{Judged, Question};
use crate::domain::Ending;
use crate::measure::MeasureError;

/// The futures in which the case ends so.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct State {
    /// How it ends under the best option, by the word in `cases.parquet`; `open` at the
    /// horizon.
    pub ending: String,
    /// Futures.
    pub futures: usize,
    /// Each option less the reference in these futures; nothing for the reference.
    pub options: Vec<Option<Difference>>,
    /// The option whose mean is best in them.
    pub best: usize,
}

/// The states, most frequent first; none without a case.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn states(
    futures: &Futures,
    question: &Question,
    judged: &Judged,
) -> Result<Vec<State>, MeasureError> {
    let Some(endings) = futures.endings.get(judged.best) else {
        return Ok(Vec::new());
    };
    let words = Ending::ALL.into_iter().map(Ending::name);
    let mut states = Vec::new();
    for word in words.chain(["open"]) {
        let rows = endings.iter().enumerate();
        let rows: Vec<usize> = rows
            .filter(|(_, ending)| *ending == word)
            .map(|(row, _)| row)
            .collect();
        if !rows.is_empty() {
            states.push(state(word, &rows, futures, question)?);
        }
    }
    states.sort_by_key(|state| std::cmp::Reverse(state.futures));
    Ok(states)
}

fn state(
    ending: &str,
    rows: &[usize],
    futures: &Futures,
    question: &Question,
) -> Result<State, MeasureError> {
    let runs: Vec<u64> = rows.iter().map(|&row| futures.runs[row]).collect();
    let column = |option: usize| -> Vec<f64> {
        let values = &futures.values[option][question.objective];
        rows.iter().map(|&row| values[row]).collect()
    };
    let reference = column(question.reference);
    let options = (0..futures.values.len()).map(|option| {
        if option == question.reference {
            return Ok(None);
        }
        Difference::new(&runs, &column(option), &reference)
    });
    let options = options.collect::<Result<Vec<_>, _>>()?;
    // Nothing is the best of which no future here has a value.
    let gain = |option: usize| {
        let of_reference = (option == question.reference).then_some(0.0);
        let mean = options[option].map(|difference: Difference| difference.mean);
        let mean = mean.or(of_reference)?;
        Some(if question.is_gain(1.0) { mean } else { -mean })
    };
    let best = (0..options.len()).rev();
    let best = best.filter_map(|option| Some((option, gain(option)?)));
    let best = best.max_by(|(_, a), (_, b)| a.total_cmp(b));
    let best = best.map(|(option, _)| option);
    Ok(State {
        ending: ending.to_owned(),
        futures: rows.len(),
        best: best.unwrap_or(question.reference),
        options,
    })
}

#[cfg(test)]
mod tests {
    use super::super::judged::judge;
    use super::super::verdict::SMALL;
    use super::*;
    use crate::scenario::resolved::Better;

    #[test]
    fn the_best_depends_on_how_the_case_ends() {
        let [won, lost] = [Ending::ALL[0].name(), Ending::ALL[1].name()];
        let words = |words: [&str; 5]| words.map(str::to_owned).to_vec();
        let futures = Futures {
            runs: (0..5).collect(),
            left_out: 0,
            values: vec![vec![vec![0.0; 5]], vec![vec![9.0, 9.0, 9.0, -2.0, -4.0]]],
            endings: vec![words(["open"; 5]), words([won, won, "open", lost, lost])],
            ..Futures::default()
        };
        let question = Question {
            objective: 0,
            better: Better::Higher,
            tolerance: None,
            reference: 0,
            matters: SMALL,
        };
        let judged = judge(&futures, &question).unwrap().unwrap();
        assert_eq!(judged.best, 1);
        let states = states(&futures, &question, &judged).unwrap();
        let found: Vec<(usize, usize, f64)> = states
            .iter()
            .map(|s| (s.futures, s.best, s.options[1].unwrap().mean))
            .collect();
        assert_eq!(found, [(2, 1, 9.0), (2, 0, -3.0), (1, 1, 9.0)]);
        assert_eq!(states[2].ending, "open");
    }
}
