//! Where a project goes, against the closed form of the nested logit.

use super::super::choice::{Nests, nested_logit};
use super::super::fixture;
use super::*;
use crate::chance::math;
use crate::customer::acted::ActsWindow;

const PROVIDER_OF: [usize; 6] = [0, 0, 1, 1, 2, 3];
const UTILITY: [f64; 6] = [0.3, -0.2, 0.5, 0.1, -0.4, f64::NEG_INFINITY];
const EXTRA: [f64; 4] = [0.6, 0.2, -0.3, 1.0];
const NEW_COST: f64 = 0.7;
const ALWAYS: ActsWindow = ActsWindow {
    after_month: 0,
    until_month: u32::MAX,
};

fn market() -> Market {
    let mut market = fixture::market(&[8], &PROVIDER_OF, 1);
    market.begin(fixture::rules(0));
    fixture::settle_all(&mut market, 3.0, |customer| (customer > 0).then_some(0));
    fixture::fill_tables(&mut market, &UTILITY, &EXTRA);
    market
}

/// Shares over a grid of both uniforms, exact to about a grid step: by offering, last
/// deferred.
fn shares(market: &Market, customer: usize) -> Vec<f64> {
    const GRID: usize = 600;
    let step = |j: usize| (j as f64 + 0.5) / GRID as f64;
    let mut counts = vec![0.0; PROVIDER_OF.len() + 1];
    for (j, k) in (0..GRID).flat_map(|j| (0..GRID).map(move |k| (j, k))) {
        let factor = math::exp(-NEW_COST);
        let at = match market.choose_project(0, customer, factor, step(j), step(k)) {
            Some(offering) => usize::from(offering),
            None => PROVIDER_OF.len(),
        };
        counts[at] += 1.0 / (GRID * GRID) as f64;
    }
    counts
}

fn closed_form(known: &[usize]) -> Vec<f64> {
    let mut extra = EXTRA;
    for (p, u) in extra.iter_mut().enumerate() {
        if !known.is_empty() && !known.contains(&p) {
            *u -= NEW_COST;
        }
    }
    let nests = Nests::new(&PROVIDER_OF, 4);
    let (outside, mut chances) = nested_logit(&nests, &UTILITY, &extra, 0.0, 0.3);
    // A provider with nothing open has no chance, which the closed form cannot say.
    chances[5] = 0.0;
    chances.push(outside);
    chances
}

fn assert_equal(found: &[f64], expected: &[f64]) {
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 4e-3, "{found} for {expected}");
    }
}

#[test]
fn a_project_follows_the_nested_logit_with_the_cost_of_a_new_provider() {
    let mut market = market();
    // Without any provider, none is newer than another.
    assert_equal(&shares(&market, 0), &closed_form(&[]));
    assert_equal(&shares(&market, 1), &closed_form(&[0]));
    market.columns.offering[2] = [0, 4, NONE];
    assert_equal(&shares(&market, 2), &closed_form(&[0, 2]));
}

#[test]
fn who_uses_three_offerings_keeps_to_them() {
    let mut market = market();
    market.columns.offering[3] = [0, 1, 4];
    let mut expected = closed_form(&[0, 2]);
    // What would go elsewhere is split over the own ones by their weights.
    let own = [expected[0], expected[1], expected[4]];
    let elsewhere: f64 = expected[2] + expected[3];
    let sum: f64 = own.iter().sum();
    for (o, part) in [0, 1, 4].into_iter().zip(own) {
        expected[o] += elsewhere * part / sum;
    }
    expected[2] = 0.0;
    expected[3] = 0.0;
    assert_equal(&shares(&market, 3), &expected);
}

