//! Killed by force at random moments, twenty times over: the same command ends in the
//! same files.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use super::toy::Toy;
use super::{Ending, assert_same_files, attempt, claim_for, expected_files, files_of, job};
use crate::result::Claim;

const RUNS: u32 = 300;
const FOLDER: &str = "COMITY_TEST_OF_KILLS";

fn toy() -> Toy {
    let mut toy = Toy::new();
    toy.pause = Duration::from_micros(500);
    toy
}

#[test]
#[ignore = "the process that the test below kills"]
fn child() {
    let Some(out) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    // The claim is dropped, and its lock with it, before the attempt makes its own.
    let to_do = matches!(claim_for(&out, RUNS), Ok(Claim::Work(_)));
    if to_do {
        attempt(&toy(), &job(2, 16), &out, RUNS).unwrap();
    }
}

#[test]
fn killed_at_twenty_random_moments_the_same_command_ends_in_the_same_files() {
    let expected = expected_files(&Toy::new(), RUNS);
    let clock = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let mut state = u64::from(clock.unwrap().subsec_nanos());
    let mut killed = 0;
    let mut round = 0;
    while killed < 20 {
        round += 1;
        assert!(
            round < 200,
            "only {killed} of {round} children were still alive"
        );
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        for _ in 0..3 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let moment = Duration::from_micros((state >> 33) % 400_000);
            let began = Instant::now();
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "ensemble::tests::kill::child", "--ignored"])
                .env(FOLDER, &out)
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            sleep(moment.saturating_sub(began.elapsed()));
            let alive = child.try_wait().unwrap().is_none();
            child.kill().unwrap();
            child.wait().unwrap();
            killed += u32::from(alive && out.exists());
        }
        if let Claim::Work(folder) = claim_for(&out, RUNS).unwrap() {
            drop(folder);
            let outcome = attempt(&Toy::new(), &job(2, 16), &out, RUNS).unwrap();
            assert!(matches!(outcome.ending, Ending::Whole(_)));
        }
        assert_same_files(&files_of(&out), &expected);
    }
    let told = format!("{killed} kills in {round} folders\n");
    let _ = std::io::stderr().write_all(told.as_bytes());
}
