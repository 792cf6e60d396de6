//! Going on: after an interruption, from any state that a crash can leave, and from
//! damaged blocks.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use super::toy::Toy;
use super::{Ending, Interruption, assert_same_files, attempt, claim_for, expected_files};
use super::{files_of, job};
use crate::ensemble::{Finished, Progress, run};
use crate::result::{Claim, ExitClass};

#[test]
fn interrupted_work_is_sealed_and_gone_on_with() {
    let expected = expected_files(&Toy::new(), 100);
    for run in [0, 1, 15, 16, 50, 99] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let mut job = job(3, 16);
        let mut toy = Toy::new();
        toy.interrupted_in = Some((run, job.interruption.clone()));
        let outcome = attempt(&toy, &job, &out, 100).unwrap();
        let sealed = outcome.ok;
        if sealed == 100 {
            assert!(matches!(outcome.ending, Ending::Whole(_)));
        } else {
            assert!(matches!(outcome.ending, Ending::Interrupted(15)));
            assert!(sealed > run && outcome.skipped == 100 - sealed);
            job.interruption = Interruption::new();
            let outcome = attempt(&Toy::new(), &job, &out, 100).unwrap();
            assert_eq!((outcome.resumed, outcome.ok), (sealed, 100));
        }
        assert_same_files(&files_of(&out), &expected);
    }
}

/// A folder with 48 of 100 runs sealed in three blocks.
fn unfinished(out: &Path) {
    let job = job(1, 16);
    let mut toy = Toy::new();
    toy.interrupted_in = Some((47, job.interruption.clone()));
    let outcome = attempt(&toy, &job, out, 100).unwrap();
    assert_eq!(outcome.ok, 48);
}

fn block(out: &Path, number: usize) -> std::path::PathBuf {
    let mut blocks: Vec<_> = fs::read_dir(out.join("blocks"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    blocks.sort();
    blocks.swap_remove(number)
}

type Damage = fn(&Path);

#[test]
fn torn_altered_missing_and_strange_blocks_are_done_again() {
    let expected = expected_files(&Toy::new(), 100);
    let damages: [(Damage, u32); 8] = [
        (|out| fs::remove_file(block(out, 1)).unwrap(), 32),
        (|out| fs::write(block(out, 0), b"").unwrap(), 32),
        (|out| fs::write(block(out, 2), vec![7; 10_000]).unwrap(), 32),
        (
            |out| {
                let path = block(out, 1);
                let mut bytes = fs::read(&path).unwrap();
                bytes.truncate(bytes.len() / 2);
                fs::write(path, bytes).unwrap();
            },
            32,
        ),
        (
            |out| {
                let path = block(out, 1);
                let mut bytes = fs::read(&path).unwrap();
                bytes[100] ^= 1;
                fs::write(path, bytes).unwrap();
            },
            32,
        ),
        // A sound block under another's name.
        (
            |out| {
                fs::copy(block(out, 0), out.join("blocks/0000000048-0000000064.bin")).unwrap();
            },
            48,
        ),
        // What a crash leaves of a block and of a table.
        (
            |out| {
                fs::write(out.join("blocks/0000000048-0000000064.bin.part"), b"x").unwrap();
                fs::write(out.join("runs.parquet.part"), b"x").unwrap();
                fs::write(out.join("failures.parquet"), b"x").unwrap();
                fs::write(out.join("runs.parquet"), b"x").unwrap();
            },
            48,
        ),
        (|out| fs::remove_dir_all(out.join("blocks")).unwrap(), 0),
    ];
    for (damage, resumed) in damages {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        unfinished(&out);
        damage(&out);
        let outcome = attempt(&Toy::new(), &job(2, 16), &out, 100).unwrap();
        assert_eq!(outcome.resumed, resumed);
        assert_same_files(&files_of(&out), &expected);
    }
}

#[test]
fn another_block_size_goes_on_from_the_same_blocks() {
    let expected = expected_files(&Toy::new(), 100);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    unfinished(&out);
    let outcome = attempt(&Toy::new(), &job(2, 9), &out, 100).unwrap();
    assert_eq!(outcome.resumed, 48);
    assert_same_files(&files_of(&out), &expected);
}

#[test]
fn a_crash_after_the_commit_leaves_a_whole_result_that_is_tidied() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    unfinished(&out);
    let marker = fs::read(out.join(".comity-unfinished.json")).unwrap();
    attempt(&Toy::new(), &job(1, 16), &out, 100).unwrap();
    let expected = files_of(&out);
    fs::create_dir(out.join("blocks")).unwrap();
    fs::write(out.join(".comity-unfinished.json"), marker).unwrap();
    assert!(matches!(claim_for(&out, 100).unwrap(), Claim::Whole(_)));
    assert_same_files(&files_of(&out), &expected);
}

#[test]
fn two_cannot_work_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let first = claim_for(&out, 20).unwrap();
    let error = attempt(&Toy::new(), &job(1, 16), &out, 20).unwrap_err();
    assert_eq!(error.exit_class(), ExitClass::Transient, "{error}");
    drop(first);
    attempt(&Toy::new(), &job(1, 16), &out, 20).unwrap();
}

#[test]
fn a_run_given_up_is_done_when_the_job_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut job = job(2, 8);
    let mut toy = Toy::new();
    toy.giving_up.get_mut().unwrap().push(20);
    toy.interrupted_in = Some((30, job.interruption.clone()));
    let outcome = attempt(&toy, &job, &out, 100).unwrap();
    assert!(matches!(outcome.ending, Ending::Interrupted(15)));
    assert_eq!(outcome.failed, 0);
    assert!(outcome.ok >= 16 && outcome.skipped >= 8, "{outcome:?}");
    job.interruption = Interruption::new();
    attempt(&Toy::new(), &job, &out, 100).unwrap();
    assert_same_files(&files_of(&out), &expected_files(&Toy::new(), 100));
}

#[test]
fn progress_tells_all_runs_and_those_of_earlier_attempts() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    unfinished(&out);
    let Claim::Work(claimed) = claim_for(&out, 100).unwrap() else {
        panic!("the result is whole");
    };
    let told = Mutex::new(Vec::new());
    let mut toy = Toy::new();
    toy.pause = Duration::from_millis(10);
    let progress = |progress: &Progress| told.lock().unwrap().push(*progress);
    let summarise = |_: &Finished<'_>| Ok(serde_json::Value::Null);
    run(&job(2, 16), &toy, claimed, &progress, &summarise).unwrap();
    let told = told.into_inner().unwrap();
    assert!(told.is_sorted_by_key(|progress| progress.done));
    assert!(told.len() > 1 && told.iter().all(|progress| progress.done > 48));
    let last = told.last().unwrap();
    assert_eq!((last.done, last.total, last.failed), (100, 100, 0));
    assert!(last.runs_per_second > 0.0 && last.seconds_left == Some(0.0));
}
