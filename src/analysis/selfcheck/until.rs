//! Repeats of ensembles that end when something is known so surely: the interval at which they
//! end must hold the truth as often as one of so many futures does.

use super::draws::Draws;
use super::{shares, values};
use crate::chance::math;
use crate::measure::enough::{InARow, next_look};
use crate::measure::interval::Interval;
use crate::measure::paired_shares::PairedShares;
use crate::measure::quantile::quantile_of_sorted;
use crate::measure::stated;
use crate::measure::summary::Summary;

/// An estimate and its error; `None` where there is none.
type Stated<T> = fn(&[T]) -> Option<(f64, f64)>;

/// Futures by batches until the error is at most `width`, and at most `most`.
fn until<T>(
    draws: &mut Draws,
    most: u32,
    (value, stated): (fn(&mut Draws) -> T, Stated<T>),
    (width, truth): (f64, f64),
) -> Option<bool> {
    let (mut seen, mut values, mut row) = (0, Vec::new(), InARow::default());
    loop {
        let look = next_look(seen).min(most);
        values.extend((seen..look).map(|_| value(draws)));
        seen = look;
        let found = stated(&values);
        if row.look(found.is_some_and(|(_, error)| error <= width)) || seen == most {
            let (estimate, error) = found?;
            return Some(Interval::around(estimate, error).contains(truth));
        }
    }
}

fn share(values: &[bool]) -> Option<(f64, f64)> {
    let count = values.iter().filter(|yes| **yes).count();
    let estimate = count as f64 / values.len() as f64;
    let ends = stated::share(count as u64, values.len() as u64)?;
    Some((estimate, ends.reach_from(estimate)))
}

fn median(values: &[f64]) -> Option<(f64, f64)> {
    let summary = Summary::new(values).ok()?;
    Some((summary.p50?, stated::median_error(&summary)?))
}

fn mean(values: &[f64]) -> Option<(f64, f64)> {
    let summary = Summary::new(values).ok()?;
    Some((summary.mean?, stated::mean(&summary)?.half_width()))
}

fn p90(values: &[f64]) -> Option<(f64, f64)> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let estimate = quantile_of_sorted(&sorted, 0.9)?;
    let ends = stated::quantile(&sorted, 0.9)?;
    Some((estimate, ends.reach_from(estimate)))
}

fn difference(values: &[(bool, bool)]) -> Option<(f64, f64)> {
    let mut shares = PairedShares::default();
    values.iter().for_each(|(a, b)| shares.push(*a, *b));
    let estimate = shares.difference()?;
    let ends = stated::share_difference(&shares)?;
    Some((estimate, ends.reach_from(estimate)))
}

pub fn rare_share(draws: &mut Draws, most: u32) -> Option<bool> {
    let value = |draws: &mut Draws| draws.uniform() < 0.02;
    until(draws, most, (value, share), (0.01, 0.02))
}

pub fn third_share(draws: &mut Draws, most: u32) -> Option<bool> {
    let value = |draws: &mut Draws| draws.uniform() < 0.3;
    until(draws, most, (value, share), (0.03, 0.3))
}

pub fn median_of_lognormal(draws: &mut Draws, most: u32) -> Option<bool> {
    until(draws, most, (Draws::lognormal, median), (0.1, 1.0))
}

pub fn p90_of_lognormal(draws: &mut Draws, most: u32) -> Option<bool> {
    let truth = values::P90_OF_LOGNORMAL;
    until(draws, most, (Draws::lognormal, p90), (0.4, truth))
}

pub fn mean_of_differences(draws: &mut Draws, most: u32) -> Option<bool> {
    until(draws, most, (values::difference, mean), (0.1, 0.3))
}

pub fn mean_of_lognormal(draws: &mut Draws, most: u32) -> Option<bool> {
    until(draws, most, (Draws::lognormal, mean), (0.2, math::exp(0.5)))
}

pub fn apart(draws: &mut Draws, most: u32) -> Option<bool> {
    let (pair, truth) = shares::APART;
    until(draws, most, (pair, difference), (0.05, truth))
}
