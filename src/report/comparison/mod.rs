//! What `comity compare` says, as data: `summary.json` of a comparison. Options and metrics are
//! named by their position.

pub mod answer;
pub(super) mod rows;

use serde::{Deserialize, Serialize};

use super::checks::Checks;
use super::enough::ask::{self, AskError, Half};
use super::finished::not_in_the_model;
use super::input::{MetricFacts, ScenarioFacts};
use super::page::{Effect, Footer, Grounds, Verdict as Worth};
use super::premises::Premises;
use super::unit::Unit;
use crate::analysis::decide::difference::Difference;
use crate::analysis::decide::study::Compared;
use crate::domain::Date;
use crate::measure::enough::Width;
use crate::result::Identity;
use crate::scenario::Scenario;
use crate::scenario::resolved::{Better, Model};

/// A comparison.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// What was asked of which world.
    pub header: Header,
    /// What is forced and what is known, besides what the scenario says.
    #[serde(default, skip_serializing_if = "Premises::is_empty")]
    pub premises: Premises,
    /// The metrics, in the order of the scenario.
    pub metrics: Vec<Metric>,
    /// The metric by which options are judged.
    pub objective: usize,
    /// A value of it that is good enough, if one was named.
    pub tolerance: Option<f64>,
    /// The options.
    pub options: Vec<Alternative>,
    /// What came of it.
    pub compared: Compared,
    /// How many futures each option was given, where that was to be no more than it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounds: Option<Rounds>,
    /// On what it rests.
    pub how_far_to_trust_this: Grounds,
    /// Commands that go on from here.
    pub next: Vec<String>,
    /// What it takes to make it again.
    pub footer: Footer,
}

/// How many futures each option was given.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Rounds {
    /// The difference that matters, as it was asked: of the objective, or of its standard
    /// deviation.
    pub asked: Half,
    /// The most futures that an option was allowed.
    pub allowed: u32,
    /// Futures of each option, failed ones too.
    pub futures: Vec<u32>,
    /// Fresh futures besides, of all options together.
    pub fresh: u32,
}

/// What was asked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// The scenario's title; of several scenarios nothing.
    pub title: Option<String>,
    /// First day simulated.
    pub start: Date,
    /// Last day simulated.
    pub end: Date,
    /// Who decides, if the scenario says so.
    pub who: Option<String>,
    /// By which day, if it says so.
    pub by: Option<Date>,
}

/// A metric.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// What, for whom, when.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// Whether more of it is better; nothing where neither is.
    pub more_is_better: Option<bool>,
    /// Place among the scenario's three numbers.
    pub headline: Option<u8>,
}

/// An option, or a scenario among several.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Alternative {
    /// Its name.
    pub name: String,
    /// As the scenario describes it.
    pub title: String,
    /// The folder of its futures, below the comparison's.
    pub folder: String,
}

/// What the page is made of besides what was computed.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The scenario of which they are options, under the first; of several scenarios the first.
    pub scenario: &'a Scenario,
    /// Whether they are options of one scenario's decision.
    pub of_decision: bool,
    /// The job.
    pub identity: &'a Identity,
    /// Positions in the scenario of the metrics compared.
    pub metrics: &'a [usize],
    /// The objective's position among these.
    pub objective: usize,
    /// A value of it that is good enough.
    pub tolerance: Option<f64>,
    /// Futures that failed under an option.
    pub failed: u32,
    /// Futures drawn until those agreed with what is given; nothing where nothing is.
    pub drawn: Option<u64>,
    /// How many each was given, where that is not said beforehand.
    pub rounds: Option<&'a Rounds>,
}

