//! Repeats for times to an end, seen only up to a horizon. All last Exp(1).

use super::draws::Draws;
use crate::measure::interval::Interval;
use crate::measure::stated;
use crate::measure::survival::{KaplanMeier, Spell};

/// A fifth last longer: ln 5.
const LATE: f64 = 1.609_437_912_434_100_3;

/// 45 % last longer: −ln 0.45.
const EARLY: f64 = 0.798_507_696_217_771_6;

fn curve(draws: &mut Draws, runs: u32, horizon: f64) -> Option<KaplanMeier> {
    let spells: Vec<Spell> = (0..runs)
        .map(|_| draws.exponential())
        .map(|time| Spell {
            duration: time.min(horizon),
            outcome: (time <= horizon).then_some(0),
        })
        .collect();
    KaplanMeier::new(&spells).ok()
}

fn median_until(draws: &mut Draws, runs: u32, horizon: f64) -> Option<bool> {
    let curve = curve(draws, runs, horizon)?;
    let around = Interval::around(curve.median()?, stated::median_time_error(&curve)?);
    Some(around.contains(std::f64::consts::LN_2))
}

pub fn median(draws: &mut Draws, runs: u32) -> Option<bool> {
    median_until(draws, runs, LATE)
}

pub fn median_cut_short(draws: &mut Draws, runs: u32) -> Option<bool> {
    median_until(draws, runs, EARLY)
}

/// Whether one more time lies between those of 1 in 10 and 9 in 10; `over the horizon` is any
/// time beyond it.
fn next_until(draws: &mut Draws, runs: u32, horizon: f64) -> Option<bool> {
    let (low, high) = stated::spread_of_times(&curve(draws, runs, horizon)?)?;
    let time = draws.exponential();
    let after = low.map_or(time > horizon, |low| time >= low);
    Some(after && high.is_none_or(|high| time <= high))
}

pub fn next(draws: &mut Draws, runs: u32) -> Option<bool> {
    next_until(draws, runs, f64::INFINITY)
}

pub fn next_cut_short(draws: &mut Draws, runs: u32) -> Option<bool> {
    next_until(draws, runs, LATE)
}
