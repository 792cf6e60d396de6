//! Which folder a job is given, and when it is refused with nothing written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{commit, identity, refused, request, whole, work};
use crate::result::folder::MARKER;
use crate::result::place::results;
use crate::result::{Identity, Request, ResultError, open, reopen};

/// Names and bytes of everything below a folder.
fn everything(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_dir() {
            found.extend(everything(&path));
            found.insert(name, Vec::new());
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn what_is_not_ours_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let identity = identity();
    let out = folder.path().join("theirs");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.doc"), b"years of work").unwrap();
    fs::write(folder.path().join("file"), b"x").unwrap();
    fs::create_dir(folder.path().join("web")).unwrap();
    fs::write(folder.path().join("web/manifest.json"), b"{\"icons\": []}").unwrap();
    let before = everything(folder.path());
    for name in ["theirs", "file", "web"] {
        for fresh in [false, true] {
            let out = folder.path().join(name);
            let error = refused(&Request {
                fresh,
                ..request(folder.path(), Some(&out), &identity)
            });
            match error {
                ResultError::NotAFolder { .. } => assert_eq!(name, "file"),
                ResultError::Foreign { .. } => assert_ne!(name, "file"),
                ref other => panic!("{other}"),
            }
            assert_eq!(error.exit_class().code(), 2);
        }
    }
    assert_eq!(everything(folder.path()), before);
}

#[test]
fn a_disk_without_room_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let identity = identity();
    let output = folder.path().join("output");
    let out = folder.path().join("out");
    if crate::result::place::free_bytes(folder.path()).is_none() {
        return; // this system does not say
    }
    for out in [None, Some(out.as_path())] {
        let too_much = Request {
            room_bytes: u64::MAX,
            ..request(&output, out, &identity)
        };
        let error = refused(&too_much);
        assert!(matches!(error, ResultError::NoRoom { .. }), "{error}");
        assert_eq!(error.exit_class().code(), 75);
        assert!(everything(folder.path()).is_empty());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
    // What was begun goes on, and what is whole is there: neither is refused.
    let too_much = Request {
        room_bytes: u64::MAX,
        ..request(&output, Some(&out), &identity)
    };
    drop(work(&request(&output, Some(&out), &identity)));
    commit(work(&too_much));
    whole(&too_much);
}

#[test]
fn a_folder_of_another_job_is_refused_by_its_first_difference() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let ours = identity();
    let mut other = identity();
    other.seed = 2;
    drop(work(&request(folder.path(), Some(&out), &ours)));
    for _ in ["unfinished", "whole"] {
        let before = everything(folder.path());
        let error = refused(&request(folder.path(), Some(&out), &other));
        let said = error.to_string();
        assert!(said.contains("seed is 1 there and 2 here"), "{said}");
        assert_eq!(error.exit_class().code(), 2);
        assert_eq!(everything(folder.path()), before);
        if open(&out).is_err() {
            commit(work(&request(folder.path(), Some(&out), &ours)));
        }
    }
}

#[test]
fn the_same_job_goes_on_then_is_reused() {
    let folder = tempfile::tempdir().unwrap();
    let identity = identity();
    for out in [None, Some(folder.path().join("named"))] {
        let request = request(folder.path(), out.as_deref(), &identity);
        let first = work(&request);
        assert!(!first.resumed());
        let path = first.path().to_path_buf();
        assert!(matches!(refused(&request), ResultError::Busy { .. }));
        drop(first);
        assert!(matches!(
            open(&path).unwrap_err(),
            ResultError::Unfinished { .. }
        ));
        let second = work(&request);
        assert!(second.resumed());
        assert_eq!(second.path(), path);
        commit(second);
        assert_eq!(whole(&request).path, path);
        let names: Vec<_> = everything(&path).into_keys().collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }
}

#[test]
fn an_empty_folder_and_one_where_a_job_had_only_begun_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let identity = identity();
    for left in ["", ".comity-lock", ".comity-unfinished.json.part"] {
        let out = folder.path().join(format!("out{left}"));
        fs::create_dir(&out).unwrap();
        if !left.is_empty() {
            fs::write(out.join(left), b"{").unwrap();
        }
        commit(work(&request(folder.path(), Some(&out), &identity)));
    }
}

