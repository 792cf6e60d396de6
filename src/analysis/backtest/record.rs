//! A whole backtest as data: what its files, its table and its block of Markdown are made of.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::futures::Futures;
use super::learning::{Weights, is_learned, weigh};
use super::mixture::mixture;
use super::occurrence::Occurrence;
use super::plan::Plan;
use super::pooled::{ByBacktest, Pooled};
use super::score::Scored;
use crate::domain::Date;
use crate::result::Identity;
use crate::scenario::Scenario;
use crate::scenario::resolved::{Bound, Observation, ObservationUse};

/// A backtest. `backtest.json` is this.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Backtested {
    /// What was asked.
    pub job: Job,
    /// The days from which forecasts were made, ascending.
    pub origins: Vec<OriginRow>,
    /// Each observation by its own origin; every pair of observation and origin stands in
    /// `scores.parquet`.
    pub observations: Vec<Row>,
    /// Labels of observations that no origin precedes.
    pub not_forecast: Vec<String>,
    /// What was observed for fitting, and for validation, each summed up.
    pub pooled: Vec<Pooled>,
    /// By the labels of `backtest`, in their order.
    pub by_backtest: Vec<ByBacktest>,
}

/// What was asked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Job {
    /// Version of the model.
    pub model_version: u32,
    /// The scenario's name.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// Its digest.
    pub scenario_digest: String,
    /// Futures simulated for each set of facts.
    pub runs: u32,
    /// Customers in each.
    pub customers: u32,
    /// The seed, as a text since JSON readers round large numbers.
    pub seed: String,
    /// Whether all facts were given at every origin.
    pub given: bool,
    /// Whether futures were weighed by what had been observed.
    pub learning: bool,
    /// The last day of what the scenario's inputs were fitted to, if they were: what it
    /// forecasts up to then is no forecast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitted_until: Option<Date>,
    /// The seed by which values changed their dates, if they did.
    pub shuffled: Option<String>,
}

impl Job {
    /// What an identity asks of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario, identity: &Identity, choices: &Choices) -> Self {
        Self {
            model_version: identity.model_version,
            scenario: identity.scenario.clone(),
            title: scenario.title.clone(),
            scenario_digest: identity.scenario_digest.clone(),
            runs: identity.runs,
            customers: identity.customers,
            seed: identity.seed.to_string(),
            given: choices.given,
            learning: choices.learning,
            fitted_until: fitted_until(scenario),
            shuffled: choices.shuffled.map(|seed| seed.to_string()),
        }
    }
}

fn fitted_until(scenario: &Scenario) -> Option<Date> {
    let from = scenario.posterior.as_ref()?.from.as_ref()?;
    Some(from.fit_until)
}

/// What may be chosen of a backtest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choices {
    /// All facts are given at every origin.
    pub given: bool,
    /// Futures are weighed by what had been observed.
    pub learning: bool,
    /// Values change their dates by a draw under this seed.
    pub shuffled: Option<u64>,
}

/// An origin and what its forecasts rest on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OriginRow {
    /// The day.
    pub date: Date,
    /// Folder of its futures, below `origins`.
    pub folder: String,
    /// Facts that they know.
    pub facts_known: usize,
    /// Names of those that they do not.
    pub facts_withheld: Vec<String>,
    /// Observations that weigh them.
    pub learned: usize,
    /// Futures with a row.
    pub futures: usize,
    /// Futures that failed.
    pub failed: u32,
    /// Effective number of futures, 1/Σw².
    pub effective: f64,
}

/// A forecast of one observation from one origin.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Position of the observation in the scenario, from 1.
    pub observation: usize,
    /// The metric's name.
    pub metric: String,
    /// What was observed, in words: the metric's title, or what was claimed.
    pub label: String,
    /// The metric's unit.
    pub unit: String,
    /// The day for which it holds.
    pub date: Date,
    /// The day on which it was known.
    pub published: Date,
    /// What was observed, in the metric's unit.
    pub value: f64,
    /// `at_least` or `at_most`, if it is only a bound.
    pub bound: Option<String>,
    /// `fit`, `validate` or `claim`.
    #[serde(rename = "use")]
    pub use_for: String,
    /// The backtest to which it belongs.
    pub backtest: Option<String>,
    /// Its series.
    pub series: Option<String>,
    /// The day from which it was forecast.
    pub origin: Date,
    /// Whether this is the origin by which it is judged.
    pub own: bool,
    /// Effective number of futures at the origin.
    pub effective: f64,
    /// Futures without such a value, which are left out.
    pub missing: usize,
    /// The forecast and its scores; nothing where no future has such a value.
    pub scored: Option<Scored>,
    /// Of what only some futures have.
    pub occurrence: Option<Occurrence>,
}

