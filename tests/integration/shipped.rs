//! The scenarios that ship: sound, able to run, opened by what they ask; and what a case about
//! a finding of adequacy does.

use comity::domain::{Date, Ending, EventKind};
use comity::scenario::{Scenario, library, load_text};
use comity::world::World;
use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::worlds::{model, shipped, simulate, written};

/// Those that decide something have options and levers, which only `check` tries.
#[test]
fn every_shipped_scenario_is_sound_and_asks_its_question_in_two_paragraphs() {
    let sandbox = Sandbox::new();
    for name in library::scenario_names() {
        let scenario = shipped(name, &[]);
        let paragraphs: Vec<&str> = scenario.asks.trim().split("\n\n").collect();
        assert_eq!(
            paragraphs.len(),
            2,
            "{name}: what it asks, what it leaves out"
        );
        assert!(paragraphs.iter().all(|text| text.len() > 200), "{name}");
        // Worlds beside another inherit its decision, and were tried with it.
        if scenario.decision.is_none() || scenario.baseline.is_none() {
            continue;
        }
        let checked = sandbox.comity(&["check", name, "-n", "1", "--customers", "30"]);
        let said = (checked.code, checked.err.as_str());
        assert_eq!(said, (Some(0), ""), "{name}");
        assert!(checked.out.contains("none without a source"), "{name}");
    }
}

#[test]
fn every_shipped_scenario_runs_and_gives_its_three_numbers() {
    let sandbox = Sandbox::new();
    for name in library::scenario_names().filter(|name| *name != "bench-market") {
        let arguments = ["run", name, "-n", "3", "--customers", "60", "--json"];
        let ran = sandbox.comity(&arguments);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        let page: Value = serde_json::from_str(&ran.out).unwrap();
        let numbers = page["three_numbers"].as_array().unwrap();
        assert_eq!(numbers.len(), 3, "{name}");
        let scenario = shipped(name, &[]);
        let paired = scenario.baseline.is_some();
        let has_effect = |number: &Value| number["effect"].is_object();
        assert!(numbers.iter().all(|n| has_effect(n) == paired), "{name}");
    }
}

/// An event's day, what it is, and what caused it.
type Told = (Date, EventKind, Option<EventKind>);

/// The events of one future, and concern with the United States after a month in Germany and
/// in Brazil.
fn first_month(scenario: &Scenario) -> (Vec<Told>, [f64; 2]) {
    let model = model(scenario);
    let place = |name: &str| {
        model
            .jurisdictions
            .iter()
            .position(|j| j.name == name)
            .unwrap()
    };
    let of = |world: &World<'_>, name: &str| {
        let home = place(name);
        let mut groups = model.groups.iter();
        let group = groups.position(|g| g.jurisdiction.index() == home).unwrap();
        let with = comity::domain::JurisdictionId::new(place("US"));
        world.customers().beliefs().concern(group, with)
    };
    let (mut told, mut concern) = (Vec::new(), [0.0; 2]);
    simulate(scenario, 60, 0..1, |_, month, world| {
        if month == 1 {
            concern = ["DE", "BR"].map(|name| of(world, name));
        }
        let cause = |e: &comity::domain::Event| e.cause.map(|c| world.events()[c.0 as usize].kind);
        told = world
            .events()
            .iter()
            .map(|e| (e.date, e.kind, cause(e)))
            .collect();
    });
    (told, concern)
}

/// The instrument of this name, in force: the day and what brought it.
fn in_force(scenario: &Scenario, told: &[Told], name: &str) -> Option<(Date, Option<EventKind>)> {
    let instruments = &model(scenario).instruments;
    let told = told.iter().find(|(_, kind, _)| {
        matches!(kind, EventKind::PolicyInForce { instrument }
            if instruments[instrument.index()].name == name)
    });
    told.map(|&(date, _, cause)| (date, cause))
}

#[test]
fn an_annulment_suspends_transfers_that_day_and_concerns_the_union_alone() {
    let annulled = shipped("schrems-2015", &[]);
    let stands = shipped("safe-harbour-stands", &[]);
    let (told, concern) = first_month(&annulled);
    let (told_without, concern_without) = first_month(&stands);

    let (on, brought_by) = in_force(&annulled, &told, "safe-harbour-suspension").unwrap();
    assert_eq!(on, "2015-10-06".parse().unwrap());
    let ended = |kind: Option<EventKind>| match kind {
        Some(EventKind::CaseEnded { ending, .. }) => Some(ending),
        _ => None,
    };
    assert_eq!(ended(brought_by), Some(Ending::Annulled));
    assert_eq!(
        in_force(&stands, &told_without, "safe-harbour-suspension"),
        None
    );
    let upheld = told_without
        .iter()
        .find_map(|&(_, kind, _)| ended(Some(kind)));
    assert_eq!(upheld, Some(Ending::Upheld));

    let rise = |place: usize| concern[place] / concern_without[place];
    assert!(rise(0) > 1.01, "in Germany by {}", rise(0));
    assert_eq!(rise(1), 1.0, "not in Brazil");
}

