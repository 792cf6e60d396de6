//! How merit moves one decision: the chance of each outcome of a ruling or a vote.

use crate::chance::math::{exp, logistic};
use crate::scenario::resolved::{Node, NodeKind, Outcome};

/// Does merit move the outcome of such a node?
pub(super) fn is_decision(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Ruling | NodeKind::Vote { .. })
}

/// The chances of a ruling or vote with these intercepts, for a case of merit `score`.
///
/// A ruling is a multinomial logit in which an outcome for the provider loads +score/2,
/// one for the government −score/2, so that of two opposed outcomes the provider's has
/// `logit p = b + score`. A vote is a majority of judges who each have that logit.
pub(super) fn decision_chances(node: &Node, intercepts: &[f64], score: f64, out: &mut [f64]) {
    if let NodeKind::Vote { judges } = node.kind {
        let carried = carried_outcome(node);
        let vote = logistic(intercepts[carried] + vote_direction(node) * score);
        let chance = match intercepts[carried] {
            f64::NEG_INFINITY => 0.0,
            f64::INFINITY => 1.0,
            _ => majority(judges, vote),
        };
        out[carried] = chance;
        out[1 - carried] = 1.0 - chance;
        return;
    }
    let mut top = f64::NEG_INFINITY;
    for (o, outcome) in node.outcomes.iter().enumerate() {
        out[o] = intercepts[o] + half_direction(outcome) * score;
        top = top.max(out[o]);
    }
    let mut total = 0.0;
    for value in out.iter_mut() {
        *value = exp(*value - top);
        total += *value;
    }
    for value in out.iter_mut() {
        *value /= total;
    }
}

fn half_direction(outcome: &Outcome) -> f64 {
    outcome
        .favours
        .map_or(0.0, |party| -0.5 * party.reach_sign())
}

/// The outcome of a vote that needs a majority.
pub(super) fn carried_outcome(node: &Node) -> usize {
    usize::from(node.outcomes[0].tie)
}

/// +1 when the outcome that needs a majority is the provider's, −1 when the government's.
pub(super) fn vote_direction(node: &Node) -> f64 {
    let carried = carried_outcome(node);
    let half =
        half_direction(&node.outcomes[carried]) - half_direction(&node.outcomes[1 - carried]);
    half.signum() * f64::from(u8::from(half != 0.0))
}

/// Chance that more than half of `judges` independent votes, each with chance `vote`,
/// are cast for a motion.
pub(super) fn majority(judges: u32, vote: f64) -> f64 {
    if vote <= 0.0 || vote >= 1.0 {
        return vote.clamp(0.0, 1.0);
    }
    let against = 1.0 - vote;
    let mut term = (0..judges).fold(1.0, |product, _| product * vote);
    let mut sum = 0.0;
    for for_it in (judges / 2 + 1..=judges).rev() {
        sum += term;
        let left = f64::from(judges - for_it + 1);
        term *= f64::from(for_it) / left * (against / vote);
    }
    sum.min(1.0)
}
