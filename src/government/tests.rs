//! Instruments from proposal to end, and pressure, against closed forms.

mod makers;

use super::instrument::{Course, Dice};
use super::*;
use crate::chance::math;
use crate::domain::{EventKind, JurisdictionId, MakerId};
use crate::scenario::resolved::{BroughtBy, Instrument, InstrumentKind, Lobbied, Quantity};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// 2 a year at most, half of it at rest, drafted in six months.
fn instrument() -> Instrument {
    let known = Quantity::Known;
    Instrument {
        name: "bill".into(),
        title: "a bill".into(),
        by: MakerId(0),
        against: JurisdictionId(0),
        kind: InstrumentKind::Treaty,
        brought_by: None,
        most_per_year: known(2.0),
        share_at_rest: known(0.5),
        pressure_weight: known(1.0),
        factor_while_pending: known(1.0),
        drafting_months: known(6.0),
        lasts_months: None,
        struck_down_per_year: known(0.0),
        after: None,
        in_force_at_start: false,
        lobbied: None,
    }
}

/// The events of ten years under a pressure that stays.
fn course(spec: &Instrument, run: u32, pressure: f64, pends: bool) -> Vec<Event> {
    lobbied_course(spec, run, (pressure, pends), Usd::ZERO)
}

/// The same under lobbying.
fn lobbied_course(
    spec: &Instrument,
    run: u32,
    (pressure, pends): (f64, bool),
    lobbying: Usd,
) -> Vec<Event> {
    let stream = |purpose| Stream::new(Seed(3), "government", purpose);
    let dice = Dice {
        proposal: stream("proposal"),
        striking: stream("striking down"),
    };
    let start = day("2014-07-31");
    let mut course = Course::new(InstrumentId(0), spec);
    let draw = InputDraw(Vec::new());
    course.begin(spec, (&draw, Run(run), start), lobbying, &dice);
    let mut events = Vec::new();
    for month in 0..120 {
        course.weigh(pressure, pends, true);
        let span = (start.plus_months(month), start.plus_months(month + 1));
        course.advance(span, (Run(run), &dice), &mut events);
    }
    assert!(events.is_sorted_by_key(|event| event.date));
    events
}

fn first_day(events: &[Event]) -> Option<i32> {
    let start = day("2014-07-31");
    events.first().map(|event| event.date.days_since(start))
}

/// 20,000 runs: the share without a proposal after two years (730.5 days of 731) is
/// exp(−2·h), h = 2·logistic(logit ½ + Π). Five binomial standard errors: fails with chance
/// 6e-7 for each of three pressures.
#[test]
fn proposals_come_at_the_bounded_hazard() {
    let spec = instrument();
    for pressure in [0.0, 1.0, 50.0] {
        let rate = 2.0 * math::logistic(pressure);
        let n = 20_000;
        let waiting = (0..n).filter(|&run| {
            first_day(&course(&spec, run, pressure, false)).is_none_or(|day| day >= 731)
        });
        let share = waiting.count() as f64 / f64::from(n);
        let exact = math::exp(-rate * 731.0 / 365.25);
        let error = (exact * (1.0 - exact) / f64::from(n)).sqrt();
        assert!(
            (share - exact).abs() < 5.0 * error,
            "{pressure}: {share} {exact}"
        );
    }
}

#[test]
fn more_pressure_is_never_later_and_no_hazard_is_never() {
    let spec = instrument();
    let never = Instrument {
        most_per_year: Quantity::Known(0.0),
        ..spec.clone()
    };
    for run in 0..500 {
        let days = [0.0, 0.5, 2.0].map(|p| first_day(&course(&spec, run, p, false)));
        let days = days.map(|day| day.unwrap_or(i32::MAX));
        assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
        assert!(course(&never, run, 50.0, true).is_empty());
    }
}

#[test]
fn a_policy_is_drafted_then_in_force_and_ends_by_its_term_or_in_court() {
    let term = Instrument {
        lasts_months: Some(Quantity::Known(12.0)),
        ..instrument()
    };
    let weak = Instrument {
        struck_down_per_year: Quantity::Known(2.0),
        ..instrument()
    };
    let mut struck = 0;
    for run in 0..300 {
        let events = course(&term, run, 1.0, false);
        for three in events.chunks_exact(3) {
            let [proposed, enacted, ended] = three else {
                unreachable!()
            };
            let instrument = InstrumentId(0);
            assert_eq!(proposed.kind, EventKind::PolicyProposed { instrument });
            assert_eq!(enacted.date.days_since(proposed.date), 182);
            let struck_down = false;
            assert_eq!(
                ended.kind,
                EventKind::PolicyEnded {
                    instrument,
                    struck_down
                }
            );
            assert_eq!(ended.date, enacted.date.plus_months(12));
        }
        let ends = |event: &&Event| {
            matches!(
                event.kind,
                EventKind::PolicyEnded {
                    struck_down: true,
                    ..
                }
            )
        };
        struck += course(&weak, run, 1.0, false).iter().filter(ends).count();
    }
    assert!(struck > 300, "{struck}");
}

