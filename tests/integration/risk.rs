//! `comity risk`: what the law takes, counted anew here from the tables, and what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use comity::result::Manifest;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::sandbox::{Ran, SMALL, Sandbox};

fn risk(sandbox: &Sandbox, more: &[&str]) -> Ran {
    sandbox.comity(&[&["risk"], more].concat())
}

fn json(ran: Ran) -> Value {
    serde_json::from_str(&ran.well().out).unwrap()
}

/// Rows of a table as CSV, each by the names of its columns.
fn rows(sandbox: &Sandbox, file: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(sandbox.path(file)).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let heads = || heads.iter().map(str::to_owned);
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| heads().zip(row.iter().map(str::to_owned)).collect())
        .collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

#[track_caller]
fn assert_near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    let within = 1e-9 * expected.abs().max(1.0);
    assert!((found - expected).abs() < within, "{found} for {expected}");
}

/// 120 months from 31 July 2014: a year ends on 30 July.
fn year_of(date: &str) -> usize {
    let year: usize = date[..4].parse().unwrap();
    year - 2014 - usize::from(&date[5..] < "07-31")
}

/// Largest and sum of each year, in the order of futures, and the sum of each future.
fn counted_anew(losses: &[BTreeMap<String, String>], runs: usize) -> [Vec<f64>; 3] {
    let (mut largest, mut sums) = (vec![0.0_f64; 10 * runs], vec![0.0; 10 * runs]);
    let mut totals = vec![0.0; runs];
    let own =
        |row: &&BTreeMap<String, String>| row["world"] == "scenario" && row["actor"] == "microsoft";
    for row in losses.iter().filter(own) {
        let (run, amount) = (number(row, "run") as usize, number(row, "amount") / 1e6);
        let at = 10 * run + year_of(&row["date"]);
        largest[at] = largest[at].max(amount);
        sums[at] += amount;
        totals[run] += amount;
    }
    [largest, sums, totals].map(|mut all| {
        all.sort_by(|a, b| b.total_cmp(a));
        all
    })
}

#[test]
fn what_is_said_follows_from_the_losses() {
    let sandbox = Sandbox::new();
    let job = ["run", "preska-2014", "-n", "20", "--customers", "120"];
    sandbox
        .comity(&[&job[..], &["--csv", "-q", "-o", "out"]].concat())
        .well();
    let periods = ["--return-periods", "10,4,20,21", "--levels", "90,50,99"];
    let said = json(risk(&sandbox, &[&["out", "--json"], &periods[..]].concat()));
    let losses = rows(&sandbox, "out/losses.csv");
    let [largest, sums, totals] = counted_anew(&losses, 20);
    let told = said["risk"]["exceedance"].as_array().unwrap();
    // 200 years: the 50th, the 20th and the 10th; 20 futures know nothing of 21 years.
    for (row, rank) in told.iter().zip([50, 20, 10]) {
        assert_near(&row["occurrence"]["value"], largest[rank - 1]);
        assert_near(&row["aggregate_year"]["value"], sums[rank - 1]);
    }
    assert_eq!(told[3]["years"], 21.0);
    assert_eq!(told[3]["aggregate_year"]["value"], Value::Null);
    assert_eq!(told[3]["aggregate_year"]["why"], "beyond_the_futures");
    let levels = said["risk"]["at_risk"].as_array().unwrap();
    let own: Vec<&Value> = levels
        .iter()
        .filter(|row| row["what"] == "losses")
        .collect();
    assert_eq!(own.len(), 3);
    for (row, beyond) in own.iter().zip([10, 2]) {
        assert_eq!(row["basis"], "aggregate_horizon");
        assert_eq!(row["horizon_days"], 3653);
        assert_near(&row["value_at_risk"]["value"], totals[beyond]);
        let mean = totals[..beyond].iter().sum::<f64>() / beyond as f64;
        assert_near(&row["tail_mean"]["value"], mean);
    }
    assert_eq!(own[2]["tail_mean"]["value"], Value::Null);
    // Business lost: the profits of both worlds, paired.
    let mut short = [0.0; 20];
    for row in rows(&sandbox, "out/profits.csv") {
        if row["actor"] == "microsoft" {
            let sign = if row["world"] == "baseline" {
                1.0
            } else {
                -1.0
            };
            let profit = number(&row, "operating_profit");
            short[number(&row, "run") as usize] += sign * profit / 1e6;
        }
    }
    short.sort_by(|a, b| b.total_cmp(a));
    let business = levels.iter().find(|row| row["what"] == "lost_business");
    assert_near(&business.unwrap()["value_at_risk"]["value"], short[10]);
    // The reserve holds every matter, and the case is what it costs altogether.
    let reserve = said["risk"]["reserve"].as_array().unwrap();
    let case = reserve.iter().find(|row| row["matter"] == "ms-ireland");
    let of_case = |row: &&BTreeMap<String, String>| {
        row["world"] == "scenario" && row["matter"] == "ms-ireland"
    };
    let cost: f64 = losses
        .iter()
        .filter(of_case)
        .map(|row| number(row, "amount"))
        .sum();
    assert_near(&case.unwrap()["expected"], cost / 1e6 / 20.0);
}

