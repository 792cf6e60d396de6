//! Going on: after an interruption, from any state that a crash can leave, and from
//! damaged blocks.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::toy::Toy;
use super::{Ending, Interruption, assert_same_files, attempt, claim_for, expected_files};
use super::{files_of, job};
use crate::result::{Claim, ResultError};

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
fn two_processes_cannot_work_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    std::thread::scope(|scope| {
        let mut toy = Toy::new();
        toy.pause = Duration::from_millis(20);
        let first = scope.spawn({
            let out = out.clone();
            move || attempt(&toy, &job(1, 16), &out, 20)
        });
        while !out.join(".comity-unfinished.json").exists() {
            std::thread::yield_now();
        }
        let second = claim_for(&out, 20);
        let error = second.map(|_| ()).unwrap_err();
        assert!(matches!(error, ResultError::Busy { .. }), "{error}");
        assert_eq!(error.exit_class().code(), 75);
        assert!(matches!(
            first.join().unwrap().unwrap().ending,
            Ending::Whole(_)
        ));
    });
}
