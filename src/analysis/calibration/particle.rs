//! Particles, and a generation of them: all that the sampler needs to go on.

use serde::{Deserialize, Serialize};

use super::problem::Evaluated;

/// Inputs and luck, and what came of them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Particle {
    /// Scores of the inputs: standard normal a priori.
    pub scores: Vec<f64>,
    /// The number of the run whose luck it has.
    pub luck: u32,
    /// What came of them.
    pub evaluated: Evaluated,
}

/// All particles, equally weighted, at one β.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Generation {
    /// The power of the likelihood that they follow: 0 is the prior, 1 the posterior.
    pub beta: f64,
    /// The particles.
    pub particles: Vec<Particle>,
    /// How each generation was reached, the prior first.
    pub passages: Vec<Passage>,
}

/// How a generation was reached from the one before it.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Passage {
    /// Its β.
    pub beta: f64,
    /// Effective number of particles before they were resampled.
    pub effective: f64,
    /// ln of the mean weight: its part of ln evidence.
    pub log_evidence: f64,
    /// Walks of each particle.
    pub walks: u32,
    /// Share of them accepted.
    pub walks_accepted: f64,
    /// Refreshes of each particle.
    pub refreshes: u32,
    /// Share of them accepted.
    pub refreshes_accepted: f64,
    /// Simulations made.
    pub simulations: u64,
    /// Of them, those that failed.
    pub failed: u64,
}

impl Generation {
    /// Whether these are the posterior.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.beta >= 1.0
    }

    /// Its number, from 0 for the prior.
    #[must_use]
    pub fn number(&self) -> usize {
        self.passages.len().saturating_sub(1)
    }

    /// ln of the evidence so far.
    #[must_use]
    pub fn log_evidence(&self) -> f64 {
        self.passages.iter().map(|p| p.log_evidence).sum()
    }
}
