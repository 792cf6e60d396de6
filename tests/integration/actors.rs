//! Who acts: the page, the milestones and the metrics of one job say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use comity::domain::Date;
use comity::result::table::Cells;
use comity::result::{Opened, Wanted, open};
use serde_json::Value;

use crate::sandbox::Sandbox;

const RUNS: usize = 24;

/// The shipped world, with a ban that half of the futures see and the order hastens.
const LIVELY: &str = r#"
comity = 1
title = "A livelier Germany"
extends = "preska-2014"
baseline = "calm"
[instrument.de-procurement]
most_per_year = 0.5
share_at_rest = 0.1
[metric.ban_in_force]
of = "policy_in_force"
instrument = "de-procurement"
"#;

/// A milestone: run, world, kind, subject, how, why, date.
struct Row {
    run: usize,
    world: String,
    kind: String,
    subject: String,
    how: String,
    why: String,
    date: Date,
}

fn job() -> (Sandbox, Opened) {
    let sandbox = Sandbox::new();
    let calm = LIVELY
        .replace("baseline = \"calm\"\n", "")
        .replace("share_at_rest = 0.1", "share_at_rest = 0.02");
    fs::write(
        sandbox.path("lively.toml"),
        LIVELY.replace("calm", "calm.toml"),
    )
    .unwrap();
    fs::write(sandbox.path("calm.toml"), calm).unwrap();
    let runs = RUNS.to_string();
    let job = [
        "run",
        "lively.toml",
        "-n",
        &runs,
        "--customers",
        "90",
        "-q",
        "-o",
        "it",
    ];
    sandbox.comity(&job).well();
    let opened = open(&sandbox.path("it")).unwrap();
    (sandbox, opened)
}

fn milestones(result: &Opened) -> Vec<Row> {
    let table = result.files().table("milestones", Wanted::All).unwrap();
    let words = |column: &str| match table.column(column) {
        Some(Cells::Text(cells)) => cells
            .iter()
            .map(|cell| cell.as_deref().unwrap_or("").to_owned())
            .collect::<Vec<_>>(),
        other => panic!("{column} is {other:?}"),
    };
    let runs = table.column("run").and_then(Cells::to_numbers).unwrap();
    let Some(Cells::Date(dates)) = table.column("date") else {
        panic!("no dates");
    };
    let [worlds, kinds, subjects, hows, whys] =
        ["world", "kind", "subject", "how", "why"].map(words);
    (0..table.rows())
        .map(|row| Row {
            run: runs[row] as usize,
            world: worlds[row].clone(),
            kind: kinds[row].clone(),
            subject: subjects[row].clone(),
            how: hows[row].clone(),
            why: whys[row].clone(),
            date: dates[row].unwrap(),
        })
        .collect()
}

/// Runs of a world in which some milestone is of this kind, subject and way.
fn runs_of(rows: &[Row], world: &str, (kind, subject, how): (&str, &str, &str)) -> BTreeSet<usize> {
    let alike = rows.iter().filter(|row| {
        row.world == world && row.kind == kind && row.subject == subject && row.how == how
    });
    alike.map(|row| row.run).collect()
}

fn summary(sandbox: &Sandbox) -> Value {
    serde_json::from_slice(&fs::read(sandbox.path("it/summary.json")).unwrap()).unwrap()
}

/// The shares with and without the order, and the paired difference in points, of an entry
/// of the page against the milestones.
fn assert_counted(entry: &Value, rows: &[Row], milestone: (&str, &str, &str)) {
    let [with, without] = ["scenario", "baseline"].map(|world| runs_of(rows, world, milestone));
    assert_eq!(entry["share"]["count"], with.len(), "{milestone:?}");
    assert_eq!(entry["share"]["of"], RUNS);
    assert_eq!(
        entry["without_the_order"]["count"],
        without.len(),
        "{milestone:?}"
    );
    let gained = with.difference(&without).count() as f64;
    let lost = without.difference(&with).count() as f64;
    let mean = entry["effect"]["mean"].as_f64().unwrap();
    assert!((mean - 100.0 * (gained - lost) / RUNS as f64).abs() < 1e-9);
}

