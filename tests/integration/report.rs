//! `comity report`: the page that it writes, what stands in it, and what it refuses.

use std::fs;

use serde_json::Value;

use crate::sandbox::Sandbox;

const SIZE: [&str; 4] = ["-n", "12", "--customers", "120"];

fn page(sandbox: &Sandbox, path: &str) -> String {
    fs::read_to_string(sandbox.path(path)).unwrap()
}

/// The markup without the page's own script, style and data.
fn markup(page: &str) -> String {
    let mut rest = page;
    let mut out = String::new();
    for (from, to) in [
        ("<style>", "</style>"),
        ("<script", "</script>"),
        ("<script", "</script>"),
    ] {
        let (before, after) = rest.split_once(from).unwrap();
        out.push_str(before);
        rest = after.split_once(to).unwrap().1;
    }
    out + rest
}

#[test]
fn a_page_holds_the_result_and_asks_for_nothing() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let told = sandbox.comity(&["report", "out"]).well().out;
    assert!(told.starts_with("report: out/report.html"), "{told}");
    let first = page(&sandbox, "out/report.html");
    assert!(first.len() < 3_000_000, "{}", first.len());
    let markup = markup(&first);
    for part in [
        "THREE NUMBERS",
        "HOW IT ENDS",
        "HOW FAR TO TRUST THIS",
        "not compared: comity compare",
        "MONEY AT RISK",
        "WHERE WORKLOAD LIES",
        "THREE FUTURES, TOLD",
        "WHERE EACH NUMBER COMES FROM",
        "<svg role=\"img\"",
        "class=\"story\"",
    ] {
        assert!(markup.contains(part), "{part}");
    }
    // Nothing is fetched: neither address nor handler stands in an attribute.
    for foreign in [
        "src=",
        "http-equiv=\"refresh",
        "<link",
        "<iframe",
        "style=\"",
        "onload",
        "onclick",
    ] {
        assert!(!markup.contains(foreign), "{foreign}");
    }
    assert!(markup.contains("default-src 'none'; style-src 'sha256-"));
    // The same again is the same file.
    sandbox
        .comity(&["report", "out", "-q", "--to", "again.html"])
        .well();
    assert_eq!(first, page(&sandbox, "again.html"));
    sandbox.comity(&["run", "out"]).well();
}

#[test]
fn a_report_is_replaced_and_no_other_file_is() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    fs::write(sandbox.path("mine.html"), "<p>mine").unwrap();
    fs::create_dir(sandbox.path("folder.html")).unwrap();
    for to in ["mine.html", "folder.html", "nowhere/page.html"] {
        let ran = sandbox.comity(&["report", "out", "--to", to]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("--to"), "{ran:?}");
    }
    assert_eq!(page(&sandbox, "mine.html"), "<p>mine");
    sandbox.comity(&["report", "out", "-q"]).well();
    let old = page(&sandbox, "out/report.html");
    sandbox
        .comity(&["report", "out", "-q", "--at", "location=0.3"])
        .well();
    assert_ne!(old, page(&sandbox, "out/report.html"));
}

#[test]
fn levers_weigh_the_stored_futures_and_wrong_ones_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let json = |more: &[&str]| -> Value {
        let ran = sandbox.comity(&[&["report", "out", "--json"], more].concat());
        serde_json::from_str(&ran.well().out).unwrap()
    };
    let rest = &json(&[])["reweighted"][0];
    assert!((rest["effective"].as_f64().unwrap() - 12.0).abs() < 1e-9);
    let moved = &json(&["--at", "location=0.3", "--at", "exposure=1.4"])["reweighted"][0];
    assert!(moved["effective"].as_f64().unwrap() < 12.0);
    assert_eq!(moved["is_enough"], false);
    let command = moved["command"].as_str().unwrap();
    for part in [
        "comity run preska-2014 -n 12 --customers 120 --seed 1",
        "-s 'perception.location_erosion={ dist = \"beta\", mean = 0.3, strength = 8 }'",
        "-s 'choice.exposure_weight={ dist = \"lognormal\", median = 1.4, sigma = 0.35 }'",
    ] {
        assert!(command.contains(part), "{command}");
    }
    for (at, says) in [
        ("locatoin=0.3", "did you mean `location`"),
        ("location=0.9", "it goes from 0.02 to 0.5"),
        ("home=1", "known number"),
        ("location", "LEVER=VALUE"),
        ("location=x", "no number"),
        ("location=nan", "not finite"),
    ] {
        let ran = sandbox.comity(&["report", "out", "--at", at]);
        assert_eq!(ran.code, Some(2), "{at}: {ran:?}");
        assert!(ran.err.contains(says), "{at}: {ran:?}");
    }
}

