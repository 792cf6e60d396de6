//! What is known before the start: replayed, learned from, and parted from.

use super::*;
use crate::scenario::resolved::StepBy;
fn given(node: usize, outcome: usize, day: &str) -> Given {
    Given {
        node: NodeId::new(node),
        outcome,
        date: date(day),
    }
}

/// Filed and decided for the government before the start; the appeal is left unsaid.
fn with_history(loading: f64) -> FullModel {
    let mut court = ladder(loading);
    court.nodes[2].days = Distribution::Lognormal {
        median: 300.0,
        sigma: 0.5,
    };
    let mut model = model(court);
    model.cases[0].filed = date("2013-12-04");
    model.cases[0].history = vec![given(0, 0, "2014-04-25")];
    model
}

#[test]
fn merit_is_learned_from_the_history() {
    let model = with_history(1.5);
    let mut law = law(&model);
    let merit: Vec<f64> = (0..20_000)
        .map(|run| {
            law.begin(&no_inputs(), Run(run)).unwrap();
            law.case(CASE).merit
        })
        .collect();
    let mut chances = Vec::new();
    let procedure = law.procedure(CASE);
    let mut lost = |theta: f64| {
        procedure.chances(NodeId::new(0), 1.5 * theta, None, &mut chances);
        chances[0]
    };
    let rule = gauss_hermite(128);
    let mean = rule.mean(|theta| theta * lost(theta)) / rule.mean(&mut lost);
    assert!(mean < -0.1);
    mean_is(&merit, mean);
    let square = rule.mean(|theta| theta * theta * lost(theta)) / rule.mean(&mut lost);
    mean_is(&merit.iter().map(|m| m * m).collect::<Vec<_>>(), square);
}

#[test]
fn the_record_is_replayed_and_the_present_stay_outlasts_the_start() {
    let model = with_history(1.0);
    let mut law = law(&model);
    for run in 0..300 {
        let events = events_of(&mut law, run);
        let dated: Vec<_> = events
            .iter()
            .map(|e| (e.date.to_string(), e.kind.name()))
            .collect();
        let seen: Vec<_> = dated
            .iter()
            .map(|(day, name)| (day.as_str(), *name))
            .collect();
        assert_eq!(
            &seen[..2],
            [("2013-12-04", "case_filed"), ("2014-04-25", "ruling")]
        );
        let appeal = events
            .iter()
            .position(|e| e.kind.name() == "appeal")
            .unwrap();
        assert_eq!(events[appeal].date, date("2014-04-25"));
        assert_eq!(events[appeal].cause, Some(EventIndex(1)));
        let next = events[appeal + 2];
        assert!(next.date >= start(), "{next:?}");
    }
}

#[test]
fn a_ruling_forced_against_the_history_parts_from_it() {
    let factual = with_history(1.0);
    let mut model = with_history(1.0);
    model.forces = vec![Force {
        name: "quashed".into(),
        date: date("2014-04-25"),
        known: date("2014-04-25"),
        title: String::new(),
        kind: ForceKind::Ruling {
            case: CASE,
            node: NodeId::new(0),
            outcome: 1,
            waits: false,
        },
    }];
    let (mut other, mut law) = (law(&factual), law(&model));
    for run in 0..100 {
        let events = events_of(&mut law, run);
        events_of(&mut other, run);
        assert_eq!(law.case(CASE).merit, other.case(CASE).merit);
        assert!(matches!(
            events[1].kind,
            EventKind::Ruling {
                favours: Party::Provider,
                ..
            }
        ));
        assert_eq!(events[1].date, date("2014-04-25"));
        assert!(
            !events
                .iter()
                .any(|e| e.kind.name() == "no_appeal" && e.date < events[1].date)
        );
    }
}

#[test]
fn a_history_off_the_graph_is_refused_with_its_place() {
    for (history, word) in [
        (vec![given(5, 0, "2014-04-25")], "name every node"),
        (vec![given(0, 0, "2012-04-25")], "order of date"),
        (
            vec![
                given(0, 0, "2014-04-25"),
                given(1, 1, "2014-04-25"),
                given(2, 0, "2014-05-25"),
            ],
            "name every",
        ),
    ] {
        let mut model = with_history(1.0);
        model.cases[0].history = history;
        let error = Law::new(&model, Seed(1), start()).unwrap_err().to_string();
        assert!(
            error.contains("case.the-case.history") && error.contains(word),
            "{error}"
        );
    }
}

#[test]
fn what_happened_before_the_first_span_is_not_told_but_counts() {
    let model = with_history(1.0);
    let mut law = law(&model);
    law.begin(&no_inputs(), Run(3)).unwrap();
    let unsettled = law.reach(US);
    let mut events = Vec::new();
    law.advance(start(), start().plus_days(1), &mut events);
    assert!(events.iter().all(|event| event.date >= start()));
    let persuaded = law.reach(US);
    assert!(persuaded[Control::Direct.index()] > unsettled[Control::Direct.index()]);
    assert!(law.reach_pends(US));
    assert!(!law.reach_settled(US));
}

