//! `comity story`: every line against the tables, the forms against each other, and what is
//! refused.

use std::fs;

use comity::domain::Date;
use comity::result::table::{Cells, Table};
use comity::result::{Wanted, open};
use serde_json::Value;

use crate::sandbox::{SMALL, Sandbox, assert_same};

/// A table of a result, whose rows are found by cells.
struct Rows(Table);

impl Rows {
    fn of(sandbox: &Sandbox, folder: &str, table: &str) -> Self {
        let result = open(&sandbox.path(folder)).unwrap();
        Self(result.files().table(table, Wanted::All).unwrap())
    }

    fn number(&self, row: usize, column: &str) -> f64 {
        self.0.column(column).unwrap().to_numbers().unwrap()[row]
    }

    fn word(&self, row: usize, column: &str) -> &str {
        match self.0.column(column) {
            Some(Cells::Text(words)) => words[row].as_deref().unwrap_or(""),
            _ => panic!("{column} holds no words"),
        }
    }

    fn date(&self, row: usize) -> Date {
        match self.0.column("date") {
            Some(Cells::Date(dates)) => dates[row].unwrap(),
            _ => panic!("no dates"),
        }
    }

    /// The one row for which this holds.
    fn find(&self, holds: impl Fn(usize) -> bool) -> usize {
        let rows: Vec<usize> = (0..self.0.rows()).filter(|&row| holds(row)).collect();
        assert_eq!(rows.len(), 1);
        rows[0]
    }

