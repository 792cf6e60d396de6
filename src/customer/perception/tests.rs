//! Perceived reach and the belief in location, against their closed forms.

use super::*;
use crate::scenario::resolved::Quantity::Known;

const DAYS_A_MONTH: f64 = 365.25 / 12.0;
const EU: PublicId = PublicId(0);
const US: PublicId = PublicId(1);
const BY: JurisdictionId = JurisdictionId(1);

/// Two publics, of which the second reads half as much, two jurisdictions, three markets.
fn perception() -> Perception {
    let spec = Spec {
        half_life_months: Known(18.0),
        public_reading: [0.35, 0.35, 0.09, 0.08, 0.04].map(Known),
        jump: [0.3, 0.7, 0.9, 1.2, 0.0].map(Known),
        media: vec![Known(1.0), Known(0.5)],
        location_erosion: Known(0.2),
        location_restored: Known(0.6),
        near_in_bloc: Known(0.5),
    };
    let draw = InputDraw(vec![]);
    Perception::at_rest(&spec, &draw, 2, vec![0.5, 0.4, 0.3], vec![EU, EU, US])
}

fn reach(p: &Perception, public: PublicId) -> f64 {
    p.reach(public, BY)[Control::Subsidiary.index()]
}

#[test]
fn at_rest_the_public_reads_the_law_as_stated() {
    let mut p = perception();
    for _ in 0..100 {
        p.pass_month();
    }
    for (found, expected) in p.reach(EU, BY).iter().zip([0.35, 0.35, 0.09, 0.08, 0.04]) {
        assert!((found - expected).abs() < 1e-12);
    }
    assert!((p.reading() - 0.35).abs() < 1e-12);
    assert_eq!(p.location(1), 0.4);
}

#[test]
fn a_jump_halves_in_its_half_life() {
    for (public, media) in [(EU, 1.0), (US, 0.5)] {
        for days_left in [0, 15, 30] {
            let mut p = perception();
            p.hear_ruling(BY, Level::District, Party::Government, days_left);
            for months in 0..40 {
                let elapsed = f64::from(days_left) / DAYS_A_MONTH + f64::from(months);
                let jump = 0.7 * media * math::exp2(-elapsed / 18.0);
                let expected = math::logistic(math::logit(0.35) + jump);
                assert!((reach(&p, public) - expected).abs() < 1e-12);
                p.pass_month();
            }
            // The other government's reach is another question.
            assert!((p.reach(public, JurisdictionId(0))[0] - 0.35).abs() < 1e-12);
        }
    }
}

#[test]
fn rulings_add_up_in_log_odds() {
    let mut p = perception();
    p.hear_ruling(BY, Level::Magistrate, Party::Government, 0);
    p.hear_ruling(BY, Level::Circuit, Party::Provider, 0);
    let expected = math::logistic(math::logit(0.35) + 0.3 - 0.9);
    assert!((reach(&p, EU) - expected).abs() < 1e-12);
}

#[test]
fn a_ruling_for_the_government_raises_reach_and_erodes_location() {
    let mut p = perception();
    let before = (reach(&p, EU), p.location(0), p.location(2));
    p.hear_ruling(BY, Level::District, Party::Government, 10);
    assert!(reach(&p, EU) > before.0);
    assert!((p.location(0) - 0.5 * 0.8).abs() < 1e-15);
    assert!((p.location(2) - 0.3 * 0.9).abs() < 1e-15);
    // A reversal restores a part of what was lost, less where it is less read.
    p.hear_ruling(BY, Level::Circuit, Party::Provider, 10);
    assert!((p.location(0) - (0.4 + 0.6 * 0.1)).abs() < 1e-15);
    assert!((p.location(2) - (0.27 + 0.3 * 0.03)).abs() < 1e-15);
    assert!(p.location(0) < before.1);
    // It never restores more than was lost, and many rulings leave nothing negative.
    for _ in 0..100 {
        p.hear_ruling(BY, Level::Circuit, Party::Provider, 10);
    }
    assert!(p.location(0) <= 0.5 && p.location(0) > 0.499);
    for _ in 0..1000 {
        p.hear_ruling(BY, Level::Supreme, Party::Government, 10);
    }
    assert!(p.location(0) >= 0.0 && p.location(0) < 1e-9);
    assert!(p.reach(EU, BY).iter().all(|r| (0.0..=1.0).contains(r)));
}

#[test]
fn a_settlement_is_read_as_the_law_and_stays() {
    let mut p = perception();
    p.hear_ruling(BY, Level::District, Party::Government, 0);
    let law = [0.97, 0.85, 0.3, 0.001, 0.999];
    for (control, reach) in Control::ALL.into_iter().zip(law) {
        p.hear_settlement(BY, control, reach);
    }
    for _ in 0..30 {
        for public in [EU, US] {
            let read = p.reach(public, BY);
            for (found, expected) in read.iter().zip([0.97, 0.85, 0.3, 0.02, 0.98]) {
                assert!((found - expected).abs() < 1e-12);
            }
        }
        p.pass_month();
    }
    // A later ruling moves it around the new anchor.
    p.hear_ruling(BY, Level::Circuit, Party::Provider, 0);
    assert!(reach(&p, EU) < 0.85);
    for _ in 0..400 {
        p.pass_month();
    }
    assert!((reach(&p, EU) - 0.85).abs() < 1e-6);
}
