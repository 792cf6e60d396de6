//! Court systems against chains that are known exactly.

use super::*;
/// The walker of Grinstead & Snell between two ends, steps of one day.
pub(super) fn drunkard() -> CourtSystem {
    let (left, right) = (end(Ending::Government), end(Ending::Provider));
    court(
        1.0,
        vec![
            step(1.0, vec![(0.5, left), (0.5, to(1))]),
            step(1.0, vec![(0.5, to(0)), (0.5, to(2))]),
            step(1.0, vec![(0.5, to(1)), (0.5, right)]),
        ],
    )
}

#[test]
fn the_drunkard_comes_home_as_in_the_book() {
    let court = drunkard();
    let mut procedure = Procedure::new(&court).unwrap();
    procedure.set(&no_inputs()).unwrap();
    let visits = [[1.5, 1.0, 0.5], [1.0, 2.0, 1.0], [0.5, 1.0, 1.5]];
    for (from, visits) in visits.iter().enumerate() {
        let found = procedure.absorption(NodeId::new(from), None, 0.0).unwrap();
        for (found, expected) in found.visits.iter().zip(visits) {
            assert!((found - expected).abs() < 1e-12);
        }
        assert!((found.mean_days - [3.0, 4.0, 3.0][from]).abs() < 1e-12);
        assert!((found.variance_days - 8.0).abs() < 1e-11);
        let left = found.endings[Ending::Government.index()];
        assert!((left - [0.75, 0.5, 0.25][from]).abs() < 1e-12);
    }
    let mut court = drunkard();
    court.first = NodeId::new(1);
    let model = lawless(court);
    let mut law = law(&model);
    let ends: Vec<_> = (0..50_000)
        .map(|run| end_of(&events_of(&mut law, run)).unwrap())
        .collect();
    let left = ends
        .iter()
        .filter(|(ending, _)| *ending == Ending::Government);
    share_is(left.count(), ends.len(), 0.5);
    let days: Vec<f64> = ends.iter().map(|&(_, days)| f64::from(days)).collect();
    mean_is(&days, 4.0);
    let squares: Vec<f64> = days.iter().map(|d| (d - 4.0) * (d - 4.0)).collect();
    mean_is(&squares, 8.0);
}

/// Four courts: chances to go on .8, .7, .3; exits and mean stays of `practice.md` 3.3.
fn four_courts(stay: impl Fn(f64, f64) -> Distribution) -> CourtSystem {
    let [a, b, c] = [Ending::Government, Ending::Provider, Ending::Settled].map(end);
    let mut court = court(
        0.0,
        vec![
            step(0.0, vec![(0.8, to(1)), (0.1, a), (0.05, b), (0.05, c)]),
            step(0.0, vec![(0.7, to(2)), (0.2, a), (0.05, b), (0.05, c)]),
            step(0.0, vec![(0.3, to(3)), (0.3, a), (0.3, b), (0.1, c)]),
            step(0.0, vec![(0.4, a), (0.3, b), (0.3, c)]),
        ],
    );
    let moments = [(4.0, 4.0), (3.0, 2.0), (20.0, 60.0), (10.0, 20.0)];
    for (node, (mean, variance)) in court.nodes.iter_mut().zip(moments) {
        node.days = stay(mean, variance);
    }
    court
}

#[test]
fn four_courts_end_as_the_fundamental_matrix_says() {
    let court = four_courts(|mean, variance: f64| Distribution::Normal {
        mean,
        sd: variance.sqrt(),
    });
    let mut procedure = Procedure::new(&court).unwrap();
    procedure.set(&no_inputs()).unwrap();
    let found = procedure.absorption(NodeId::new(0), None, 0.0).unwrap();
    let expected = [
        (Ending::Government, 0.4952),
        (Ending::Provider, 0.3084),
        (Ending::Settled, 0.1964),
    ];
    for (ending, chance) in expected {
        assert!((found.endings[ending.index()] - chance).abs() < 1e-12);
    }
    assert!((found.mean_days - 19.28).abs() < 1e-12);
    assert!((found.variance_days - 201.5616).abs() < 1e-10);
    for (from, mean) in [(1, 19.1), (2, 23.0), (3, 10.0)] {
        let found = procedure.absorption(NodeId::new(from), None, 0.0).unwrap();
        assert!((found.mean_days - mean).abs() < 1e-12);
    }
}

