//! Whose folder it is: a job asks, and is given the result it made before, a folder to
//! work in, or a refusal before anything is written.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::ResultError;
use super::durable::TEMPORARY;
use super::folder::{BLOCKS, Folder, LOCK, MARKER, Marker, tidy};
use super::identity::{FORMAT, Identity};
use super::machine::utc_now_in_a_name;
use super::manifest::{MANIFEST, Opened, open};
use super::place;

/// A job that asks for a folder.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Where results go when no folder is named: usually `output`.
    pub output: &'a Path,
    /// The folder named by `--out`, if any.
    pub out: Option<&'a Path>,
    /// Whether to move an old result of the same job, or whatever of ours stands at
    /// `out`, aside and begin anew.
    pub fresh: bool,
    /// Room that the job is thought to need, bytes. A disk with less is refused, unless the
    /// job was begun already.
    pub room_bytes: u64,
    /// The job.
    pub identity: &'a Identity,
}

/// What a job was given.
#[derive(Debug)]
pub enum Claim {
    /// The job was done before: its result, every file checked.
    Whole(Box<Opened>),
    /// A folder to work in.
    Work(Folder),
}

/// What is found at a place.
pub(super) enum State {
    /// Nothing there, or nothing yet.
    Empty,
    Unfinished(Marker),
    Whole(Box<Opened>),
    /// Ours, and not readable.
    Broken(ResultError),
}

/// Gives a job its folder: the one named, or its unfinished one, or its newest whole
/// one, or a new one.
///
/// # Errors
/// [`ResultError::Foreign`], [`ResultError::Different`], [`ResultError::Newer`],
/// [`ResultError::Damaged`], [`ResultError::Busy`], [`ResultError::NoRoom`],
/// [`ResultError::NotAFolder`]: nothing was written then; [`ResultError::Io`].
pub fn claim(request: &Request<'_>) -> Result<Claim, ResultError> {
    if let Some(out) = request.out {
        return claim_at(out, request);
    }
    let home = place::home_of(request.output, request.identity);
    let earlier = place::of_job(&home, request.identity)?;
    if let Some(earlier) = earlier {
        if !request.fresh {
            return claim_at(&earlier, request);
        }
        refuse_without_room(&home, request)?;
        drop(lock(&earlier)?);
        move_aside(&earlier)?;
    }
    refuse_without_room(&home, request)?;
    fs::create_dir_all(&home).map_err(ResultError::io("create", &home))?;
    claim_at(&place::create_new(&home, request.identity)?, request)
}

fn claim_at(path: &Path, request: &Request<'_>) -> Result<Claim, ResultError> {
    // Looked at first without touching anything, so that a refusal writes nothing, and
    // again under the lock.
    match admit(path, look(path)?, request)? {
        Admitted::Done(opened) => return reuse(opened),
        Admitted::New => refuse_without_room(path, request)?,
        Admitted::Begun(_) => {}
    }
    fs::create_dir_all(path).map_err(ResultError::io("create", path))?;
    let mut held = lock(path)?;
    let mut state = look(path)?;
    if request.fresh && !matches!(state, State::Empty) {
        move_aside(path)?;
        fs::create_dir(path).map_err(ResultError::io("create", path))?;
        held = lock(path)?;
        state = look(path)?;
    }
    let (marker, resumed) = match admit(path, state, request)? {
        Admitted::Done(opened) => {
            // Another process ended it between the two looks.
            drop(held);
            return reuse(opened);
        }
        Admitted::Begun(marker) => (marker, true),
        Admitted::New => (Marker::write(path, request.identity)?, false),
    };
    let named = request.out.is_some();
    Folder::new(path, marker, resumed, named, held).map(Claim::Work)
}

/// What a request may do with a folder.
enum Admitted {
    Done(Box<Opened>),
    Begun(Marker),
    New,
}

fn admit(path: &Path, state: State, request: &Request<'_>) -> Result<Admitted, ResultError> {
    if request.fresh {
        return Ok(Admitted::New);
    }
    let (there, admitted) = match state {
        State::Empty => return Ok(Admitted::New),
        State::Broken(error) => return Err(error),
        State::Unfinished(marker) => (marker.identity.clone(), Admitted::Begun(marker)),
        State::Whole(opened) => (opened.manifest.identity.clone(), Admitted::Done(opened)),
    };
    match request.identity.first_difference(&there) {
        None => Ok(admitted),
        Some(difference) => Err(ResultError::Different {
            path: path.to_path_buf(),
            field: difference.field,
            there: difference.there,
            here: difference.here,
        }),
    }
}