    fn event(&self, reference: &Value) -> usize {
        assert_eq!(reference["table"], "events");
        let (runs, ids) = (
            self.0.column("run").unwrap(),
            self.0.column("event_id").unwrap(),
        );
        let (runs, ids) = (runs.to_numbers().unwrap(), ids.to_numbers().unwrap());
        let same = |number: f64, name: &str| Some(number) == reference[name].as_f64();
        self.find(|row| {
            same(runs[row], "run")
                && same(ids[row], "event_id")
                && self.word(row, "world") == reference["world"]
        })
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text(line: &Value) -> &str {
    line["text"].as_str().unwrap()
}

/// Names as the scenario's library titles them.
fn title(name: &str) -> &str {
    let titles = [
        ("EU", "the European Union"),
        ("US", "the United States"),
        ("IE", "Ireland"),
        ("DE", "Germany"),
        ("FR", "France"),
        ("UK", "the United Kingdom"),
        ("BR", "Brazil"),
        ("amazon", "Amazon"),
        ("microsoft", "Microsoft"),
        ("google", "Google"),
        ("ibm", "IBM"),
        ("ovh", "OVH"),
        ("t-systems", "T-Systems"),
        ("locaweb", "Locaweb"),
    ];
    let found = titles.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("no title for {name}")).1
}

/// A number as a line shows it: fractions in hundredths, with so many decimals.
fn shown(events: &Rows, row: usize, column: &str) -> String {
    let value = events.number(row, column);
    let (factor, decimals) = match events.word(row, "kind") {
        "perceived_reach" | "location_protects" | "concern" => (100.0, 1),
        "base_moved" => (1.0, 2),
        "revenue" | "operating_profit" | "demands" | "disclosures" => (1.0, 0),
        _ => (1.0, 1),
    };
    let plain = format!("{:.*}", decimals, factor * value);
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

/// The text of a row of a chronicle, or of the law, has the row's numbers in its unit.
fn assert_says_its_numbers(events: &Rows, row: usize) {
    let said = events.word(row, "text");
    let kind = events.word(row, "kind");
    let (column, unit, factor, decimals) = match kind {
        "reach_in_law" | "perceived_reach" => ("probability", " %", 100.0, 1),
        "location_protects" | "concern" => ("0 to 1", " of 100", 100.0, 1),
        "base_moved" => ("percent", " %", 1.0, 2),
        "trust" => ("points 0-100", " of 100", 1.0, 1),
        "revenue" => ("musd_per_year", " m", 1.0, 1),
        "demands" | "disclosures" => ("count", "", 1.0, 0),
        "list_price" => ("percent of the start", " %", 1.0, 1),
        "operating_profit" | "legal_cost" | "fines" => ("musd", " m", 1.0, 1),
        "spend_share" | "workload_home_share" | "exposure" | "projects_deferred" => {
            ("percent", " %", 1.0, 1)
        }
        _ => return,
    };
    assert_eq!(events.word(row, "unit"), column, "{said}");
    let shown = |value: f64| format!("{:.decimals$}", factor * value);
    let value = shown(events.number(row, "value"));
    assert!(
        said.contains(&format!("{value}{unit}")),
        "{value}{unit}: {said}"
    );
    let before = events.number(row, "before");
    assert!(
        before.is_nan() || said.contains(&shown(before)),
        "{before}: {said}"
    );
}

/// A line about one row says what the row says; one about several names each place or
/// provider with its numbers.
fn assert_rests_on_rows(line: &Value, events: &Rows) {
    let rows: Vec<usize> = list(&line["rows"])
        .iter()
        .map(|r| events.event(r))
        .collect();
    let first = rows[0];
    assert_eq!(line["date"], events.date(first).to_string(), "{line}");
    assert_eq!(line["kind"], events.word(first, "kind"), "{line}");
    if rows.len() == 1 {
        assert_eq!(text(line), events.word(first, "text"));
        assert_says_its_numbers(events, first);
        return;
    }
    let mut at = 0;
    while at < rows.len() {
        let who = |row: usize| match events.word(row, "jurisdiction") {
            "" => title(events.word(row, "actor")),
            place => title(place),
        };
        // What moved twice in one event is told from the first row to the last.
        let (from, mut to) = (rows[at], rows[at]);
        if rows.get(at + 1).is_some_and(|&next| who(next) == who(from)) {
            at += 1;
            to = rows[at];
        }
        at += 1;
        let (before, value) = (shown(events, from, "before"), shown(events, to, "value"));
        let moved = format!("in {} from {before} to {value}", who(from));
        // Those of whom the same is said share a part of the line.
        let mut parts = text(line).split("; ");
        let level = format!(" {value}");
        let shared = parts.any(|part| part.contains(who(to)) && part.contains(&level));
        assert!(
            text(line).contains(&moved) || shared,
            "{moved}, {} {value}: {line}",
            who(to)
        );
        let was_there = !events.number(from, "before").is_nan() && before != value;
        assert!(
            !was_there || text(line).contains(&before),
            "{before}: {line}"
        );
    }
}

/// The first number in a text after a colon, and half a unit of its last digit.
fn number_in(text: &str) -> (f64, f64) {
    let plain: String = text
        .trim_start()
        .chars()
        .map(|c| if c == '−' { '-' } else { c })
        .filter(|c| *c != ',' && *c != '+')
        .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '.'))
        .collect();
    let decimals = plain.split_once('.').map_or(0, |(_, rest)| rest.len());
    let half = 0.5 / 10_u32.pow(decimals as u32) as f64 + 1e-9;
    (
        plain
            .parse()
            .unwrap_or_else(|_| panic!("no number in {text}")),
        half,
    )
}

fn assert_number(said: &str, cell: f64) {
    if cell.is_nan() {
        assert!(
            said.starts_with("not over by") || said.starts_with("no value"),
            "{said}"
        );
        return;
    }
    let (number, half) = number_in(said);
    assert!((number - cell).abs() <= half, "{said}: {cell}");
}

