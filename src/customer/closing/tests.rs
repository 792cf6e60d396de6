//! Nobody stays where an offering has closed, and no workload is lost on the way.

use super::super::columns::NONE;
use super::super::fixture;
use super::*;
use crate::domain::OfferingId;

const CUSTOMERS: usize = 400;
const PROVIDER_OF: [usize; 4] = [0, 0, 1, 2];
const OPEN: [f64; 4] = [0.0, -0.1, 0.2, 0.1];

/// A market half a year into projects and moves, with growth that differs by provider.
fn market(run: u32) -> Market {
    let mut market = fixture::market(&[CUSTOMERS / 2, CUSTOMERS / 2], &PROVIDER_OF, 7);
    market.begin(fixture::full_rules(run));
    fixture::settle_all(&mut market, 2.0, |c| (c % 5 > 0).then_some((c % 4) as u8));
    market.draw_thresholds(crate::chance::Seed(7));
    for month in 1..=8 {
        market.set_growth(|_| 1.0 + 0.01 * f64::from(month), |p| 1.0 + 0.1 * p as f64);
        fixture::fill_tables(&mut market, &OPEN, &[0.5, 0.5, 0.3]);
        act(&mut market, month);
    }
    assert!(!market.moving.is_empty());
    market
}

fn act(market: &mut Market, month: u32) {
    let mut hazard = vec![0.05; market.population.cells() * market.nests.providers()];
    market.act_on_base(month, &mut hazard);
    market.run_projects(month, 2, 0.2, 0.5);
    market.publish();
}

/// Closes offerings in month 9 and lets the month pass.
fn close(market: &mut Market, closed: &[u8]) {
    let mut utility = OPEN;
    for &offering in closed {
        utility[usize::from(offering)] = f64::NEG_INFINITY;
    }
    fixture::fill_tables(market, &utility, &[0.5, 0.5, 0.3]);
    for &offering in closed {
        market.evict(offering);
    }
    act(market, 9);
}

fn assert_gone(market: &Market, closed: &[u8]) {
    for customer in 0..CUSTOMERS {
        let slots = market.columns.offering[customer];
        assert!(slots.iter().all(|o| !closed.contains(o)), "{slots:?}");
        let threshold = market.columns.threshold[customer];
        assert!(threshold.is_finite(), "{threshold}");
        let used = slots.iter().position(|&o| o == NONE).unwrap_or(SLOTS);
        assert!(slots[used..].iter().all(|&o| o == NONE));
        assert!(market.columns.load[customer].iter().all(|l| l.is_finite()));
    }
    assert!(
        market
            .moving
            .iter()
            .all(|going| !closed.contains(&going.to))
    );
    for group in 0..2 {
        for &offering in closed {
            let at = market.ledger.at(group, offering);
            assert_eq!(market.ledger.primaries[at], 0);
            assert!(market.ledger.load[at].abs() < 1e-9);
        }
    }
}

#[test]
fn everybody_leaves_what_closes_and_nothing_is_lost() {
    for closed in [&[0u8][..], &[3], &[0, 1], &[0, 2, 3], &[0, 1, 2, 3]] {
        let mut market = market(1);
        let before = market.all_workload();
        let there: u32 = market.ledger.primaries.iter().sum();
        close(&mut market, closed);
        assert_gone(&market, closed);
        let gap = market.all_workload() / before - 1.0;
        assert!(gap.abs() < 1e-6, "{gap} with {closed:?} closed");
        assert!(market.conservation_gap() < 1e-9);
        let now: u32 = market.ledger.primaries.iter().sum();
        if closed.len() == 4 {
            assert_eq!(now, 0);
            let on_premises: f64 = market.ledger.on_premises.iter().sum();
            assert!((on_premises / before - 1.0).abs() < 1e-6);
        } else {
            assert!(now > there / 2, "{now} of {there}");
        }
        // The world goes on.
        for month in 10..30 {
            act(&mut market, month);
        }
        assert_gone(&market, closed);
        assert!(market.conservation_gap() < 1e-9);
    }
}

