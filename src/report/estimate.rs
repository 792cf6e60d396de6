//! From a column of futures to a figure and its error.
//!
//! Spread and error are kept apart: the spread is the 10th and 90th percentile over
//! futures; the error is half of a 95 % interval of order statistics for a median, and the
//! distance to the farther end of one for the rest: of Student's t for a mean of paired
//! differences, of Wilson (1927) for a share, of Newcombe (1998) for a paired difference of
//! shares.

use super::ending::Share;
use super::page::{Bounded, Effect, Spread, Typical, Verdict};
use crate::measure::MeasureError;
use crate::measure::interval::Interval;
use crate::measure::paired_shares::PairedShares;
use crate::measure::stated;
use crate::measure::summary::Summary;
use crate::measure::survival::{KaplanMeier, Spell};
use crate::scenario::resolved::Better;

pub use crate::measure::stated::FEWEST_RUNS;

/// Typical value and spread; `None` where not estimable.
pub type Level = (Option<Typical>, Option<Spread>);

/// Median and spread of one value a future; NaN is a future without one.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn level(values: &[f64]) -> Result<Level, MeasureError> {
    let summary = Summary::new(values)?;
    let typical = summary.p50.map(|median| Typical {
        value: Bounded::At(median),
        error: stated::median_error(&summary),
    });
    let spread = stated::spread(&summary).map(|(low, high)| Spread {
        low: Bounded::At(low),
        high: Bounded::At(high),
    });
    Ok((typical, spread))
}

/// Median and spread of times to an end, in part seen only to the `horizon`
/// (Kaplan & Meier 1958).
///
/// # Errors
/// When a duration is negative or not finite.
pub fn time_to_end(spells: &[Spell], horizon: f64) -> Result<Level, MeasureError> {
    if spells.is_empty() {
        return Ok((None, None));
    }
    let curve = KaplanMeier::new(spells)?;
    let reached = |time: Option<f64>| time.map_or(Bounded::Over(horizon), Bounded::At);
    let typical = Typical {
        value: reached(curve.median()),
        error: stated::median_time_error(&curve),
    };
    let spread = stated::spread_of_times(&curve).map(|(low, high)| Spread {
        low: reached(low),
        high: reached(high),
    });
    Ok((Some(typical), spread))
}

/// Of a metric that is 0 or 1, how often it is not 0, as a per cent of futures.
#[must_use]
pub fn yes_no(values: &[f64]) -> Option<Typical> {
    let known = values.iter().filter(|value| !value.is_nan());
    let yes = known.clone().filter(|value| **value != 0.0).count();
    let share = share(yes, known.count());
    (share.of > 0).then(|| Typical {
        value: Bounded::At(100.0 * share.value()),
        error: share
            .interval
            .map(|interval| 100.0 * interval.reach_from(share.value())),
    })
}

/// The paired difference, scenario less baseline; pairs with a missing side are left out.
///
/// # Errors
/// When a difference is infinite or beyond what can be summed.
pub fn effect(
    scenario: &[f64],
    baseline: &[f64],
    better: Better,
) -> Result<Option<Effect>, MeasureError> {
    let pairs = scenario.iter().zip(baseline);
    let differences: Vec<f64> = pairs.map(|(with, without)| with - without).collect();
    let summary = Summary::new(&differences)?;
    let enough = summary.n >= FEWEST_RUNS;
    let Some(mean) = summary.mean else {
        return Ok(None);
    };
    let interval = stated::mean(&summary).filter(|_| enough);
    Ok(Some(Effect {
        mean,
        error: interval.map(|interval| interval.half_width()),
        spread: stated::spread(&summary),
        verdict: verdict(mean, interval, better),
    }))
}

/// The paired difference of how often something comes about, in points: present where a
/// value is not NaN. Its interval is that of Newcombe (1998). `None` without runs.
#[must_use]
pub fn share_effect(scenario: &[f64], baseline: &[f64]) -> Option<Effect> {
    let mut shares = PairedShares::default();
    for (with, without) in scenario.iter().zip(baseline) {
        shares.push(!with.is_nan(), !without.is_nan());
    }
    of_shares(&shares, Better::Neutral)
}

