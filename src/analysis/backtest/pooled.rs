//! Many scores in a few figures, what was for fitting and what was held out apart.
//!
//! Scores in different units are added only after each was divided by the standard deviation of
//! its observation's own error (a *standardised* CRPS: a forecast that knew the truth would score
//! about 0.23 at best). Skill is 1 − Σ CRPS/Σ CRPS of the reference, both standardised, over the
//! rows for which the reference says something; its interval is a percentile bootstrap (Efron &
//! Tibshirani 1993) that draws whole series, since the values of one series err together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::record::Row;
use super::score::{Outcome, Reference, Scored};
use crate::chance::{EntityKey, Run, Seed, Stream};
use crate::measure::interval::{Interval, wilson_interval};
use crate::measure::quantile::quantile_of_sorted;
use crate::measure::scores::uniformity::{histogram, kolmogorov_smirnov};

/// Chances of the bands whose coverage is told.
pub const COVERED: [f64; 3] = [0.5, 0.8, 0.95];
/// Bins of the histogram of PIT.
pub const BINS: usize = 5;
/// Draws of the bootstrap.
const DRAWS: u32 = 2_000;
/// Fewest series from which it draws.
const LEAST_SERIES: usize = 4;

/// What was observed for one use, summed up.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pooled {
    /// `fit` or `validate`.
    #[serde(rename = "use")]
    pub use_for: String,
    /// Values that were scored.
    pub values: usize,
    /// Bounds that were scored.
    pub bounds: usize,
    /// Observations of which no future has such a value.
    pub missing: usize,
    /// Mean of CRPS divided by the observation's error, over values that belong to a series: a
    /// single date, read to the day, has no scale on which it could be added to others.
    pub crps_standardised: Option<f64>,
    /// Mean log score of values and bounds, nats.
    pub log_score: Option<f64>,
    /// Mean Brier score of bounds.
    pub brier: Option<f64>,
    /// Against no change.
    pub persistence: Option<Skill>,
    /// Against the trend.
    pub trend: Option<Skill>,
    /// By [`COVERED`]: values inside the band.
    pub inside: [Covered; 3],
    /// Values by PIT, in equal bins.
    pub pit: Vec<u64>,
    /// p-value of the test of Kolmogorov (1933) that PIT is uniform, as if values were
    /// independent; `None` for too few values.
    pub pit_uniform: Option<f64>,
}

/// Skill over several rows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Skill {
    /// 1 is perfect, 0 no better than the reference.
    pub skill: f64,
    /// Its 95 % interval, of enough series.
    pub interval: Option<Interval>,
    /// Rows for which the reference says something.
    pub rows: usize,
    /// Labels of rows that do worse than the reference, with their date.
    pub worse: Vec<String>,
}

/// Values inside a band.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Covered {
    /// Chance of the band.
    pub band: f64,
    /// Values inside.
    pub inside: usize,
    /// Values.
    pub of: usize,
    /// The share's 95 % interval (Wilson 1927), as if values were independent.
    pub interval: Option<Interval>,
}

/// The values of one backtest, such as BT4.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ByBacktest {
    /// Its label.
    pub backtest: String,
    /// Values scored, of fit and validate.
    pub values: usize,
    /// Of these, inside the 80 % band.
    pub inside_80: usize,
    /// Values for which there is a forecast of no change.
    pub with_no_change: usize,
    /// Of these, worse than no change.
    pub worse_than_no_change: usize,
}

/// A value's scores.
struct Value<'a> {
    row: &'a Row,
    scored: &'a Scored,
    crps: f64,
    pit: f64,
}

impl Value<'_> {
    fn reference(&self, which: Which) -> Option<&Reference> {
        match (&self.scored.outcome, which) {
            (Outcome::Value { persistence, .. }, Which::Persistence) => persistence.as_ref(),
            (Outcome::Value { trend, .. }, Which::Trend) => trend.as_ref(),
            (Outcome::Bound { .. }, _) => None,
        }
    }
}

#[derive(Clone, Copy)]
enum Which {
    Persistence,
    Trend,
}

fn values<'a>(rows: &[&'a Row]) -> Vec<Value<'a>> {
    let of = |row: &'a Row| {
        let scored = row.scored.as_ref()?;
        match scored.outcome {
            Outcome::Value {
                crps_mixture, pit, ..
            } => Some(Value {
                row,
                scored,
                crps: crps_mixture,
                pit,
            }),
            Outcome::Bound { .. } => None,
        }
    };
    rows.iter().copied().filter_map(of).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

