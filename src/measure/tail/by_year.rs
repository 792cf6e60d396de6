//! Losses year by year, in several futures: years of one future depend on each other.
//!
//! A return period is one in years, so every year of every future counts, and the chance in a
//! year is the mean over all of them. How surely it is known does not grow with the years of a
//! future that is wholly good or bad; so the future is the cluster. Of the share of years above
//! the loss, the variance between futures over that of independent years is the *design effect*
//! (Kish 1965), at least 1 here and at most the years of a future; so many times fewer are the
//! years that count (Korn & Graubard 1998), and the order statistics around the loss are those
//! of so many independent years, on the scale of all.

use super::Tail;
use crate::measure::MeasureError;
use crate::measure::fixed::Moments;
use crate::measure::interval::Interval;
use crate::measure::quantile::{QuantileRanks, value_at_rank};

/// A loss for each year of each future.
#[derive(Debug, Clone, PartialEq)]
pub struct ByYear {
    /// Future after future.
    losses: Vec<f64>,
    years: usize,
    tail: Tail,
}

impl ByYear {
    /// The losses of `years` years of each future, future after future. `None` without a year,
    /// or where the losses are not so many for each.
    ///
    /// # Errors
    /// As [`Tail::new`].
    pub fn new(losses: Vec<f64>, years: usize) -> Result<Option<Self>, MeasureError> {
        let whole = years > 0 && losses.len().is_multiple_of(years);
        let tail = Tail::new(&losses)?;
        let known = tail.n() == losses.len() as u64 && !losses.is_empty();
        Ok((whole && known).then_some(Self {
            losses,
            years,
            tail,
        }))
    }

    /// The losses of all years.
    #[must_use]
    pub fn tail(&self) -> &Tail {
        &self.tail
    }

    /// The losses, future after future.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// Years of a future.
    #[must_use]
    pub fn years(&self) -> usize {
        self.years
    }

    /// Futures.
    #[must_use]
    pub fn runs(&self) -> u64 {
        (self.losses.len() / self.years) as u64
    }

    /// Futures in which some year reaches a loss.
    #[must_use]
    pub fn runs_reaching(&self, loss: f64) -> u64 {
        let runs = self.losses.chunks_exact(self.years);
        runs.filter(|run| run.iter().any(|&of_year| of_year >= loss))
            .count() as u64
    }

    /// The loss of a return period in years; `None` below one year and beyond as many years as
    /// there are futures, for what is rarer than any future shows is not known, however many
    /// years each has.
    #[must_use]
    pub fn of_period(&self, years: f64) -> Option<f64> {
        let supported = years <= self.runs() as f64;
        supported.then(|| self.tail.of_period(years)).flatten()
    }

    /// Its interval; `None` where an end is beyond what was seen.
    #[must_use]
    pub fn interval_at(&self, years: f64, confidence: f64) -> Option<Interval> {
        let loss = self.of_period(years)?;
        let level = 1.0 - 1.0 / years;
        let all = self.losses.len() as f64;
        let count = (all / self.design_effect(loss)).floor();
        let ranks = QuantileRanks::new(count as u64, level, confidence)?;
        let times = all / count;
        // The reach of whole ranks, outward.
        let low = ((ranks.lower? as f64 * times).floor() as u64).max(1);
        let high = ((ranks.upper? as f64 * times).ceil() as u64).min(self.tail.n());
        let at = |rank| value_at_rank(self.tail.rising(), rank);
        Some(Interval {
            low: at(low)?.min(loss),
            high: at(high)?.max(loss),
        })
    }

    /// How many years count as much as one independent one, of those above a loss.
    fn design_effect(&self, loss: f64) -> f64 {
        let years = self.years as f64;
        let mut shares = Moments::default();
        for run in self.losses.chunks_exact(self.years) {
            let above = run.iter().filter(|&&of_year| of_year > loss).count();
            // A share is no number that cannot be summed.
            let _ = shares.push(above as f64 / years);
        }
        let (Some(share), Some(error)) = (shares.mean(), shares.standard_error()) else {
            return years;
        };
        let independent = share * (1.0 - share) / self.losses.len() as f64;
        if independent > 0.0 {
            (error * error / independent).clamp(1.0, years)
        } else {
            years
        }
    }
}
