//! Repeats for shares and for differences of shares over the same futures: the ends of the
//! interval, and what is printed, the estimate ± the distance to the farther of them.

use super::draws::Draws;
use crate::measure::interval::Interval;
use crate::measure::paired_shares::PairedShares;
use crate::measure::stated;

fn share(draws: &mut Draws, runs: u32, truth: f64, printed: bool) -> Option<bool> {
    let count = (0..runs).filter(|_| draws.uniform() < truth).count() as u64;
    let ends = stated::share(count, u64::from(runs))?;
    let estimate = count as f64 / f64::from(runs);
    Some(stated_as(ends, estimate, printed).contains(truth))
}

fn stated_as(ends: Interval, estimate: f64, printed: bool) -> Interval {
    if printed {
        Interval::around(estimate, ends.reach_from(estimate))
    } else {
        ends
    }
}

pub fn half_around(draws: &mut Draws, runs: u32) -> Option<bool> {
    share(draws, runs, 0.5, true)
}

pub fn half_within(draws: &mut Draws, runs: u32) -> Option<bool> {
    share(draws, runs, 0.5, false)
}

pub fn third_around(draws: &mut Draws, runs: u32) -> Option<bool> {
    share(draws, runs, 0.3, true)
}

pub fn third_within(draws: &mut Draws, runs: u32) -> Option<bool> {
    share(draws, runs, 0.3, false)
}

pub fn rare_around(draws: &mut Draws, runs: u32) -> Option<bool> {
    share(draws, runs, 0.02, true)
}

pub fn rare_within(draws: &mut Draws, runs: u32) -> Option<bool> {
    share(draws, runs, 0.02, false)
}

pub fn very_rare_around(draws: &mut Draws, runs: u32) -> Option<bool> {
    share(draws, runs, 0.005, true)
}

pub fn very_rare_within(draws: &mut Draws, runs: u32) -> Option<bool> {
    share(draws, runs, 0.005, false)
}

/// Whether something happens in a future, in the first world and in the second.
pub type Pair = fn(&mut Draws) -> (bool, bool);

fn difference(
    draws: &mut Draws,
    runs: u32,
    (pair, truth): (Pair, f64),
    printed: bool,
) -> Option<bool> {
    let mut shares = PairedShares::default();
    for _ in 0..runs {
        let (first, second) = pair(draws);
        shares.push(first, second);
    }
    let ends = stated::share_difference(&shares)?;
    Some(stated_as(ends, shares.difference()?, printed).contains(truth))
}

/// Shares .15 and .09, of which .08 happen in both.
const COMMON: (Pair, f64) = (
    |draws| {
        let u = draws.uniform();
        (u < 0.15, (0.07..0.16).contains(&u))
    },
    0.06,
);

/// Shares .4 and .3 with nothing in common.
pub const APART: (Pair, f64) = (|draws| (draws.uniform() < 0.4, draws.uniform() < 0.3), 0.1);

/// Shares .02 and .01, of which the second only happens where the first does.
const NESTED: (Pair, f64) = (
    |draws| {
        let u = draws.uniform();
        (u < 0.02, u < 0.01)
    },
    0.01,
);

pub fn common_around(draws: &mut Draws, runs: u32) -> Option<bool> {
    difference(draws, runs, COMMON, true)
}

pub fn common_within(draws: &mut Draws, runs: u32) -> Option<bool> {
    difference(draws, runs, COMMON, false)
}

pub fn apart_around(draws: &mut Draws, runs: u32) -> Option<bool> {
    difference(draws, runs, APART, true)
}

pub fn apart_within(draws: &mut Draws, runs: u32) -> Option<bool> {
    difference(draws, runs, APART, false)
}

pub fn nested_around(draws: &mut Draws, runs: u32) -> Option<bool> {
    difference(draws, runs, NESTED, true)
}

pub fn nested_within(draws: &mut Draws, runs: u32) -> Option<bool> {
    difference(draws, runs, NESTED, false)
}
