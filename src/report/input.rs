//! What the front page is made of: facts of the scenario, and columns with a value a run.

use thiserror::Error;

use crate::domain::{Date, Ending};
use crate::measure::MeasureError;
use crate::scenario::resolved::{Better, Scenario, SourceKind};

use super::actors::{PolicyChange, RegionAct};
use super::checks::Checks;
use super::enough::ask::Ask;
use super::premises::Premises;
use super::unit::Unit;

/// All that the page needs.
#[derive(Clone, Debug)]
pub struct PageInput {
    /// What the scenario says.
    pub scenario: ScenarioFacts,
    /// How it was run.
    pub run: RunFacts,
    /// Metrics in the scenario's order, with their columns.
    pub metrics: Vec<MetricColumns>,
    /// The case that the page follows, if there is one.
    pub case: Option<CaseColumns>,
    /// What governments may bring into force.
    pub policies: Vec<PolicyColumns>,
    /// What providers decide about regions.
    pub regions: RegionsInput,
    /// How the last checks of the model went.
    pub checks: Checks,
}

/// What the scenario says of itself.
#[derive(Clone, Debug)]
pub struct ScenarioFacts {
    /// Its title.
    pub title: String,
    /// The title of the option laid over it, if one was.
    pub option: Option<String>,
    /// Options of its decision, where none was laid over it.
    pub options: u32,
    /// What is forced and what is known.
    pub premises: Premises,
    /// First day simulated.
    pub start: Date,
    /// Last day simulated.
    pub end: Date,
    /// Who decides, if the scenario names one.
    pub who: Option<String>,
    /// The baseline's name, where one was run beside it.
    pub baseline: Option<String>,
    /// Numbers in the scenario.
    pub inputs: u32,
    /// Those without evidence.
    pub inputs_assumed: u32,
    /// Those drawn anew for each run.
    pub inputs_uncertain: u32,
    /// What the model leaves out.
    pub not_in_the_model: Vec<String>,
    /// SHA-256 of the flattened scenario, in hexadecimal.
    pub digest: String,
}

/// How the scenario was run.
#[derive(Clone, Debug)]
pub struct RunFacts {
    /// Runs that failed or were skipped, not in the columns.
    pub failed: u32,
    /// Runs in the columns.
    pub runs: u32,
    /// The most runs that were allowed.
    pub allowed: u32,
    /// How surely something was to be known, where the runs end by that.
    pub asked: Vec<Ask>,
    /// Customers in each.
    pub customers: u32,
    /// The seed.
    pub seed: u64,
    /// Version of the model.
    pub model_version: u32,
    /// Version of the program.
    pub program_version: String,
    /// Seconds taken; `None` where a result was read.
    pub seconds: Option<f64>,
    /// Commands that exist and go on from here.
    pub next: Vec<String>,
}

/// A metric, and its value in each run.
#[derive(Clone, Debug)]
pub struct MetricColumns {
    /// What the scenario says of it.
    pub facts: MetricFacts,
    /// A value a run, in the unit of `facts`; NaN is missing.
    pub scenario: Vec<f64>,
    /// The same runs of the baseline, in the same order.
    pub baseline: Option<Vec<f64>>,
    /// The value on the first day, where it is known.
    pub at_start: Option<f64>,
}

/// What the scenario says of a metric.
#[derive(Clone, PartialEq, Debug)]
pub struct MetricFacts {
    /// Its name.
    pub name: String,
    /// What, for whom, when.
    pub label: String,
    /// Unit of its values.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// What was observed in the world, with its evidence.
    pub record: Option<String>,
    /// Place among the three numbers.
    pub headline: Option<u8>,
    /// The block to which it belongs besides.
    pub part: Part,
}

/// Where a metric stands on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// A row of `BY THE ORDER`.
    Effect,
    /// A rung of `SAY AND DO`, from what is said (0) to what is done; of several metrics of
    /// a rung the first stands there, the others are effects.
    SayAndDo(u8),
    /// The last line of `WHO MOVES`: how much of what moves changes region only.
    RegionMoves,
    /// A row of the block of a named customer, by its title.
    Customer(String),
    /// A row of `WHO MOVES`.
    Group {
        /// The group of customers.
        who: String,
        /// What is measured, alike for all rows.
        what: String,
    },
}

/// How the case ends in each run.
#[derive(Clone, Debug)]
pub struct CaseColumns {
    /// In each run.
    pub scenario: Vec<CaseOutcome>,
    /// In the same runs of the baseline.
    pub baseline: Option<Vec<CaseOutcome>>,
}

