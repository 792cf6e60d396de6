//! Makers of policy: what presses them, and what waits for what.

use super::super::*;
use crate::chance::math;
use crate::domain::{EventKind, JurisdictionId};

/// The small world of tests with two makers of policy, and its record when three quarters of
/// Germany's workload lie with an American operator.
fn pressed() -> (crate::scenario::Scenario, Record) {
    let text = concat!(
        include_str!("../../scenario/fixture.toml"),
        "
        [government.DE]
        half_life_months = 12
        leak = 2
        ruling = 1
        disclosure = 0.5
        [government.US]
        half_life_months = 6
        leak = 1
        ruling = 1
        disclosure = 1
        retaliation = 0.7
        [instrument.ban]
        by = 'DE'
        against = 'US'
        kind = 'tariff'
        price_wedge = 0.1
        most_per_year = 1
        share_at_rest = 0.5
        pressure_weight = 1
        drafting_months = 1
        "
    );
    let scenario = crate::scenario::load_text("pressed", text, &[]).unwrap();
    let mut record = Record::empty(scenario.start);
    // In the order of names: DE, US.
    record.workload_usd_per_year = vec![100.0, 400.0];
    record.reachable_usd_per_year = vec![vec![60.0, 75.0], vec![0.0, 400.0]];
    (scenario, record)
}

#[test]
fn adverse_news_presses_by_what_lies_in_reach_and_fades() {
    let (scenario, record) = pressed();
    let crate::scenario::resolved::Model::Full(model) = &scenario.model else {
        panic!("the fixture has the whole model");
    };
    let draw = scenario.median_inputs();
    let mut governments = Governments::new(model, Seed(1));
    governments.begin(&draw, Run(0), scenario.start);
    let event = |kind| Event {
        date: scenario.start,
        cause: None,
        kind,
    };
    let (germany, america) = (JurisdictionId(0), JurisdictionId(1));
    let severity = 0.6;
    let leak = |by| event(EventKind::Leak { by, severity });
    governments.hear(&leak(america), 0, &record);
    let expected = 2.0 * severity * 0.75;
    assert!((governments.pressure(0) - expected).abs() < 1e-12);
    assert_eq!(
        governments.pressure(1),
        0.0,
        "its own leak presses no maker"
    );

    // A year is one half-life; a month's days left count as a part of one.
    for _ in 0..12 {
        governments.pass_month();
    }
    assert!((governments.pressure(0) - expected / 2.0).abs() < 1e-12);
    governments.hear(&leak(america), 30, &record);
    let faded = math::exp2(-30.0 / (365.25 / 12.0) / 12.0);
    assert!((governments.pressure(0) - expected * (0.5 + faded)).abs() < 1e-12);

    // A policy presses whom it is against, and not its maker.
    let before = governments.pressure(0);
    let instrument = InstrumentId(0);
    governments.hear(&event(EventKind::PolicyInForce { instrument }), 0, &record);
    assert_eq!(governments.pressure(0), before);
    assert!((governments.pressure(1) - 0.7).abs() < 1e-12);

    governments.hear(&leak(germany), 0, &record);
    assert_eq!(
        governments.pressure(0),
        before,
        "its own leak presses no maker"
    );
}

/// One that needs another is proposed only in months that begin with that in force.
#[test]
fn what_needs_another_waits_for_it() {
    let text = concat!(
        include_str!("../../scenario/fixture.toml"),
        "
        [government.DE]
        half_life_months = 12
        leak = 0
        ruling = 0
        disclosure = 0
        [instrument.law]
        by = 'DE'
        against = 'US'
        kind = 'tariff'
        price_wedge = 0.1
        most_per_year = 1
        share_at_rest = 0.5
        pressure_weight = 0
        drafting_months = 1
        lasts_months = 18
        [instrument.rule]
        by = 'DE'
        against = 'US'
        kind = 'tariff'
        price_wedge = 0.1
        most_per_year = 12
        share_at_rest = 0.9
        pressure_weight = 0
        drafting_months = 0
        lasts_months = 1
        after = 'law'
        "
    );
    let scenario = crate::scenario::load_text("after", text, &[]).unwrap();
    let crate::scenario::resolved::Model::Full(model) = &scenario.model else {
        panic!("the fixture has the whole model");
    };
    let (law, rule) = (InstrumentId(0), InstrumentId(1));
    let draw = scenario.median_inputs();
    let mut record = Record::empty(scenario.start);
    record.pends_at_the_top = vec![false; model.jurisdictions.len()];
    let mut governments = Governments::new(model, Seed(1));
    let (mut rules, mut ends) = (0, 0);
    for run in 0..40 {
        governments.begin(&draw, Run(run), scenario.start);
        governments.weigh(&record);
        let mut in_force = false;
        for month in 0..120 {
            let day = |months: i32| scenario.start.plus_months(months);
            let mut events = Vec::new();
            governments.advance(day(month), day(month + 1), &mut events);
            let began = in_force;
            for event in events {
                match event.kind {
                    EventKind::PolicyInForce { instrument } if instrument == law => in_force = true,
                    EventKind::PolicyEnded { instrument, .. } if instrument == law => {
                        in_force = false;
                        ends += 1;
                    }
                    EventKind::PolicyProposed { instrument } if instrument == rule => {
                        assert!(began, "run {run}, {}", event.date);
                        rules += 1;
                    }
                    _ => {}
                }
            }
            governments.weigh(&record);
        }
    }
    assert!(rules > 100 && ends > 40, "{rules} {ends}");
}
