//! Metrics over windows, of growth and of a case's path, against counts by hand.

use std::collections::BTreeMap;

use comity::chance::{Run, Seed, math};
use comity::domain::JurisdictionId;
use comity::scenario::resolved::FullModel;
use comity::world::metrics::Metrics;
use comity::world::sums::Sums;
use comity::world::{Setting, World};

use crate::worlds::{model, written};

/// A year in two halves, and whole.
const HALVES: [(&str, &str); 3] = [
    ("first", "from = 2014-07-31\nat = 2015-01-31"),
    ("second", "from = 2015-01-31\nat = 2015-07-31"),
    ("whole", "over_months = 12"),
];

/// The world of the order with metrics of each kind, for both halves and the whole of a year.
fn text() -> String {
    let mut text =
        "comity = 1\ntitle = \"Windows\"\nextends = \"preska-2014\"\nbaseline = \"\"\n".to_owned();
    let mut add = |name: &str, of: &str, rest: &str| {
        let metric = format!("[metric.{name}]\nof = \"{of}\"\n{rest}\n");
        text.push_str(&metric);
    };
    let of_us = "parent = \"US\"\ncustomers_outside = \"US\"";
    for (half, when) in HALVES {
        for (of, scope) in [
            ("base_left", of_us),
            ("base_moved", of_us),
            ("projects_deferred", "bloc = \"EU\""),
            ("acted", "bloc = \"EU\""),
            ("demands", "parent = \"US\""),
            ("npv", "provider = \"microsoft\""),
            ("value_change", "provider = \"microsoft\""),
            ("consumer_surplus", "bloc = \"EU\""),
            ("regions_opened", ""),
        ] {
            add(&format!("{of}_{half}"), of, &format!("{scope}\n{when}"));
        }
        if half == "whole" {
            continue;
        }
        for of in ["revenue_growth", "growth_gap", "workload_growth"] {
            add(&format!("{of}_{half}"), of, &format!("{of_us}\n{when}"));
        }
    }
    for at in ["2015-01-31", "2015-07-31"] {
        let (half, at) = (&at[..7].replace('-', "_"), format!("at = {at}"));
        for (name, of, scope) in [
            ("us", "revenue", of_us),
            ("all", "revenue", "customers_outside = \"US\""),
            ("work", "workload", of_us),
            ("users", "cloud_users", "customers_outside = \"US\""),
        ] {
            add(&format!("{name}_{half}"), of, &format!("{scope}\n{at}"));
        }
    }
    let case = "case = \"ms-ireland\"";
    for (name, path) in [
        (
            "to_district",
            "[\"magistrate=government\", \"district=government\"]",
        ),
        ("alone", "[\"district=government\"]"),
        (
            "otherwise",
            "[\"magistrate=government\", \"district=provider\"]",
        ),
        ("mooted", "[\"district=government\", \"circuit=statute\"]"),
    ] {
        add(
            &format!("path_{name}"),
            "path_days",
            &format!("{case}\npath = {path}"),
        );
        add(
            &format!("stage_{name}"),
            "stage_days",
            &format!("{case}\npath = {path}"),
        );
    }
    text.push_str(
        "[provider.microsoft.finance]\ncapitalisation_usd = 3e11\n\
         [force.act]\ndate = 2015-06-01\nstatute = { by = \"US\", asserts = true }\n\
         [force.stay]\ndate = 2014-08-10\nruling = { case = \"ms-ireland\", node = \"stay\", outcome = \"denied\" }\n\
         [force.contempt]\ndate = 2014-08-20\nruling = { case = \"ms-ireland\", node = \"contempt\", outcome = \"stipulated\" }\n\
         [sources]\n\"provider.microsoft.finance.capitalisation_usd\" = \"assumed: a test\"\n",
    );
    text
}

/// The metrics of one run, by name.
fn measured(run: u32) -> BTreeMap<String, f64> {
    let scenario = written("windows", &text(), &[]);
    let model = model(&scenario);
    let setting = Setting::new(&scenario, model, 800, Seed(3));
    let mut metrics = Metrics::new(&scenario, model, &setting.calendar);
    let mut world = World::new(setting, &scenario.median_inputs()).unwrap();
    let draw = scenario.draw_inputs(Seed(3), Run(run));
    let offerings = model.offerings.len();
    let mut sums = Sums::new(model.groups.len(), model.providers.len(), offerings);
    metrics.begin(0.08);
    let mut by_hand = f64::NAN;
    world
        .simulate(Run(run), &draw, |k, world| {
            sums.take(world, &vec![1.0; offerings]);
            metrics.observe(k, world, &sums, &draw);
            if k == 12 {
                by_hand = moved_from_us_providers_abroad(world, model);
            }
        })
        .unwrap();
    let names = scenario.metrics.iter().map(|metric| metric.name.clone());
    let values = names.zip(metrics.values().iter().copied());
    values
        .chain([("moved_by_hand".to_owned(), by_hand)])
        .collect()
}

