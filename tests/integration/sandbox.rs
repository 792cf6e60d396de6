//! The program in a folder of its own, as a user would start it there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A small job: enough futures for the page's intervals, in half a second.
pub const SMALL: [&str; 5] = ["preska-2014", "-n", "12", "--customers", "120"];

/// A folder that is gone when dropped.
pub struct Sandbox(TempDir);

/// What a command did.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Sandbox {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// `comity` with these arguments, here, with nothing of the environment that it heeds.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
        command.args(arguments).current_dir(self.0.path());
        for name in ["COMITY_THREADS", "COMITY_OUTPUT", "NO_COLOR"] {
            command.env_remove(name);
        }
        command.env_remove("CLICOLOR").env_remove("CLICOLOR_FORCE");
        command.stdin(Stdio::null());
        command
    }

    pub fn comity(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap())
    }

    /// `comity run` of the small job with more arguments, into `out`.
    pub fn small(&self, out: &str, more: &[&str]) -> Ran {
        self.comity(&[&["run"], &SMALL[..], &["-o", out], more].concat())
    }

    /// Every file below `name` with its bytes, by its path there.
    pub fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(name), "", &mut files);
        files
    }

    /// The same without the manifest, which says when and where.
    pub fn result_files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.files(name);
        assert!(files.remove("manifest.json").is_some(), "{name} is whole");
        files
    }
}

impl Ran {
    pub fn of(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// It went well and had nothing to complain about.
    #[track_caller]
    pub fn well(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert!(!self.err.contains("warning:"), "{self:?}");
        self
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else if kind.is_file() {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// Rows of a CSV text, each by the names of its columns.
pub fn csv_rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = names.iter().zip(&record);
        cells
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    };
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

/// Fails with the first file that differs, not with all their bytes.
#[track_caller]
pub fn assert_same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(left), names(right));
    let differing = left.iter().find(|&(name, bytes)| right[name] != *bytes);
    assert!(differing.is_none(), "{:?}", differing.map(|(name, _)| name));
}