#[test]
fn fresh_moves_the_old_result_aside() {
    let folder = tempfile::tempdir().unwrap();
    let identity = identity();
    for (out, home) in [
        (None, "preska-2014"),
        (Some(folder.path().join("x/named")), "x"),
    ] {
        let again = request(folder.path(), out.as_deref(), &identity);
        let fresh = Request {
            fresh: true,
            room_bytes: 0,
            ..again
        };
        commit(work(&again));
        commit(work(&fresh));
        let unfinished = work(&fresh);
        assert!(matches!(refused(&fresh), ResultError::Busy { .. }));
        drop(unfinished);
        commit(work(&fresh));
        let names: Vec<String> = fs::read_dir(folder.path().join(home))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "latest")
            .collect();
        let aside = names.iter().filter(|name| name.contains(".aside-")).count();
        assert_eq!((names.len(), aside), (4, 3), "{names:?}");
    }
}

#[test]
fn a_broken_manifest_or_marker_is_refused_as_damage_until_moved_aside() {
    let folder = tempfile::tempdir().unwrap();
    let identity = identity();
    for name in ["manifest.json", ".comity-unfinished.json"] {
        let out = folder.path().join(name);
        fs::create_dir(&out).unwrap();
        fs::write(out.join(name), b"{\"comity\": 1, \"kind\"").unwrap();
        let again = request(folder.path(), Some(&out), &identity);
        assert_eq!(refused(&again).exit_class().code(), 4);
        commit(work(&Request {
            fresh: true,
            room_bytes: 0,
            ..again
        }));
        whole(&again);
    }
}

#[test]
fn results_are_found_newest_first_and_the_link_points_at_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = identity();
    first.runs = 20;
    let second = identity();
    let first = commit(work(&request(folder.path(), None, &first)));
    let second = commit(work(&request(folder.path(), None, &second)));
    let found: Vec<_> = results(folder.path())
        .unwrap()
        .into_iter()
        .map(|r| r.path)
        .collect();
    assert_eq!(found.len(), 2);
    assert!(found.contains(&first.path) && found.contains(&second.path));
    let name = second.path.file_name().unwrap();
    assert!(name.to_str().unwrap().contains("-5e1f0900"));
    if cfg!(unix) {
        let link = fs::read_link(folder.path().join("preska-2014/latest")).unwrap();
        assert_eq!(link.as_os_str(), name);
    }
    assert!(results(&folder.path().join("nothing")).unwrap().is_empty());
}

#[test]
fn a_result_grows_only_into_a_job_that_goes_on_from_it_and_looks_whole_at_no_moment() {
    let folder = tempfile::tempdir().unwrap();
    let small = identity();
    let mut large = identity();
    large.runs += 1;
    let out = folder.path().join("out");
    let goes_on = |there: &Identity| there.runs < large.runs;
    // Nothing there, nothing done.
    reopen(&out, &large, &goes_on).unwrap();
    assert!(!out.exists());
    commit(work(&request(folder.path(), Some(&out), &small)));
    let before = everything(&out);
    reopen(&out, &large, &|_| false).unwrap();
    assert_eq!(everything(&out), before);
    refused(&request(folder.path(), Some(&out), &large));

    reopen(&out, &large, &goes_on).unwrap();
    assert!(matches!(open(&out), Err(ResultError::Unfinished { .. })));
    // All but the manifest is still there.
    let after = everything(&out);
    let lost: Vec<&String> = before
        .keys()
        .filter(|name| !after.contains_key(*name))
        .collect();
    assert_eq!(lost.len(), 1);
    assert!(lost[0].ends_with("manifest.json"));
    refused(&request(folder.path(), Some(&out), &small));
    // One cut short grows too, and of a crash before the manifest was removed nothing is left.
    let mut larger = large.clone();
    larger.runs += 1;
    reopen(&out, &larger, &|there| there.runs < larger.runs).unwrap();
    let whole_again = commit(work(&request(folder.path(), Some(&out), &larger)));
    assert_eq!(whole_again.manifest.identity.runs, larger.runs);
    assert!(!out.join(MARKER).exists());
}
