//! Places where nothing can be written or read: unfinished folders, disks without room or
//! read-only, a pipe that nobody reads.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use comity::result::{Claim, Identity, Request, claim};

use crate::hostile::{answered, skipped};
use crate::sandbox::{Ran, SMALL, Sandbox};

#[test]
fn what_is_unfinished_is_not_read_as_a_result() {
    let sandbox = Sandbox::new();
    let identity = Identity {
        kind: "run".to_owned(),
        scenario: "preska-2014".to_owned(),
        scenario_digest: "0".repeat(64),
        baseline_digest: None,
        model_version: 1,
        seed: 1,
        runs: 5,
        customers: 100,
        arguments: std::collections::BTreeMap::new(),
    };
    let request = Request {
        output: Path::new("output"),
        out: Some(&sandbox.path("begun")),
        fresh: false,
        room_bytes: 0,
        identity: &identity,
    };
    let Claim::Work(folder) = claim(&request).unwrap() else {
        panic!("nothing is there yet");
    };
    drop(folder);
    let before = sandbox.files("begun");
    let jobs: [&[&str]; 5] = [
        &["run", "begun"],
        &["check", "begun"],
        &["story", "begun"],
        &["list", "metrics", "begun"],
        &["run", "preska-2014", "-n", "2", "-o", "begun"],
    ];
    let mut page = String::new();
    for job in jobs {
        let ran = answered(&sandbox, job);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.out.is_empty(), "{ran:?}");
        page += &format!("$ comity {}\n{}\n", job.join(" "), ran.err);
    }
    assert_eq!(sandbox.files("begun"), before);
    let digest = page
        .split_whitespace()
        .find(|word| word.len() == 64 && !word.starts_with("00"));
    let page = digest.map_or(page.clone(), |digest| page.replace(digest, "DIGEST"));
    insta::assert_snapshot!(page);
}

/// A disk of its own, gone when dropped.
struct Disk(std::path::PathBuf);

impl Disk {
    fn mounted(at: std::path::PathBuf, options: &str) -> Option<Self> {
        fs::create_dir(&at).unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "comity-test"])
            .arg(&at)
            .output();
        mount
            .is_ok_and(|mount| mount.status.success())
            .then_some(Self(at))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

#[test]
fn a_read_only_place_is_named() {
    let sandbox = Sandbox::new();
    let Some(disk) = Disk::mounted(sandbox.path("disk"), "ro,size=64m") else {
        return skipped("no read-only disk can be mounted here");
    };
    for job in [
        &["-o", "disk/out"][..],
        &["-o", "disk"],
        &["-o", "disk/out", "--fresh"],
    ] {
        let ran = answered(&sandbox, &[&["run"], &SMALL[..], job].concat());
        assert_eq!(ran.code, Some(1), "{job:?}: {ran:?}");
        for word in ["disk", "Read-only", "--out"] {
            assert!(ran.err.contains(word), "{}", ran.err);
        }
        assert!(ran.out.is_empty());
    }
    let mut command = sandbox.command(&[&["run"], &SMALL[..]].concat());
    let ran = Ran::of(
        command
            .env("COMITY_OUTPUT", "disk/output")
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("Read-only"), "{}", ran.err);
    drop(disk);
}

#[test]
fn too_many_runs_for_the_disk_are_refused_before_anything_is_written() {
    let sandbox = Sandbox::new();
    let Some(disk) = Disk::mounted(sandbox.path("disk"), "size=64m") else {
        return skipped("no small disk can be mounted here");
    };
    let many = ["run", "preska-2014", "-n", "10000000"];
    for out in [&["-o", "disk/out"][..], &["-o", "disk/a/b"], &["--fresh"]] {
        let mut command = sandbox.command(&[&many[..], out].concat());
        let ran = Ran::of(command.env("COMITY_OUTPUT", "disk").output().unwrap());
        assert_eq!(ran.code, Some(75), "{ran:?}");
        for word in ["MiB free", "nothing was written", "make room", "-n"] {
            assert!(ran.err.contains(word), "{}", ran.err);
        }
        assert_eq!(fs::read_dir(sandbox.path("disk")).unwrap().count(), 0);
    }
    drop(disk);
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let sandbox = Sandbox::new();
    sandbox.small("out", &["-q"]).well();
    let jobs: [&[&str]; 12] = [
        &["risk", "out"],
        &["list"],
        &["list", "--json"],
        &["list", "fields"],
        &["check", "preska-2014", "-n", "1", "--customers", "60"],
        &["check", "preska-2014", "--sources"],
        &["check", "--schema"],
        &["run", "out"],
        &["run", "out", "--json"],
        &["story", "out"],
        &["help", "run"],
        &["man"],
    ];
    for job in jobs {
        let mut command = sandbox.command(job);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{job:?}");
    }
}
