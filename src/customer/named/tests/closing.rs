//! Regions that close under a workload, and what is paid whatever happens.

use proptest::prelude::*;

use super::*;

/// A workload in a region that closes on 10 January 2015, with an exit of two years.
fn closing(leave: &str) -> Scene {
    closing_after(leave, 24)
}

fn closing_after(leave: &str, exit_months: u32) -> Scene {
    let terms = format!(
        "region = 'acme-de', exit_to = 'bolt-de', exit_cost = 610, exit_months = {exit_months}, \
         contract_ends = 2016-01-01, {leave}"
    );
    let dates = [
        "region.acme-de.opens=2013-01-01",
        "region.acme-de.closes=2015-01-10",
    ];
    scene(&terms, &dates)
}

fn closed(scene: &Scene) -> (u32, Event) {
    let region = scene.model.offerings[scene.offering("acme-de").index()].region;
    let event = Event {
        date: day("2015-01-10"),
        cause: None,
        kind: EventKind::RegionClosed { region },
    };
    (33, event)
}

#[test]
fn a_region_that_closes_forces_an_exit_and_frees_from_the_contract() {
    let mut scene = closing("leave = 'stay'");
    assert_bill(scene.pass_to(5), 1_000.0, 0.0, 0.0);
    // Of the 31 days from 31 December, 10 are paid here, at 1.1 times the price there.
    let closed = closed(&scene);
    let bill = scene.pass(&[closed]);
    assert_bill(bill, 10_000.0 / 31.0, 21_000.0 / 31.0 / 1.1, 610.0);
    let named = &scene.named;
    assert_eq!((named.exits_forced(ALL), named.exits_finished(ALL)), (1, 1));
    let events: Vec<Event> = named.events(0).collect();
    assert!(events.iter().all(|event| event.date == day("2015-01-10")));
    assert!(events.iter().all(|e| e.cause == Some(EventIndex(33))));
    assert_bill(scene.pass(&[]), 0.0, 1_000.0 / 1.1, 0.0);
}

#[test]
fn a_region_that_closes_during_an_exit_ends_it_at_once() {
    let mut scene = closing("leave = 2014-08-31");
    let before: f64 = (0..5).map(|_| scene.pass(&[]).exit).sum();
    assert!((before - 610.0 * 122.0 / 731.0).abs() < 1e-9, "{before}");
    let closed = closed(&scene);
    let bill = scene.pass(&[closed]);
    assert!((before + bill.exit - 610.0).abs() < 1e-9);
    let named = &scene.named;
    assert_eq!((named.exits_forced(ALL), named.exits_finished(ALL)), (1, 1));
    let causes: Vec<_> = named.events(0).map(|event| event.cause).collect();
    assert_eq!(causes, [None, Some(EventIndex(33))]);
}

#[test]
fn what_has_no_place_to_go_stays_until_there_is_one() {
    let mut scene = closing("leave = 'stay'");
    scene.open("bolt-de", false, "2000-01-01");
    scene.pass_to(5);
    let closed = closed(&scene);
    assert_bill(scene.pass(&[closed]), 1_000.0, 0.0, 610.0);
    assert_eq!(scene.named.exits_finished(ALL), 0);
    scene.open("bolt-de", true, "2015-02-14");
    scene.pass(&[]);
    assert_eq!(scene.named.exits_finished(ALL), 1);
    assert_eq!(scene.dates()[1].0, day("2015-02-14"));
}

#[test]
fn what_left_before_its_region_closed_was_not_forced() {
    let mut scene = closing_after("leave = 2014-08-31", 4);
    scene.pass_to(5);
    let closed = closed(&scene);
    scene.pass(&[closed]);
    assert_eq!(scene.named.exits_finished(ALL), 1);
    assert_eq!(scene.named.exits_forced(ALL), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// At steady prices a month of workload is paid for once, wherever it is, and the days
    /// for which a contract binds besides; the cost of the exit is paid as far as it is
    /// done, and all of it when it is finished.
    #[test]
    fn what_is_paid_is_the_sum_of_its_parts(
        leave in 0_i32..700,
        months in 0.0_f64..30.0,
        cost in 0.0_f64..1e6,
        contract in proptest::option::of(0_i32..900),
        close in proptest::option::of(0_i32..700),
    ) {
        let start = day("2014-07-31");
        let until = contract.map(|days| start.plus_days(days));
        let bound = until.map_or(String::new(), |ends| format!("contract_ends = {ends},"));
        let closes = close.map(|days| start.plus_days(days + 1));
        let terms = format!(
            "region = 'acme-de', exit_to = 'bolt-de', exit_cost = {cost:?}, \
             exit_months = {months:?}, {bound} leave = {}",
            start.plus_days(leave)
        );
        let closing = format!(
            "region.acme-de.closes={}",
            closes.unwrap_or(day("2020-01-01"))
        );
        let plain = ["region.acme-de.opens=2013-01-01", "region.acme-de.price_factor=1"];
        let mut scene = scene(&terms, &[plain[0], plain[1], &closing]);
        let mut closed = closed(&scene);
        let (mut exit, mut total) = (0.0, 0.0);
        for month in 1..=24 {
            let span = start.plus_months(month - 1)..start.plus_months(month);
            let bill = match closes.filter(|date| span.contains(date)) {
                Some(date) => {
                    closed.1.date = date;
                    scene.pass(&[closed])
                }
                None => scene.pass(&[]),
            };
            exit += bill.exit;
            total += bill.total();
            let Some(done) = scene.named.workloads[0].exit else {
                prop_assert_eq!(bill.total(), 1_000.0);
                continue;
            };
            prop_assert!(bill.old >= 0.0 && bill.new >= 0.0 && bill.exit >= 0.0);
            let days = span.end.days_since(span.start);
            let left = done.ends().unwrap_or(span.end);
            let bound = until.filter(|_| done.forced_by.is_none()).unwrap_or(left);
            let (first, last) = (left.max(span.start), bound.min(span.end));
            let twice = f64::from(last.days_since(first).max(0)) / f64::from(days);
            prop_assert!((bill.old + bill.new - 1_000.0 * (1.0 + twice)).abs() < 1e-6);
            prop_assert!((exit - cost * done.part_done(span.end)).abs() <= 1e-9 * cost);
            if done.finished {
                prop_assert!((exit - cost).abs() <= 1e-9 * cost);
            }
        }
        prop_assert!(total >= 24_000.0 - 1e-6);
    }
}
