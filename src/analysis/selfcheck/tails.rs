//! Repeats for what is lost in the worst futures and years.

use super::draws::Draws;
use crate::chance::math;
use crate::measure::stated;
use crate::measure::tail::{ByYear, Tail};

type Law = fn(&mut Draws) -> f64;

fn tail(draws: &mut Draws, runs: u32, loss: Law) -> Option<Tail> {
    let losses: Vec<f64> = (0..runs).map(|_| loss(draws)).collect();
    Tail::new(&losses).ok()
}

/// Lognormal with median 1, whose logarithm has standard deviation 1.5.
fn heavy(draws: &mut Draws) -> f64 {
    math::exp(1.5 * draws.normal())
}

/// Nothing in nine of ten futures, lognormal in the other.
fn rare(draws: &mut Draws) -> f64 {
    let (chance, loss) = (draws.uniform(), draws.lognormal());
    if chance < 0.1 { loss } else { 0.0 }
}

/// The mean beyond the level of a lognormal with this σ.
fn mean_beyond_lognormal(level: f64, sigma: f64) -> f64 {
    let z = math::normal_quantile(level);
    math::exp(sigma * sigma / 2.0) * math::normal_cdf(sigma - z) / (1.0 - level)
}

fn at_risk(draws: &mut Draws, runs: u32, level: f64, law: Law, truth: f64) -> Option<bool> {
    let tail = tail(draws, runs, law)?;
    Some(stated::value_at_risk(&tail, level)?.contains(truth))
}

pub fn at_risk_of_normal(draws: &mut Draws, runs: u32) -> Option<bool> {
    let truth = math::normal_quantile(0.95);
    at_risk(draws, runs, 0.95, Draws::normal, truth)
}

pub fn at_risk_of_lognormal(draws: &mut Draws, runs: u32) -> Option<bool> {
    let truth = math::exp(1.5 * math::normal_quantile(0.99));
    at_risk(draws, runs, 0.99, heavy, truth)
}

/// P(X > x) = x^−1.5.
pub fn at_risk_of_pareto(draws: &mut Draws, runs: u32) -> Option<bool> {
    let truth = math::pow(0.01, -1.0 / 1.5);
    at_risk(draws, runs, 0.99, |draws| draws.pareto(1.5), truth)
}

fn mean_beyond(draws: &mut Draws, runs: u32, level: f64, law: Law, truth: f64) -> Option<bool> {
    let tail = tail(draws, runs, law)?;
    Some(stated::tail_mean(&tail, level)?.contains(truth))
}

/// φ(z) / (1 − a) with z at a = 0.95.
pub fn mean_beyond_of_normal(draws: &mut Draws, runs: u32) -> Option<bool> {
    mean_beyond(draws, runs, 0.95, Draws::normal, 2.062_712_807_507_426)
}

pub fn mean_beyond_95_of_lognormal(draws: &mut Draws, runs: u32) -> Option<bool> {
    let truth = mean_beyond_lognormal(0.95, 1.5);
    mean_beyond(draws, runs, 0.95, heavy, truth)
}

pub fn mean_beyond_99_of_lognormal(draws: &mut Draws, runs: u32) -> Option<bool> {
    let truth = mean_beyond_lognormal(0.99, 1.5);
    mean_beyond(draws, runs, 0.99, heavy, truth)
}

/// Half of the futures with a loss are beyond.
pub fn mean_beyond_of_rare(draws: &mut Draws, runs: u32) -> Option<bool> {
    let truth = mean_beyond_lognormal(0.5, 1.0);
    mean_beyond(draws, runs, 0.95, rare, truth)
}

fn mean_beyond_of_pareto(draws: &mut Draws, runs: u32, law: Law, shape: f64) -> Option<bool> {
    let truth = shape / (shape - 1.0) * math::pow(0.05, -1.0 / shape);
    mean_beyond(draws, runs, 0.95, law, truth)
}

pub fn mean_beyond_of_light_pareto(draws: &mut Draws, runs: u32) -> Option<bool> {
    mean_beyond_of_pareto(draws, runs, |draws| draws.pareto(2.5), 2.5)
}

pub fn mean_beyond_of_heavy_pareto(draws: &mut Draws, runs: u32) -> Option<bool> {
    mean_beyond_of_pareto(draws, runs, |draws| draws.pareto(1.5), 1.5)
}

const YEARS: usize = 10;

fn of_period(
    draws: &mut Draws,
    runs: u32,
    years: f64,
    run: fn(&mut Draws) -> [f64; YEARS],
    truth: f64,
) -> Option<bool> {
    let losses: Vec<f64> = (0..runs).flat_map(|_| run(draws)).collect();
    let losses = ByYear::new(losses, YEARS).ok()??;
    Some(stated::return_period(&losses, years)?.contains(truth))
}

/// The loss of a lognormal year that is reached once in so many.
fn lognormal_of(years: f64) -> f64 {
    math::exp(math::normal_quantile(1.0 - 1.0 / years))
}

pub fn period_of_independent_years(draws: &mut Draws, runs: u32) -> Option<bool> {
    let run = |draws: &mut Draws| std::array::from_fn(|_| draws.lognormal());
    of_period(draws, runs, 20.0, run, lognormal_of(20.0))
}

pub fn period_of_years_alike(draws: &mut Draws, runs: u32) -> Option<bool> {
    let run = |draws: &mut Draws| [draws.lognormal(); YEARS];
    of_period(draws, runs, 20.0, run, lognormal_of(20.0))
}

/// 64 % of the variance of a year's logarithm is its future's.
pub fn period_of_years_in_part_alike(draws: &mut Draws, runs: u32) -> Option<bool> {
    let run = |draws: &mut Draws| {
        let common = draws.normal();
        std::array::from_fn(|_| math::exp(0.8 * common + 0.6 * draws.normal()))
    };
    of_period(draws, runs, 100.0, run, lognormal_of(100.0))
}

/// A loss in six of ten futures, lognormal, in one year of ten: in 6 % of years.
pub fn period_of_one_loss(draws: &mut Draws, runs: u32) -> Option<bool> {
    let run = |draws: &mut Draws| {
        let (chance, loss) = (draws.uniform(), draws.lognormal());
        let year = (draws.uniform() * YEARS as f64) as usize;
        let is_lost = |at: usize| chance < 0.6 && at == year;
        std::array::from_fn(|at| if is_lost(at) { loss } else { 0.0 })
    };
    of_period(draws, runs, 100.0, run, lognormal_of(6.0))
}
