//! What a fit found: how far each input moved and narrowed, what cannot be told apart, and
//! what would have been seen before and after.

use serde::{Deserialize, Serialize};

use super::observed::Observed;
use super::particle::{Generation, Passage};
use crate::measure::quantile::quantile_of_sorted;
use crate::measure::rank::spearman;

/// Contraction above which an input is identified.
const IDENTIFIED: f64 = 0.5;
/// Contraction above which it is so weakly.
const WEAK: f64 = 0.2;
/// Rank correlation in the posterior above which two inputs are not told apart.
const TIED: f64 = 0.5;

/// What a fit found.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FitSummary {
    /// Particles.
    pub particles: u32,
    /// ln of the evidence: of two models of the same observations the one with more foresaw
    /// them better.
    pub log_evidence: f64,
    /// How each generation was reached.
    pub generations: Vec<Passage>,
    /// The inputs calibrated, in the order of their paths.
    pub inputs: Vec<FittedInput>,
    /// What they were fitted to.
    pub observations: Vec<FittedObservation>,
}

/// Mean, spread and 5th and 95th percentile.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// 5th percentile.
    pub p05: f64,
    /// 95th percentile.
    pub p95: f64,
}

/// An input before and after.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FittedInput {
    /// Its path.
    pub path: String,
    /// As the scenario says.
    pub prior: Spread,
    /// Given what was observed.
    pub posterior: Spread,
    /// 1 − variance after / variance before; below 0 where it widened.
    pub contraction: f64,
    /// Whether the observations say what it is.
    pub identified: Identified,
    /// The input with which it is correlated most after the fit, if that is more than 0.5 in
    /// ranks: the two are not told apart.
    pub tied_to: Option<Tie>,
}

/// Whether the observations say what an input is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identified {
    /// More than half of its variance is gone.
    Yes,
    /// Between a fifth and a half.
    Weakly,
    /// Less: what is believed of it is its prior still.
    No,
}

/// Another input that moves with it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Tie {
    /// Its path.
    pub path: String,
    /// Spearman's ρ.
    pub rank: f64,
}

/// An observation, and what would have been seen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FittedObservation {
    /// The metric.
    pub metric: String,
    /// The day of which it tells.
    pub date: String,
    /// What was observed.
    pub value: f64,
    /// Mean and standard deviation of what would have been seen under the prior; nothing
    /// where no future had it.
    pub prior: Option<[f64; 2]>,
    /// The same under the posterior.
    pub posterior: Option<[f64; 2]>,
}

impl Identified {
    /// By the part of its variance that is gone.
    #[must_use]
    pub fn by(contraction: f64) -> Self {
        if contraction > IDENTIFIED {
            Self::Yes
        } else if contraction > WEAK {
            Self::Weakly
        } else {
            Self::No
        }
    }

    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Weakly => "weakly",
            Self::No => "no",
        }
    }
}

impl FitSummary {
    /// Of the first and the last generation.
    #[must_use]
    pub fn of(problem: &Observed<'_>, first: &Generation, last: &Generation) -> Self {
        let columns = columns(problem, last);
        let inputs = (0..columns.len()).map(|place| input(problem, &columns, place));
        Self {
            particles: u32::try_from(last.particles.len()).unwrap_or(u32::MAX),
            log_evidence: last.log_evidence(),
            generations: last.passages.clone(),
            inputs: inputs.collect(),
            observations: observations(problem, first, last),
        }
    }
}

/// The values of each calibrated input over the particles.
pub fn columns(problem: &Observed<'_>, generation: &Generation) -> Vec<Vec<f64>> {
    let places = 0..problem.inputs().len();
    let column = |place| {
        let particles = generation.particles.iter();
        particles
            .filter_map(|particle| problem.value(&particle.evaluated, place))
            .collect()
    };
    places.map(column).collect()
}

fn input(problem: &Observed<'_>, columns: &[Vec<f64>], place: usize) -> FittedInput {
    let inputs = &problem.scenario().inputs;
    let path = |place: usize| inputs[problem.inputs()[place].0].path.clone();
    let distribution = &inputs[problem.inputs()[place].0].distribution;
    let prior = Spread {
        mean: distribution.mean(),
        sd: distribution.variance().max(0.0).sqrt(),
        p05: distribution.quantile(0.05),
        p95: distribution.quantile(0.95),
    };
    let posterior = spread(&columns[place]);
    let contraction = if prior.sd > 0.0 {
        1.0 - (posterior.sd / prior.sd) * (posterior.sd / prior.sd)
    } else {
        0.0
    };
    let others = (0..columns.len()).filter(|other| *other != place);
    let ties = others.filter_map(|other| {
        let rank = spearman(&columns[place], &columns[other])?;
        (rank.abs() > TIED).then_some((other, rank))
    });
    let tie = ties.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
    FittedInput {
        path: path(place),
        prior,
        posterior,
        contraction,
        identified: Identified::by(contraction),
        tied_to: tie.map(|(other, rank)| Tie {
            path: path(other),
            rank,
        }),
    }
}

fn spread(values: &[f64]) -> Spread {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let quantile = |p| quantile_of_sorted(&sorted, p);
    Spread {
        mean,
        sd: (squares / n).sqrt(),
        p05: quantile(0.05).unwrap_or(mean),
        p95: quantile(0.95).unwrap_or(mean),
    }
}

fn observations(
    problem: &Observed<'_>,
    first: &Generation,
    last: &Generation,
) -> Vec<FittedObservation> {
    let observations = problem.observations().iter().enumerate();
    let rows = observations.map(|(place, observation)| FittedObservation {
        metric: problem.scenario().metrics[observation.metric.0]
            .name
            .clone(),
        date: observation.date.to_string(),
        value: observation.value,
        prior: predictive(problem, first, place),
        posterior: predictive(problem, last, place),
    });
    rows.collect()
}

/// Mean and standard deviation of what would have been seen, over futures and the error of
/// observation.
fn predictive(problem: &Observed<'_>, of: &Generation, place: usize) -> Option<[f64; 2]> {
    let particles = of.particles.iter();
    let seen = particles.filter_map(|particle| problem.seen(&particle.evaluated, place));
    let seen: Vec<_> = seen.collect();
    let n = seen.len() as f64;
    let mean = seen.iter().map(|seen| seen.mean).sum::<f64>() / n;
    let variances = seen.iter().map(|seen| {
        let off = seen.mean - mean;
        off * off + seen.sd * seen.sd
    });
    let variance = variances.sum::<f64>() / n;
    (!seen.is_empty()).then(|| [mean, variance.sqrt()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_identified_by_the_variance_that_is_gone() {
        let words = [0.51, 0.5, 0.21, 0.2, -3.0].map(|c| Identified::by(c).word());
        assert_eq!(words, ["yes", "weakly", "weakly", "no", "no"]);
    }

    #[test]
    fn the_spread_of_a_column() {
        let spread = spread(&[1.0, 2.0, 3.0, 6.0]);
        assert_eq!((spread.mean, spread.p05, spread.p95), (3.0, 1.0, 6.0));
        assert!((spread.sd - 3.5f64.sqrt()).abs() < 1e-12);
    }
}