#[test]
fn the_page_the_milestones_and_the_metrics_agree() {
    let (sandbox, result) = job();
    let rows = milestones(&result);
    assert_how_and_why(&rows);
    let page = summary(&sandbox);

    let policies = page["who_acts"].as_array().unwrap();
    assert_eq!(policies.len(), 7);
    for policy in policies {
        let name = policy["name"].as_str().unwrap();
        assert_counted(policy, &rows, ("policy_in_force", name, ""));
    }
    let regions = page["regions"]["regions"].as_array().unwrap();
    let opened: Vec<&Value> = regions.iter().filter(|r| r["act"] == "opened").collect();
    assert!(opened.len() > 2, "{opened:?}");
    for region in &opened {
        let name = region["name"].as_str().unwrap();
        assert_counted(region, &rows, ("region_opened", name, "build"));
    }
    // What opens on a date of the scenario does so in every run, and is not decided.
    assert_eq!(page["regions"]["opened_by_date"], 3);
    let dated = ("region_opened", "azure-germany-trustee", "dated");
    assert_eq!(runs_of(&rows, "scenario", dated).len(), RUNS);
    assert!(regions.iter().all(|r| r["name"] != "azure-germany-trustee"));

    let start: Date = "2014-07-31".parse().unwrap();
    let files = result.files();
    for (world, column) in [
        ("scenario", "out_de_ban_days"),
        ("baseline", "base_de_ban_days"),
    ] {
        let mut first = BTreeMap::new();
        let bans = rows.iter().filter(|row| {
            row.world == world && row.kind == "policy_in_force" && row.subject == "de-procurement"
        });
        for row in bans {
            first
                .entry(row.run)
                .or_insert(f64::from(row.date.days_since(start)));
        }
        assert!(world == "baseline" || first.len() > 3, "{}", first.len());
        for (run, days) in files
            .numbers("runs", column)
            .unwrap()
            .into_iter()
            .enumerate()
        {
            let expected = first.get(&run).copied().unwrap_or(f64::NAN);
            assert_eq!(days.to_bits(), expected.to_bits(), "run {run} of {world}");
        }
    }
    // It is in force at the end unless a court struck it down and it did not come again.
    let in_force = files.numbers("runs", "out_ban_in_force").unwrap();
    for (run, in_force) in in_force.into_iter().enumerate() {
        let mut of_run = rows.iter().filter(|row| {
            let policy = ["policy_in_force", "policy_ended"].contains(&&*row.kind);
            policy && row.run == run && row.world == "scenario" && row.subject == "de-procurement"
        });
        let last = of_run.next_back().map(|row| row.kind.as_str());
        assert_eq!(
            in_force != 0.0,
            last == Some("policy_in_force"),
            "run {run}"
        );
    }
}

/// Every milestone says how and why in the words of its kind.
fn assert_how_and_why(rows: &[Row]) {
    let mut seen = BTreeSet::new();
    for row in rows {
        let allowed: (&[&str], &[&str]) = match row.kind.as_str() {
            "site_decided" => (
                &["build", "convert", "close"],
                &["demand", "policy", "loss"],
            ),
            "region_opened" | "region_closed" if row.how == "dated" => (&["dated"], &[""]),
            "region_opened" => (&["build", "convert"], &["demand", "policy"]),
            "region_closed" => (&["convert", "close"], &["demand", "policy", "loss"]),
            "policy_ended" => (&["expired", "struck_down"], &[""]),
            "statute" => (&["asserts", "renounces"], &[""]),
            "case_ended" => {
                let ended = comity::domain::Ending::from_name(&row.how);
                assert!(ended.is_some(), "{}", row.how);
                continue;
            }
            "policy_proposed" | "policy_in_force" | "treaty" => (&[""], &[""]),
            other => panic!("{other}"),
        };
        let (how, why) = (row.how.as_str(), row.why.as_str());
        assert!(
            allowed.0.contains(&how) && allowed.1.contains(&why),
            "{} {how} {why}",
            row.kind
        );
        seen.insert((row.kind.clone(), how.to_owned()));
    }
    for (kind, how) in [
        ("site_decided", "build"),
        ("region_opened", "build"),
        ("region_opened", "dated"),
        ("policy_ended", "expired"),
        ("policy_in_force", ""),
    ] {
        assert!(
            seen.contains(&(kind.to_owned(), how.to_owned())),
            "{kind} {how}: {seen:?}"
        );
    }
}

#[test]
fn a_metric_of_a_policy_names_it() {
    let sandbox = Sandbox::new();
    let check = |metric: &str| {
        let text = format!("comity = 1\nextends = \"preska-2014\"\n[metric.m]\n{metric}\n");
        fs::write(sandbox.path("m.toml"), text).unwrap();
        sandbox.comity(&["check", "m.toml"])
    };
    let none = check("of = \"policy_days\"");
    assert_eq!(none.code, Some(2));
    assert!(
        none.err.contains("add `instrument = \"NAME\"`"),
        "{}",
        none.err
    );
    let near = check("of = \"policy_in_force\"\ninstrument = \"de-procurment\"");
    assert_eq!(near.code, Some(2));
    assert!(
        near.err.contains("did you mean `de-procurement`?"),
        "{}",
        near.err
    );
    let other = check("of = \"trust\"\ninstrument = \"de-procurement\"");
    assert_eq!(other.code, Some(2));
    assert!(
        other
            .err
            .contains("`trust` cannot be narrowed by `instrument`"),
        "{}",
        other.err
    );
}