/// Holds a whole story against the tables of `wide`, in which every run was kept.
fn assert_story_rests_on_tables(story: &Value, sandbox: &Sandbox, wide: &str) {
    let events = Rows::of(sandbox, wide, "events");
    let runs = Rows::of(sandbox, wide, "runs");
    let run = story["run"].as_u64().unwrap() as usize;
    let cell = |reference: &Value| {
        assert_eq!(
            (&reference["table"], &reference["run"]),
            (&"runs".into(), &story["run"])
        );
        runs.number(run, reference["column"].as_str().unwrap())
    };
    for line in list(&story["standing"]) {
        let value = cell(&line["rows"][0]);
        assert_number(text(line).rsplit_once(": ").unwrap().1, value);
        let column = line["rows"][0]["column"].as_str().unwrap();
        let all = runs.0.column(column).unwrap().to_numbers().unwrap();
        let longest = |v: &f64| if v.is_nan() { f64::INFINITY } else { *v };
        let value = longest(&value);
        let above = all.iter().filter(|v| longest(v) > value).count();
        let below = all.iter().filter(|v| longest(v) < value).count();
        let share = |part: usize| format!("than in {:.0} % of 12", 100.0 * part as f64 / 12.0);
        let said = if above == 0 || below == 0 {
            text(line).contains("of 12 futures") || text(line).contains("all 12 futures")
        } else {
            text(line).contains(&share(above.max(below)))
        };
        assert!(said, "{above} above, {below} below: {line}");
    }
    let mut proven = 0;
    for line in list(&story["lines"]) {
        match line["kind"].as_str().unwrap() {
            "account" => {
                for row in list(&line["rows"]) {
                    let date = events.date(events.event(row)).to_string();
                    assert_eq!(line["date"], date.as_str());
                }
            }
            "quiet" => {
                let dates: Vec<Date> = list(&line["rows"])
                    .iter()
                    .map(|row| events.date(events.event(row)))
                    .collect();
                let end = "2024-07-31".parse().unwrap();
                let until = dates.get(1).copied().unwrap_or(end);
                assert!(dates[0].plus_months(12) < until, "{line}");
                let none_between = list(&story["lines"]).iter().all(|other| {
                    let date: Date = other["date"].as_str().unwrap().parse().unwrap();
                    let is_event = other["kind"] != "account" && other["kind"] != "quiet";
                    !is_event || date <= dates[0] || date >= until
                });
                assert!(none_between, "{line}");
            }
            _ => assert_rests_on_rows(line, &events),
        }
        for change in list(&line["consequences"]) {
            assert_rests_on_rows(change, &events);
            proven += 1;
        }
    }
    assert!(proven > 30, "{proven}");
    let cases = Rows::of(sandbox, wide, "cases");
    for line in list(&story["other_world"]) {
        let rows = list(&line["rows"]);
        if rows[0]["table"] == "cases" {
            let row = cases.find(|row| {
                cases.number(row, "run") == run as f64
                    && cases.word(row, "world") == rows[0]["world"]
                    && cases.word(row, "case") == rows[0]["case"]
            });
            let days = format!("{} days", cases.number(row, "duration_days"));
            let on = cases.date(row).in_words();
            let is_open = cases.word(row, "outcome") == "open";
            assert!(text(line).contains(&on), "{line}");
            assert!(is_open || text(line).contains(&days), "{line}");
            continue;
        }
        let said = text(line).rsplit_once(": ").unwrap().1;
        if let Some(there) = said.strip_suffix(", the same") {
            assert_number(there, cell(&rows[0]));
            assert_number(there, cell(&rows[1]));
            assert_eq!(cell(&rows[2]), 0.0);
            continue;
        }
        let (there, rest) = said.split_once(" in place of ").unwrap();
        assert_number(there, cell(&rows[0]));
        assert_number(rest, cell(&rows[1]));
        match rest.split_once("by the order ") {
            Some((_, by)) => assert_number(by, cell(&rows[2])),
            None => assert!(cell(&rows[2]).is_nan()),
        }
    }
}

fn json(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let told = sandbox
        .comity(&[&["story"], arguments, &["--json"]].concat())
        .well();
    serde_json::from_str(&told.out).unwrap()
}

#[test]
fn every_line_stands_in_the_tables_whether_the_run_was_kept_or_not() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    sandbox.small("wide", &["-q", "--keep", "12"]).well();
    for (run, world, kept) in [
        ("1", "scenario", "kept"),
        ("1", "baseline", "kept"),
        ("7", "scenario", "simulated_again"),
        ("11", "baseline", "simulated_again"),
    ] {
        let story = json(&sandbox, &["out", "--run", run, "--world", world]);
        assert_eq!(
            (&story["events"], &story["world"]),
            (&kept.into(), &world.into())
        );
        assert_story_rests_on_tables(&story, &sandbox, "wide");
        // Kept or simulated again, the story is the same.
        let mut wide = json(&sandbox, &["wide", "--run", run, "--world", world]);
        wide["events"] = story["events"].clone();
        wide["result"] = story["result"].clone();
        assert_eq!(wide, story);
    }
    for how in [
        &["--pick", "typical"][..],
        &["--pick", "worst", "--of", "case_days"],
    ] {
        let story = json(&sandbox, &[&["out"], how].concat());
        assert_story_rests_on_tables(&story, &sandbox, "wide");
    }
}

