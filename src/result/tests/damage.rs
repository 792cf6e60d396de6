//! Tables there and back, and what becomes of damaged ones.

use std::fs;

use super::{commit, example, identity, request, work, write};
use crate::result::guard::silence_guarded_panics;
use crate::result::table::Cells;
use crate::result::{Checked, ExitClass, ResultError, ResultFiles, Wanted, open, read_parquet};

/// One cell of dates.
fn row(cells: &Cells, at: usize) -> Cells {
    match cells {
        Cells::Date(dates) => Cells::Date(vec![dates[at]]),
        _ => panic!("no dates"),
    }
}

#[test]
fn a_table_is_read_back_as_written() {
    let folder = tempfile::tempdir().unwrap();
    let table = example(100);
    let files = write(folder.path(), &table, true);
    let path = folder.path().join("example.parquet");
    let checked = Checked::default();
    let files = ResultFiles::new(folder.path(), &files, &checked);
    let read = files.table("example", Wanted::All).unwrap();
    assert_eq!(read.schema.table, "example");
    assert_eq!(read.rows(), 100);
    for (column, cells) in table.schema.columns.iter().zip(&table.cells) {
        let found = read.column(&column.name).unwrap();
        match (cells, found) {
            (Cells::Float64(a), Cells::Float64(b)) => {
                let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
                assert!(a.iter().zip(b).all(same));
            }
            _ => assert_eq!(cells, found, "{}", column.name),
        }
    }
    // Every run has one row.
    let one = files.run("example", 42).unwrap();
    assert_eq!(one.rows(), 1);
    assert_eq!(one.column("run"), Some(&Cells::Int64(vec![Some(42)])));
    assert_eq!(
        one.column("date"),
        Some(&row(table.column("date").unwrap(), 42))
    );
    assert_eq!(files.run("example", 100).unwrap().rows(), 0);
    let two = read_parquet(&path, Wanted::Columns(&["date", "run"])).unwrap();
    assert_eq!(two.schema.columns[0].name, "date");
    let error = read_parquet(&path, Wanted::Columns(&["npv"])).unwrap_err();
    assert!(matches!(error, ResultError::NoColumn { column, .. } if column == "npv"));

    let csv = fs::read_to_string(folder.path().join("example.csv")).unwrap();
    let expected = "run,cause,out_x,date,who,censored\n\
        0,-9223372036854775808,,2014-07-31,Zürich,true\n\
        1,,0.3333333333333333,2014-07-30,\"a, \"\"b\"\"\",false\n\
        2,-9223372036854775806,,2014-07-29,,true\n\
        3,,1.0,2014-07-28,,false\n";
    assert!(csv.starts_with(expected), "{csv}");
}

#[test]
fn equal_rows_give_equal_files() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), &example(1000), true);
    let second = write(folder.path(), &example(1000), true);
    assert_eq!(first, second);
    assert_eq!(first.len(), 2);
}

#[test]
fn any_flipped_bit_is_an_error_with_the_checksum_and_no_crash_without() {
    silence_guarded_panics();
    let folder = tempfile::tempdir().unwrap();
    let files = write(folder.path(), &example(30), false);
    let path = folder.path().join("example.parquet");
    let sound = fs::read(&path).unwrap();
    let (mut unseen, mut seen) = (0, 0);
    for place in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[place] ^= 1 << (place % 8);
        fs::write(&path, &bytes).unwrap();
        let checked = Checked::default();
        let files = ResultFiles::new(folder.path(), &files, &checked);
        let error = files.table("example", Wanted::All).unwrap_err();
        assert_eq!(error.exit_class(), ExitClass::Refused, "{error}");
        match read_parquet(&path, Wanted::All) {
            Ok(_) => unseen += 1,
            Err(ResultError::Damaged { .. }) => seen += 1,
            Err(other) => panic!("{other}"),
        }
    }
    // Why the checksum is needed: the format itself sees only part of the damage.
    assert!(unseen > 0 && seen > 0, "{unseen} {seen}");
    for length in [0, 4, sound.len() / 2, sound.len() - 1] {
        fs::write(&path, &sound[..length]).unwrap();
        let error = read_parquet(&path, Wanted::All).unwrap_err();
        assert!(matches!(error, ResultError::Damaged { .. }));
    }
}

#[test]
fn a_damaged_result_names_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let identity = identity();
    let opened = commit(work(&request(folder.path(), Some(&out), &identity)));
    opened.verify().unwrap();

    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let forged = manifest.replace("\"runs\": 10", "\"runs\": 11");
    assert_ne!(forged, manifest);
    fs::write(out.join("manifest.json"), forged).unwrap();
    let error = open(&out).unwrap_err();
    assert!(
        error.to_string().contains("manifest.json is damaged"),
        "{error}"
    );
    fs::write(out.join("manifest.json"), &manifest).unwrap();

    let table = out.join("example.parquet");
    let mut bytes = fs::read(&table).unwrap();
    bytes[50] ^= 4;
    fs::write(&table, bytes).unwrap();
    let error = opened.verify().unwrap_err();
    assert!(
        error.to_string().contains("example.parquet is damaged"),
        "{error}"
    );
    assert!(opened.files().table("example", Wanted::All).is_err());
    fs::remove_file(&table).unwrap();
    let error = opened.verify().unwrap_err();
    assert!(error.to_string().contains("missing"), "{error}");
    assert_eq!(error.exit_class().code(), 4);

    let newer = manifest.replace("\"comity\": 1", "\"comity\": 2");
    fs::write(out.join("manifest.json"), newer).unwrap();
    assert!(matches!(
        open(&out).unwrap_err(),
        ResultError::Newer { format: 2, .. }
    ));
    fs::write(out.join("manifest.json"), "{\"name\": \"web app\"}").unwrap();
    assert!(matches!(
        open(&out).unwrap_err(),
        ResultError::Foreign { .. }
    ));
    assert!(matches!(
        open(folder.path()).unwrap_err(),
        ResultError::NotAResult { .. }
    ));
}