/// Simulated futures, and what they are to be held against.
#[derive(Clone, Copy)]
pub struct Study<'a> {
    /// The scenario with all its facts and observations.
    pub scenario: &'a Scenario,
    /// Who forecasts when, knowing what.
    pub plan: &'a Plan,
    /// The futures of each set of facts, in the plan's order.
    pub futures: &'a [Futures],
    /// Whether futures are weighed by what had been observed.
    pub learning: bool,
}

impl Study<'_> {
    /// The weights at each origin.
    fn weights(&self) -> Vec<Weights> {
        let origins = self.plan.origins.iter();
        let weights = origins.map(|origin| {
            weigh(
                &self.futures[origin.facts],
                &self.scenario.observations,
                |observation| self.learning && is_learned(observation, origin.date),
            )
        });
        weights.collect()
    }

    /// The origins, and each observation forecast from each origin before its date, in the order
    /// of observations and then of origins.
    #[must_use]
    pub fn forecast(&self) -> (Vec<OriginRow>, Vec<Row>) {
        let weights = self.weights();
        let observations = &self.scenario.observations;
        let mut pairs = Vec::new();
        for (at, observation) in observations.iter().enumerate() {
            let origins = self.plan.origins.iter().enumerate();
            let before = origins.filter(|(_, origin)| origin.date < observation.date);
            pairs.extend(before.map(|(origin, _)| (at, origin)));
        }
        let rows = pairs
            .par_iter()
            .map(|&(at, origin)| self.row(at, origin, &weights[origin]));
        let origins = self.plan.origins.iter().zip(&weights);
        let origins = origins.map(|(origin, weights)| {
            let facts = &self.plan.facts[origin.facts];
            let futures = &self.futures[origin.facts];
            OriginRow {
                date: origin.date,
                folder: facts.folder(),
                facts_known: facts.scenario.facts.len(),
                facts_withheld: facts.scenario.withheld.clone(),
                learned: weights.learned,
                futures: futures.count(),
                failed: futures.failed,
                effective: weights.effective,
            }
        });
        (origins.collect(), rows.collect())
    }

    fn row(&self, at: usize, origin: usize, weights: &Weights) -> Row {
        let observation = &self.scenario.observations[at];
        let own = self.plan.own(observation) == Some(origin);
        let origin = self.plan.origins[origin];
        let seen = &self.futures[origin.facts].seen[at];
        let mixture = mixture(seen, &weights.of);
        let metric = &self.scenario.metrics[observation.metric.0];
        Row {
            observation: at + 1,
            metric: metric.name.clone(),
            label: label(self.scenario, observation),
            unit: metric.of.unit().to_owned(),
            date: observation.date,
            published: observation.published,
            value: observation.value,
            bound: bound(observation.bound).map(str::to_owned),
            use_for: use_of(observation.use_for).to_owned(),
            backtest: observation.backtest.clone(),
            series: observation.series.clone(),
            origin: origin.date,
            own,
            effective: weights.effective,
            missing: seen.iter().filter(|seen| seen.is_none()).count(),
            scored: mixture
                .map(|mixture| Scored::of(&mixture, self.scenario, observation, origin.date)),
            occurrence: Occurrence::of(seen, observation.value)
                .filter(|_| observation.bound == Bound::Exact),
        }
    }
}

impl Backtested {
    /// Sums up what [`Study::forecast`] gave.
    #[must_use]
    pub fn new(job: Job, study: &Study<'_>, origins: Vec<OriginRow>, rows: &[Row]) -> Self {
        let own: Vec<Row> = rows.iter().filter(|row| row.own).cloned().collect();
        let observations = study.scenario.observations.iter();
        let not_forecast = observations
            .filter(|observation| study.plan.own(observation).is_none())
            .map(|observation| label(study.scenario, observation))
            .collect();
        let of_use = |use_for: ObservationUse| {
            let of: Vec<&Row> = own
                .iter()
                .filter(|row| row.use_for == use_of(use_for))
                .collect();
            Pooled::of(use_of(use_for), &of)
        };
        let pooled = [ObservationUse::Fit, ObservationUse::Validate];
        Self {
            job,
            origins,
            not_forecast,
            pooled: pooled.into_iter().filter_map(of_use).collect(),
            by_backtest: ByBacktest::all(&own),
            observations: own,
        }
    }
}

/// The metric's title; of a claim, of which there may be several, what was claimed.
fn label(scenario: &Scenario, observation: &Observation) -> String {
    let title = &scenario.metrics[observation.metric.0].title;
    let said = observation.text.as_ref();
    let said = said.filter(|_| observation.use_for == ObservationUse::Claim);
    said.unwrap_or(title).clone()
}

/// The word of a use.
#[must_use]
pub const fn use_of(use_for: ObservationUse) -> &'static str {
    match use_for {
        ObservationUse::Fit => "fit",
        ObservationUse::Validate => "validate",
        ObservationUse::Claim => "claim",
    }
}

const fn bound(bound: Bound) -> Option<&'static str> {
    match bound {
        Bound::Exact => None,
        Bound::AtLeast => Some("at_least"),
        Bound::AtMost => Some("at_most"),
    }
}