/// What a chronicle says of a year is what the other tables say of it.
#[test]
fn accounts_are_the_numbers_of_the_other_tables() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let events = Rows::of(&sandbox, "out", "events");
    let paths = Rows::of(&sandbox, "out", "paths");
    let followed = [
        ("trust", "parent:US", "EU", "trust_eu_in_parent_us"),
        (
            "spend_share",
            "parent:US",
            "EU",
            "spend_share_eu_in_parent_us",
        ),
        ("exposure", "", "EU", "exposure_eu"),
        ("revenue", "microsoft", "", "revenue_in_microsoft"),
    ];
    let mut compared = 0;
    for row in 0..events.0.rows() {
        let is_account = events.number(row, "cause_id").is_nan();
        let key = [
            events.word(row, "kind"),
            events.word(row, "actor"),
            events.word(row, "jurisdiction"),
        ];
        let followed = followed.iter().find(|f| [f.0, f.1, f.2] == key);
        if let Some(followed) =
            followed.filter(|_| is_account && events.word(row, "world") == "scenario")
        {
            let (run, date) = (events.number(row, "run"), events.date(row));
            let at = paths.find(|at| paths.number(at, "run") == run && paths.date(at) == date);
            assert_eq!(
                paths.number(at, followed.3),
                events.number(row, "value"),
                "{key:?}"
            );
            compared += 1;
        }
        // A word that the layout lacks would stand as `open`.
        assert_ne!(events.word(row, "kind"), "open");
    }
    assert_eq!(compared, 3 * 4 * 10);
    let runs = Rows::of(&sandbox, "out", "runs");
    for (kind, column) in [("projects_deferred", "out_projects_deferred_eu_12m")] {
        for run in 0..3 {
            let row = events.find(|row| {
                events.word(row, "kind") == kind
                    && events.number(row, "run") == f64::from(run)
                    && events.word(row, "world") == "scenario"
                    && events.word(row, "jurisdiction") == "EU"
                    && events.date(row).to_string() == "2015-07-31"
            });
            let metric = runs.number(run as usize, column);
            assert!((events.number(row, "value") - metric).abs() < 1e-9);
        }
    }
}

/// Keeping a chronicle changes no number of any other table.
#[test]
fn a_chronicle_changes_nothing_else() {
    let sandbox = Sandbox::new();
    sandbox.small("none", &["-q", "--keep", "0"]).well();
    sandbox
        .small("some", &["-q", "--keep", "5", "-j", "2"])
        .well();
    sandbox
        .small("same", &["-q", "--keep", "5", "-j", "1"])
        .well();
    let (mut none, mut some) = (sandbox.result_files("none"), sandbox.result_files("some"));
    assert_same(&some, &sandbox.result_files("same"));
    for files in [&mut none, &mut some] {
        files.remove("events.parquet");
    }
    assert_same(&none, &some);
}

#[test]
fn plain_text_and_markdown_have_the_lines_of_the_json() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let story = json(&sandbox, &["out", "--run", "4"]);
    let mut texts = vec![text(&story["standing"][0]).to_owned()];
    for line in list(&story["lines"]) {
        texts.push(text(line).to_owned());
        texts.extend(
            list(&line["consequences"])
                .iter()
                .map(|line| text(line).to_owned()),
        );
    }
    texts.extend(
        list(&story["other_world"])
            .iter()
            .map(|line| text(line).to_owned()),
    );
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");

    let plain = sandbox.comity(&["story", "out", "--run", "4"]).well().out;
    assert!(
        plain.lines().all(|line| line.chars().count() <= 100),
        "{plain}"
    );
    assert!(!plain.contains('\u{1b}'), "no colour without a terminal");
    let markdown = sandbox
        .comity(&["story", "out", "--run", "4", "--markdown"])
        .well()
        .out;
    let unescaped: String = markdown.chars().filter(|c| *c != '\\').collect();
    for form in [words(&plain), words(&unescaped)] {
        let mut rest = form.as_str();
        for text in &texts {
            let at = rest
                .find(&words(text))
                .unwrap_or_else(|| panic!("no `{text}` in {rest}"));
            rest = &rest[at + words(text).len()..];
        }
    }
    // Nothing else is an item.
    let items = |text: &str, mark: &str| text.matches(mark).count();
    let dated = list(&story["lines"]).len();
    assert_eq!(
        items(&markdown, "- "),
        texts.len() + list(&story["standing"]).len() - 1
    );
    assert_eq!(items(&plain, "· "), items(&markdown, "- ") - dated);
}

