//! Named customers in whole jobs: what they get, and that nobody else notices them.

mod by_hand;

use std::collections::BTreeMap;
use std::fs;

use comity::result::table::Cells;
use comity::result::{Wanted, open};
use serde_json::Value;

use crate::sandbox::{Sandbox, assert_same};

const BANK: &str = include_str!("bank.toml");

/// A small job of `NAME.toml`, written here.
fn run(sandbox: &Sandbox, name: &str, text: &str, more: &[&str]) -> crate::sandbox::Ran {
    let file = format!("{name}.toml");
    fs::write(sandbox.path(&file), text).unwrap();
    let job = [
        "run",
        file.as_str(),
        "-n",
        "12",
        "--customers",
        "120",
        "-o",
        name,
    ];
    sandbox.comity(&[&job[..], more].concat())
}

/// A text column of a table.
fn words(sandbox: &Sandbox, result: &str, table: &str, column: &str) -> Vec<String> {
    let result = open(&sandbox.path(result)).unwrap();
    let table = result.files().table(table, Wanted::All).unwrap();
    match table.column(column) {
        Some(Cells::Text(cells)) => cells
            .iter()
            .map(|cell| cell.as_deref().unwrap_or("").to_owned())
            .collect(),
        other => panic!("{column} is {other:?}"),
    }
}

/// The columns of a CSV table of numbers and dates whose names do not speak of the bank.
fn columns_of_others(sandbox: &Sandbox, file: &str) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(sandbox.path(file)).unwrap();
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut columns = BTreeMap::new();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    for (at, name) in head.iter().enumerate() {
        if !name.contains("bank") {
            let cells = rows.iter().map(|row| row[at].to_owned()).collect();
            columns.insert((*name).to_owned(), cells);
        }
    }
    columns
}

#[test]
fn nobody_else_notices_a_named_customer() {
    let sandbox = Sandbox::new();
    let removed = BANK.split("# The three numbers").next().unwrap();
    let metrics = "[metric.bank_cost]\nof = \"customer_cost\"\ncustomer = \"my-bank\"\n\
                   [metric.bank_exposure]\nof = \"customer_exposure\"\ncustomer = \"my-bank\"\n";
    let plain = "extends = \"preska-2014\"\n";
    let stays = "[customer.my-bank.workload.core-banking]\nleave = \"stay\"\n\
                 spend_per_year = 0\n[customer.my-bank.workload.mail]\nleave = \"stay\"\n\
                 spend_per_year = 0\n";
    run(&sandbox, "plain", plain, &["--csv", "-q"]).well();
    run(
        &sandbox,
        "bank",
        &format!("{removed}{metrics}"),
        &["--csv", "-q"],
    )
    .well();
    fs::write(sandbox.path("parent.toml"), format!("{removed}{metrics}")).unwrap();
    let stays = format!("extends = \"parent.toml\"\n{stays}");
    run(&sandbox, "idle", &stays, &["--csv", "-q"]).well();

    for bank in ["bank", "idle"] {
        for table in ["runs.csv", "paths.csv"] {
            let plain = columns_of_others(&sandbox, &format!("plain/{table}"));
            assert!(plain.len() > 10 && plain.values().all(|cells| !cells.is_empty()));
            let bank = columns_of_others(&sandbox, &format!("{bank}/{table}"));
            assert_eq!(plain, bank);
        }
    }
    let bytes = |result: &str, table: &str| {
        fs::read(sandbox.path(&format!("{result}/{table}.parquet"))).unwrap()
    };
    for table in ["series", "cases"] {
        assert_eq!(bytes("plain", table), bytes("bank", table), "{table}");
    }
    // Who spends nothing and stays leaves no trace in the tables of what happened.
    for table in ["series", "cases", "events", "milestones"] {
        assert_eq!(bytes("plain", table), bytes("idle", table), "{table}");
    }
    // Who leaves adds rows, and no other row changes, its number included.
    for table in ["events", "milestones"] {
        let others = |result: &str| {
            let text = fs::read_to_string(sandbox.path(&format!("{result}/{table}.csv")));
            let lines: Vec<String> = text.unwrap().lines().map(str::to_owned).collect();
            lines
                .into_iter()
                .filter(|line| !line.contains("my-bank"))
                .collect::<Vec<_>>()
        };
        assert_eq!(others("plain"), others("bank"), "{table}");
        assert!(bytes("plain", table) != bytes("bank", table), "{table}");
    }
}

