//! The rule by which an ensemble stops: when all that was asked for is known so surely.

use super::ask::{Ask, AskError, Known};
use crate::ensemble::StopRule;
use crate::measure::enough::{InARow, next_look};
use crate::result::{Identity, Layout, RunRows, UNTIL};
use crate::scenario::Scenario;

/// What a job was asked for, by its identity; nothing where it does all its runs.
///
/// # Errors
/// [`AskError`] for a scenario that has not what is asked for.
pub fn asked_of(identity: &Identity, scenario: &Scenario) -> Result<Vec<Ask>, AskError> {
    let Some(texts) = identity.arguments.get(UNTIL) else {
        return Ok(Vec::new());
    };
    Known::of(scenario, identity.baseline_digest.is_some())?.asks(texts.split(' '))
}

/// What is asked for, as it stands in a job's identity.
#[must_use]
pub fn argument(asks: &[Ask]) -> String {
    let texts: Vec<String> = asks.iter().map(ToString::to_string).collect();
    texts.join(" ")
}

/// The most runs of a job that ends by a rule, where nobody says: ten times those of the
/// scenario, with which a ± is a third.
#[must_use]
pub fn most_runs(scenario: &Scenario) -> u32 {
    const TIMES: u32 = 10;
    const MOST: u32 = 10_000_000;
    scenario.runs.saturating_mul(TIMES).min(MOST)
}

/// Looks at the metrics that are asked about, and keeps no others.
#[derive(Debug)]
pub struct PrecisionRule {
    columns: Vec<Column>,
    in_a_row: InARow,
}

#[derive(Debug)]
struct Column {
    ask: Ask,
    /// Place of the metric in the rows.
    at: usize,
    scenario: Vec<f64>,
    baseline: Option<Vec<f64>>,
}

impl PrecisionRule {
    /// The rule of what is asked for, over runs of this layout; metrics that it lacks are not
    /// asked about.
    #[must_use]
    pub fn new(asks: Vec<Ask>, layout: &Layout) -> Self {
        let column = |ask: Ask| {
            let name = &ask.of.metric.name;
            let at = layout.metrics.iter().position(|m| m.name == *name)?;
            Some(Column {
                ask,
                at,
                scenario: Vec::new(),
                baseline: layout.paired.then(Vec::new),
            })
        };
        Self {
            columns: asks.into_iter().filter_map(column).collect(),
            in_a_row: InARow::default(),
        }
    }
}

impl Column {
    /// What cannot be estimated is not known surely.
    fn holds(&self) -> bool {
        let estimate = self
            .ask
            .of
            .estimate(&self.scenario, self.baseline.as_deref());
        let estimate = estimate.ok().flatten();
        estimate.is_some_and(|estimate| self.ask.holds(&estimate))
    }
}

impl StopRule for PrecisionRule {
    fn next_look(&self, done: u32) -> u32 {
        next_look(done)
    }

    fn take(&mut self, rows: &RunRows) {
        for column in &mut self.columns {
            let value = |of: &[f64]| of.get(column.at).copied().unwrap_or(f64::NAN);
            column.scenario.push(value(&rows.metrics));
            if let Some(baseline) = &mut column.baseline {
                baseline.push(value(&rows.baseline_metrics));
            }
        }
    }

    fn enough(&mut self) -> bool {
        let narrow = self.columns.iter().all(Column::holds);
        self.in_a_row.look(narrow)
    }
}