/// The answer of a lever is that of the command which it prints, within four of their common
/// standard errors. Under the null each of the four numbers strays that far once in 16,000; the
/// seeds are fixed, so that it holds always or never.
#[test]
fn what_a_lever_says_is_what_its_command_simulates() {
    let sandbox = Sandbox::new();
    let size = ["-n", "300", "--customers", "200", "--no-baseline"];
    sandbox
        .comity(&[&["run", "preska-2014", "-q", "-o", "out"], &size[..]].concat())
        .well();
    let json = |arguments: &[&str]| -> Value {
        serde_json::from_str(&sandbox.comity(arguments).well().out).unwrap()
    };
    let at = [
        "report",
        "out",
        "--json",
        "--at",
        "location=0.24",
        "--at",
        "trust=0.27",
    ];
    let weighed = json(&at)["reweighted"][0].clone();
    assert!(weighed["effective"].as_f64().unwrap() > 100.0, "{weighed}");
    let settings = [
        "perception.location_erosion={ dist = \"beta\", mean = 0.24, strength = 8 }",
        "choice.trust_weight={ dist = \"lognormal\", median = 0.27, sigma = 0.35 }",
    ];
    let command = weighed["command"].as_str().unwrap();
    assert!(
        settings.iter().all(|setting| command.contains(setting)),
        "{command}"
    );
    // Other luck, so that the two are independent.
    let job = ["run", "preska-2014", "-q", "-o", "moved", "--seed", "2"];
    let set = ["-s", settings[0], "-s", settings[1]];
    sandbox.comity(&[&job[..], &set, &size].concat()).well();
    let simulated = json(&["report", "moved", "--json"])["reweighted"][0].clone();
    let numbers = |of: &Value| of["numbers"].as_array().unwrap().clone();
    let (weighed, simulated) = (numbers(&weighed), numbers(&simulated));
    assert!(weighed.len() == 3 && simulated.len() == 3);
    for (one, other) in weighed.iter().zip(&simulated) {
        let of = |number: &Value, field: &str| number["estimate"][field].as_f64().unwrap();
        let apart = (of(one, "mean") - of(other, "mean")).abs();
        let errors = [of(one, "error") / 1.96, of(other, "error") / 1.96];
        let common = (errors[0] * errors[0] + errors[1] * errors[1]).sqrt();
        assert!(apart <= 4.0 * common, "{one} {other}");
    }
}

