//! What `comity risk` says, as data: money at risk of one result.
//!
//! | step | file |
//! |---|---|
//! | whose losses, or which metric | [`asked`] |
//! | the page | here |
//! | why there is none | [`RiskError`] |

pub mod asked;
mod error;

use std::collections::BTreeSet;

use serde::Serialize;

pub use error::RiskError;

use super::checks::Checks;
use super::finished::not_in_the_model;
use super::input::ScenarioFacts;
use super::page::{Footer, Grounds};
use super::unit::Unit;
use crate::analysis::risk::books::{Books, LOSSES};
use crate::analysis::risk::study::{Measured, OfMetric, Question, Risk};
use crate::analysis::risk::years::Years;
use crate::domain::Date;
use crate::ensemble::again::Frozen;
use crate::result::{Opened, World};
use crate::scenario::Scenario;
use crate::scenario::resolved::Model;
use asked::{Asked, find, money};

/// The page.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Page {
    /// The scenario's title.
    pub title: String,
    /// The option laid over it, by its title.
    pub option: Option<String>,
    /// First day simulated.
    pub start: Date,
    /// Last day simulated.
    pub end: Date,
    /// `scenario`, or `baseline` for the same futures without the order.
    pub world: &'static str,
    /// Who bears the losses; nothing of a metric.
    pub who: Option<String>,
    /// The same by its name in the tables; nothing for all.
    pub actor: Option<String>,
    /// What is lost, of a metric.
    pub of: Option<String>,
    /// The column of `runs.parquet`, of a metric.
    pub column: Option<String>,
    /// The unit of amounts: millions where it is money.
    pub unit: Unit,
    /// What was found.
    pub risk: Risk,
    /// Metrics of money that can be asked for.
    pub metrics: Vec<String>,
    /// On what it rests.
    pub how_far_to_trust_this: Grounds,
    /// Commands that go on from here.
    pub next: Vec<String>,
    /// What it takes to make it again.
    pub footer: Footer,
}

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Wish<'a> {
    /// The metric; losses by law where nothing.
    pub of: Option<&'a str>,
    /// Who bears the losses.
    pub who: Option<&'a str>,
    /// In which world.
    pub world: World,
    /// Return periods, levels and thresholds.
    pub question: Question,
    /// Whether the whole curve is wanted.
    pub curve: bool,
}

impl Wish<'_> {
    /// Refuses a wish that no result of the scenario could fulfil.
    ///
    /// # Errors
    /// [`RiskError`]
    pub fn check(&self, scenario: &Scenario, paired: bool) -> Result<(), RiskError> {
        self.asked(scenario, paired).map(drop)
    }

    fn asked(&self, scenario: &Scenario, paired: bool) -> Result<Asked, RiskError> {
        find(scenario, paired, (self.of, self.who, self.world))
    }
}

/// Money at risk in a result, and the whole curve as CSV, if it is wanted.
///
/// # Errors
/// [`RiskError`]
pub fn at_risk(result: &Opened, wish: &Wish<'_>) -> Result<(Page, Option<String>), RiskError> {
    let identity = &result.manifest.identity;
    if identity.kind != "run" {
        let path = result.path.display().to_string();
        return Err(RiskError::Kind(path, identity.kind.clone()));
    }
    let frozen = Frozen::of(result)?;
    let scenario = &frozen.scenario;
    let paired = frozen.baseline.is_some();
    let asked = wish.asked(scenario, paired)?;
    let found = match &asked {
        Asked::Losses { actor, world, .. } => {
            of_losses(result, scenario, (actor.as_deref(), *world), wish)?
        }
        Asked::Metric(metric) => of_metric(result, metric, wish)?,
    };
    let of_world = match (wish.world, &frozen.baseline) {
        (World::Baseline, Some(baseline)) => baseline,
        _ => scenario,
    };
    let (who, actor, of, column) = match asked {
        Asked::Losses { actor, title, .. } => (Some(title), actor, None, None),
        Asked::Metric(metric) => (None, None, Some(metric.label), Some(metric.column)),
    };
    let facts = ScenarioFacts::new(scenario, None, not_in_the_model(&scenario.model));
    let page = Page {
        title: facts.title.clone(),
        option: of_world.option_title().map(str::to_owned),
        start: facts.start,
        end: facts.end,
        world: wish.world.name(),
        who,
        actor,
        of,
        column,
        unit: found.unit,
        risk: found.risk,
        metrics: money(scenario),
        next: Vec::new(),
        footer: Footer {
            runs: result.manifest.runs_ok,
            customers: identity.customers,
            seed: identity.seed,
            digest6: facts.digest.chars().take(6).collect(),
            model_version: identity.model_version,
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            seconds: None,
        },
        how_far_to_trust_this: grounds(facts, result),
    };
    Ok((page, found.curve))
}

