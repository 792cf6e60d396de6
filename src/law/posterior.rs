//! What a case's record tells of its latent merit.
//!
//! A case that lost before two courts is probably weaker than most. Its merit θ is drawn
//! from the density `φ(θ)·Π p(ruling | θ)` over the rulings of its history, by the inverse
//! of the distribution function on a fine grid. Without a history that is the standard
//! normal itself. A forced ruling is an intervention and teaches nothing, so a case has
//! the same merit in every world that shares its history.

use super::decision::is_decision;
use super::procedure::Procedure;
use super::quadrature::GRID_REACH;
use crate::chance::math::{exp, ln};
use crate::domain::NodeId;

/// Steps of the grid over merit, 1/16 wide.
const INTERVALS: usize = 256;
const STEP: f64 = 2.0 * GRID_REACH / INTERVALS as f64;

/// The density of a case's merit, up to a factor, as its logarithm on a grid.
#[derive(Clone, Debug)]
pub(super) struct Posterior {
    log_density: Vec<f64>,
    density: Vec<f64>,
    chances: Vec<f64>,
}

fn merit_at(point: usize) -> f64 {
    point as f64 * STEP - GRID_REACH
}

impl Posterior {
    pub(super) fn new() -> Self {
        Self {
            log_density: vec![0.0; INTERVALS + 1],
            density: vec![0.0; INTERVALS + 1],
            chances: Vec::new(),
        }
    }

    /// Forgets all rulings: the standard normal.
    pub(super) fn begin(&mut self) {
        for (point, value) in self.log_density.iter_mut().enumerate() {
            let theta = merit_at(point);
            *value = -0.5 * theta * theta;
        }
    }

    /// Learns that `node` was left by `outcome`, when all but merit moved the log-odds
    /// toward the provider by `shift`.
    pub(super) fn learn(
        &mut self,
        procedure: &Procedure<'_>,
        node: NodeId,
        outcome: usize,
        shift: f64,
    ) {
        if !is_decision(&procedure.court().nodes[node.index()].kind) {
            return;
        }
        for (point, value) in self.log_density.iter_mut().enumerate() {
            let score = procedure.loading() * merit_at(point) + shift;
            procedure.chances(node, score, None, &mut self.chances);
            // A ruling that the file holds impossible still happened: it says nothing.
            *value += ln(self.chances[outcome].max(1e-300));
        }
    }

    /// The merit below which a part `u` of the density lies; the density is taken as
    /// straight between the points of the grid.
    pub(super) fn quantile(&mut self, u: f64) -> f64 {
        let top = self
            .log_density
            .iter()
            .fold(f64::NEG_INFINITY, |t, v| t.max(*v));
        let mut total = 0.0;
        for (density, log) in self.density.iter_mut().zip(&self.log_density) {
            *density = exp(log - top);
            total += *density;
        }
        total -= 0.5 * (self.density[0] + self.density[INTERVALS]);
        let mut left = u * total;
        for point in 0..INTERVALS {
            let (here, next) = (self.density[point], self.density[point + 1]);
            let mass = 0.5 * (here + next);
            if left <= mass && mass > 0.0 {
                // here·x + (next − here)·x²/2 = left, in the form that is safe at equality.
                let root = (here * here + 2.0 * (next - here) * left).max(0.0).sqrt();
                let part = if left > 0.0 {
                    2.0 * left / (here + root)
                } else {
                    0.0
                };
                return merit_at(point) + STEP * part.clamp(0.0, 1.0);
            }
            left -= mass;
        }
        GRID_REACH
    }
}
