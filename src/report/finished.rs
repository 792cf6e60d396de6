//! From a finished ensemble to what the front page is made of.

use std::collections::BTreeMap;

use thiserror::Error;

use super::build::build;
use super::checks::Checks;
use super::enough::ask::{Ask, AskError};
use super::enough::rule::asked_of;
use super::input::{
    CaseColumns, CaseOutcome, MetricColumns, MetricFacts, PageInput, RegionsInput, ReportError,
    RunFacts, ScenarioFacts,
};
use super::milestones::actors_of;
use super::page::Page;
use crate::domain::{Date, Ending};
use crate::ensemble::Finished;
use crate::measure::summary::Summary;
use crate::result::schemas::TRIED;
use crate::result::table::{Cells, Table};
use crate::result::{Identity, ResultError, ResultFiles, Wanted, World};
use crate::scenario::Scenario;
use crate::scenario::resolved::{FullModel, Model, Provider, Quantity};
use crate::world::metrics::level_of;

/// What the model leaves out, as the page says it: what it cannot hold, after what it could
/// and the scenario does not.
pub(super) fn not_in_the_model(model: &Model) -> Vec<String> {
    let mut outside = Vec::new();
    if let Model::Full(model) = model {
        let unanswered = |provider: &Provider| provider.price_response == Quantity::Known(0.0);
        let could = [
            (
                model.providers.iter().all(unanswered),
                "prices that answer to demand",
            ),
            (
                model.providers.iter().all(|p| p.investment.is_none()),
                "building by providers",
            ),
            (model.instruments.is_empty(), "new policies by governments"),
            (
                model
                    .regions
                    .iter()
                    .all(|r| r.capacity_usd_per_year.is_none()),
                "limits of capacity",
            ),
        ];
        let missing = could.into_iter().filter(|(missing, _)| *missing);
        outside.extend(missing.map(|(_, what)| what));
    }
    outside.extend(["tax", "sanctions"]);
    outside.into_iter().map(str::to_owned).collect()
}

/// Why no page can be made of a finished ensemble.
#[derive(Debug, Error)]
pub enum PageError {
    /// A table cannot be read.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// What was asked for cannot be.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// Its columns do not make a page.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A column is not what the simulator wrote.
    #[error("table `{table}` has no usable column `{column}`; run again with --fresh")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
    },
}

/// The front page of a scenario with the whole model. It holds nothing that differs
/// between two computations of the same job: no time taken, and no command that goes on.
///
/// # Errors
/// [`PageError`]
pub fn page_of(
    finished: &Finished<'_>,
    scenario: &Scenario,
    identity: &Identity,
) -> Result<Page, PageError> {
    let paired = finished.layout.paired;
    let baseline = scenario.baseline.clone().filter(|_| paired);
    let outside = not_in_the_model(&scenario.model);
    let mut facts = ScenarioFacts::new(scenario, baseline, outside);
    let mut case = None;
    let mut at_start = BTreeMap::new();
    let (mut policies, mut regions) = (Vec::new(), RegionsInput::default());
    if let Model::Full(model) = &scenario.model {
        let decides = scenario.decision.as_ref().map(|decision| decision.who);
        facts.who = decides.map(|who| model.title_of(who).to_owned());
        if let Some(first) = model.cases.first() {
            // Without a decision, whose option was laid over is not known.
            if facts.who.is_none() && facts.option.is_none() {
                let ordered = first.provider();
                facts.who = ordered.map(|of| model.providers[of.index()].title.clone());
            }
            let files = finished.files();
            case = Some(case_columns(files, paired, &first.name, scenario.start)?);
        }
        at_start = levels_at_start(finished, scenario, model)?;
        let actors = actors_of(finished, model, (facts.start, facts.end))?;
        (policies, regions) = (actors.policies, actors.regions);
    }
    if finished.layout.given {
        let drawn = finished.files().numbers("runs", TRIED)?;
        facts.premises.drawn = Some(drawn.iter().map(|tried| *tried as u64).sum());
    }
    let metrics = MetricFacts::all(scenario).into_iter().map(|facts| {
        let column = |prefix: &str| {
            finished
                .files()
                .numbers("runs", &format!("{prefix}{}", facts.name))
        };
        Ok(MetricColumns {
            scenario: column("out_")?,
            baseline: paired.then(|| column("base_")).transpose()?,
            at_start: at_start.get(&facts.name).copied(),
            facts,
        })
    });
    let metrics = metrics.collect::<Result<_, ResultError>>()?;
    Ok(build(&PageInput {
        scenario: facts,
        run: run_facts(finished, identity, asked_of(identity, scenario)?),
        metrics,
        case,
        policies,
        regions,
        checks: Checks::shipped(),
    })?)
}

