//! Files that are whole or absent. Written beside their place under another name,
//! flushed to the disk, then renamed: whoever sees the name sees all the bytes, also
//! after a cut of power. The checksum is taken on the way.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ResultError;

/// How the name of a file that is still being written ends.
pub(crate) const TEMPORARY: &str = ".part";

/// Size and checksum of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileDigest {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A file being written. Dropped without [`DurableFile::finish`], it leaves nothing
/// under its name.
pub(crate) struct DurableFile {
    file: File,
    hash: Sha256,
    bytes: u64,
    place: PathBuf,
    temporary: PathBuf,
    finished: bool,
}

impl DurableFile {
    /// Begins a file at `place`, in a folder that exists.
    pub(crate) fn create(place: &Path) -> Result<Self, ResultError> {
        let mut name = place.as_os_str().to_owned();
        name.push(TEMPORARY);
        let temporary = PathBuf::from(name);
        let file = File::create(&temporary).map_err(ResultError::io("create", &temporary))?;
        Ok(Self {
            file,
            hash: Sha256::new(),
            bytes: 0,
            place: place.to_path_buf(),
            temporary,
            finished: false,
        })
    }

    /// Flushes to the disk and gives the file its name.
    pub(crate) fn finish(mut self) -> Result<FileDigest, ResultError> {
        self.file
            .sync_all()
            .map_err(ResultError::io("flush", &self.place))?;
        fs::rename(&self.temporary, &self.place)
            .map_err(ResultError::io("rename into place", &self.place))?;
        self.finished = true;
        if let Some(folder) = self.place.parent() {
            sync_folder(folder)?;
        }
        Ok(FileDigest {
            bytes: self.bytes,
            sha256: hexadecimal(&std::mem::take(&mut self.hash).finalize()),
        })
    }
}

impl Write for DurableFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.hash.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for DurableFile {
    fn drop(&mut self) {
        if !self.finished {
            // Best effort: what stays is overwritten by the next attempt.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Writes a whole file at once.
pub(crate) fn write_file(place: &Path, bytes: &[u8]) -> Result<FileDigest, ResultError> {
    let mut file = DurableFile::create(place)?;
    file.write_all(bytes)
        .map_err(ResultError::io("write", place))?;
    file.finish()
}

/// Makes names in a folder last through a cut of power, where the system can.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), ResultError> {
    if cfg!(unix) {
        File::open(folder)
            .and_then(|handle| handle.sync_all())
            .map_err(ResultError::io("flush", folder))?;
    }
    Ok(())
}

/// Size and checksum of a file on the disk.
pub(crate) fn digest_of(path: &Path) -> Result<FileDigest, ResultError> {
    let file = File::open(path).map_err(ResultError::io("open", path))?;
    let mut reader = BufReader::with_capacity(1 << 18, file);
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut bytes = 0;
    loop {
        let read = reader
            .read(&mut buffer)
            .map_err(ResultError::io("read", path))?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
    Ok(FileDigest {
        bytes,
        sha256: hexadecimal(&hash.finalize()),
    })
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_with_its_checksum_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.txt");
        let mut file = DurableFile::create(&place).unwrap();
        file.write_all(b"abc").unwrap();
        assert!(!place.exists());
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

        let digest = write_file(&place, b"abc").unwrap();
        // FIPS 180-2, appendix B.1.
        assert_eq!(
            digest.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(digest_of(&place).unwrap(), digest);
    }
}
