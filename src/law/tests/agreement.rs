//! Runs that agree with what was learned follow the exact conditional; a forced ruling teaches
//! nothing. Bounds are those of the parent module.

use super::super::quadrature::even_grid;
use super::*;
use crate::scenario::resolved::{Fact, FactKind};

const RUNS: u32 = 60_000;

fn left(node: usize, outcome: usize, on: Option<Date>) -> Fact {
    Fact {
        name: format!("node-{node}"),
        case: CASE,
        kind: FactKind::Left {
            node: NodeId::new(node),
            outcome,
            on,
        },
    }
}

/// The runs that agree, looked at.
fn agreeing<T>(model: &FullModel, mut look: impl FnMut(&Law<'_>) -> T) -> Vec<T> {
    let mut law = law(model);
    let mut found = Vec::new();
    for run in 0..RUNS {
        events_of(&mut law, run);
        if law.agrees(true) {
            found.push(look(&law));
        }
    }
    found
}

/// Two rulings on the merits, the second whatever the first says.
fn twice(loading: f64) -> FullModel {
    let ruling = |toward_provider, targets: [Target; 2]| {
        let outcomes = vec![
            outcome(toward_provider, PROVIDER, targets[0]),
            outcome(1.0 - toward_provider, GOVERNMENT, targets[1]),
        ];
        node(Level::District, NodeKind::Ruling, 100.0, outcomes)
    };
    lawless(court(
        loading,
        vec![
            ruling(0.3, [to(1), to(1)]),
            ruling(0.4, [end(Ending::Provider), end(Ending::Government)]),
        ],
    ))
}

/// The mean over merit of `value(θ, chance of the provider at node 0, at node 1)`.
fn exactly(model: &FullModel, value: impl Fn(f64, f64, f64) -> f64) -> f64 {
    let mut procedure = Procedure::new(&model.courts[0]).unwrap();
    procedure.set(&no_inputs()).unwrap();
    let mut chances = Vec::new();
    even_grid(800).mean(|theta| {
        let mut toward_provider = |node| {
            let score = procedure.loading() * theta;
            procedure.chances(NodeId::new(node), score, None, &mut chances);
            chances[0]
        };
        let (first, second) = (toward_provider(0), toward_provider(1));
        value(theta, first, second)
    })
}

#[test]
fn a_later_ruling_teaches_what_an_earlier_one_was_and_how_strong_the_case_is() {
    let mut model = twice(2.0);
    model.facts = vec![left(1, 0, None)];
    let known = exactly(&model, |_, _, second| second);
    let both = exactly(&model, |_, first, second| first * second) / known;
    let merit = exactly(&model, |theta, _, second| theta * second) / known;
    // Without the fact these are 0.3 and 0.
    assert!(both > 0.4 && merit > 0.4, "{both} {merit}");
    let found = agreeing(&model, |law| {
        let first = law.passed(CASE)[0].step.by;
        (first == StepBy::Outcome(0), law.case(CASE).merit)
    });
    share_is(found.len(), RUNS as usize, known);
    let firsts = found.iter().filter(|(first, _)| *first).count();
    share_is(firsts, found.len(), both);
    let merits: Vec<f64> = found.iter().map(|(_, merit)| *merit).collect();
    mean_is(&merits, merit);
}

#[test]
fn a_forced_ruling_teaches_nothing() {
    let mut model = twice(2.0);
    model.forces = vec![Force {
        name: "forced".into(),
        date: start(),
        known: start(),
        title: String::new(),
        kind: ForceKind::Ruling {
            case: CASE,
            node: NodeId::new(1),
            outcome: 0,
            waits: false,
        },
    }];
    let found = agreeing(&model, |law| {
        assert_eq!(law.passed(CASE)[1].step.by, StepBy::Outcome(0));
        let first = law.passed(CASE)[0].step.by;
        (first == StepBy::Outcome(0), law.case(CASE).merit)
    });
    assert_eq!(found.len(), RUNS as usize);
    share_is(
        found.iter().filter(|(first, _)| *first).count(),
        found.len(),
        0.3,
    );
    let merits: Vec<f64> = found.iter().map(|(_, merit)| *merit).collect();
    mean_is(&merits, 0.0);
}

fn among(values: &[f64], chances: &[f64]) -> Distribution {
    Distribution::Discrete {
        values: values.to_vec(),
        chances: chances.to_vec(),
    }
}

/// Stays of 10, 20 or 40 days, then of 10, 20 or 30; the end is known to be on day 50. So it was
/// 20 and 30 or 40 and 10, as 0.5 × 0.5 to 0.3 × 0.2.
#[test]
fn the_day_of_the_end_teaches_the_day_before() {
    let mut steps = vec![
        step(0.0, vec![(1.0, to(1))]),
        step(0.0, vec![(1.0, end(Ending::Settled))]),
    ];
    steps[0].days = among(&[10.0, 20.0, 40.0], &[0.2, 0.5, 0.3]);
    steps[1].days = among(&[10.0, 20.0, 30.0], &[0.2, 0.3, 0.5]);
    let mut model = lawless(court(0.0, steps));
    let on = start().plus_days(50);
    model.facts = vec![left(1, 0, Some(on))];
    let found = agreeing(&model, |law| {
        let passed = law.passed(CASE);
        assert_eq!(passed[1].left, on);
        passed[0].left.days_since(start())
    });
    assert!(found.iter().all(|days| [20, 40].contains(days)));
    let first = found.iter().filter(|days| **days == 20).count();
    share_is(first, found.len(), 0.25 / 0.31);
    // Kept with the chance of the stay over that of the likeliest, 0.5.
    share_is(found.len(), RUNS as usize, 0.31 / 0.5);
}

/// Where the day before is known too, no run is given up for the day alone.
#[test]
fn a_chain_of_known_days_keeps_every_run_with_the_right_outcomes() {
    let mut steps = vec![
        step(0.0, vec![(1.0, to(1))]),
        step(
            0.0,
            vec![(0.25, end(Ending::Settled)), (0.75, end(Ending::Withdrawn))],
        ),
    ];
    for step in &mut steps {
        step.days = Distribution::Lognormal {
            median: 90.0,
            sigma: 0.6,
        };
    }
    let mut model = lawless(court(0.0, steps));
    let (first, second) = (start().plus_days(60), start().plus_days(260));
    model.facts = vec![left(0, 0, Some(first)), left(1, 0, Some(second))];
    let found = agreeing(&model, |law| law.passed(CASE)[1].left);
    assert!(found.iter().all(|day| *day == second));
    share_is(found.len(), RUNS as usize, 0.25);
}

#[test]
fn a_case_known_to_be_open_has_not_ended_by_then() {
    let mut court = court(0.0, vec![step(3_000.0, vec![(1.0, end(Ending::Provider))])]);
    court.exits = vec![exit(Ending::Settled, 0.5, 1.0)];
    let mut model = lawless(court);
    let day = start().plus_days(365);
    model.facts = vec![Fact {
        name: "open".into(),
        case: CASE,
        kind: FactKind::Open(day),
    }];
    let ends = agreeing(&model, |law| law.case(CASE).ended.unwrap().1);
    assert!(ends.iter().all(|end| *end > day));
    // Still open at the end of day 365, so for 366 days.
    share_is(ends.len(), RUNS as usize, exp(-0.5 * 366.0 / 365.25));
}

#[test]
fn a_fact_that_cannot_be_leaves_no_run() {
    let mut model = twice(1.0);
    // The node takes 100 days, the one before it too.
    model.facts = vec![left(1, 0, Some(start().plus_days(150)))];
    assert!(agreeing(&model, |_| ()).is_empty());
}

/// The law disagrees in the month after the day that was missed, not only at the end.
#[test]
fn what_is_overdue_is_seen_at_once() {
    let mut model = twice(1.0);
    model.facts = vec![left(1, 0, Some(start().plus_days(50)))];
    let mut law = law(&model);
    law.begin(&no_inputs(), Run(0)).unwrap();
    law.advance(start(), start().plus_days(50), &mut Vec::new());
    assert!(law.agrees(false));
    law.advance(
        start().plus_days(50),
        start().plus_days(60),
        &mut Vec::new(),
    );
    assert!(!law.agrees(false));
}
