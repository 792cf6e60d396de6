//! Sentences about the shipped case.

use super::*;
use crate::domain::{CaseId, Date, Level, NodeId, Party};
use crate::scenario::resolved::Model;
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
