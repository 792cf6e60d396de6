//! Events in words: who, to whom, where, how much, and a sentence.

mod court;
mod customer;

use crate::domain::{
    Conduct, Ending, Event, EventKind, JurisdictionId, ProviderId, RegionId, WorkloadId,
};
use crate::scenario::resolved::FullModel;

/// An event as a row of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct Told<'m> {
    /// Who acts, by its name in the scenario.
    pub actor: Option<String>,
    /// Upon what.
    pub target: Option<String>,
    /// Where it counts.
    pub jurisdiction: Option<String>,
    /// How much, NaN where there is nothing to count.
    pub value: f64,
    /// The unit of `value`.
    pub unit: Option<&'m str>,
    /// In a sentence.
    pub text: String,
}

/// Units that events have.
const UNITS: [&str; 3] = ["usd", "probability", "log-concern"];

/// Every kind of event, by name.
const KINDS: [&str; 19] = [
    "leak",
    "case_filed",
    "ruling",
    "step",
    "appeal",
    "no_appeal",
    "stay",
    "contempt",
    "partial_compliance",
    "fine_paid",
    "case_ended",
    "statute",
    "treaty",
    "reach_in_law",
    "conduct",
    "region_opened",
    "region_closed",
    "exit_decided",
    "exit_finished",
];

/// Every word that rows about a model can use.
#[must_use]
pub fn words(model: &FullModel) -> Vec<String> {
    let fixed = KINDS.iter().chain(&UNITS).map(|&word| word.to_owned());
    let endings = Ending::ALL.map(|ending| ending.name().to_owned());
    let controls = crate::domain::Control::ALL.map(|control| control.name().to_owned());
    let jurisdictions = model.jurisdictions.iter().map(|j| j.name.clone());
    let providers = model.providers.iter().map(|p| p.name.clone());
    let regions = model.regions.iter().map(|r| r.name.clone());
    let cases = model.cases.iter().map(|c| c.name.clone());
    let courts = model.courts.iter().map(|c| c.name.clone());
    let customers = model.customers.iter().flat_map(|customer| {
        let workloads = (0..customer.workloads.len()).map(WorkloadId::new);
        let workloads = workloads.map(|workload| customer.workload_name(workload));
        [customer.name.clone(), customer.currency_unit.clone()]
            .into_iter()
            .chain(workloads)
    });
    fixed
        .chain(endings)
        .chain(controls)
        .chain(jurisdictions)
        .chain(providers)
        .chain(regions)
        .chain(cases)
        .chain(courts)
        .chain(customers)
        .collect()
}

/// What a milestone is about, for the events that are milestones: ends of cases, law in
/// force, regions, exits of named customers.
#[must_use]
pub fn milestone(event: &Event, model: &FullModel) -> Option<String> {
    match event.kind {
        EventKind::CaseEnded { case, .. } => Some(model.cases[case.index()].name.clone()),
        EventKind::Statute { by, .. } | EventKind::Treaty { by } => {
            Some(model.jurisdictions[by.index()].name.clone())
        }
        EventKind::RegionOpened { region } | EventKind::RegionClosed { region } => {
            Some(model.regions[region.index()].name.clone())
        }
        EventKind::ExitDecided {
            customer, workload, ..
        }
        | EventKind::ExitFinished {
            customer, workload, ..
        } => Some(model.customers[customer.index()].workload_name(workload)),
        _ => None,
    }
}

/// An event in words.
#[must_use]
pub fn tell<'m>(event: &Event, model: &'m FullModel) -> Told<'m> {
    let words = Words { model };
    match event.kind {
        EventKind::Leak { by, severity } => Told {
            value: severity,
            unit: Some("log-concern"),
            ..words.of_state(
                by,
                None,
                format!("surveillance by {} becomes known", words.country(by)),
            )
        },
        EventKind::Statute { by, asserts } => {
            let does = if asserts { "asserts" } else { "renounces" };
            let text = format!(
                "a statute of {} {does} reach over data abroad",
                words.country(by)
            );
            words.of_state(by, None, text)
        }
        EventKind::Treaty { by } => {
            let text = format!(
                "an agreement on data abroad with {} enters into force",
                words.country(by)
            );
            words.of_state(by, None, text)
        }
        EventKind::ReachInLaw { by, control, reach } => Told {
            value: reach,
            unit: Some("probability"),
            ..words.of_state(
                by,
                Some(control.name()),
                format!(
                    "reach in law of {} over {} control is now {reach:.2}",
                    words.country(by),
                    control.name()
                ),
            )
        },
        EventKind::Conduct { provider, conduct } => words.conduct(provider, conduct),
        EventKind::RegionOpened { region } => words.region(region, "opens"),
        EventKind::RegionClosed { region } => words.region(region, "closes"),
        EventKind::ExitDecided {
            customer,
            workload,
            reason,
            cost,
        } => words.exit_decided(customer, workload, reason, cost),
        EventKind::ExitFinished {
            customer,
            workload,
            cost,
        } => words.exit_finished(event.date, customer, workload, cost),
        kind => words.court(kind),
    }
}

/// A model's names, for sentences.
struct Words<'m> {
    model: &'m FullModel,
}

impl<'m> Words<'m> {
    fn country(&self, j: JurisdictionId) -> &str {
        &self.model.jurisdictions[j.index()].title
    }

    fn of_state(&self, by: JurisdictionId, target: Option<&str>, text: String) -> Told<'m> {
        let name = self.model.jurisdictions[by.index()].name.clone();
        Told {
            actor: Some(name.clone()),
            target: target.map(str::to_owned),
            jurisdiction: Some(name),
            value: f64::NAN,
            unit: None,
            text,
        }
    }

    fn conduct(&self, provider: ProviderId, conduct: Conduct) -> Told<'m> {
        let spec = &self.model.providers[provider.index()];
        let does = match conduct {
            Conduct::Contest => "is seen to contest",
            Conduct::Defiance => "stands in contempt rather than produce",
            Conduct::Yield => "gives in",
            Conduct::Disclosure => "is known to have disclosed a customer's data",
        };
        Told {
            actor: Some(spec.name.clone()),
            target: None,
            jurisdiction: None,
            value: f64::NAN,
            unit: None,
            text: format!("{} {does}", spec.title),
        }
    }

    fn region(&self, region: RegionId, does: &str) -> Told<'m> {
        let spec = &self.model.regions[region.index()];
        let provider = &self.model.providers[spec.provider.index()];
        let place = &self.model.jurisdictions[spec.jurisdiction.index()];
        Told {
            actor: Some(provider.name.clone()),
            target: Some(spec.name.clone()),
            jurisdiction: Some(place.name.clone()),
            value: f64::NAN,
            unit: None,
            text: format!(
                "{} {does} a region in {} under {} control",
                provider.title,
                place.title,
                spec.control.name()
            ),
        }
    }
}