#[test]
fn a_scenario_is_simulated_once_and_its_result_read() {
    let sandbox = Sandbox::new();
    let first = risk(&sandbox, &SMALL).well();
    for said in [
        "EXCEEDANCE",
        "VALUE AT RISK",
        "RESERVE",
        "not estimable",
        "assumed",
    ] {
        assert!(first.out.contains(said), "{said}: {}", first.out);
    }
    let again = risk(&sandbox, &SMALL).well();
    assert_eq!(again.out, first.out);
    let path = risk(&sandbox, &[&SMALL[..], &["-q"]].concat()).well().out;
    let read = risk(&sandbox, &[path.trim()]).well();
    let page = |text: &str| text.split_once("\nNEXT").unwrap().0.to_owned();
    assert_eq!(page(&read.out), page(&first.out));
    assert_eq!(page(&risk(&sandbox, &[]).well().out), page(&first.out));
    for line in first.out.lines() {
        assert!(line.chars().count() <= 99, "{line}");
    }
}

#[test]
fn threads_change_nothing_that_is_said() {
    let sandbox = Sandbox::new();
    let said = |threads: &str| {
        let more = ["-j", threads, "-o", threads, "--json"];
        let mut said = json(risk(&sandbox, &[&SMALL[..], &more].concat()));
        said["next"] = Value::Null;
        said["result"] = Value::Null;
        said
    };
    assert_eq!(said("1"), said("3"));
}

