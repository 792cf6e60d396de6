//! Units of the page's numbers, and the scale on which a number is easiest to read.

use serde::{Deserialize, Serialize};

use crate::scenario::resolved::Observable;

/// What a number counts, in the unit in which it is stored.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Unit {
    /// Per cent; differences are in percentage points.
    Percent,
    /// An index from 0 to 100.
    Index,
    /// Days.
    Days,
    /// Months.
    Months,
    /// How many, over the metric's window.
    Count,
    /// Did it happen, 0 or 1 in each future; shown as a per cent of futures.
    YesNo,
    /// Millions of a currency.
    Money {
        /// The currency, such as `USD`.
        currency: String,
        /// A flow a year rather than a sum.
        a_year: bool,
    },
}

impl Unit {
    /// The unit in which a run states this observable, in this currency.
    #[must_use]
    pub fn of(observable: Observable, currency: &str) -> Self {
        let money = |a_year| Self::Money {
            currency: currency.to_owned(),
            a_year,
        };
        match observable {
            Observable::Trust => Self::Index,
            Observable::SpendShare
            | Observable::WorkloadHomeShare
            | Observable::Exposure
            | Observable::BaseMoved
            | Observable::BaseLeft
            | Observable::StatedLessLikely
            | Observable::ProjectsDeferred
            | Observable::Acted
            | Observable::RegionMoveShare
            | Observable::CloudUsers
            | Observable::ReachInLaw
            | Observable::CustomerExposure
            | Observable::RevenueGrowth
            | Observable::GrowthGap
            | Observable::WorkloadGrowth
            | Observable::ValueChange
            | Observable::CustomerReachInLaw => Self::Percent,
            Observable::CaseDays
            | Observable::PathDays
            | Observable::StageDays
            | Observable::PolicyDays => Self::Days,
            Observable::ExposedMonths | Observable::MonthsAboveTolerance => Self::Months,
            Observable::CaseOpen | Observable::PolicyInForce => Self::YesNo,
            Observable::Disclosures
            | Observable::Demands
            | Observable::RegionsOpened
            | Observable::RegionsConverted
            | Observable::RegionsClosed
            | Observable::ExitsFinished
            | Observable::ExitsLate
            | Observable::ExitsForced => Self::Count,
            Observable::Workload | Observable::Revenue => money(true),
            Observable::ConsumerSurplus
            | Observable::Capex
            | Observable::CustomerCost
            | Observable::Npv
            | Observable::OperatingProfit
            | Observable::LegalCost
            | Observable::Fines
            | Observable::Subsidies => money(false),
        }
    }

    /// The scale that suits numbers up to `largest` in magnitude (in the stored unit).
    #[must_use]
    pub fn scale(&self, largest: f64) -> Scale {
        const DAYS_A_MONTH: f64 = 30.436_875; // the Gregorian year / 12
        const MONTHS_FROM_DAYS: f64 = 60.0;
        let of = |divisor, suffix: &str, difference: &str| Scale {
            divisor,
            prefix: String::new(),
            suffix: suffix.to_owned(),
            difference: difference.to_owned(),
        };
        match self {
            Self::Percent | Self::YesNo => of(1.0, " %", " points"),
            Self::Index => of(1.0, "", " points"),
            Self::Count => of(1.0, "", ""),
            Self::Months => of(1.0, " mo", " mo"),
            Self::Days if largest != 0.0 && largest.abs() < MONTHS_FROM_DAYS => {
                of(1.0, " days", " days")
            }
            Self::Days => of(DAYS_A_MONTH, " mo", " mo"),
            Self::Money { currency, a_year } => {
                let (divisor, name) = match largest.abs() {
                    m if m >= 1000.0 => (1000.0, " bn"),
                    m if m >= 1.0 || m == 0.0 => (1.0, " m"),
                    _ => (0.001, " k"),
                };
                let suffix = format!("{name}{}", if *a_year { " a year" } else { "" });
                Scale {
                    divisor,
                    prefix: format!("{currency} "),
                    difference: suffix.clone(),
                    suffix,
                }
            }
        }
    }
}

/// How stored numbers are shown: divided, with a text before and after.
#[derive(Clone, PartialEq, Debug)]
pub struct Scale {
    /// Stored units in one shown unit.
    pub divisor: f64,
    /// Before the number, such as `USD `.
    pub prefix: String,
    /// After a level, such as ` %`.
    pub suffix: String,
    /// After a difference, such as ` points`.
    pub difference: String,
}
