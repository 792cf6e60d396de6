//! Metrics: what is reported of each run.

use super::full::AllNames;
use super::head::Head;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use super::sources;
use crate::domain::{
    BlocId, CaseId, CustomerId, Date, Ending, InstrumentId, JurisdictionId, NodeId, ProviderId,
    Segment, WorkloadId,
};
use crate::scenario::raw;
use crate::scenario::resolved::{
    Better, CaseStep, CourtSystem, FullModel, Metric, MetricScope, MetricWhen, Model, Observable,
    StepBy, WindowUse,
};

const BETTER: [(&str, Better); 3] = [
    ("higher", Better::Higher),
    ("lower", Better::Lower),
    ("neutral", Better::Neutral),
];

pub(super) fn metrics(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Metric>,
    (names, model): (&AllNames, Option<&Model>),
    head: &Head,
) -> Vec<Metric> {
    let mut headlines = [false; 3];
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let row = row.get_ref();
        refuse_other_case(resolver, name);
        let of = resolver.one_of(
            &row.of,
            "observable",
            Observable::ALL.map(|of| (of.name(), of)),
            |(name, _)| name,
        );
        let better = row
            .better
            .as_ref()
            .and_then(|text| resolver.one_of(text, "direction", BETTER, |(name, _)| name));
        let (Some((_, of)), scope) = (of, scope(resolver, row, names)) else {
            continue;
        };
        needs_its_scope(resolver, row, of);
        refuse_other_scopes(resolver, row, of);
        out.push(Metric {
            name: name.get_ref().clone(),
            title: titled(&row.title, name.get_ref()),
            of,
            scope,
            when: when(resolver, (row, of), head),
            path: path(resolver, (row, of), scope.case, model),
            better: better.map_or(Better::Neutral, |(_, better)| better),
            record: record(resolver, row),
            headline: headline(resolver, row, &mut headlines),
        });
    }
    out
}

/// Metrics are columns, so their names are those of columns.
fn refuse_other_case(resolver: &mut Resolver<'_>, name: &raw::Text) {
    let is_snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let text = name.get_ref();
    if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.chars().all(is_snake) {
        let message = format!("`{text}` cannot name a metric: it becomes a column");
        let help = "use a-z, 0-9 and _, beginning with a letter";
        resolver.wrong_but(&name.span(), message, help);
    }
}

fn scope(resolver: &mut Resolver<'_>, row: &raw::Metric, names: &AllNames) -> MetricScope {
    let countries = &names.jurisdictions;
    let mut country = |text: &Option<raw::Text>| {
        text.as_ref()
            .map(|text| resolver.id(text, countries, JurisdictionId::new))
    };
    let jurisdiction = country(&row.jurisdiction);
    let customers_outside = country(&row.customers_outside);
    let parent = country(&row.parent);
    if let (Some(_), Some(bloc)) = (&row.jurisdiction, &row.bloc) {
        let message = "`jurisdiction` and `bloc` exclude each other";
        resolver.wrong(&bloc.span(), message);
    }
    if let (Some(_), Some(parent)) = (&row.provider, &row.parent) {
        let message = "`provider` and `parent` exclude each other";
        resolver.wrong(&parent.span(), message);
    }
    let (customer, workload) = customer(resolver, row, names);
    MetricScope {
        jurisdiction,
        bloc: row
            .bloc
            .as_ref()
            .map(|text| resolver.id(text, &names.blocs, BlocId::new)),
        customers_outside,
        segment: row
            .segment
            .as_ref()
            .and_then(|text| resolver.one_of(text, "segment", Segment::ALL, Segment::name)),
        provider: row
            .provider
            .as_ref()
            .map(|text| resolver.id(text, &names.providers, ProviderId::new)),
        parent,
        case: row
            .case
            .as_ref()
            .map(|text| resolver.id(text, &names.cases, CaseId::new)),
        customer,
        workload,
        instrument: row
            .instrument
            .as_ref()
            .map(|text| resolver.id(text, &names.instruments, InstrumentId::new)),
    }
}

/// A named customer, and one of its workloads if one is named.
fn customer(
    resolver: &mut Resolver<'_>,
    row: &raw::Metric,
    names: &AllNames,
) -> (Option<CustomerId>, Option<WorkloadId>) {
    let Some(text) = &row.customer else {
        if let Some(workload) = &row.workload {
            let help = "add `customer = \"NAME\"`";
            resolver.wrong_but(&workload.span(), "a workload of which customer?", help);
        }
        return (None, None);
    };
    let Some(customer) = resolver.refer(text, &names.customers) else {
        return (None, None);
    };
    let workload = row.workload.as_ref();
    let workload = workload.and_then(|text| resolver.refer(text, &names.workloads[customer]));
    (
        Some(CustomerId::new(customer)),
        workload.map(WorkloadId::new),
    )
}