#[test]
fn a_booked_project_leaves_the_premises_and_loses_nothing() {
    let mut market = market();
    let before = market.total_workload(0);
    market.set_growth(|_| 1.3, |p| 1.0 + 0.1 * p as f64);
    let grown = market.total_workload(0);
    assert!(grown > before);
    for month in 1..=60 {
        market.run_projects(month, 1, 0.1, 0.5);
    }
    assert!((market.total_workload(0) / grown - 1.0).abs() < 1e-6);
    assert!(market.conservation_gap() < 1e-12);
    assert!(market.ledger.on_premises[0] < 0.5 * 16.0);
    // Everybody has a base by now, also who began without one.
    assert_eq!(market.ledger.primaries.iter().sum::<u32>(), 8);
}

/// Who chose otherwise than at rest is half the distance between the closed forms, for who
/// knows few offerings and for who is full; each choice is noted with its chance.
#[test]
fn acts_are_half_the_distance_between_the_closed_forms() {
    const AT_REST: [f64; 4] = [0.9, 0.1, -0.3, 1.0];
    let mut market = market();
    market.columns.offering[2] = [0, 4, NONE];
    market.columns.offering[3] = [0, 1, 4];
    let now = market.tables.clone();
    fixture::fill_tables(&mut market, &UTILITY, &AT_REST);
    let at_rest = std::mem::replace(&mut market.tables, now);
    market.watch_acts(&[ALWAYS]);
    market.acts.as_mut().unwrap().at_rest = at_rest.clone();
    let factor = math::exp(-NEW_COST);
    for customer in [0, 1, 2, 3] {
        let found = shares(&market, customer);
        let now = std::mem::replace(&mut market.tables, at_rest.clone());
        let rest = shares(&market, customer);
        market.tables = now;
        let distance: f64 = found.iter().zip(&rest).map(|(p, q)| (p - q).abs()).sum();
        let mut acted = 0.0;
        for (at, chance) in found
            .iter()
            .enumerate()
            .filter(|(_, chance)| **chance > 0.0)
        {
            market.acts.as_mut().unwrap().clear();
            let chosen = (at < PROVIDER_OF.len()).then_some(at as u8);
            let known = (market.known(customer), factor);
            market.note_act(1, (0, 0, customer), known, chosen);
            acted += chance * market.acted(0, 0);
        }
        assert!((acted - distance / 2.0).abs() < 4e-3, "{acted} {distance}");
        assert!(acted > 0.02, "{acted}");
    }
}

#[test]
fn nobody_acts_whose_beliefs_are_at_rest() {
    let mut market = market();
    market.watch_acts(&[ALWAYS]);
    market.acts.as_mut().unwrap().at_rest = market.tables.clone();
    for month in 1..=24 {
        market.run_projects(month, 1, 0.1, 0.5);
    }
    assert_eq!(market.acted(0, 0), 0.0);
}

/// A window counts who acted in its months alone: who acts for sure in each month has acted in
/// one that holds a month, and not in one that holds none.
#[test]
fn acts_are_counted_in_the_months_of_each_window() {
    let window = |after_month, until_month| ActsWindow {
        after_month,
        until_month,
    };
    let mut market = market();
    market.watch_acts(&[window(0, 2), window(2, 5), window(5, 9)]);
    let mut at_rest = market.tables.clone();
    std::mem::swap(&mut market.tables, &mut at_rest);
    fixture::fill_tables(&mut market, &UTILITY, &[0.9, 0.1, -0.3, 1.0]);
    market.acts.as_mut().unwrap().at_rest = at_rest;
    let mut seen = [[0.0; 3]; 6];
    for month in 1..=5 {
        market.run_projects(month, 1, 0.1, 0.5);
        seen[month as usize] = [0, 2, 5].map(|after| market.acted(after, 0));
    }
    assert!(seen[2][0] > seen[1][0] && seen[1][0] > 0.0);
    assert_eq!([seen[2][1], seen[5][2]], [0.0, 0.0]);
    assert!(seen[5][1] > seen[3][1] && seen[3][1] > 0.0);
    assert_eq!(seen[5][0], seen[2][0]);
    // Nobody acts twice in one window.
    assert!(seen[5][1] < 8.0);
}
