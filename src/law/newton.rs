//! The log-odds that give a decision its marginal chances over a distribution of merit.
//!
//! For a ruling this is the maximum-likelihood equation of a multinomial logit with an
//! offset: the gradient of a convex function, so Newton steps, halved where they would
//! raise the error, find the one root. A vote has one unknown and its chance rises with
//! it, so Newton steps are kept inside a shrinking bracket.

use super::decision::{carried_outcome, decision_chances, majority, vote_direction};
use super::linear::solve_in_place;
use crate::chance::math::{ln, logistic};
use crate::scenario::resolved::{Node, NodeKind};

const ROUNDS: usize = 200;
/// Log-odds beyond which nothing is sought.
const FARTHEST: f64 = 500.0;

/// Room for the steps, kept from run to run.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    chances: Vec<f64>,
    error: Vec<f64>,
    step: Vec<f64>,
    hessian: Vec<f64>,
    trial: Vec<f64>,
    /// Outcomes whose intercept is sought: those with a chance, less one of reference.
    free: Vec<usize>,
}

/// Intercepts that are right where merit does not matter.
pub(super) fn start(node: &Node, marginals: &[f64], intercepts: &mut [f64]) {
    for (intercept, &chance) in intercepts.iter_mut().zip(marginals) {
        *intercept = if chance > 0.0 {
            ln(chance)
        } else {
            f64::NEG_INFINITY
        };
    }
    if let NodeKind::Vote { .. } = node.kind {
        let carried = carried_outcome(node);
        let chance = marginals[carried];
        intercepts[1 - carried] = 0.0;
        intercepts[carried] = match chance {
            0.0 => f64::NEG_INFINITY,
            1.0.. => f64::INFINITY,
            _ => 0.0,
        };
    }
}

/// Moves `intercepts` so that the mean chances over `weights` (merit whose contributions
/// to the log-odds are `scores`) are `marginals`. False when they cannot be met.
pub(super) fn solve_decision(
    node: &Node,
    marginals: &[f64],
    weights: &[f64],
    scores: &[f64],
    intercepts: &mut [f64],
    room: &mut Scratch,
) -> bool {
    if let NodeKind::Vote { judges } = node.kind {
        let carried = carried_outcome(node);
        let direction = vote_direction(node);
        let intercept = &mut intercepts[carried];
        let merit = weights
            .iter()
            .copied()
            .zip(scores.iter().map(|s| direction * s));
        return !intercept.is_finite() || solve_vote(judges, marginals[carried], merit, intercept);
    }
    let reference = (0..marginals.len()).fold(0, |best, o| {
        if marginals[o] > marginals[best] {
            o
        } else {
            best
        }
    });
    room.free.clear();
    room.free
        .extend((0..marginals.len()).filter(|&o| o != reference && marginals[o] > 0.0));
    if room.free.is_empty() {
        return true;
    }
    let question = Question {
        node,
        marginals,
        weights,
        scores,
    };
    solve_ruling(&question, intercepts, room)
}

struct Question<'a> {
    node: &'a Node,
    marginals: &'a [f64],
    weights: &'a [f64],
    scores: &'a [f64],
}

fn solve_ruling(question: &Question<'_>, intercepts: &mut [f64], room: &mut Scratch) -> bool {
    let mut error = look(question, intercepts, room);
    for _ in 0..ROUNDS {
        if error <= 1e-14 {
            return true;
        }
        room.step.clone_from(&room.error);
        if !solve_in_place(&mut room.hessian, &mut room.step) {
            break;
        }
        room.trial.clear();
        room.trial.extend_from_slice(intercepts);
        let longest = room.step.iter().fold(0.0f64, |l, s| l.max(s.abs()));
        let mut factor = (8.0 / longest).min(1.0);
        let better = loop {
            for (position, &o) in room.free.iter().enumerate() {
                intercepts[o] = room.trial[o] - factor * room.step[position];
            }
            let found = look(question, intercepts, room);
            if found < error {
                break Some(found);
            }
            factor *= 0.5;
            if factor < 1e-6 {
                intercepts.copy_from_slice(&room.trial);
                break None;
            }
        };
        match better {
            Some(found) => error = found,
            None => break,
        }
    }
    // Steps that no longer help have met the rounding of the sums.
    error <= 1e-12
}

/// Fills error (mean chance less marginal) and Hessian of the free outcomes; returns the
/// length of the error.
fn look(question: &Question<'_>, intercepts: &[f64], room: &mut Scratch) -> f64 {
    let size = room.free.len();
    room.chances.resize(intercepts.len(), 0.0);
    room.error.clear();
    room.error
        .extend(room.free.iter().map(|&o| -question.marginals[o]));
    room.hessian.clear();
    room.hessian.resize(size * size, 0.0);
    for (&weight, &score) in question.weights.iter().zip(question.scores) {
        if weight < 1e-20 {
            continue;
        }
        decision_chances(question.node, intercepts, score, &mut room.chances);
        for (row, &o) in room.free.iter().enumerate() {
            let flow = weight * room.chances[o];
            room.error[row] += flow;
            room.hessian[row * size + row] += flow;
            for (column, &other) in room.free.iter().enumerate() {
                room.hessian[row * size + column] -= flow * room.chances[other];
            }
        }
    }
    room.error.iter().map(|e| e * e).sum::<f64>().sqrt()
}

fn solve_vote(
    judges: u32,
    marginal: f64,
    merit: impl Iterator<Item = (f64, f64)> + Clone,
    intercept: &mut f64,
) -> bool {
    let (mut low, mut high) = (-FARTHEST, FARTHEST);
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let (mut chance, mut slope) = (0.0, 0.0);
        for (weight, score) in merit.clone().filter(|&(weight, _)| weight >= 1e-20) {
            let vote = logistic(*intercept + score);
            chance += weight * majority(judges, vote);
            slope += weight * majority_slope(judges, vote);
        }
        let error = chance - marginal;
        best = best.min(error.abs());
        if error.abs() <= 1e-15 || high - low <= 1e-15 * high.abs().max(1.0) {
            break;
        }
        if error > 0.0 {
            high = *intercept;
        } else {
            low = *intercept;
        }
        let newton = *intercept - error / slope;
        let inside = newton > low && newton < high;
        *intercept = if inside { newton } else { 0.5 * (low + high) };
    }
    best <= 1e-12
}

/// Derivative of [`majority`] by the log-odds of a vote: for the least majority k of n,
/// `n·C(n−1, k−1)·q^k·(1−q)^(n−k+1)`.
fn majority_slope(judges: u32, vote: f64) -> f64 {
    let least = judges / 2 + 1;
    let against = 1.0 - vote;
    let mut product = f64::from(least) * against;
    for i in 0..least {
        product *= vote * f64::from(judges - i) / f64::from(i + 1);
    }
    for _ in 0..judges - least {
        product *= against;
    }
    product
}
