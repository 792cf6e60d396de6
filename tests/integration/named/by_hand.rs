//! Every metric of a named customer in one world that can be counted by hand.

use comity::result::open;

use super::run;
use crate::sandbox::Sandbox;

/// A French bank, two years, no discounting, prices that stand still. It tolerates what its
/// own government can do (0.03·1.3) and nothing of what another can (far above 0.05). Months
/// end on the last day of a calendar month.
const WORLD: &str = r#"
comity = 1
title = "By hand"
extends = "preska-2014"
baseline = ""
discount_rate_per_year = 0
[provider.microsoft]
price_trend_per_year = 0
[provider.ovh]
price_trend_per_year = 0
[belief.FR]
location_protects = 0
[region.azure-dublin]
closes = 2015-06-15
[customer.firm]
jurisdiction = "FR"
segment = "regulated"
tolerance = 0.05

# Decided on the last day of 2014, gone on 31 March 2015, at the end of month 8, in time.
[customer.firm.workload.core]
region = "azure-us"
spend_per_year = 1.2e6
leave = 2014-12-31
exit_to = "ovh-france"
exit_months = 3
exit_cost = 6e5
exit_by = 2015-06-30

# Would stay; its region closes in the middle of month 11, after the day by which it had to go.
[customer.firm.workload.mail]
region = "azure-dublin"
spend_per_year = 4e5
leave = "stay"
exit_to = "ovh-france"
exit_months = 6
exit_cost = 1e5
exit_by = 2015-05-31

[customer.firm.workload.archive]
region = "ovh-france"
spend_per_year = 4e5
"#;

/// Its metrics: name, observable, workload, window in months, and what they must be.
fn by_hand() -> Vec<(&'static str, &'static str, Option<&'static str>, u32, f64)> {
    // Dublin costs 1.05 of the list price, Roubaix and Virginia 1.
    let mail = 0.4 / 12.0 * (10.5 + 13.5 / 1.05) + 0.1;
    let cost = 2.4 + 0.6 + mail + 0.8;
    vec![
        ("cost", "customer_cost", None, 24, cost),
        ("cost_mail", "customer_cost", Some("mail"), 24, mail),
        // By the end of February 59 of the exit's 90 days are over.
        (
            "cost_core_7m",
            "customer_cost",
            Some("core"),
            7,
            0.7 + 0.6 * 59.0 / 90.0,
        ),
        (
            "exposed",
            "exposed_months",
            None,
            24,
            7.0 * 0.6 + 10.0 * 0.2,
        ),
        ("exposed_core", "exposed_months", Some("core"), 24, 7.0),
        ("above", "months_above_tolerance", None, 24, 10.0),
        ("above_9m", "months_above_tolerance", None, 9, 9.0),
        (
            "above_archive",
            "months_above_tolerance",
            Some("archive"),
            24,
            0.0,
        ),
        ("finished", "exits_finished", None, 24, 2.0),
        ("finished_8m", "exits_finished", None, 8, 1.0),
        ("finished_7m", "exits_finished", None, 7, 0.0),
        ("forced", "exits_forced", None, 24, 1.0),
        ("forced_10m", "exits_forced", None, 10, 0.0),
        ("late", "exits_late", None, 24, 1.0),
        ("late_core", "exits_late", Some("core"), 24, 0.0),
        // What all of it lies in at the end: at home, in nobody's reach but its government's.
        (
            "exposure",
            "customer_exposure",
            None,
            24,
            100.0 * 0.03 * 1.3,
        ),
        ("reach", "customer_reach_in_law", None, 24, 0.0),
        // A fifth in the archive, three fifths in Virginia, whose state reaches all.
        (
            "reach_core_1m",
            "customer_reach_in_law",
            Some("core"),
            1,
            100.0,
        ),
    ]
}

#[test]
fn every_metric_of_a_named_customer_is_what_it_is_by_hand() {
    let sandbox = Sandbox::new();
    let mut text = WORLD.to_owned();
    for (name, of, workload, months, _) in by_hand() {
        let workload = workload.map_or(String::new(), |w| format!("workload = \"{w}\"\n"));
        text += &format!(
            "[metric.{name}]\nof = \"{of}\"\ncustomer = \"firm\"\n{workload}over_months = {months}\n"
        );
    }
    run(&sandbox, "hand", &text, &["-q"]).well();
    let result = open(&sandbox.path("hand")).unwrap();
    for (name, .., expected) in by_hand() {
        let column = format!("out_{name}");
        for found in result.files().numbers("runs", &column).unwrap() {
            assert!(
                (found - expected).abs() < 1e-9,
                "{name}: {found}, {expected}"
            );
        }
    }
}
