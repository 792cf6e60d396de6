//! From columns to the two tables of convergence.

use super::{Converging, Needed, Prefix, Rung};
use crate::measure::MeasureError;
use crate::measure::enough::{Width, needed};
use crate::measure::interval::Interval;
use crate::measure::summary::Summary;
use crate::report::enough::ask::{Asked, Statistic};
use crate::report::estimate;
use crate::report::measured;
use crate::report::page::{Bounded, Typical};
use crate::report::unit::Unit;
use crate::result::{Opened, ResultError};
use crate::scenario::resolved::Better;

/// Parts of the futures from which an estimate is made: one of so many.
const PARTS: [u32; 4] = [8, 4, 2, 1];

/// A metric over futures.
#[derive(Clone, PartialEq, Debug)]
pub struct Columns {
    /// Numbers of the runs, rising.
    pub runs: Vec<f64>,
    /// Its value in each.
    pub scenario: Vec<f64>,
    /// The same in the baseline.
    pub baseline: Option<Vec<f64>>,
}

impl Columns {
    /// Reads a metric of a result.
    ///
    /// # Errors
    /// [`ResultError`]
    pub fn read(result: &Opened, metric: &str) -> Result<Self, ResultError> {
        let files = result.files();
        let paired = result.manifest.identity.baseline_digest.is_some();
        let baseline = || files.numbers("runs", &format!("base_{metric}"));
        Ok(Self {
            runs: files.numbers("runs", "run")?,
            scenario: files.numbers("runs", &format!("out_{metric}"))?,
            baseline: paired.then(baseline).transpose()?,
        })
    }

    /// Those of the runs below `end`.
    fn below(&self, end: u32) -> (&[f64], Option<&[f64]>) {
        let rows = self.runs.partition_point(|run| *run < f64::from(end));
        let baseline = self.baseline.as_ref().map(|values| &values[..rows]);
        (&self.scenario[..rows], baseline)
    }
}

/// One statistic's two tables: `all` are the result's futures, `rungs` those with other numbers
/// of customers.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn converging(
    of: &Asked,
    width: Option<Width>,
    (all, futures): (&Columns, u32),
    rungs: &[(u32, Columns)],
) -> Result<Converging, MeasureError> {
    let in_futures = prefixes(of, all, &PARTS.map(|part| futures.div_ceil(part)))?;
    let last = in_futures.last().and_then(|prefix| prefix.estimate);
    let rungs = rungs.iter().map(|(customers, columns)| {
        let (scenario, base) = paired(of, columns, all);
        rung(of, *customers, &scenario, &base)
    });
    Ok(Converging {
        name: of.name(),
        label: of.metric.label.clone(),
        unit: of.metric.unit.clone(),
        is_effect: of.statistic == Statistic::Effect,
        inside: inside(&in_futures),
        needed: last.and_then(|last| for_an_error(&last, width, futures)),
        width_asked: width.is_some(),
        in_futures,
        in_customers: rungs.collect::<Result<_, _>>()?,
        spread: None,
    })
}

/// What is estimated from the runs below each of these numbers.
///
/// # Errors
/// When a value is infinite or beyond what can be summed.
pub fn prefixes(of: &Asked, all: &Columns, first: &[u32]) -> Result<Vec<Prefix>, MeasureError> {
    let prefixes = first.iter().map(|&futures| {
        let (scenario, baseline) = all.below(futures);
        Ok(Prefix {
            futures,
            estimate: of.estimate(scenario, baseline)?,
        })
    });
    prefixes.collect()
}

/// Whether every later estimate lies inside every earlier interval.
fn inside(prefixes: &[Prefix]) -> Option<bool> {
    let known = prefixes.iter().filter_map(|prefix| {
        let estimate = prefix.estimate?;
        match estimate.value {
            Bounded::At(value) => Some((value, Interval::around(value, estimate.error?))),
            Bounded::Over(_) => None,
        }
    });
    let known: Vec<(f64, Interval)> = known.collect();
    let pairs = known.iter().enumerate();
    let mut pairs = pairs.flat_map(|(at, (_, earlier))| {
        let later = known[at + 1..].iter();
        later.map(move |(value, _)| earlier.contains(*value))
    });
    (known.len() > 1).then(|| pairs.all(|inside| inside))
}

fn for_an_error(last: &Typical, width: Option<Width>, futures: u32) -> Option<Needed> {
    let (Bounded::At(value), Some(error)) = (last.value, last.error) else {
        return None;
    };
    let within = width.map_or(Some(error / 2.0), |width| width.at(value))?;
    Some(Needed {
        within,
        futures: needed(futures, error, within),
    })
}

/// What the statistic is of, in the futures that both have: with other customers, and with those
/// of the result.
fn paired(of: &Asked, other: &Columns, own: &Columns) -> (Vec<f64>, Vec<f64>) {
    let value = |columns: &Columns, row: usize| match (&columns.baseline, of.statistic) {
        (Some(baseline), Statistic::Effect) => {
            lasting(of, columns.scenario[row]) - lasting(of, baseline[row])
        }
        _ => lasting(of, columns.scenario[row]),
    };
    let rows = other.runs.iter().enumerate().filter_map(|(at, run)| {
        let own_row = own.runs.binary_search_by(|own| own.total_cmp(run)).ok()?;
        Some((value(other, at), value(own, own_row)))
    });
    rows.unzip()
}

