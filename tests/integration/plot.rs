//! `comity plot`: the files that it writes, what they hold, and what it refuses.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::sandbox::{SMALL, Sandbox, assert_same, csv_rows as rows};

#[test]
fn every_figure_of_a_result_is_drawn_with_its_numbers_and_a_caption() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let before = sandbox.result_files("out");
    let page = sandbox.comity(&["plot", "out", "--json"]).well().out;
    let page: Value = serde_json::from_str(&page).unwrap();
    let figures = page["figures"].as_array().unwrap();
    let kinds: Vec<&str> = figures
        .iter()
        .map(|f| f["figure"].as_str().unwrap())
        .collect();
    // Twelve futures are too few for fifths of futures, and for two estimates.
    assert_eq!(
        kinds,
        [
            "fan",
            "endings",
            "survival",
            "procedure",
            "locations",
            "reach",
            "exposure",
            "regions",
            "exceedance",
            "ladder"
        ]
    );
    for figure in figures {
        let read = |kind: &str| fs::read(sandbox.path(figure[kind].as_str().unwrap())).unwrap();
        let svg = String::from_utf8(read("svg")).unwrap();
        assert!(svg.starts_with("<svg"), "{}", &svg[..60]);
        // Without need of a font, and of nothing from elsewhere.
        assert!(!svg.contains("<text") && !svg.contains("font") && !svg.contains("href"));
        let png = read("png");
        assert_eq!(&png[1..4], b"PNG");
        let wide = u32::from_be_bytes(png[16..20].try_into().unwrap());
        assert_eq!(wide, 2104, "178 mm at 300 dots to the inch");
        let caption = String::from_utf8(read("caption")).unwrap();
        assert!(
            caption.contains("12 futures of 120 customers · seed 1 · digest"),
            "{caption}"
        );
        assert!(caption.contains("Units of the data: "), "{caption}");
        assert!(rows(&String::from_utf8(read("csv")).unwrap()).len() >= 2);
    }
    // The result itself is as it was, and the same again changes nothing.
    let mut after = sandbox.result_files("out");
    after.retain(|name, _| !name.starts_with("plots/"));
    assert_same(&before, &after);
    let drawn = sandbox.files("out/plots");
    assert_eq!(drawn.len(), 4 * kinds.len());
    sandbox.comity(&["plot", "out", "-q"]).well();
    assert_same(&drawn, &sandbox.files("out/plots"));
    sandbox.comity(&["run", "out"]).well();
}

#[test]
fn the_ways_of_an_end_add_to_one_and_agree_with_the_cases() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    sandbox
        .comity(&["plot", "out", "--figure", "endings", "--to", "drawn"])
        .well();
    let text = fs::read_to_string(sandbox.path("drawn/endings.csv")).unwrap();
    let mut by_date: BTreeMap<String, f64> = BTreeMap::new();
    let mut last: BTreeMap<String, f64> = BTreeMap::new();
    for row in rows(&text) {
        let chance: f64 = row["chance"].parse().unwrap();
        *by_date.entry(row["date"].clone()).or_default() += chance;
        last.insert(row["ending"].clone(), chance);
    }
    assert!(by_date.len() >= 120);
    for (date, sum) in by_date {
        assert!((sum - 1.0).abs() < 1e-12, "{date}: {sum}");
    }
    // At the horizon, as the page has it.
    let page = sandbox.comity(&["run", "out", "--json"]).well().out;
    let page: Value = serde_json::from_str(&page).unwrap();
    let endings = page["how_it_ends"]["endings"].as_array().unwrap();
    let shares = endings
        .iter()
        .filter_map(|ending| ending["share"]["count"].as_f64());
    let mut told: Vec<f64> = shares
        .filter(|count| *count > 0.0)
        .map(|count| count / 12.0)
        .collect();
    let mut drawn: Vec<f64> = last.into_values().filter(|chance| *chance > 1e-9).collect();
    told.sort_by(f64::total_cmp);
    drawn.sort_by(f64::total_cmp);
    assert_eq!(told.len(), drawn.len(), "{told:?} {drawn:?}");
    for (told, drawn) in told.iter().zip(&drawn) {
        assert!((told - drawn).abs() < 1e-9, "{told} {drawn}");
    }
}