#[test]
fn a_metric_loses_what_it_falls_short_of() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["--csv", "-q"]).well();
    let ask = |of: &str, folder: &str| {
        let more = [folder, "--of", of, "--levels", "50", "--json"];
        json(risk(&sandbox, &more))
    };
    let column = |name: &str| -> Vec<f64> {
        let rows = rows(&sandbox, "out/runs.csv");
        let mut values: Vec<f64> = rows.iter().map(|row| number(row, name)).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let median = |said: &Value| said["risk"]["at_risk"][0]["value_at_risk"]["value"].clone();
    let short = ask("npv_microsoft", "out");
    assert_eq!(short["column"], "diff_npv_microsoft");
    // Of 12 the 6th smallest loss is the 7th smallest gain, the other way round.
    assert_near(&median(&short), -column("diff_npv_microsoft")[6]);
    let cost = ask("legal_cost_microsoft", "out");
    assert_near(&median(&cost), column("diff_legal_cost_microsoft")[5]);
    let itself = ask("out_legal_cost_microsoft", "out");
    assert_near(&median(&itself), column("out_legal_cost_microsoft")[5]);
    let baseline = ask("base_legal_cost_microsoft", "out");
    assert_near(&median(&baseline), column("base_legal_cost_microsoft")[5]);
    // Without a baseline the metric itself is the loss.
    sandbox.small("alone", &["--no-baseline", "-q"]).well();
    assert_eq!(
        median(&ask("legal_cost_microsoft", "alone")),
        median(&itself)
    );
    let refused = risk(&sandbox, &["alone", "--of", "npv_microsoft"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.err.contains("is simulated with its baseline"),
        "{}",
        refused.err
    );
}

#[test]
fn whose_losses_and_in_which_world() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let said = |more: &[&str]| json(risk(&sandbox, &[&["out", "--json"], more].concat()));
    let world = said(&["--world", "baseline"]);
    assert_eq!(
        (&world["world"], &world["who"]),
        (&"baseline".into(), &"Microsoft".into())
    );
    assert!(world["risk"]["exceedance"][0]["lost_business_year"].is_null());
    // Google has no case: only its business can be lost.
    let google = risk(&sandbox, &["out", "--who", "google"]).well().out;
    assert!(
        google.contains("no fine, no legal cost and no exit in any of 12 futures"),
        "{google}"
    );
    assert!(
        google.contains("business lost") && !google.contains("RESERVE"),
        "{google}"
    );
    let none = risk(&sandbox, &["out", "--who", "google", "--world", "baseline"])
        .well()
        .out;
    assert!(
        none.contains("NOTHING LOST") && !none.contains("EXCEEDANCE"),
        "{none}"
    );
    let all = said(&["--who", "all"]);
    assert!(all["actor"].is_null());
    sandbox.small("alone", &["--no-baseline", "-q"]).well();
    let refused = risk(&sandbox, &["alone", "--world", "baseline"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.err.contains("nothing is known of a baseline"),
        "{}",
        refused.err
    );
}

#[test]
fn the_whole_curve_falls_and_is_never_written_over() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    risk(&sandbox, &["out", "--curve", "curve.csv"]).well();
    let curve = rows(&sandbox, "curve.csv");
    let mut before: Option<(&str, &str, f64, f64)> = None;
    let mut bases: Vec<(&str, &str)> = Vec::new();
    for row in &curve {
        let (what, basis) = (row["what"].as_str(), row["basis"].as_str());
        let (loss, chance) = (number(row, "loss"), number(row, "exceedance_probability"));
        assert_eq!(row["unit"], "musd");
        let by_year = basis != "aggregate_horizon";
        assert_eq!(row["horizon_days"], if by_year { "365" } else { "3653" });
        assert_eq!(row["return_period_years"].is_empty(), !by_year);
        assert!(0.0 < chance && chance <= 1.0);
        match before {
            Some((w, b, larger, rarer)) if (w, b) == (what, basis) => {
                assert!(loss < larger && chance > rarer);
            }
            _ => bases.push((what, basis)),
        }
        before = Some((what, basis, loss, chance));
    }
    let expected = [
        ("losses", "occurrence"),
        ("losses", "aggregate_year"),
        ("losses", "aggregate_horizon"),
        ("lost_business", "aggregate_year"),
        ("lost_business", "aggregate_horizon"),
    ];
    assert_eq!(bases, expected);
    let bytes = fs::read(sandbox.path("curve.csv")).unwrap();
    for (path, said) in [
        ("curve.csv", "is there already"),
        ("no/curve.csv", "is no folder"),
    ] {
        let refused = risk(
            &sandbox,
            &[&SMALL[..], &["--curve", path, "-o", "new"]].concat(),
        );
        assert_eq!(refused.code, Some(2), "{path}");
        assert!(refused.err.contains(said), "{}", refused.err);
        assert!(!sandbox.path("new").exists(), "nothing was simulated");
    }
    assert_eq!(fs::read(sandbox.path("curve.csv")).unwrap(), bytes);
}

/// A horizon that is no number of whole years: the rest counts in no year, and that is said.
#[test]
fn a_part_of_a_year_is_left_out_and_told() {
    let sandbox = Sandbox::new();
    let job = [&SMALL[..], &["-s", "horizon_months=126", "-o", "out"]].concat();
    let page = risk(&sandbox, &job).well().out;
    assert!(
        page.contains("The last 184 days are no whole year"),
        "{page}"
    );
    let said = json(risk(&sandbox, &["out", "--json"]));
    assert_eq!(said["risk"]["whole_years"], 10);
    assert_eq!(said["risk"]["days_left_out"], 184);
    assert_eq!(said["risk"]["at_risk"][0]["horizon_days"], 3837);
}

