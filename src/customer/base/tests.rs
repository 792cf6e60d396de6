//! Where a base goes, against the closed form of the nested logit.

use super::super::choice::nested_logit;
use super::super::fixture;
use super::*;

const PROVIDER_OF: [usize; 6] = [0, 0, 0, 1, 1, 2];
const UTILITY: [f64; 6] = [0.3, -0.2, 0.5, 0.1, f64::NEG_INFINITY, -0.4];
const EXTRA: [f64; 3] = [0.6, 0.2, -0.3];
const COST: f64 = 1.7;
const REGION_COST: f64 = 0.9;
const SCALE: f64 = 0.3;

fn market(move_cost: MoveCost, nest_scale: f64, repatriation: bool) -> Market {
    let mut market = fixture::market(&[8], &PROVIDER_OF, 1);
    market.begin(super::super::market::RunRules {
        move_cost,
        nest_scale,
        repatriation,
        ..fixture::rules(0)
    });
    fixture::settle_all(&mut market, COST, |customer| {
        Some([0, 1, 2, 3, 5][customer % 5])
    });
    fixture::fill_tables(&mut market, &UTILITY, &EXTRA);
    market
}

/// Shares of choices over a grid of the uniform number, which is exact to a grid step for
/// each border between two options: by offering, last on premises.
fn shares(market: &Market, customer: usize, current: u8) -> Vec<f64> {
    const GRID: usize = 40_000;
    let mut counts = vec![0.0; PROVIDER_OF.len() + 1];
    for j in 0..GRID {
        let u = (j as f64 + 0.5) / GRID as f64;
        match market.choose_base(0, customer, current, u) {
            NONE => counts[PROVIDER_OF.len()] += 1.0 / GRID as f64,
            offering => counts[usize::from(offering)] += 1.0 / GRID as f64,
        }
    }
    counts
}

fn assert_equal(found: &[f64], expected: &[f64]) {
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
    }
}

/// The closed form with the cost of leaving written into the utilities.
fn nested(current: u8) -> Vec<f64> {
    nested_of(current, UTILITY)
}

fn nested_of(current: u8, mut utility: [f64; 6]) -> Vec<f64> {
    let nests = Nests::new(&PROVIDER_OF, 3);
    let home = usize::from(nests.provider_of(current));
    let mut extra = EXTRA;
    extra[home] += COST;
    for (o, v) in utility.iter_mut().enumerate() {
        if PROVIDER_OF[o] == home && o != usize::from(current) {
            *v -= SCALE * REGION_COST;
        }
    }
    let (outside, mut chances) = nested_logit(&nests, &utility, &extra, 0.0, SCALE);
    chances.push(outside);
    // Of a provider with nothing open there is no share to part.
    let part = |chance: f64| if chance.is_nan() { 0.0 } else { chance };
    chances.into_iter().map(part).collect()
}

use super::super::choice::Nests;

#[test]
fn a_base_moves_by_the_nested_logit_with_its_costs() {
    let region_factor = math::exp(-REGION_COST);
    let market = market(MoveCost::OtherProvider { region_factor }, SCALE, true);
    for current in [0, 1, 2, 3, 5] {
        let customer = [0, 1, 2, 3, 9, 4][usize::from(current)] % 8;
        assert_equal(&shares(&market, customer, current), &nested(current));
    }
}

/// Who is at a full offering chooses as if it were not; to everybody else it is closed.
/// Offerings 3 and 5 are all that their providers have open.
#[test]
fn a_full_offering_keeps_who_is_there_and_takes_nobody() {
    let region_factor = math::exp(-REGION_COST);
    for full in [0, 3, 5] {
        let mut market = market(MoveCost::OtherProvider { region_factor }, SCALE, true);
        let mut utility = UTILITY;
        utility[full] = f64::NEG_INFINITY;
        fixture::fill_tables(&mut market, &utility, &EXTRA);
        let worth = math::exp(UTILITY[full] / SCALE);
        for row in market.tables_mut().held.chunks_exact_mut(PROVIDER_OF.len()) {
            row[full] = worth;
        }
        for current in [0_u8, 1, 2, 3, 5] {
            let customer = [0, 1, 2, 3, 9, 4][usize::from(current)] % 8;
            let expected = if usize::from(current) == full {
                nested(current)
            } else {
                nested_of(current, utility)
            };
            assert_equal(&shares(&market, customer, current), &expected);
        }
    }
}

#[test]
fn without_nests_it_is_the_softmax_with_a_bonus_for_the_current() {
    // By hand: weight e^(V + U) for each, times e^s where the customer is.
    let mut market = market(MoveCost::AnyOffering, 1.0, false);
    fixture::fill_tables(&mut market, &UTILITY, &EXTRA);
    for current in [0u8, 2, 3, 5] {
        let weights: Vec<f64> = (0..6)
            .map(|o| {
                let stay = if o == usize::from(current) { COST } else { 0.0 };
                math::exp(UTILITY[o] + EXTRA[PROVIDER_OF[o]] + stay)
            })
            .collect();
        let total: f64 = weights.iter().sum();
        let mut expected: Vec<f64> = weights.iter().map(|w| w / total).collect();
        expected.push(0.0);
        assert_equal(&shares(&market, 0, current), &expected);
    }
}

#[test]
fn the_slices_stand_in_order_stay_regions_others_premises() {
    let market = market(MoveCost::OtherProvider { region_factor: 0.4 }, SCALE, true);
    let slice = |offering: u8| match offering {
        1 => 0,
        0 | 2 => 1,
        NONE => 3,
        _ => 2,
    };
    let order = (0..2000).map(|j| slice(market.choose_base(0, 1, 1, f64::from(j) / 2000.0)));
    let order: Vec<i32> = order.collect();
    assert!(order.windows(2).all(|pair| pair[0] <= pair[1]));
    assert_eq!((order[0], order[1999]), (0, 3));
}