pub(super) fn look(path: &Path) -> Result<State, ResultError> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(State::Empty),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(ResultError::NotAFolder {
                path: path.to_path_buf(),
            });
        }
        Err(error) => return Err(ResultError::io("list", path)(error)),
    };
    let mut others = Vec::new();
    for entry in entries {
        let name = entry.map_err(ResultError::io("list", path))?.file_name();
        others.push(name.to_string_lossy().into_owned());
    }
    if others.iter().any(|name| name == MANIFEST) {
        return look_at_manifest(path);
    }
    if others.iter().any(|name| name == MARKER) {
        return read_marker(path);
    }
    let beginnings = [LOCK.to_owned(), format!("{MARKER}{TEMPORARY}")];
    others.retain(|name| !beginnings.contains(name));
    others.sort();
    match others.first() {
        None => Ok(State::Empty),
        Some(example) => Err(foreign(path, example)),
    }
}

fn look_at_manifest(path: &Path) -> Result<State, ResultError> {
    match open(path) {
        Ok(opened) => Ok(State::Whole(Box::new(opened))),
        Err(error @ ResultError::Damaged { .. }) => {
            let text = fs::read(path.join(MANIFEST)).unwrap_or_default();
            if String::from_utf8_lossy(&text).contains("\"comity\"") {
                Ok(State::Broken(error))
            } else {
                Err(foreign(path, MANIFEST))
            }
        }
        Err(error) => Err(error),
    }
}

fn read_marker(path: &Path) -> Result<State, ResultError> {
    let file = path.join(MARKER);
    let text = fs::read(&file).map_err(ResultError::io("read", &file))?;
    match serde_json::from_slice::<Marker>(&text) {
        Ok(marker) if marker.comity > FORMAT => Err(ResultError::Newer {
            path: path.to_path_buf(),
            format: marker.comity,
            known: FORMAT,
        }),
        Ok(marker) => Ok(State::Unfinished(marker)),
        Err(error) => Ok(State::Broken(ResultError::damaged(
            &file,
            error.to_string(),
        ))),
    }
}

fn refuse_without_room(path: &Path, request: &Request<'_>) -> Result<(), ResultError> {
    const MIB: u64 = 1 << 20;
    match place::free_bytes(path) {
        Some(free) if free < request.room_bytes => Err(ResultError::NoRoom {
            path: path.to_path_buf(),
            needed_mib: request.room_bytes.div_ceil(MIB),
            free_mib: free / MIB,
        }),
        _ => Ok(()),
    }
}

fn foreign(path: &Path, example: &str) -> ResultError {
    ResultError::Foreign {
        path: path.to_path_buf(),
        example: example.to_owned(),
    }
}

/// Times that a held lock is tried again, and the wait before each. A process that is being
/// started holds a copy of every lock of its parent until it becomes another program, so that
/// a lock just given back may still look held.
const LOCK_TRIES: u32 = 20;
const LOCK_WAIT: Duration = Duration::from_millis(10);

/// Takes the folder for this process. Nothing where the file system knows no locks.
pub(super) fn lock(path: &Path) -> Result<Option<File>, ResultError> {
    let place = path.join(LOCK);
    let file = File::create(&place).map_err(ResultError::io("create", &place))?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => sleep(LOCK_WAIT),
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                return Ok(None);
            }
            Err(TryLockError::Error(error)) => return Err(ResultError::io("lock", &place)(error)),
        }
    }
    Err(ResultError::Busy {
        path: path.to_path_buf(),
    })
}

/// Gives the folder another name beside its own; it is never deleted.
fn move_aside(path: &Path) -> Result<(), ResultError> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!("{}{}", place::ASIDE, utc_now_in_a_name()));
    let mut target = PathBuf::from(&name);
    let mut number = 2;
    while target.exists() {
        let mut numbered = name.clone();
        numbered.push(format!("-{number}"));
        target = PathBuf::from(numbered);
        number += 1;
    }
    fs::rename(path, &target).map_err(ResultError::io("move aside", path))?;
    // Best effort: nobody works in it any more.
    let _ = fs::remove_file(target.join(LOCK));
    Ok(())
}

/// A result asked for again: every file is checked, and what a crash after the commit
/// left behind is removed.
fn reuse(opened: Box<Opened>) -> Result<Claim, ResultError> {
    opened.verify()?;
    let left = [MARKER, LOCK, BLOCKS];
    if left.iter().any(|name| opened.path.join(name).exists()) {
        // Best effort: another process may be at it, or the disk be read-only.
        if let Ok(_held) = lock(&opened.path) {
            tidy(&opened.path);
        }
    }
    Ok(Claim::Whole(opened))
}
