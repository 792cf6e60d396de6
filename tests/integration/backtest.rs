//! `comity backtest`: a small record forecast, its table, its files, and what is refused.

use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::hostile::answered;
use crate::sandbox::{Ran, Sandbox, assert_same};

const SMALL: [&str; 5] = ["record.toml", "-n", "50", "--customers", "300"];
const TINY: [&str; 5] = ["record.toml", "-n", "10", "--customers", "60"];

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let record = include_str!("backtest/record.toml");
    fs::write(sandbox.path("record.toml"), record).unwrap();
    sandbox
}

fn backtest(sandbox: &Sandbox, job: &[&str], more: &[&str]) -> Ran {
    sandbox.comity(&[&["backtest"], job, more].concat())
}

/// What `--json` says of a backtest that went well, whatever it warns of.
fn json(sandbox: &Sandbox, job: &[&str], more: &[&str]) -> Value {
    let ran = backtest(sandbox, job, &[more, &["--json"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn a_record_is_forecast_scored_and_shown_again() {
    let sandbox = sandbox();
    let first = backtest(&sandbox, &SMALL, &["-o", "out"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(first.out.lines().all(|line| line.chars().count() < 100));
    insta::assert_snapshot!("backtest_table", first.out);
    let before = sandbox.files("out");

    // The same command shows the same, and so does its folder.
    let again = backtest(&sandbox, &SMALL, &["-o", "out"]);
    assert!(again.err.contains("whole already"), "{again:?}");
    assert_eq!(again.out, first.out);
    assert_same(&sandbox.files("out"), &before);
    let shown = sandbox.comity(&["backtest", "out", "--markdown"]).well();
    insta::assert_snapshot!("backtest_markdown", shown.out);

    // Threads change no byte of it.
    let other = backtest(&sandbox, &SMALL, &["-o", "other", "-j", "3"]);
    assert_eq!(other.code, Some(0));
    let (out, other) = (sandbox.files("out"), sandbox.files("other"));
    for name in [
        "scores.csv",
        "scores.parquet",
        "origins.csv",
        "backtest.json",
    ] {
        assert!(out[name] == other[name], "{name}");
    }

    // A row for each observation and each origin before it, of which one is its own.
    let scores = String::from_utf8(out["scores.csv"].clone()).unwrap();
    let mut reader = csv::Reader::from_reader(scores.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2 + 3 + 4 + 4 + 4 + 3 + 4 + 4);
    assert!(rows.iter().all(|row| row[at("date")] > row[at("origin")]));
    let own = rows.iter().filter(|row| &row[at("own")] == "true");
    assert_eq!(own.count(), 8);
    let dictionary = String::from_utf8(out["dictionary.csv"].clone()).unwrap();
    for column in &header {
        assert!(
            dictionary.contains(&format!("scores,{column},")),
            "{column}"
        );
    }
}

#[test]
fn facts_given_are_other_forecasts_than_facts_withheld() {
    let sandbox = sandbox();
    let withheld = json(&sandbox, &TINY, &["-o", "withheld"]);
    let given = json(&sandbox, &TINY, &["-o", "given", "--given"]);
    let facts = |of: &Value, at: usize| of["origins"][at]["facts_known"].as_u64().unwrap();
    assert_eq!(facts(&withheld, 0) + 1, facts(&given, 0));
    assert_eq!(withheld["origins"][0]["facts_withheld"][0], "finding");
    // From where the finding was known already, nothing differs.
    let mean = |of: &Value, at: usize| number(&of["observations"][at]["scored"]["mean"]);
    let trust = 5;
    assert_eq!(withheld["observations"][trust]["metric"], "trust_2016");
    assert_eq!(mean(&withheld, trust), mean(&given, trust));
    // From before, it does: two ensembles against one.
    let ensembles = |name: &str| {
        fs::read_dir(sandbox.path(name).join("origins"))
            .unwrap()
            .count()
    };
    assert_eq!((ensembles("withheld"), ensembles("given")), (2, 1));
    let scores = |name: &str| sandbox.files(name)["scores.csv"].clone();
    assert!(scores("withheld") != scores("given"));
    // Without learning every future counts as one.
    let alike = json(&sandbox, &TINY, &["-o", "alike", "--no-learning"]);
    for origin in alike["origins"].as_array().unwrap() {
        assert!((number(&origin["effective"]) - 10.0).abs() < 1e-9);
    }
}

#[test]
fn shuffled_dates_score_worse() {
    let sandbox = sandbox();
    let score = |of: &Value| {
        let pooled = of["pooled"].as_array().unwrap().iter();
        pooled
            .map(|one| number(&one["crps_standardised"]))
            .sum::<f64>()
    };
    // The values of the record rise with time, as they do in the futures.
    let honest = score(&json(&sandbox, &TINY, &["-o", "honest", "--no-learning"]));
    let shuffled = ["-o", "shuffled", "--no-learning", "--shuffle-dates", "2"];
    let shuffled = score(&json(&sandbox, &TINY, &shuffled));
    assert!(shuffled > honest, "{shuffled} against {honest}");
}

#[test]
fn a_table_of_ones_own_is_forecast_too() {
    let sandbox = sandbox();
    let header = "date,metric,value,error,source,use,forecast_from";
    let row = "2016-12-31,trust_eu_2016,55,2,assumed: mine,validate,2015-12-31";
    fs::write(sandbox.path("my.csv"), format!("{header}\n{row}\n")).unwrap();
    let told = json(&sandbox, &TINY, &["-o", "mine", "--observations", "my.csv"]);
    let mine = &told["observations"][8];
    assert_eq!(
        (&mine["metric"], &mine["origin"]),
        (&"trust_eu_2016".into(), &"2015-12-31".into())
    );
    let frozen = fs::read_to_string(sandbox.path("mine").join("scenario.toml")).unwrap();
    assert!(frozen.contains("source = \"assumed: mine\""), "{frozen}");

    let before = sandbox.files("");
    for (table, says) in [
        ("", "no line with the names of the columns"),
        (
            "date,metrc,value,error,source,use\n",
            "did you mean `metric`?",
        ),
        (
            &format!("{header}\n2016-12-31,trust_eu,55,2,assumed: a,fit,\n"),
            "my.csv:2:12",
        ),
        (
            &format!("{header}\n2016-13-31,trust_eu_2016,55,2,assumed: a,fit,\n"),
            "my.csv:2:1",
        ),
        (
            &format!("{header}\n2016-12-31,trust_eu_2016,x,2,assumed: a,fit,\n"),
            "my.csv:2:26",
        ),
        (
            &format!("{header}\n2016-12-31,trust_eu_2016,5\n"),
            "this row has 3 cells",
        ),
        (
            &format!("{header}\n2016-12-31,trust_eu_2016,5,-1,assumed: a,fit,\n"),
            "my.csv:2:28",
        ),
        ("\0\"\n,,", "no column"),
    ] {
        fs::write(sandbox.path("my.csv"), table).unwrap();
        let ran = backtest(&sandbox, &TINY, &["-o", "no", "--observations", "my.csv"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(says), "{says}: {ran:?}");
    }
    fs::write(sandbox.path("my.csv"), b"\xff\xfe").unwrap();
    for file in ["my.csv", "missing.csv", ".", "/dev/zero"] {
        let ran = backtest(&sandbox, &TINY, &["-o", "no", "--observations", file]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
    }
    fs::remove_file(sandbox.path("my.csv")).unwrap();
    let mut before = before;
    before.remove("my.csv");
    assert_same(&sandbox.files(""), &before);
}

#[test]
fn what_cannot_be_forecast_is_refused_before_anything_is_written() {
    let sandbox = sandbox();
    let bad: [(&[&str], &str); 9] = [
        (&["preska-2014"], "no [[observation]]"),
        (&["preska-2041"], "did you mean"),
        (&["record.toml", "-n", "0"], "--runs"),
        (&["record.toml", "--shuffle-dates", "x"], "--shuffle-dates"),
        (&["record.toml", "--json", "--markdown"], "cannot be used"),
        (&["record.toml", "--customers", "3"], "cannot fill"),
        (
            &["record.toml", "--option", "comply"],
            "unexpected argument",
        ),
        (&["record.toml", "--fit-until", "2"], "unexpected argument"),
        (&[], "TARGET"),
    ];
    for (arguments, says) in bad {
        let ran = answered(&sandbox, &[&["backtest"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(says), "{says}: {ran:?}");
    }
    // One observation says itself from where it is forecast; without it there is none.
    let unsaid = include_str!("backtest/record.toml").replace("forecast_from = 2014-07-31", "");
    let (head, rest) = unsaid.split_once("[backtest]").unwrap();
    let (_, rows) = rest.split_once("[[observation]]").unwrap();
    let unsaid = format!("{head}[[observation]]{rows}");
    fs::write(sandbox.path("unsaid.toml"), unsaid).unwrap();
    let ran = answered(&sandbox, &["backtest", "unsaid.toml"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("from which day"), "{ran:?}");
    fs::remove_file(sandbox.path("unsaid.toml")).unwrap();
    assert_eq!(sandbox.files("").len(), 1);

    // A result of a run is none of a backtest, and the other way round.
    sandbox.small("run", &[]).well();
    let ran = answered(&sandbox, &["backtest", "run"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("backtest run/scenario.toml"), "{ran:?}");
    assert_eq!(backtest(&sandbox, &TINY, &["-o", "out"]).code, Some(0));
    let ran = answered(&sandbox, &["run", "out"]);
    assert_eq!(ran.code, Some(2));
    let ran = answered(&sandbox, &["backtest", "out", "-n", "5"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("only read"), "{ran:?}");
    // Another job at its place.
    let ran = backtest(&sandbox, &TINY, &["-o", "out", "--given"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("given"), "{ran:?}");
}

#[test]
#[cfg(unix)]
fn an_interrupted_backtest_goes_on() {
    let sandbox = sandbox();
    let arguments = [&["backtest"], &TINY[..], &["-o", "out", "-j", "1"]].concat();
    let mut child = sandbox.command(&arguments).spawn().unwrap();
    // Once the first ensemble is whole, the second is at work.
    let first = sandbox.path("out/origins/2014-07-31/manifest.json");
    for _ in 0..1_200 {
        if first.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let killed = Command::new("kill").arg(child.id().to_string()).status();
    assert!(killed.unwrap().success());
    let code = child.wait().unwrap().code();
    assert_eq!(code, Some(143));
    assert!(!sandbox.path("out/manifest.json").exists());
    assert!(!sandbox.path("out/backtest.json").exists());
    let whole = fs::metadata(&first).unwrap().modified().unwrap();
    let ran = backtest(&sandbox, &TINY, &["-o", "out"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // What was done is not done again, and the end is as without the interruption.
    assert_eq!(fs::metadata(&first).unwrap().modified().unwrap(), whole);
    assert_eq!(backtest(&sandbox, &TINY, &["-o", "straight"]).code, Some(0));
    let (gone_on, straight) = (sandbox.files("out"), sandbox.files("straight"));
    for name in ["scores.csv", "backtest.json"] {
        assert!(gone_on[name] == straight[name], "{name}");
    }
}
