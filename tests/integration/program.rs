//! `comity run` when all is well, and what it refuses to touch.

use std::fs;

use comity::result::table::Cells;
use comity::result::{Wanted, open};
use serde_json::Value;

use crate::sandbox::{SMALL, Sandbox, assert_same};

const BLOCKS: [&str; 8] = [
    "THREE NUMBERS",
    "BY THE ORDER",
    "HOW IT ENDS",
    "SAY AND DO",
    "WHO MOVES",
    "HOW FAR TO TRUST THIS",
    "NEXT",
    "next: comity run ",
];

#[test]
fn a_run_writes_a_whole_folder_and_prints_its_page() {
    let sandbox = Sandbox::new();
    let ran = sandbox.comity(&[&["run"], &SMALL[..]].concat()).well();
    let mut rest = ran.out.as_str();
    for block in BLOCKS {
        let at = rest
            .find(block)
            .unwrap_or_else(|| panic!("no {block} in {}", ran.out));
        rest = &rest[at..];
    }
    assert!(
        ran.out.lines().all(|line| line.chars().count() < 100),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains('\u{1b}'), "no colour without a terminal");

    let line = ran
        .out
        .lines()
        .find_map(|line| line.strip_prefix("result: "));
    let result = open(&sandbox.path(line.unwrap())).unwrap();
    result.verify().unwrap();
    let manifest = &result.manifest;
    assert_eq!((manifest.runs_ok, manifest.runs_failed), (12, 0));
    assert_eq!(manifest.identity.customers, 120);
    assert_eq!(manifest.identity.seed, 1);
    assert!(manifest.identity.baseline_digest.is_some());
    let latest = open(&sandbox.path("output/preska-2014/latest")).unwrap();
    assert_eq!(latest.manifest, result.manifest);
    let there = sandbox.files(line.unwrap());
    let mut named: Vec<&String> = manifest.files.keys().collect();
    let manifest_itself = "manifest.json".to_owned();
    named.push(&manifest_itself);
    named.sort();
    assert_eq!(there.keys().collect::<Vec<_>>(), named);
    for name in [
        "scenario.toml",
        "baseline.toml",
        "summary.json",
        "series.parquet",
    ] {
        assert!(result.files().has(name), "{name}");
    }
}

#[test]
fn the_page_says_what_the_tables_hold() {
    let sandbox = Sandbox::new();
    let job = [
        "run",
        "preska-2014",
        "-n",
        "21",
        "--customers",
        "120",
        "-o",
        "out",
        "--json",
    ];
    let page: Value = serde_json::from_str(&sandbox.comity(&job).well().out).unwrap();
    let result = open(&sandbox.path("out")).unwrap();
    let column = |name: &str| result.files().numbers("runs", name).unwrap();
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let trust = &page["three_numbers"][0];
    assert_eq!(trust["name"], "trust_eu_2014");
    let typical = trust["typical"]["value"]["at"].as_f64().unwrap();
    assert_eq!(typical, median(column("out_trust_eu_2014")));
    let differences = column("diff_trust_eu_2014");
    let mean = differences.iter().sum::<f64>() / 21.0;
    assert!((trust["effect"]["mean"].as_f64().unwrap() - mean).abs() < 1e-9);
    let paths = result
        .files()
        .numbers("paths", "trust_eu_in_parent_us")
        .unwrap();
    let at_start: Vec<f64> = paths.chunks(paths.len() / 21).map(|path| path[0]).collect();
    assert_eq!(trust["at_start"].as_f64().unwrap(), median(at_start));

    let cases = result.files().table("cases", Wanted::All).unwrap();
    let words = |name: &str| match cases.column(name) {
        Some(Cells::Text(words)) => words.iter().flatten().cloned().collect(),
        _ => Vec::new(),
    };
    let rows = words("world").into_iter().zip(words("outcome"));
    let won = rows.filter(|(world, outcome)| &**world == "scenario" && &**outcome == "government");
    let endings = page["how_it_ends"]["endings"].as_array().unwrap();
    let group = endings
        .iter()
        .find(|ending| ending["group"] == "government_wins");
    let count = group.map_or(0, |group| group["share"]["count"].as_u64().unwrap());
    assert_eq!(count, won.count() as u64);
    let total = endings
        .iter()
        .map(|ending| ending["share"]["count"].as_u64().unwrap());
    assert_eq!(total.sum::<u64>(), 21);
}

