//! What is asked for, by its name: whose losses, or which metric; known from the scenario, before
//! anything is simulated.

use super::RiskError;
use crate::domain::Date;
use crate::report::input::MetricFacts;
use crate::report::unit::Unit;
use crate::result::World;
use crate::scenario::advice;
use crate::scenario::resolved::{
    Actor, Better, FullModel, Metric, MetricWhen, Model, Observable, Scenario,
};

/// Everybody who bears losses, as a word.
const ALL: &str = "all";

/// What is asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Asked {
    /// Losses by law.
    Losses {
        /// Of whom, by name; of everybody where nothing.
        actor: Option<String>,
        /// As read in a sentence.
        title: String,
        /// In which world.
        world: World,
    },
    /// What a metric loses.
    Metric(OfMetric),
}

/// A metric, and what of it is a loss.
#[derive(Clone, PartialEq, Debug)]
pub struct OfMetric {
    /// The column of `runs.parquet`.
    pub column: String,
    /// What is lost, as read in a sentence.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// The unit in tables.
    pub table_unit: String,
    /// +1 where more is a loss, else −1.
    pub sign: f64,
    /// Days that it covers.
    pub days: i32,
}

/// Finds what is asked for in a scenario, which is simulated beside its baseline or alone.
///
/// # Errors
/// [`RiskError`]: no such name, no direction, no money.
pub fn find(
    scenario: &Scenario,
    paired: bool,
    (of, who, world): (Option<&str>, Option<&str>, World),
) -> Result<Asked, RiskError> {
    let Model::Full(model) = &scenario.model else {
        return Err(RiskError::Benchmark(scenario.name.clone()));
    };
    if world == World::Baseline && !paired {
        return Err(RiskError::NoBaseline);
    }
    match of {
        Some(name) => metric(scenario, model, paired, name).map(Asked::Metric),
        None => bearer(scenario, model, who).map(|(actor, title)| Asked::Losses {
            actor,
            title,
            world,
        }),
    }
}

/// Who is asked about: this one, else who decides, else everybody.
fn bearer(
    scenario: &Scenario,
    model: &FullModel,
    who: Option<&str>,
) -> Result<(Option<String>, String), RiskError> {
    let everybody = || (None, "everybody".to_owned());
    let Some(name) = who else {
        let decides = scenario.decision.as_ref().map(|decision| decision.who);
        return Ok(match decides {
            Some(Actor::Provider(id)) => {
                let provider = &model.providers[id.index()];
                (Some(provider.name.clone()), provider.title.clone())
            }
            Some(Actor::Customer(id)) => {
                let customer = &model.customers[id.index()];
                (Some(customer.name.clone()), customer.title.clone())
            }
            Some(Actor::Government(_)) | None => everybody(),
        });
    };
    if name == ALL {
        return Ok(everybody());
    }
    let providers = model.providers.iter().map(|p| (&p.name, &p.title));
    let customers = model.customers.iter().map(|c| (&c.name, &c.title));
    let known: Vec<(&String, &String)> = providers.chain(customers).collect();
    let found = known.iter().find(|(known, _)| *known == name);
    found.map_or_else(
        || {
            let names = known.iter().map(|(name, _)| name.as_str());
            let names: Vec<&str> = names.chain([ALL]).collect();
            Err(RiskError::Nobody {
                name: name.to_owned(),
                advice: advice(name, &names),
            })
        },
        |(name, title)| Ok((Some((*name).clone()), (*title).clone())),
    )
}

fn metric(
    scenario: &Scenario,
    model: &FullModel,
    paired: bool,
    name: &str,
) -> Result<OfMetric, RiskError> {
    let position = |name: &str| scenario.metrics.iter().position(|m| m.name == name);
    let prefixed = ["out_", "base_", "diff_"].into_iter().find_map(|prefix| {
        let at = position(name.strip_prefix(prefix)?)?;
        Some((prefix, at))
    });
    let plain = if paired { "diff_" } else { "out_" };
    let found = position(name).map(|at| (plain, at)).or(prefixed);
    let Some((prefix, at)) = found else {
        let names = money(scenario);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        return Err(RiskError::Unknown {
            name: name.to_owned(),
            advice: advice(name, &names),
        });
    };
    let (metric, facts) = (&scenario.metrics[at], MetricFacts::all(scenario).remove(at));
    if !is_money(metric) {
        return Err(RiskError::NotMoney {
            name: name.to_owned(),
            money: money(scenario),
        });
    }
    let is_difference = prefix == "diff_";
    let sign = match metric.better {
        Better::Neutral => return Err(RiskError::Neutral(metric.name.clone())),
        Better::Lower => 1.0,
        Better::Higher if is_difference => -1.0,
        Better::Higher => return Err(RiskError::NothingToFallShortOf(metric.name.clone())),
    };
    if prefix != "out_" && !paired {
        return Err(RiskError::NoBaseline);
    }
    Ok(OfMetric {
        column: format!("{prefix}{}", metric.name),
        label: label(&facts.label, prefix, metric.better),
        unit: facts.unit,
        table_unit: metric.unit(model),
        sign,
        days: days(scenario, metric.when),
    })
}

/// What of a metric is a loss.
fn label(label: &str, prefix: &str, better: Better) -> String {
    match (prefix, better) {
        ("diff_", Better::Higher) => {
            format!("{label}: what it falls short of in the same future without the order")
        }
        ("diff_", _) => {
            format!("{label}: what it is more than in the same future without the order")
        }
        ("base_", _) => format!("{label}, without the order"),
        _ => label.to_owned(),
    }
}

fn is_money(metric: &Metric) -> bool {
    let of = metric.of;
    // A change of value is money over what the firm is worth.
    matches!(Unit::of(of, ""), Unit::Money { .. }) || of == Observable::ValueChange
}

/// Metrics of money with a direction; that by which options are judged comes first.
pub fn money(scenario: &Scenario) -> Vec<String> {
    let objective = scenario
        .decision
        .as_ref()
        .map(|decision| decision.objective.0);
    let metrics = scenario.metrics.iter().enumerate();
    let mut money: Vec<(usize, &Metric)> = metrics
        .filter(|(_, metric)| is_money(metric) && metric.better != Better::Neutral)
        .collect();
    money.sort_by_key(|(at, _)| Some(*at) != objective);
    money
        .into_iter()
        .map(|(_, metric)| metric.name.clone())
        .collect()
}

/// Days over which a metric is counted, to its date where it is a level.
fn days(scenario: &Scenario, when: MetricWhen) -> i32 {
    let start = scenario.start;
    let after = |months: u32| start.plus_months(i32::try_from(months).unwrap_or(i32::MAX));
    let (from, until): (Date, Date) = match when {
        MetricWhen::At(date) => (start, date),
        MetricWhen::Between(from, until) => (from, until),
        MetricWhen::OverMonths(months) => (start, after(months)),
        MetricWhen::Horizon => (start, after(scenario.horizon_months)),
    };
    until.days_since(from)
}
