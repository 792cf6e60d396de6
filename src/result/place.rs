//! Where results lie when nobody names a folder: `output/SCENARIO/TIME-DIGEST`, and
//! which of them are there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::ResultError;
use super::folder::MARKER;
use super::identity::Identity;
use super::machine::utc_now_in_a_name;
use super::manifest::{Opened, open};

/// What stands between a folder's name and the time at which it was moved aside.
pub(crate) const ASIDE: &str = ".aside-";

/// The folder of a scenario's results.
pub(crate) fn home_of(output: &Path, identity: &Identity) -> PathBuf {
    output.join(name_for_a_folder(&identity.scenario))
}

/// Letters, digits, `-` and `_` of a scenario's name; the rest becomes `-`.
fn name_for_a_folder(scenario: &str) -> String {
    let name: String = scenario
        .chars()
        .map(|c| {
            let plain = c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if plain { c } else { '-' }
        })
        .take(80)
        .collect();
    if name.is_empty() {
        "scenario".to_owned()
    } else {
        name
    }
}

/// Where a job of another kind than a run has its folder: `output/SCENARIO/KIND-DIGEST`, whose
/// eight digits stand for everything that can change a number or a file of it.
#[must_use]
pub fn of_kind(output: &Path, identity: &Identity) -> PathBuf {
    let of_job = identity.digest();
    let name = format!("{}-{}", identity.kind, &of_job[..8]);
    home_of(output, identity).join(name)
}

/// A new folder that no other process was given.
pub(crate) fn create_new(home: &Path, identity: &Identity) -> Result<PathBuf, ResultError> {
    let name = format!("{}-{}", utc_now_in_a_name(), identity.digest8());
    let mut path = home.join(&name);
    let mut number = 2;
    loop {
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                path = home.join(format!("{name}-{number}"));
                number += 1;
            }
            Err(error) => return Err(ResultError::io("create", &path)(error)),
        }
    }
}

/// The job's unfinished folder in `home`, else its newest whole one.
pub(crate) fn of_job(home: &Path, identity: &Identity) -> Result<Option<PathBuf>, ResultError> {
    let mut whole = None;
    // Names begin with the time: the last is the newest.
    for path in folders_in(home)?.into_iter().rev() {
        let same = |there: &Identity| identity.first_difference(there).is_none();
        match open(&path) {
            Ok(opened) if same(&opened.manifest.identity) => {
                whole = whole.or(Some(path));
            }
            Err(ResultError::Unfinished { .. }) if unfinished(&path).is_some_and(|i| same(&i)) => {
                return Ok(Some(path));
            }
            _ => {}
        }
    }
    Ok(whole)
}

/// The job of an unfinished folder, if its marker can be read.
fn unfinished(path: &Path) -> Option<Identity> {
    let text = fs::read(path.join(MARKER)).ok()?;
    let marker: serde_json::Value = serde_json::from_slice(&text).ok()?;
    serde_json::from_value(marker.get("identity")?.clone()).ok()
}

/// Every whole result of runs and sweeps in `output`, newest first; fits and the like are none.
///
/// # Errors
/// [`ResultError::Io`]; an `output` that is not there holds none.
pub fn results(output: &Path) -> Result<Vec<Opened>, ResultError> {
    let mut found = Vec::new();
    for home in folders_in(output)? {
        found.extend(open(&home));
        found.extend(folders_in(&home)?.iter().filter_map(|path| open(path).ok()));
    }
    found.retain(|result: &Opened| matches!(&*result.manifest.identity.kind, "run" | "sweep"));
    found.sort_by(|a, b| {
        let key = |result: &Opened| (result.manifest.ended_utc.clone(), result.path.clone());
        key(b).cmp(&key(a))
    });
    Ok(found)
}

/// Folders in `home` by name, without links and without what was moved aside.
fn folders_in(home: &Path) -> Result<Vec<PathBuf>, ResultError> {
    let entries = match fs::read_dir(home) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        other => other.map_err(ResultError::io("list", home))?,
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry.map_err(ResultError::io("list", home))?;
        let aside = entry.file_name().to_string_lossy().contains(ASIDE);
        if !aside && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

/// Points the link `latest` beside the folder at it, where the system has links. Best
/// effort: a missing link harms nobody.
pub(crate) fn link_latest(path: &Path) {
    #[cfg(unix)]
    if let (Some(home), Some(name)) = (path.parent(), path.file_name()) {
        let temporary = home.join(format!(".latest-{}", std::process::id()));
        if std::os::unix::fs::symlink(name, &temporary).is_ok()
            && fs::rename(&temporary, home.join("latest")).is_err()
        {
            let _ = fs::remove_file(&temporary);
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Bytes that this user may still write on the disk on which `path` is or would be made,
/// where the system tells.
#[must_use]
pub fn free_bytes(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let there = path.ancestors().find(|folder| folder.is_dir());
        let disk = rustix::fs::statvfs(there.unwrap_or(Path::new("."))).ok()?;
        // What is no disk, such as /proc, has no blocks at all.
        (disk.f_blocks > 0).then(|| disk.f_bavail.saturating_mul(disk.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}
