//! Adoption against Bass's closed form, his recursion by months, and itself in another world.

use super::super::fixture;
use super::*;

/// Sultan, Farley & Lehmann (1990): the means of some two hundred diffusions.
const INNOVATION: f64 = 0.03;
const IMITATION: f64 = 0.38;
const MONTHS: usize = 120;

fn adoption(interval_months: u32) -> Adoption {
    Adoption {
        innovation_per_year: INNOVATION,
        imitation_per_year: IMITATION,
        interval_months,
    }
}

/// F(t) of Bass (1969), t in years, from no users.
fn closed_form(years: f64) -> f64 {
    let decay = math::exp(-(INNOVATION + IMITATION) * years);
    (1.0 - decay) / (1.0 + IMITATION / INNOVATION * decay)
}

/// The expected shares of users at the ends of months 0 to 120 when each considers at its own
/// turns and all who do accept with the same chance, and the variances of one run of so many
/// customers (linear noise: `V' = 2·f'(F)·V + f(F)/N` with `f = a·(p + q·F)·(1 − F)`).
fn recursion(interval: usize, accepted: f64, customers: f64) -> (Vec<f64>, Vec<f64>) {
    let mut of_turn = vec![0.0; interval];
    let (mut shares, mut variances) = (vec![0.0], vec![0.0]);
    let (mut share, mut variance) = (0.0, 0.0);
    for month in 1..=MONTHS {
        let chance = accepted * adoption(interval as u32).chance(share);
        let due = &mut of_turn[(interval - month % interval) % interval];
        *due += (1.0 - *due) * chance;
        let now = of_turn.iter().sum::<f64>() / interval as f64;
        let slope = accepted * (IMITATION - INNOVATION - 2.0 * IMITATION * share);
        variance += 2.0 * slope * variance / MONTHS_PER_YEAR + (now - share) / customers;
        share = now;
        shares.push(share);
        variances.push(variance);
    }
    (shares, variances)
}

/// A market without users in which an offering weighs so much against staying on premises.
fn market(customers: usize, run: u32, weight: f64) -> Market {
    let mut market = fixture::market(&[customers], &[0, 1], 11);
    market.begin(fixture::rules(run));
    fixture::settle_all(&mut market, 3.0, |_| None);
    fixture::fill_tables(&mut market, &[0.0, 0.0], &[math::ln(weight / 2.0); 2]);
    market
}

/// One month of adoption and projects.
fn pass(market: &mut Market, month: usize, interval: u32) {
    let chance = adoption(interval).chance(market.users_share(0..1));
    market.set_consideration(0, chance);
    market.run_projects(month as u32, interval, 0.1, 1.0);
}

#[test]
fn the_recursion_by_turns_is_bass_but_for_a_month() {
    let known = [
        (1, 0.035_758_164_3),
        (5, 0.331_198_642_4),
        (10, 0.812_803_221_2),
    ];
    for (years, expected) in known {
        assert!((closed_form(f64::from(years)) - expected).abs() < 1e-10);
    }
    // All see the users of last month, so the recursion comes late by at most a month, in which
    // F rises by at most (p + q)²/4q/12; turns a half-year apart add a tenth to that.
    let steepest = (INNOVATION + IMITATION).powi(2) / (4.0 * IMITATION) / MONTHS_PER_YEAR;
    for interval in [1, 6] {
        let (shares, _) = recursion(interval, 1.0, 1.0);
        for (month, share) in shares.iter().enumerate() {
            let late = closed_form(month as f64 / MONTHS_PER_YEAR) - share;
            assert!(
                (-1e-12..1.1 * steepest).contains(&late),
                "{interval}, month {month}: {late}"
            );
        }
    }
}

