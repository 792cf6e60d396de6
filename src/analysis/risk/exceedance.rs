//! Return periods of a year, and value at risk of the horizon.

use serde::{Deserialize, Serialize};

use super::bases::{Bases, Basis, What};
use super::estimate::Estimate;
use crate::measure::stated;
use crate::measure::tail::{ByYear, Tail};

/// What is reached in one year of so many.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReturnPeriod {
    /// So many years.
    pub years: f64,
    /// The largest single loss of a year; nothing where nothing was lost.
    pub occurrence: Option<Estimate>,
    /// The sum of a year.
    pub aggregate_year: Option<Estimate>,
    /// What the profit of a year falls short of in the baseline.
    pub lost_business_year: Option<Estimate>,
}

/// The worst futures of one level.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AtRisk {
    /// What is lost.
    pub what: What,
    /// Over what.
    pub basis: Basis,
    /// Days of that.
    pub horizon_days: i32,
    /// Part of futures that lose at most the value at risk, from 0 to 1.
    pub level: f64,
    /// The value at risk.
    pub value_at_risk: Estimate,
    /// The mean of the futures beyond (TVaR).
    pub tail_mean: Estimate,
}

/// The row of a return period.
#[must_use]
pub fn return_period(
    years: f64,
    losses: Option<&Bases>,
    lost_business: Option<&Bases>,
) -> ReturnPeriod {
    let of = |by_year: &ByYear| {
        Estimate::new(
            by_year.of_period(years),
            stated::return_period(by_year, years),
        )
    };
    let summed = |bases: &Bases| bases.aggregate_year.as_ref().map(of);
    ReturnPeriod {
        years,
        occurrence: losses.and_then(|bases| bases.occurrence.as_ref().map(of)),
        aggregate_year: losses.and_then(summed),
        lost_business_year: lost_business.and_then(summed),
    }
}

/// The worst futures of a level.
#[must_use]
pub fn at_risk(what: What, tail: &Tail, horizon_days: i32, level: f64) -> AtRisk {
    let value_at_risk = Estimate::new(tail.at_risk(level), stated::value_at_risk(tail, level));
    let tail_mean = Estimate::new(tail.tail_mean(level), stated::tail_mean(tail, level));
    AtRisk {
        what,
        basis: Basis::AggregateHorizon,
        horizon_days,
        level,
        value_at_risk,
        tail_mean,
    }
}
