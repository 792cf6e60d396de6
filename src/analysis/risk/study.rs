//! Money at risk as a whole.

use serde::{Deserialize, Serialize};

use super::bases::{Bases, What};
use super::books::Books;
use super::curve;
use super::estimate::Estimate;
use super::exceedance::{AtRisk, ReturnPeriod, at_risk, return_period};
use super::reserve::{Reserved, Thresholds, reserve};
use super::years::Years;
use crate::measure::MeasureError;
use crate::measure::stated;
use crate::measure::summary::Summary;
use crate::measure::tail::Tail;

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// Return periods, years.
    pub periods: Vec<f64>,
    /// Levels of value at risk, from 0 to 1.
    pub levels: Vec<f64>,
    /// What the words of the reserve stand for.
    pub thresholds: Thresholds,
}

impl Question {
    /// A question whose levels and thresholds are in per cent, in any order.
    #[must_use]
    pub fn in_per_cent(periods: &[f64], levels: &[f64], (probable, remote): (f64, f64)) -> Self {
        let rising = |numbers: &[f64]| {
            let mut numbers = numbers.to_vec();
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
            numbers
        };
        let share = |percent: f64| percent / 100.0;
        Self {
            periods: rising(periods),
            levels: rising(levels).into_iter().map(share).collect(),
            thresholds: Thresholds {
                probable: share(probable),
                remote: share(remote),
            },
        }
    }
}

/// What comes of it. Amounts are in millions.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Risk {
    /// Futures with a value.
    pub futures: u64,
    /// Futures without one, which count nowhere.
    pub missing: u64,
    /// Days from the start to the horizon.
    pub horizon_days: i32,
    /// Whole years of a future.
    pub whole_years: usize,
    /// Days of a last part of a year, which counts in the horizon alone.
    pub days_left_out: i32,
    /// Whether anything was lost in any future.
    pub anything_lost: bool,
    /// Occurrences in a year, on average: a rate, which may be above 1.
    pub losses_a_year: Option<Estimate>,
    /// Return periods of a year, the shortest first.
    pub exceedance: Vec<ReturnPeriod>,
    /// The worst futures.
    pub at_risk: Vec<AtRisk>,
    /// The chances that the words of the reserve stand for.
    pub thresholds: Thresholds,
    /// The reserve by matter.
    pub reserve: Vec<Reserved>,
}

/// What the losses of books are on each basis.
#[derive(Clone, PartialEq, Debug)]
pub struct Measured {
    losses: Bases,
    lost_business: Option<Bases>,
    years: Years,
}

impl Measured {
    /// The bases of books that are in one currency.
    ///
    /// # Errors
    /// When an amount cannot be summed.
    pub fn new(books: &Books, years: Years) -> Result<Self, MeasureError> {
        // Those of several providers are not told as one: what one loses another may win.
        let only = books
            .profits
            .values()
            .next()
            .filter(|_| books.profits.len() == 1);
        let lost = only.map(|profits| Bases::of_profits(profits, &years));
        Ok(Self {
            losses: Bases::of_losses(books, &years)?,
            lost_business: lost.transpose()?,
            years,
        })
    }

    /// All that is said of them.
    ///
    /// # Errors
    /// When an amount cannot be summed.
    pub fn risk(&self, books: &Books, question: &Question) -> Result<Risk, MeasureError> {
        let days = self.years.horizon_days();
        let lost = &self.losses;
        let anything = !books.losses.is_empty();
        let (losses, business) = (Some(lost).filter(|_| anything), self.lost_business.as_ref());
        let periods = question.periods.iter().filter(|_| self.years.whole() > 0);
        let rows = periods.map(|years| return_period(*years, losses, business));
        let parts = [(What::Losses, losses), (What::LostBusiness, business)];
        let parts = parts.iter().filter_map(|(what, of)| Some((*what, (*of)?)));
        let at_risk = parts.flat_map(|(what, bases)| {
            let levels = question.levels.iter();
            levels.map(move |level| at_risk(what, &bases.aggregate_horizon, days, *level))
        });
        Ok(Risk {
            futures: books.futures as u64,
            missing: 0,
            horizon_days: days,
            whole_years: self.years.whole(),
            days_left_out: self.years.days_left_out(),
            anything_lost: anything,
            losses_a_year: self.rate()?,
            exceedance: rows.filter(|row| row.is_of_anything()).collect(),
            at_risk: at_risk.collect(),
            thresholds: question.thresholds,
            reserve: reserve(books, question.thresholds)?,
        })
    }

    /// Occurrences by years, summed over futures: each has as many years.
    fn rate(&self) -> Result<Option<Estimate>, MeasureError> {
        let years = self.years.whole();
        if years == 0 {
            return Ok(None);
        }
        let counts = self.losses.counts.iter();
        let rates: Vec<f64> = counts.map(|count| count / years as f64).collect();
        let summary = Summary::new(&rates)?;
        let interval = stated::mean(&summary).filter(|_| summary.n >= stated::FEWEST_RUNS);
        Ok(summary.mean.map(|mean| Estimate::new(Some(mean), interval)))
    }

    /// The whole curve, on all bases.
    #[must_use]
    pub fn curve(&self, unit: &str) -> String {
        let mut parts = vec![(What::Losses, &self.losses)];
        parts.extend(self.lost_business.as_ref().map(|b| (What::LostBusiness, b)));
        curve::csv(&parts, unit, self.years.horizon_days())
    }
}

impl ReturnPeriod {
    fn is_of_anything(&self) -> bool {
        self.aggregate_year.is_some() || self.lost_business_year.is_some()
    }
}

/// What a metric loses over its own span, one value a future; NaN is a future without one.
#[derive(Clone, PartialEq, Debug)]
pub struct OfMetric {
    losses: Bases,
    missing: u64,
    days: i32,
}

impl OfMetric {
    /// The losses of a metric over so many days.
    ///
    /// # Errors
    /// When an amount cannot be summed.
    pub fn new(losses: &[f64], days: i32) -> Result<Self, MeasureError> {
        let tail = Tail::new(losses)?;
        Ok(Self {
            missing: losses.len() as u64 - tail.n(),
            losses: Bases {
                occurrence: None,
                aggregate_year: None,
                aggregate_horizon: tail,
                counts: Vec::new(),
            },
            days,
        })
    }

    /// All that is said of it.
    #[must_use]
    pub fn risk(&self, question: &Question) -> Risk {
        let tail = &self.losses.aggregate_horizon;
        let levels = question.levels.iter();
        let rows = levels.map(|level| at_risk(What::Metric, tail, self.days, *level));
        Risk {
            futures: tail.n(),
            missing: self.missing,
            horizon_days: self.days,
            whole_years: 0,
            days_left_out: 0,
            anything_lost: tail.rising().last().is_some_and(|most| *most > 0.0),
            losses_a_year: None,
            exceedance: Vec::new(),
            at_risk: rows.collect(),
            thresholds: question.thresholds,
            reserve: Vec::new(),
        }
    }

    /// The whole curve.
    #[must_use]
    pub fn curve(&self, unit: &str) -> String {
        curve::csv(&[(What::Metric, &self.losses)], unit, self.days)
    }
}
