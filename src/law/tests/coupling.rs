//! The same luck in worlds that differ in one thing, and exits in closed form.

use super::*;
#[test]
fn exits_compete_as_in_closed_form() {
    // Two courts of a year each (365.25 days would not be whole); the second multiplies
    // the statute's hazard by 4.
    let mut court = court(
        0.0,
        vec![
            step(365.0, vec![(1.0, to(1))]),
            node(
                Level::Supreme,
                NodeKind::Step,
                365.0,
                vec![outcome(1.0, None, end(Ending::Government))],
            ),
        ],
    );
    court.exits = vec![
        exit(Ending::Statute, 0.4, 4.0),
        exit(Ending::Settled, 0.3, 1.0),
    ];
    let model = lawless(court);
    let mut law = law(&model);
    const RUNS: usize = 40_000;
    let ends: Vec<_> = (0..RUNS)
        .map(|run| end_of(&events_of(&mut law, run as u32)).unwrap())
        .collect();
    let year = 365.0 / 365.25;
    let (first, second) = (exp(-0.7 * year), exp(-1.9 * year));
    let count = |ending| ends.iter().filter(|(found, _)| *found == ending).count();
    share_is(count(Ending::Government), RUNS, first * second);
    let statute = 0.4 / 0.7 * (1.0 - first) + first * 1.6 / 1.9 * (1.0 - second);
    share_is(count(Ending::Statute), RUNS, statute);
    share_is(
        count(Ending::Settled),
        RUNS,
        0.3 / 0.7 * (1.0 - first) + first * 0.3 / 1.9 * (1.0 - second),
    );
    let early = ends.iter().filter(|(_, days)| *days < 100).count();
    share_is(early, RUNS, 1.0 - exp(-0.7 * 100.0 / 365.25));
}

#[test]
fn a_likelier_exit_comes_earlier_and_moves_no_other_luck() {
    let calm = eventful();
    let mut hasty = eventful();
    hasty.courts[0].exits[2].hazard_per_year = Quantity::Known(0.4);
    let (mut calm_law, mut hasty_law) = (law(&calm), law(&hasty));
    let mut earlier = 0;
    for run in 0..500 {
        let (a, b) = (
            events_of(&mut calm_law, run),
            events_of(&mut hasty_law, run),
        );
        let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
        if same == a.len() && same == b.len() {
            continue;
        }
        earlier += 1;
        // The first difference is a settlement that the calm world has later or never.
        assert!(
            matches!(
                b[same].kind,
                EventKind::CaseEnded {
                    ending: Ending::Settled,
                    ..
                } | EventKind::FinePaid { .. }
            ),
            "{:?}",
            b[same]
        );
        assert!(a.get(same).is_none_or(|event| event.date >= b[same].date));
        assert_eq!(calm_law.case(CASE).merit, hasty_law.case(CASE).merit);
    }
    assert!(earlier > 50, "{earlier}");
}

#[test]
fn a_forced_ruling_changes_nothing_before_its_date_and_leaves_merit() {
    let free = eventful();
    let day = date("2014-12-01");
    let mut forced = eventful();
    let force = |node, outcome, date| Force {
        name: "forced".into(),
        date,
        known: date,
        title: String::new(),
        kind: ForceKind::Ruling {
            case: CASE,
            node: NodeId::new(node),
            outcome,
            waits: false,
        },
    };
    forced.forces = vec![force(0, 1, day)];
    let (mut free_law, mut forced_law) = (law(&free), law(&forced));
    let mut on_the_day = 0;
    for run in 0..300 {
        let (a, b) = (
            events_of(&mut free_law, run),
            events_of(&mut forced_law, run),
        );
        let before = |events: &[Event]| {
            let early = events.iter().filter(|event| event.date < day);
            early.copied().collect::<Vec<_>>()
        };
        assert_eq!(before(&a), before(&b));
        assert_eq!(free_law.case(CASE).merit, forced_law.case(CASE).merit);
        let ruled = |event: &&Event| {
            event.date == day
                && matches!(
                    event.kind,
                    EventKind::Ruling {
                        case: CASE,
                        node: NodeId(0),
                        favours: Party::Provider,
                        ..
                    }
                )
        };
        on_the_day += b.iter().filter(ruled).count();
    }
    assert!(on_the_day > 30, "{on_the_day}");
    // Too early to bite at the node's own day: imposed at the next visit, at its own date.
    let mut early = eventful();
    early.forces = vec![force(0, 1, date("2013-01-01"))];
    let mut early_law = law(&early);
    for run in 0..50 {
        let first = |events: Vec<Event>| {
            events.into_iter().find(|event| {
                matches!(
                    event.kind,
                    EventKind::Ruling {
                        case: CASE,
                        node: NodeId(0),
                        ..
                    }
                )
            })
        };
        let (a, b) = (
            first(events_of(&mut free_law, run)),
            first(events_of(&mut early_law, run)),
        );
        let (Some(a), Some(b)) = (a, b) else { continue };
        assert_eq!(a.date, b.date);
        assert!(matches!(
            b.kind,
            EventKind::Ruling {
                favours: Party::Provider,
                ..
            }
        ));
    }
    // At a node that no case visits it changes nothing.
    let mut nowhere = eventful();
    let unreached = step(1.0, vec![(1.0, end(Ending::Provider))]);
    nowhere.courts[0].nodes.push(unreached);
    nowhere.forces = vec![force(6, 0, day)];
    let mut nowhere_law = law(&nowhere);
    for run in 0..50 {
        assert_eq!(
            events_of(&mut free_law, run),
            events_of(&mut nowhere_law, run)
        );
    }
}

/// What a provider does must not move the court's dice: where both worlds reach a
/// decision, it falls alike and on the same day.
#[test]
fn a_provider_that_gives_up_earlier_leaves_the_courts_as_they_were() {
    let bold = eventful();
    let mut meek = eventful();
    meek.providers[0].posture.contest_to = Some(Level::District);
    let (mut bold_law, mut meek_law) = (law(&bold), law(&meek));
    let mut parted = 0;
    for run in 0..300 {
        let (a, b) = (events_of(&mut bold_law, run), events_of(&mut meek_law, run));
        assert_eq!(bold_law.case(CASE).merit, meek_law.case(CASE).merit);
        let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
        if let Some(first) = b.get(same) {
            parted += 1;
            assert!(matches!(
                first.kind,
                EventKind::NoAppeal {
                    by: Party::Provider,
                    ..
                }
            ));
        }
    }
    assert!(parted > 100, "{parted}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// The events of a run do not depend on the spans in which it is advanced.
    #[test]
    fn spans_of_any_length_give_the_same_events(
        run in 0u32..1_000,
        cuts in prop::collection::btree_set(0i32..4_000, 0..40),
    ) {
        let model = eventful();
        let mut law = law(&model);
        let first = date("2013-01-01");
        let last = first.plus_days(4_000);
        let mut whole = Vec::new();
        law.begin(&no_inputs(), Run(run)).unwrap();
        law.advance(first, last, &mut whole);
        let mut pieces = Vec::new();
        law.begin(&no_inputs(), Run(run)).unwrap();
        let mut from = first;
        for until in cuts.into_iter().map(|day| first.plus_days(day)).chain([last]) {
            law.advance(from, until, &mut pieces);
            from = until;
        }
        prop_assert!(whole.is_sorted_by_key(|event| event.date));
        prop_assert!(!whole.is_empty());
        prop_assert_eq!(whole, pieces);
    }
}
