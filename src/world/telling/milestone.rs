//! Milestones: the few events of every run that are kept, with how they came about and why.

use crate::domain::{
    Event, EventKind, ExitReason, InstrumentId, JurisdictionId, RegionId, SiteAct, SiteReason,
};
use crate::scenario::resolved::FullModel;

/// A statute that asserts reach over data abroad, and one that renounces it.
const STATUTES: [&str; 2] = ["asserts", "renounces"];
/// A policy whose term is over, and one that a court ended.
const ENDS: [&str; 2] = ["expired", "struck_down"];
/// What the scenario gives a date for, and nobody decides in the run.
const DATED: &str = "dated";

/// An event as a milestone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Milestone {
    /// To what or whom, by its name in the scenario.
    pub subject: String,
    /// In which way it came about, where there are several.
    pub how: Option<&'static str>,
    /// The reason of who decided it, where somebody did.
    pub why: Option<&'static str>,
}

/// Every word for how and why.
pub(super) fn words() -> impl Iterator<Item = String> {
    let reasons = ExitReason::ALL.map(ExitReason::name);
    [DATED]
        .into_iter()
        .chain(STATUTES)
        .chain(ENDS)
        .chain(SiteAct::ALL.map(SiteAct::name))
        .chain(SiteReason::ALL.map(SiteReason::name))
        .chain(reasons)
        .map(str::to_owned)
}

/// The milestone that an event is, if it is one: ends of cases, law in force, policies,
/// regions, exits of named customers. `cause` is the event that brought it about.
#[must_use]
pub fn milestone(event: &Event, cause: Option<&Event>, model: &FullModel) -> Option<Milestone> {
    let of = |subject: &str, how, why| {
        Some(Milestone {
            subject: subject.to_owned(),
            how,
            why,
        })
    };
    let jurisdiction = |j: JurisdictionId| &model.jurisdictions[j.index()].name;
    let instrument = |i: InstrumentId| &model.instruments[i.index()].name;
    let region = |r: RegionId| &model.regions[r.index()].name;
    match event.kind {
        EventKind::CaseEnded { case, ending } => {
            of(&model.cases[case.index()].name, Some(ending.name()), None)
        }
        EventKind::Statute { by, asserts } => of(
            jurisdiction(by),
            Some(STATUTES[usize::from(!asserts)]),
            None,
        ),
        EventKind::Treaty { by } => of(jurisdiction(by), None, None),
        EventKind::PolicyProposed { instrument: id }
        | EventKind::PolicyInForce { instrument: id } => of(instrument(id), None, None),
        EventKind::PolicyEnded {
            instrument: id,
            struck_down,
        } => of(instrument(id), Some(ENDS[usize::from(struck_down)]), None),
        EventKind::SiteDecided {
            region: id,
            act,
            why,
            ..
        } => of(region(id), Some(act.name()), Some(why.name())),
        EventKind::RegionOpened { region: id } | EventKind::RegionClosed { region: id } => {
            match cause.map(|cause| cause.kind) {
                Some(EventKind::SiteDecided { act, why, .. }) => {
                    of(region(id), Some(act.name()), Some(why.name()))
                }
                _ => of(region(id), Some(DATED), None),
            }
        }
        EventKind::ExitDecided {
            customer,
            workload,
            reason,
            ..
        } => {
            let workload = model.customers[customer.index()].workload_name(workload);
            of(&workload, None, Some(reason.name()))
        }
        EventKind::ExitFinished {
            customer, workload, ..
        } => {
            let workload = model.customers[customer.index()].workload_name(workload);
            of(&workload, None, None)
        }
        _ => None,
    }
}
