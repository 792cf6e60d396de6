//! What a model must do to be run many times.

use crate::result::{Layout, RunRows};

/// A model of one run. What `simulate` puts out may depend on the run's number and on
/// the simulator, and on nothing else: not on the worker's past, the thread or the time.
pub trait Simulator: Sync {
    /// State that one thread reuses from run to run.
    type Worker: Send;

    /// Names of everything that a run yields.
    fn layout(&self) -> &Layout;

    /// State for one more thread.
    ///
    /// # Errors
    /// Why it cannot be made.
    fn worker(&self) -> Result<Self::Worker, String>;

    /// Simulates one run into `output`, which is empty.
    ///
    /// # Errors
    /// [`RunFailure`]. A panic counts as a failure, and the worker is made anew.
    fn simulate(
        &self,
        worker: &mut Self::Worker,
        run: u32,
        output: &mut RunOutput,
    ) -> Result<(), RunFailure>;
}

/// Why a run has no rows.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RunFailure {
    /// It went wrong; the cause is kept.
    #[error("{0}")]
    Failed(String),
    /// The simulator saw the [`super::Interruption`] and gave the run up; it is done
    /// again when the job goes on.
    #[error("given up when asked to stop")]
    GivenUp,
}

/// What one run yields; buffers that a thread reuses.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RunOutput {
    /// Whether the run's path is to be filled in.
    pub keep_path: bool,
    /// Whether the run's events are to be filled in.
    pub keep_events: bool,
    /// Its rows.
    pub rows: RunRows,
    /// Series in the scenario's world, `series[key × dates + date]`; NaN is missing.
    pub series: Vec<f64>,
    /// The same in the baseline's world; empty unless paired.
    pub baseline_series: Vec<f64>,
}

impl RunOutput {
    /// Empties the buffers for another run and keeps their room.
    pub fn clear(&mut self, run: u32) {
        self.rows.clear(run);
        self.series.clear();
        self.baseline_series.clear();
    }
}
