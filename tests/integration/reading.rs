//! What the program prints, where, and for whom: results shown again, lists, JSON, colour.

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use serde_json::Value;

use crate::sandbox::{SMALL, Sandbox, assert_same};

#[test]
fn a_result_folder_and_no_target_at_all_show_the_stored_page() {
    let sandbox = Sandbox::new();
    let none = sandbox.comity(&["run"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("no result in output yet"), "{}", none.err);

    let job = [&["run"], &SMALL[..]].concat();
    let path = sandbox.comity(&[&job[..], &["-q"]].concat()).well().out;
    let before = sandbox.files(path.trim());
    let shown = sandbox.comity(&["run", path.trim()]).well();
    let newest = sandbox.comity(&["run"]).well();
    assert_eq!(shown.out, newest.out);
    assert!(shown.out.contains("THREE NUMBERS"));
    let linked = sandbox
        .comity(&["run", "output/preska-2014/latest", "-q"])
        .well();
    assert_eq!(linked.out, "output/preska-2014/latest\n");

    let options = sandbox.comity(&["run", path.trim(), "--runs", "5"]);
    assert_eq!(options.code, Some(2));
    assert!(
        options.err.contains("scenario.toml --runs"),
        "{}",
        options.err
    );
    assert_same(&before, &sandbox.files(path.trim()));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    for arguments in [
        &["run", "out"][..],
        &["story", "out"],
        &["risk", "out"],
        &["plot", "out"],
        &["report", "out"],
        &["list"],
        &["list", "fields"],
        &["list", "metrics", "-q"],
        &["--help"],
        &["help", "inputs"],
        &["man", "run"],
        &["completions", "bash"],
        &["check", "out", "--customers", "120"],
        &["check", "out", "--sources"],
        &["check", "out", "--sources", "--csv"],
        &["check", "--schema"],
        &["run", "out", "--json"],
    ] {
        let mut command = sandbox.command(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        let status = child.wait().unwrap();
        assert_eq!(
            (status.code(), err.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn list_says_what_there_is() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!("list_of_nothing", sandbox.comity(&["list"]).well().out);
    let job = [&["run"], &SMALL[..], &["-q"]].concat();
    let path = sandbox.comity(&job).well().out;
    let listed = sandbox.comity(&["list", "results"]).well().out;
    assert!(listed.contains(path.trim()), "{listed}");
    assert!(
        listed.contains("run preska-2014 · 12 runs of 120 customers · seed 1"),
        "{listed}"
    );
    let json = sandbox.comity(&["list", "--json"]).well().out;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["results"][0]["path"], path.trim());
    assert_eq!(json["scenarios"][0]["name"], "preska-2014");
    // Elsewhere there is nothing.
    let mut elsewhere = sandbox.command(&["list", "results"]);
    let elsewhere = elsewhere.env("COMITY_OUTPUT", "results").output().unwrap();
    assert!(String::from_utf8_lossy(&elsewhere.stdout).contains("none in results"));
}

#[test]
fn colour_is_obeyed() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let coloured = |arguments: &[&str], name: &str, value: &str| {
        let mut command = sandbox.command(arguments);
        let output = command.env(name, value).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    let run = ["run", "out"];
    assert!(coloured(
        &["run", "out", "--color", "always"],
        "NO_COLOR",
        "1"
    ));
    assert!(coloured(&run, "CLICOLOR_FORCE", "1"));
    assert!(!coloured(&run, "CLICOLOR_FORCE", "0"));
    assert!(!coloured(
        &["run", "out", "--color", "never"],
        "CLICOLOR_FORCE",
        "1"
    ));
}
#[test]
fn quiet_prints_the_path_and_json_the_page() {
    let sandbox = Sandbox::new();
    let quiet = sandbox.small("my out", &["-q"]).well();
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("my out\n", ""));

    let json = sandbox.small("my out", &["--json"]).well();
    let page: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(page["page"], "scenario");
    assert_eq!(page["result"], "my out");
    assert_eq!(page["three_numbers"].as_array().unwrap().len(), 3);
    assert_eq!(page["header"]["start"], "2014-07-31");
    let stored: Value =
        serde_json::from_slice(&fs::read(sandbox.path("my out/summary.json")).unwrap()).unwrap();
    assert_eq!(page["by_the_order"], stored["by_the_order"]);
    assert_eq!(stored["footer"]["seconds"], Value::Null);
    assert_eq!(stored["next"], Value::Array(Vec::new()));
}