/// A scope that the observable cannot have would change nothing.
fn refuse_other_scopes(resolver: &mut Resolver<'_>, row: &raw::Metric, of: Observable) {
    let scopes = [
        ("jurisdiction", &row.jurisdiction),
        ("bloc", &row.bloc),
        ("customers_outside", &row.customers_outside),
        ("segment", &row.segment),
        ("provider", &row.provider),
        ("parent", &row.parent),
        ("case", &row.case),
        ("customer", &row.customer),
        ("workload", &row.workload),
        ("instrument", &row.instrument),
    ];
    let allowed: Vec<&str> = of.scopes().collect();
    for (name, text) in scopes {
        if let Some(text) = text.as_ref().filter(|_| !allowed.contains(&name)) {
            let message = format!("`{}` cannot be narrowed by `{name}`", of.name());
            let help = narrowed_by(name, &allowed);
            resolver.wrong_but(&text.span(), message, help);
        }
    }
}

/// What mends a scope that an observable cannot have.
fn narrowed_by(scope: &str, allowed: &[&str]) -> String {
    let by = format!("it can be narrowed by `{}`", allowed.join("`, `"));
    if scope != "customer" {
        return by;
    }
    let of_customers = Observable::ALL.into_iter().filter(|of| of.is_of_customer());
    let of_customers = of_customers.map(|of| format!("`{}`", of.name()));
    let names = of_customers.collect::<Vec<_>>().join(", ");
    format!("{by}; of a named customer are {names}")
}

/// What was observed; ids in brackets are rows of the evidence.
fn record(resolver: &mut Resolver<'_>, row: &raw::Metric) -> Option<String> {
    let text = row.record.as_ref()?;
    let brackets = text.get_ref().split('[').skip(1);
    for inside in brackets.filter_map(|rest| rest.split_once(']')) {
        let ids: Vec<String> = inside.0.split(',').map(|id| id.trim().to_owned()).collect();
        sources::check_ids(resolver, text, &ids, "as in `record = \"13 % [S20]\"`");
    }
    Some(text.get_ref().clone())
}

/// Some observables are of a case, some of a named customer, some of an instrument.
fn needs_its_scope(resolver: &mut Resolver<'_>, row: &raw::Metric, of: Observable) {
    let of_case = matches!(
        of,
        Observable::CaseDays
            | Observable::PathDays
            | Observable::StageDays
            | Observable::CaseOpen
            | Observable::ReachInLaw
    );
    if of_case && row.case.is_none() {
        let message = format!("`{}` is of a case: which?", row.of);
        resolver.wrong_but(&row.of.span(), message, "add `case = \"NAME\"`");
    }
    if of.is_of_customer() && row.customer.is_none() {
        let message = format!("`{}` is of a named customer: which?", row.of);
        let help = "add `customer = \"NAME\"`, the name of a [customer.NAME]";
        resolver.wrong_but(&row.of.span(), message, help);
    }
    if of.is_of_policy() && row.instrument.is_none() {
        let message = format!("`{}` is of an instrument of policy: which?", row.of);
        let help = "add `instrument = \"NAME\"`, the name of an [instrument.NAME]";
        resolver.wrong_but(&row.of.span(), message, help);
    }
}

fn when(
    resolver: &mut Resolver<'_>,
    (row, of): (&raw::Metric, Observable),
    head: &Head,
) -> MetricWhen {
    let at = row.at.as_ref();
    let at = at.and_then(|at| Some((at, head.simulated(resolver, at)?)));
    if let (Some(at), Some(_)) = (&row.at, &row.over_months) {
        resolver.wrong(&at.place, "`at` and `over_months` exclude each other");
    }
    if let Some(from) = &row.from {
        return window(resolver, (row, of), (from, at), head);
    }
    if of.window() == WindowUse::Needed {
        let message = format!("`{}` is from one day to another: which?", of.name());
        let help = "give both `from` and `at`";
        resolver.wrong_but(&row.of.span(), message, help);
    }
    match (at, &row.over_months) {
        (Some((_, date)), _) => MetricWhen::At(date),
        (None, Some(months)) => {
            MetricWhen::OverMonths(resolver.whole(months, 1, head.horizon_months))
        }
        (None, None) => MetricWhen::Horizon,
    }
}

