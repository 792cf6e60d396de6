//! One set of simulated futures, as the observations see them.

use crate::analysis::observing::{Seen, seen};
use crate::chance::{Run, Seed};
use crate::result::{Opened, ResultError};
use crate::scenario::Scenario;

/// What would have been observed in each future.
#[derive(Clone, PartialEq, Debug)]
pub struct Futures {
    /// For each observation of the scenario, what it would have been in each future; `None`
    /// where the future has no such value.
    pub seen: Vec<Vec<Option<Seen>>>,
    /// Futures that failed, which are in no row.
    pub failed: u32,
}

impl Futures {
    /// Reads the futures of `scenario` from their result.
    ///
    /// # Errors
    /// [`ResultError`] when a table cannot be read or is damaged.
    pub fn read(result: &Opened, scenario: &Scenario) -> Result<Self, ResultError> {
        let files = result.files();
        let identity = &result.manifest.identity;
        let runs = files.numbers("runs", "run")?;
        let draws: Vec<_> = runs
            .iter()
            .map(|&run| scenario.draw_inputs(Seed(identity.seed), Run(run as u32)))
            .collect();
        let mut all = Vec::with_capacity(scenario.observations.len());
        for observation in &scenario.observations {
            let name = &scenario.metrics[observation.metric.0].name;
            let values = files.numbers("runs", &format!("out_{name}"))?;
            let baseline = if observation.against_baseline && identity.baseline_digest.is_some() {
                Some(files.numbers("runs", &format!("base_{name}"))?)
            } else {
                None
            };
            let rows = values.iter().zip(&draws).enumerate();
            let one = rows.map(|(row, (&value, draw))| {
                let baseline = baseline.as_ref().map(|values| values[row]);
                seen(scenario, observation, (value, baseline), draw)
            });
            all.push(one.collect());
        }
        Ok(Self {
            seen: all,
            failed: result.manifest.runs_failed,
        })
    }

    /// How many futures there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.seen.first().map_or(0, Vec::len)
    }
}
