//! A job that ends by a rule: after the same run for any threads, blocks and interruptions, in the
//! files of a job of so many runs.

use super::toy::Toy;
use super::{Ending, Interruption, OnError, assert_same_files, attempt_until, expected_files};
use super::{files_of, job};
use crate::ensemble::StopRule;
use crate::result::RunRows;

/// Enough when the levels of the runs come to so much; it looks after 20 runs, and every 30.
#[derive(Clone)]
pub(super) struct LevelRule {
    wanted: f64,
    sum: f64,
    seen: Vec<u32>,
    looks: Vec<usize>,
}

impl LevelRule {
    fn new(wanted: f64) -> Self {
        Self {
            wanted,
            sum: 0.0,
            seen: Vec::new(),
            looks: Vec::new(),
        }
    }
}

impl StopRule for LevelRule {
    fn next_look(&self, done: u32) -> u32 {
        if done < 20 { 20 } else { done + 30 }
    }

    fn take(&mut self, rows: &RunRows) {
        self.sum += rows.metrics[0];
        self.seen.push(rows.run);
    }

    fn enough(&mut self) -> bool {
        self.looks.push(self.seen.len());
        self.sum >= self.wanted
    }
}

/// About 50 a run: enough by the look after 110.
const WANTED: f64 = 4_500.0;

#[test]
fn it_ends_after_the_same_run_for_any_threads_and_blocks() {
    let expected = expected_files(&Toy::new(), 110);
    for (threads, block) in [(1, 16), (3, 16), (2, 7), (5, 1000)] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let mut rule = LevelRule::new(WANTED);
        let job = job(threads, block);
        let outcome = attempt_until(&Toy::new(), &job, &out, 1000, &mut rule).unwrap();
        assert!(matches!(outcome.ending, Ending::Whole(_)));
        assert_eq!((outcome.ok, outcome.skipped), (110, 0));
        assert!(rule.seen.iter().copied().eq(0..110), "each once, in order");
        assert_eq!(rule.looks, [20, 50, 80, 110]);
        assert_same_files(&files_of(&out), &expected);
    }
}

#[test]
fn at_the_most_that_is_allowed_it_ends_whatever_the_rule_says() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut rule = LevelRule::new(f64::INFINITY);
    let outcome = attempt_until(&Toy::new(), &job(2, 16), &out, 60, &mut rule).unwrap();
    assert!(matches!(outcome.ending, Ending::Whole(_)));
    assert_eq!(rule.looks, [20, 50, 60]);
    assert_same_files(&files_of(&out), &expected_files(&Toy::new(), 60));
}

#[test]
fn interrupted_it_goes_on_and_ends_in_the_same_files() {
    let expected = expected_files(&Toy::new(), 110);
    for run in [0, 15, 19, 20, 49, 77, 109] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let mut job = job(3, 16);
        let mut toy = Toy::new();
        toy.interrupted_in = Some((run, job.interruption.clone()));
        let mut rule = LevelRule::new(WANTED);
        let outcome = attempt_until(&toy, &job, &out, 1000, &mut rule).unwrap();
        if !matches!(outcome.ending, Ending::Whole(_)) {
            assert!(matches!(outcome.ending, Ending::Interrupted(15)));
            assert_eq!(outcome.ok + outcome.skipped, 1000);
            job.interruption = Interruption::new();
            let mut rule = LevelRule::new(WANTED);
            let again = attempt_until(&Toy::new(), &job, &out, 1000, &mut rule).unwrap();
            assert_eq!((again.resumed, again.ok), (outcome.ok, 110));
            assert!(rule.seen.iter().copied().eq(0..110), "each once, in order");
        }
        assert_same_files(&files_of(&out), &expected);
    }
}

#[test]
fn failed_runs_are_not_shown_to_the_rule_and_count_among_the_runs() {
    let failing = || {
        let mut toy = Toy::new();
        toy.failing = vec![3, 40];
        toy
    };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut rule = LevelRule::new(WANTED);
    let outcome = attempt_until(&failing(), &job(4, 8), &out, 1000, &mut rule).unwrap();
    assert_eq!((outcome.ok, outcome.failed), (108, 2));
    assert!(!rule.seen.contains(&40));
    assert_same_files(&files_of(&out), &expected_files(&failing(), 110));

    // A job that accepts none ends at the look at which one failed.
    let mut job = job(1, 8);
    job.on_error = OnError::Finish;
    let out = folder.path().join("strict");
    let mut rule = LevelRule::new(WANTED);
    let outcome = attempt_until(&failing(), &job, &out, 1000, &mut rule).unwrap();
    assert!(matches!(outcome.ending, Ending::Failed));
    assert_eq!((outcome.ok, outcome.failed, outcome.skipped), (19, 1, 0));

    // And where every run fails there is nothing to wait for.
    let mut toy = Toy::new();
    toy.failing = (0..1000).collect();
    let mut rule = LevelRule::new(WANTED);
    let out = folder.path().join("none");
    let outcome = attempt_until(&toy, &super::job(2, 8), &out, 1000, &mut rule).unwrap();
    assert!(matches!(outcome.ending, Ending::Failed));
    assert_eq!((outcome.ok, outcome.failed), (0, 20));
}