fn grounds(facts: ScenarioFacts, result: &Opened) -> Grounds {
    Grounds {
        inputs: facts.inputs,
        inputs_assumed: facts.inputs_assumed,
        inputs_uncertain: facts.inputs_uncertain,
        runs_failed: result.manifest.runs_failed,
        checks: Checks::shipped(),
        not_in_the_model: facts.not_in_the_model,
    }
}

/// What was found, in which unit.
struct Found {
    risk: Risk,
    unit: Unit,
    curve: Option<String>,
}

fn of_losses(
    result: &Opened,
    scenario: &Scenario,
    (actor, world): (Option<&str>, World),
    wish: &Wish<'_>,
) -> Result<Found, RiskError> {
    if !result.files().has(&format!("{LOSSES}.parquet")) {
        return Err(no_table(result));
    }
    let years = Years::new(scenario.start, scenario.horizon_months);
    let mut books = Books::read(result, world, &years)?;
    if books.futures == 0 {
        return Err(RiskError::NoFuture);
    }
    books.keep(actor);
    let currency = currency(&books, scenario, actor)?;
    let measured = Measured::new(&books, years)?;
    let unit = format!("m{}", currency.to_lowercase());
    Ok(Found {
        risk: measured.risk(&books, &wish.question)?,
        curve: wish.curve.then(|| measured.curve(&unit)),
        unit: Unit::Money {
            currency,
            a_year: false,
        },
    })
}

/// The one currency of all losses; where nothing was lost that of whoever would bear it.
fn currency(books: &Books, scenario: &Scenario, actor: Option<&str>) -> Result<String, RiskError> {
    let units: BTreeSet<&str> = books.losses.iter().map(|loss| &*loss.unit).collect();
    match units.iter().collect::<Vec<_>>()[..] {
        [unit] => Ok(unit.to_uppercase()),
        [] => {
            let own = match &scenario.model {
                Model::Full(model) => {
                    let mut customers = model.customers.iter();
                    customers.find(|customer| Some(&*customer.name) == actor)
                }
                Model::MarketBenchmark(_) => None,
            };
            Ok(own.map_or("USD", |customer| &customer.currency).to_owned())
        }
        _ => {
            let actors: BTreeSet<String> = books
                .losses
                .iter()
                .map(|loss| format!("--who {} ({})", loss.actor, loss.unit.to_uppercase()))
                .collect();
            let actors: Vec<String> = actors.into_iter().collect();
            Err(RiskError::Currencies(actors.join(", ")))
        }
    }
}

fn of_metric(
    result: &Opened,
    metric: &asked::OfMetric,
    wish: &Wish<'_>,
) -> Result<Found, RiskError> {
    let values = result.files().numbers("runs", &metric.column)?;
    if values.is_empty() {
        return Err(RiskError::NoFuture);
    }
    // Less than nothing is a gain, nothing is nothing.
    let losses: Vec<f64> = values
        .iter()
        .map(|value| metric.sign * value + 0.0)
        .collect();
    let measured = OfMetric::new(&losses, metric.days)?;
    Ok(Found {
        risk: measured.risk(&wish.question),
        curve: wish.curve.then(|| measured.curve(&metric.table_unit)),
        unit: metric.unit.clone(),
    })
}

/// A result of a program that kept no losses.
fn no_table(result: &Opened) -> RiskError {
    let identity = &result.manifest.identity;
    let frozen = result.path.join("scenario.toml").display().to_string();
    RiskError::NoTable {
        path: result.path.display().to_string(),
        table: LOSSES,
        version: result.manifest.program_version.clone(),
        mend: format!(
            "comity risk '{}' -n {} --customers {} --seed {} --fresh",
            frozen.replace('\'', r"'\''"),
            identity.runs,
            identity.customers,
            identity.seed
        ),
    }
}