/// How and when a case ends in one run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CaseOutcome {
    /// How; `None` while it lasts.
    pub ending: Option<Ending>,
    /// Days from the start to the end, or to the horizon.
    pub days: f64,
}

/// When something first comes about in each run.
#[derive(Clone, Debug)]
pub struct DatedColumns {
    /// Days from the start; NaN where it has not come about by the horizon.
    pub scenario: Vec<f64>,
    /// The same runs of the baseline.
    pub baseline: Option<Vec<f64>>,
}

impl DatedColumns {
    /// It comes about in none of so many runs.
    #[must_use]
    pub fn empty(runs: usize, paired: bool) -> Self {
        let never = vec![f64::NAN; runs];
        Self {
            baseline: paired.then(|| never.clone()),
            scenario: never,
        }
    }

    /// Whether it comes about in any run of either world.
    #[must_use]
    pub fn ever(&self) -> bool {
        let baseline = self.baseline.iter().flatten();
        self.scenario
            .iter()
            .chain(baseline)
            .any(|days| !days.is_nan())
    }
}

/// A policy, and when it first comes into force, or first ends.
#[derive(Clone, Debug)]
pub struct PolicyColumns {
    /// Its name.
    pub name: String,
    /// As it is told.
    pub title: String,
    /// The name of its maker.
    pub maker: String,
    /// Its kind.
    pub kind: String,
    /// What may come about.
    pub change: PolicyChange,
    /// When it does.
    pub days: DatedColumns,
}

/// What providers decide about regions, and what has a date.
#[derive(Clone, Debug, Default)]
pub struct RegionsInput {
    /// Columns of the regions about which something is decided in any run.
    pub regions: Vec<RegionColumns>,
    /// Regions that open within the horizon on a date of the scenario.
    pub opened_by_date: u32,
    /// Regions that close on one.
    pub closed_by_date: u32,
}

/// A region, and when it is opened, converted or closed by decision.
#[derive(Clone, Debug)]
pub struct RegionColumns {
    /// Its name.
    pub name: String,
    /// The name of its provider.
    pub provider: String,
    /// The name of where it lies.
    pub jurisdiction: String,
    /// What happens to it.
    pub act: RegionAct,
    /// When it does.
    pub days: DatedColumns,
}

/// Columns from which no page can be made.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum ReportError {
    /// A column is not as long as there are runs.
    #[error(
        "column `{column}` holds {found} values, but there are {expected} runs; write the result again"
    )]
    UnequalColumns {
        /// Its name.
        column: String,
        /// Runs.
        expected: usize,
        /// Values.
        found: usize,
    },
    /// A value of which no statistic can be made.
    #[error("column `{column}`: {source}")]
    NotMeasurable {
        /// Its name.
        column: String,
        /// Why.
        source: MeasureError,
    },
}

impl ScenarioFacts {
    /// The facts of a scenario. `baseline` is the name of the world run beside it, and
    /// what is `not_in_the_model` is for the caller to say.
    #[must_use]
    pub fn new(
        scenario: &Scenario,
        baseline: Option<String>,
        not_in_the_model: Vec<String>,
    ) -> Self {
        let as_count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let months = i32::try_from(scenario.horizon_months).unwrap_or(i32::MAX);
        let assumed = scenario.number_paths.iter();
        let assumed = assumed.filter(|path| !rests_on_evidence(scenario, path));
        Self {
            title: scenario.title.clone(),
            option: scenario.option_title().map(str::to_owned),
            options: scenario
                .decision
                .as_ref()
                .filter(|_| scenario.under.is_none())
                .map_or(0, |decision| as_count(decision.options.len())),
            premises: Premises::of(scenario),
            start: scenario.start,
            end: scenario.start.plus_months(months),
            who: None,
            baseline,
            inputs: as_count(scenario.number_paths.len()),
            inputs_assumed: as_count(assumed.count()),
            inputs_uncertain: as_count(scenario.inputs.len()),
            not_in_the_model,
            digest: scenario.digest.clone(),
        }
    }
}

/// Whether the longest source path that covers this number names evidence.
fn rests_on_evidence(scenario: &Scenario, path: &str) -> bool {
    let covers = |prefix: &str| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let covering = scenario
        .sources
        .iter()
        .filter(|source| covers(&source.path));
    covering
        .max_by_key(|source| source.path.len())
        .is_some_and(|source| matches!(source.kind, SourceKind::Evidence { .. }))
}
