//! Each rule of named customers by hand: a workload of 12,000 a year costs 1,000 a month.

mod closing;

use super::super::fixture;
use super::*;
use std::ops::Range;

use crate::domain::{Bearer, JurisdictionId, Level, LossKind, OfferingId, Party};
use crate::scenario::resolved::Scenario;

/// A small scenario in which `my-bank` has one workload, besides other settings.
fn scenario(workload: &str, settings: &[&str]) -> Scenario {
    let bank = format!(
        "customer.my-bank={{ jurisdiction = 'DE', segment = 'enterprise', tolerance = 0.1, \
         workload = {{ core = {{ spend_per_year = 12000, {workload} }} }} }}"
    );
    let all = [&[bank.as_str()], settings].concat();
    fixture::small_scenario(&all)
}

const ALL: Range<usize> = 0..1;
/// An exit to a local provider whose list price is 1.5.
const TO_BOLT: &str = "region = 'acme-us', exit_to = 'bolt-de', exit_cost = 610, exit_months = 2";

struct Scene {
    model: Arc<FullModel>,
    beliefs: Beliefs,
    record: Record,
    named: NamedCustomers,
    start: Date,
    month: u32,
}

fn scene(workload: &str, settings: &[&str]) -> Scene {
    let scenario = scenario(workload, settings);
    let (model, draw) = fixture::tables(&scenario);
    let mut record = Record::empty(scenario.start);
    record.reach_in_law = vec![[0.0; 5]; model.jurisdictions.len()];
    record.reach_settled = vec![false; model.jurisdictions.len()];
    record.price_index = vec![1.0; model.providers.len()];
    record.open = vec![true; model.offerings.len()];
    record.opened_on = vec![scenario.start.plus_months(-12); model.offerings.len()];
    let beliefs = Beliefs::at_rest(&model, &draw);
    let mut named = NamedCustomers::new(&model);
    named.begin(&draw, &beliefs);
    named.observe(0, &record, &beliefs);
    Scene {
        beliefs,
        record,
        named,
        model,
        start: scenario.start,
        month: 0,
    }
}

impl Scene {
    /// A month in which these events happen.
    fn pass(&mut self, events: &[(u32, Event)]) -> Bill {
        self.month += 1;
        let day = |months: u32| self.start.plus_months(months as i32);
        let (from, until) = (day(self.month - 1), day(self.month));
        self.named.begin_month(from, until, &self.beliefs);
        for &(index, event) in events {
            self.beliefs
                .hear(&event, until.days_since(event.date), &self.record);
            self.named.hear(EventIndex(index), &event, &self.beliefs);
        }
        self.record.today = until;
        self.named
            .pass_month(self.month, (from, until), &self.record, &self.beliefs);
        self.bill()
    }

    fn pass_to(&mut self, month: u32) -> Bill {
        while self.month < month {
            self.pass(&[]);
        }
        self.bill()
    }

    fn bill(&self) -> Bill {
        self.named.bills(ALL).next().unwrap()
    }

    fn offering(&self, name: &str) -> OfferingId {
        let found = self.model.offerings.iter().position(|o| o.name == name);
        OfferingId::new(found.unwrap())
    }

    fn open(&mut self, name: &str, open: bool, on: &str) {
        let at = self.offering(name).index();
        self.record.open[at] = open;
        self.record.opened_on[at] = day(on);
    }

