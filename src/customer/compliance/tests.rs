//! A dated cost of compliance, against the elasticity and the choice that it is to leave alone.

use std::sync::Arc;

use super::super::customers::Customers;
use super::super::fixture::{first_day, small_scenario, tables};
use super::super::frame::population;
use super::*;
use crate::chance::{Run, Seed};
use crate::domain::Record;

const ELASTICITY: f64 = -1.3;
const WEDGE: f64 = 0.18;
const CUSTOMERS: usize = 2_000;

/// Customers of the small world without projects and with hardly any contract that ends, with
/// a cost for the European Union from the third month on, half answered in six, or one that was
/// there for a year before the start, or none.
fn begin(cost: Option<&str>) -> (Customers, Record, Date) {
    let cost = cost.map(|date| {
        format!(
            "force.cost={{date={date}, compliance={{bloc=\"EU\", price_wedge={WEDGE}, \
             half_life_months=6}}}}"
        )
    });
    let mut settings = vec![
        "projects.share_of_on_premises=0",
        "attention.base_hazard=0",
        "attention.fall_hazard=0",
        "attention.home_region_hazard=0",
        "attention.contract_months=600",
        "choice.base_switching_per_year=0.001",
    ];
    settings.extend(cost.as_deref());
    let scenario = small_scenario(&settings);
    let (model, draw) = tables(&scenario);
    let population = population(&model, CUSTOMERS, Seed(1));
    let mut customers = Customers::new(Arc::clone(&model), population, Seed(1), &draw);
    let record = first_day(&model, &scenario);
    customers.begin(Run(0), &draw, &record).unwrap();
    (customers, record, scenario.start)
}

fn pass(customers: &mut Customers, record: &mut Record, start: Date, month: i32) {
    record.today = start.plus_months(month);
    customers.pass_month();
    customers.act(month as u32, record, |_| 1.0);
}

/// Placed workload of a group, USD a year.
fn placed(customers: &Customers, group: usize) -> f64 {
    let market = customers.market();
    market.total_workload(group) - market.ledger().on_premises[group]
}

#[test]
fn what_is_placed_tends_to_the_elasticity_where_the_cost_is_and_nowhere_else() {
    let (mut with, mut record, start) = begin(Some("2014-09-30"));
    let (mut without, mut same, _) = begin(None);
    let groups = with.model.groups.clone();
    for month in 1..=122 {
        pass(&mut with, &mut record, start, month);
        pass(&mut without, &mut same, start, month);
        for (group, spec) in groups.iter().enumerate() {
            let ratio = placed(&with, group) / placed(&without, group);
            let concerned = with.model.jurisdictions[spec.jurisdiction.index()].bloc;
            if concerned.is_none() || month <= 2 {
                assert_eq!(ratio.to_bits(), 1f64.to_bits(), "{group}, month {month}");
            } else if month == 8 || month == 122 {
                // Half after six months, all but 1e-6 of it in ten years. Of the base hardly
                // anybody looks, and of those few go back on premises.
                let answered = if month == 8 { 0.5 } else { 1.0 };
                let expected = math::exp(ELASTICITY * WEDGE * answered);
                assert!((ratio / expected - 1.0).abs() < 0.01, "{ratio}, {expected}");
            }
        }
    }
}

#[test]
fn providers_keep_their_odds_and_staying_on_premises_gains() {
    let (mut with, mut record, start) = begin(Some("2014-08-30"));
    let (mut without, mut same, _) = begin(None);
    pass(&mut with, &mut record, start, 1);
    pass(&mut without, &mut same, start, 1);
    let (classes, price_weight) = (with.market().population().classes(), with.price_weight());
    for cell in 0..with.market().population().cells() {
        let jurisdiction = with.model.groups[cell / classes].jurisdiction;
        let concerned = with.model.jurisdictions[jurisdiction.index()]
            .bloc
            .is_some();
        let wedge = if concerned { WEDGE } else { 0.0 };
        let (a, b) = (with.market().tables(), without.market().tables());
        for (with, without) in a.weights(cell).iter().zip(b.weights(cell)) {
            let expected = math::exp(-price_weight * wedge);
            assert!((with / without / expected - 1.0).abs() < 1e-9, "{cell}");
        }
        assert_eq!(a.outside[cell].to_bits(), b.outside[cell].to_bits());
    }
}

#[test]
fn what_was_answered_before_the_start_is_in_the_spend_observed_there() {
    // Spend at the start is what it is. Of a year, two half-lives, a quarter is still to come.
    let (mut with, mut record, start) = begin(Some("2013-07-31"));
    let (mut without, mut same, _) = begin(None);
    let german = with.model.groups.iter().position(|group| {
        with.model.jurisdictions[group.jurisdiction.index()]
            .bloc
            .is_some()
    });
    let german = german.unwrap();
    let ratio = |a: &Customers, b: &Customers| placed(a, german) / placed(b, german);
    assert!((ratio(&with, &without) - 1.0).abs() < 1e-6);
    for month in 1..=120 {
        pass(&mut with, &mut record, start, month);
        pass(&mut without, &mut same, start, month);
    }
    let expected = math::exp(ELASTICITY * WEDGE * 0.25);
    let ratio = ratio(&with, &without);
    assert!((ratio / expected - 1.0).abs() < 0.01, "{ratio}, {expected}");
}