/// Of the customers outside the United States that have a base, those that moved it from a
/// provider of there to another one since the start, %.
fn moved_from_us_providers_abroad(world: &World<'_>, model: &FullModel) -> f64 {
    let ledger = world.customers().market().ledger();
    let us = |j: JurisdictionId| model.jurisdictions[j.index()].name == "US";
    let (mut moves, mut users) = (0, 0);
    for (g, group) in model.groups.iter().enumerate() {
        if us(model.markets[group.market].jurisdiction) {
            continue;
        }
        users += ledger.users(g);
        for (from, provider) in model.providers.iter().enumerate() {
            if us(provider.parent) {
                let others = (0..model.providers.len()).filter(|&to| to != from);
                moves += others.map(|to| ledger.moves(g, from, to)).sum::<u32>();
            }
        }
    }
    100.0 * f64::from(moves) / f64::from(users)
}

#[test]
fn two_halves_of_a_window_are_the_whole() {
    let mut moved = 0.0;
    for run in 0..3 {
        let of = measured(run);
        let parts = |name: &str| HALVES.map(|(half, _)| of[&format!("{name}_{half}")]);
        // Moves of the base are a share of those who have one at the end of each.
        let users = ["2015_01", "2015_07", "2015_07"].map(|end| of[&format!("users_{end}")]);
        assert!(users[0] < users[2]);
        for name in ["base_left", "base_moved"] {
            let shares = parts(name);
            let [first, second, whole] = std::array::from_fn(|part| shares[part] * users[part]);
            moved += whole;
            assert!((first + second - whole).abs() <= 1e-9 * whole);
        }
        assert_eq!(parts("base_moved")[2], of["moved_by_hand"]);
        for name in [
            "demands",
            "npv",
            "value_change",
            "consumer_surplus",
            "regions_opened",
        ] {
            let [first, second, whole] = parts(name);
            assert!(
                (first + second - whole).abs() <= 1e-9 * whole.abs(),
                "{name}"
            );
        }
        // Frankfurt opened in October 2014.
        assert_eq!(parts("regions_opened"), [1.0, 0.0, 1.0]);
        assert!(parts("demands")[1] > 0.0 && parts("npv")[1] > 0.0);
        // A share of projects lies between those of its parts; so many came up in each.
        let [first, second, whole] = parts("projects_deferred");
        assert!(first.min(second) <= whole && whole <= first.max(second));
        // Some act in both halves.
        let [first, second, whole] = parts("acted");
        assert!(first > 0.0 && second > 0.0 && whole > first.min(second));
        assert!(whole < first + second);
        let (npv, change) = (parts("npv")[2], parts("value_change")[2]);
        assert!((change - 100.0 * npv / 3e5).abs() < 1e-12);
    }
    // In one run alone nobody may move.
    assert!(moved > 0.0);
}

#[test]
fn growth_is_that_between_two_levels() {
    let of = measured(0);
    let log = |name: &str| {
        100.0 * math::ln(of[&format!("{name}_2015_07")] / of[&format!("{name}_2015_01")])
    };
    let others = |half: &str| of[&format!("all_{half}")] - of[&format!("us_{half}")];
    let gap = log("us") - 100.0 * math::ln(others("2015_07") / others("2015_01"));
    for (name, expected) in [
        ("revenue_growth_second", log("us")),
        ("growth_gap_second", gap),
        ("workload_growth_second", log("work")),
    ] {
        assert!(
            (of[name] - expected).abs() < 1e-9,
            "{name}: {} {expected}",
            of[name]
        );
        assert!(expected != 0.0);
    }
}

/// Filed on 4 December 2013, decided on 25 April and 31 July 2014 (T01, T03, T04); in contempt
/// on 27 August, as drawn; mooted before the circuit on 1 June 2015, which takes 25 days more.
#[test]
fn a_path_takes_the_days_between_its_steps() {
    let of = measured(0);
    assert_eq!(
        (of["path_to_district"], of["stage_to_district"]),
        (239.0, 97.0)
    );
    assert_eq!((of["path_alone"], of["stage_alone"]), (239.0, 97.0));
    assert_eq!((of["path_mooted"], of["stage_mooted"]), (569.0, 278.0));
    assert!(of["path_otherwise"].is_nan() && of["stage_otherwise"].is_nan());
}
