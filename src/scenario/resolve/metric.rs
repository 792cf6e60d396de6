//! Metrics: what is reported of each run.

use super::full::AllNames;
use super::head::Head;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{
    BlocId, CaseId, CustomerId, Date, JurisdictionId, ProviderId, Segment, WorkloadId,
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
        out.push(Metric {
            name: name.get_ref().clone(),
            title: titled(&row.title, name.get_ref()),
            of,
            scope,
            when: when(resolver, row, head),
            better: better.map_or(Better::Neutral, |(_, better)| better),
            record: row.record.clone(),
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

/// Some observables are of a case, some of a named customer, and those of nothing else.
fn needs_its_scope(resolver: &mut Resolver<'_>, row: &raw::Metric, of: Observable) {
    let of_case = matches!(
        of,
        Observable::CaseDays | Observable::CaseOpen | Observable::ReachInLaw
    );
    if of_case && row.case.is_none() {
        let message = format!("`{}` is of a case: which?", row.of);
        resolver.wrong_but(&row.of.span(), message, "add `case = \"NAME\"`");
    }
    if of.is_of_customer() {
        if row.customer.is_none() {
            let message = format!("`{}` is of a named customer: which?", row.of);
            let help = "add `customer = \"NAME\"`, the name of a [customer.NAME]";
            resolver.wrong_but(&row.of.span(), message, help);
        }
        let others = [
            &row.jurisdiction,
            &row.bloc,
            &row.customers_outside,
            &row.segment,
            &row.provider,
            &row.parent,
            &row.case,
        ];
        for other in others.into_iter().flatten() {
            let message = format!("`{}` is of a named customer and of nothing else", row.of);
            resolver.wrong_but(&other.span(), message, "leave this out");
        }
    } else if let Some(customer) = &row.customer {
        let message = format!("`{}` is not of a named customer", row.of);
        let of_customers = Observable::ALL.into_iter().filter(|of| of.is_of_customer());
        let of_customers = of_customers.map(|of| format!("`{}`", of.name()));
        let help = format!("these are: {}", of_customers.collect::<Vec<_>>().join(", "));
        resolver.wrong_but(&customer.span(), message, help);
    }
}

fn when(resolver: &mut Resolver<'_>, row: &raw::Metric, head: &Head) -> MetricWhen {
    match (&row.at, &row.over_months) {
        (Some(at), Some(_)) => {
            resolver.wrong(&at.place, "`at` and `over_months` exclude each other");
            MetricWhen::Horizon
        }
        (Some(at), None) => {
            let Some(date) = resolver.date(at) else {
                return MetricWhen::Horizon;
            };
            let end = end_of(head);
            if date < head.start || date > end {
                let message = format!("{date} is outside the simulation, {} to {end}", head.start);
                resolver.wrong(&at.place, message);
            }
            MetricWhen::At(date)
        }
        (None, Some(months)) => {
            MetricWhen::OverMonths(resolver.whole(months, 1, head.horizon_months))
        }
        (None, None) => MetricWhen::Horizon,
    }
}

fn end_of(head: &Head) -> Date {
    head.start
        .plus_months(i32::try_from(head.horizon_months).unwrap_or(600))
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
