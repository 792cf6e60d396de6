//! The whole curve of exceedance: each loss that was seen, and how often it is reached.

use std::fmt::Write;

use super::bases::{Bases, Basis, What};
use crate::measure::tail::{ByYear, Tail};

/// The columns. A return period in years is only of losses by year.
const HEAD: &str = "what,basis,horizon_days,loss,unit,exceedance_probability,return_period_years\n";

/// The curve as CSV: of each basis a row for each loss that was seen, the largest first.
/// `exceedance_probability` is the part of years, or of futures, that reach it.
#[must_use]
pub fn csv(parts: &[(What, &Bases)], unit: &str, horizon_days: i32) -> String {
    let mut text = HEAD.to_owned();
    for (what, bases) in parts {
        let by_year = [
            (Basis::Occurrence, bases.occurrence.as_ref()),
            (Basis::AggregateYear, bases.aggregate_year.as_ref()),
        ];
        for (basis, years) in by_year {
            if let Some(tail) = years.map(ByYear::tail) {
                // A year is what a return period counts.
                add(&mut text, (*what, basis, DAYS_OF_A_YEAR), tail, unit, true);
            }
        }
        let basis = (*what, Basis::AggregateHorizon, horizon_days);
        add(&mut text, basis, &bases.aggregate_horizon, unit, false);
    }
    text
}

/// Days of a year of a scenario, but for its leap days.
const DAYS_OF_A_YEAR: i32 = 365;

fn add(
    text: &mut String,
    (what, basis, days): (What, Basis, i32),
    tail: &Tail,
    unit: &str,
    by_year: bool,
) {
    let n = tail.n() as f64;
    let mut last = None;
    for &loss in tail.rising().iter().rev() {
        if last == Some(loss) {
            continue;
        }
        last = Some(loss);
        let reached = tail.reaching(loss) as f64;
        let (probability, period) = (reached / n, n / reached);
        let period = if by_year {
            period.to_string()
        } else {
            String::new()
        };
        let (what, basis) = (what.name(), basis.name());
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{what},{basis},{days},{loss},{unit},{probability},{period}"
        );
    }
}
