//! Single runs in memory, at inputs of one's choice: what a calibration asks for again and
//! again.

use std::sync::{Mutex, PoisonError};

use super::simulator::RunOutput;
use super::worlds::{WorldSimulator, Worlds};
use crate::chance::Run;
use crate::result::RunRows;
use crate::result::guard::guarded;
use crate::scenario::resolved::InputId;

/// A simulator and the workers that are idle; shared by threads.
#[derive(Debug)]
pub struct Sample<'s> {
    simulator: WorldSimulator<'s>,
    idle: Mutex<Vec<Worlds<'s>>>,
}

impl<'s> Sample<'s> {
    /// Single runs of this simulator.
    #[must_use]
    pub fn new(simulator: WorldSimulator<'s>) -> Self {
        Self {
            simulator,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// The rows of a run with the luck of `run`, these inputs of the scenario being where
    /// these scores put them (`Scenario::draw_inputs_at`), in its baseline too. The answer
    /// depends on nothing else.
    ///
    /// # Errors
    /// Why the run failed.
    pub fn at(&self, run: Run, inputs: &[(InputId, f64)]) -> Result<RunRows, String> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let (worker, output) = guarded(|| {
            let mut worker = waiting.map_or_else(|| self.simulator.new_worlds(), Ok)?;
            let mut output = RunOutput::default();
            output.clear(run.0);
            let done = self
                .simulator
                .simulate_at(&mut worker, run, inputs, &mut output);
            done.map_err(|failure| failure.to_string())?;
            Ok::<_, String>((worker, output))
        })
        .and_then(|done| done)?;
        idle().push(worker);
        Ok(output.rows)
    }
}
