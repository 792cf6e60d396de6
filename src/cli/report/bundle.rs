//! `--bundle`: the page with all that it rests on, as one zip file. Equal inputs give equal
//! bytes: names are in order, and no entry has a date of its own.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::Path;

use comity::report::figure::catalogue::any;
use comity::report::figure::files::{self, Sheet};
use comity::report::figure::paper::{Theme, Width};
use comity::result::manifest::MANIFEST;
use comity::result::{ExitClass, Opened, open};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::file;
use super::gather::Gathered;
use super::readme::{Drawn, Part, readme};
use crate::cli::failure::Failure;

/// Figures as they stand in a paper of two columns.
const SHEET: Sheet = Sheet {
    width: Width::Double,
    theme: Theme::Light,
};

/// Writes the bundle of these results and their page.
pub fn write(to: &Path, gathered: &Gathered, page: &str) -> Result<(), Failure> {
    let mut entries: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut parts = Vec::with_capacity(gathered.joined.len());
    for (at, joined) in gathered.joined.iter().enumerate() {
        let identity = &joined.result.manifest.identity;
        let folder = format!("{}-{}-{}", at + 1, identity.kind, identity.scenario);
        collect(&mut entries, &format!("results/{folder}"), &joined.result)?;
        let drawn = drawn(&mut entries, &format!("figures/{folder}"), &joined.result)?;
        parts.push(Part {
            joined,
            folder,
            drawn,
        });
    }
    let text = readme(&parts)?;
    entries.insert("README.md".to_owned(), text.into_bytes());
    entries.insert("report.html".to_owned(), page.as_bytes().to_vec());
    file::write_new(to, &zipped(&entries)?)
}

/// The files of a result and of the results within it.
fn collect(
    entries: &mut BTreeMap<String, Vec<u8>>,
    folder: &str,
    result: &Opened,
) -> Result<(), Failure> {
    for name in result.manifest.files.keys() {
        entries.insert(format!("{folder}/{name}"), result.files().bytes(name)?);
    }
    let manifest = std::fs::read(result.path.join(MANIFEST)).map_err(failed)?;
    entries.insert(format!("{folder}/{MANIFEST}"), manifest);
    for within in ["options", "fresh", "points"] {
        let Ok(parts) = std::fs::read_dir(result.path.join(within)) else {
            continue;
        };
        for part in parts.flatten() {
            let name = part.file_name().to_string_lossy().into_owned();
            // What is no result of its own was never finished.
            if let Ok(part) = open(&part.path()) {
                collect(entries, &format!("{folder}/{within}/{name}"), &part)?;
            }
        }
    }
    Ok(())
}

/// Every figure of a result with its four files; their names and what they say.
fn drawn(
    entries: &mut BTreeMap<String, Vec<u8>>,
    folder: &str,
    result: &Opened,
) -> Result<Vec<Drawn>, Failure> {
    let found = any(result)?;
    let place = tempfile::tempdir().map_err(failed)?;
    let mut drawn = Vec::with_capacity(found.len());
    for figure in &found {
        let written = files::ready(figure, SHEET, place.path())?.write()?;
        for path in [&written.svg, &written.png, &written.csv, &written.caption] {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            entries.insert(
                format!("{folder}/{name}"),
                std::fs::read(path).map_err(failed)?,
            );
        }
        drawn.push(Drawn {
            kind: figure.kind,
            name: figure.name.clone(),
            title: figure.chart.title.clone(),
        });
    }
    Ok(drawn)
}

fn zipped(entries: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, Failure> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        // Beyond 4 GiB an entry needs the larger form.
        let large = bytes.len() as u64 >= u64::from(u32::MAX);
        zip.start_file(name.as_str(), options.large_file(large))
            .map_err(failed)?;
        zip.write_all(bytes).map_err(failed)?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::of(
        ExitClass::Failed,
        format!("cannot make the bundle: {error}"),
    )
}