impl Pooled {
    /// Sums up rows of one use; `None` of none.
    #[must_use]
    pub fn of(use_for: &str, rows: &[&Row]) -> Option<Self> {
        let values = values(rows);
        let scored: Vec<&Scored> = rows.iter().filter_map(|row| row.scored.as_ref()).collect();
        let briers = scored.iter().filter_map(|scored| match scored.outcome {
            Outcome::Bound { brier, .. } => Some(brier),
            Outcome::Value { .. } => None,
        });
        let of_series = values.iter().filter(|value| value.row.series.is_some());
        let pit: Vec<f64> = values.iter().map(|value| value.pit).collect();
        (!rows.is_empty()).then(|| Self {
            use_for: use_for.to_owned(),
            values: values.len(),
            bounds: scored.len() - values.len(),
            missing: rows.len() - scored.len(),
            crps_standardised: mean(of_series.map(|v| v.crps / v.scored.error)),
            log_score: mean(scored.iter().map(|scored| scored.log_score)),
            brier: mean(briers),
            persistence: Skill::of(use_for, &values, Which::Persistence),
            trend: Skill::of(use_for, &values, Which::Trend),
            inside: COVERED.map(|band| Covered::of(band, &values)),
            pit: histogram(&pit, BINS).unwrap_or_default(),
            pit_uniform: kolmogorov_smirnov(&pit).map(|test| test.p_value),
        })
    }
}

impl Covered {
    fn of(band: f64, values: &[Value<'_>]) -> Self {
        let tail = 0.5 * (1.0 - band);
        let held = |value: &&Value<'_>| (tail..=1.0 - tail).contains(&value.pit);
        let inside = values.iter().filter(held).count();
        Self {
            band,
            inside,
            of: values.len(),
            interval: wilson_interval(inside as u64, values.len() as u64, 0.95),
        }
    }
}

impl Skill {
    fn of(purpose: &str, values: &[Value<'_>], which: Which) -> Option<Self> {
        // Sums of standardised CRPS by series: of the forecast, of the reference.
        let mut series: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        let (mut rows, mut worse) = (0, Vec::new());
        for value in values {
            let Some(reference) = value.reference(which) else {
                continue;
            };
            rows += 1;
            let row = value.row;
            let alone = || format!("observation {}", row.observation);
            let name = row.series.clone().unwrap_or_else(alone);
            let sums = series.entry(name).or_default();
            sums.0 += value.crps / value.scored.error;
            sums.1 += reference.crps / value.scored.error;
            if value.crps > reference.crps {
                worse.push(format!("{} ({})", row.label, row.date));
            }
        }
        let sums: Vec<(f64, f64)> = series.into_values().collect();
        let all = (0..sums.len()).map(|at| sums[at]);
        (rows > 0).then(|| Self {
            skill: skill(all),
            interval: bootstrap(purpose, &sums),
            rows,
            worse,
        })
    }
}

fn skill(sums: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (of, reference) = sums.fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
    1.0 - of / reference
}

fn bootstrap(purpose: &str, sums: &[(f64, f64)]) -> Option<Interval> {
    if sums.len() < LEAST_SERIES {
        return None;
    }
    let stream = Stream::new(Seed(0), "backtest", "bootstrap");
    let entity = EntityKey::of(purpose);
    let drawn = |draw: u32| {
        let picked = (0..sums.len()).map(|at| {
            let index = u32::try_from(at).unwrap_or(u32::MAX);
            let u = stream.uniform(Run(draw), entity, index);
            sums[(u * sums.len() as f64) as usize]
        });
        skill(picked)
    };
    let mut skills: Vec<f64> = (0..DRAWS).map(drawn).collect();
    skills.sort_by(f64::total_cmp);
    let low = quantile_of_sorted(&skills, 0.025)?;
    let high = quantile_of_sorted(&skills, 0.975)?;
    Some(Interval { low, high })
}

impl ByBacktest {
    /// Of all rows that belong to a backtest, but claims.
    #[must_use]
    pub fn all(rows: &[Row]) -> Vec<Self> {
        let mut labels: Vec<&String> = rows.iter().filter_map(|r| r.backtest.as_ref()).collect();
        labels.sort_unstable();
        labels.dedup();
        let of = |label: &String| {
            let belongs =
                |row: &&Row| row.backtest.as_ref() == Some(label) && row.use_for != "claim";
            let rows: Vec<&Row> = rows.iter().filter(belongs).collect();
            let values = values(&rows);
            let references = values
                .iter()
                .filter_map(|v| Some((v.crps, v.reference(Which::Persistence)?.crps)));
            let references: Vec<(f64, f64)> = references.collect();
            Self {
                backtest: label.clone(),
                values: values.len(),
                inside_80: Covered::of(0.8, &values).inside,
                with_no_change: references.len(),
                worse_than_no_change: references.iter().filter(|(a, b)| a > b).count(),
            }
        };
        labels.into_iter().map(of).collect()
    }
}
