//! A ruling forced, and a ruling learned: `--do` and `--given`.

use std::fs;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

const JOB: [&str; 7] = [
    "run",
    "sovereignty-2026",
    "-n",
    "24",
    "--customers",
    "200",
    "--csv",
];

fn run(sandbox: &Sandbox, out: &str, more: &[&str]) -> Ran {
    sandbox.comity(&[&JOB[..], &["-o", out], more].concat())
}

/// The rows of a table as records of text.
fn rows(sandbox: &Sandbox, result: &str, table: &str) -> Vec<csv::StringRecord> {
    let text = fs::read(sandbox.path(&format!("{result}/{table}.csv"))).unwrap();
    let mut reader = csv::Reader::from_reader(&text[..]);
    reader.records().map(Result::unwrap).collect()
}

/// How the appeal left the court, by run: outcome and day, in the scenario's world.
fn judgments(sandbox: &Sandbox, result: &str) -> Vec<(String, String, String)> {
    let steps = rows(sandbox, result, "steps").into_iter();
    let of = steps.filter(|row| &row[1] == "scenario" && &row[3] == "cjeu");
    of.map(|row| (row[0].to_owned(), row[4].to_owned(), row[6].to_owned()))
        .collect()
}

#[test]
fn a_forced_ruling_is_made_in_every_future_that_comes_to_the_court_and_moves_nothing_before_it() {
    let sandbox = Sandbox::new();
    run(&sandbox, "free", &["-q"]).well();
    run(&sandbox, "forced", &["--do", "dpf.cjeu=annulled", "-q"]).well();
    let (free, forced) = (judgments(&sandbox, "free"), judgments(&sandbox, "forced"));
    assert!(free.iter().any(|(_, outcome, _)| outcome != "annulled"));
    assert!(forced.iter().all(|(_, outcome, _)| outcome == "annulled"));
    // The same futures come there on the same days, and nowhere else is anything moved.
    let days = |of: &[(String, String, String)]| -> Vec<(String, String)> {
        let of = of.iter();
        of.map(|(run, _, day)| (run.clone(), day.clone())).collect()
    };
    assert_eq!(days(&free), days(&forced));
    let inputs = |result: &str| -> Vec<Vec<String>> {
        let text = fs::read_to_string(sandbox.path(&format!("{result}/runs.csv"))).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let drawn: Vec<usize> = (0..heads.len())
            .filter(|&at| heads[at].starts_with("in_"))
            .collect();
        assert!(!drawn.is_empty());
        let rows = reader.records().map(Result::unwrap);
        rows.map(|row| drawn.iter().map(|&at| row[at].to_owned()).collect())
            .collect()
    };
    assert_eq!(inputs("free"), inputs("forced"));
}

#[test]
fn a_forced_ruling_with_a_day_is_made_on_it() {
    let sandbox = Sandbox::new();
    let ran = run(
        &sandbox,
        "forced",
        &["--do", "dpf.cjeu=annulled@2029-06-01"],
    )
    .well();
    assert!(ran.out.contains("FORCED"), "{}", ran.out);
    assert!(ran.out.contains("on 1 Jun 2029"), "{}", ran.out);
    for (_, outcome, day) in judgments(&sandbox, "forced") {
        assert_eq!(outcome, "annulled");
        assert!(&*day >= "2029-06-01", "{day}");
    }
}

#[test]
fn what_is_given_holds_in_every_future_and_is_the_same_for_any_threads() {
    let sandbox = Sandbox::new();
    let docket = "# the docket\ndpf=open@2027-03-01\ndpf.cjeu=annulled@2027-06-01 # there\n";
    fs::write(sandbox.path("docket.txt"), docket).unwrap();
    let given = ["--given", "docket.txt"];
    let ran = run(&sandbox, "one", &[&given[..], &["-j", "1"]].concat()).well();
    run(&sandbox, "two", &[&given[..], &["-j", "2", "-q"]].concat()).well();
    for file in [
        "runs.parquet",
        "steps.parquet",
        "series.parquet",
        "summary.json",
    ] {
        let read = |result: &str| fs::read(sandbox.path(&format!("{result}/{file}"))).unwrap();
        assert_eq!(read("one"), read("two"), "{file}");
    }
    let found = judgments(&sandbox, "one");
    assert_eq!(found.len(), 24);
    for (_, outcome, day) in found {
        assert_eq!((&*outcome, &*day), ("annulled", "2027-06-01"));
    }
    assert!(ran.out.contains("GIVEN"), "{}", ran.out);
    assert!(ran.out.contains("agree with it"), "{}", ran.out);
    // A run's first attempt is the run itself, as it is without facts.
    let tried: Vec<u32> = rows(&sandbox, "one", "runs")
        .iter()
        .map(|row| row[2].parse().unwrap())
        .collect();
    assert!(tried.iter().any(|tried| *tried > 1));
    let page = fs::read_to_string(sandbox.path("one/summary.json")).unwrap();
    let page: Value = serde_json::from_str(&page).unwrap();
    let drawn = page["premises"]["drawn"].as_u64().unwrap();
    let all: u64 = tried.iter().map(|tried| u64::from(*tried)).sum();
    assert_eq!(drawn, all);
    // The frozen scenario gives the same again, and its futures can be told.
    let again = ["run", "one/scenario.toml", "-n", "24", "--customers", "200"];
    let again = [&again[..], &["-o", "again", "-q", "--csv"]].concat();
    sandbox.comity(&again).well();
    let read = |result: &str| fs::read(sandbox.path(&format!("{result}/runs.csv"))).unwrap();
    assert_eq!(read("one"), read("again"));
    sandbox.comity(&["story", "one", "--run", "20"]).well();
}

#[test]
fn what_is_wrong_is_refused_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    fs::write(
        sandbox.path("bad.txt"),
        "dpf.cjeu=annulled\ndpf.cjue=annulled\n",
    )
    .unwrap();
    fs::write(sandbox.path("latin.txt"), b"dpf.cjeu=annull\xe9").unwrap();
    for (more, message) in [
        (&["--do", "dpf.cjeu"][..], "without `=`"),
        (&["--do", "dpf.cjeu=annuled"], "did you mean `annulled`"),
        (
            &["--do", "dpf.cjeu=annulled@2040-01-01"],
            "outside what is simulated",
        ),
        (&["--given", "bad.txt"], "bad.txt:2:"),
        (&["--given", "latin.txt"], "UTF-8"),
        (&["--given", "nowhere.txt"], "nowhere.txt"),
        (&["--given", "dpf=open"], "open on which day?"),
        (&["--given", "dpf.cjeu=annulled@2025-12-01"], "history"),
        (
            &[
                "--given",
                "dpf=open@2034-10-30",
                "--given",
                "dpf.cjeu=annulled@2027-06-01",
            ],
            "none of 1000 futures drawn agrees",
        ),
        (
            &["--given", "dpf.cjeu=annulled", "--do", "dpf.cjeu=annulled"],
            "force a ruling or learn of it, not both",
        ),
        (
            &["--given", "dpf.cjeu=annulled", "-n", "5000000"],
            "at most 4194304",
        ),
    ] {
        let ran =
            sandbox.comity(&[&["run", "sovereignty-2026", "--customers", "120"], more].concat());
        assert_eq!(ran.code, Some(2), "{more:?} {ran:?}");
        assert!(ran.err.contains(message), "{message}: {}", ran.err);
    }
    assert!(!sandbox.path("output").exists());
}
