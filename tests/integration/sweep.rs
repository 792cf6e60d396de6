//! `comity sweep`: points as `run` simulates them, what is simulated once, what grows, and what
//! is refused.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::hostile::answered;
use crate::sandbox::{Ran, Sandbox, assert_same, csv_rows};

/// Enough futures for intervals, few enough for many points.
const TINY: [&str; 5] = ["preska-2014", "-n", "12", "--customers", "60"];
/// The small grid, of two values each.
const GRID: [&str; 4] = [
    "--vary",
    "choice.exposure_weight=0.6..2.2:2",
    "--vary",
    "provider.microsoft.posture.contest_to=none,circuit",
];

fn swept(sandbox: &Sandbox, out: &str, more: &[&str]) -> Ran {
    sandbox.comity(&[&["sweep"], &TINY[..], &["-o", out], more].concat())
}

/// The rows of `points.csv`, each by the names of its columns.
fn rows(sandbox: &Sandbox, out: &str) -> Vec<BTreeMap<String, String>> {
    let path = sandbox.path(&format!("{out}/points.csv"));
    csv_rows(&fs::read_to_string(path).unwrap())
}

fn of_metric<'r>(
    rows: &'r [BTreeMap<String, String>],
    metric: &str,
) -> Vec<&'r BTreeMap<String, String>> {
    rows.iter().filter(|row| row["metric"] == metric).collect()
}

/// Names of the ensembles of a sweep.
fn ensembles(sandbox: &Sandbox, out: &str) -> Vec<String> {
    let entries = fs::read_dir(sandbox.path(&format!("{out}/points"))).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Manifests say when and where.
fn without_manifests(sandbox: &Sandbox, out: &str) -> BTreeMap<String, Vec<u8>> {
    let files = sandbox.result_files(out).into_iter();
    files
        .filter(|(name, _)| !name.ends_with("manifest.json"))
        .collect()
}

#[test]
fn a_point_of_a_grid_is_what_run_simulates_for_any_threads() {
    let sandbox = Sandbox::new();
    let ran = swept(&sandbox, "one", &[&GRID[..], &["-j", "1"]].concat()).well();
    swept(&sandbox, "two", &[&GRID[..], &["-j", "2", "-q"]].concat()).well();
    assert_same(
        &without_manifests(&sandbox, "one"),
        &without_manifests(&sandbox, "two"),
    );
    for said in [
        "VARIED",
        "POINTS",
        "WHAT EACH CHANGES",
        "a grid",
        "4 points",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    // The last point, simulated alone.
    let set = [
        "-s",
        "choice.exposure_weight=2.2",
        "-s",
        "provider.microsoft.posture.contest_to=circuit",
    ];
    let how = [
        "-o", "alone", "--keep", "0", "--paths", "none", "--csv", "-q",
    ];
    let alone = [&["run"], &TINY[..], &set, &how].concat();
    sandbox.comity(&alone).well();
    let rows = rows(&sandbox, "one");
    let trust = of_metric(&rows, "trust_eu_2014");
    assert_eq!(trust.len(), 4);
    let last = trust[3];
    assert_eq!(last["set_choice.exposure_weight"], "2.2");
    assert_eq!((&*last["point"], &*last["design"]), ("4", "grid"));
    let ours = fs::read(sandbox.path(&format!("one/{}/runs.parquet", last["folder"])));
    let same = fs::read(sandbox.path("alone/runs.parquet"));
    assert_eq!(ours.unwrap(), same.unwrap());
    // The table says what its futures do.
    let mut reader = csv::Reader::from_path(sandbox.path("alone/runs.csv")).unwrap();
    let heads = reader.headers().unwrap().clone();
    let place = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (out, diff) = (place("out_trust_eu_2014"), place("diff_trust_eu_2014"));
    let futures: Vec<(f64, f64)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[out].parse().unwrap(), row[diff].parse().unwrap()))
        .collect();
    let mean = |pick: fn(&(f64, f64)) -> f64| futures.iter().map(pick).sum::<f64>() / 12.0;
    let close = |name: &str, expected: f64| {
        let found: f64 = last[name].parse().unwrap();
        assert!(
            (found - expected).abs() < 1e-9,
            "{name}: {found}, {expected}"
        );
    };
    close("mean", mean(|future| future.0));
    close("diff_mean", mean(|future| future.1));
    let (low, high): (f64, f64) = (
        last["mean_low"].parse().unwrap(),
        last["mean_high"].parse().unwrap(),
    );
    assert!(low < mean(|future| future.0) && mean(|future| future.0) < high);
    assert_eq!((&*last["futures"], &*last["p05"]), ("12", ""));
}

