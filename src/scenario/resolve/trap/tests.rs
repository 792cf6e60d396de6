//! Traps by hand, and against trying every draw and every path.

use super::*;
use proptest::prelude::*;

const PLAIN: Chance = Chance::Plain;

fn drawn(law: &Distribution) -> Chance {
    Chance::of(
        Quantity::Uncertain(crate::scenario::resolved::InputId(0)),
        Some(law),
    )
}

fn beta() -> Chance {
    drawn(&Distribution::Beta {
        mean: 0.5,
        strength: 8.0,
    })
}

/// 0 or `high`.
fn coin(high: f64) -> Chance {
    drawn(&Distribution::Discrete {
        values: vec![0.0, high],
        chances: vec![0.5, 0.5],
    })
}

fn graph(rows: &[&[(Option<usize>, Chance)]]) -> Vec<Vec<Way>> {
    let row = |row: &&[(Option<usize>, Chance)]| {
        row.iter().map(|&(to, chance)| Way { to, chance }).collect()
    };
    rows.iter().map(row).collect()
}

fn caught(rows: &[&[(Option<usize>, Chance)]], drawn: bool) -> Vec<usize> {
    let trap = trap(&graph(rows), 0, drawn);
    (0..trap.len()).filter(|&node| trap[node]).collect()
}

#[test]
fn a_circle_with_a_sure_way_out_is_no_trap() {
    let rows: [&[_]; 2] = [&[(Some(1), PLAIN)], &[(Some(0), PLAIN), (None, PLAIN)]];
    assert!(caught(&rows, true).is_empty());
    let rows: [&[_]; 2] = [
        &[(Some(1), PLAIN)],
        &[(Some(0), PLAIN), (None, Chance::Never)],
    ];
    assert_eq!(caught(&rows, false), [0, 1]);
}

#[test]
fn a_way_out_drawn_as_zero_closes_and_a_continuous_one_does_not() {
    let circle =
        |out| -> [Vec<(Option<usize>, Chance)>; 1] { [vec![(Some(0), PLAIN), (None, out)]] };
    let caught = |out, drawn| {
        let [row] = circle(out);
        !caught(&[&row], drawn).is_empty()
    };
    assert!(caught(coin(0.4), true));
    assert!(!caught(coin(0.4), false), "some runs end");
    assert!(!caught(beta(), true));
    let uniform = drawn(&Distribution::Uniform {
        low: 0.0,
        high: 0.5,
    });
    assert!(!caught(uniform, true));
}

#[test]
fn plain_chances_vanish_where_the_drawn_ones_take_all() {
    let with = |chance| caught(&[&[(Some(0), chance), (None, PLAIN)]], true);
    assert!(with(coin(0.9)).is_empty());
    assert_eq!(with(coin(1.0)), [0]);
    assert!(
        with(beta()).is_empty(),
        "a beta comes near 1 and never takes it"
    );
    let two = caught(
        &[&[(Some(0), beta()), (Some(0), beta()), (None, PLAIN)]],
        true,
    );
    assert_eq!(two, [0], "two betas can sum to more than 1");
}

#[test]
fn what_is_always_left_by_one_of_two_ways_is_no_trap() {
    // The drawn chance is 0 or 1; either way the case moves on to its end.
    let rows: [&[_]; 2] = [&[(Some(1), coin(1.0)), (None, PLAIN)], &[(None, PLAIN)]];
    assert!(caught(&rows, true).is_empty());
}

#[test]
fn a_trap_out_of_reach_catches_nobody() {
    let rows: [&[_]; 2] = [&[(None, PLAIN)], &[(Some(1), PLAIN)]];
    assert!(caught(&rows, true).is_empty());
}

/// Is there a run in which a case from node 0 can be caught? By trying every draw of
/// the coins, and every path.
fn caught_by_trying(rows: &[Vec<Way>]) -> bool {
    let coins: Vec<(usize, usize)> = (0..rows.len())
        .flat_map(|node| (0..rows[node].len()).map(move |way| (node, way)))
        .filter(|&(node, way)| matches!(rows[node][way].chance, Chance::Drawn { .. }))
        .collect();
    (0..1_usize << coins.len()).any(|draw| {
        let value = |node: usize, way: usize| match rows[node][way].chance {
            Chance::Drawn { high, .. } => {
                let coin = coins.iter().position(|&at| at == (node, way)).unwrap();
                high * (draw >> coin & 1) as f64
            }
            _ => 0.0,
        };
        let next = |node: usize| -> Vec<Option<usize>> {
            let drawn: f64 = (0..rows[node].len()).map(|way| value(node, way)).sum();
            let open = (0..rows[node].len()).filter(|&way| match rows[node][way].chance {
                Chance::Never => false,
                Chance::Plain => drawn < 1.0,
                Chance::Drawn { .. } => value(node, way) > 0.0,
            });
            open.map(|way| rows[node][way].to).collect()
        };
        if (0..rows.len()).any(|node| next(node).is_empty()) {
            return false; // No run: a node without any chance is refused elsewhere.
        }
        let from = |start: usize| {
            let (mut seen, mut open, mut ends) = (vec![start], vec![start], false);
            while let Some(node) = open.pop() {
                for to in next(node) {
                    match to {
                        None => ends = true,
                        Some(to) if !seen.contains(&to) => {
                            seen.push(to);
                            open.push(to);
                        }
                        Some(_) => {}
                    }
                }
            }
            (seen, ends)
        };
        from(0).0.iter().any(|&node| !from(node).1)
    })
}

fn any_chance() -> impl Strategy<Value = Chance> {
    prop_oneof![
        4 => Just(PLAIN),
        1 => Just(Chance::Never),
        1 => Just(coin(0.5)),
        1 => Just(coin(1.0)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn traps_are_those_found_by_trying_all(
        rows in prop::collection::vec(
            prop::collection::vec((0usize..5, any_chance()), 1..4),
            1..5,
        ),
    ) {
        let size = rows.len();
        let way = |&(to, chance): &(usize, Chance)| Way { to: (to < size).then_some(to), chance };
        let rows = rows.iter().map(|row| row.iter().map(way).collect());
        let mut rows: Vec<Vec<Way>> = rows.collect();
        for row in rows.iter_mut().filter(|row| row.iter().all(|way| way.chance != PLAIN)) {
            row[0].chance = PLAIN;
        }
        let found = trap(&rows, 0, true).contains(&true);
        prop_assert_eq!(found, caught_by_trying(&rows));
    }
}
