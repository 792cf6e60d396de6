//! Failed runs, panics, and a disk that fills up.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::toy::Toy;
use super::{Ending, OnError, assert_same_files, attempt, expected_files, files_of, job};
use crate::result::guard::silence_guarded_panics;
use crate::result::{ExitClass, Wanted, open};

fn failing() -> Toy {
    silence_guarded_panics();
    let mut toy = Toy::new();
    toy.failing = vec![3, 40];
    toy.panicking = vec![17];
    toy
}

#[test]
fn failed_runs_are_counted_and_told_with_their_cause() {
    let expected = expected_files(&failing(), 60);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let outcome = attempt(&failing(), &job(4, 8), &out, 60).unwrap();
    assert_eq!((outcome.ok, outcome.failed, outcome.skipped), (57, 3, 0));
    assert_eq!(
        outcome.causes,
        [
            "run 3: no price in run 3",
            "run 17: the model panicked: no such customer in run 17",
            "run 40: no price in run 40"
        ]
    );
    assert_same_files(&files_of(&out), &expected);
    let opened = open(&out).unwrap();
    assert_eq!(
        opened
            .files()
            .table("failures", Wanted::All)
            .unwrap()
            .rows(),
        3
    );
    assert_eq!(
        opened.files().table("runs", Wanted::All).unwrap().rows(),
        57
    );
    assert_eq!(
        (opened.manifest.runs_ok, opened.manifest.runs_failed),
        (57, 3)
    );
}

#[test]
fn finish_does_every_run_and_stop_begins_no_more_and_neither_makes_a_result() {
    // One thread: another might do any number of runs while the third fails.
    for (on_error, skipped) in [(OnError::Finish, 0), (OnError::Stop, 56)] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let mut job = job(1, 8);
        job.on_error = on_error;
        let outcome = attempt(&failing(), &job, &out, 60).unwrap();
        assert!(matches!(outcome.ending, Ending::Failed), "{on_error:?}");
        assert_eq!(outcome.skipped, skipped, "{on_error:?}");
        assert!(open(&out).is_err());
        // With the fault mended the same command does the failed blocks again.
        let outcome = attempt(&Toy::new(), &job, &out, 60).unwrap();
        assert_eq!((outcome.ok, outcome.failed), (60, 0));
        assert_same_files(&files_of(&out), &expected_files(&Toy::new(), 60));
    }
}

#[test]
fn a_job_of_which_every_run_fails_makes_no_result() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut toy = Toy::new();
    toy.failing = (0..20).collect();
    let outcome = attempt(&toy, &job(2, 8), &out, 20).unwrap();
    assert!(matches!(outcome.ending, Ending::Failed));
    assert_eq!((outcome.ok, outcome.failed), (0, 20));
}

/// A small disk of its own, gone when dropped; nothing where mounting is not allowed.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    fn mount(place: &'a Path, kib: u32) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={kib}k"), "comity-test"])
            .arg(place)
            .output();
        mounted
            .is_ok_and(|out| out.status.success())
            .then_some(Self(place))
    }

    fn grow(&self, kib: u32) -> bool {
        let grown = Command::new("mount")
            .args(["-o", &format!("remount,size={kib}k")])
            .arg(self.0)
            .output();
        grown.is_ok_and(|out| out.status.success())
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).output();
    }
}

#[test]
fn a_disk_that_fills_up_is_a_passing_fault_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(folder.path(), 8_192) else {
        let _ = std::io::stderr().write_all(b"skipped: no small disk can be mounted here\n");
        return;
    };
    let out = folder.path().join("out");
    // The estimate passes on the roomy disk; then something else fills it.
    let ballast = folder.path().join("ballast");
    let mut toy = Toy::new();
    toy.fills = Some((100, ballast.clone()));
    let error = attempt(&toy, &job(2, 16), &out, 400).unwrap_err();
    assert_eq!(error.exit_class(), ExitClass::Transient, "{error}");
    assert!(open(&out).is_err());

    // Still full: refused or failing again, nothing is lost.
    let error = attempt(&Toy::new(), &job(2, 16), &out, 400).unwrap_err();
    assert_eq!(error.exit_class(), ExitClass::Transient, "{error}");

    std::fs::remove_file(&ballast).unwrap();
    assert!(disk.grow(32_768));
    let outcome = attempt(&Toy::new(), &job(2, 16), &out, 400).unwrap();
    assert!(outcome.resumed >= 32, "{}", outcome.resumed);
    assert_same_files(&files_of(&out), &expected_files(&Toy::new(), 400));
}