#[test]
fn what_is_whole_is_reused_and_another_job_is_refused() {
    let sandbox = Sandbox::new();
    let first = sandbox.small("out", &[]).well();
    let before = sandbox.files("out");
    let again = sandbox.small("out", &[]).well();
    assert!(again.err.contains("out is whole already"), "{}", again.err);
    assert_same(&before, &sandbox.files("out"));
    // The page is the same but for the seconds, which only who simulates can tell.
    let blocks = |page: &str| page.split("12 runs ·").next().map(str::to_owned);
    assert_eq!(blocks(&again.out), blocks(&first.out));

    for (option, value, field) in [
        ("--seed", "2", "seed is 1 there and 2 here"),
        ("-n", "13", "runs is 12 there and 13 here"),
        ("--keep", "4", "keep is 3 there and 4 here"),
        (
            "--series",
            "totals",
            "series is standard there and totals here",
        ),
        ("--paths", "none", "paths is auto there and none here"),
        ("-s", "choice.classes=4", "scenario digest is "),
    ] {
        let job = if option == "-n" {
            sandbox.comity(&[
                "run",
                "preska-2014",
                "--customers",
                "120",
                "-n",
                value,
                "-o",
                "out",
            ])
        } else {
            sandbox.small("out", &[option, value])
        };
        assert_eq!(job.code, Some(2), "{job:?}");
        assert!(job.err.contains(field), "{}", job.err);
    }
    assert_same(&before, &sandbox.files("out"));
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_untouched() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("mine")).unwrap();
    fs::write(sandbox.path("mine/thesis.tex"), "years of work").unwrap();
    for more in [&[][..], &["--fresh"]] {
        let ran = sandbox.small("mine", more);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(
            ran.err.contains("thesis.tex") && ran.err.contains("--out"),
            "{}",
            ran.err
        );
        let there = sandbox.files("mine");
        assert_eq!(there.len(), 1);
        assert_eq!(there["thesis.tex"], b"years of work");
    }
}

#[test]
fn fresh_moves_the_old_result_aside() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let before = sandbox.files("out");
    sandbox.small("out", &["-q", "--fresh"]).well();
    let entries = fs::read_dir(sandbox.path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let aside: Vec<String> = names
        .filter(|name| name.starts_with("out.aside-"))
        .collect();
    assert_eq!(aside.len(), 1);
    assert_same(&before, &sandbox.files(&aside[0]));
    let mut tables = before;
    tables.remove("manifest.json");
    assert_same(&tables, &sandbox.result_files("out"));
}

#[test]
fn the_frozen_scenario_is_the_same_job() {
    let sandbox = Sandbox::new();
    let settings = ["-s", "choice.classes=3", "-s", "title='so set'"];
    sandbox
        .small("first", &[&settings[..], &["-q"]].concat())
        .well();
    let frozen = [
        "run",
        "first/scenario.toml",
        "-n",
        "12",
        "--customers",
        "120",
        "-q",
    ];
    let again = sandbox
        .comity(&[&frozen[..], &["-o", "first"]].concat())
        .well();
    assert_eq!(again.out, "first\n");
    sandbox
        .comity(&[&frozen[..], &["-o", "second"]].concat())
        .well();
    assert_same(
        &sandbox.result_files("first"),
        &sandbox.result_files("second"),
    );
    let second = open(&sandbox.path("second")).unwrap();
    assert_eq!(second.manifest.identity.scenario, "preska-2014");
}

