//! Metrics: what is reported of each run.

use super::full::AllNames;
use super::head::Head;
use super::place::titled;
use super::resolver::Resolver;
use super::sources;
use crate::domain::{
    BlocId, CaseId, CustomerId, InstrumentId, JurisdictionId, ProviderId, Segment, WorkloadId,
};
use crate::scenario::raw;
use crate::scenario::resolved::{Better, Metric, MetricScope, MetricWhen, Observable};

const BETTER: [(&str, Better); 3] = [
    ("higher", Better::Higher),
    ("lower", Better::Lower),
    ("neutral", Better::Neutral),
];

pub(super) fn metrics(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Metric>,
    names: &AllNames,
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
            when: when(resolver, row, head),
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
        Observable::CaseDays | Observable::CaseOpen | Observable::ReachInLaw
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

fn when(resolver: &mut Resolver<'_>, row: &raw::Metric, head: &Head) -> MetricWhen {
    match (&row.at, &row.over_months) {
        (Some(at), Some(_)) => {
            resolver.wrong(&at.place, "`at` and `over_months` exclude each other");
            MetricWhen::Horizon
        }
        (Some(at), None) => {
            let date = head.simulated(resolver, at);
            date.map_or(MetricWhen::Horizon, MetricWhen::At)
        }
        (None, Some(months)) => {
            MetricWhen::OverMonths(resolver.whole(months, 1, head.horizon_months))
        }
        (None, None) => MetricWhen::Horizon,
    }
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
