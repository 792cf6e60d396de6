//! `comity backtest --fit`: a posterior, how it is come by and used, and what is refused.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox, assert_same};

const HISTORY: &str = "\
extends = \"preska-2014\"
title = \"A past to fit\"

[backtest]
origins = [2014-10-31]
fit_until = 2015-06-30
inputs = [\"choice.exposure_weight\", \"trust.bad_weight\"]

[[observation]]
date = 2014-12-31
metric = \"stated_less_likely_eu\"
value = 40
error = 3
source = \"assumed: for a test\"
use = \"fit\"

[[observation]]
date = 2014-12-31
metric = \"trust_eu_2014\"
value = 10
error = 1
source = \"assumed: for a test, which a fit must not look at\"
use = \"validate\"
";

const FIT: [&str; 8] = [
    "backtest",
    "history.toml",
    "--fit",
    "--particles",
    "24",
    "--customers",
    "100",
    "-o",
];

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    fs::write(sandbox.path("history.toml"), HISTORY).unwrap();
    sandbox
}

fn fit(sandbox: &Sandbox, out: &str, more: &[&str]) -> Ran {
    sandbox.comity(&[&FIT[..], &[out], more].concat())
}

fn json(sandbox: &Sandbox, name: &str) -> Value {
    serde_json::from_slice(&fs::read(sandbox.path(name)).unwrap()).unwrap()
}

#[test]
fn a_fit_moves_what_was_observed_and_its_posterior_is_used() {
    let sandbox = sandbox();
    let ran = fit(&sandbox, "one", &[]).well();
    for block in ["INPUTS", "FITTED TO", "GENERATIONS", "next: comity run"] {
        assert!(ran.out.contains(block), "{}", ran.out);
    }
    assert!(
        ran.out
            .lines()
            .take_while(|line| !line.starts_with("result:"))
            .all(|l| l.chars().count() <= 100)
    );

    // Read again, and for a document.
    let again = sandbox.comity(&["backtest", "one"]).well();
    assert_eq!(again.out, ran.out);
    let document = sandbox.comity(&["backtest", "one", "--markdown"]).well();
    let text = document.out.replace('\\', "");
    let row = text
        .lines()
        .find(|line| line.starts_with("| choice.exposure_weight |"));
    assert!(text.starts_with("| INPUTS | before | after | identified |"));
    let before = row.unwrap().split(" | ").nth(1).unwrap();
    assert!(ran.out.contains(before), "{before}: {}", ran.out);

    // Far below the prior's mean of what would be seen, and reached.
    let found = json(&sandbox, "one/fit.json");
    let [prior, posterior] =
        ["prior", "posterior"].map(|when| found["observations"][0][when][0].as_f64().unwrap());
    assert_eq!(found["observations"].as_array().unwrap().len(), 1);
    assert!(
        (posterior - 40.0).abs() < (prior - 40.0).abs() / 2.0,
        "{prior} {posterior}"
    );

    // Used: every future has a row of it, and the prior stays in the scenario.
    let scenario = "extends = \"preska-2014\"\n[inputs]\nposterior = \"one/posterior.toml\"\n";
    fs::write(sandbox.path("fitted.toml"), scenario).unwrap();
    let small = [
        "run",
        "fitted.toml",
        "-n",
        "12",
        "--customers",
        "100",
        "--csv",
        "-o",
    ];
    sandbox.comity(&[&small[..], &["run"]].concat()).well();
    let rows = fs::read_to_string(sandbox.path("one/posterior.toml")).unwrap();
    let runs = fs::read_to_string(sandbox.path("run/runs.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(runs.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let columns = ["in_choice_exposure_weight", "in_trust_bad_weight"].map(at);
    for row in reader.records() {
        let row = row.unwrap();
        let values = columns.map(|at| row[at].parse::<f64>().unwrap());
        let line = format!("[{:?}, {:?}]", values[0], values[1]);
        assert!(rows.contains(&line), "{line}");
    }
    let frozen = fs::read_to_string(sandbox.path("run/scenario.toml")).unwrap();
    assert!(frozen.contains("[inputs.posterior]") && frozen.contains("exposure_weight = { dist"));

    // The frozen scenario of the result alone gives the same again.
    let again = [
        "run",
        "run/scenario.toml",
        "-n",
        "12",
        "--customers",
        "100",
        "--csv",
        "-o",
    ];
    sandbox.comity(&[&again[..], &["again"]].concat()).well();
    assert_same(&sandbox.result_files("run"), &sandbox.result_files("again"));
    let sources = sandbox
        .comity(&["check", "fitted.toml", "--sources"])
        .well();
    assert!(
        sources.out.contains("fitted: history, until 2015-06-30"),
        "{}",
        sources.out
    );
}

#[cfg(unix)]
#[test]
fn a_fit_is_the_same_for_any_threads_and_goes_on_where_it_was_stopped() {
    let sandbox = sandbox();
    fit(&sandbox, "one", &["-j", "1", "-q"]).well();
    // Stopped before anything is kept, and with the first generation kept.
    for waited_for in ["three/blocks", "three/blocks/generation-000.json"] {
        let command = [&FIT[..], &["three", "-j", "3"]].concat();
        let child = sandbox.command(&command).spawn().unwrap();
        while !sandbox.path(waited_for).exists() {
            sleep(Duration::from_millis(2));
        }
        let pid = child.id().to_string();
        let kill = std::process::Command::new("kill")
            .args(["-s", "TERM", &pid])
            .status();
        assert!(kill.unwrap().success());
        let stopped = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(stopped.code, Some(143), "{stopped:?}");
        assert!(!sandbox.path("three/manifest.json").exists());
        assert!(!sandbox.path("three/posterior.toml").exists());
    }
    fit(&sandbox, "three", &["-j", "2", "-q"]).well();
    assert_same(&sandbox.result_files("one"), &sandbox.result_files("three"));
    let again = fit(&sandbox, "three", &[]).well();
    assert!(again.err.contains("whole already"), "{}", again.err);
    assert!(!sandbox.path("output").exists());
}

#[test]
fn what_cannot_be_fitted_is_refused_before_anything_is_written() {
    let sandbox = sandbox();
    let refused = |arguments: &[&str], message: &str| {
        let ran = sandbox.comity(&[&["backtest"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(message), "{message}: {}", ran.err);
    };
    refused(&["preska-2014", "--fit"], "names no inputs to calibrate");
    refused(
        &["history.toml", "--fit", "--particles", "1"],
        "from 2 to 10000",
    );
    refused(
        &["history.toml", "--fit", "--customers", "3"],
        "cannot fill",
    );
    refused(
        &[
            "history.toml",
            "--fit",
            "-s",
            "choice.exposure_weight=1",
            "-s",
            "trust.bad_weight=2",
        ],
        "names no inputs to calibrate",
    );
    refused(&["none.toml", "--fit"], "none.toml");
    let without = HISTORY.replace("use = \"fit\"", "use = \"validate\"");
    fs::write(sandbox.path("without.toml"), without).unwrap();
    refused(
        &["without.toml", "--fit"],
        "no observation with `use = \"fit\"`",
    );
    assert!(!sandbox.path("output").exists());
}
