//! Do the intervals that the program states hold the truth as often as they say?
//!
//! For each kind of [`Stated`] there are problems with a known answer. A repeat draws as many
//! futures as the problem says, lets the program's own function state its interval, and looks
//! whether the truth is in it. How often it is must lie in the binomial band of what the
//! interval claims: the band leaves out so little that, over all problems together, a true
//! claim fails with a chance below 10⁻⁶.
//!
//! Where a method is known to cover more or less than it says, the problem states it with the
//! reason, and the table shows it; less than the coverage stated there is a failure too.
//!
//! | story | file |
//! |---|---|
//! | the problems of each kind | [`mod@problems`] |
//! | one repeat of each | `values`, `times`, `shares`, `tails` |
//! | one repeat until there are enough | `until` |
//! | its luck | [`draws`] |
//! | how it is told | [`told`] |
//! | the last full check, shipped | [`shipped`] |

pub mod draws;
pub mod problem;
pub mod problems;
mod shares;
pub mod shipped;
mod tails;
mod times;
pub mod told;
mod until;
mod values;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::chance::Seed;
use crate::measure::quantile::QuantileRanks;
use crate::measure::stated::Stated;
use crate::world::MODEL_VERSION;
use draws::Draws;
use problem::{Known, Problem};
use problems::problems;

/// Repeats of each problem unless asked otherwise.
pub const REPEATS: u32 = 3_000;

/// The chance that a check fails although every interval covers as it says.
pub const FALSE_ALARM: f64 = 1e-6;

/// What came out of a check.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelfCheck {
    /// The version of the model whose program was checked.
    pub model_version: u32,
    /// Repeats of each problem.
    pub repeats: u32,
    /// The seed of the draws.
    pub seed: u64,
    /// Problem by problem, in the order of [`Stated::ALL`].
    pub checks: Vec<Checked>,
}

/// What came out of one problem.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    /// The kind of interval, by its name.
    pub interval: String,
    /// The problem, by its name.
    pub problem: String,
    /// The coverage that the interval claims.
    pub nominal: f64,
    /// Repeats in which an interval was stated.
    pub stated: u32,
    /// Those in which it held the truth.
    pub covered: u32,
    /// Fewest and most of them if the claim is true.
    pub band: (u32, u32),
    /// Whether it is.
    pub verdict: Verdict,
    /// What is known of the method here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
}

/// What is to be said of an interval on a problem.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It covers as it says.
    Holds,
    /// It covers more, as is known.
    CoversMore,
    /// It covers less, as is known.
    CoversLess,
    /// It covers otherwise than is said or known.
    Fails,
}

/// Checks every kind of interval on all its problems. The same for any number of threads.
#[must_use]
pub fn selfcheck(repeats: u32, seed: Seed) -> SelfCheck {
    let all: Vec<Problem> = Stated::ALL.into_iter().flat_map(problems).collect();
    let tail = FALSE_ALARM / all.len() as f64;
    let checks = all
        .iter()
        .map(|problem| checked(problem, repeats, seed, tail));
    SelfCheck {
        model_version: MODEL_VERSION,
        repeats,
        seed: seed.0,
        checks: checks.collect(),
    }
}

fn checked(problem: &Problem, repeats: u32, seed: Seed, tail: f64) -> Checked {
    // Kinds that ask the same of one law do not share its luck.
    let name = format!("{}: {}", problem.kind.name(), problem.name);
    let (stated, covered) = (0..repeats)
        .into_par_iter()
        .filter_map(|repeat| (problem.repeat)(&mut Draws::new(seed, &name, repeat), problem.runs))
        .map(|holds| (1, u32::from(holds)))
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let nominal = problem.kind.nominal();
    let band = band(stated, nominal, tail);
    Checked {
        interval: problem.kind.name().to_owned(),
        problem: problem.name.to_owned(),
        nominal,
        stated,
        covered,
        band,
        verdict: verdict(problem.known, (stated, covered), band, tail),
        known: match problem.known {
            Known::Holds => None,
            Known::More(why) => Some(why.to_owned()),
            Known::Less(least, why) => Some(format!("{why}; at least {:.0} %", 100.0 * least)),
        },
    }
}

fn verdict(known: Known, (stated, covered): (u32, u32), band: (u32, u32), tail: f64) -> Verdict {
    if stated == 0 {
        return Verdict::Fails;
    }
    match known {
        _ if (band.0..=band.1).contains(&covered) => Verdict::Holds,
        Known::More(_) if covered > band.1 => Verdict::CoversMore,
        Known::Less(least, _) if covered < band.0 => {
            if covered >= self::band(stated, least, tail).0 {
                Verdict::CoversLess
            } else {
                Verdict::Fails
            }
        }
        _ => Verdict::Fails,
    }
}

/// The counts between which Binomial(`trials`, `chance`) lies but for a chance of at most
/// `tail`, half at either end. (The ranks around a quantile are those of this law.)
fn band(trials: u32, chance: f64, tail: f64) -> (u32, u32) {
    let ranks = QuantileRanks::new(u64::from(trials), chance, 1.0 - tail);
    let count = |rank: u64| u32::try_from(rank).unwrap_or(u32::MAX);
    let (lower, upper) = ranks.map_or((None, None), |ranks| (ranks.lower, ranks.upper));
    (
        lower.map_or(0, count),
        upper.map_or(trials, |upper| count(upper - 1)),
    )
}

#[cfg(test)]
mod tests;
