//! What a forecast is held against: that nothing changes, and that what was goes on.
//!
//! Both know only what was published by the origin, whatever its use, and are normal.
//! *No change* (persistence): the last value of the observation's series. Its variance grows with
//! the lead as a random walk's does, at the mean of Δ²/Δt over past changes once there are two of
//! them; it is never below that of the observation's own error, which alone stands where fewer
//! are known. What has no series has its `no_change`, with the same error.
//! *Trend*: the straight line of least squares through the series' values, with the standard
//! error of prediction of the textbook (Draper & Smith 1998, section 3.1), from three values on.

use super::mixture::normal;
use crate::domain::Date;
use crate::measure::scores::NormalMixture;
use crate::scenario::resolved::{Bound, Observation};

/// Least changes from which a spread is taken.
const LEAST_CHANGES: usize = 2;
/// Least values through which a line is drawn.
const LEAST_VALUES: usize = 3;

/// Values of the series of `target` that were published by `origin`, in order of date: days
/// since the origin, value. Bounds are no values.
#[must_use]
pub fn known_values(
    observations: &[Observation],
    target: &Observation,
    origin: Date,
) -> Vec<(f64, f64)> {
    let Some(series) = &target.series else {
        return Vec::new();
    };
    let same = observations.iter().filter(|other| {
        other.series.as_ref() == Some(series)
            && other.published <= origin
            && other.bound == Bound::Exact
    });
    let days = |date: Date| f64::from(date.days_since(origin));
    let mut values: Vec<(f64, f64)> = same.map(|other| (days(other.date), other.value)).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    values
}

/// That nothing changes. `error` is the standard deviation of the observation's error.
#[must_use]
pub fn persistence(
    values: &[(f64, f64)],
    target: &Observation,
    origin: Date,
    error: f64,
) -> Option<NormalMixture> {
    let Some(&(day, last)) = values.last() else {
        return target.no_change.and_then(|value| normal(value, error));
    };
    let changes = values.windows(2).map(|pair| {
        let (days, change) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        (days, change * change)
    });
    let rates: Vec<f64> = changes
        .filter(|(days, _)| *days > 0.0)
        .map(|(days, squared)| squared / days)
        .collect();
    let lead = f64::from(target.date.days_since(origin)) - day;
    let walked = if rates.len() < LEAST_CHANGES {
        0.0
    } else {
        lead * rates.iter().sum::<f64>() / rates.len() as f64
    };
    normal(last, walked.max(error * error).sqrt())
}

/// That what was goes on. `None` where too few values are known, or all of one day. A line that
/// fits without a rest is as sure as the observation's error allows.
#[must_use]
pub fn trend(
    values: &[(f64, f64)],
    target: &Observation,
    origin: Date,
    error: f64,
) -> Option<NormalMixture> {
    if values.len() < LEAST_VALUES {
        return None;
    }
    let n = values.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| values.iter().map(of).sum::<f64>() / n;
    let (day, level) = (mean(|v| v.0), mean(|v| v.1));
    let spread: f64 = values.iter().map(|(t, _)| (t - day) * (t - day)).sum();
    if spread <= 0.0 {
        return None;
    }
    let products = values.iter().map(|(t, y)| (t - day) * (y - level));
    let slope = products.sum::<f64>() / spread;
    let rests = values.iter().map(|(t, y)| {
        let rest = y - level - slope * (t - day);
        rest * rest
    });
    let variance = rests.sum::<f64>() / (n - 2.0);
    let off = f64::from(target.date.days_since(origin)) - day;
    let predicted = variance * (1.0 + 1.0 / n + off * off / spread);
    let sd = predicted.max(error * error).sqrt();
    normal(level + slope * off, sd)
}
