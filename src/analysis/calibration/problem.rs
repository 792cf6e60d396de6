//! What is calibrated: anything that can be simulated from inputs and luck, and held against
//! what was observed.

use serde::{Deserialize, Serialize};

use crate::chance::Run;

/// A simulator and what was observed of it.
pub trait Problem: Sync {
    /// How many inputs are calibrated, at least one.
    fn dimension(&self) -> usize;

    /// Simulates at these scores, one for each input and a priori independent standard
    /// normal, with the luck of this run. Equal arguments give equal answers, on any thread.
    fn evaluate(&self, scores: &[f64], luck: Run) -> Evaluated;
}

/// What came of one simulation.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Evaluated {
    /// ln of the likelihood of the observations; none where it is 0 because the simulation
    /// failed.
    pub log_likelihood: Option<f64>,
    /// What the problem wants to keep of it; none stands for a number that is missing.
    pub kept: Vec<Option<f64>>,
}