/// Takes a file out of a result, as if the program that wrote it had not known it.
fn forget(folder: &Path, file: &str) {
    const SEAL: &str = ",\n  \"sha256_of_the_lines_above\": \"";
    fs::remove_file(folder.join(file)).unwrap();
    let path = folder.join("manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    let mut manifest: Manifest = serde_json::from_str(&text).unwrap();
    assert!(manifest.files.remove(file).is_some());
    let text = serde_json::to_string_pretty(&manifest).unwrap();
    let above = text.strip_suffix("\n}").unwrap();
    let sum: String = Sha256::digest(above)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    fs::write(path, format!("{above}{SEAL}{sum}\"\n}}\n")).unwrap();
}

#[test]
fn a_result_without_losses_says_how_to_get_them() {
    let sandbox = Sandbox::new();
    let ran = sandbox
        .comity(&[&["run"], &SMALL[..], &["-q"]].concat())
        .well();
    let folder = ran.out.trim().to_owned();
    forget(&sandbox.path(&folder), "losses.parquet");
    for target in [&folder[..], "preska-2014"] {
        let job: &[&str] = if target == "preska-2014" {
            &SMALL
        } else {
            &[target]
        };
        let refused = risk(&sandbox, job);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(
            refused.err.contains("has no losses.parquet"),
            "{}",
            refused.err
        );
        assert!(refused.err.contains("--fresh"), "{}", refused.err);
    }
    // A metric needs no table of losses.
    risk(&sandbox, &[&folder, "--of", "npv_microsoft"]).well();
    // The command that is told works.
    let scenario = format!("{folder}/scenario.toml");
    let mend = ["-n", "12", "--customers", "120", "--seed", "1", "--fresh"];
    let mended = risk(&sandbox, &[&[&scenario[..]], &mend[..]].concat());
    assert_eq!(mended.code, Some(0), "{mended:?}");
    assert!(mended.out.contains("EXCEEDANCE"), "{}", mended.out);
}

/// Each is refused with exit code 2, a message that says the mend, and nothing written.
#[test]
fn what_cannot_be_asked_is_refused_before_anything_is_simulated() {
    let sandbox = Sandbox::new();
    let years = "give years above 1 and up to 1,000,000";
    let percent = "give per cent above 0 and below 100";
    let wrong: [(&[&str], &str); 24] = [
        (&["--return-periods", "0"], years),
        (&["--return-periods", "1"], years),
        (&["--return-periods", "-5"], years),
        (&["--return-periods", "2,NaN"], years),
        (&["--return-periods", "1e300"], years),
        (&["--return-periods", "inf"], years),
        (&["--return-periods", ""], years),
        (&["--return-periods", "ten"], years),
        (&["--levels", "0"], percent),
        (&["--levels", "100"], percent),
        (&["--levels", "-1"], percent),
        (&["--levels", "nan"], percent),
        (&["--levels", "95,1e300"], percent),
        (&["--probable", "200"], percent),
        (&["--remote", "-1"], percent),
        (&["--probable", "10"], "is not below --probable 10"),
        (
            &["--probable", "20", "--remote", "30"],
            "--remote 30 is not below --probable 20",
        ),
        (&["--of", "npv_microsft"], "did you mean `npv_microsoft`?"),
        (
            &["--of", "trust_eu_2016"],
            "is not money; metrics of money are `npv_microsoft`",
        ),
        (&["--of", "out_npv_microsoft"], "what it falls short of"),
        (
            &["--of", "npv_microsoft", "--who", "google"],
            "cannot be used with",
        ),
        (&["--who", "mircosoft"], "did you mean `microsoft`?"),
        (
            &["--no-baseline", "--world", "baseline"],
            "nothing is known of a baseline",
        ),
        (
            &["--world", "neither"],
            "possible values: scenario, baseline",
        ),
    ];
    for (more, said) in wrong {
        let ran = risk(&sandbox, &[&SMALL[..], more, &["-o", "out"]].concat());
        assert_eq!(ran.code, Some(2), "{more:?} {ran:?}");
        assert!(ran.err.contains(said), "{more:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{more:?}");
        assert!(sandbox.files("").is_empty(), "{more:?} wrote");
    }
    let market = risk(&sandbox, &["bench-market", "-n", "2", "--customers", "100"]);
    assert_eq!(market.code, Some(2));
    assert!(market.err.contains("market benchmark"), "{}", market.err);
    assert!(sandbox.files("").is_empty());
}
