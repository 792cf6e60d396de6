//! Concern against its recursion, `c = min(1, c0·e^x)`.

use super::*;
use crate::scenario::resolved::Quantity::Known;

const BY: JurisdictionId = JurisdictionId(1);

fn concern() -> Concern {
    let belief = |c0: f64, distance: f64| Belief {
        jurisdiction: JurisdictionId(0),
        location_protects: Known(0.5),
        concern: vec![Known(0.1), Known(c0)],
        distance: vec![Known(0.0), Known(distance)],
    };
    let beliefs = [belief(0.3, 1.0), belief(0.2, 0.5)];
    Concern::at_rest(30.0, &beliefs, &InputDraw(vec![]))
}

#[test]
fn a_leak_raises_concern_by_distance_and_fades_by_its_half_life() {
    let mut c = concern();
    c.hear((BY, 0.6), 12, |_| true);
    let faded = 12.0 / (365.25 / 12.0);
    for months in 0..90 {
        let x = 0.6 * math::exp2(-(f64::from(months) + faded) / 30.0);
        assert!((c.with(0, 1, 1.0) - 0.3 * math::exp(x)).abs() < 1e-12);
        assert!((c.with(1, 1, 1.0) - 0.2 * math::exp(0.5 * x)).abs() < 1e-12);
        // Concern with the other government is not touched.
        assert_eq!(c.with(0, 0, 1.0), 0.1);
        c.pass_month();
    }
    for _ in 0..3000 {
        c.pass_month();
    }
    assert!((c.with(0, 1, 1.0) - 0.3).abs() < 1e-12);
}

#[test]
fn concern_stops_at_one() {
    let mut c = concern();
    c.hear((BY, 50.0), 0, |_| true);
    assert_eq!(c.with(0, 1, 1.5), 1.0);
    assert_eq!(c.with(0, 1, 0.0), 0.0);
    assert!((concern().with(0, 1, 1.5) - 0.45).abs() < 1e-15);
}

#[test]
fn two_leaks_add_up() {
    let (mut twice, mut once) = (concern(), concern());
    twice.hear((BY, 0.4), 5, |_| true);
    twice.hear((BY, 0.2), 5, |_| true);
    once.hear((BY, 0.6), 5, |_| true);
    assert!((twice.with(0, 1, 1.0) - once.with(0, 1, 1.0)).abs() < 1e-12);
}
