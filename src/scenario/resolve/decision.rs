//! Decisions, and the options between which they are taken.

use super::full::AllNames;
use super::head::Head;
use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{CustomerId, JurisdictionId, ProviderId};
use crate::scenario::error::Problem;
use crate::scenario::nearest::advice;
use crate::scenario::raw;
use crate::scenario::resolved::{
    Actor, Better, Decision, DecisionOption, Metric, MetricId, OptionId,
};

/// The options, in the order of their names.
pub(super) fn options(raw: &raw::Named<raw::DecisionOption>) -> Vec<DecisionOption> {
    raw.iter()
        .map(|(name, row)| DecisionOption {
            name: name.get_ref().clone(),
            title: titled(&row.get_ref().title, name.get_ref()),
        })
        .collect()
}

/// The decision; none where it is so wrong that it has no meaning.
pub(super) fn decision(
    resolver: &mut Resolver<'_>,
    raw: &raw::Decision,
    names: &AllNames,
    options: &Names,
    metrics: &[Metric],
    head: &Head,
) -> Option<Decision> {
    let by = raw
        .by
        .as_ref()
        .and_then(|day| head.simulated(resolver, day));
    let tolerance = raw
        .tolerance
        .as_ref()
        .map(|number| resolver.plain(number, Limits::ANY));
    let who = actor(resolver, &raw.who, names);
    let objective = objective(resolver, &raw.objective, metrics);
    let options = offered(resolver, &raw.options, options);
    Some(Decision {
        who: who?,
        objective: objective?,
        tolerance,
        by,
        options,
    })
}

/// A kind of actor: its names, and what makes an actor of a position among them.
type Kind<'a> = (&'a Names, fn(usize) -> Actor);

/// The kinds of actor that can decide.
fn kinds(names: &AllNames) -> [Kind<'_>; 3] {
    [
        (&names.providers, |index| {
            Actor::Provider(ProviderId::new(index))
        }),
        (&names.jurisdictions, |index| {
            Actor::Government(JurisdictionId::new(index))
        }),
        (&names.customers, |index| {
            Actor::Customer(CustomerId::new(index))
        }),
    ]
}

fn actor(resolver: &mut Resolver<'_>, text: &raw::Text, names: &AllNames) -> Option<Actor> {
    let name = text.get_ref();
    let kinds = kinds(names);
    let found: Vec<(&str, Actor)> = kinds
        .iter()
        .filter_map(|(names, new)| Some((names.kind, new(names.position(name)?))))
        .collect();
    match found[..] {
        [(_, actor)] => Some(actor),
        [] => {
            let all = kinds.iter().flat_map(|(names, _)| &names.list);
            let all: Vec<&str> = all.map(String::as_str).collect();
            let what: Vec<&str> = kinds.iter().map(|(names, _)| names.kind).collect();
            let message = format!("there is no {} `{name}`", what.join(" or "));
            let problem = Problem::at(text.span(), message);
            resolver
                .problems
                .push(problem.maybe_help(advice(name, &all)));
            None
        }
        _ => {
            let what: Vec<&str> = found.iter().map(|(kind, _)| *kind).collect();
            let message = format!("`{name}` is a {}: who decides?", what.join(" and a "));
            resolver.wrong_but(&text.span(), message, "name them apart");
            None
        }
    }
}

fn objective(
    resolver: &mut Resolver<'_>,
    text: &raw::Text,
    metrics: &[Metric],
) -> Option<MetricId> {
    let names = metric_names(metrics);
    let index = resolver.refer(text, &names)?;
    // Metrics that are wrong are left out, so their positions say nothing.
    let metric = metrics.get(index)?;
    if metric.better == Better::Neutral {
        let message = format!("the objective `{text}` has no direction");
        let help = format!("write `better = \"higher\"` or `\"lower\"` in [metric.{text}]");
        resolver.wrong_but(&text.span(), message, help);
    }
    Some(MetricId(index))
}

/// The names of metrics, in their order.
pub(super) fn metric_names(metrics: &[Metric]) -> Names {
    Names {
        kind: "metric",
        list: metrics.iter().map(|metric| metric.name.clone()).collect(),
    }
}

/// At least two options, each once.
fn offered(
    resolver: &mut Resolver<'_>,
    raw: &raw::Placed<Vec<raw::Text>>,
    options: &Names,
) -> Vec<OptionId> {
    let mut out: Vec<OptionId> = Vec::with_capacity(raw.get_ref().len());
    for text in raw.get_ref() {
        let Some(index) = resolver.refer(text, options) else {
            continue;
        };
        if out.contains(&OptionId(index)) {
            let message = format!("option `{text}` is listed twice");
            resolver.wrong_but(&text.span(), message, "keep one of them");
        }
        out.push(OptionId(index));
    }
    if raw.get_ref().len() < 2 {
        let message = "a decision is between at least two options";
        let help = "list them by name, as in `options = [\"comply\", \"contest\"]`";
        resolver.wrong_but(&raw.span(), message, help);
    }
    out
}