/// A window from one day to another.
fn window(
    resolver: &mut Resolver<'_>,
    (row, of): (&raw::Metric, Observable),
    (from, at): (&raw::Day, Option<(&raw::Day, Date)>),
    head: &Head,
) -> MetricWhen {
    if of.window() == WindowUse::None {
        let message = format!("`{}` is taken at a day and has no `from`", of.name());
        resolver.wrong_but(&from.place, message, "leave `from` out");
    }
    let begins = head.simulated(resolver, from);
    let Some((end, at)) = at else {
        if row.at.is_none() {
            let help = "give the day at which it ends, `at`";
            resolver.wrong_but(&from.place, "until when is this counted?", help);
        }
        return MetricWhen::Horizon;
    };
    let Some(begins) = begins else {
        return MetricWhen::At(at);
    };
    if head.months_to(begins) >= head.months_to(at) {
        let message = format!("from {begins} to {at} no month passes");
        resolver.wrong_but(&end.place, message, "give an `at` in a later month");
    }
    MetricWhen::Between(begins, at)
}

/// The steps of a metric of a case's path.
fn path(
    resolver: &mut Resolver<'_>,
    (row, of): (&raw::Metric, Observable),
    case: Option<CaseId>,
    model: Option<&Model>,
) -> Vec<CaseStep> {
    let Some(steps) = &row.path else {
        if of.is_of_path() {
            let message = format!("`{}` is of a path: which?", of.name());
            let help = "add `path = [\"NODE=OUTCOME\", …]`";
            resolver.wrong_but(&row.of.span(), message, help);
        }
        return Vec::new();
    };
    if !of.is_of_path() {
        let message = format!("`{}` is not of a case's path", of.name());
        resolver.wrong_but(&steps.span(), message, "leave `path` out");
        return Vec::new();
    }
    if steps.get_ref().is_empty() {
        resolver.wrong(&steps.span(), "a path has at least one step");
    }
    let system = match (model, case) {
        (Some(Model::Full(model)), Some(case)) => court_of(model, case),
        _ => None,
    };
    let Some(system) = system else {
        return Vec::new();
    };
    let steps = steps.get_ref().iter();
    let read: Vec<CaseStep> = steps
        .filter_map(|text| step(resolver, text, system))
        .collect();
    let ends_early = |step: &CaseStep| matches!(step.by, StepBy::Ending(_));
    let inner = read.split_last().map_or(&[][..], |(_, inner)| inner);
    if let (Some(_), Some(path)) = (inner.iter().find(|step| ends_early(step)), &row.path) {
        let message = "a case goes no further once it has ended";
        resolver.wrong_but(&path.span(), message, "put the ending last");
    }
    read
}

fn court_of(model: &FullModel, case: CaseId) -> Option<&CourtSystem> {
    model.courts.get(model.cases.get(case.index())?.court)
}

/// One step, `"NODE=OUTCOME"`.
fn step(resolver: &mut Resolver<'_>, text: &raw::Text, system: &CourtSystem) -> Option<CaseStep> {
    let Some((node, by)) = text.get_ref().split_once('=') else {
        let message = format!("`{}` is no step of a case", text.get_ref());
        let help = "write the node and its outcome, as in `\"circuit=reverses\"`";
        resolver.wrong_but(&text.span(), message, help);
        return None;
    };
    let part = |part: &str| raw::Text::new(text.span(), part.trim().to_owned());
    let nodes = Names {
        kind: "node",
        list: system.nodes.iter().map(|node| node.name.clone()).collect(),
    };
    let node = resolver.refer(&part(node), &nodes)?;
    let outcomes = system.nodes[node].outcomes.iter();
    let mut names: Vec<String> = outcomes.map(|outcome| outcome.name.clone()).collect();
    let outcomes = names.len();
    let endings = Ending::ALL.into_iter().filter(|ending| ending.cuts_short());
    names.extend(endings.clone().map(|ending| ending.name().to_owned()));
    let names = Names {
        kind: "outcome",
        list: names,
    };
    let by = resolver.refer(&part(by), &names)?;
    let ending = by
        .checked_sub(outcomes)
        .and_then(|at| endings.clone().nth(at));
    Some(CaseStep {
        node: NodeId::new(node),
        by: ending.map_or(StepBy::Outcome(by), StepBy::Ending),
    })
}

fn headline(resolver: &mut Resolver<'_>, row: &raw::Metric, taken: &mut [bool; 3]) -> Option<u8> {
    let number = row.headline.as_ref()?;
    let position = resolver.whole(number, 1, 3);
    let slot = &mut taken[position as usize - 1];
    if std::mem::replace(slot, true) {
        let message = format!("two metrics are headline {position}");
        resolver.wrong(&number.span(), message);
    }
    u8::try_from(position).ok()
}
