//! Every interval that the program states, in one place, with a name.
//!
//! What prints or writes an interval calls a function of this file, and each function is
//! named by a kind of [`Stated`]; `comity selfcheck` holds every kind against problems with
//! known answers. Rooms above may not make an interval otherwise (`tests/integration/house.rs`).

use super::crossing::{self, At, Crossing};
use super::interval::{Interval, mean_interval, wilson_interval};
use super::paired_shares::PairedShares;
use super::quantile::{QuantileRanks, RankCache};
use super::series::Cell;
use super::summary::Summary;
use super::survival::KaplanMeier;
use super::tail::{ByYear, Tail};

/// The confidence of every interval of simulation error.
pub const CONFIDENCE: f64 = 0.95;

/// The share of futures within a spread.
pub const SPREAD: f64 = 0.8;

/// Futures below which the front page gives no interval and no spread: with fewer than ten,
/// the 10th percentile is the smallest value seen.
pub const FEWEST_RUNS: u64 = 10;

/// A kind of interval that the program states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stated {
    /// Median ± half the distance of two order statistics.
    Median,
    /// Another quantile ± the distance to the farther of two order statistics.
    Quantile,
    /// Median time to an end ± the distance to the farther of two times.
    MedianTime,
    /// Share ± the distance to the farther end of Wilson's interval.
    Share,
    /// The ends of Wilson's interval, by which a share is put in words.
    ShareEnds,
    /// Mean ± Student's interval.
    Mean,
    /// Difference of two shares over the same futures ± the distance to the farther end of
    /// Newcombe's interval.
    ShareDifference,
    /// The ends of Newcombe's interval, by which a difference is told from none.
    ShareDifferenceEnds,
    /// The interval of a quantile of a series.
    SeriesQuantile,
    /// 8 in 10 futures.
    Spread,
    /// 8 in 10 futures, of times to an end.
    SpreadOfTimes,
    /// The values of a lever between which two options may be equal.
    Crossing,
    /// The order statistics around a value at risk.
    ValueAtRisk,
    /// A tail mean ± Hall's interval.
    TailMean,
    /// The order statistics around the loss of a return period, futures being clusters of years.
    ReturnPeriod,
}

impl Stated {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::Median,
        Self::Quantile,
        Self::MedianTime,
        Self::Share,
        Self::ShareEnds,
        Self::Mean,
        Self::ShareDifference,
        Self::ShareDifferenceEnds,
        Self::SeriesQuantile,
        Self::Spread,
        Self::SpreadOfTimes,
        Self::Crossing,
        Self::ValueAtRisk,
        Self::TailMean,
        Self::ReturnPeriod,
    ];

    /// What it is, in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Median => "median ±",
            Self::Quantile => "quantile ±",
            Self::MedianTime => "median time ±",
            Self::Share => "share ±",
            Self::ShareEnds => "share in words",
            Self::Mean => "mean ±",
            Self::ShareDifference => "difference of shares ±",
            Self::ShareDifferenceEnds => "difference of shares, told from none",
            Self::SeriesQuantile => "quantile of a series",
            Self::Spread => "8 in 10",
            Self::SpreadOfTimes => "8 in 10 of times",
            Self::Crossing => "threshold",
            Self::ValueAtRisk => "value at risk",
            Self::TailMean => "tail mean",
            Self::ReturnPeriod => "loss of a return period",
        }
    }

    /// Where it is stated.
    #[must_use]
    pub const fn place(self) -> &'static str {
        match self {
            Self::Median | Self::Spread => "front page: levels",
            Self::Quantile => "front page: enough runs; convergence",
            Self::MedianTime | Self::SpreadOfTimes => "front page: days to an end or an act",
            Self::Share => "front page: endings, policies, regions, yes or no",
            Self::ShareEnds => "front page and stories: words of chance",
            Self::Mean => "front page: effects, and whether they differ from none; benchmark",
            Self::ShareDifference => "front page: effects on chances",
            Self::ShareDifferenceEnds => "front page: whether a chance is changed",
            Self::SeriesQuantile => "series.parquet: p05, p50, p95, low and high",
            Self::Crossing => "comparison: where another option becomes best",
            Self::ValueAtRisk | Self::TailMean | Self::ReturnPeriod => "money at risk",
        }
    }

    /// The chance with which it is said to hold the truth.
    #[must_use]
    pub const fn nominal(self) -> f64 {
        match self {
            Self::Spread | Self::SpreadOfTimes => SPREAD,
            _ => CONFIDENCE,
        }
    }

    /// The function of this file that makes it.
    #[must_use]
    pub const fn made_by(self) -> &'static str {
        match self {
            Self::Median => "median_error",
            Self::Quantile => "quantile",
            Self::MedianTime => "median_time_error",
            Self::Share | Self::ShareEnds => "share",
            Self::Mean => "mean",
            Self::ShareDifference | Self::ShareDifferenceEnds => "share_difference",
            Self::SeriesQuantile => "series_quantile",
            Self::Spread => "spread",
            Self::SpreadOfTimes => "spread_of_times",
            Self::Crossing => "crossing",
            Self::ValueAtRisk => "value_at_risk",
            Self::TailMean => "tail_mean",
            Self::ReturnPeriod => "return_period",
        }
    }
}