#[test]
fn the_mean_path_of_users_is_that_of_the_recursion() {
    // 12 runs of 6,000 customers; the error is that of the linear noise, 5.5 of which are
    // exceeded with a chance of 4e-8 at each of the 3 × 2 points; besides, noise shifts the mean
    // by q·V, which stays below a tenth of one error.
    const CUSTOMERS: usize = 6_000;
    const RUNS: u32 = 12;
    for (interval, weight) in [(1, 1e12), (6, 4.0)] {
        let accepted = weight / (1.0 + weight);
        let (shares, variances) = recursion(interval, accepted, CUSTOMERS as f64);
        let mut mean = vec![0.0; MONTHS + 1];
        for run in 0..RUNS {
            let mut market = market(CUSTOMERS, run, weight);
            for (month, mean) in mean.iter_mut().enumerate().skip(1) {
                pass(&mut market, month, interval as u32);
                *mean += market.users_share(0..1) / f64::from(RUNS);
            }
            assert!(market.conservation_gap() < 1e-6);
        }
        for month in [12, 60, 120] {
            let error = math::sqrt(variances[month] / f64::from(RUNS));
            let gap = (mean[month] - shares[month]).abs();
            assert!(gap < 5.6 * error, "{interval}, {month}: {gap}, {error}");
            assert!(error < 0.004);
        }
    }
}

#[test]
fn who_is_drawn_more_never_adopts_later() {
    let (mut weak, mut strong) = (market(2_000, 0, 1.0), market(2_000, 0, 3.0));
    for month in 1..=MONTHS {
        pass(&mut weak, month, 6);
        pass(&mut strong, month, 6);
        for customer in 0..2_000 {
            let uses = |market: &Market| market.columns.offering[customer][0] != NONE;
            assert!(uses(&strong) || !uses(&weak), "month {month}, {customer}");
        }
    }
    assert!(weak.ledger.users(0) + 200 < strong.ledger.users(0));
}

#[test]
fn without_cloud_nobody_places_a_project_before_it_considers_one() {
    let mut market = market(600, 0, 4.0);
    market.set_consideration(0, 0.0);
    let stock = market.ledger.on_premises[0];
    for month in 1..=24 {
        market.run_projects(month, 6, 0.1, 1.0);
    }
    assert_eq!((market.ledger.users(0), market.ledger.projects[0]), (0, 0));
    assert_eq!(market.stock_on_offer(0), 0.0);
    // What is on offer is the stock of users and the part of the others that considers.
    market.set_consideration(0, 0.25);
    assert!((market.stock_on_offer(0) / (0.25 * stock) - 1.0).abs() < 1e-12);
    market.run_projects(25, 1, 0.1, 1.0);
    let users = market.ledger.users(0);
    assert!(users > 0 && market.ledger.projects[0] < 600);
    let on_offer = f64::from(users) * 2.0 * 0.9 + 0.25 * 2.0 * f64::from(600 - users);
    assert!((market.stock_on_offer(0) / on_offer - 1.0).abs() < 1e-6);
    assert!(market.conservation_gap() < 1e-6);
}

#[test]
fn who_leaves_the_cloud_altogether_is_without_it_again() {
    let mut market = fixture::market(&[4], &[0], 3);
    market.begin(fixture::rules(0));
    fixture::settle_all(&mut market, 3.0, |customer| (customer < 2).then_some(0));
    assert_eq!(market.ledger.users(0), 2);
    market.arrive(0, 0, 1, NONE);
    assert_eq!(market.ledger.users(0), 1);
    // The two of them that never had any, and the one that is back with all it had.
    assert_eq!(market.ledger.without_cloud[0], 2.0 + 2.0 + 3.0);
    assert!(market.conservation_gap() < 1e-12);
}

#[test]
fn deciders_are_users_and_those_without_who_consider() {
    let adoption = adoption(6);
    let chance = adoption.chance(0.4);
    let expected = 0.4 / (0.4 + 0.6 * chance);
    assert!((adoption.users_among_deciders(0.4) - expected).abs() < 1e-15);
    assert_eq!(adoption.users_among_deciders(1.0), 1.0);
    let never = Adoption::default();
    assert_eq!(never.users_among_deciders(0.0), 1.0);
}
