//! What a job is said to cost, beside what it then takes.

use std::time::Duration;

use super::toy::Toy;
use super::{attempt, files_of, identity, job};
use crate::ensemble::EnsembleError;
use crate::ensemble::cost::cost;
use crate::result::guard::silence_guarded_panics;

#[test]
fn a_job_takes_no_less_time_and_no_more_room_than_is_said() {
    let mut toy = Toy::new();
    toy.pause = Duration::from_millis(5);
    let job = job(2, 16);
    let cost = cost(&job, &toy, &identity(60), Duration::from_millis(150)).unwrap();
    // 60 pauses of 5 ms by two threads: sleep may be longer, never shorter.
    assert!(cost.seconds >= 0.15, "{cost:?}");
    assert!((2..1000).contains(&cost.tried), "{cost:?}");
    assert!(cost.memory_bytes.is_none_or(|bytes| bytes > 0));

    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    attempt(&toy, &job, &out, 60).unwrap();
    let taken: usize = files_of(&out).values().map(Vec::len).sum();
    assert!(cost.disk_bytes > taken as u64, "{cost:?} {taken}");
}

#[test]
fn a_job_of_which_every_run_fails_has_no_cost_but_a_cause() {
    silence_guarded_panics();
    let mut toy = Toy::new();
    toy.failing = (0..100_000).collect();
    let error = cost(&job(1, 16), &toy, &identity(60), Duration::ZERO).unwrap_err();
    assert!(matches!(error, EnsembleError::Worker(_)), "{error}");
    assert!(error.to_string().contains("no price in run 0"), "{error}");
}
