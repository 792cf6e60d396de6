//! `--until`: futures until something is known so surely.

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox, assert_same};

/// A market over half a year, which is soon simulated.
const SHORT: &str = include_str!("until/short.toml");
const BASE: &str = include_str!("until/short-base.toml");
const RUN: [&str; 5] = ["run", "short.toml", "--series", "totals", "-o"];
/// Known to within half a point from the first look on.
const ASKED: [&str; 4] = ["--until", "trust_eu=0.5", "-n", "5000"];

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    fs::write(sandbox.path("short.toml"), SHORT).unwrap();
    fs::write(sandbox.path("short-base.toml"), BASE).unwrap();
    sandbox
}

/// Alone: half the work.
fn until(sandbox: &Sandbox, out: &str, more: &[&str]) -> Ran {
    sandbox.comity(&[&RUN[..], &[out, "--no-baseline"], more].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn it_stops_when_what_is_asked_is_known_and_says_so() {
    let sandbox = sandbox();
    let ran = until(&sandbox, "out", &[&ASKED[..], &["--json"]].concat()).well();
    let page = json(&ran.out);
    let enough = &page["enough"];
    let stopped = enough["stopped_at"].as_u64().unwrap();
    assert!(
        (300..5000).contains(&stopped) && stopped.is_multiple_of(100),
        "{stopped}"
    );
    assert_eq!(enough["allowed"], 5000);
    let reached = &enough["asked"][0];
    assert_eq!(reached["name"], "trust_eu.median");
    assert_eq!(reached["holds"], true);
    assert!(reached["reached"]["error"].as_f64().unwrap() <= 0.5);
    // What the page says of the metric itself is the same figure.
    let numbers = page["three_numbers"].as_array().unwrap();
    let number = numbers.iter().find(|n| n["name"] == "trust_eu").unwrap();
    assert_eq!(number["typical"], reached["reached"]);
    assert_eq!(page["footer"]["runs"], stopped);

    // All readers know how many futures there are.
    let shown = sandbox.comity(&["run", "out"]).well().out;
    let of_most = format!("stopped at {stopped} futures, of at most 5,000");
    assert!(shown.contains(&of_most), "{shown}");
    assert!(shown.contains(&format!("-n {}", 4 * stopped)), "{shown}");
    let listed = json(&sandbox.comity(&["list", ".", "--json"]).well().out);
    assert_eq!(listed["results"][0]["runs"], stopped, "{listed}");
    let last = (stopped - 1).to_string();
    sandbox.comity(&["story", "out", "--run", &last]).well();
    let beyond = sandbox.comity(&["story", "out", "--run", &stopped.to_string()]);
    assert_eq!(beyond.code, Some(2), "{beyond:?}");
    assert!(beyond.err.contains(&last), "{}", beyond.err);
    let again = until(&sandbox, "out", &ASKED).well();
    assert!(again.err.contains("whole already"), "{}", again.err);

    // Its tables are those of a job of so many futures, whatever the threads and however often
    // it was killed.
    let runs = stopped.to_string();
    until(&sandbox, "fixed", &["-n", &runs, "-q"]).well();
    let alone = [&ASKED[..], &["-q", "-j", "1"]].concat();
    for milliseconds in [100, 700, 1500] {
        let job = [&RUN[..], &["one", "--no-baseline"], &alone].concat();
        let mut command = sandbox.command(&job);
        let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = silent.spawn().unwrap();
        sleep(Duration::from_millis(milliseconds));
        let _ = child.kill(); // it may have ended by itself
        child.wait().unwrap();
    }
    until(&sandbox, "one", &alone).well();
    let mut out = sandbox.result_files("out");
    assert_same(&out, &sandbox.result_files("one"));
    let mut fixed = sandbox.result_files("fixed");
    for files in [&mut out, &mut fixed] {
        assert!(files.remove("summary.json").is_some());
    }
    assert_same(&out, &fixed);
}

#[test]
fn what_the_most_allowed_does_not_reach_is_said() {
    let sandbox = sandbox();
    let asked = ["--until", "trust_eu.mean=0.01%", "-n", "64"];
    let ran = until(&sandbox, "out", &asked).well();
    assert!(
        ran.out
            .contains("NOT reached with the most allowed, 64 futures"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("would do") || ran.out.contains("more than can be"),
        "{}",
        ran.out
    );
    let page = json(&sandbox.comity(&["run", "out", "--json"]).well().out);
    let reached = &page["enough"]["asked"][0];
    let (error, within) = (
        reached["reached"]["error"].as_f64().unwrap(),
        reached["within"].as_f64().unwrap(),
    );
    // The error falls with the square root: to two digits, up.
    let needed = 64.0 * (error / within) * (error / within);
    let told = reached["needed"].as_f64().unwrap();
    assert!(needed <= told && told <= 1.11 * needed, "{needed} {told}");
}

#[test]
fn an_effect_and_a_quantile_can_be_asked_for() {
    let sandbox = sandbox();
    let asked = [
        "--until",
        "trust_eu.effect=4",
        "--until",
        "case_open.effect=10",
        "--until",
        "case_days.p10=30",
        "-n",
        "40",
        "-q",
    ];
    sandbox
        .comity(&[&RUN[..], &["out"], &asked].concat())
        .well();
    let page = json(&sandbox.comity(&["run", "out", "--json"]).well().out);
    let names: Vec<&str> = page["enough"]["asked"]
        .as_array()
        .unwrap()
        .iter()
        .map(|asked| asked["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["case_days.p10", "case_open.effect", "trust_eu.effect"]
    );
    let effect = &page["enough"]["asked"][2]["reached"];
    let numbers = page["three_numbers"].as_array().unwrap();
    let number = numbers.iter().find(|n| n["name"] == "trust_eu").unwrap();
    assert_eq!(effect["error"], number["effect"]["error"]);
    // Of a chance: that of Newcombe, which has a width at any count.
    let chance = &page["enough"]["asked"][1]["reached"]["error"];
    let effects = page["by_the_order"].as_array().unwrap();
    let row = effects.iter().find(|n| n["name"] == "case_open").unwrap();
    assert_eq!(chance, &row["effect"]["error"]);
    assert!(chance.as_f64().unwrap() > 2.0, "{chance}");
}

#[test]
fn what_cannot_be_asked_is_refused_and_nothing_is_written() {
    let sandbox = sandbox();
    for (text, mend) in [
        ("", "METRIC=WIDTH"),
        ("trust_eu", "METRIC=WIDTH"),
        ("trust_eu=", "is no width"),
        ("trust_eu=-1", "is no width"),
        ("trust_eu=0", "is no width"),
        ("trust_eu=NaN", "is no width"),
        ("trust_eu=1e999", "is no width"),
        ("trust_eu=0%", "is no width"),
        ("trust_ue=1", "did you mean `trust_eu`?"),
        ("trust_eu.mena=1", "did you mean `mean`?"),
        ("trust_eu.p100=1", "p1 to p99"),
        ("trust_eu.effect=1", "without a baseline"),
        ("trust_eu.share=1", "leave out .share"),
        ("\u{1b}[31m=1", "there is no metric"),
    ] {
        let ran = until(&sandbox, "out", &["--until", text]);
        assert_eq!(ran.code, Some(2), "{text}: {ran:?}");
        assert!(ran.err.contains(mend), "{text}: {}", ran.err);
        assert!(!ran.err.contains('\u{1b}'), "{}", ran.err);
    }
    let twice = ["--until", "trust_eu=1", "--until", "trust_eu.median=2"];
    let ran = until(&sandbox, "out", &twice);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("asked for twice"), "{}", ran.err);
    assert_eq!(sandbox.files("").len(), 2, "nothing is written");
    let ran = sandbox.comity(&["run", "bench-market", "--until", "x=1"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("benchmark"),
        "{ran:?}"
    );
}

/// By what two options are near each other and one is not.
const COMPARE: [&str; 9] = [
    "compare",
    "short.toml",
    "--only",
    "comply,keys,elsewhere",
    "--of",
    "acted",
    "--until",
    "1%",
    "-n",
];

#[test]
fn options_that_are_hard_to_tell_apart_are_given_more_futures() {
    let sandbox = sandbox();
    let compare = |out: &str, more: &[&str]| {
        sandbox.comity(&[&COMPARE[..], &["400", "-o", out], more].concat())
    };
    let page = json(&compare("out", &["--json"]).well().out);
    let rounds = &page["rounds"];
    let given: Vec<u64> = rounds["futures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_u64().unwrap())
        .collect();
    let [comply, keys, elsewhere] = given[..] else {
        panic!("{given:?}")
    };
    // Both that lead have as many, what lies far behind has fewer.
    assert!(
        keys == elsewhere && keys > comply && comply >= 200,
        "{given:?}"
    );
    assert_eq!(page["footer"]["runs"], comply);
    let judged = &page["compared"]["judged"]["options"];
    let pair = |option: usize| judged[option]["against_reference"]["futures"].as_u64();
    assert_eq!((pair(1), pair(2)), (Some(comply), Some(comply)));
    let near = [1, 2].map(|option| judged[option]["behind_best"]["futures"].as_u64());
    assert!(near.contains(&Some(keys)), "{near:?}");
    let shown = sandbox.comity(&["compare", "out"]).well().out;
    assert!(shown.contains("ENOUGH RUNS"), "{shown}");
    assert!(
        shown.contains(&format!("over the {comply} that")),
        "{shown}"
    );

    // The futures of an option are those of a run, from the first on.
    let alone = [
        "run",
        "short.toml",
        "--option",
        "keys",
        "--no-baseline",
        "-n",
    ];
    let runs = keys.to_string();
    let how = [&runs, "--series", "totals", "-q", "-o", "keys"];
    sandbox.comity(&[&alone[..], &how].concat()).well();
    let ours = fs::read(sandbox.path("out/options/2-keys/runs.parquet")).unwrap();
    assert_eq!(ours, fs::read(sandbox.path("keys/runs.parquet")).unwrap());

    // However often it is killed, and on one thread, the same.
    for milliseconds in [300, 2000, 5000] {
        let job = [&COMPARE[..], &["400", "-q", "-j", "1", "-o", "one"]].concat();
        let mut command = sandbox.command(&job);
        let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = silent.spawn().unwrap();
        sleep(Duration::from_millis(milliseconds));
        let _ = child.kill(); // it may have ended by itself
        child.wait().unwrap();
    }
    compare("one", &["-q", "-j", "1"]).well();
    let files = |name: &str| {
        let mut files = sandbox.files(name);
        files.retain(|name, _| !name.ends_with("manifest.json"));
        files
    };
    assert_same(&files("one"), &files("out"));
}

#[test]
fn a_comparison_is_not_until_nonsense() {
    let sandbox = sandbox();
    for text in ["", "x", "0", "-1", "NaN", "1e999", "acted=1", "-5%"] {
        let ran = sandbox.comity(&["compare", "short.toml", "--until", text]);
        assert_eq!(ran.code, Some(2), "{text}: {ran:?}");
        assert!(ran.err.contains("is no width"), "{text}: {}", ran.err);
    }
    assert_eq!(sandbox.files("").len(), 2, "nothing is written");
}

#[test]
fn convergence_is_told_of_a_result_in_futures_and_customers() {
    let sandbox = sandbox();
    until(&sandbox, "out", &["-n", "40", "-q"]).well();
    let of = ["--of", "trust_eu.mean,case_open=5"];
    let asked = [&["convergence", "out"], &of[..]].concat();
    let found = json(
        &sandbox
            .comity(&[&asked[..], &["--json"]].concat())
            .well()
            .out,
    );
    let trust = &found["statistics"][0];
    let firsts: Vec<u64> = trust["in_futures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|prefix| prefix["futures"].as_u64().unwrap())
        .collect();
    assert_eq!(firsts, [5, 10, 20, 40]);
    // 15 are too few for 30 groups; half and twice as many are not.
    let rungs: Vec<u64> = trust["in_customers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rung| rung["customers"].as_u64().unwrap())
        .collect();
    assert_eq!(rungs, [30, 120]);

    // By hand, from the tables: the mean, and the paired difference to twice the customers.
    let folder = std::path::PathBuf::from(found["result"].as_str().unwrap());
    let column = |folder: &std::path::Path, name: &str| {
        let result = comity::result::open(&sandbox.path(&folder.display().to_string())).unwrap();
        result.files().numbers("runs", name).unwrap()
    };
    let own = column(std::path::Path::new("out"), "out_trust_eu");
    let twice = column(&folder.join("customers/120"), "out_trust_eu");
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let near = |found: &Value, by_hand: f64| {
        let found = found["at"].as_f64().unwrap();
        assert!((found - by_hand).abs() < 1e-9, "{found} {by_hand}");
    };
    near(&trust["in_futures"][3]["estimate"]["value"], mean(&own));
    let differences: Vec<f64> = twice.iter().zip(&own).map(|(a, b)| a - b).collect();
    let twice = &trust["in_customers"][1];
    near(&twice["difference"]["value"], mean(&differences));
    assert!(twice["noise"].as_f64().unwrap() > 0.0);

    // Found again, shown again, and no run: the latest result is another's.
    let text = sandbox.comity(&asked).well().out;
    for said in [
        "IN FUTURES",
        "IN CUSTOMERS, less with 60",
        "case_open.share",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let again = sandbox.comity(&["convergence", &folder.display().to_string()]);
    assert_eq!(again.well().out, text);
    assert_eq!(sandbox.comity(&["run"]).code, Some(2));
    for (wrong, mend) in [
        (["convergence", "out", "--of", "trust_ue"], "did you mean"),
        (
            ["convergence", "out", "--of", "trust_eu.effect"],
            "without a baseline",
        ),
        (["convergence", "out", "--of", "trust_eu,trust_eu"], "twice"),
        (["convergence", "out", "--of", "trust_eu=0"], "no width"),
        (["convergence", "out", "-n", "20"], "only read"),
    ] {
        let ran = sandbox.comity(&wrong);
        assert_eq!(ran.code, Some(2), "{wrong:?}: {ran:?}");
        assert!(ran.err.contains(mend), "{wrong:?}: {}", ran.err);
    }
}