#[test]
fn who_is_moving_already_arrives_or_thinks_again() {
    let mut market = market(2);
    let from_closed: Vec<(usize, u8)> = market
        .moving
        .iter()
        .filter(|going| market.columns.offering[going.customer as usize][0] == 0)
        .map(|going| (going.customer as usize, going.to))
        .collect();
    assert!(!from_closed.is_empty());
    market.evict(0);
    for (customer, to) in from_closed {
        assert!(
            market
                .moving
                .iter()
                .all(|m| m.customer as usize != customer)
        );
        if to != NONE {
            assert_eq!(market.columns.offering[customer][0], to);
            assert!(market.columns.threshold[customer] >= 0.0);
        }
    }
}

#[test]
fn leaving_goes_by_the_weights_of_what_is_left() {
    // Only provider 0 closes one of two regions: who was there prefers its other region by
    // e^s; repatriation and rivals take the rest. Exact to the noise of 300 customers.
    let mut market = fixture::market(&[600], &PROVIDER_OF, 3);
    market.begin(fixture::rules(0));
    fixture::settle_all(&mut market, 1.0, |_| Some(0));
    market.draw_thresholds(crate::chance::Seed(3));
    let mut utility = OPEN;
    utility[0] = f64::NEG_INFINITY;
    fixture::fill_tables(&mut market, &utility, &[0.5, 0.5, 0.3]);
    market.evict(0);
    let mut hazard = vec![0.0; 6];
    market.act_on_base(1, &mut hazard);
    let exp = crate::chance::math::exp;
    // μ ln(0.4 e^(−0.1/μ)) + 0.5 + s, with μ = 0.3 and the region factor 0.4.
    let stay = crate::chance::math::pow(0.4, 0.3) * exp(-0.1 + 0.5 + 1.0);
    let weights = [stay, exp(0.2 + 0.5), exp(0.1 + 0.3), 1.0];
    let total: f64 = weights.iter().sum();
    let primaries = &market.ledger.primaries;
    let home = 600 - primaries.iter().sum::<u32>();
    let found = [primaries[1], primaries[2], primaries[3], home];
    for (found, weight) in found.into_iter().zip(weights) {
        let chance = weight / total;
        let sd = (600.0 * chance * (1.0 - chance)).sqrt();
        // 5.5 sd: a chance of failing of 4e-8 each.
        assert!(
            (f64::from(found) - 600.0 * chance).abs() < 5.5 * sd,
            "{found} {chance}"
        );
    }
}

#[test]
fn a_region_that_closes_by_its_date_is_left_in_a_whole_run() {
    // The small world closes Acme's German region, both of its offerings.
    let scenario = fixture::small_scenario(&["region.acme-de.opens=2013-01-01"]);
    let (model, draw) = fixture::tables(&scenario);
    let closing: Vec<u8> = (0..model.offerings.len())
        .filter(|&o| {
            model.regions[model.offerings[o].region.index()]
                .closes
                .is_some()
        })
        .map(|o| o as u8)
        .collect();
    assert_eq!(closing.len(), 2);
    let seed = crate::chance::Seed(1);
    let population = super::super::frame::population(&model, 500, seed);
    let mut record = Record::empty(scenario.start);
    record.reach_in_law = vec![[0.0; 5]; 2];
    record.reach_settled = vec![false; 2];
    record.reach_pends = vec![false; 2];
    record.open = vec![true; model.offerings.len()];
    record.full = vec![false; model.offerings.len()];
    record.opened_on = vec![scenario.start.plus_days(-5000); model.offerings.len()];
    record.price_index = vec![1.0; 2];
    let mut customers = Customers::new(model, population, seed, &draw);
    customers
        .begin(crate::chance::Run(0), &draw, &record)
        .unwrap();
    for month in 1..=24 {
        record.today = scenario.start.plus_months(month);
        if month == 12 {
            let held: f64 = closing
                .iter()
                .map(|&o| customers.market.ledger.load[customers.market.ledger.at(0, o)])
                .sum();
            assert!(held > 0.0);
            closing
                .iter()
                .for_each(|&o| record.open[usize::from(o)] = false);
            assert!(!record.is_open(OfferingId::new(usize::from(closing[0]))));
        }
        customers.act(month as u32, &record, |_| 1.0 + 0.01 * f64::from(month));
        customers.market.check_conservation();
        if month >= 12 {
            for &slots in &customers.market.columns.offering {
                assert!(slots.iter().all(|o| !closing.contains(o)));
            }
        }
    }
}
