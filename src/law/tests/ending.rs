//! How cases end: contempt, posture, statutes.

use super::*;
/// One district ruling that holds the provider in contempt, then a circuit for 400 days.
fn contempt(effect: OutcomeEffect, defy: bool) -> FullModel {
    let mut hold = outcome(1.0, GOVERNMENT, to(1));
    hold.effects = vec![effect];
    let mut model = model(court(
        0.0,
        vec![
            node(Level::District, NodeKind::Ruling, 10.0, vec![hold]),
            node(
                Level::Circuit,
                NodeKind::Step,
                400.0,
                vec![outcome(1.0, None, end(Ending::Provider))],
            ),
        ],
    ));
    model.providers[0].posture.defy = defy;
    model
}

fn names(events: &[Event]) -> Vec<&'static str> {
    let kinds = events
        .iter()
        .filter(|event| event.kind.name() != "reach_in_law");
    kinds.map(|event| event.kind.name()).collect()
}

#[test]
fn contempt_by_stipulation_costs_nothing_and_a_fine_breaks_the_provider() {
    let stipulated = contempt(OutcomeEffect::ContemptStipulated, true);
    let events = events_of(&mut law(&stipulated), 0);
    assert_eq!(
        names(&events),
        [
            "case_filed",
            "ruling",
            "contempt",
            "conduct",
            "step",
            "case_ended"
        ]
    );
    assert_eq!(end_of(&events), Some((Ending::Provider, 410)));

    let fined = contempt(OutcomeEffect::ContemptFined, true);
    let mut fined_law = law(&fined);
    let events = events_of(&mut fined_law, 0);
    assert_eq!(
        names(&events),
        [
            "case_filed",
            "ruling",
            "contempt",
            "conduct",
            "conduct",
            "fine_paid",
            "case_ended"
        ]
    );
    // 250,000 a day doubling weekly: 894.25 million after 9 weeks, then 128 million a day.
    assert_eq!(end_of(&events), Some((Ending::Complied, 10 + 64)));
    assert_eq!(fined_law.case(CASE).fines_paid_usd, 1_022_250_000.0);

    let meek = contempt(OutcomeEffect::ContemptFined, false);
    let events = events_of(&mut law(&meek), 0);
    assert_eq!(end_of(&events), Some((Ending::Complied, 10)));
    let yields = events.iter().filter(|event| {
        matches!(
            event.kind,
            EventKind::Conduct {
                conduct: Conduct::Yield,
                ..
            }
        )
    });
    assert_eq!(yields.count(), 1);
}

#[test]
fn a_stay_that_never_was_is_not_lifted() {
    let path = |effects: Vec<OutcomeEffect>| {
        let nodes = effects.into_iter().enumerate().map(|(index, effect)| {
            let mut leave = outcome(1.0, None, to(index + 1));
            leave.effects = vec![effect];
            node(Level::District, NodeKind::Step, 5.0, vec![leave])
        });
        let mut nodes: Vec<Node> = nodes.collect();
        nodes.push(step(5.0, vec![(1.0, end(Ending::Settled))]));
        let model = lawless(court(0.0, nodes));
        let events = events_of(&mut law(&model), 0);
        let stays = events.iter().filter_map(|event| match event.kind {
            EventKind::Stay { granted, .. } => Some(granted),
            _ => None,
        });
        stays.collect::<Vec<_>>()
    };
    let (granted, lifted) = (OutcomeEffect::Stayed, OutcomeEffect::StayLifted);
    assert!(path(vec![lifted, lifted]).is_empty());
    assert_eq!(
        path(vec![granted, lifted, lifted, granted]),
        [true, false, true]
    );
}

#[test]
fn the_posture_decides_how_far_a_case_goes() {
    let mut model = model(ladder(1.0));
    model.providers[0].posture.contest_to = Some(Level::District);
    let mut law = law(&model);
    let mut complied = 0;
    for run in 0..200 {
        let events = events_of(&mut law, run);
        let government_won = events.iter().position(|event| {
            matches!(
                event.kind,
                EventKind::Ruling {
                    node: NodeId(0),
                    favours: Party::Government,
                    ..
                }
            )
        });
        if let Some(ruling) = government_won {
            complied += 1;
            let after = &names(&events[ruling..]);
            assert_eq!(after, &["ruling", "no_appeal", "conduct", "case_ended"]);
        }
    }
    assert!(complied > 100);
}

#[test]
fn a_statute_settles_reach_for_all_cases() {
    let mut model = eventful();
    model.courts[0].exits = vec![exit(Ending::Statute, 1e-9, 1.0)];
    model.courts[0].exits[0].days_to_end = 25;
    let day = date("2015-06-01");
    model.forces = vec![Force {
        name: "act".into(),
        date: day,
        known: day,
        title: String::new(),
        kind: ForceKind::Statute {
            by: US,
            asserts: true,
        },
    }];
    let mut law = law(&model);
    let mut mooted = 0;
    for run in 0..100 {
        let events = events_of(&mut law, run);
        let act = events
            .iter()
            .position(|event| event.kind.name() == "statute")
            .unwrap();
        assert_eq!(events[act].date, day);
        assert_eq!(law.reach(US)[Control::Direct.index()], 0.97);
        assert!(law.reach_settled(US) && !law.reach_pends(US));
        for event in &events[act..] {
            if let EventKind::CaseEnded { ending, .. } = event.kind {
                mooted += 1;
                assert_eq!((ending, event.date), (Ending::Statute, day.plus_days(25)));
            }
        }
    }
    assert!(mooted > 100, "{mooted}");
}
