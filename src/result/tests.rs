//! Tables there and back, damage, and who may have which folder.

mod claims;
mod damage;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::durable::FileDigest;
use super::identity::{FORMAT, Identity};
use super::machine::{Machine, utc_now};
use super::table::{Column, ColumnKind, Schema, Table};
use super::table_writer::TableWriter;
use super::{Claim, Folder, Manifest, Opened, Request, ResultError, claim};
use crate::domain::Date;

fn identity() -> Identity {
    Identity {
        kind: "run".to_owned(),
        scenario: "preska-2014".to_owned(),
        scenario_digest: "5e1f0900aa".to_owned(),
        baseline_digest: None,
        model_version: 1,
        seed: 1,
        runs: 10,
        customers: 100,
        arguments: BTreeMap::new(),
    }
}

/// A table with every kind of column, empty cells and words that need quotes.
fn example(rows: i32) -> Table {
    let schema = Schema {
        table: "example".to_owned(),
        columns: vec![
            Column::new("run", ColumnKind::Int64, "", "run"),
            Column::new("cause", ColumnKind::Int64, "", "cause").nullable(),
            Column::new("out_x", ColumnKind::Float64, "USD", "x, in \"USD\"").nullable(),
            Column::new("date", ColumnKind::Date, "", "date"),
            Column::new("who", ColumnKind::Text, "", "who").nullable(),
            Column::new("censored", ColumnKind::Bool, "", "censored"),
        ],
    };
    let mut table = Table::new(schema);
    let start = Date::from_ymd(2014, 7, 31).unwrap();
    let words: [Arc<str>; 3] = ["Zürich", "a, \"b\"", ""].map(Arc::from);
    for run in 0..rows {
        let even = run % 2 == 0;
        table
            .row()
            .int(run)
            .int_or_null(even.then_some(i64::MIN + i64::from(run)))
            .float(if even { f64::NAN } else { f64::from(run) / 3.0 })
            .date(start.plus_days(-run))
            .text_or_null(words.get(run as usize % 4))
            .bool(even)
            .end();
    }
    table
}

/// Writes the table and gives the digests of its files.
fn write(folder: &Path, table: &Table, csv: bool) -> BTreeMap<String, FileDigest> {
    let mut writer = TableWriter::create(folder, table.schema.clone(), csv).unwrap();
    *writer.rows() = table.clone();
    let mut files = BTreeMap::new();
    writer.finish(&mut files).unwrap();
    files
}

fn request<'a>(output: &'a Path, out: Option<&'a Path>, identity: &'a Identity) -> Request<'a> {
    Request {
        output,
        out,
        fresh: false,
        room_bytes: 0,
        identity,
    }
}

fn work(request: &Request<'_>) -> Folder {
    match claim(request).unwrap() {
        Claim::Work(folder) => folder,
        Claim::Whole(opened) => panic!("{} is whole", opened.path.display()),
    }
}

fn whole(request: &Request<'_>) -> Opened {
    match claim(request).unwrap() {
        Claim::Whole(opened) => *opened,
        Claim::Work(folder) => panic!("{} is unfinished", folder.path().display()),
    }
}

fn refused(request: &Request<'_>) -> ResultError {
    claim(request).map(|_| ()).unwrap_err()
}

/// Ends the folder with one table in it.
fn commit(folder: Folder) -> Opened {
    let files = write(folder.path(), &example(20), false);
    let manifest = Manifest {
        comity: FORMAT,
        identity: folder.identity().clone(),
        program_version: "0".to_owned(),
        program_commit: None,
        started_utc: folder.started_utc().to_owned(),
        ended_utc: utc_now(),
        threads: 1,
        machine: Machine::here(),
        runs_ok: 10,
        runs_failed: 0,
        files,
    };
    folder.commit(manifest).unwrap()
}
