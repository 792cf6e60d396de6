//! What the scenario's metrics are to the page: their labels, units and blocks.

use crate::domain::Segment;
use crate::scenario::resolved::{
    FullModel, Metric, MetricScope, MetricWhen, Model, NamedCustomer, Observable, Scenario,
};

use super::input::{MetricFacts, Part};
use super::unit::Unit;

impl MetricFacts {
    /// The facts of every metric of a scenario, in its order.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let family = largest_family(&scenario.metrics);
        let facts = |metric: &Metric| Self {
            name: metric.name.clone(),
            label: with_when(&metric.title, metric.when),
            unit: unit(metric, scenario),
            better: metric.better,
            record: metric.record.clone(),
            headline: metric.headline,
            part: part(metric, &scenario.model, family),
        };
        scenario.metrics.iter().map(facts).collect()
    }
}

/// The unit, in the currency of a named customer where it is of one. Of one workload, an
/// exit happens or not.
fn unit(metric: &Metric, scenario: &Scenario) -> Unit {
    let of_exits = matches!(
        metric.of,
        Observable::ExitsFinished | Observable::ExitsLate | Observable::ExitsForced
    );
    if of_exits && metric.scope.workload.is_some() {
        return Unit::YesNo;
    }
    match customer(metric, &scenario.model) {
        Some(customer) => Unit::of(metric.of, &customer.currency),
        None => Unit::of(metric.of, &scenario.currency),
    }
}

/// The named customer of which a metric is.
fn customer<'m>(metric: &Metric, model: &'m Model) -> Option<&'m NamedCustomer> {
    match (model, metric.scope.customer) {
        (Model::Full(model), Some(customer)) => model.customers.get(customer.index()),
        _ => None,
    }
}

/// What metrics have in common that differ only in the customers they count.
type Family = (Observable, MetricWhen, MetricScope);

fn family(metric: &Metric) -> Option<Family> {
    let scope = metric.scope;
    let one_group = scope.segment.is_some() || scope.jurisdiction.is_some();
    let common = MetricScope {
        segment: None,
        jurisdiction: None,
        bloc: None,
        ..scope
    };
    let of_customers = one_group && !metric.of.is_of_regions();
    (of_customers && metric.headline.is_none()).then_some((metric.of, metric.when, common))
}

/// The family with most members, at least two; the first of equals.
fn largest_family(metrics: &[Metric]) -> Option<Family> {
    let families: Vec<Family> = metrics.iter().filter_map(family).collect();
    let size = |one: &Family| families.iter().filter(|other| *other == one).count();
    let largest = families.iter().rev().max_by_key(|one| size(one))?;
    (size(largest) >= 2).then_some(*largest)
}

fn part(metric: &Metric, model: &Model, groups: Option<Family>) -> Part {
    if let Some(customer) = customer(metric, model) {
        return Part::Customer(customer.title.clone());
    }
    match (metric.of, family(metric)) {
        (_, Some(own)) if Some(own) == groups => Part::Group {
            who: who(metric, model),
            what: with_when(&what_of_whom(metric, model), metric.when),
        },
        (Observable::StatedLessLikely, _) => Part::SayAndDo(0),
        (Observable::ProjectsDeferred, _) => Part::SayAndDo(1),
        (Observable::Acted, _) => Part::SayAndDo(2),
        (Observable::RegionMoveShare, _) => Part::RegionMoves,
        (Observable::BaseLeft | Observable::BaseMoved, _) => Part::SayAndDo(3),
        _ => Part::Effect,
    }
}

fn who(metric: &Metric, model: &Model) -> String {
    let scope = &metric.scope;
    let place = match model {
        Model::Full(model) => match (scope.jurisdiction, scope.bloc) {
            (Some(id), _) => jurisdiction_name(model, id.index()),
            (None, Some(id)) => model.blocs.get(id.index()).map(|bloc| bloc.name.clone()),
            (None, None) => None,
        },
        Model::MarketBenchmark(_) => None,
    };
    let segment = metric.scope.segment.map(|segment| match segment {
        Segment::Consumer => "consumers",
        Segment::SmallBusiness => "small business",
        Segment::Enterprise => "enterprise",
        Segment::Regulated => "regulated firms",
        Segment::PublicSector => "public sector",
    });
    match (place, segment) {
        (Some(place), Some(segment)) => format!("{place}, {segment}"),
        (Some(place), None) => place,
        (None, Some(segment)) => segment.to_owned(),
        (None, None) => metric.title.clone(),
    }
}

/// What is measured, and of which providers.
fn what_of_whom(metric: &Metric, model: &Model) -> String {
    let what = what(metric.of);
    let Model::Full(model) = model else {
        return what.to_owned();
    };
    let (provider, parent) = (metric.scope.provider, metric.scope.parent);
    let provider = provider.and_then(|id| Some(model.providers.get(id.index())?.title.clone()));
    let parent = parent.and_then(|id| jurisdiction_name(model, id.index()));
    match (provider, parent) {
        (Some(provider), _) => format!("{what}, {provider}"),
        (None, Some(parent)) => format!("{what}, {parent} providers"),
        (None, None) => what.to_owned(),
    }
}

fn jurisdiction_name(model: &FullModel, index: usize) -> Option<String> {
    Some(model.jurisdictions.get(index)?.name.clone())
}