/// Exponential stays, a unit of time being 30 days; rounding each stay to whole days
/// moves the survival by less than 1e-4.
#[test]
fn exponential_stays_give_the_phase_type_survival() {
    const UNIT: f64 = 30.0;
    let court = four_courts(|mean, _| {
        let mean = mean * UNIT;
        let tail = |k: f64| {
            if k <= 0.0 {
                1.0
            } else {
                exp(-(k - 0.5) / mean)
            }
        };
        let values: Vec<f64> = (0..(18.0 * mean) as i32).map(f64::from).collect();
        let chances = values.iter().map(|&k| tail(k) - tail(k + 1.0)).collect();
        Distribution::Discrete { values, chances }
    });
    let model = lawless(court);
    let mut law = law(&model);
    let ends: Vec<_> = (0..40_000)
        .map(|run| end_of(&events_of(&mut law, run)).unwrap())
        .collect();
    for (time, survival) in [
        (12, 0.500_801_841_1),
        (24, 0.288_164_398_6),
        (36, 0.166_142_773_8),
    ] {
        let limit = time * 30;
        let later = ends.iter().filter(|(_, days)| *days > limit).count();
        let equal = ends.iter().filter(|(_, days)| *days == limit).count();
        share_is(later + equal / 2, ends.len(), survival);
    }
    let months: Vec<f64> = ends
        .iter()
        .map(|&(_, days)| f64::from(days) / UNIT)
        .collect();
    mean_is(&months, 19.28);
    for (ending, chance) in [
        (Ending::Government, 0.4952),
        (Ending::Provider, 0.3084),
        (Ending::Settled, 0.1964),
    ] {
        let hits = ends.iter().filter(|(found, _)| *found == ending).count();
        share_is(hits, ends.len(), chance);
    }
}

/// The node left and the outcome, of each step a case took.
fn steps(court: &CourtSystem, events: &[Event]) -> Vec<(usize, usize)> {
    let by_favour = |node: NodeId, favours: Party| {
        let mut outcomes = court.nodes[node.index()].outcomes.iter();
        outcomes
            .position(|o| o.favours == Some(favours) && o.rules)
            .unwrap()
    };
    let taken = events.iter().filter_map(|event| match event.kind {
        EventKind::Ruling { node, favours, .. } => Some((node.index(), by_favour(node, favours))),
        EventKind::Step { node, outcome, .. } => Some((node.index(), usize::from(outcome))),
        _ => None,
    });
    taken.collect()
}

#[test]
fn simulated_marginal_chances_are_those_of_the_file() {
    for loading in [0.0, 1.5] {
        let model = lawless(ladder(loading));
        let court = &model.courts[0];
        let mut law = law(&model);
        let mut counts = vec![[0usize; 3]; court.nodes.len()];
        let mut endings = [0usize; Ending::ALL.len()];
        let mut days = Vec::new();
        const RUNS: usize = 30_000;
        for run in 0..RUNS {
            let events = events_of(&mut law, run as u32);
            for (node, outcome) in steps(court, &events) {
                counts[node][outcome] += 1;
            }
            let (ending, length) = end_of(&events).unwrap();
            endings[ending.index()] += 1;
            days.push(f64::from(length));
        }
        for (node, counts) in court.nodes.iter().zip(&counts) {
            let total: usize = counts.iter().sum();
            if matches!(node.kind, NodeKind::Ruling | NodeKind::Vote { .. }) {
                for (outcome, &count) in node.outcomes.iter().zip(counts) {
                    // Visits of one case are not independent: twice the binomial error.
                    let chance = outcome.chance.value(&no_inputs());
                    let error = 2.0 * (chance * (1.0 - chance) / total as f64).sqrt();
                    let found = count as f64 / total as f64;
                    assert!(
                        (found - chance).abs() < SIGMAS * error,
                        "{} {found}",
                        node.name
                    );
                }
            }
        }
        let exact = law
            .procedure(CASE)
            .absorption_over_merit(Some(Level::Supreme))
            .unwrap();
        for (hits, chance) in endings.iter().zip(exact.endings) {
            share_is(*hits, RUNS, chance);
        }
        mean_is(&days, exact.mean_days);
    }
}