/// Half the distance of the order statistics around the median.
#[must_use]
pub fn median_error(summary: &Summary) -> Option<f64> {
    let ends = ends(summary.p50_low, summary.p50_high).filter(|_| summary.n >= FEWEST_RUNS);
    Some(ends?.half_width())
}

/// The order statistics around the p-quantile of values in rising order; `None` unless both are
/// there and finite.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64) -> Option<Interval> {
    let n = sorted.len() as u64;
    let ranks = QuantileRanks::new(n, p, CONFIDENCE).filter(|_| n >= FEWEST_RUNS)?;
    let (low, high) = ranks.of_sorted(sorted);
    ends(low, high).filter(|ends| ends.low.is_finite() && ends.high.is_finite())
}

/// The 10th and the 90th percentile.
#[must_use]
pub fn spread(summary: &Summary) -> Option<(f64, f64)> {
    summary
        .p10
        .zip(summary.p90)
        .filter(|_| summary.n >= FEWEST_RUNS)
}

/// The distance from the median time to the farther of the times around it (Brookmeyer &
/// Crowley 1982).
#[must_use]
pub fn median_time_error(curve: &KaplanMeier) -> Option<f64> {
    let (low, high) = curve.quantile_interval(0.5, CONFIDENCE);
    let ends = ends(low, high).filter(|_| curve.n() >= FEWEST_RUNS);
    Some(ends?.reach_from(curve.quantile(0.5)?))
}

/// The times by which 1 in 10 and 9 in 10 have ended, each `None` where it is beyond what
/// was seen.
#[must_use]
pub fn spread_of_times(curve: &KaplanMeier) -> Option<(Option<f64>, Option<f64>)> {
    let ends = (curve.quantile(0.1), curve.quantile(0.9));
    (curve.n() >= FEWEST_RUNS).then_some(ends)
}

/// Wilson's interval of a share (1927).
#[must_use]
pub fn share(count: u64, of: u64) -> Option<Interval> {
    wilson_interval(count, of, CONFIDENCE).filter(|_| of >= FEWEST_RUNS)
}

/// Student's interval of a mean (1908), from two values on.
#[must_use]
pub fn mean(summary: &Summary) -> Option<Interval> {
    mean_interval(
        summary.mean?,
        summary.standard_error?,
        summary.n,
        CONFIDENCE,
    )
}

/// Newcombe's interval of a difference of paired shares (1998).
#[must_use]
pub fn share_difference(shares: &PairedShares) -> Option<Interval> {
    shares
        .interval(CONFIDENCE)
        .filter(|_| shares.n() >= FEWEST_RUNS)
}

/// The order statistics around the p-quantile of a cell, as centres of their bins; an end
/// is `None` where it is beyond what was seen. `ranks` has the confidence [`CONFIDENCE`].
#[must_use]
pub fn series_quantile(
    cell: &Cell<'_>,
    p: f64,
    ranks: &mut RankCache,
) -> (Option<f64>, Option<f64>) {
    let ranks = ranks.ranks(cell.n(), p);
    ranks.map_or((None, None), |ranks| cell.quantile_interval(&ranks))
}

/// Where differences with intervals of [`mean`] change their sign, with the values between
/// which their intervals hold zero (Fieller 1954).
#[must_use]
pub fn crossing(points: &[At]) -> Option<Crossing> {
    crossing::crossing(points)
}

/// The order statistics around a value at risk; none where fewer than ten others reach it, or
/// where an end is beyond what was seen.
#[must_use]
pub fn value_at_risk(tail: &Tail, level: f64) -> Option<Interval> {
    let at_risk = tail.at_risk(level)?;
    let (low, high) = tail.interval_at(level, CONFIDENCE);
    ends(low, high).filter(|_| tail.reaching(at_risk) > FEWEST_RUNS)
}

/// Hall's interval of a tail mean (1992); none with fewer than ten losses beyond.
#[must_use]
pub fn tail_mean(tail: &Tail, level: f64) -> Option<Interval> {
    let at_risk = tail.at_risk(level)?;
    tail.tail_mean_interval(level, CONFIDENCE)
        .filter(|_| tail.above(at_risk) >= FEWEST_RUNS)
}

/// The order statistics around the loss of a return period in years; none where fewer than ten
/// futures reach it.
#[must_use]
pub fn return_period(losses: &ByYear, years: f64) -> Option<Interval> {
    let loss = losses.of_period(years)?;
    losses
        .interval_at(years, CONFIDENCE)
        .filter(|_| losses.runs_reaching(loss) >= FEWEST_RUNS)
}

fn ends(low: Option<f64>, high: Option<f64>) -> Option<Interval> {
    Some(Interval {
        low: low?,
        high: high?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A function without a kind, or a kind without a function, is an interval that nobody
    /// checks.
    #[test]
    fn every_function_here_has_a_kind() {
        let source = include_str!("stated.rs");
        let (code, _) = source.split_once("#[cfg(test)]").unwrap();
        let functions: BTreeSet<&str> = code
            .lines()
            .filter_map(|line| line.strip_prefix("pub fn "))
            .filter_map(|rest| rest.split_once('('))
            .map(|(name, _)| name)
            .collect();
        let named: BTreeSet<&str> = Stated::ALL.iter().map(|kind| kind.made_by()).collect();
        assert_eq!(functions, named);
        let kinds: BTreeSet<Stated> = Stated::ALL.into_iter().collect();
        assert_eq!(kinds.len(), Stated::ALL.len());
    }
}