/// What has not ended by the horizon counts with the days it has lasted.
fn lasting(of: &Asked, value: f64) -> f64 {
    if of.metric.unit == Unit::Days && value.is_nan() {
        of.horizon
    } else {
        value
    }
}

fn rung(of: &Asked, customers: u32, other: &[f64], own: &[f64]) -> Result<Rung, MeasureError> {
    let is_share = of.metric.unit == Unit::YesNo;
    let effect = match (is_share, of.statistic) {
        (true, Statistic::Effect) => {
            let points = |values: &[f64]| values.iter().map(|v| 100.0 * v).collect::<Vec<f64>>();
            estimate::effect(&points(other), &points(own), Better::Neutral)?
        }
        (true, _) => estimate::yes_no_effect(other, own, Better::Neutral),
        (false, _) => {
            let unit = &of.metric.unit;
            measured::effect(unit, Better::Neutral, (other, own), of.horizon)?
        }
    };
    let scale = if is_share { 100.0 } else { 1.0 };
    let pairs = other.iter().zip(own);
    let differences: Vec<f64> = pairs.map(|(a, b)| scale * (a - b)).collect();
    let summary = Summary::new(&differences)?;
    Ok(Rung {
        customers,
        futures: u32::try_from(summary.n).unwrap_or(u32::MAX),
        difference: effect.map(|effect| Typical {
            value: Bounded::At(effect.mean),
            error: effect.error,
        }),
        noise: deviation(&summary),
    })
}

fn deviation(summary: &Summary) -> Option<f64> {
    let error = summary.standard_error?;
    Some(error * (summary.n as f64).sqrt())
}

/// Standard deviation over the first futures of what the statistic is of, in its unit.
///
/// # Errors
/// As [`converging`].
pub fn spread(of: &Asked, all: &Columns, first: u32) -> Result<Option<f64>, MeasureError> {
    let (own, _) = paired(of, all, all);
    let rows = all.below(first).0.len();
    let scale = if of.metric.unit == Unit::YesNo {
        100.0
    } else {
        1.0
    };
    let values: Vec<f64> = own[..rows].iter().map(|value| scale * value).collect();
    Ok(deviation(&Summary::new(&values)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::enough::ask::Known;
    use crate::scenario::{Overlay, ScenarioTarget, load};

    fn asked(name: &str) -> Asked {
        let target = ScenarioTarget::parse("preska-2014");
        let scenario = load(&target, Overlay::default()).unwrap();
        Known::of(&scenario, true).unwrap().named(name).unwrap()
    }

    fn columns(runs: u32, value: impl Fn(f64) -> f64) -> Columns {
        let runs: Vec<f64> = (0..runs).map(f64::from).collect();
        Columns {
            scenario: runs.iter().map(|run| value(*run)).collect(),
            baseline: Some(vec![0.0; runs.len()]),
            runs,
        }
    }

    #[test]
    fn a_drift_shows_in_futures_and_a_bias_in_customers() {
        let steady = columns(800, |run| run % 10.0);
        let of = asked("trust_eu_2014.mean");
        let fewer = columns(64, |run| run % 10.0 - 2.0 + (run % 2.0));
        let found = converging(&of, None, (&steady, 800), &[(1250, fewer)]).unwrap();
        let firsts: Vec<u32> = found.in_futures.iter().map(|p| p.futures).collect();
        assert_eq!(firsts, [100, 200, 400, 800]);
        assert_eq!(found.inside, Some(true));
        // Half the ± takes four times the futures, to two digits.
        assert_eq!(found.needed.unwrap().futures, Some(3200));
        let rung = found.in_customers[0];
        assert_eq!((rung.customers, rung.futures), (1250, 64));
        assert_eq!(rung.difference.unwrap().value, Bounded::At(-1.5));
        // −2 and −1 in turn: a quarter, over 63 in place of 64.
        let noise = (0.25_f64 * 64.0 / 63.0).sqrt();
        assert!((rung.noise.unwrap() - noise).abs() < 1e-12);

        let drift = columns(800, |run| run / 10.0 + run % 10.0);
        let found = converging(&of, None, (&drift, 800), &[]).unwrap();
        assert_eq!(found.inside, Some(false));
    }

    #[test]
    fn what_cannot_be_estimated_is_not_said() {
        let of = asked("case_days");
        let open = columns(16, |_| f64::NAN);
        let found = converging(&of, None, (&open, 16), &[]).unwrap();
        assert_eq!((found.inside, found.needed), (None, None));
        let spread = spread(&of, &open, 16).unwrap();
        assert_eq!(spread, Some(0.0)); // all last as long as the horizon
    }

    #[test]
    fn a_share_is_in_points_and_has_the_interval_of_newcombe() {
        let of = asked("case_open");
        let own = columns(64, |_| 0.0);
        let other = columns(64, |run| f64::from(run < 16.0));
        let found = converging(&of, None, (&own, 64), &[(10, other)]).unwrap();
        let difference = found.in_customers[0].difference.unwrap();
        assert_eq!(difference.value, Bounded::At(25.0));
        assert!(difference.error.unwrap() > 8.0);
    }
}