/// The courts through which the Microsoft case went, with the outcomes it met first.
fn road_of_the_record() -> CourtSystem {
    let step = |effects: Vec<OutcomeEffect>, target| {
        let mut step = step(30.0, vec![(1.0, target)]);
        step.outcomes[0].effects = effects;
        step
    };
    let ruling = |level, favours, target| {
        let other = if favours == PROVIDER {
            GOVERNMENT
        } else {
            PROVIDER
        };
        node(
            level,
            NodeKind::Ruling,
            100.0,
            vec![
                outcome(0.5, favours, target),
                outcome(0.5, other, end(Ending::Settled)),
            ],
        )
    };
    let party = |kind: NodeKind, target| {
        let mut goes_on = outcome(0.9, None, target);
        goes_on.carries = kind == NodeKind::Contest;
        let stops = outcome(0.1, None, end(Ending::Complied));
        node(Level::Circuit, kind, 0.0, vec![goes_on, stops])
    };
    let mut vote = node(
        Level::Circuit,
        NodeKind::Vote { judges: 8 },
        100.0,
        vec![
            outcome(0.75, PROVIDER, to(9)),
            outcome(0.25, GOVERNMENT, end(Ending::Settled)),
        ],
    );
    vote.outcomes[0].tie = true;
    vote.outcomes
        .iter_mut()
        .for_each(|outcome| outcome.rules = false);
    let mut court = court(
        1.0,
        vec![
            ruling(Level::Magistrate, GOVERNMENT, to(1)),
            party(NodeKind::Contest, to(2)),
            ruling(Level::District, GOVERNMENT, to(3)),
            step(vec![OutcomeEffect::Stayed], to(4)),
            step(vec![OutcomeEffect::StayLifted], to(5)),
            step(vec![OutcomeEffect::ContemptStipulated], to(6)),
            ruling(Level::Circuit, PROVIDER, to(7)),
            party(NodeKind::GovernmentAppeal, to(8)),
            vote,
            party(NodeKind::GovernmentAppeal, to(10)),
            node(
                Level::Supreme,
                NodeKind::Step,
                100.0,
                vec![outcome(1.0, None, to(11))],
            ),
            node(
                Level::Supreme,
                NodeKind::Ruling,
                1_000.0,
                vec![outcome(1.0, None, end(Ending::Provider))],
            ),
        ],
    );
    court.exits = vec![exit(Ending::Statute, 1e-9, 1.0)];
    court.exits[0].days_to_end = 25;
    court
}

#[test]
fn the_record_of_the_case_can_be_replayed() {
    // Evidence T01–T18; the parties' steps of no length are left unsaid.
    let mut model = model(road_of_the_record());
    model.providers[0].posture.partial_compliance = true;
    model.cases[0].filed = date("2013-12-04");
    model.cases[0].history = vec![
        given(0, 0, "2014-04-25"),
        given(2, 0, "2014-07-31"),
        given(3, 0, "2014-08-01"),
        given(4, 0, "2014-08-29"),
        given(5, 0, "2014-09-08"),
        given(6, 0, "2016-07-14"),
        given(8, 0, "2017-01-24"),
        given(9, 0, "2017-06-23"),
        given(10, 0, "2017-10-16"),
    ];
    model.forces = vec![Force {
        name: "cloud-act".into(),
        date: date("2018-03-23"),
        known: date("2018-03-23"),
        title: String::new(),
        kind: ForceKind::Statute {
            by: US,
            asserts: true,
        },
    }];
    let mut law = law(&model);
    for run in 0..20 {
        let events = events_of(&mut law, run);
        let told = events
            .iter()
            .filter(|event| event.kind.name() != "reach_in_law");
        let told: Vec<_> = told.map(|e| (e.date.to_string(), e.kind.name())).collect();
        let told: Vec<_> = told
            .iter()
            .map(|(day, name)| (day.as_str(), *name))
            .collect();
        assert_eq!(
            told,
            [
                ("2013-12-04", "case_filed"),
                ("2013-12-04", "partial_compliance"),
                ("2014-04-25", "ruling"),
                ("2014-04-25", "appeal"),
                ("2014-04-25", "conduct"),
                ("2014-07-31", "ruling"),
                ("2014-08-01", "step"),
                ("2014-08-01", "stay"),
                ("2014-08-29", "step"),
                ("2014-08-29", "stay"),
                ("2014-09-08", "step"),
                ("2014-09-08", "contempt"),
                ("2014-09-08", "conduct"),
                ("2016-07-14", "ruling"),
                ("2016-07-14", "appeal"),
                ("2017-01-24", "step"),
                ("2017-06-23", "appeal"),
                ("2017-10-16", "step"),
                ("2018-03-23", "statute"),
                ("2018-04-17", "case_ended"),
            ]
        );
        // TD01-TD13: days in each node, the last left by a statute.
        let stays: Vec<_> = law.passed(CASE).iter().collect();
        let days = stays.iter().map(|p| p.left.days_since(p.entered));
        let of_length: Vec<i32> = days.filter(|days| *days > 0).collect();
        assert_eq!(of_length, [142, 97, 1, 28, 10, 675, 194, 150, 115, 158]);
        assert_eq!(
            stays.last().map(|p| p.step.by),
            Some(StepBy::Ending(Ending::Statute))
        );
        let state = law.case(CASE);
        assert_eq!(state.days, Some(1_595));
        assert_eq!(state.ended, Some((Ending::Statute, date("2018-04-17"))));
        assert_eq!(state.fines_paid_usd, 0.0);
    }
}
