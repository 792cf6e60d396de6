//! Repeats for medians, means, spreads and quantiles of a series.

use super::draws::Draws;
use crate::chance::math;
use crate::chance::quantile::poisson;
use crate::measure::accumulator::SeriesAccumulator;
use crate::measure::crossing::At;
use crate::measure::grid::Grid;
use crate::measure::interval::Interval;
use crate::measure::quantile::{RankCache, quantile_of_sorted};
use crate::measure::series::Span;
use crate::measure::stated;
use crate::measure::summary::Summary;

fn summary(draws: &mut Draws, runs: u32, value: fn(&mut Draws) -> f64) -> Option<Summary> {
    let values: Vec<f64> = (0..runs).map(|_| value(draws)).collect();
    Summary::new(&values).ok()
}

fn median(found: &Summary, truth: f64) -> Option<bool> {
    let around = Interval::around(found.p50?, stated::median_error(found)?);
    Some(around.contains(truth))
}

pub fn median_of_lognormal(draws: &mut Draws, runs: u32) -> Option<bool> {
    median(&summary(draws, runs, Draws::lognormal)?, 1.0)
}

/// P(X > x) = 1/√x: the median is 4, the mean infinite.
pub fn median_of_pareto(draws: &mut Draws, runs: u32) -> Option<bool> {
    // Values beyond what can be summed are refused by the program, so they are cut off here.
    let value = |draws: &mut Draws| draws.pareto(0.5).min(1e15);
    median(&summary(draws, runs, value)?, 4.0)
}

pub fn median_of_counts(draws: &mut Draws, runs: u32) -> Option<bool> {
    let value = |draws: &mut Draws| poisson(draws.uniform(), 3.0) as f64;
    median(&summary(draws, runs, value)?, 3.0)
}

/// e^1.2816
pub const P90_OF_LOGNORMAL: f64 = 3.602_224_479_279_158;

fn quantile(draws: &mut Draws, runs: u32, p: f64, truth: f64) -> Option<bool> {
    let mut values: Vec<f64> = (0..runs).map(|_| draws.lognormal()).collect();
    values.sort_unstable_by(f64::total_cmp);
    let found = quantile_of_sorted(&values, p)?;
    let error = stated::quantile(&values, p)?.reach_from(found);
    Some(Interval::around(found, error).contains(truth))
}

pub fn p10_of_lognormal(draws: &mut Draws, runs: u32) -> Option<bool> {
    quantile(draws, runs, 0.1, 1.0 / P90_OF_LOGNORMAL)
}

pub fn p90_of_lognormal(draws: &mut Draws, runs: u32) -> Option<bool> {
    quantile(draws, runs, 0.9, P90_OF_LOGNORMAL)
}

fn mean(draws: &mut Draws, runs: u32, value: fn(&mut Draws) -> f64, truth: f64) -> Option<bool> {
    let found = summary(draws, runs, value)?;
    Some(stated::mean(&found)?.contains(truth))
}

/// Two worlds with most of their luck in common; the true difference is 0.3.
pub fn difference(draws: &mut Draws) -> f64 {
    let common = 5.0 * draws.normal();
    let with = common + 0.3 + draws.normal();
    let without = common + draws.normal();
    with - without
}

pub fn mean_of_differences(draws: &mut Draws, runs: u32) -> Option<bool> {
    mean(draws, runs, difference, 0.3)
}

pub fn mean_of_exponential(draws: &mut Draws, runs: u32) -> Option<bool> {
    mean(draws, runs, Draws::exponential, 1.0)
}

pub fn mean_of_lognormal(draws: &mut Draws, runs: u32) -> Option<bool> {
    mean(draws, runs, Draws::lognormal, math::exp(0.5))
}

/// Nothing in 19 of 20 futures, 1 in the other.
pub fn mean_of_rare_effect(draws: &mut Draws, runs: u32) -> Option<bool> {
    let value = |draws: &mut Draws| f64::from(u8::from(draws.uniform() < 0.05));
    mean(draws, runs, value, 0.05)
}