#[test]
fn several_results_join_and_others_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let compare = [
        "compare",
        "preska-2014",
        "--only",
        "comply,keys",
        "-q",
        "-o",
        "both",
    ];
    sandbox.comity(&[&compare[..], &SIZE].concat()).well();
    let sweep = [
        "sweep",
        "preska-2014",
        "--vary",
        "choice.home_weight=0.5..1:2",
        "-q",
        "-o",
        "swept",
    ];
    sandbox
        .comity(
            &[
                &sweep[..],
                &["-n", "3", "--customers", "60", "--no-baseline"],
            ]
            .concat(),
        )
        .well();
    let ran = sandbox.comity(&[
        "report", "both", "out", "swept", "out", "--to", "all.html", "--json",
    ]);
    let told: Value = serde_json::from_str(&ran.well().out).unwrap();
    let kinds: Vec<&str> = told["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["compare", "run", "sweep", "run"]);
    assert_eq!(told["reweighted"].as_array().unwrap().len(), 2);
    let markup = markup(&page(&sandbox, "all.html"));
    for part in [
        "OPTIONS, in",
        "WHAT WOULD CHANGE IT",
        "ALSO: sweep of",
        "ALSO: run of",
        "id=\"live-compare\"",
    ] {
        assert!(markup.contains(part), "{part}");
    }
    assert!(!markup.contains("not compared:"));
    // Each command makes its result again.
    let commands: Vec<&str> = told["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["command"].as_str().unwrap())
        .collect();
    assert!(
        commands[0].starts_with("comity compare preska-2014 --only comply,keys --of npv_microsoft"),
        "{commands:?}"
    );
    assert!(
        commands[2].contains(" --vary choice.home_weight=0.5..1:2 "),
        "{commands:?}"
    );
    // Under other assumptions it is no part of the run's answer.
    let other = ["-s", "choice.home_weight=0.5", "-o", "other"];
    sandbox
        .comity(&[&compare[..5], &other, &SIZE].concat())
        .well();
    sandbox
        .comity(&["report", "out", "other", "-q", "--to", "two.html"])
        .well();
    let two = page(&sandbox, "two.html");
    assert!(two.contains("not compared:") && two.contains("ALSO: compare of"));
    // A comparison alone has its own front.
    sandbox.comity(&["report", "both", "-q"]).well();
    // The link will be another result's tomorrow.
    if cfg!(unix) {
        sandbox
            .comity(&[&["run", "no-order", "-q"][..], &SIZE].concat())
            .well();
        let latest = "output/no-order/latest";
        sandbox
            .comity(&["report", latest, "-q", "--to", "linked.html"])
            .well();
        assert!(!page(&sandbox, "linked.html").contains(latest));
    }
    assert!(page(&sandbox, "both/report.html").contains("comity report both/options/"));
    let ran = sandbox.comity(&["report", "bench-market", "-n", "2", "--customers", "100"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let ran = sandbox.comity(&["report", "out", "-n", "3"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

#[test]
fn texts_of_a_scenario_are_inert_and_labels_stand_for_names() {
    let sandbox = Sandbox::new();
    let hostile = r#"</script><script>alert(1)</script><img src=x onerror=alert(1)>{{ \u202e"#;
    let scenario = format!(
        "extends = 'preska-2014'\ntitle = \"{hostile} of Microsoft\"\n\
         [metric.trust_eu_2014]\ntitle = \"{hostile}\"\n[lever.location]\nlabel = \"{hostile}\"\n\
         [report]\nmark = \"<b>DRAFT</b>\"\nauthor = 'A & B'\n\
         [report.labels]\nmicrosoft = 'Provider A'\nIE = 'Country 1'\n"
    );
    fs::write(sandbox.path("mine.toml"), scenario).unwrap();
    let job = [
        &["report", "mine.toml", "-q", "--to", "page.html"][..],
        &SIZE,
    ]
    .concat();
    sandbox.comity(&job).well();
    let page = page(&sandbox, "page.html");
    let (head, _) = page.split_once("<style>").unwrap();
    let markup = markup(&page);
    for inert in ["<script>alert", "<img", "\u{202e}", "<b>DRAFT"] {
        assert!(!page.contains(inert), "{inert}");
    }
    assert!(markup.contains("&lt;b&gt;DRAFT&lt;/b&gt;") && markup.contains("A &amp; B"));
    assert_eq!(page.matches("<script").count(), 2, "{head}");
    // The mark on every page printed, as CSS writes it.
    assert!(
        page.contains("content:\"\\3c b\\3e DRAFT"),
        "the mark is printed"
    );
    assert!(markup.contains("Provider A decides"));
    for name in ["icrosoft", "Ireland"] {
        let at = markup.find(name);
        let around = at.map(|at| &markup[at.saturating_sub(80)..(at + 40).min(markup.len())]);
        // What is not the name or title itself stays, such as that of the case.
        assert!(
            around.is_none_or(|text| text.contains("icrosoft Corp")),
            "{around:?}"
        );
    }
    let ran = sandbox.comity(&[&job[..], &["--bundle", "b.zip"]].concat());
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("[report.labels]"), "{ran:?}");
    assert!(!sandbox.path("b.zip").exists());
}

#[test]
fn labels_of_every_scenario_in_a_result_stand_for_names() {
    let sandbox = Sandbox::new();
    let write = |name: &str, more: &str| {
        let text = format!("extends = 'preska-2014'\ntitle = 'Of {name}'\n{more}");
        fs::write(sandbox.path(&format!("{name}.toml")), text).unwrap();
    };
    write("plain", "");
    write("masked", "[report.labels]\nmicrosoft = 'Provider A'\n");
    let size = ["-n", "3", "--customers", "60", "-q"];
    let vary = "provider.microsoft.posture.contest_to=none,district";
    let swept = ["sweep", "masked.toml", "--no-baseline", "--vary", vary];
    let compared = [
        "compare",
        "plain.toml",
        "masked.toml",
        "--of",
        "trust_eu_2014",
    ];
    for (job, out) in [(&swept[..], "swept"), (&compared, "compared")] {
        sandbox.comity(&[job, &size, &["-o", out]].concat()).well();
        let to = format!("{out}.html");
        sandbox.comity(&["report", out, "-q", "--to", &to]).well();
        let markup = markup(&page(&sandbox, &to));
        assert!(markup.contains("Some actors are called otherwise"), "{out}");
        assert!(!markup.contains("icrosoft"), "{out}");
        let ran = sandbox.comity(&["report", out, "--bundle", "b.zip"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("[report.labels]"), "{ran:?}");
    }
}

#[test]
fn how_it_is_shown_changes_no_digest_and_wrong_labels_are_found() {
    let sandbox = Sandbox::new();
    let write = |name: &str, more: &str| {
        let text = format!("extends = 'preska-2014'\n{more}");
        fs::write(sandbox.path(name), text).unwrap();
    };
    write("mine.toml", "");
    sandbox
        .comity(&[&["run", "mine.toml", "-q", "-o", "out"][..], &SIZE].concat())
        .well();
    let before = sandbox.files("out");
    write("mine.toml", "[report]\nmark = 'DRAFT'\n");
    // The same job, so that the result is found, and shown as is asked now.
    let job = [
        "report",
        "mine.toml",
        "-q",
        "-o",
        "out",
        "--to",
        "page.html",
    ];
    sandbox.comity(&[&job[..], &SIZE].concat()).well();
    assert!(page(&sandbox, "page.html").contains("class=\"confidential\">DRAFT"));
    assert_eq!(
        before["manifest.json"],
        sandbox.files("out")["manifest.json"]
    );
    for (more, says) in [
        (
            "[report.labels]\nmicrosof = 'A'\n",
            "did you mean `microsoft`",
        ),
        (
            "[report.labels]\nmicrosoft = 'google'\n",
            "another actor is called `google`",
        ),
        (
            "[report.labels]\nmicrosoft = 'A'\nIE = 'A'\n",
            "another actor is called `A`",
        ),
        ("[report]\nmark = ''\n", "has none or more than"),
        ("[report]\nmarks = 'x'\n", "marks"),
    ] {
        write("wrong.toml", more);
        let ran = sandbox.comity(&["check", "wrong.toml"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(says), "{ran:?}");
    }
    let fields = sandbox.comity(&["list", "fields", "report"]).well().out;
    for field in ["mark", "author", "labels"] {
        assert!(fields.contains(field), "{fields}");
    }
}

#[test]
fn a_bundle_holds_all_and_is_the_same_twice() {
    let sandbox = Sandbox::new();
    // With what decides which files there are.
    let kept = [
        "--keep", "2", "--paths", "kept", "--series", "totals", "--csv",
    ];
    sandbox.small("out", &[&kept[..], &["-q"]].concat()).well();
    for name in ["a.zip", "b.zip"] {
        sandbox
            .comity(&["report", "out", "-q", "--bundle", name])
            .well();
    }
    let [a, b] = ["a.zip", "b.zip"].map(|name| fs::read(sandbox.path(name)).unwrap());
    assert!(a == b, "equal inputs give equal bytes");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(a)).unwrap();
    let names = zip.file_names().map(|name| name.unwrap().into_owned());
    let names: Vec<String> = names.collect();
    for name in [
        "README.md",
        "report.html",
        "results/1-run-preska-2014/scenario.toml",
        "results/1-run-preska-2014/baseline.toml",
        "results/1-run-preska-2014/runs.parquet",
        "results/1-run-preska-2014/dictionary.csv",
        "results/1-run-preska-2014/manifest.json",
        "figures/1-run-preska-2014/endings-double.svg",
        "figures/1-run-preska-2014/endings.csv",
        "figures/1-run-preska-2014/endings.txt",
    ] {
        assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
    }
    let mut readme = String::new();
    let mut file = zip.by_name("README.md").unwrap();
    std::io::Read::read_to_string(&mut file, &mut readme).unwrap();
    drop(file);
    for part in [
        "## Overview",
        "## Data availability",
        "## Software",
        "## Instructions",
        "## References",
        "[S",
    ] {
        assert!(readme.contains(part), "{part}");
    }
    // The command of the README makes the tables again.
    zip.extract(sandbox.path("bundle")).unwrap();
    let command = readme
        .lines()
        .find(|line| line.starts_with("comity run"))
        .unwrap();
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    let ran = sandbox
        .command(&words)
        .current_dir(sandbox.path("bundle"))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
    let mut again = sandbox.files("bundle/again/1-run-preska-2014");
    let mut first = sandbox.files("out");
    for files in [&mut again, &mut first] {
        files.remove("manifest.json");
        files.remove("report.html");
    }
    assert!(again.keys().eq(first.keys()), "{:?}", again.keys());
    assert!(again == first, "every table is the same, byte for byte");
}

#[test]
fn a_page_is_refused_where_it_cannot_be_before_anything_is_written() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    fs::write(sandbox.path("a.zip"), "mine").unwrap();
    let refused = |arguments: &[&str], says: &str| {
        let ran = sandbox.comity(&[&["report", "out"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(says), "{ran:?}");
    };
    refused(&["--bundle", "a.zip"], "is there already");
    refused(
        &["--to", "both", "--bundle", "./both"],
        "cannot be the page and the bundle",
    );
    refused(
        &["--bundle", "out/report.html"],
        "cannot be the page and the bundle",
    );
    refused(&["--to", "out"], "is no file");
    assert!(!sandbox.path("both").exists() && !sandbox.path("out/report.html").exists());
    // A page of somebody else's in the place, and no bundle is made.
    fs::write(sandbox.path("out/report.html"), "<p>mine").unwrap();
    refused(&["--bundle", "b.zip"], "is no report of comity");
    assert!(!sandbox.path("b.zip").exists());
    assert_eq!(fs::read(sandbox.path("a.zip")).unwrap(), b"mine");
    if cfg!(unix) {
        let made = std::process::Command::new("mkfifo")
            .arg(sandbox.path("pipe"))
            .status();
        assert!(made.unwrap().success());
        refused(&["--to", "pipe"], "is no file");
    }
}

#[test]
#[cfg(unix)]
fn watching_makes_it_anew_and_ends_well() {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let sandbox = Sandbox::new();
    // What the scenario extends is watched too.
    let write = |title: &str| {
        let text = format!("extends = 'preska-2014'\ntitle = '{title}'\n");
        fs::write(sandbox.path("base.toml"), text).unwrap();
    };
    write("First");
    fs::write(sandbox.path("mine.toml"), "extends = 'base.toml'\n").unwrap();
    let job = ["report", "mine.toml", "--watch"];
    let mut command = sandbox.command(&[&job[..], &SIZE].concat());
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let pages = || {
        let results = fs::read_dir(sandbox.path("output/mine"));
        let results = results.into_iter().flatten().flatten();
        let pages = results.map(|result| fs::read_to_string(result.path().join("report.html")));
        pages.flatten().collect::<Vec<_>>()
    };
    let comes = |title: &str| {
        let began = Instant::now();
        let heading = format!("<h1>{title}</h1>");
        while !pages().iter().any(|page| page.contains(&heading)) {
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "{title} does not come"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    comes("First");
    // What is wrong for a moment ends nothing.
    fs::write(sandbox.path("base.toml"), "extends = ").unwrap();
    std::thread::sleep(Duration::from_millis(1_500));
    write("Second");
    comes("Second");
    assert_eq!(pages().len(), 1, "what was opened is what changes");
    let pid = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status();
    assert!(sent.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
