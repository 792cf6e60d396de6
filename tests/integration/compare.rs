//! `comity compare`: options in the same futures, and what is refused.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::sandbox::{Ran, SMALL, Sandbox, assert_same};

/// The small job under three options of its decision.
fn compared(sandbox: &Sandbox, out: &str, more: &[&str]) -> Ran {
    let only = ["--only", "comply,contest,contempt", "-o", out];
    sandbox.comity(&[&["compare"], &SMALL[..], &only, more].concat())
}

/// Manifests say when and where.
fn without_manifests(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let files = files.into_iter();
    files
        .filter(|(name, _)| !name.ends_with("manifest.json"))
        .collect()
}

fn column(text: &str, name: &str) -> Vec<f64> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let at = heads.iter().position(|head| head == name).unwrap();
    let rows = reader.records().map(|row| row.unwrap()[at].parse());
    rows.map(Result::unwrap).collect()
}

#[test]
fn options_are_compared_in_the_same_futures_as_run_simulates() {
    let sandbox = Sandbox::new();
    let ran = compared(&sandbox, "out", &[]).well();
    for said in [
        "ANSWER",
        "OPTIONS, in USD",
        "AND ALSO",
        "HOW FAR TO TRUST",
        "comity story",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    // The same futures as those of each option alone, future by future.
    let alone = |place: usize, option: &str| {
        let more = ["--option", option, "--no-baseline", "--csv", "-q"];
        sandbox.small(option, &more).well();
        let ours = format!("out/options/{place}-{option}/runs.parquet");
        let ours = fs::read(sandbox.path(&ours)).unwrap();
        let same = fs::read(sandbox.path(&format!("{option}/runs.parquet"))).unwrap();
        assert_eq!(ours, same, "{option}");
        let text = fs::read_to_string(sandbox.path(&format!("{option}/runs.csv"))).unwrap();
        column(&text, "out_npv_microsoft")
    };
    let comply = alone(1, "comply");
    let (contest, contempt) = (alone(2, "contest"), alone(3, "contempt"));
    // What is told is what follows from them.
    let text = fs::read_to_string(sandbox.path("out/differences.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let told: Vec<(String, f64)> = reader
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[2] == "npv_microsoft")
        .map(|row| (row[0].to_owned(), row[5].parse().unwrap()))
        .collect();
    let mean = |option: &[f64]| {
        let differences = option.iter().zip(&comply).map(|(a, b)| a - b);
        differences.sum::<f64>() / comply.len() as f64
    };
    assert_eq!(told.len(), 2);
    for ((name, found), option) in told.iter().zip([&contest, &contempt]) {
        let expected = mean(option);
        assert!(
            (found - expected).abs() < 1e-6 * expected.abs().max(1.0),
            "{name}: {found}, {expected}"
        );
    }
    let regrets = fs::read_to_string(sandbox.path("out/options.csv")).unwrap();
    let regrets = column(&regrets, "regret");
    let best = (0..comply.len()).map(|at| comply[at].max(contest[at]).max(contempt[at]));
    let regret = best.zip(&contest).map(|(best, own)| best - own);
    let regret = regret.sum::<f64>() / comply.len() as f64;
    assert!((regrets[1] - regret).abs() < 1e-6 * regret.max(1.0));
    let dated = fs::read_to_string(sandbox.path("out/over_time.csv")).unwrap();
    assert!(dated.lines().count() > 100, "{dated}");
}

#[test]
fn a_comparison_is_the_same_for_any_threads_is_gone_on_with_and_shown_again() {
    let sandbox = Sandbox::new();
    compared(&sandbox, "one", &["-j", "1", "-q"]).well();
    let ran = compared(&sandbox, "three", &["-j", "3"]).well();
    let files = sandbox.result_files("one");
    let theirs = sandbox.result_files("three");
    assert_same(&without_manifests(files), &without_manifests(theirs));

    let again = compared(&sandbox, "three", &[]).well();
    assert!(again.err.contains("whole already"), "{}", again.err);
    let shown = sandbox.comity(&["compare", "three"]).well();
    let body = |text: &str| text.split("runs · ").next().unwrap().to_owned();
    assert_eq!(body(&shown.out), body(&ran.out));
    insta::assert_snapshot!("compare_small", shown.out);

    let page = sandbox.comity(&["compare", "three", "--json"]).well();
    let page: Value = serde_json::from_str(&page.out).unwrap();
    assert_eq!(page["options"][2]["name"], "contempt");
    assert!(page["compared"]["verdict"]["say"].is_string());
}

#[cfg(unix)]
#[test]
fn an_interrupted_comparison_goes_on_where_it_was_stopped() {
    let sandbox = Sandbox::new();
    compared(&sandbox, "whole", &["-q"]).well();
    let job = ["--only", "comply,contest,contempt", "-o", "stopped", "-q"];
    let job = [&["compare"], &SMALL[..], &job].concat();
    let child = sandbox.command(&job).spawn().unwrap();
    let first = sandbox.path("stopped/options/1-comply/manifest.json");
    while !first.exists() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let kill = std::process::Command::new("kill")
        .args(["-s", "TERM", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    let stopped = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(stopped.code, Some(143), "{stopped:?}");
    assert!(!sandbox.path("stopped/manifest.json").exists());
    assert!(!sandbox.path("stopped/summary.json").exists());
    let before = fs::read(&first).unwrap();
    sandbox.comity(&job).well();
    // The first option was not simulated again.
    assert_eq!(before, fs::read(&first).unwrap());
    let files = |name: &str| without_manifests(sandbox.result_files(name));
    assert_same(&files("whole"), &files("stopped"));
}

#[test]
fn several_scenarios_are_compared_by_a_metric_that_all_have() {
    let sandbox = Sandbox::new();
    let ran = sandbox.comity(&[
        "compare",
        "preska-2014",
        "no-order",
        "--of",
        "trust_eu_2014",
        "-n",
        "12",
        "--customers",
        "120",
        "--against",
        "no-order",
    ]);
    let ran = ran.well();
    assert!(ran.out.contains("2 scenarios"), "{}", ran.out);
    assert!(ran.out.contains("against no-order"), "{}", ran.out);
    assert!(ran.out.contains("result: output/preska-2014/compare-"));
}

#[test]
fn what_cannot_be_compared_is_refused_before_anything_is_written() {
    let sandbox = Sandbox::new();
    let refused = |arguments: &[&str], message: &str| {
        let ran = sandbox.comity(&[&["compare"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(message), "{message}: {}", ran.err);
    };
    refused(&["record-2011"], "has no [decision]");
    refused(&["bench-market", "no-order"], "market benchmark");
    refused(
        &["preska-2014", "--of", "trust_eu_2015"],
        "did you mean `trust_eu_2014`?",
    );
    refused(&["preska-2014", "--only", "comply"], "nothing to compare");
    refused(
        &["preska-2014", "--only", "comply,contst"],
        "did you mean `contest`?",
    );
    refused(&["preska-2014", "--against", "nobody"], "there are comply");
    refused(&["preska-2014", "schrems-2015"], "over the same time");
    refused(&["preska-2014", "preska-2014"], "two of the scenarios");
    let neutral = [
        "--of",
        "trust_eu_2014",
        "-s",
        "metric.trust_eu_2014.better=neutral",
    ];
    refused(
        &[&["preska-2014"], &neutral[..]].concat(),
        "neither more nor less",
    );
    refused(&["none"], "none");
    assert!(!sandbox.path("output").exists());

    sandbox.small("run", &["-q"]).well();
    refused(&["run"], "is a result of `comity run`");
    compared(&sandbox, "out", &["-q"]).well();
    refused(&["out", "-n", "20"], "which is only read");
    refused(&["out", "preska-2014"], "give it alone");
}

/// The lever is an input that is drawn unless it is moved.
#[test]
fn a_lever_is_moved_until_another_option_is_best() {
    let sandbox = Sandbox::new();
    let only = [
        "--only",
        "comply,contest",
        "--levers",
        "exposure",
        "-o",
        "out",
    ];
    let ran = sandbox
        .comity(&[&["compare"], &SMALL[..], &only].concat())
        .well();
    let block = ran.out.split("WHAT WOULD CHANGE IT").nth(1).unwrap();
    assert!(block.contains(" leads "), "{block}");
    let page = sandbox.comity(&["compare", "out", "--json"]).well();
    let page: Value = serde_json::from_str(&page.out).unwrap();
    let threshold = &page["compared"]["thresholds"][0];
    assert_eq!(threshold["lever"], "exposure");
    assert_eq!(threshold["range"], serde_json::json!([0.6, 2.2]));
    // Each end was simulated with the lever at it.
    for (end, value) in [("0.6", 0.6), ("2.2", 2.2)] {
        let text = format!("out/levers/exposure/{end}/1-comply/scenario.toml");
        let text = fs::read_to_string(sandbox.path(&text)).unwrap();
        let frozen: toml::Table = text.parse().unwrap();
        assert_eq!(frozen["choice"]["exposure_weight"].as_float(), Some(value));
    }
    let unknown = ["compare", "preska-2014", "--levers", "exposur"];
    let ran = sandbox.comity(&unknown);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("did you mean `exposure`?"), "{}", ran.err);
}

#[test]
fn options_are_compared_only_where_the_same_futures_agree_with_what_is_given() {
    let sandbox = Sandbox::new();
    let size = ["-n", "12", "--customers", "120"];
    let given = ["--given", "dpf.cjeu=annulled@2027-06-01"];
    let job = [&["compare", "sovereignty-2026"], &size[..], &given].concat();
    let ran = sandbox.comity(&job).well();
    assert!(ran.out.contains("GIVEN"), "{}", ran.out);
    assert!(ran.out.contains("agree with it, of"), "{}", ran.out);
    let forced = [
        &["compare", "sovereignty-2026"],
        &size[..],
        &["--do", "dpf.cjeu=annulled"],
    ];
    let ran = sandbox.comity(&forced.concat()).well();
    assert!(ran.out.contains("FORCED"), "{}", ran.out);
    // Whether the case is open in a year depends on whether it is contested.
    let given = [
        "--only",
        "contest,keys",
        "--given",
        "ms-ireland=open@2015-06-01",
    ];
    let ran = sandbox.comity(&[&["compare", "preska-2014"], &size[..], &given].concat());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("other futures agree"), "{}", ran.err);
}