/// P(X > x) = x^−1.5: mean 3, variance infinite.
pub fn mean_of_pareto(draws: &mut Draws, runs: u32) -> Option<bool> {
    mean(draws, runs, |draws| draws.pareto(1.5), 3.0)
}

/// Whether one more value lies between the 10th and the 90th percentile.
fn next(draws: &mut Draws, runs: u32, value: fn(&mut Draws) -> f64) -> Option<bool> {
    let (low, high) = stated::spread(&summary(draws, runs, value)?)?;
    Some(Interval { low, high }.contains(value(draws)))
}

pub fn next_of_lognormal(draws: &mut Draws, runs: u32) -> Option<bool> {
    next(draws, runs, Draws::lognormal)
}

pub fn next_of_pareto(draws: &mut Draws, runs: u32) -> Option<bool> {
    next(draws, runs, |draws| draws.pareto(1.5))
}

pub fn p05_of_series(draws: &mut Draws, runs: u32) -> Option<bool> {
    series_quantile(draws, runs, 0.05)
}

pub fn p50_of_series(draws: &mut Draws, runs: u32) -> Option<bool> {
    series_quantile(draws, runs, 0.5)
}

pub fn p95_of_series(draws: &mut Draws, runs: u32) -> Option<bool> {
    series_quantile(draws, runs, 0.95)
}

/// A normal on a grid of 0.01; an end that is not there is infinitely far. The ends are good
/// to half a step, which the file says.
fn series_quantile(draws: &mut Draws, runs: u32, p: f64) -> Option<bool> {
    let grid = Grid::linear(-8.0, 8.0, 1601).ok()?;
    let mut series = SeriesAccumulator::new(vec![Span { grid, cells: 1 }]);
    for _ in 0..runs {
        series.push_run(&[draws.normal()]).ok()?;
    }
    let cell = series.series().cell(0)?;
    let mut ranks = RankCache::new(stated::CONFIDENCE);
    let (low, high) = stated::series_quantile(&cell, p, &mut ranks);
    let (truth, off) = (math::normal_quantile(p), grid.error().absolute);
    let holds = low.is_none_or(|low| low <= truth + off) && high.is_none_or(|h| h >= truth - off);
    (low.is_some() || high.is_some()).then_some(holds)
}

/// Looked at in 0, 1/8 … 1, the same futures at each; an end that is not there is infinitely
/// far.
fn crossing(values: &[Vec<f64>], truth: f64) -> Option<bool> {
    let points = values.iter().enumerate().map(|(at, values)| {
        let summary = Summary::new(values).ok()?;
        let interval = stated::mean(&summary)?;
        Some(At {
            x: at as f64 / 8.0,
            mean: summary.mean?,
            ends: (interval.low, interval.high),
        })
    });
    let found = stated::crossing(&points.collect::<Option<Vec<_>>>()?)?;
    let low = found.low.is_none_or(|low| low <= truth);
    Some(low && found.high.is_none_or(|high| high >= truth))
}

/// The difference is 0.5 − x, and a normal luck of 1 in each future that x does not move.
pub fn crossing_of_a_line(draws: &mut Draws, runs: u32) -> Option<bool> {
    let luck: Vec<f64> = (0..runs).map(|_| draws.normal()).collect();
    let at = |x: f64| luck.iter().map(|luck| 0.5 - x + luck).collect();
    let values: Vec<Vec<f64>> = (0..9_u32).map(|k| at(f64::from(k) / 8.0)).collect();
    crossing(&values, 0.5)
}

/// The difference is 1 − s·(x + x²)/0.75 with a slope s of mean 1 in each future: zero on
/// average at x = 1/2.
pub fn crossing_of_a_curve(draws: &mut Draws, runs: u32) -> Option<bool> {
    let slopes: Vec<f64> = (0..runs).map(|_| draws.exponential()).collect();
    let at = |x: f64| {
        let bent = (x + x * x) / 0.75;
        slopes.iter().map(|slope| 1.0 - slope * bent).collect()
    };
    let values: Vec<Vec<f64>> = (0..9_u32).map(|k| at(f64::from(k) / 8.0)).collect();
    crossing(&values, 0.5)
}