#[test]
fn who_stays_also_stays_when_leaving_costs_more() {
    let mut market = market(MoveCost::OtherProvider { region_factor: 0.4 }, SCALE, true);
    let (mut cheap, mut dear) = (0, 0);
    for j in 0..5000 {
        let u = (f64::from(j) + 0.5) / 5000.0;
        market.columns.stay_gain[0] = math::exp(1.0) as f32;
        let stays = market.choose_base(0, 0, 0, u) == 0;
        market.columns.stay_gain[0] = math::exp(1.6) as f32;
        let stays_then = market.choose_base(0, 0, 0, u) == 0;
        assert!(stays_then || !stays);
        (cheap, dear) = (cheap + u32::from(stays), dear + u32::from(stays_then));
    }
    assert!(dear > cheap + 100);
}

#[test]
fn neighbours_draw_by_their_share() {
    // Two neighbours of three hold provider 1: its weight grows by e^(β·2/3).
    let ties = |starts: &[u32]| {
        super::super::network::Neighbours::ring(starts[1] as usize, &[1, 2], |i| i)
    };
    let named = [("g".to_owned(), 5)];
    let population = super::super::population::Population::new(&named, 1, ties);
    let nests = Nests::new(&PROVIDER_OF, 3);
    let mut market = Market::new(
        std::sync::Arc::new(population),
        nests.clone(),
        crate::chance::Seed(1),
    );
    market.begin(super::super::market::RunRules {
        peer_weight: 0.8,
        ..fixture::rules(0)
    });
    fixture::settle_all(&mut market, 0.0, |c| Some([0, 3, 3, 5, 0][c]));
    fixture::fill_tables(&mut market, &UTILITY, &EXTRA);
    market.move_cost = MoveCost::OtherProvider { region_factor: 1.0 };
    // Customer 0 sees 1, 4, 2, 3: providers 1, 0, 1, 2.
    let extra = [EXTRA[0] + 0.2, EXTRA[1] + 0.4, EXTRA[2] + 0.2];
    let (outside, mut expected) = nested_logit(&nests, &UTILITY, &extra, 0.0, SCALE);
    expected.push(outside);
    assert_equal(&shares(&market, 0, 0), &expected);
}

/// A provider that pays a share of the cost weighs e^(σs) more to who is elsewhere, and the
/// cost is split between it and the customers.
#[test]
fn a_subsidy_takes_its_share_of_the_cost() {
    const SHARE: f64 = 0.4;
    let region_factor = math::exp(-REGION_COST);
    let mut market = market(MoveCost::OtherProvider { region_factor }, SCALE, true);
    market.set_subsidies([0.0, SHARE, 0.0].into_iter());
    let nests = Nests::new(&PROVIDER_OF, 3);
    for (customer, current) in [(0, 0), (4, 5), (3, 3)] {
        let home = usize::from(nests.provider_of(current));
        let (mut utility, mut extra) = (UTILITY, EXTRA);
        extra[home] += COST;
        if home != 1 {
            extra[1] += SHARE * COST;
        }
        for (o, v) in utility.iter_mut().enumerate() {
            if PROVIDER_OF[o] == home && o != usize::from(current) {
                *v -= SCALE * REGION_COST;
            }
        }
        let (outside, mut chances) = nested_logit(&nests, &utility, &extra, 0.0, SCALE);
        chances.push(outside);
        assert_equal(&shares(&market, customer, current), &chances);
    }
    market.columns.threshold.fill(1.0);
    market.act_on_base(1, &mut [1e3; 6]);
    let to = |p: usize| {
        (0..3)
            .map(|from| f64::from(market.ledger.moves(0, from, p)))
            .sum::<f64>()
    };
    let all: f64 = (0..4).map(to).sum();
    assert!(to(1) >= 1.0, "nobody moved to it");
    assert!((market.ledger.subsidised[1] - SHARE * COST * to(1)).abs() < 1e-4);
    let borne = COST * (all - SHARE * to(1));
    assert!((market.ledger.moving_cost[0] - borne).abs() < 1e-4);
    market.set_subsidies([0.0; 3].into_iter());
    assert!(market.subsidy.is_empty());
}

#[test]
fn what_moves_is_parted_into_changes_of_region_and_of_provider() {
    let mut market = market(MoveCost::OtherProvider { region_factor: 0.9 }, SCALE, false);
    let (mut all, mut within) = (0.0, 0.0);
    for month in 1..=12 {
        let before = market.columns.offering.clone();
        market.columns.threshold.fill(1.0);
        market.act_on_base(month, &mut [1e3; 6]);
        for (old, new) in before.iter().zip(&market.columns.offering) {
            // Each has a workload of one.
            let home =
                |slots: &[u8]| (slots[0] != NONE).then(|| market.nests.provider_of(slots[0]));
            if old[0] != NONE && old[0] != new[0] {
                all += 1.0;
                within += f64::from(u8::from(home(&old[..]) == home(&new[..])));
            }
        }
    }
    let counted = (0..3).map(|provider| market.ledger.moved(0, provider));
    let (moved, moved_within) = counted.fold((0.0, 0.0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    assert!(within > 0.0 && all > within, "{within} of {all}");
    assert!((moved - all).abs() < 1e-4 && (moved_within - within).abs() < 1e-4);
    assert_eq!(f64::from(market.ledger.region_moves[0]), within);
}