#[test]
fn the_average_over_merit_is_that_of_gauss_hermite() {
    for loading in [0.5, 1.0] {
        let court = ladder(loading);
        let mut procedure = Procedure::new(&court).unwrap();
        procedure.set(&no_inputs()).unwrap();
        let all = Some(Level::Supreme);
        let even = procedure.absorption_over_merit(all).unwrap();
        let hermite = procedure.absorption_over(&gauss_hermite(128), all).unwrap();
        for (even, hermite) in even.endings.iter().zip(&hermite.endings) {
            assert!((even - hermite).abs() < 1e-9, "{loading} {even} {hermite}");
        }
        assert!((even.mean_days - hermite.mean_days).abs() < 1e-6);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Random graphs of rulings and steps, with cycles: the marginal chances hold, and at
    /// a = 0 endings and mean time are those of walking the chain forward.
    #[test]
    fn random_graphs(
        loading in 0.0..2.0f64,
        shape in prop::collection::vec(
            (any::<bool>(), 1.0..50.0f64, prop::collection::vec((0.05..1.0f64, 0usize..9), 2..4)),
            1..6,
        ),
    ) {
        let size = shape.len();
        let favours = [PROVIDER, GOVERNMENT, None];
        let nodes = shape.iter().map(|(ruling, days, outs)| {
            let total: f64 = outs.iter().map(|(weight, _)| weight).sum::<f64>() + 0.3;
            let mut outcomes: Vec<_> = outs.iter().enumerate().map(|(i, &(weight, target))| {
                let target = if target < size { to(target) } else { end(Ending::Government) };
                outcome(weight / total, favours[i], target)
            }).collect();
            outcomes.push(outcome(0.3 / total, None, end(Ending::Provider)));
            let kind = if *ruling { NodeKind::Ruling } else { NodeKind::Step };
            node(Level::District, kind, *days, outcomes)
        });
        let court = court(loading, nodes.collect());
        let mut procedure = Procedure::new(&court).unwrap();
        procedure.set(&no_inputs()).unwrap();
        for (node, realised) in court.nodes.iter().zip(procedure.realised_chances(None).unwrap()) {
            for (outcome, found) in node.outcomes.iter().zip(realised) {
                let stated = outcome.chance.value(&no_inputs());
                prop_assert!(found.is_nan() || (found - stated).abs() < 1e-9, "{found} {stated}");
            }
        }
        let exact = procedure.absorption(NodeId::new(0), None, 0.0).unwrap();
        let (mut here, mut days, mut lost) = (vec![0.0; size], 0.0, 0.0);
        here[0] = 1.0;
        let mut chances = Vec::new();
        for _ in 0..2_000 {
            let mut next = vec![0.0; size];
            for (index, node) in court.nodes.iter().enumerate() {
                days += here[index] * shape[index].1;
                procedure.chances(NodeId::new(index), 0.0, None, &mut chances);
                for (outcome, chance) in node.outcomes.iter().zip(&chances) {
                    match outcome.target {
                        Target::Node(to) => next[to.index()] += here[index] * chance,
                        Target::End(Ending::Provider) => lost += here[index] * chance,
                        Target::End(_) => {}
                    }
                }
            }
            here = next;
        }
        prop_assert!((exact.mean_days / days - 1.0).abs() < 1e-9);
        prop_assert!((exact.endings[Ending::Provider.index()] - lost).abs() < 1e-9);
    }
}