    fn dates(&self) -> Vec<(Date, &'static str)> {
        let events = self.named.events(0);
        events
            .map(|event| (event.date, event.kind.name()))
            .collect()
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn ruling(date: &str) -> Event {
    Event {
        date: day(date),
        cause: None,
        kind: EventKind::Ruling {
            case: crate::domain::CaseId(0),
            node: crate::domain::NodeId(0),
            level: Level::District,
            favours: Party::Government,
            outcome: 0,
        },
    }
}

#[track_caller]
fn assert_bill(bill: Bill, old: f64, new: f64, exit: f64) {
    let pairs = [(bill.old, old), (bill.new, new), (bill.exit, exit)];
    let near = |(found, expected): (f64, f64)| (found - expected).abs() < 1e-9;
    assert!(pairs.into_iter().all(near), "{bill:?}");
}

#[test]
fn what_stays_pays_list_prices_and_grows() {
    let mut scene = scene("region = 'acme-us', growth_per_year = 0.12", &[]);
    assert_bill(scene.pass(&[]), 1_000.0, 0.0, 0.0);
    scene.record.price_index[0] = 0.9;
    let grown = crate::chance::math::exp(0.01);
    assert_bill(scene.pass(&[]), 900.0 * grown, 0.0, 0.0);
    assert_eq!(scene.dates(), []);
    assert_eq!(scene.named.exits_finished(ALL), 0);
}

#[test]
fn an_exit_on_a_day_pays_the_old_place_until_the_last_data_has_left() {
    let factors = [
        "region.acme-us.price_factor=1.2",
        "region.bolt-de.price_factor=1.5",
    ];
    let mut scene = scene(&format!("{TO_BOLT}, leave = 2014-09-30"), &factors);
    assert_bill(scene.pass_to(2), 1_000.0, 0.0, 0.0);
    // From 30 September to 30 November there are 61 days.
    assert_bill(scene.pass(&[]), 1_000.0, 0.0, 310.0);
    assert_eq!(scene.named.exits_finished(ALL), 0);
    assert_bill(scene.pass(&[]), 1_000.0, 0.0, 300.0);
    assert_eq!(scene.named.exits_finished(ALL), 1);
    scene.record.price_index[1] = 2.0;
    assert_bill(scene.pass(&[]), 0.0, 1_000.0 * 1.5 / 1.2 * 2.0, 0.0);
    let (decided, finished) = ("exit_decided", "exit_finished");
    let dates = [(day("2014-09-30"), decided), (day("2014-11-30"), finished)];
    assert_eq!(scene.dates(), dates);
    let causes: Vec<_> = scene.named.events(40).map(|event| event.cause).collect();
    assert_eq!(causes, [None, Some(EventIndex(40))]);
}

#[test]
fn a_contract_binds_beyond_the_exit() {
    let terms = "leave = 2014-09-30, contract_ends = 2015-02-15";
    let mut scene = scene(&format!("{TO_BOLT}, {terms}"), &[]);
    assert_bill(scene.pass_to(6), 1_000.0, 1_000.0, 0.0);
    // From 31 January to 28 February there are 28 days, 15 of them before the 15th.
    assert_bill(scene.pass(&[]), 1_000.0 * 15.0 / 28.0, 1_000.0, 0.0);
    assert_bill(scene.pass(&[]), 0.0, 1_000.0, 0.0);
}

/// What an exit costs is a loss of the day on which it is decided, and so is what is paid for the
/// place left; both as far as they are paid.
#[test]
fn an_exit_is_a_loss_of_the_day_of_its_decision() {
    let terms = "leave = 2014-09-30, contract_ends = 2015-02-15";
    let mut scene = scene(&format!("{TO_BOLT}, {terms}"), &[]);
    let losses = |scene: &Scene| {
        let losses = scene.named.losses();
        losses
            .map(|loss| (loss.date, loss.kind, loss.amount.round()))
            .collect::<Vec<_>>()
    };
    scene.pass_to(2);
    assert_eq!(losses(&scene), []);
    scene.pass_to(3);
    let on = day("2014-09-30");
    assert_eq!(losses(&scene), [(on, LossKind::ExitCost, 310.0)]);
    scene.pass_to(12);
    // Gone on 30 November; paid for until 31 January, and for 15 of the next 28 days.
    let expected = [
        (on, LossKind::ExitCost, 610.0),
        (on, LossKind::IdleContract, 2_536.0),
    ];
    assert_eq!(losses(&scene), expected);
    let bearer = scene.named.losses().next().unwrap();
    assert_eq!(bearer.bearer, Bearer::Customer(CustomerId(0)));
}

#[test]
fn at_the_contracts_end_the_exit_is_decided_and_paid_until_it_is_over() {
    let terms = "leave = 'at_contract_end', contract_ends = 2014-09-30";
    let mut scene = scene(&format!("{TO_BOLT}, {terms}"), &[]);
    assert_bill(scene.pass_to(4), 1_000.0, 0.0, 300.0);
    assert_eq!(scene.dates()[0], (day("2014-09-30"), "exit_decided"));
}

#[test]
fn who_is_above_its_tolerance_for_months_in_a_row_leaves() {
    let terms = "leave = 'above_tolerance', leave_after_months = 3";
    let rest = scene(&format!("{TO_BOLT}, {terms}"), &[])
        .named
        .exposure(ALL);
    let tolerance = format!("customer.my-bank.tolerance={}", rest + 0.01);
    let mut scene = scene(&format!("{TO_BOLT}, {terms}"), &[&tolerance]);
    assert_eq!(scene.named.exposure(ALL), rest);
    scene.pass_to(2);
    assert_eq!((scene.named.part_above(ALL), scene.dates()), (0.0, vec![]));
    // The data lies abroad: concern moves its exposure, the belief in location does not.
    let leak = Event {
        date: day("2014-10-10"),
        cause: None,
        kind: EventKind::Leak {
            by: JurisdictionId(1),
            severity: 1.0,
        },
    };
    scene.pass(&[(7, ruling("2014-10-05")), (8, leak)]);
    assert!(scene.named.exposure(ALL) > rest + 0.01);
    assert_eq!(scene.named.part_above(ALL), 1.0);
    scene.pass_to(5);
    let decided: Vec<Event> = scene.named.events(0).collect();
    assert_eq!(decided.len(), 1);
    assert_eq!(decided[0].date, day("2014-12-31"));
    assert_eq!(decided[0].cause, Some(EventIndex(8)));
    // Until the last data has left it is as exposed as before; then nobody abroad reaches it.
    scene.pass_to(6);
    assert!(scene.named.exposure(ALL) > rest);
    scene.pass_to(7);
    assert_eq!(scene.named.exposure(ALL), 0.0);
    assert!(!scene.named.is_any_above(ALL));
}

#[test]
fn a_month_below_the_tolerance_begins_the_count_anew() {
    let terms = "leave = 'above_tolerance', leave_after_months = 3";
    let mut scene = scene(&format!("{TO_BOLT}, {terms}"), &[]);
    scene.pass_to(2);
    scene.named.workloads[0].tolerance = 1.0;
    scene.pass_to(3);
    scene.named.workloads[0].tolerance = 0.1;
    scene.pass_to(5);
    assert_eq!(scene.dates(), []);
    scene.pass_to(6);
    assert_eq!(scene.dates(), [(day("2015-01-31"), "exit_decided")]);
}

#[test]
fn an_exit_waits_until_its_new_place_opens() {
    let terms = "region = 'acme-us', exit_to = 'acme-de', exit_months = 1, exit_cost = 28, \
                 leave = 2014-09-30";
    let mut scene = scene(terms, &["region.acme-de.closes=2020-01-01"]);
    scene.open("acme-de", false, "2000-01-01");
    assert_bill(scene.pass_to(6), 1_000.0, 0.0, 0.0);
    scene.open("acme-de", true, "2015-02-14");
    // Half of the exit's 28 days lie in the month, and all of the month is paid here.
    assert_bill(scene.pass(&[]), 1_000.0, 0.0, 14.0);
    let march = scene.pass(&[]);
    let (old, new) = (1_000.0 * 14.0 / 31.0, 1_100.0 * 17.0 / 31.0);
    assert_bill(march, old, new, 14.0);
    assert_eq!(scene.dates()[1], (day("2015-03-14"), "exit_finished"));
}

#[test]
fn on_premises_only_its_own_government_reaches_it() {
    let terms = "region = 'acme-us', exit_to = 'on_premises', exit_months = 1, exit_cost = 0, \
                 on_premises_cost_per_year = 24000, growth_per_year = 0.12, leave = 2014-07-31";
    let concern = "belief.DE.concern={ US = 0.3, DE = 0.05 }";
    let mut scene = scene(terms, &[concern]);
    assert_eq!(scene.named.reach_in_law(ALL), 1.0);
    scene.pass(&[]);
    assert!((scene.named.exposure(ALL) - 0.05).abs() < 1e-12);
    assert_eq!(scene.named.reach_in_law(ALL), 0.0);
    scene.record.price_index = vec![0.5, 0.5];
    let grown = crate::chance::math::exp(0.01);
    assert_bill(scene.pass(&[]), 0.0, 2_000.0 * grown, 0.0);
}

#[test]
fn an_exit_is_late_once_its_day_has_passed_before_the_last_data_has_left() {
    let late_at = |by: &str| {
        let mut scene = scene(
            &format!("{TO_BOLT}, leave = 2014-09-30, exit_by = {by}"),
            &[],
        );
        let late = |scene: &Scene| scene.named.exits_late(ALL, scene.record.today);
        scene.pass_to(3);
        let before = late(&scene);
        scene.pass_to(8);
        (before, late(&scene))
    };
    assert_eq!(late_at("2014-11-30"), (0, 0));
    assert_eq!(late_at("2014-11-29"), (0, 1));
    assert_eq!(late_at("2014-10-31"), (1, 1));
    assert_eq!(late_at("2016-01-01"), (0, 0));
}

#[test]
fn reach_in_law_is_that_of_governments_outside_the_bloc() {
    let reach = |region: &str, custody: &str| {
        let terms = format!("region = '{region}', custody = '{custody}'");
        let moved = [
            "region.acme-de.opens=2013-01-01",
            "region.acme-de.closes=2020-01-01",
        ];
        let mut scene = scene(&terms, &moved);
        // Direct, subsidiary, trustee, partner, customer's keys.
        scene.record.reach_in_law = vec![[0.5; 5], [0.9, 0.8, 0.2, 0.1, 0.05]];
        scene.named.observe(0, &scene.record, &scene.beliefs);
        scene.named.reach_in_law(ALL)
    };
    assert_eq!(reach("acme-us", "provider"), 1.0);
    assert_eq!(reach("acme-de", "provider"), 0.8);
    assert_eq!(reach("acme-de", "customer"), 0.05);
    assert_eq!(reach("bolt-de", "provider"), 0.0);
}

#[test]
fn means_are_weighted_by_workload_and_nothing_has_no_mean() {
    let more = "customer.my-bank.workload.more={ spend_per_year = 36000, region = 'bolt-de' }";
    let scene = scene("region = 'acme-us'", &[more]);
    let both = NamedCustomers::select(&scene.model, CustomerId(0), None);
    assert_eq!(both, 0..2);
    let more = NamedCustomers::select(&scene.model, CustomerId(0), Some(WorkloadId(1)));
    assert_eq!(more, 1..2);
    assert_eq!(scene.named.reach_in_law(both.clone()), 0.25);
    assert_eq!(scene.named.part_above(both.clone()), 0.25);
    assert!(scene.named.is_any_above(both) && !scene.named.is_any_above(more));
    let none = ["customer.my-bank.workload.core.spend_per_year=0"];
    let scene = self::scene("region = 'acme-us'", &none);
    assert!(scene.named.exposure(ALL).is_nan());
}