#[test]
fn the_page_speaks_of_the_bank_in_its_currency() {
    let sandbox = Sandbox::new();
    let ran = run(&sandbox, "bank", BANK, &[]).well();
    for text in [
        "what My Bank pays over ten years",
        "EUR ",
        "MY BANK",
        "months with something above its tolerance",
    ] {
        assert!(ran.out.contains(text), "no {text} in {}", ran.out);
    }
    let json = sandbox.comity(&["run", "bank", "--json"]).well();
    let page: Value = serde_json::from_str(&json.out).unwrap();
    let first = &page["three_numbers"][0];
    assert_eq!(first["unit"]["currency"], "EUR");
    let block = &page["customers"][0];
    assert_eq!(block["title"], "My Bank");
    assert_eq!(block["numbers"].as_array().unwrap().len(), 6);
    let late = &page["three_numbers"][2];
    assert_eq!(late["unit"]["kind"], "yes_no");
    let effects = page["by_the_order"].as_array().unwrap();
    assert!(
        effects
            .iter()
            .all(|one| !one["name"].as_str().unwrap().contains("bank"))
    );

    let result = open(&sandbox.path("bank")).unwrap();
    let column = |name: &str| result.files().numbers("runs", name).unwrap();
    let mut costs = column("out_bank_cost");
    let mean = costs.iter().sum::<f64>() / 12.0;
    // Five million a year for ten years, falling prices, discounted; and two exits.
    assert!((25.0..45.0).contains(&mean), "{mean}");
    costs.sort_by(f64::total_cmp);
    let typical = first["typical"]["value"]["at"].as_f64().unwrap();
    assert!((costs[5]..=costs[6]).contains(&typical));
    let units = fs::read_to_string(sandbox.path("bank/dictionary.csv")).unwrap();
    assert!(
        units
            .lines()
            .any(|line| line.contains("out_bank_cost,real,meur")),
        "{units}"
    );
}

#[test]
fn exits_are_told_with_their_date_money_and_cause() {
    let sandbox = Sandbox::new();
    run(&sandbox, "bank", BANK, &["-q", "--keep", "12"]).well();
    let of_events = |column: &str| words(&sandbox, "bank", "events", column);
    let (kinds, texts, units) = (of_events("kind"), of_events("text"), of_events("unit"));
    let targets = of_events("target");
    let result = open(&sandbox.path("bank")).unwrap();
    let table = result.files().table("events", Wanted::All).unwrap();
    let numbers = |column: &str| match table.column(column) {
        Some(Cells::Int64(cells)) => cells.clone(),
        other => panic!("{column} is {other:?}"),
    };
    let (runs, ids, causes) = (numbers("run"), numbers("event_id"), numbers("cause_id"));
    let worlds = of_events("world");
    let kind_of_cause = |row: usize| {
        let cause = causes[row]?;
        let found = (0..kinds.len()).find(|&other| {
            (runs[other], &worlds[other]) == (runs[row], &worlds[row]) && ids[other] == Some(cause)
        });
        Some(kinds[found.expect("a cause is a row")].as_str())
    };
    let rows = |kind: &str, target: &str| {
        (0..kinds.len())
            .filter(|&row| kinds[row] == kind && targets[row] == target)
            .collect::<Vec<_>>()
    };
    let core = "my-bank.core-banking";
    let decided = rows("exit_decided", core);
    let by_ruling = decided
        .iter()
        .filter(|&&row| kind_of_cause(row) == Some("ruling"));
    assert!(by_ruling.count() > 3, "rulings lift it above its tolerance");
    for &row in &decided {
        assert!(
            texts[row].starts_with(
                "My Bank decides to move core banking from Microsoft in Ireland to T-Systems in \
                 Germany, at a cost of EUR "
            ),
            "{}",
            texts[row]
        );
        assert_eq!(units[row], "eur");
    }
    for row in rows("exit_finished", core) {
        assert_eq!(kind_of_cause(row), Some("exit_decided"));
    }
    // The trustee opens on 1 September 2016; half a year later all mail is there.
    let mail = rows("exit_finished", "my-bank.mail");
    assert_eq!(mail.len(), 24, "in twelve futures of two worlds");
    let Some(Cells::Date(dates)) = table.column("date") else {
        panic!("no dates");
    };
    assert!(
        mail.iter()
            .all(|&row| dates[row].unwrap().to_string() == "2017-03-01")
    );

    let milestones = words(&sandbox, "bank", "milestones", "subject");
    assert!(milestones.iter().any(|subject| subject == core));
    let finished = result.files().numbers("runs", "out_bank_exits_finished");
    assert!(
        finished
            .unwrap()
            .iter()
            .all(|&count| count == 1.0 || count == 2.0)
    );
}

