//! Losses on each basis: the largest of a year, the sum of a year, the sum of the horizon.

use serde::{Deserialize, Serialize};

use super::books::{Booked, Books, Profits};
use super::years::Years;
use crate::measure::MeasureError;
use crate::measure::tail::{ByYear, Tail};

/// Over what a loss is taken: numbers on different bases are not compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The largest single loss of a year (OEP).
    Occurrence,
    /// The sum of a year (AEP).
    AggregateYear,
    /// The sum from the start to the horizon.
    AggregateHorizon,
}

impl Basis {
    /// The word in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Occurrence => "occurrence",
            Self::AggregateYear => "aggregate_year",
            Self::AggregateHorizon => "aggregate_horizon",
        }
    }
}

/// What is lost.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Losses by law, each an occurrence.
    Losses,
    /// Operating profit that the baseline has and the scenario has not.
    LostBusiness,
    /// A metric.
    Metric,
}

impl What {
    /// The word in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Losses => "losses",
            Self::LostBusiness => "lost_business",
            Self::Metric => "metric",
        }
    }
}

/// Losses on each basis; by year only where there is a whole one.
#[derive(Clone, PartialEq, Debug)]
pub struct Bases {
    /// The largest of each year.
    pub occurrence: Option<ByYear>,
    /// The sum of each year.
    pub aggregate_year: Option<ByYear>,
    /// The sum of each future.
    pub aggregate_horizon: Tail,
    /// Occurrences in the whole years of each future.
    pub counts: Vec<f64>,
}

impl Bases {
    /// Those of the losses of books in one currency.
    ///
    /// # Errors
    /// When an amount cannot be summed.
    pub fn of_losses(books: &Books, years: &Years) -> Result<Self, MeasureError> {
        let whole = years.whole();
        let mut largest = vec![0.0_f64; books.futures * whole];
        let mut sums = largest.clone();
        let mut counts = vec![0.0; books.futures];
        for loss in &books.losses {
            if let Some(year) = years.of(loss.date) {
                let at = loss.future * whole + year;
                largest[at] = largest[at].max(loss.amount);
                sums[at] += loss.amount;
                counts[loss.future] += 1.0;
            }
        }
        Ok(Self {
            occurrence: ByYear::new(largest, whole)?,
            aggregate_year: ByYear::new(sums, whole)?,
            aggregate_horizon: Tail::new(&totals(books.futures, &books.losses))?,
            counts,
        })
    }

    /// Those of profits that fall short, which have no occurrences.
    ///
    /// # Errors
    /// When an amount cannot be summed.
    pub fn of_profits(profits: &Profits, years: &Years) -> Result<Self, MeasureError> {
        Ok(Self {
            occurrence: None,
            aggregate_year: ByYear::new(profits.of_years.concat(), years.whole())?,
            aggregate_horizon: Tail::new(&profits.of_horizon)?,
            counts: Vec::new(),
        })
    }
}

/// The sum of losses in each future.
pub(super) fn totals<'b>(futures: usize, losses: impl IntoIterator<Item = &'b Booked>) -> Vec<f64> {
    let mut totals = vec![0.0; futures];
    for loss in losses {
        totals[loss.future] += loss.amount;
    }
    totals
}