#[test]
fn an_open_appeal_can_be_forced_and_a_statute_does_not_moot_it() {
    let force = "comity = 1\ntitle = 'Forced'\nextends = 'sovereignty-2026'\nbaseline = ''\n\
                 [force.now]\ndate = 2026-11-01\n\
                 ruling = { case = 'dpf', node = 'cjeu', outcome = 'annulled' }\n\
                 [force.statute]\ndate = 2026-11-02\nstatute = { by = 'US', asserts = true }\n";
    let scenario = written("forced", force, &[]);
    let (mut suspended, mut decided) = (0, 0);
    simulate(&scenario, 60, 0..6, |_, month, world| {
        let last = month == scenario.horizon_months as usize;
        let events = world.events().iter().filter(|_| last);
        for event in events {
            match event.kind {
                EventKind::CaseEnded { ending, .. } => {
                    assert!(matches!(ending, Ending::Annulled | Ending::Upheld));
                    decided += usize::from(ending == Ending::Annulled);
                }
                EventKind::PolicyInForce { instrument } => {
                    let name = &model(&scenario).instruments[instrument.index()].name;
                    suspended += usize::from(name == "dpf-suspension");
                }
                _ => {}
            }
        }
    });
    // One case in twenty is struck off before it comes there.
    assert!(decided >= 3, "{decided} of 6");
    assert_eq!(suspended, decided);
}

#[test]
fn what_belongs_to_an_order_is_refused_in_a_challenge_and_the_other_way_round() {
    let wrong = |text: &str| {
        let text = format!("comity = 1\nextends = 'sovereignty-2026'\nbaseline = ''\n{text}");
        let error = load_text("wrong", &text, &[]).unwrap_err();
        error.render(false)
    };
    let holds = |text: &str, parts: &[&str]| {
        let said = wrong(text);
        for part in parts {
            assert!(said.contains(part), "{part}: {said}");
        }
    };
    holds(
        "[case.dpf]\nprovider = 'microsoft'",
        &[
            "a challenge to an act has no `provider`",
            "leave out `act_of`",
        ],
    );
    holds(
        "[case.dpf]\nact_of = 'MARS'",
        &["there is no government `MARS`"],
    );
    holds(
        "[instrument.dpf-suspension]\nmost_per_year = 1",
        &["a case brings it", "leave out `brought_by`"],
    );
    holds(
        "[instrument.dpf-suspension]\nbrought_by = { case = 'dfp', ending = 'annulled' }",
        &["did you mean `dpf`?"],
    );
    holds(
        "[instrument.eu-assurance]\nfinding_severity = 1",
        &["a procurement_ban has no `finding_severity`"],
    );
    holds(
        "[instrument.us-statute]\nbrought_by = { case = 'dpf', ending = 'annulled' }",
        &["a statute ends cases, and no case brings it"],
    );
    holds(
        "[instrument.new]\nby = 'EU'\nagainst = 'US'\nkind = 'tariff'\nprice_wedge = 0.1\n\
         drafting_months = 1",
        &["instrument `new` lacks `most_per_year`", "brought_by"],
    );
    let orders = "[case.order]\ncourt = 'eu-adequacy'\nfiled = 2026-11-01\namici = 0\n\
                  salience = 1\n";
    holds(
        orders,
        &[
            "case `order` lacks `asserting`, `provider`, `data_in`, `fine`",
            "act_of",
            "`eu-adequacy` is no court for an order: it ends in `upheld`",
        ],
    );
    let before_us = "comity = 1\nextends = 'reversal-2016'\nbaseline = ''\n\
                     [case.act]\nact_of = 'EU'\ncourt = 'us-sca'\nfiled = 2016-08-01\n\
                     amici = 0\nsalience = 1\n";
    let said = load_text("wrong", before_us, &[])
        .unwrap_err()
        .render(false);
    assert!(
        said.contains("`us-sca` is no court for a challenge to an act"),
        "{said}"
    );
}
