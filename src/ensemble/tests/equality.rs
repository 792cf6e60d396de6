//! The same bytes however the work was shared out, and the same rows for a prefix.

use super::toy::Toy;
use super::{Ending, assert_same_files, attempt, expected_files, files_of, job};
use crate::result::table::{Cells, Table};
use crate::result::{Wanted, open};

#[test]
fn threads_and_block_sizes_change_no_byte() {
    let toy = Toy::new();
    let expected = expected_files(&toy, 200);
    assert!(expected.contains_key("events.csv") && expected.contains_key("summary.json"));
    assert!(!expected.keys().any(|name| name.starts_with('.')));
    for (threads, runs_per_block) in [(1, 1), (2, 16), (5, 7), (5, 1000), (16, 3)] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let outcome = attempt(&toy, &job(threads, runs_per_block), &out, 200).unwrap();
        assert!(matches!(outcome.ending, Ending::Whole(_)));
        assert_eq!((outcome.ok, outcome.failed, outcome.skipped), (200, 0, 0));
        assert_same_files(&files_of(&out), &expected);
    }
}

/// The first `rows` rows.
fn first_rows(table: &Table, rows: usize) -> Vec<Cells> {
    let cut = |cells: &Cells| match cells {
        Cells::Int64(cells) => Cells::Int64(cells[..rows].to_vec()),
        Cells::Float64(cells) => {
            // NaN is not equal to itself; its bits are.
            let bits = |value: &f64| Some(value.to_bits().cast_signed());
            Cells::Int64(cells[..rows].iter().map(bits).collect())
        }
        Cells::Date(cells) => Cells::Date(cells[..rows].to_vec()),
        Cells::Text(cells) => Cells::Text(cells[..rows].to_vec()),
        Cells::Bool(cells) => Cells::Bool(cells[..rows].to_vec()),
    };
    table.cells.iter().map(cut).collect()
}

#[test]
fn fewer_runs_are_the_first_rows_of_more() {
    let toy = Toy::new();
    let folder = tempfile::tempdir().unwrap();
    let few = folder.path().join("few");
    let many = folder.path().join("many");
    attempt(&toy, &job(2, 16), &few, 100).unwrap();
    attempt(&toy, &job(2, 16), &many, 200).unwrap();
    let (few, many) = (open(&few).unwrap(), open(&many).unwrap());
    for name in [
        "runs",
        "paths",
        "milestones",
        "cases",
        "steps",
        "losses",
        "profits",
        "events",
    ] {
        let few = few.files().table(name, Wanted::All).unwrap();
        let many = many.files().table(name, Wanted::All).unwrap();
        assert!(few.rows() > 0, "{name}");
        let rows = few.rows();
        assert_eq!(first_rows(&few, rows), first_rows(&many, rows), "{name}");
    }
}

#[test]
fn the_tables_hold_what_the_runs_put_out() {
    let toy = Toy::new();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    attempt(&toy, &job(2, 16), &out, 50).unwrap();
    let opened = open(&out).unwrap();
    let runs = opened.files().table("runs", Wanted::All).unwrap();
    let numbers = |name: &str| runs.column(name).unwrap().to_numbers().unwrap();
    assert_eq!(numbers("run"), (0..50).map(f64::from).collect::<Vec<_>>());
    let pairs = numbers("out_level").into_iter().zip(numbers("base_level"));
    let differences: Vec<f64> = pairs.map(|(level, base)| level - base).collect();
    assert_eq!(numbers("diff_level"), differences);
    assert!(numbers("diff_end_days").iter().all(|value| value.is_nan()));

    // Estimands × series × dates; the exact mean of the level at the first date.
    let series = opened.files().table("series", Wanted::All).unwrap();
    assert_eq!(series.rows(), 3 * 2 * 6);
    let mean = series.column("mean").unwrap().to_numbers().unwrap();
    let base = series.column("p50").unwrap().to_numbers().unwrap();
    assert!((mean[12] - mean[0] / 3.0).abs() < 1e-9);
    assert!((mean[24] - (mean[0] - mean[12])).abs() < 1e-9);
    assert!((0.0..=100.0).contains(&base[0]));
    let n = series.column("n").unwrap().to_numbers().unwrap();
    assert!(n[0] == 50.0 && n[1] < 50.0);

    let dictionary = String::from_utf8(opened.files().bytes("dictionary.csv").unwrap()).unwrap();
    assert!(dictionary.contains("runs,in_cost_usd,real,USD,true,cost of a region\n"));
    let events = String::from_utf8(opened.files().bytes("events.csv").unwrap()).unwrap();
    assert!(
        events.contains("\"Run 0: \"\"a region\"\", opened\""),
        "{events}"
    );
}