const fn what(of: Observable) -> &'static str {
    match of {
        Observable::Trust => "trust (0-100)",
        Observable::SpendShare => "share of spend",
        Observable::Workload => "workload",
        Observable::WorkloadHomeShare => "workload kept at home",
        Observable::Exposure => "exposure",
        Observable::Revenue => "revenue",
        Observable::BaseMoved => "installed base moved",
        Observable::BaseLeft => "installed base lost",
        Observable::StatedLessLikely => "say \"less likely\"",
        Observable::ProjectsDeferred => "projects deferred",
        Observable::CaseDays => "length of the case",
        Observable::CaseOpen => "case open",
        Observable::ReachInLaw => "reach in law",
        Observable::ConsumerSurplus => "consumer surplus",
        Observable::Disclosures => "disclosures",
        Observable::Demands => "demands",
        Observable::RegionsOpened => "regions opened",
        Observable::RegionsConverted => "regions converted",
        Observable::RegionsClosed => "regions closed",
        Observable::Capex => "capital for regions",
        Observable::CustomerCost => "cost",
        Observable::CustomerExposure => "exposure",
        Observable::CustomerReachInLaw => "reach in law",
        Observable::ExposedMonths => "exposed months",
        Observable::MonthsAboveTolerance => "months above tolerance",
        Observable::ExitsFinished => "exits finished",
        Observable::ExitsLate => "exits late",
        Observable::ExitsForced => "exits forced",
        Observable::Acted => "chose otherwise",
        Observable::Npv => "net present value",
        Observable::OperatingProfit => "operating profit",
        Observable::LegalCost => "legal cost",
        Observable::Fines => "fines",
        Observable::Subsidies => "subsidies",
        Observable::RegionMoveShare => "moves that change region only",
        Observable::CloudUsers => "use any cloud",
        Observable::PolicyDays => "time to a policy",
        Observable::PolicyInForce => "policy in force",
        Observable::PathDays => "days until a step of the case",
        Observable::StageDays => "days of a stage of the case",
        Observable::RevenueGrowth => "growth of revenue",
        Observable::GrowthGap => "growth ahead of others",
        Observable::WorkloadGrowth => "growth of workload",
        Observable::ValueChange => "change of value",
    }
}

/// The title, with the moment or the window where it does not name one itself.
fn with_when(title: &str, when: MetricWhen) -> String {
    match when {
        MetricWhen::At(date) if !title.contains(&date.ymd().0.to_string()) => {
            let words = date.in_words();
            let month = words.split_once(' ').map_or("", |(_, month)| month);
            format!("{title}, {month}")
        }
        MetricWhen::Between(from, at) => {
            let year = |date: crate::domain::Date| date.ymd().0;
            let named = [year(from), year(at)].map(|year| title.contains(&year.to_string()));
            match named {
                [false, false] => format!("{title}, {} to {}", year(from), year(at)),
                _ => title.to_owned(),
            }
        }
        MetricWhen::OverMonths(months)
            if !["month", "year"].iter().any(|word| title.contains(word)) =>
        {
            format!("{title}, {months} months")
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;
    use crate::scenario::resolved::Better;
    use crate::scenario::{ScenarioTarget, load};

    fn metric(name: &str, of: Observable, segment: Option<Segment>) -> Metric {
        Metric {
            name: name.into(),
            title: "trust".into(),
            of,
            scope: MetricScope {
                segment,
                ..MetricScope::default()
            },
            when: MetricWhen::Horizon,
            path: Vec::new(),
            better: Better::Higher,
            record: None,
            headline: None,
        }
    }

    #[test]
    fn a_label_says_when_once() {
        let date: Date = "2016-12-31".parse().unwrap();
        assert_eq!(with_when("trust", MetricWhen::At(date)), "trust, Dec 2016");
        assert_eq!(
            with_when("trust at the end of 2016", MetricWhen::At(date)),
            "trust at the end of 2016"
        );
        assert_eq!(
            with_when("base moved", MetricWhen::OverMonths(12)),
            "base moved, 12 months"
        );
        assert_eq!(
            with_when("moved in a year", MetricWhen::OverMonths(12)),
            "moved in a year"
        );
    }

    #[test]
    fn the_largest_family_of_groups_tells_who_moves() {
        let metrics = [
            metric("all", Observable::Trust, None),
            metric(
                "left_public",
                Observable::BaseLeft,
                Some(Segment::PublicSector),
            ),
            metric(
                "trust_public",
                Observable::Trust,
                Some(Segment::PublicSector),
            ),
            metric("trust_consumer", Observable::Trust, Some(Segment::Consumer)),
        ];
        let largest = largest_family(&metrics);
        let members: Vec<&str> = metrics
            .iter()
            .filter(|m| family(m).is_some() && family(m) == largest)
            .map(|m| m.name.as_str())
            .collect();
        assert_eq!(members, ["trust_public", "trust_consumer"]);
        assert_eq!(largest_family(&metrics[..3]), None);
    }

    #[test]
    fn a_group_is_named_with_its_place_and_its_measure_with_its_providers() {
        let target = ScenarioTarget::Shipped("preska-2014".to_owned());
        let facts = MetricFacts::all(&load(&target, &[]).unwrap());
        let named = facts.iter().find(|m| m.name == "us_share_eu_public_2015");
        assert_eq!(
            named.unwrap().part,
            Part::Group {
                who: "EU, public sector".to_owned(),
                what: "share of spend, US providers, Jul 2015".to_owned(),
            }
        );
    }
}
