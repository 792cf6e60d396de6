//! The figures of a metric, by its unit: what the page states, and what may be asked beside it.

use super::estimate::{self, Level};
use super::page::{Bounded, Effect, Typical};
use super::unit::Unit;
use crate::measure::MeasureError;
use crate::measure::quantile::quantile_of_sorted;
use crate::measure::stated;
use crate::measure::summary::Summary;
use crate::measure::survival::Spell;
use crate::scenario::resolved::Better;

/// Typical value and spread, as the page states them: of yes or no the share of futures, of
/// days to an end the median of what is in part seen only to the `horizon`, else the median.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn level(unit: &Unit, values: &[f64], horizon: f64) -> Result<Level, MeasureError> {
    match unit {
        Unit::YesNo => Ok((estimate::yes_no(values), None)),
        Unit::Days => {
            let spells: Vec<Spell> = values.iter().map(|d| spell(*d, horizon)).collect();
            estimate::time_to_end(&spells, horizon)
        }
        _ => estimate::level(values),
    }
}

/// Days to an end; missing while it lasts.
#[must_use]
pub fn spell(days: f64, horizon: f64) -> Spell {
    Spell {
        duration: if days.is_nan() { horizon } else { days },
        outcome: (!days.is_nan()).then_some(0),
    }
}

/// The paired difference. Time to an end is restricted to the horizon, so that a case
/// still open counts with the days it has lasted (restricted mean: Royston & Parmar 2013).
///
/// # Errors
/// As [`level`].
pub fn effect(
    unit: &Unit,
    better: Better,
    (with, without): (&[f64], &[f64]),
    horizon: f64,
) -> Result<Option<Effect>, MeasureError> {
    match unit {
        Unit::YesNo => Ok(estimate::yes_no_effect(with, without, better)),
        Unit::Days => estimate::effect(
            &restricted(with, horizon),
            &restricted(without, horizon),
            better,
        ),
        _ => estimate::effect(with, without, better),
    }
}

/// The mean with its error; of days to an end restricted to the horizon.
///
/// # Errors
/// As [`level`].
pub fn mean(unit: &Unit, values: &[f64], horizon: f64) -> Result<Option<Typical>, MeasureError> {
    let summary = match unit {
        Unit::Days => Summary::new(&restricted(values, horizon))?,
        _ => Summary::new(values)?,
    };
    let interval = stated::mean(&summary).filter(|_| summary.n >= stated::FEWEST_RUNS);
    Ok(summary.mean.map(|mean| Typical {
        value: Bounded::At(mean),
        error: interval.map(|interval| interval.half_width()),
    }))
}

/// The p-quantile with its error; of days to an end, what has not ended by the horizon is later
/// than all that has.
#[must_use]
pub fn quantile(unit: &Unit, values: &[f64], p: f64, horizon: f64) -> Option<Typical> {
    let mut sorted: Vec<f64> = match unit {
        Unit::Days => values
            .iter()
            .map(|days| if days.is_nan() { f64::INFINITY } else { *days })
            .collect(),
        _ => values.iter().copied().filter(|v| !v.is_nan()).collect(),
    };
    sorted.sort_unstable_by(f64::total_cmp);
    let value = quantile_of_sorted(&sorted, p)?;
    Some(if value.is_finite() {
        Typical {
            value: Bounded::At(value),
            error: stated::quantile(&sorted, p).map(|ends| ends.reach_from(value)),
        }
    } else {
        Typical {
            value: Bounded::Over(horizon),
            error: None,
        }
    })
}

fn restricted(days: &[f64], horizon: f64) -> Vec<f64> {
    let days = days.iter();
    days.map(|&days| if days.is_nan() { horizon } else { days })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.17.1, `quantile_test(range(1, 101), p=.9).confidence_interval(.95)`: 84 and 96.
    #[test]
    fn what_has_not_ended_is_later_than_all_that_has() {
        let mut days: Vec<f64> = (1..=100).map(f64::from).collect();
        let p90 = quantile(&Unit::Days, &days, 0.9, 500.0).unwrap();
        assert_eq!((p90.value, p90.error), (Bounded::At(90.0), Some(6.0)));
        // The upper end is beyond the horizon, then the quantile itself.
        days[95] = f64::NAN;
        days[96..].fill(f64::NAN);
        let p90 = quantile(&Unit::Days, &days, 0.9, 500.0).unwrap();
        assert_eq!((p90.value, p90.error), (Bounded::At(90.0), None));
        days[80..].fill(f64::NAN);
        let p90 = quantile(&Unit::Days, &days, 0.9, 500.0).unwrap();
        assert_eq!(p90.value, Bounded::Over(500.0));
        let mean = mean(&Unit::Days, &[100.0, f64::NAN], 500.0)
            .unwrap()
            .unwrap();
        assert_eq!((mean.value, mean.error), (Bounded::At(300.0), None));
        assert_eq!(quantile(&Unit::Percent, &[], 0.5, 1.0), None);
    }

    #[test]
    fn a_rare_effect_on_a_chance_has_a_width_before_it_is_seen() {
        let none = [0.0; 30];
        let pair = (&none[..], &none[..]);
        let found = effect(&Unit::YesNo, Better::Higher, pair, 1.0)
            .unwrap()
            .unwrap();
        assert_eq!(found.mean, 0.0);
        assert!(found.error.unwrap() > 5.0, "{found:?}");
    }
}
