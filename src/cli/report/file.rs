//! The page as a file: a report is replaced at once and whole, any other file is left alone.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use comity::report::html::shell::MARKER;
use comity::result::ExitClass;
use tempfile::NamedTempFile;

use crate::cli::failure::Failure;

/// Bytes at the beginning of a file within which the marker of a report stands.
const HEAD: u64 = 200;

/// Refuses to write over a file that is no report.
pub fn refuse_foreign(path: &Path) -> Result<(), Failure> {
    // To open a pipe or a device may wait for ever.
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(Failure::input(format!(
            "{} is no file; name a file with --to",
            path.display()
        )));
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let is_ours = String::from_utf8_lossy(&head).contains(MARKER);
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound => refuse_no_folder(path, "--to"),
        Ok(_) if is_ours => Ok(()),
        Ok(_) => Err(Failure::input(format!(
            "{} is there already and is no report of comity; name another file with --to, or \
             remove it",
            path.display()
        ))),
        Err(error) => Err(Failure::input(format!(
            "{} cannot be replaced by a report: {error}; name another file with --to",
            path.display()
        ))),
    }
}

/// Refuses to write a bundle over any file.
pub fn refuse_to_overwrite(path: &Path) -> Result<(), Failure> {
    if path.symlink_metadata().is_ok() {
        return Err(is_there(path));
    }
    refuse_no_folder(path, "--bundle")
}

/// Refuses one file for both the page and the bundle.
pub fn refuse_same(page: &Path, bundle: &Path) -> Result<(), Failure> {
    let whole = |path: &Path| {
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")));
        folder.map(|folder| folder.join(path.file_name().unwrap_or_default()))
    };
    match (whole(page), whole(bundle)) {
        (Ok(page), Ok(bundle)) if page == bundle => Err(Failure::input(format!(
            "{} cannot be the page and the bundle at once; name another file with --bundle",
            bundle.display()
        ))),
        _ => Ok(()),
    }
}

fn is_there(path: &Path) -> Failure {
    Failure::input(format!(
        "{} is there already; name a new file with --bundle, or remove it",
        path.display()
    ))
}

fn refuse_no_folder(path: &Path, option: &str) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    match folder {
        Some(folder) if !folder.is_dir() => Err(Failure::input(format!(
            "{} is no folder, so that {option} cannot write {}; make it first",
            folder.display(),
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// Writes the page: beside its place and then renamed into it, so that a reader has the old one
/// or the new one. One with the same bytes is left as it is.
pub fn write(path: &Path, page: &str) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|there| there == page.as_bytes()) {
        return Ok(());
    }
    refuse_foreign(path)?;
    let written = beside(path, page.as_bytes());
    let written = written.and_then(|file| file.persist(path).map_err(|error| error.error));
    written.map(drop).map_err(|error| unwritten(path, &error))
}

/// Writes a new file whole or not at all: one that came to be there meanwhile is left alone.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = beside(path, bytes);
    let written = written.and_then(|file| file.persist_noclobber(path).map_err(|e| e.error));
    written.map(drop).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => is_there(path),
        _ => unwritten(path, &error),
    })
}

/// A file with these bytes in the folder of another, into whose place it is to come.
fn beside(path: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".report-")
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    readable(file.path())?;
    Ok(file)
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::of(
        ExitClass::Failed,
        format!("cannot write {}: {error}", path.display()),
    )
}

/// A temporary file is its owner's alone; a page is for others too.
#[cfg(unix)]
fn readable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}