#[test]
fn workload_by_country_adds_to_all_workload() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["--csv", "-q"]).well();
    sandbox
        .comity(&["plot", "out", "--figure", "locations"])
        .well();
    let read = |name: &str| rows(&fs::read_to_string(sandbox.path(name)).unwrap());
    let mean = |row: &BTreeMap<String, String>| row["mean"].parse::<f64>().unwrap();
    let all: Vec<_> = read("out/series.csv")
        .into_iter()
        .filter(|row| {
            row["metric"] == "workload"
                && row["estimand"] == "level"
                && row["provider"].is_empty()
                && row["jurisdiction"].is_empty()
        })
        .collect();
    assert!(all.len() >= 120);
    let drawn = read("out/plots/locations.csv");
    for total in all {
        let there = drawn.iter().filter(|row| row["date"] == total["date"]);
        let sum: f64 = there.map(mean).sum();
        let total = mean(&total);
        // Means are kept to a fixed number of binary digits.
        assert!((sum - total).abs() < 1e-6 * total, "{sum} {total}");
    }
}

/// The numbers drawn, of each figure the first and the last rows, with the caption.
#[test]
fn the_data_of_each_figure_are_as_they_were() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    sandbox.comity(&["plot", "out", "-q"]).well();
    let mut shown = String::new();
    for (name, bytes) in sandbox.files("out/plots") {
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        match name.rsplit_once('.') {
            Some((_, "csv")) if lines.len() > 16 => {
                shown += &format!("== {name}: {} lines\n", lines.len());
                let (first, last) = (&lines[..8], &lines[lines.len() - 4..]);
                shown += &format!("{}\n…\n{}\n", first.join("\n"), last.join("\n"));
            }
            Some((_, "csv" | "txt")) => shown += &format!("== {name}\n{text}"),
            _ => {}
        }
    }
    insta::assert_snapshot!(shown);
}

/// Of every date, who can reach workload adds to all that is located, and what lies in the
/// country of most providers to what the other figure has there.
#[test]
fn who_can_reach_workload_adds_to_where_it_lies() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    for figure in ["locations", "reach"] {
        sandbox.comity(&["plot", "out", "--figure", figure]).well();
    }
    let read = |name: &str| rows(&fs::read_to_string(sandbox.path(name)).unwrap());
    let number = |row: &BTreeMap<String, String>| row["mean"].parse::<f64>().unwrap();
    let (mut lies, mut there, mut reached, mut reached_there) = (
        BTreeMap::new(),
        BTreeMap::new(),
        BTreeMap::new(),
        BTreeMap::new(),
    );
    for row in read("out/plots/locations.csv") {
        *lies.entry(row["date"].clone()).or_insert(0.0) += number(&row);
        if row["jurisdiction"] == "US" {
            *there.entry(row["date"].clone()).or_insert(0.0) += number(&row);
        }
    }
    for row in read("out/plots/reach.csv") {
        assert_eq!(row["state"], "US");
        *reached.entry(row["date"].clone()).or_insert(0.0) += number(&row);
        if ["state", "state_and_parent"].contains(&&*row["by"]) {
            *reached_there.entry(row["date"].clone()).or_insert(0.0) += number(&row);
        }
    }
    assert!(lies.len() >= 120);
    for (all, parts) in [(&lies, &reached), (&there, &reached_there)] {
        assert_eq!(all.len(), parts.len());
        for (date, total) in all {
            let sum: f64 = parts[date];
            assert!(
                (sum - total).abs() < 1e-6 * f64::max(*total, 1.0),
                "{date}: {sum} {total}"
            );
        }
    }
}