#[test]
fn threads_change_no_byte_and_the_frozen_scenario_gives_the_same() {
    let sandbox = Sandbox::new();
    run(&sandbox, "one", BANK, &["-q", "-j", "1"]).well();
    fs::copy(sandbox.path("one.toml"), sandbox.path("three.toml")).unwrap();
    let three = [
        "-n",
        "12",
        "--customers",
        "120",
        "-q",
        "-j",
        "3",
        "-o",
        "three",
    ];
    sandbox
        .comity(&[&["run", "one.toml"], &three[..]].concat())
        .well();
    assert_same(&sandbox.result_files("three"), &sandbox.result_files("one"));
    let frozen = ["-n", "12", "--customers", "120", "-q", "-o", "frozen"];
    let frozen = [&["run", "one/scenario.toml"], &frozen[..]].concat();
    sandbox.comity(&frozen).well();
    assert_same(
        &sandbox.result_files("frozen"),
        &sandbox.result_files("one"),
    );
}

#[test]
fn a_baseline_with_customers_of_its_own_must_have_the_same() {
    let sandbox = Sandbox::new();
    let stays = BANK
        .replace("baseline = \"no-order\"", "baseline = \"\"")
        .replace("leave = \"above_tolerance\"", "leave = \"stay\"");
    fs::write(sandbox.path("stays.toml"), &stays).unwrap();
    let against = |name: &str| BANK.replace("\"no-order\"", &format!("\"{name}\""));
    run(&sandbox, "bank", &against("stays.toml"), &["-q"]).well();
    let result = open(&sandbox.path("bank")).unwrap();
    let finished = |name: &str| result.files().numbers("runs", name).unwrap();
    // The baseline's own customer stays with core banking; its mail goes.
    assert!(
        finished("base_bank_exits_finished")
            .iter()
            .all(|&count| count == 1.0)
    );

    let other = stays.replace("workload.mail", "workload.post");
    fs::write(sandbox.path("other.toml"), other).unwrap();
    let refused = run(&sandbox, "refused", &against("other.toml"), &["-q"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused.err.contains("the named customers"),
        "{}",
        refused.err
    );
    assert!(!sandbox.path("refused").exists());
}

#[test]
fn at_steady_prices_the_cost_is_an_annuity() {
    let sandbox = Sandbox::new();
    let steady = "extends = \"preska-2014\"\nbaseline = \"\"\ndiscount_rate_per_year = 0.08\n\
                  [provider.microsoft]\nprice_trend_per_year = 0\n\
                  [customer.firm]\njurisdiction = \"FR\"\nsegment = \"enterprise\"\n\
                  tolerance = 0.5\n\
                  [customer.firm.workload.all]\nregion = \"azure-dublin\"\n\
                  spend_per_year = 1.2e6\n\
                  [metric.cost]\nof = \"customer_cost\"\ncustomer = \"firm\"\n\
                  [metric.cost_12m]\nof = \"customer_cost\"\ncustomer = \"firm\"\n\
                  over_months = 12\n";
    run(&sandbox, "steady", steady, &["-q"]).well();
    let result = open(&sandbox.path("steady")).unwrap();
    // A tenth of a million at the end of each month: v + v^2 + … + v^n of v = 1.08^(-1/12).
    let v = comity::chance::math::pow(1.08, -1.0 / 12.0);
    for (name, months) in [("out_cost", 120), ("out_cost_12m", 12)] {
        let vn = comity::chance::math::pow(v, f64::from(months));
        let annuity = 0.1 * v * (1.0 - vn) / (1.0 - v);
        for cost in result.files().numbers("runs", name).unwrap() {
            assert!((cost - annuity).abs() < 1e-9, "{name}: {cost} {annuity}");
        }
    }
}