/// What the end of a case brings is in force after its drafting, once, and for its term.
#[test]
fn a_case_brings_a_policy_after_its_drafting() {
    let spec = Instrument {
        brought_by: Some(BroughtBy {
            case: crate::domain::CaseId(0),
            ending: crate::domain::Ending::Annulled,
        }),
        most_per_year: Quantity::Known(0.0),
        drafting_months: Quantity::Known(2.0),
        lasts_months: Some(Quantity::Known(9.4)),
        ..instrument()
    };
    let stream = |purpose| Stream::new(Seed(3), "government", purpose);
    let dice = Dice {
        proposal: stream("proposal"),
        striking: stream("striking down"),
    };
    let (start, ended) = (day("2015-10-01"), day("2015-10-06"));
    let mut course = Course::new(InstrumentId(0), &spec);
    let draw = InputDraw(Vec::new());
    course.begin(&spec, (&draw, Run(0), start), Usd::ZERO, &dice);
    let mut events = Vec::new();
    let month = |k: i32| (start.plus_months(k), start.plus_months(k + 1));
    course.bring((ended, month(0).1), None, (Run(0), &dice), &mut events);
    assert!(events.is_empty(), "it is being drafted");
    // A second case that ends so changes nothing.
    course.bring((ended, month(0).1), None, (Run(0), &dice), &mut events);
    for k in 1..36 {
        course.weigh(50.0, true, true);
        course.advance(month(k), (Run(0), &dice), &mut events);
    }
    let in_force = ended.plus_days(60);
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.date, event.kind))
        .collect();
    let instrument = InstrumentId(0);
    let ends = EventKind::PolicyEnded {
        instrument,
        struck_down: false,
    };
    let expected = [
        (in_force, EventKind::PolicyInForce { instrument }),
        (in_force.plus_months(9), ends),
    ];
    assert_eq!(told, expected);
}

/// Struck down at 2 a year, of policies with a term of a year: each lasts its term with chance
/// exp(−2·days/365.25). 5 binomial standard errors over 20,000 first policies: fails with
/// chance 6e-7.
#[test]
fn what_courts_may_strike_down_lasts_by_their_hazard() {
    let weak = Instrument {
        struck_down_per_year: Quantity::Known(2.0),
        drafting_months: Quantity::Known(0.0),
        lasts_months: Some(Quantity::Known(12.0)),
        ..instrument()
    };
    let (n, mut whole, mut exact) = (20_000, 0.0, 0.0);
    for run in 0..n {
        let events = course(&weak, run, 50.0, false);
        let (enacted, ended) = (events[1], events[2]);
        let EventKind::PolicyEnded { struck_down, .. } = ended.kind else {
            panic!("{ended:?}");
        };
        let term = enacted.date.plus_months(12);
        assert_eq!(ended.date < term, struck_down);
        whole += f64::from(u8::from(!struck_down));
        exact += math::exp(-2.0 * f64::from(term.days_since(enacted.date)) / 365.25);
    }
    let (share, exact) = (whole / f64::from(n), exact / f64::from(n));
    let error = (exact * (1.0 - exact) / f64::from(n)).sqrt();
    assert!((share - exact).abs() < 5.0 * error, "{share} {exact}");
}

/// The hazard of a month is never above its bound, whatever presses, and never below nothing.
#[test]
fn a_hazard_is_bounded_whatever_presses() {
    let spec = Instrument {
        factor_while_pending: Quantity::Known(6.0),
        lobbied: Some(Lobbied {
            factor: Quantity::Known(3.0),
            half_usd_per_year: Quantity::Known(5e6),
        }),
        ..instrument()
    };
    let most = 2.0 * 6.0 * 3.0;
    // The same luck under a hazard that stands at the bound from the first day.
    let bound = Instrument {
        most_per_year: Quantity::Known(most),
        share_at_rest: Quantity::Known(1.0 - 1e-12),
        pressure_weight: Quantity::Known(0.0),
        ..instrument()
    };
    for run in 0..300 {
        let soonest = first_day(&course(&bound, run, 0.0, false));
        for pressure in [-1e300, -5.0, 0.0, 5.0, 1e300] {
            let pressed = lobbied_course(&spec, run, (pressure, true), Usd(1e15));
            let day = first_day(&pressed).unwrap_or(i32::MAX);
            assert!(day >= soonest.unwrap(), "{pressure}: {day} {soonest:?}");
        }
    }
}

/// Lobbying of L½ under a factor of 3 doubles the hazard, 1 a year at rest; 20,000 runs, five
/// binomial standard errors: fails with chance 6e-7.
#[test]
fn lobbying_raises_the_hazard_by_its_bounded_factor() {
    let spec = Instrument {
        lobbied: Some(Lobbied {
            factor: Quantity::Known(3.0),
            half_usd_per_year: Quantity::Known(5e6),
        }),
        ..instrument()
    };
    let (n, at_rest) = (20_000, (0.0, false));
    let waits = |run: u32| {
        let events = lobbied_course(&spec, run, at_rest, Usd(5e6));
        first_day(&events).is_none_or(|day| day >= 365)
    };
    let share = (0..n).filter(|&run| waits(run)).count() as f64 / f64::from(n);
    let exact = math::exp(-2.0 * 365.0 / 365.25);
    let error = (exact * (1.0 - exact) / f64::from(n)).sqrt();
    assert!((share - exact).abs() < 5.0 * error, "{share} {exact}");
    for run in 0..200 {
        let none = lobbied_course(&spec, run, at_rest, Usd::ZERO);
        assert_eq!(none, course(&instrument(), run, 0.0, false));
        let days = [0.0, 1e6, 5e6, 1e12].map(|usd| {
            first_day(&lobbied_course(&spec, run, at_rest, Usd(usd))).unwrap_or(i32::MAX)
        });
        assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    }
}
