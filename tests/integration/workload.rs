//! Workload is conserved: it lies at an offering or on premises, the ledger's sums are
//! those of the customers, and only growth makes more of it.

use comity::world::World;

use crate::worlds::{model, shipped, simulate, written};

/// Whether ledger and columns agree, and nothing is where it cannot be.
pub fn assert_conserved(world: &World<'_>) {
    let market = world.customers().market();
    let gap = market.conservation_gap();
    assert!(gap < 1e-9, "{gap}");
    let columns = market.columns();
    let whole = columns.load.iter().flatten().chain(&columns.on_premises);
    assert!(whole.clone().all(|load| load.is_finite() && *load >= 0.0));
    assert!(columns.threshold.iter().all(|t| t.is_finite()));
}

#[test]
fn every_month_of_the_shipped_scenario_balances() {
    let scenario = shipped("preska-2014", &[]);
    let mut months = 0;
    simulate(&scenario, 2_000, 0..3, |_, _, world| {
        assert_conserved(world);
        months += 1;
    });
    assert_eq!(months, 3 * 121);
}

#[test]
fn without_growth_all_workload_stays_what_it_was() {
    // Prices stand still too: they are what makes the placed workload grow besides.
    let mut settings: Vec<String> = Vec::new();
    for market in ["US", "IE", "DE", "FR", "UK", "BR"] {
        settings.push(format!("market.{market}.growth_per_year=0"));
    }
    settings.push("projects.price_elasticity=0".to_owned());
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    let scenario = shipped("preska-2014", &settings);
    let mut start = 0.0;
    simulate(&scenario, 2_000, 0..2, |_, k, world| {
        let all = world.customers().market().all_workload();
        if k == 0 {
            start = all;
        }
        assert!(
            (all / start - 1.0).abs() < 1e-6,
            "{all} of {start} in month {k}"
        );
    });
}

#[test]
fn a_region_that_closes_leaves_nobody_and_nothing_behind() {
    let text = "extends = \"preska-2014\"\nbaseline = \"\"\n\
                [region.azure-dublin]\ncloses = 2016-03-10\n\
                [region.ovh-france]\ncloses = 2017-01-01\n";
    let scenario = written("closing", text, &[]);
    let tables = model(&scenario);
    let offering = |name: &str| {
        tables
            .offerings
            .iter()
            .position(|o| o.name == name)
            .unwrap()
    };
    let closing = [(offering("azure-dublin"), 20), (offering("ovh-france"), 30)];
    simulate(&scenario, 2_000, 0..3, |run, k, world| {
        assert_conserved(world);
        let market = world.customers().market();
        for (offering, month) in closing {
            let mut load = 0.0;
            let mut primaries = 0;
            for group in 0..market.population().groups() {
                load += market.ledger().loads(group)[offering];
                primaries += market.ledger().primaries[market.ledger().at(group, offering as u8)];
            }
            if k < month - 1 {
                assert!(load > 0.0 && primaries > 0, "run {run}, month {k}");
            } else if k >= month {
                assert!(
                    load.abs() < 1e-3 && primaries == 0,
                    "run {run}, month {k}: {load}"
                );
            }
        }
    });
}
