//! The levers of a scenario whose futures are stored: which of them can be moved by weights, and
//! why not the others.

use super::family::Family;
use crate::chance::math::{ln, normal_quantile};
use crate::ensemble::column_name;
use crate::result::{ResultError, ResultFiles};
use crate::scenario::Scenario;
use crate::scenario::resolved::{Distribution, Input, InputId, Lever};

/// A lever that weights can move, and what they are computed from.
#[derive(Clone, PartialEq, Debug)]
pub struct Movable {
    /// Its distribution as it is.
    pub family: Family,
    /// A number a future: the input, or of a normal family the pull of its score.
    pub held: Vec<f64>,
}

/// What a lever is to a result.
#[derive(Clone, PartialEq, Debug)]
pub enum Role {
    /// Weights can move it.
    Movable(Box<Movable>),
    /// They cannot, and why; a simulation can.
    Fixed(&'static str),
}

const KNOWN: &str =
    "it is a known number, the same in every future stored, so that none tells of another";
const EVERY_VISIT: &str =
    "it is drawn anew at every visit, so that a future has no one value of it";
const FITTED: &str = "it is drawn from a posterior, together with other inputs";
const LISTED: &str = "its distribution is a list of values, which has no centre to move";
const TIED: &str = "it moves together with other inputs, which weights can follow only for a normal or lognormal \
     distribution tied to continuous ones";

/// What each lever of the scenario is to its stored futures, in the order of levers. Reads the
/// inputs that it takes, of the first `most` runs.
///
/// # Errors
/// [`ResultError`] where a column cannot be read.
pub fn roles(
    scenario: &Scenario,
    files: ResultFiles<'_>,
    most: usize,
) -> Result<Vec<Role>, ResultError> {
    let read = |input: &Input| {
        let mut values = files.numbers("runs", &format!("in_{}", column_name(&input.path)))?;
        values.truncate(most);
        Ok(values)
    };
    let levers = scenario.levers.iter();
    levers.map(|lever| role(scenario, lever, read)).collect()
}

/// What one lever is; `read` gives the values of an input, one a future.
pub(super) fn role(
    scenario: &Scenario,
    lever: &Lever,
    read: impl Fn(&Input) -> Result<Vec<f64>, ResultError>,
) -> Result<Role, ResultError> {
    let (id, family) = match movable(scenario, lever) {
        Ok(found) => found,
        Err(why) => return Ok(Role::Fixed(why)),
    };
    let input = &scenario.inputs[id.0];
    let coupled = scenario.correlations.coupled();
    let held = match coupled.iter().position(|tied| *tied == id) {
        None if family.is_normal() => {
            let scores = read(input)?.into_iter();
            scores.map(|x| score(&input.distribution, x)).collect()
        }
        None => read(input)?,
        Some(at) => pulls(scenario, at, read)?,
    };
    Ok(Role::Movable(Box::new(Movable { family, held })))
}

/// The input of a lever and its family, or why weights cannot move it.
///
/// # Errors
/// Why not, in words.
fn movable(scenario: &Scenario, lever: &Lever) -> Result<(InputId, Family), &'static str> {
    let inputs = &scenario.inputs;
    let at = inputs.iter().position(|input| input.path == lever.path);
    let Some(at) = at else {
        let drawn = ["days", "severity"].iter().any(|end| {
            lever.path.ends_with(&format!(".{end}"))
                && (lever.path.starts_with("court.") || lever.path.starts_with("revelations."))
        });
        return Err(if drawn { EVERY_VISIT } else { KNOWN });
    };
    let id = InputId(at);
    if scenario
        .posterior
        .as_ref()
        .is_some_and(|posterior| posterior.quantile(id, 0.5).is_some())
    {
        return Err(FITTED);
    }
    let family = Family::of(&inputs[at].distribution).ok_or(LISTED)?;
    let coupled = scenario.correlations.coupled();
    if coupled.contains(&id) {
        let fitted = scenario.posterior.is_some();
        let mut all = coupled.iter().map(|tied| &inputs[tied.0].distribution);
        let continuous = all.all(|distribution| Family::of(distribution).is_some());
        if !family.is_normal() || !continuous || fitted {
            return Err(TIED);
        }
    }
    Ok((id, family))
}

/// The pull of the coupled input at a position, a number a future.
fn pulls(
    scenario: &Scenario,
    at: usize,
    read: impl Fn(&Input) -> Result<Vec<f64>, ResultError>,
) -> Result<Vec<f64>, ResultError> {
    let correlations = &scenario.correlations;
    let coupled = correlations.coupled().iter();
    let coupled: Vec<&Input> = coupled.map(|id| &scenario.inputs[id.0]).collect();
    let columns = coupled.iter().map(|input| read(input));
    let columns = columns.collect::<Result<Vec<_>, ResultError>>()?;
    let futures = columns.first().map_or(0, Vec::len);
    let mut scores = vec![0.0; coupled.len()];
    let pull = |future: usize| {
        for ((score_of, input), column) in scores.iter_mut().zip(&coupled).zip(&columns) {
            *score_of = score(&input.distribution, column[future]);
        }
        correlations.pulls(&mut scores);
        scores[at]
    };
    Ok((0..futures).map(pull).collect())
}

/// The normal score of a value: what a standard normal number would have to be to give it.
fn score(distribution: &Distribution, x: f64) -> f64 {
    const LEAST: f64 = f64::EPSILON / 2.0;
    match *distribution {
        Distribution::Normal { mean, sd } => (x - mean) / sd,
        Distribution::Lognormal { median, sigma } => (ln(x) - ln(median)) / sigma,
        _ => normal_quantile(distribution.cdf(x).clamp(LEAST, 1.0 - LEAST)),
    }
}
