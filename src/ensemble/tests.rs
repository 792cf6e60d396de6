//! A toy simulator, and what an ensemble must do with any simulator.

mod cost;
mod equality;
mod faults;
mod kill;
mod resume;
mod toy;
mod until;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use super::{
    Ending, EnsembleError, Finished, Interruption, Job, Keep, OnError, Outcome, Paths, run,
    run_until,
};
use crate::result::{Claim, Identity, Request, ResultError, claim};
use toy::Toy;

/// A job of the toy.
fn identity(runs: u32) -> Identity {
    Identity {
        kind: "run".to_owned(),
        scenario: "toy".to_owned(),
        scenario_digest: "0123456789abcdef".to_owned(),
        baseline_digest: Some("fedcba".to_owned()),
        model_version: 1,
        seed: 1,
        runs,
        customers: 10,
        arguments: keep().arguments(),
    }
}

fn keep() -> Keep {
    Keep {
        events_of_first: 5,
        paths: Paths::Auto,
        csv: true,
    }
}

fn job(threads: usize, runs_per_block: u32) -> Job {
    Job {
        threads,
        on_error: OnError::Continue,
        keep: keep(),
        files: vec![("scenario.toml".to_owned(), b"comity = 1\n".to_vec())],
        runs_per_block: Some(runs_per_block),
        interruption: Interruption::new(),
    }
}

fn claim_for(out: &Path, runs: u32) -> Result<Claim, ResultError> {
    claim(&Request {
        output: Path::new("/nowhere"),
        out: Some(out),
        fresh: false,
        room_bytes: 0,
        identity: &identity(runs),
    })
}

/// Does the job in `out` as the program would.
fn attempt(toy: &Toy, job: &Job, out: &Path, runs: u32) -> Result<Outcome, EnsembleError> {
    let Claim::Work(folder) = claim_for(out, runs)? else {
        panic!("the result is whole already");
    };
    run(job, toy, folder, &|_| (), &summary)
}

fn summary(finished: &Finished<'_>) -> Result<serde_json::Value, Box<dyn Error + Send + Sync>> {
    let values = finished.files().numbers("runs", "out_level")?;
    let sum: f64 = values.iter().filter(|value| !value.is_nan()).sum();
    Ok(serde_json::json!({ "runs": values.len(), "sum": sum }))
}

/// The same with runs only until `rule` finds them enough.
fn attempt_until(
    toy: &Toy,
    job: &Job,
    out: &Path,
    runs: u32,
    rule: &mut until::LevelRule,
) -> Result<Outcome, EnsembleError> {
    let Claim::Work(folder) = claim_for(out, runs)? else {
        panic!("the result is whole already");
    };
    run_until(job, toy, folder, rule, &|_| (), &summary)
}

/// Every file of a whole folder but the manifest, which holds times.
fn files_of(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(out).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name != "manifest.json" {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The files that the job ends in when nothing goes wrong.
fn expected_files(toy: &Toy, runs: u32) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("expected");
    let outcome = attempt(toy, &job(1, 16), &out, runs).unwrap();
    assert!(matches!(outcome.ending, Ending::Whole(_)));
    files_of(&out)
}

/// Same names, same bytes; says which file differs.
fn assert_same_files(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(expected));
    for (name, bytes) in expected {
        assert!(&found[name] == bytes, "{name} differs");
    }
}