/// Of every stage, what happens there adds to its comings; endings add to one over all stages.
#[test]
fn the_procedure_loses_no_future() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    sandbox
        .comity(&["plot", "out", "--figure", "procedure"])
        .well();
    let table = rows(&fs::read_to_string(sandbox.path("out/plots/procedure.csv")).unwrap());
    let number = |row: &BTreeMap<String, String>, name: &str| row[name].parse::<f64>().unwrap();
    let mut of_stage: BTreeMap<String, f64> = BTreeMap::new();
    let (mut ended, mut into, mut from) = (0.0, BTreeMap::new(), BTreeMap::new());
    for row in &table {
        *of_stage.entry(row["stage"].clone()).or_default() += number(row, "of_stage");
        *from.entry(row["stage"].clone()).or_insert(0.0) += number(row, "count");
        if row["next"].is_empty() {
            assert!(!row["ending"].is_empty(), "{row:?}");
            ended += number(row, "of_futures");
        } else {
            *into.entry(row["next"].clone()).or_insert(0.0) += number(row, "count");
        }
    }
    for (stage, sum) in of_stage {
        assert!((sum - 1.0).abs() < 1e-12, "{stage}: {sum}");
    }
    assert!((ended - 1.0).abs() < 1e-12, "{ended}");
    // Who comes to a stage other than the first leaves it too.
    for (stage, count) in into {
        assert_eq!(from.get(&stage), Some(&count), "{stage}");
    }
}

/// A table, a tornado and thresholds of a comparison say what its page says; figures of several
/// results have folders of their own; the dark theme is another file.
#[test]
fn results_of_other_commands_have_their_own_figures() {
    let sandbox = Sandbox::new();
    let small = [
        "compare",
        "preska-2014",
        "-n",
        "12",
        "--customers",
        "60",
        "--only",
    ];
    let compared = [
        &small[..],
        &[
            "comply,keys",
            "--levers",
            "exposure",
            "-o",
            "compared",
            "-q",
        ],
    ];
    sandbox.comity(&compared.concat()).well();
    sandbox.small("out", &["-q"]).well();
    let drawn = [
        "plot", "compared", "out", "--to", "drawn", "--theme", "dark", "--json",
    ];
    let page = sandbox.comity(&drawn).well().out;
    let page: Value = serde_json::from_str(&page).unwrap();
    let names = |at: usize| -> Vec<String> {
        let figures = page[at]["figures"].as_array().unwrap().iter();
        figures
            .map(|figure| figure["figure"].as_str().unwrap().to_owned())
            .collect()
    };
    // Twelve futures are too few for a tornado.
    assert_eq!(names(0), ["decision", "thresholds"]);
    assert!(names(1).contains(&"ladder".to_owned()));
    let files = sandbox.files("drawn");
    assert!(files.contains_key("preska-2014-compared/decision-double-dark.svg"));
    assert!(files.contains_key("preska-2014-out/fan-trust_eu_in_parent_us-double-dark.png"));
    let told = sandbox
        .comity(&["compare", "compared", "--json"])
        .well()
        .out;
    let told: Value = serde_json::from_str(&told).unwrap();
    let table =
        rows(&String::from_utf8(files["preska-2014-compared/decision.csv"].clone()).unwrap());
    assert_eq!(table.len(), 2);
    for row in table {
        let options = told["options"].as_array().unwrap();
        let at = options
            .iter()
            .position(|option| option["name"] == *row["option"])
            .unwrap();
        let judged = &told["compared"]["judged"]["options"][at];
        let same = |name: &str, value: &Value| match value.as_f64() {
            Some(value) => assert_eq!(row[name].parse::<f64>().unwrap(), value, "{name}"),
            None => assert!(row[name].is_empty(), "{name}"),
        };
        same("best_in", &judged["best_in"]);
        same("regret", &judged["regret"]);
        same("mean", &judged["against_reference"]["mean"]);
    }
    let ran = sandbox.comity(&["plot", "compared", "--figure", "fan"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("it has decision, tornado, thresholds"),
        "{}",
        ran.err
    );
}

/// One future bears no claim and no interval.
#[test]
fn titles_of_one_future_claim_nothing() {
    let sandbox = Sandbox::new();
    let one = [
        "run",
        "preska-2014",
        "-n",
        "1",
        "--customers",
        "60",
        "-o",
        "one",
        "-q",
    ];
    sandbox.comity(&one).well();
    let page = sandbox.comity(&["plot", "one", "--to", "drawn", "--json"]);
    let page: Value = serde_json::from_str(&page.well().out).unwrap();
    let figures = page["figures"].as_array().unwrap();
    assert!(figures.len() >= 8);
    for figure in figures {
        let title = figure["title"].as_str().unwrap();
        assert!(
            title.ends_with(": one future is too few to tell"),
            "{title}"
        );
    }
    let text = fs::read_to_string(sandbox.path("drawn/survival.csv")).unwrap();
    for row in rows(&text) {
        assert!(row["low"].is_empty() && row["high"].is_empty());
        assert!(row["open"] == "1.0" || row["open"] == "0.0");
    }
}

/// Regions that come in too few futures to have a date are named in the caption, and no others.
#[test]
fn regions_without_a_date_are_named_with_their_chance() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let plot = ["plot", "out", "--figure", "regions", "--to", "drawn"];
    sandbox.comity(&plot).well();
    let read = |name: &str| fs::read_to_string(sandbox.path(name)).unwrap();
    let caption = read("drawn/regions.txt");
    let mut counts = [0, 0];
    for row in rows(&read("drawn/regions.csv")) {
        let is_dated = ["p10", "p50", "p90"]
            .iter()
            .any(|day| !row[*day].is_empty());
        let act = match &*row["act"] {
            "opened" => "opens",
            "converted" => "is converted",
            _ => "closes",
        };
        let name = format!("{} {act}: ", row["region"]);
        assert_eq!(caption.contains(&name), !is_dated, "{name}: {caption}");
        counts[usize::from(is_dated)] += 1;
    }
    assert!(counts[0] > 0 && (1..=14).contains(&counts[1]), "{counts:?}");
}