/// The same of a metric that is 0 or 1: how much oftener it is not 0. Pairs with a missing side
/// are left out.
#[must_use]
pub fn yes_no_effect(scenario: &[f64], baseline: &[f64], better: Better) -> Option<Effect> {
    let mut shares = PairedShares::default();
    let pairs = scenario.iter().zip(baseline);
    for (with, without) in pairs.filter(|(with, without)| !(with.is_nan() || without.is_nan())) {
        shares.push(*with != 0.0, *without != 0.0);
    }
    of_shares(&shares, better)
}

fn of_shares(shares: &PairedShares, better: Better) -> Option<Effect> {
    let mean = shares.difference()?;
    let interval = stated::share_difference(shares);
    Some(Effect {
        mean: 100.0 * mean,
        error: interval.map(|interval| 100.0 * interval.reach_from(mean)),
        spread: None,
        verdict: verdict(mean, interval, better),
    })
}

/// An effect is separable from nothing when the 95 % interval of its mean lies on one
/// side of zero.
fn verdict(mean: f64, interval: Option<Interval>, better: Better) -> Verdict {
    let Some(interval) = interval else {
        return Verdict::NotEstimable;
    };
    if interval.contains(0.0) {
        return Verdict::NotSeparable;
    }
    match better {
        Better::Neutral => Verdict::Changed,
        Better::Higher if mean > 0.0 => Verdict::Better,
        Better::Lower if mean < 0.0 => Verdict::Better,
        Better::Higher | Better::Lower => Verdict::Worse,
    }
}

/// A share of futures with Wilson's interval.
#[must_use]
pub fn share(count: usize, of: usize) -> Share {
    let as_count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (count, of) = (count as u64, of as u64);
    Share {
        count: as_count(count as usize),
        of: as_count(of as usize),
        interval: stated::share(count, of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_is_paired_by_run() {
        // Levels that differ by hundreds between runs, an effect of 1 or 2 in each.
        let baseline: Vec<f64> = (0..20).map(|run| f64::from(run * run)).collect();
        let scenario: Vec<f64> = (0..20)
            .map(|run| baseline[run as usize] + f64::from(1 + run % 2))
            .collect();
        let effect = effect(&scenario, &baseline, Better::Higher)
            .unwrap()
            .unwrap();
        assert_eq!(effect.mean, 1.5);
        assert_eq!(effect.spread, Some((1.0, 2.0)));
        assert_eq!(effect.verdict, Verdict::Better);
        // t(19, 0.975) = 2.093024; standard deviation sqrt(5 / 19), over sqrt(20).
        assert!((effect.error.unwrap() - 2.093_024 * (0.25_f64 / 19.0).sqrt()).abs() < 1e-6);
    }

    #[test]
    fn pairs_with_a_missing_side_are_left_out_and_few_give_no_interval() {
        let scenario = [1.0, f64::NAN, 3.0];
        let baseline = [0.0, 5.0, f64::NAN];
        let effect = effect(&scenario, &baseline, Better::Lower)
            .unwrap()
            .unwrap();
        assert_eq!(
            (effect.mean, effect.error, effect.spread),
            (1.0, None, None)
        );
        assert_eq!(effect.verdict, Verdict::NotEstimable);
        assert!(
            super::effect(&[f64::NAN], &[1.0], Better::Lower)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn what_changes_nothing_in_any_future_is_not_separable() {
        let same = [4.0; 30];
        let effect = effect(&same, &same, Better::Higher).unwrap().unwrap();
        assert_eq!((effect.mean, effect.error), (0.0, Some(0.0)));
        assert_eq!(effect.verdict, Verdict::NotSeparable);
    }

    #[test]
    fn cases_still_open_count_as_longer_than_the_horizon() {
        let spell = |run: u32| Spell {
            duration: if run < 8 { f64::from(run) } else { 100.0 },
            outcome: (run < 8).then_some(0),
        };
        let spells: Vec<Spell> = (0..12).map(spell).collect();
        let (typical, spread) = time_to_end(&spells, 100.0).unwrap();
        assert_eq!(typical.unwrap().value, Bounded::At(5.0));
        assert_eq!(spread.unwrap().high, Bounded::Over(100.0));
    }

    #[test]
    fn a_value_without_bounds_is_an_error_not_a_figure() {
        assert!(level(&[1.0, f64::INFINITY]).is_err());
        assert!(effect(&[f64::INFINITY], &[0.0], Better::Higher).is_err());
        assert_eq!(level(&[]).unwrap(), (None, None));
    }
}
