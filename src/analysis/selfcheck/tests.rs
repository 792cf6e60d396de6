//! The short form of the check, and that it can fail.

use super::*;
use std::collections::BTreeSet;

/// scipy 1.17.1: P(B < 2788) and P(B > 2905) are the last tails of `binom(3000, .95)` below 5e-7.
#[test]
fn the_band_is_that_of_scipy() {
    assert_eq!(band(3000, 0.95, 1e-6), (2788, 2905));
    assert_eq!(band(3, 0.95, 1e-6), (0, 3));
    assert_eq!(band(0, 0.95, 1e-6), (0, 0));
}

/// 300 repeats of every problem: none fails, but with a chance below 1e-6 (the seed is fixed).
#[test]
fn every_interval_covers_as_it_says_or_as_is_known() {
    let found = selfcheck(300, Seed(1));
    let kinds: BTreeSet<&str> = found.checks.iter().map(|c| c.interval.as_str()).collect();
    assert_eq!(kinds.len(), Stated::ALL.len());
    for check in &found.checks {
        assert_ne!(check.verdict, Verdict::Fails, "{check:?}");
    }
}

/// An interval half as wide as it should be is found out by 300 repeats.
#[test]
fn an_interval_that_lies_is_found_out() {
    let lies = Problem {
        kind: Stated::Mean,
        name: "half as wide",
        runs: 30,
        known: Known::Holds,
        repeat: |draws, runs| {
            let total: f64 = (0..runs).map(|_| draws.normal()).sum();
            let count = f64::from(runs);
            Some((total / count).abs() < 0.98 / count.sqrt())
        },
    };
    assert_eq!(checked(&lies, 300, Seed(1), 1e-8).verdict, Verdict::Fails);
    let known = |least| Problem {
        known: Known::Less(least, "as above"),
        ..lies
    };
    // Φ: it covers 67 %.
    let verdict = |least| checked(&known(least), 1_000, Seed(1), 1e-8).verdict;
    assert_eq!(
        (verdict(0.6), verdict(0.9)),
        (Verdict::CoversLess, Verdict::Fails)
    );
    let never = Problem {
        repeat: |_, _| None,
        ..lies
    };
    assert_eq!(checked(&never, 300, Seed(1), 1e-8).verdict, Verdict::Fails);
}

#[test]
fn problems_have_names_of_their_own() {
    for kind in Stated::ALL {
        let names: BTreeSet<&str> = problems(kind).iter().map(|p| p.name).collect();
        assert_eq!(names.len(), problems(kind).len(), "{kind:?}");
        assert!(names.len() >= 3, "{kind:?}");
    }
}

#[test]
fn threads_change_nothing() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| selfcheck(20, Seed(7)))
    };
    assert_eq!(with(1), with(3));
}

/// `comity selfcheck --json > scenarios/checked/selfcheck.json` makes the file again, and
/// `--markdown` the table of `docs/validation.md`.
#[test]
fn the_shipped_check_is_that_of_this_program() {
    let shipped = shipped::shipped().unwrap();
    assert_eq!((shipped.repeats, shipped.seed), (REPEATS, 1));
    let found = selfcheck(REPEATS, Seed(1));
    assert_eq!(found, shipped);
    assert!(shipped.passes());
    let file = include_str!("../../../scenarios/checked/selfcheck.json");
    assert_eq!(found.json().unwrap(), file);
    let document = include_str!("../../../docs/validation.md");
    let (_, rest) = document.split_once("<!-- selfcheck -->\n").unwrap();
    let (block, _) = rest.split_once("<!-- /selfcheck -->").unwrap();
    assert_eq!(block, found.markdown());
}