#[test]
fn what_cannot_be_drawn_is_refused_and_nothing_is_overwritten() {
    let sandbox = Sandbox::new();
    let refused = |arguments: &[&str], why: &str| {
        let ran = sandbox.comity(&[&["plot"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(why), "{arguments:?}: {}", ran.err);
    };
    let small = |more: &[&'static str]| [&SMALL[..], more].concat();
    // Before anything is simulated.
    refused(
        &small(&["--metric", "trust_eu_2041"]),
        "did you mean `trust_eu_2014`?",
    );
    refused(
        &small(&["--figure", "fan", "--metric", "case_days"]),
        "it counts or waits",
    );
    refused(
        &small(&["--figure", "decision"]),
        "is of one of `comity compare`",
    );
    refused(
        &small(&["--figure", "endings", "--metric", "trust_eu_2014"]),
        "leave out --metric",
    );
    refused(&small(&["--figure", "fans"]), "fan");
    assert!(!sandbox.path("output").exists());
    sandbox.small("out", &["-q"]).well();
    refused(&["out", "-n", "20"], "which is only read");
    sandbox
        .comity(&["plot", "out", "--figure", "survival"])
        .well();
    let place = sandbox.path("out/plots/survival.txt");
    fs::write(&place, "a caption of my own").unwrap();
    let before = sandbox.files("out/plots");
    refused(
        &["out", "--figure", "survival", "--width", "slide"],
        "is there already and differs",
    );
    assert_same(&before, &sandbox.files("out/plots"));
    // Of all figures none is written where one is refused.
    refused(&["out"], "is there already and differs");
    assert_same(&before, &sandbox.files("out/plots"));
    let path = sandbox.path("a-file");
    fs::write(&path, "").unwrap();
    refused(&["out", "--to", "a-file"], "is no folder");
    let ran = sandbox.comity(&["plot", "out", "--to", "a-file/plots"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("--to names another"), "{}", ran.err);
}
