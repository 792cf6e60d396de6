//! How many futures each option is given, where there are to be no more than it takes.
//!
//! Options that lie far behind need few futures to be told so, those near the best many. After
//! a first stage of [`FIRST_LOOK`] futures under every option, those of a round are allocated
//! so that each wrong choice becomes about equally unlikely (optimal computing budget
//! allocation: Chen & Lee 2011, 3.4),
//!
//! ```text
//! N_i ∝ (σ_i / max(|δ_i|, w))²,   N_b = max N_i
//! ```
//!
//! with δ_i and σ_i the mean and standard deviation of the paired difference of option i to the
//! best, b: futures are the same under each option, so that what varies is the difference alone,
//! and futures of i count only as far as b has them. w is a difference that matters: one known
//! to be smaller need not be told apart. Futures are never taken back, a round adds an eighth,
//! in whole batches, and it depends on what the futures so far came to and on nothing else.

use super::judged::Judged;
use super::verdict::runner_up;
use crate::measure::enough::{BATCH, FIRST_LOOK};

/// A round adds at least this part of the futures there are.
const PART_OF_A_ROUND: u64 = 8;

/// How many futures of each option there are at first.
#[must_use]
pub fn first_stage(options: usize, most: u32) -> Vec<u32> {
    vec![FIRST_LOOK.min(most); options]
}

/// How many of each there are to be next, having `done` so many; nothing where more of those
/// that are not settled yet are not allowed.
#[must_use]
pub fn next_round(judged: &Judged, done: &[u32], most: u32) -> Option<Vec<u32>> {
    let weights = weights(judged);
    let total: f64 = weights.iter().sum();
    let so_far: u64 = done.iter().map(|&n| u64::from(n)).sum();
    let batch = u64::from(BATCH);
    let least = batch * done.len() as u64;
    let to_come = so_far + least.max(so_far / PART_OF_A_ROUND / batch * batch);
    let share = |weight: f64| {
        let share = to_come as f64 * weight / total / f64::from(BATCH);
        // A float cast saturates.
        (share.ceil() as u32).saturating_mul(BATCH).min(most)
    };
    let mut next: Vec<u32> = if total > 0.0 {
        let given = weights.iter().zip(done);
        given.map(|(&weight, &n)| share(weight).max(n)).collect()
    } else {
        done.to_vec()
    };
    let all = next.iter().copied().max().unwrap_or(0);
    next[judged.best] = all.max(next[judged.best]);
    if next == done {
        next = one_more_batch(judged, done, most);
    }
    (next != done).then_some(next)
}

/// Where shares are below what there is, a batch of the options that are not told apart.
fn one_more_batch(judged: &Judged, done: &[u32], most: u32) -> Vec<u32> {
    let mut next = done.to_vec();
    for option in 0..done.len() {
        let settled = judged.options[option]
            .behind_best
            .is_some_and(|behind| behind.excludes_zero());
        if option != judged.best && !settled {
            next[option] = done[option].saturating_add(BATCH).min(most);
        }
    }
    let all = next.iter().copied().max().unwrap_or(0);
    next[judged.best] = all.max(next[judged.best]);
    next
}

/// Twice as many of the best and the runner-up, where fresh futures did not say so too; nothing
/// where that is not allowed.
#[must_use]
pub fn after_doubt(judged: &Judged, done: &[u32], most: u32) -> Option<Vec<u32>> {
    let mut next = done.to_vec();
    let twice = fresh(judged, done).saturating_mul(2).min(most);
    for option in [judged.best, runner_up(judged)?] {
        next[option] = next[option].max(twice);
    }
    (next != done).then_some(next)
}

/// Fresh futures by which the best is held against the runner-up: as many as both have.
#[must_use]
pub fn fresh(judged: &Judged, done: &[u32]) -> u32 {
    let second = runner_up(judged).unwrap_or(judged.best);
    done[judged.best].min(done[second])
}

/// Of each option but the best (σ/max(δ, w))², of the best the largest of them.
fn weights(judged: &Judged) -> Vec<f64> {
    let of = |option: usize| {
        let behind = judged.options[option].behind_best?;
        let apart = behind.mean.abs().max(judged.matters.unwrap_or(0.0));
        let ratio = behind.sd? / apart;
        ratio.is_finite().then_some(ratio * ratio)
    };
    let known: Vec<Option<f64>> = (0..judged.options.len()).map(of).collect();
    // Of what nothing is known as much is tried as of what needs most.
    let largest = known.iter().flatten().copied().fold(0.0, f64::max);
    let others = known.iter().enumerate();
    others
        .map(|(option, weight)| match weight {
            Some(weight) if option != judged.best => *weight,
            _ => largest,
        })
        .collect()
}

#[cfg(test)]
mod tests;
