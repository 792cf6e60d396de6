//! A result that grows: the folder of a job becomes the unfinished one of a larger job, which
//! takes over what lies in it.

use std::fs;
use std::path::Path;

use super::ResultError;
use super::claim::{State, lock, look};
use super::durable::sync_folder;
use super::folder::Marker;
use super::identity::Identity;
use super::manifest::MANIFEST;

/// Makes the folder at `path` that of the job `identity`, unfinished, if it holds one, whole or
/// not, from which `goes_on` says that this job goes on; else leaves it as it is. Nothing but
/// the manifest is removed, and that only when the folder is marked as unfinished, so that at no
/// moment it looks like a whole result of the larger job.
///
/// # Errors
/// [`ResultError::Busy`] when another process works in it, [`ResultError::Io`], and those of a
/// folder that cannot be read.
pub fn reopen(
    path: &Path,
    identity: &Identity,
    goes_on: &dyn Fn(&Identity) -> bool,
) -> Result<(), ResultError> {
    let grows = || -> Result<bool, ResultError> {
        Ok(match look(path)? {
            State::Unfinished(marker) => goes_on(&marker.identity),
            State::Whole(opened) => goes_on(&opened.manifest.identity),
            State::Empty | State::Broken(_) => false,
        })
    };
    if !grows()? {
        return Ok(());
    }
    let held = lock(path)?;
    // Another process may have done something between the two looks.
    if grows()? {
        Marker::write(path, identity)?;
        let manifest = path.join(MANIFEST);
        if manifest.exists() {
            fs::remove_file(&manifest).map_err(ResultError::io("remove", &manifest))?;
        }
        sync_folder(path)?;
    }
    drop(held);
    Ok(())
}
