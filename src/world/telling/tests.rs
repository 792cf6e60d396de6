//! Sentences about the shipped case.

use super::*;
use crate::domain::{CaseId, Date, InstrumentId, Level, NodeId, Party};
use crate::scenario::resolved::{Bar, InstrumentKind, Model};
use crate::scenario::{ScenarioTarget, load};
use std::sync::Arc;

fn model() -> Arc<FullModel> {
    let scenario = load(&ScenarioTarget::parse("preska-2014"), &[]).unwrap();
    match scenario.model {
        Model::Full(model) => model,
        Model::MarketBenchmark(_) => panic!("not the whole model"),
    }
}

fn said(model: &FullModel, kind: EventKind) -> String {
    let date: Date = "2018-04-17".parse().unwrap();
    tell(
        &Event {
            date,
            cause: None,
            kind,
        },
        model,
        "USD",
    )
    .text
}

#[test]
fn courts_speak_by_their_own_titles_and_parties_by_theirs() {
    let model = model();
    let court = &model.courts[0];
    let node = |name: &str| {
        let at = court
            .nodes
            .iter()
            .position(|node| node.name == name)
            .unwrap();
        NodeId::new(at)
    };
    let outcome = |name: &str, outcome: &str| {
        let outcomes = &court.nodes[node(name).index()].outcomes;
        outcomes.iter().position(|o| o.name == outcome).unwrap() as u16
    };
    let case = CaseId(0);
    let ruling = |name: &str, favours| EventKind::Ruling {
        case,
        node: node(name),
        outcome: outcome(
            name,
            if favours == Party::Government {
                "government"
            } else {
                "provider"
            },
        ),
        level: Level::District,
        favours,
    };
    assert_eq!(
        said(&model, ruling("district", Party::Government)),
        "The district court upholds the order; the government prevails"
    );
    assert_eq!(
        said(&model, ruling("supreme", Party::Provider)),
        "The Supreme Court reverses: the order does not reach data abroad; Microsoft prevails"
    );
    let appeal = EventKind::Appeal {
        case,
        node: node("petition"),
        outcome: outcome("petition", "petitions"),
        by: Party::Provider,
        to: Level::Supreme,
    };
    assert_eq!(
        said(&model, appeal),
        "Microsoft asks the Supreme Court to hear the case"
    );
    let ended = EventKind::CaseEnded {
        case,
        ending: Ending::Statute,
    };
    assert_eq!(
        said(&model, ended),
        "The case ends, 1595 days after it was filed: moot, as a statute has settled the question"
    );
}

#[test]
fn several_cases_are_told_apart_by_their_titles() {
    let mut model = Arc::unwrap_or_clone(model());
    let second = model.cases[0].clone();
    model.cases.push(second);
    let filed = EventKind::CaseFiled { case: CaseId(0) };
    assert_eq!(
        said(&model, filed),
        "The Microsoft Ireland case: The United States serves Microsoft with an order for data \
         that it stores in Ireland"
    );
}

#[test]
fn a_change_is_told_with_what_was_before() {
    assert_eq!(moves(60.0, 81.57, " %"), "rises from 60.0 to 81.6 %");
    assert_eq!(moves(60.0, 59.98, " %"), "stays at 60.0 %");
    assert_eq!(moves(0.5, 0.25, ""), "falls from 0.5 to 0.2");
}

#[test]
fn a_policy_says_what_it_demands_and_how_it_ends() {
    let model = model();
    let instrument = |name: &str| {
        let at = model.instruments.iter().position(|i| i.name == name);
        InstrumentId::new(at.unwrap())
    };
    let in_force = |name| {
        let instrument = instrument(name);
        said(&model, EventKind::PolicyInForce { instrument })
    };
    // Two years from April 2018.
    assert_eq!(
        in_force("de-procurement"),
        "Germany brings into force a ban on foreign-reachable services in public procurement: the \
         public sector must have left services within reach of the United States by Apr 2020"
    );
    assert!(in_force("br-localisation").ends_with(
        ": the data of the public sector and regulated firms must lie in Brazil by Apr 2021"
    ));
    let ended = |struck_down| {
        let instrument = instrument("eu-suspension");
        let kind = EventKind::PolicyEnded {
            instrument,
            struck_down,
        };
        said(&model, kind)
    };
    let title = "a suspension of the adequacy of US data protection";
    assert_eq!(
        ended(false),
        format!("The European Union lets {title} expire")
    );
    assert_eq!(
        ended(true),
        format!("In the European Union, a court strikes down {title}")
    );
}

#[test]
fn a_bar_without_an_end_binds_what_is_new() {
    let mut model = Arc::unwrap_or_clone(model());
    let at = model
        .instruments
        .iter()
        .position(|i| i.name == "de-procurement");
    let at = at.unwrap();
    let InstrumentKind::ProcurementBan(bar) = &mut model.instruments[at].kind else {
        panic!("not a ban");
    };
    bar.grace_months = Bar::LONGEST_GRACE_MONTHS;
    let instrument = InstrumentId::new(at);
    assert!(said(&model, EventKind::PolicyInForce { instrument }).ends_with(
        ": the public sector may place nothing new with services within reach of the United States"
    ));
}

#[test]
fn a_leak_that_follows_another_says_so() {
    let model = model();
    let by = model.jurisdictions.iter().position(|j| j.name == "US");
    let by = JurisdictionId::new(by.unwrap());
    let leak = |cause| {
        let event = Event {
            date: "2018-04-17".parse().unwrap(),
            cause,
            kind: EventKind::Leak { by, severity: 0.2 },
        };
        tell(&event, &model, "USD").text
    };
    assert_eq!(
        leak(None),
        "Surveillance by the United States becomes known"
    );
    assert_eq!(
        leak(Some(crate::domain::EventIndex(0))),
        "In the wake of earlier disclosures, more surveillance by the United States becomes known"
    );
}
