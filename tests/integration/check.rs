//! `comity check`: what is wrong with a scenario, or what it is and will cost.

use std::fs;
use std::time::Instant;

use comity::scenario::library;
use serde_json::Value;

use crate::sandbox::Sandbox;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn three_mistakes_are_named_at_once_each_with_its_place_and_mend() {
    let sandbox = Sandbox::new();
    let wrong = "extends = \"preska-2014\"\n[provider.mircosoft]\n\
                 posture = { contest_to = \"district\" }\n[region.azure-dublin]\n\
                 price_facter = 1.2\n[survey]\nlapse = 1.5\n";
    fs::write(sandbox.path("wrong.toml"), wrong).unwrap();
    let before = sandbox.files("");
    let ran = sandbox.comity(&["check", "wrong.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    insta::assert_snapshot!("check_three_mistakes", ran.err);

    let ran = sandbox.comity(&["check", "wrong.toml", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), ""));
    let found = json(&ran.out);
    assert_eq!(found["sound"], false);
    let problems = found["problems"].as_array().unwrap();
    let lines: Vec<u64> = problems
        .iter()
        .map(|p| p["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [2, 5, 7]);
    assert_eq!(problems[1]["help"], "did you mean `price_factor`?");
    assert_eq!(sandbox.files(""), before, "nothing was written");
}

#[test]
fn what_only_a_trial_finds_is_found() {
    let sandbox = Sandbox::new();
    let small = include_str!("../../src/scenario/fixture.toml");
    fs::write(sandbox.path("small.toml"), small).unwrap();
    let checked = |arguments: &[&str]| sandbox.comity(&[&["check"], arguments].concat());
    let few = checked(&["preska-2014", "--customers", "29"]);
    assert_eq!(few.code, Some(2));
    assert!(few.err.contains("--customers 30 or more"), "{}", few.err);

    let odd = "extends = \"small.toml\"\nbaseline = \"bench-market\"\n";
    fs::write(sandbox.path("odd.toml"), odd).unwrap();
    let odd = checked(&["odd.toml"]);
    assert_eq!(odd.code, Some(2));
    assert!(
        odd.err.contains("`bench-market` is a market benchmark"),
        "{}",
        odd.err
    );
    assert!(odd.err.contains("--no-baseline"), "{}", odd.err);
    assert_eq!(checked(&["odd.toml", "--no-baseline"]).code, Some(0));

    // A baseline that is wrong is told as such, and so is what else there is.
    let lost = "extends = \"small.toml\"\nbaseline = \"lost.toml\"\n";
    fs::write(sandbox.path("astray.toml"), lost).unwrap();
    let lost = checked(&["astray.toml", "--customers", "2"]);
    assert_eq!(lost.code, Some(2));
    assert!(
        lost.err.contains("the baseline of `astray`"),
        "{}",
        lost.err
    );
    assert!(lost.err.contains("cannot fill the"), "{}", lost.err);
    assert!(
        lost.err
            .ends_with("2 mistakes; nothing was simulated or written\n")
    );
}

#[test]
fn a_sound_scenario_is_told_with_its_cost() {
    let sandbox = Sandbox::new();
    let size = ["-n", "40", "--customers", "120", "-j", "1"];
    let job = [&["check", "preska-2014"], &size[..]].concat();
    let ran = sandbox.comity(&job).well();
    for words in [
        "yes, and so is its baseline no-order",
        "none without a source",
        "us-sca: ",
        "25 nodes; every path ends, after at most 17 steps, on average",
        "40 runs of 120 customers on 1 thread:",
        "next:     comity run preska-2014 -n 40 --customers 120\n",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let wide = ran.out.lines().find(|line| line.chars().count() > 100);
    assert_eq!(wide, None);
    let quiet = sandbox.comity(&[&job[..], &["-q"]].concat()).well();
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    assert!(sandbox.files("").is_empty(), "nothing was written");

    let told = json(&sandbox.comity(&[&job[..], &["--json"]].concat()).well().out);
    assert_eq!(
        (&told["sound"], &told["cost"]["runs"]),
        (&true.into(), &40.into())
    );
    assert_eq!(told["numbers"]["uncovered"], 0);

    // The estimate of disk is an upper bound; that of time is only as good as the machine
    // is quiet: a factor of 20 is a fault of the arithmetic, not of the machine.
    let run = [&["run", "preska-2014", "-o", "out", "-q"], &size[..]].concat();
    let began = Instant::now();
    sandbox.comity(&run).well();
    let took = began.elapsed().as_secs_f64();
    let said = told["cost"]["seconds"].as_f64().unwrap();
    assert!(
        said < 20.0 * took && took < 20.0 * said,
        "{said} s said, {took} s taken"
    );
    let room: usize = sandbox.files("out").values().map(Vec::len).sum();
    assert!(told["cost"]["disk_bytes"].as_u64().unwrap() > room as u64);
}

#[test]
fn a_result_and_a_library_can_be_checked() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let result = sandbox
        .comity(&["check", "out", "--customers", "120"])
        .well();
    assert!(result.out.starts_with("preska-2014\n"), "{}", result.out);
    assert!(
        result
            .out
            .contains("comity run out/scenario.toml --customers 120")
    );
    assert!(result.out.contains("so is its baseline"), "{}", result.out);
    let newest = sandbox.comity(&["check"]);
    assert_eq!(newest.code, Some(2), "no result in output/");

    for shipped in library::SHIPPED {
        if shipped.kind == library::ShippedKind::Library {
            let ran = sandbox.comity(&["check", shipped.name]).well();
            assert!(
                ran.out.contains("a library is not run itself"),
                "{}",
                ran.out
            );
            assert!(ran.err.is_empty(), "{}", ran.err);
        }
    }
    let wrong = sandbox.comity(&["check", "us-sca", "-s", "court.us-sca.first=nowhere"]);
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.err.contains("there is no node `nowhere`"),
        "{}",
        wrong.err
    );
}

#[test]
fn every_number_of_the_shipped_scenarios_is_traced() {
    let sandbox = Sandbox::new();
    for name in library::scenario_names() {
        let ran = sandbox
            .comity(&["check", name, "--sources", "--json"])
            .well();
        let told = json(&ran.out);
        let numbers = told["numbers"].as_array().unwrap();
        assert!(!numbers.is_empty() && told["uncovered"] == Value::Array(Vec::new()));
        assert!(ran.err.is_empty(), "{}", ran.err);
        let ran = sandbox
            .comity(&["check", name, "--sources", "--csv"])
            .well();
        // A line for each number and the header; no remark holds a line's end.
        assert_eq!(ran.out.matches("\r\n").count(), numbers.len() + 1, "{name}");
    }
    let page = sandbox
        .comity(&["check", "preska-2014", "--sources"])
        .well()
        .out;
    assert!(
        page.contains("numbers: 525 assumed (76 % of those with a source);"),
        "{page}"
    );
    let wide = page.lines().find(|line| line.chars().count() > 100);
    assert_eq!(wide, None);
}

#[test]
fn numbers_without_a_source_are_warned_of_and_listed_first() {
    let sandbox = Sandbox::new();
    let own = "extends = \"preska-2014\"\n[sources]\n\"survey.lapse\" = { remove = true }\n\
               \"no.such\" = \"T01\"\n";
    fs::write(sandbox.path("own.toml"), own).unwrap();
    let ran = sandbox.comity(&["check", "own.toml", "--sources"]);
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.err
            .contains("1 number has no source, such as survey.lapse"),
        "{}",
        ran.err
    );
    assert!(
        ran.err
            .contains("1 path at which there is no number, such as no.such")
    );
    let first = ran.out.find("NO SOURCE").unwrap();
    assert!(first < ran.out.find("assumed").unwrap());
    let ran = sandbox.comity(&["check", "own.toml", "--customers", "120"]);
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.err.contains("warning: 1 number has no source"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("1 WITHOUT A SOURCE"), "{}", ran.out);
}

#[test]
fn the_schema_is_printed_and_stands_alone() {
    let sandbox = Sandbox::new();
    let shipped = include_str!("../../scenarios/scenario.schema.json");
    assert!(sandbox.comity(&["check", "--schema"]).well().out == shipped);
    for wrong in [
        &["check", "--schema", "preska-2014"][..],
        &["check", "preska-2014", "--csv"],
        &["check", "preska-2014", "--sources", "--csv", "--json"],
        &["check", "preska-2014", "--sources", "-n", "5"],
        &["check", "preska-2041"],
        &["check", ""],
    ] {
        let ran = sandbox.comity(wrong);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{wrong:?}");
    }
}

#[test]
fn hostile_titles_and_names_do_not_reach_the_terminal() {
    let sandbox = Sandbox::new();
    let hostile = "extends = \"preska-2014\"\ntitle = \"a \\u001b[2J title\"\n\
                   [metric.trust_eu_2014]\ntitle = \"\\u001b]0;x\\u0007\"\n[sources]\n\
                   \"survey.lapse\" = \"assumed: \\u202e reversed\"\n";
    fs::write(sandbox.path("hostile.toml"), hostile).unwrap();
    for arguments in [
        &["check", "hostile.toml", "--customers", "120"][..],
        &["check", "hostile.toml", "--sources"],
        &["list", "metrics", "hostile.toml"],
        &["list", "fields", "a\u{1b}[2J"],
        &["list", "\u{1b}[2J"],
        &["list", "results", "\u{1b}[2J"],
        &["help", "\u{1b}[2J"],
        &["man", "\u{1b}[2J"],
        &["completions", "\u{1b}[2J"],
        &["check", "\u{1b}[2J"],
        &["check", "--\u{1b}[2J"],
    ] {
        let ran = sandbox.comity(arguments);
        assert!(matches!(ran.code, Some(0 | 2)), "{arguments:?}: {ran:?}");
        let obeyed = ['\u{1b}', '\u{7}', '\u{202e}'];
        assert!(!ran.out.contains(obeyed), "{arguments:?}: {}", ran.out);
        assert!(!ran.err.contains(obeyed), "{arguments:?}: {}", ran.err);
    }
}