impl Comparison {
    /// The page.
    #[must_use]
    pub fn new(asked: &Asked<'_>, options: Vec<Alternative>, compared: Compared) -> Self {
        let Asked {
            scenario, identity, ..
        } = *asked;
        let outside = not_in_the_model(&scenario.model);
        let all = MetricFacts::all(scenario);
        let facts = ScenarioFacts::new(scenario, None, outside);
        let decision = scenario.decision.as_ref().filter(|_| asked.of_decision);
        let who = decision.and_then(|decision| match &scenario.model {
            Model::Full(model) => Some(model.title_of(decision.who).to_owned()),
            Model::MarketBenchmark(_) => None,
        });
        Self {
            header: Header {
                title: asked.of_decision.then_some(facts.title),
                start: facts.start,
                end: facts.end,
                who,
                by: decision.and_then(|decision| decision.by),
            },
            premises: Premises {
                drawn: asked.drawn,
                ..facts.premises
            },
            metrics: asked
                .metrics
                .iter()
                .map(|&at| Metric::of(all[at].clone()))
                .collect(),
            objective: asked.objective,
            tolerance: asked.tolerance,
            options,
            rounds: asked.rounds.cloned(),
            how_far_to_trust_this: Grounds {
                inputs: facts.inputs,
                inputs_assumed: facts.inputs_assumed,
                inputs_uncertain: facts.inputs_uncertain,
                runs_failed: asked.failed,
                checks: Checks::shipped(),
                not_in_the_model: facts.not_in_the_model,
            },
            next: Vec::new(),
            footer: Footer {
                runs: u32::try_from(compared.judged.futures).unwrap_or(u32::MAX),
                customers: identity.customers,
                seed: identity.seed,
                digest6: facts.digest.chars().take(6).collect(),
                model_version: identity.model_version,
                program_version: env!("CARGO_PKG_VERSION").to_owned(),
                seconds: None,
            },
            compared,
        }
    }

    /// The metric by which options are judged.
    #[must_use]
    pub fn judged_by(&self) -> &Metric {
        &self.metrics[self.objective]
    }

    /// The headline metrics besides the objective, in their order.
    #[must_use]
    pub fn headlines(&self) -> Vec<usize> {
        let metrics = self.metrics.iter().enumerate();
        let mut headlines: Vec<(u8, usize)> = metrics
            .filter(|(at, _)| *at != self.objective)
            .filter_map(|(at, metric)| Some((metric.headline?, at)))
            .collect();
        headlines.sort_unstable();
        headlines.into_iter().map(|(_, at)| at).collect()
    }
}

/// Reads a difference that matters, of an objective of this unit.
///
/// # Errors
/// [`AskError::Width`]
pub fn difference_that_matters(text: &str, unit: &Unit) -> Result<Width, AskError> {
    Ok(match (ask::width(text)?, unit) {
        // Points of futures, as the page has it.
        (Width::Within(points), Unit::YesNo) => Width::Within(points / 100.0),
        (width, _) => width,
    })
}

impl Metric {
    pub(super) fn of(facts: MetricFacts) -> Self {
        Self {
            more_is_better: match facts.better {
                Better::Higher => Some(true),
                Better::Lower => Some(false),
                Better::Neutral => None,
            },
            name: facts.name,
            label: facts.label,
            unit: facts.unit,
            headline: facts.headline,
        }
    }
}

/// A paired difference as the page words it: of what happens or not, in points of futures.
#[must_use]
pub fn effect(unit: &Unit, difference: &Difference) -> Effect {
    let (times, spread) = match unit {
        // Only −1, 0 and 1 occur: no range to speak of.
        Unit::YesNo => (100.0, None),
        _ => (1.0, difference.spread),
    };
    Effect {
        mean: times * difference.mean,
        error: difference.error().map(|error| times * error),
        spread,
        verdict: match difference.interval {
            None => Worth::NotEstimable,
            Some(_) if difference.excludes_zero() => Worth::Changed,
            Some(_) => Worth::NotSeparable,
        },
    }
}

/// A value of the metric on the scale of [`effect`].
#[must_use]
pub fn on_scale(unit: &Unit, value: f64) -> f64 {
    match unit {
        Unit::YesNo => 100.0 * value,
        _ => value,
    }
}