fn run_facts(finished: &Finished<'_>, identity: &Identity, asked: Vec<Ask>) -> RunFacts {
    RunFacts {
        failed: finished.runs_failed,
        runs: finished.runs_ok,
        allowed: identity.runs,
        asked,
        customers: identity.customers,
        seed: identity.seed,
        model_version: identity.model_version,
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        seconds: None,
        next: Vec::new(),
    }
}

/// How the case ends in each run, and in those of the baseline where they are paired.
pub(super) fn case_columns(
    files: ResultFiles<'_>,
    paired: bool,
    case: &str,
    start: Date,
) -> Result<CaseColumns, PageError> {
    let columns = ["world", "case", "outcome", "date"];
    let table = files.table("cases", Wanted::Columns(&columns))?;
    let (worlds, cases) = (words(&table, "world")?, words(&table, "case")?);
    let (outcomes, dates) = (words(&table, "outcome")?, dates(&table, "cases")?);
    let of = |world: World| {
        let rows = 0..table.rows();
        let wanted = |row: &usize| worlds[*row] == Some(world.name()) && cases[*row] == Some(case);
        rows.filter(wanted)
            .map(|row| CaseOutcome {
                ending: ending(outcomes[row]),
                // A case that history ended before the start counts as ended on the day.
                days: dates[row].map_or(f64::NAN, |date| f64::from(date.days_since(start).max(0))),
            })
            .collect()
    };
    Ok(CaseColumns {
        scenario: of(World::Scenario),
        baseline: paired.then(|| of(World::Baseline)),
    })
}

fn ending(word: Option<&str>) -> Option<Ending> {
    Ending::ALL
        .into_iter()
        .find(|ending| Some(ending.name()) == word)
}

/// The median of each metric's level on the first day, by the metric's name: only where
/// every run's path was kept, so that it is about the same futures as the page.
fn levels_at_start(
    finished: &Finished<'_>,
    scenario: &Scenario,
    model: &FullModel,
) -> Result<BTreeMap<String, f64>, PageError> {
    let mut at_start = BTreeMap::new();
    let Some(&first) = finished.layout.dates.first() else {
        return Ok(at_start);
    };
    let table = finished
        .files()
        .table("paths", Wanted::Columns(&["date"]))?;
    let dates = dates(&table, "paths")?;
    let rows: Vec<usize> = (0..dates.len())
        .filter(|&row| dates[row] == Some(first))
        .collect();
    if rows.len() != finished.runs_ok as usize {
        return Ok(at_start);
    }
    for metric in scenario.metrics.iter().filter(|m| m.headline.is_some()) {
        let Some(level) = level_of(metric, model) else {
            continue;
        };
        let table = finished
            .files()
            .table("paths", Wanted::Columns(&[&level]))?;
        let values = match table.cells.first() {
            Some(Cells::Float64(values)) => rows.iter().map(|&row| values[row]),
            _ => return Err(unusable("paths", &level)),
        };
        let summary = Summary::new(&values.collect::<Vec<_>>());
        let median = summary.map_err(|source| ReportError::NotMeasurable {
            column: level,
            source,
        })?;
        at_start.extend(median.p50.map(|median| (metric.name.clone(), median)));
    }
    Ok(at_start)
}

pub(super) fn words<'t>(table: &'t Table, column: &str) -> Result<Vec<Option<&'t str>>, PageError> {
    match table.column(column) {
        Some(Cells::Text(cells)) => Ok(cells.iter().map(Option::as_deref).collect()),
        _ => Err(unusable("cases", column)),
    }
}

pub(super) fn dates<'t>(
    table: &'t Table,
    name: &'static str,
) -> Result<&'t [Option<Date>], PageError> {
    match table.column("date") {
        Some(Cells::Date(cells)) => Ok(cells),
        _ => Err(unusable(name, "date")),
    }
}

pub(super) fn unusable(table: &'static str, column: &str) -> PageError {
    PageError::Column {
        table,
        column: column.to_owned(),
    }
}
