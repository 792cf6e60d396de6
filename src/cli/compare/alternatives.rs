//! What is compared: the options of a scenario's decision, or several scenarios.

use comity::analysis::decide::judged::Question;
use comity::analysis::decide::verdict::SMALL;
use comity::domain::JurisdictionId;
use comity::report::comparison::difference_that_matters;
use comity::report::input::MetricFacts;
use comity::scenario::resolved::{Better, Metric, Model};
use comity::scenario::{Overlay, Scenario, ScenarioTarget, nearest};

use crate::cli::arguments::CompareArguments;
use crate::cli::failure::Failure;
use crate::cli::target::{self, Pair};

/// An option with its scenario.
pub struct Alternative {
    /// Its name, of which no other has the same.
    pub name: String,
    /// As read on a page.
    pub title: String,
    /// The scenario under it; without a baseline, since options are held against each other.
    pub pair: Pair,
}

/// All that is compared, and by what.
pub struct Alternatives {
    /// At least two.
    pub options: Vec<Alternative>,
    /// Whether they are options of one scenario.
    pub of_decision: bool,
    /// By what they are judged, of the metrics that all have.
    pub question: Question,
    /// Positions, in the first scenario, of the metrics that all have.
    pub metrics: Vec<usize>,
}

/// Loads them.
pub fn alternatives(
    targets: &[(String, ScenarioTarget)],
    arguments: &CompareArguments,
) -> Result<Alternatives, Failure> {
    let of_decision = targets.len() == 1;
    let mut options = match targets {
        [(name, target)] => options_of(name, target, arguments)?,
        _ => scenarios(targets, arguments)?,
    };
    keep_only(&mut options, &arguments.only)?;
    refuse_what_cannot_be_compared(&options)?;
    let metrics = in_all(&options);
    let question = question(&options, &metrics, of_decision, arguments)?;
    Ok(Alternatives {
        options,
        of_decision,
        question,
        metrics,
    })
}

fn options_of(
    name: &str,
    target: &ScenarioTarget,
    arguments: &CompareArguments,
) -> Result<Vec<Alternative>, Failure> {
    let plain = arguments
        .rulings
        .over(Overlay::from(&arguments.settings[..]))?;
    let scenario = target::load(target, &plain, false)?.scenario;
    let Some(decision) = &scenario.decision else {
        return Err(Failure::input(format!(
            "`{name}` has no [decision] and so no options to compare; write one (`comity list \
             fields decision`), or name several scenarios"
        )));
    };
    let options = decision.options.iter().map(|id| &scenario.options[id.0]);
    options
        .map(|option| {
            let overlay = Overlay {
                option: Some(option.name.clone()),
                ..plain.clone()
            };
            Ok(Alternative {
                name: option.name.clone(),
                title: option.title.clone(),
                pair: target::load(target, &overlay, false)?,
            })
        })
        .collect()
}

fn scenarios(
    targets: &[(String, ScenarioTarget)],
    arguments: &CompareArguments,
) -> Result<Vec<Alternative>, Failure> {
    let overlay = arguments
        .rulings
        .over(Overlay::from(&arguments.settings[..]))?;
    let mut options: Vec<Alternative> = Vec::with_capacity(targets.len());
    for (_, target) in targets {
        let pair = target::load(target, &overlay, false)?;
        let name = pair.scenario.name.clone();
        if options.iter().any(|other| other.name == name) {
            return Err(Failure::input(format!(
                "two of the scenarios are called `{name}`; give one of the files another name"
            )));
        }
        options.push(Alternative {
            title: pair.scenario.title.clone(),
            name,
            pair,
        });
    }
    Ok(options)
}

