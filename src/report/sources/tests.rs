use super::*;
use crate::scenario::load_text;

fn fixture(more: &str) -> Scenario {
    let text = include_str!("../../scenario/fixture.toml");
    load_text("small", &format!("{text}{more}"), &[]).unwrap()
}

#[test]
fn the_page_says_what_each_number_rests_on() {
    let hostile = "\"choice.home_weight\" = \"assumed: \\u001b[2Jx\"\n\"no.such\" = \"T01\"\n";
    let scenario = fixture(hostile);
    let sources = Sources::of(&scenario);
    assert_eq!(sources.unused(), ["no.such"]);
    let tally = sources.tally();
    assert_eq!((tally.assumed, tally.by_confidence), (5, [5, 0, 0]));
    assert_eq!(
        tally.numbers,
        tally.assumed + tally.uncovered + tally.by_confidence.iter().sum::<usize>()
    );
    let text = sources.text(100, false);
    assert!(!text.contains('\u{1b}'));
    assert!(text.lines().all(|line| line.chars().count() <= 100));
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}: {text}"))
    };
    assert!(at("NO SOURCE") < at("as above"));
    at("T01-T04, T09 (A)");
    at("0.5 [0.225 to 0.775]");
}

#[test]
fn the_appendix_is_a_table_that_any_reader_takes() {
    let scenario = fixture("");
    let sources = Sources::of(&scenario);
    let text = sources.csv().unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), sources.tally().numbers);
    let cell = |path: &str, column: &str| {
        let row = rows.iter().find(|row| &row[0] == path).unwrap();
        let place = columns.iter().position(|name| name == column).unwrap();
        row[place].to_owned()
    };
    let path = "market.DE.spend_musd_per_year";
    assert!(cell(path, "value").contains("dist = \"lognormal\""));
    assert!((cell(path, "p50").parse::<f64>().unwrap() - 900.0).abs() < 1e-9);
    assert_eq!(cell(path, "drawn"), "once_a_run");
    assert_eq!(cell("case.one.amici", "source_ids"), "T01-T04 | T09");
    assert_eq!(cell("case.one.amici", "confidence"), "A");
    assert!(cell("case.one.amici", "source_titles").contains("DOJ letter"));
    assert_eq!(
        sources.json()["numbers"].as_array().unwrap().len(),
        rows.len()
    );
}