#[test]
fn a_typical_story_reads_as_a_history() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let told = sandbox.comity(&["story", "out"]).well().out;
    insta::assert_snapshot!(told);
}

#[test]
fn a_scenario_is_simulated_or_its_result_reused_and_quiet_prints_the_path() {
    let sandbox = Sandbox::new();
    let path = sandbox
        .comity(&[&["run"], &SMALL[..], &["-q"]].concat())
        .well()
        .out;
    let told = sandbox
        .comity(&[&["story"], &SMALL[..], &["-q"]].concat())
        .well();
    assert_eq!((told.out.as_str(), told.err.as_str()), (path.as_str(), ""));
    let latest = sandbox.comity(&["story", "--run", "2", "-q"]).well();
    assert_eq!(latest.out, path);
    // Without a result there is one afterwards.
    let other = sandbox.comity(&[&["story"], &SMALL[..], &["--seed", "2", "-o", "new"]].concat());
    assert!(other.well().out.contains("result: new"));
    open(&sandbox.path("new")).unwrap().verify().unwrap();
    let colour = sandbox
        .comity(&["story", "new", "--color", "always"])
        .well()
        .out;
    assert!(colour.contains("\u{1b}[1m"));
}

#[test]
fn without_a_baseline_nothing_is_said_of_the_other_world() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q", "--no-baseline"]).well();
    let story = json(&sandbox, &["out", "--run", "5"]);
    assert!(list(&story["other_world"]).is_empty());
    let told = sandbox.comity(&["story", "out", "--run", "5"]).well().out;
    assert!(!told.contains("Without the order"), "{told}");
    for arguments in [
        &["story", "out", "--world", "baseline"][..],
        &["story", "out", "--pick", "diff_case_days > 0"],
    ] {
        let ran = sandbox.comity(arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("leave out --no-baseline"), "{}", ran.err);
    }
}

#[test]
fn what_cannot_be_told_is_refused_with_its_mend() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let bench = [
        "run",
        "bench-market",
        "-n",
        "2",
        "--customers",
        "120",
        "-o",
        "bench",
        "-q",
    ];
    sandbox.comity(&bench).well();
    let before = sandbox.files("");
    let mut page = String::new();
    for arguments in [
        // Of a scenario yet to be simulated, before it is.
        &["story", "bench-market", "-n", "2"][..],
        &["story", "preska-2014", "-n", "2", "--run", "2"],
        &["story", "preska-2014", "-n", "2", "--pick", "typcal"],
        &["story", "preska-2014", "-n", "2", "--pick", "case_dais > 3"],
        &[
            "story",
            "preska-2014",
            "-n",
            "2",
            "--no-baseline",
            "--world",
            "baseline",
        ],
        &["story", "bench"],
        &["story", "nowhere"],
        &["story", "out", "--run", "12"],
        &["story", "out", "--run", "-1"],
        &["story", "out", "--run", "two"],
        &["story", "out", "--run", "1", "--pick", "worst"],
        &["story", "out", "--run", "1", "--of", "case_days"],
        &["story", "out", "--pick", "typcal"],
        &["story", "out", "--pick", ""],
        &["story", "out", "--pick", "case_days >"],
        &["story", "out", "--pick", "case_days > many"],
        &["story", "out", "--pick", "case_days > 99999"],
        &["story", "out", "--pick", "case_dais > 900"],
        &["story", "out", "--pick", "ms-ireland = lost"],
        &["story", "out", "--pick", "ms-ireland > statute"],
        &[
            "story",
            "out",
            "--pick",
            "case_days > 1",
            "--of",
            "case_days",
        ],
        &[
            "story",
            "out",
            "--pick",
            "worst",
            "--of",
            "us_share_eu_2015",
        ],
        &["story", "out", "--of", "trust_eu"],
        &["story", "out", "--world", "other"],
        &["story", "out", "-n", "5"],
        &["story", "out", "--json", "--markdown"],
        &["story", "out", "--json", "-q"],
    ] {
        let ran = sandbox.comity(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert_eq!(ran.out, "", "{arguments:?}");
        page += &format!("$ comity {}\n{}\n", arguments.join(" "), ran.err);
    }
    assert_eq!(sandbox.files(""), before, "nothing was written");
    insta::assert_snapshot!(page);
}