#[test]
fn what_an_input_changes_is_its_main_effect() {
    let sandbox = Sandbox::new();
    let more = [
        &GRID[..],
        &["--no-baseline", "--of", "trust_eu_2014", "--json"],
    ]
    .concat();
    let page = swept(&sandbox, "out", &more).well();
    let page: Value = serde_json::from_str(&page.out).unwrap();
    let rows = rows(&sandbox, "out");
    let mean = |exposure: &str, contest: &str| -> f64 {
        let found = of_metric(&rows, "trust_eu_2014").into_iter().find(|row| {
            row["set_choice.exposure_weight"] == exposure
                && row["set_provider.microsoft.posture.contest_to"] == contest
        });
        found.unwrap()["mean"].parse().unwrap()
    };
    let expected = (mean("0.6", "circuit") + mean("2.2", "circuit")
        - mean("0.6", "none")
        - mean("2.2", "none"))
        / 2.0;
    let moved = page["moved"].as_array().unwrap();
    let contest = moved
        .iter()
        .find(|one| one["path"] == "provider.microsoft.posture.contest_to")
        .unwrap();
    let difference = &contest["differences"][0];
    let found = difference["mean"].as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found}, {expected}");
    assert!(difference["interval"]["low"].as_f64().unwrap() < expected);
    assert_eq!(page["header"]["paired"], false);
    assert_eq!(page["points"].as_array().unwrap().len(), 4);
}

#[test]
fn a_sobol_sweep_grows_from_the_points_that_are_there() {
    let sandbox = Sandbox::new();
    let job = |points: &'static str| {
        [
            "--vary",
            "choice.exposure_weight=0.6..2.2",
            "--vary",
            "perception.location_erosion=0.02..0.5:log",
            "--design",
            "sobol",
            "--no-baseline",
            "-q",
            "--points",
            points,
        ]
    };
    swept(&sandbox, "out", &job("3")).well();
    let design = fs::read_to_string(sandbox.path("out/design.csv")).unwrap();
    let table = fs::read_to_string(sandbox.path("out/points.csv")).unwrap();
    let before = ensembles(&sandbox, "out");
    let manifest =
        |name: &str| fs::read(sandbox.path(&format!("out/points/{name}/manifest.json"))).unwrap();
    let manifests: Vec<Vec<u8>> = before.iter().map(|name| manifest(name)).collect();
    // Another job is refused there, and so are fewer points.
    for wrong in [
        &[&job("3")[..], &["--seed", "2"]].concat()[..],
        &job("2"),
        &GRID,
    ] {
        let ran = swept(&sandbox, "out", wrong);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("another job"), "{}", ran.err);
    }
    swept(&sandbox, "out", &job("6")).well();
    let larger = fs::read_to_string(sandbox.path("out/design.csv")).unwrap();
    assert!(larger.starts_with(&design), "{design}\n{larger}");
    assert_eq!(larger.lines().count(), 7);
    let grown = fs::read_to_string(sandbox.path("out/points.csv")).unwrap();
    assert!(grown.starts_with(&table));
    let after = ensembles(&sandbox, "out");
    assert_eq!((before.len(), after.len()), (3, 6));
    // What was there was not simulated again.
    let again: Vec<Vec<u8>> = before.iter().map(|name| manifest(name)).collect();
    assert_eq!(manifests, again);
    // Grown or at once, it is the same.
    swept(&sandbox, "at-once", &job("6")).well();
    assert_same(
        &without_manifests(&sandbox, "out"),
        &without_manifests(&sandbox, "at-once"),
    );
    let whole = swept(&sandbox, "out", &job("6")[..7]);
    assert_eq!(whole.code, Some(2), "{whole:?}");
    assert!(whole.err.contains("--points N"), "{}", whole.err);
}

