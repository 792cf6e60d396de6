//! Surplus against the logsum of the nested logit, and moving costs against who moved.

use super::super::fixture;
use super::*;
use crate::chance::math;

const UTILITY: [f64; 4] = [0.3, -0.2, 0.5, -0.4];
const EXTRA: [f64; 3] = [0.6, 0.2, -0.3];
const COST: f64 = 3.0;

fn market() -> Market {
    let mut market = fixture::market(&[400], &[0, 0, 1, 2], 1);
    market.begin(fixture::rules(0));
    fixture::settle_all(&mut market, COST, |customer| Some((customer % 4) as u8));
    fixture::fill_tables(&mut market, &UTILITY, &EXTRA);
    market
}

#[test]
fn surplus_is_the_logsum_of_what_projects_offer() {
    let market = market();
    let mu = 0.3;
    let nest = |of: &[f64]| mu * math::ln(of.iter().map(|v| math::exp(v / mu)).sum());
    let weights = [
        math::exp(EXTRA[0] + nest(&UTILITY[..2])),
        math::exp(EXTRA[1] + UTILITY[2]),
        math::exp(EXTRA[2] + UTILITY[3]),
    ];
    let logsum = math::ln(1.0 + weights.iter().sum::<f64>());
    let mut welfare = Welfare::new(1);
    welfare.add_month(&market, 0.01);
    // Two units on premises each.
    let expected = 0.01 * 800.0 * logsum;
    assert!((welfare.month(0) / expected - 1.0).abs() < 1e-9);
}

#[test]
fn moving_costs_are_paid_once_by_those_who_move() {
    let mut market = market();
    let provider = |market: &Market, customer: usize| {
        let offering = market.columns().offering[customer][0];
        (offering < 4).then(|| market.nests().provider_of(offering))
    };
    let before: Vec<_> = (0..400).map(|c| provider(&market, c)).collect();
    market.columns.threshold.fill(1.0);
    market.act_on_base(1, &mut [1e3; 6]);
    let moved = (0..400)
        .filter(|&c| provider(&market, c) != before[c])
        .count();
    assert!(moved > 20, "{moved}");
    let (mut welfare, mut still) = (Welfare::new(1), Welfare::new(1));
    welfare.add_month(&market, 0.0);
    assert!((welfare.month(0) + COST * moved as f64).abs() < 1e-3);
    welfare.add_month(&market, 0.0);
    assert_eq!(welfare.month(0), 0.0);
    still.add_month(&self::market(), 0.0);
    assert_eq!(still.month(0), 0.0);
}
