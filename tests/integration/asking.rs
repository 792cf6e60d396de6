//! What the program says of itself: help, lists of what there is, manual pages, completions.

use comity::scenario::{ScenarioTarget, load, schema};
use serde_json::Value;

use crate::sandbox::Sandbox;

#[test]
fn help_pages_read_well() {
    let sandbox = Sandbox::new();
    let page = |arguments: &[&str]| sandbox.comity(arguments).well().out;
    insta::assert_snapshot!("help", page(&["--help"]));
    insta::assert_snapshot!("help_run", page(&["run", "--help"]));
    insta::assert_snapshot!("help_check", page(&["check", "--help"]));
    insta::assert_snapshot!("help_list", page(&["list", "--help"]));
    insta::assert_snapshot!("help_selfcheck", page(&["selfcheck", "--help"]));
    insta::assert_snapshot!("help_new", page(&["new", "--help"]));
    insta::assert_snapshot!("help_inputs", page(&["help", "inputs"]));
    assert_eq!(page(&["help"]), page(&["--help"]));
    assert_eq!(page(&["help", "check"]), page(&["check", "--help"]));
    for (topic, near) in [("chek", "`check`"), ("input", "`inputs`")] {
        let ran = sandbox.comity(&["help", topic]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(near), "{}", ran.err);
    }
}

#[test]
fn every_setting_that_the_help_shows_is_accepted() {
    let page = Sandbox::new().comity(&["help", "inputs"]).well().out;
    let shown = page
        .lines()
        .filter_map(|line| Some(line.split_once("--set ")?.1));
    let settings: Vec<String> = shown
        .filter(|setting| !setting.starts_with("PATH"))
        .map(|setting| setting.trim_matches('\'').to_owned())
        .collect();
    assert_eq!(settings.len(), 6, "{page}");
    let scenario = load(&ScenarioTarget::parse("preska-2014"), &settings).unwrap();
    assert!(scenario.frozen.contains("peer_weight = 0\n"));
}

#[test]
fn manual_pages_and_completions_are_for_every_command() {
    let sandbox = Sandbox::new();
    let page = sandbox.comity(&["man"]).well().out;
    assert!(
        page.contains(".TH comity 1") && page.contains("comity\\-check(1)"),
        "{page}"
    );
    assert!(!page.contains("comity\\-man(1)"), "hidden");
    for command in [
        "run",
        "new",
        "check",
        "selfcheck",
        "list",
        "help",
        "completions",
        "man",
    ] {
        let page = sandbox.comity(&["man", command]).well().out;
        assert!(page.contains(&format!(".TH comity-{command} 1")), "{page}");
    }
    assert_eq!(sandbox.comity(&["man", "fly"]).code, Some(2));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = sandbox.comity(&["completions", shell]).well().out;
        assert!(
            script.contains("comity") && script.contains("no-baseline"),
            "{shell}"
        );
    }
    let wrong = sandbox.comity(&["completions", "bush"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("bash"), "{}", wrong.err);
}

#[test]
fn fields_are_listed_down_to_the_last() {
    let sandbox = Sandbox::new();
    let listed = |path: &str| sandbox.comity(&["list", "fields", path]);
    let all = sandbox.comity(&["list", "fields", "-q"]).well().out;
    let tables = schema()["properties"].as_object().unwrap().len();
    assert_eq!(all.lines().count(), tables);
    insta::assert_snapshot!("list_fields_attention", listed("attention").well().out);
    insta::assert_snapshot!(
        "list_fields_fine",
        listed("case.ms-ireland.fine").well().out
    );
    // Every path that is listed can be asked for.
    let mut open: Vec<String> = all.lines().map(str::to_owned).collect();
    let mut asked = 0;
    while let Some(path) = open.pop() {
        let told = sandbox
            .comity(&["list", "fields", &path, "--json"])
            .well()
            .out;
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["fields"]["of"]["path"], path.as_str());
        let below = told["fields"]["below"].as_array().unwrap();
        let tables = below.iter().filter(|field| field["is_table"] == true);
        open.extend(tables.map(|field| field["path"].as_str().unwrap().to_owned()));
        asked += 1;
    }
    assert!(asked > 50, "{asked}");
    let wrong = listed("choice.peer_weigth");
    assert_eq!(wrong.code, Some(2));
    assert_eq!(
        wrong.err,
        "error: `choice` has no field `peer_weigth`; did you mean `peer_weight`?\n"
    );
}

#[test]
fn metrics_are_listed_of_all_of_one_and_of_a_result() {
    let sandbox = Sandbox::new();
    let names = |arguments: &[&str]| {
        let ran = sandbox.comity(&[&["list", "metrics", "-q"], arguments].concat());
        ran.well().out
    };
    let of_one = names(&["preska-2014"]);
    assert!(
        of_one.lines().any(|name| name == "trust_eu_2014"),
        "{of_one}"
    );
    assert!(names(&[]).starts_with(&of_one));
    sandbox.small("out", &["-q"]).well();
    assert_eq!(names(&["out"]), of_one);
    let told = sandbox
        .comity(&["list", "metrics", "out", "--json"])
        .well()
        .out;
    let told: Value = serde_json::from_str(&told).unwrap();
    let metrics = told["metrics"].as_array().unwrap();
    let days = metrics.iter().find(|m| m["name"] == "case_days").unwrap();
    assert_eq!(
        (&days["unit"], &days["better"]),
        (&"days".into(), &"lower".into())
    );
    assert_eq!(days["column"], "out_case_days");
    assert_eq!(
        sandbox.comity(&["list", "metrics", "preska-2041"]).code,
        Some(2)
    );
}

#[test]
fn a_folder_of_results_is_listed_and_anything_else_refused() {
    let sandbox = Sandbox::new();
    sandbox.small("elsewhere/first", &["-q"]).well();
    for arguments in [
        &["list", "elsewhere", "-q"][..],
        &["list", "results", "elsewhere", "-q"],
    ] {
        assert_eq!(sandbox.comity(arguments).well().out, "elsewhere/first\n");
    }
    let page = sandbox.comity(&["list", "elsewhere"]).well().out;
    assert!(page.contains("next: comity run elsewhere/first"), "{page}");
    for (wrong, words) in [
        (&["list", "scenaros"][..], "did you mean `scenarios`?"),
        (&["list", "nowhere"], "or a folder of results"),
        (&["list", "results", "nowhere"], "or a folder of results"),
        (&["list", "scenarios", "more"], "leave `more` out"),
        (&["list", "levars"], "did you mean `levers`?"),
        (&["list", "-q", "--json"], "cannot be used with"),
    ] {
        let ran = sandbox.comity(wrong);
        assert_eq!(ran.code, Some(2), "{wrong:?}");
        assert!(ran.err.contains(words), "{wrong:?}: {}", ran.err);
    }
}