#[test]
fn a_damaged_table_is_refused_and_named() {
    let sandbox = Sandbox::new();
    for table in [
        "events.parquet",
        "runs.parquet",
        "cases.parquet",
        "scenario.toml",
    ] {
        sandbox.small(table, &["-q"]).well();
        let path = sandbox.path(table).join(table);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&path, bytes).unwrap();
        let ran = sandbox.comity(&["story", table, "--run", "1"]);
        assert_eq!(ran.code, Some(4), "{ran:?}");
        assert!(
            ran.err.contains(&format!("{table} is damaged")),
            "{}",
            ran.err
        );
        assert_eq!(ran.out, "");
    }
}

#[test]
fn hostile_titles_are_shown_and_not_obeyed() {
    let sandbox = Sandbox::new();
    let hostile = "extends = \"preska-2014\"\nbaseline = \"\"\n\
        title = \"Red \\u001b[31m \\u202E<script>alert(1)</script> **x**\"\n\
        [provider.microsoft]\ntitle = \"Micro\\u0007soft<b>\"\n";
    fs::write(sandbox.path("hostile.toml"), hostile).unwrap();
    let job = [
        "story",
        "hostile.toml",
        "-n",
        "3",
        "--customers",
        "60",
        "-o",
        "out",
    ];
    for form in [&[][..], &["--markdown"]] {
        let told = sandbox.comity(&[&job[..], form].concat()).well().out;
        for obeyed in ['\u{1b}', '\u{202e}', '\u{7}'] {
            assert!(!told.contains(obeyed), "{told}");
        }
        assert!(told.contains("Micro") && told.contains("soft"), "{told}");
        if form == ["--markdown"] {
            assert!(
                !told.contains("<script>") && told.contains("&lt;script&gt;"),
                "{told}"
            );
            assert!(told.contains("\\*\\*x\\*\\*"), "{told}");
        }
    }
}

/// A named customer, euros, an option and a last account of one month.
#[test]
fn a_short_last_account_is_held_against_no_year_and_amounts_are_in_the_currency() {
    let sandbox = Sandbox::new();
    let bank = include_str!("bank.toml").replace(
        "baseline = \"no-order\"",
        "baseline = \"no-order\"\ncurrency = \"EUR\"\nhorizon_months = 121",
    );
    let bank = bank.replace("exchange_rate = 1.34\n", "");
    fs::write(sandbox.path("bank.toml"), bank).unwrap();
    let job = ["run", "bank.toml", "-n", "4", "--customers", "120", "-q"];
    let more = ["--no-baseline", "--option", "comply", "-o", "out"];
    sandbox.comity(&[&job[..], &more].concat()).well();
    let story = json(&sandbox, &["out", "--run", "1"]);
    let title = "produce the data, and give in to such orders";
    assert_eq!(story["option"], title);
    let events = Rows::of(&sandbox, "out", "events");
    for row in 0..events.0.rows() {
        assert_says_its_numbers(&events, row);
        let said = events.word(row, "text");
        assert!(!said.contains("USD"), "{said}");
        assert!(!said.starts_with(char::is_lowercase), "{said}");
    }
    let last = list(&story["lines"])
        .iter()
        .rfind(|line| line["kind"] == "account")
        .unwrap();
    assert_eq!(
        text(last),
        "At the end, 1 month after the last account, in numbers"
    );
    let mut counted = 0;
    for line in list(&last["consequences"]) {
        match line["kind"].as_str().unwrap() {
            "demands" | "disclosures" | "base_moved" | "projects_deferred" => {
                assert!(text(line).contains("in the month"), "{line}");
                for word in ["up from", "down from", "as before", "the year before"] {
                    assert!(!text(line).contains(word), "{line}");
                }
                counted += 1;
            }
            "revenue" => assert!(text(line).contains("million EUR"), "{line}"),
            _ => {}
        }
        assert_rests_on_rows(line, &events);
    }
    assert!(counted > 0);
    let told = sandbox.comity(&["story", "out", "--run", "1"]).well().out;
    assert!(told.contains(&format!("\ndecided: {title}\n")), "{told}");
}