#[test]
fn replicates_have_other_luck_and_what_occurs_twice_is_simulated_once() {
    let sandbox = Sandbox::new();
    let table = "choice.exposure_weight\n0.6\n2.2\n0.60\n";
    fs::write(sandbox.path("t.csv"), table).unwrap();
    let more = ["--table", "t.csv", "--replicates", "2", "--no-baseline"];
    let ran = swept(&sandbox, "out", &more).well();
    assert_eq!(ensembles(&sandbox, "out").len(), 4);
    assert!(
        ran.out.contains("4 simulated, 2 being the same"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("REPLICATES"), "{}", ran.out);
    let all = rows(&sandbox, "out");
    let trust = of_metric(&all, "trust_eu_2014");
    let told: Vec<(&str, &str, &str)> = trust
        .iter()
        .map(|row| (&*row["point"], &*row["replicate"], &*row["seed"]))
        .collect();
    assert_eq!(
        told,
        [
            ("1", "1", "1"),
            ("1", "2", "4294967297"),
            ("2", "1", "1"),
            ("2", "2", "4294967297"),
            ("3", "1", "1"),
            ("3", "2", "4294967297")
        ]
    );
    assert_eq!(trust[0]["digest"], trust[4]["digest"]);
    assert_ne!(trust[0]["mean"], trust[1]["mean"]);
    assert_eq!(trust[0]["design"], "table");
    assert_eq!(trust[0]["diff_mean"], "");
    // The design can be given again, which is the same job.
    let design = sandbox.path("out/design.csv").display().to_string();
    let again = ["--table", &design, "--replicates", "2", "--no-baseline"];
    let again = swept(&sandbox, "out", &again).well();
    assert!(again.err.contains("whole already"), "{}", again.err);
    // And it is shown again, as it was, and listed; other commands refuse it.
    let shown = sandbox.comity(&["sweep", "out"]).well();
    let body = |text: &str| text.split("runs · ").next().unwrap().to_owned();
    assert_eq!(body(&shown.out), body(&ran.out));
    insta::assert_snapshot!("sweep_table", shown.out);
    let listed = sandbox.comity(&["list", "."]).well();
    assert!(listed.out.contains("sweep preska-2014"), "{}", listed.out);
    for arguments in [&["run", "out"][..], &["story", "out"], &["compare", "out"]] {
        let ran = answered(&sandbox, arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("`comity sweep`"), "{}", ran.err);
    }
    let ran = answered(&sandbox, &["sweep", "out", "-n", "5"]);
    assert!(ran.err.contains("which is only read"), "{}", ran.err);
}

#[test]
fn a_table_of_jobs_names_scenarios_options_and_seeds() {
    let sandbox = Sandbox::new();
    let jobs = "scenario,option,seed,runs,choice.peer_weight\n\
                preska-2014,comply,1,,\n\
                preska-2014,,2,13,0\n\
                no-order,,1,,\n\
                preska-2014,comply,1,12,\n";
    fs::write(sandbox.path("jobs.csv"), jobs).unwrap();
    let job = [
        "sweep",
        "--jobs",
        "jobs.csv",
        "-n",
        "12",
        "--customers",
        "60",
    ];
    let ran = sandbox
        .comity(&[&job[..], &["-o", "out", "--of", "trust_eu_2014"]].concat())
        .well();
    assert!(
        ran.out.contains("3 simulated, 1 being the same"),
        "{}",
        ran.out
    );
    let rows = rows(&sandbox, "out");
    let trust = of_metric(&rows, "trust_eu_2014");
    let told: Vec<[&str; 5]> = trust
        .iter()
        .map(|row| {
            let cell = |name: &str| row[name].as_str();
            [
                cell("scenario"),
                cell("option"),
                cell("seed"),
                cell("futures"),
                cell("set_choice.peer_weight"),
            ]
        })
        .collect();
    assert_eq!(
        told,
        [
            ["preska-2014", "comply", "1", "12", ""],
            ["preska-2014", "", "2", "13", "0"],
            ["no-order", "", "1", "12", ""],
            ["preska-2014", "comply", "1", "12", ""],
        ]
    );
    // A baseline where the scenario has one.
    assert!(!trust[0]["diff_mean"].is_empty() && trust[2]["diff_mean"].is_empty());
    assert_eq!(
        fs::read_to_string(sandbox.path("out/design.csv")).unwrap(),
        {
            "scenario,option,seed,runs,customers,choice.peer_weight\n\
         preska-2014,comply,1,,,\n\
         preska-2014,,2,13,,0\n\
         no-order,,1,,,\n\
         preska-2014,comply,1,12,,\n"
        }
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_sweep_goes_on_where_it_was_stopped() {
    let sandbox = Sandbox::new();
    let job = [&GRID[..], &["-q", "--no-baseline"]].concat();
    swept(&sandbox, "whole", &job).well();
    let arguments = [&["sweep"], &TINY[..], &["-o", "stopped"], &job].concat();
    let child = sandbox.command(&arguments).spawn().unwrap();
    let points = sandbox.path("stopped/points");
    let is_done = || {
        let entries = fs::read_dir(&points).into_iter().flatten();
        entries
            .flatten()
            .any(|entry| entry.path().join("manifest.json").exists())
    };
    while !is_done() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let kill = std::process::Command::new("kill")
        .args(["-s", "TERM", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    let stopped = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(stopped.code, Some(143), "{stopped:?}");
    for name in ["manifest.json", "summary.json", "points.csv"] {
        assert!(!sandbox.path(&format!("stopped/{name}")).exists(), "{name}");
    }
    swept(&sandbox, "stopped", &job).well();
    assert_same(
        &without_manifests(&sandbox, "whole"),
        &without_manifests(&sandbox, "stopped"),
    );
    // Begun anew, the old one is moved aside.
    swept(&sandbox, "stopped", &[&job[..], &["--fresh"]].concat()).well();
    let aside = fs::read_dir(sandbox.path("")).unwrap().flatten();
    let aside = aside.filter(|entry| entry.file_name().to_string_lossy().contains(".aside-"));
    assert_eq!(aside.count(), 1);
}

#[test]
fn what_cannot_be_swept_is_refused_with_its_place_before_anything_is_written() {
    let sandbox = Sandbox::new();
    let big = format!("choice.peer_weight\n{}\n", "9".repeat(1_000_000));
    let tables: [(&str, &[u8], &str); 9] = [
        ("empty", b"", "the table is empty"),
        ("head", b"choice.peer_weight\n", "there is no row"),
        (
            "ragged",
            b"choice.peer_weight,choice.classes\n1\n",
            "line 2, column 2",
        ),
        (
            "path",
            b"choice.peer_weigth\n1\n",
            "did you mean `peer_weight`",
        ),
        ("nan", b"choice.peer_weight\n1\nnan\n", "line 3, column 1"),
        (
            "big",
            big.as_bytes(),
            "line 2, column 1: this cell has 1000000",
        ),
        ("bytes", b"choice.peer_weight\n\xff\n", "is not UTF-8 text"),
        (
            "value",
            b"choice.classes\n4\n-4\n",
            "point 2, line 3 of the table",
        ),
        ("hostile", b"a\x1b[2J\n1\n", "point 1, line 2"),
    ];
    for (name, bytes, _) in tables {
        fs::write(sandbox.path(&format!("{name}.csv")), bytes).unwrap();
    }
    fs::write(
        sandbox.path("jobs.csv"),
        "scenario,seed\npreska-2014,1\npreska-2041,1\n",
    )
    .unwrap();
    fs::write(
        sandbox.path("option.csv"),
        "scenario,option\npreska-2014,comly\n",
    )
    .unwrap();
    let before = sandbox.files("");
    let refused = |arguments: &[&str], message: &str| {
        let ran = answered(&sandbox, &[&["sweep"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(message), "{message}: {}", ran.err);
    };
    for (name, _, message) in tables {
        let file = format!("{name}.csv");
        refused(&["preska-2014", "--table", &file], message);
    }
    refused(
        &["preska-2014", "--table", "none.csv"],
        "cannot read none.csv",
    );
    refused(&["preska-2014", "--table", "."], "is a folder");
    refused(&["--jobs", "jobs.csv"], "point 2, line 3 of the table");
    refused(&["--jobs", "jobs.csv"], "preska-2014`?");
    refused(&["--jobs", "option.csv"], "did you mean `comply`");
    refused(
        &["preska-2014", "--jobs", "jobs.csv"],
        "cannot be used with",
    );
    refused(&[], "<TARGET>");
    refused(&["preska-2014"], "nothing is varied");
    let vary = |text: &str, message: &str| refused(&["preska-2014", "--vary", text], message);
    vary("choice.peer_weight", "there is no `=`");
    vary("choice.peer_weight=1..0", "lower end");
    vary("choice.peer_weigth=0..1", "did you mean `peer_weight`");
    vary("choice.classes=1..2", "point 2: choice.classes=1.5");
    vary("runs=1,2", "-n says how many");
    let one = ["preska-2014", "--vary", "choice.peer_weight=0..0.5"];
    let more = |more: &[&str], message: &str| refused(&[&one[..], more].concat(), message);
    more(&["--points", "4"], "--points is for --design lhs and sobol");
    more(&["--design", "lhs"], "takes --points N");
    more(&["--design", "lhs", "--points", "65537"], "1 to 65536");
    more(&["--of", "trust_eu_2015"], "did you mean `trust_eu_2014`");
    more(&["-s", "choice.peer_weight=1"], "also given by --set");
    more(&["--option", "comly"], "did you mean `comply`");
    more(&["--customers", "29"], "groups");
    refused(
        &["bench-market", "--vary", "horizon_months=12,24"],
        "market benchmark",
    );
    // What only simulating it would show, is tried before anything is written.
    vary(
        "choice.home_weight=1,1e5",
        "point 2: choice.home_weight=1e5",
    );
    assert_eq!(sandbox.files(""), before, "nothing was written");
}