/// Those named by `--only`, in the order of the scenario.
fn keep_only(options: &mut Vec<Alternative>, only: &[String]) -> Result<(), Failure> {
    for name in only {
        if !options.iter().any(|option| option.name == *name) {
            return Err(unknown("option", name, names(options)));
        }
    }
    if !only.is_empty() {
        options.retain(|option| only.contains(&option.name));
    }
    if options.len() < 2 {
        return Err(Failure::input(
            "one option is nothing to compare; name at least two with --only, or none for all"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Futures are the same only where they begin on the same day and last as long.
fn refuse_what_cannot_be_compared(options: &[Alternative]) -> Result<(), Failure> {
    let first = &options[0].pair.scenario;
    for option in options {
        let scenario = &option.pair.scenario;
        if matches!(scenario.model, Model::MarketBenchmark(_)) {
            return Err(Failure::input(format!(
                "`{}` is a market benchmark, in which nobody decides",
                option.name
            )));
        }
        if (scenario.start, scenario.horizon_months) != (first.start, first.horizon_months) {
            return Err(Failure::input(format!(
                "`{}` runs from {} for {} months, and `{}` from {} for {}; futures are compared \
                 over the same time: -s start=… or -s horizon_months=… can set it for all",
                option.name,
                scenario.start,
                scenario.horizon_months,
                options[0].name,
                first.start,
                first.horizon_months
            )));
        }
    }
    Ok(())
}

fn names(options: &[Alternative]) -> impl Iterator<Item = &str> {
    options.iter().map(|option| option.name.as_str())
}

/// Positions in the first scenario of the metrics that all have, meaning the same.
fn in_all(options: &[Alternative]) -> Vec<usize> {
    let first = &options[0].pair.scenario;
    let has = |scenario: &Scenario, at: usize| {
        let meant = meaning(first, &first.metrics[at]);
        let mut theirs = scenario.metrics.iter();
        theirs.any(|their| meaning(scenario, their) == meant)
    };
    let all = |at: &usize| options.iter().all(|option| has(&option.pair.scenario, *at));
    (0..first.metrics.len()).filter(all).collect()
}

/// All that a metric means, with the names of what it is of, since positions differ between
/// scenarios.
fn meaning(scenario: &Scenario, metric: &Metric) -> Option<impl PartialEq> {
    let Model::Full(model) = &scenario.model else {
        return None;
    };
    let scope = &metric.scope;
    let place = |id: Option<JurisdictionId>| {
        let found = model.jurisdictions.get(id?.index())?;
        Some(found.name.clone())
    };
    let customer = scope
        .customer
        .and_then(|id| model.customers.get(id.index()));
    let workload = customer.and_then(|customer| {
        let workload = customer.workloads.get(scope.workload?.index())?;
        Some(workload.name.clone())
    });
    let named = [
        place(scope.jurisdiction),
        place(scope.customers_outside),
        place(scope.parent),
        scope.bloc.map(|id| model.blocs[id.index()].name.clone()),
        scope
            .provider
            .map(|id| model.providers[id.index()].name.clone()),
        scope.case.map(|id| model.cases[id.index()].name.clone()),
        scope
            .instrument
            .map(|id| model.instruments[id.index()].name.clone()),
        customer.map(|customer| customer.name.clone()),
        workload,
    ];
    let unit = metric.unit(model);
    let of = (
        metric.name.clone(),
        metric.of,
        metric.when,
        metric.path.clone(),
    );
    Some((of, named, scope.segment, unit, metric.better))
}

fn question(
    options: &[Alternative],
    metrics: &[usize],
    of_decision: bool,
    arguments: &CompareArguments,
) -> Result<Question, Failure> {
    let scenario = &options[0].pair.scenario;
    let of = |at: usize| &scenario.metrics[at];
    let decision = scenario.decision.as_ref().filter(|_| of_decision);
    let asked = match &arguments.of {
        Some(name) => {
            let found = metrics.iter().position(|&at| of(at).name == *name);
            let known = metrics.iter().map(|&at| of(at).name.as_str());
            found.ok_or_else(|| unknown("metric", name, known))?
        }
        None => decision
            .and_then(|decision| metrics.iter().position(|at| *at == decision.objective.0))
            .or_else(|| first_headline(scenario, metrics))
            .ok_or_else(|| {
                Failure::input(
                    "the scenarios have no headline metric with a direction in common; say by \
                     which to judge with --of METRIC"
                        .to_owned(),
                )
            })?,
    };
    let metric = of(metrics[asked]);
    if metric.better == Better::Neutral {
        return Err(Failure::input(format!(
            "of `{}` neither more nor less is better, so that nothing can be chosen by it; \
             -s metric.{}.better=higher says otherwise",
            metric.name, metric.name
        )));
    }
    let reference = match &arguments.against {
        Some(name) => {
            let found = options.iter().position(|option| option.name == *name);
            found.ok_or_else(|| unknown("option", name, names(options)))?
        }
        None => 0,
    };
    let is_its_own =
        |decision: &&comity::scenario::resolved::Decision| decision.objective.0 == metrics[asked];
    Ok(Question {
        objective: asked,
        better: metric.better,
        tolerance: decision.filter(is_its_own).and_then(|d| d.tolerance),
        reference,
        matters: arguments.until.as_deref().map_or(Ok(SMALL), |text| {
            let unit = &MetricFacts::all(scenario)[metrics[asked]].unit;
            let width = difference_that_matters(text, unit);
            width.map_err(|error| Failure::input(error.to_string()))
        })?,
    })
}

fn first_headline(scenario: &Scenario, metrics: &[usize]) -> Option<usize> {
    let headline = |at: &usize| {
        let metric = &scenario.metrics[metrics[*at]];
        let directed = metric.better != Better::Neutral;
        metric.headline.filter(|_| directed)
    };
    let places = 0..metrics.len();
    places
        .filter(|at| headline(at).is_some())
        .min_by_key(|at| headline(at))
}

pub(super) fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Failure {
    let known: Vec<&str> = known.collect();
    let near = nearest::nearest(name, known.iter().copied());
    let mend = near.map_or_else(
        || format!("there are {}", known.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Failure::input(format!(
        "there is no {what} `{name}` in all of them; {mend}"
    ))
}