#[test]
fn without_a_baseline_nothing_is_by_the_order() {
    let sandbox = Sandbox::new();
    let ran = sandbox.small("out", &["--no-baseline", "--csv"]).well();
    assert!(ran.out.contains("not compared"), "{}", ran.out);
    let files = sandbox.files("out");
    assert!(!files.contains_key("baseline.toml") && files.contains_key("runs.csv"));
    let head = String::from_utf8_lossy(&files["runs.csv"]);
    let head = head.lines().next().unwrap().to_owned();
    assert!(
        head.contains("out_case_days") && !head.contains("diff_case_days"),
        "{head}"
    );
}

#[test]
fn the_market_benchmark_has_its_own_page() {
    let sandbox = Sandbox::new();
    let job = ["run", "bench-market", "-n", "12", "--customers", "240"];
    let ran = sandbox.comity(&job).well();
    assert!(
        ran.out.contains("million customer-months a second"),
        "{}",
        ran.out
    );
    let json = sandbox.comity(&[&job[..], &["--json"]].concat()).well();
    let page: Value = serde_json::from_str(&json.out).unwrap();
    let shares = page["shares"].as_array().unwrap();
    let value = |share: &Value| share["percent"]["value"]["at"].as_f64().unwrap();
    let total: f64 = shares.iter().map(value).sum();
    assert_eq!(shares.len(), 12);
    assert!((total - 100.0).abs() < 1e-9, "{total}");
}

#[test]
fn an_option_is_another_job_in_the_scenario_alone() {
    let sandbox = Sandbox::new();
    let page = |out: &str, more: &[&str]| -> Value {
        let ran = sandbox.small(out, &[more, &["--json", "--csv"]].concat());
        serde_json::from_str(&ran.well().out).unwrap()
    };
    let plain = page("plain", &[]);
    let comply = page("comply", &["--option", "comply"]);
    assert_eq!(plain["header"]["option"], Value::Null);
    let title = "produce the data, and give in to such orders";
    assert_eq!(comply["header"]["option"], title);
    // Microsoft gives in, so the case ends so in every future; without the order in none.
    let column = |out: &str, table: &str, name: &str| -> Vec<String> {
        let text = fs::read_to_string(sandbox.path(out).join(format!("{table}.csv"))).unwrap();
        let mut lines = text.lines();
        let at = lines
            .next()
            .unwrap()
            .split(',')
            .position(|head| head == name);
        let cell = |line: &str| line.split(',').nth(at.unwrap()).unwrap().to_owned();
        lines.map(cell).collect()
    };
    let worlds = column("comply", "cases", "world");
    for (world, outcome) in worlds.iter().zip(column("comply", "cases", "outcome")) {
        assert_eq!(
            world == "scenario",
            outcome == "complied",
            "{world} {outcome}"
        );
    }
    // The world without the order is the same, bit for bit.
    for metric in [
        "base_trust_eu_2014",
        "base_case_days",
        "base_us_share_eu_2022",
    ] {
        assert_eq!(
            column("comply", "runs", metric),
            column("plain", "runs", metric)
        );
    }
    // The frozen scenario is under the option, and is the same job.
    let frozen = "comply/scenario.toml";
    let text = fs::read_to_string(sandbox.path(frozen)).unwrap();
    assert!(text.contains("\nunder = \"comply\"\n"));
    let again = [
        "run",
        frozen,
        "-n",
        "12",
        "--customers",
        "120",
        "--csv",
        "-o",
        "again",
    ];
    let ran = sandbox.comity(&again).well();
    assert!(
        ran.out.contains(&format!("Microsoft decides: {title}")),
        "{}",
        ran.out
    );
    assert_eq!(
        column("again", "runs", "out_trust_eu_2014"),
        column("comply", "runs", "out_trust_eu_2014")
    );
}
