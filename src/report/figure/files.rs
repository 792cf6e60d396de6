//! A figure as files: two drawings, its numbers, its caption.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::draw::draw;
use super::outline::Outlined;
use super::paper::{Theme, Width};
use super::{Figure, FigureError, units};
use crate::result::ResultError;
use crate::result::csv;
use crate::result::durable::DurableFile;

/// Where a figure was put.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Written {
    /// The figure, as it is asked for.
    pub figure: &'static str,
    /// What it says.
    pub title: String,
    /// The drawing, without need of a font.
    pub svg: PathBuf,
    /// The drawing as dots.
    pub png: PathBuf,
    /// The numbers drawn.
    pub csv: PathBuf,
    /// What stands below it in a paper.
    pub caption: PathBuf,
}

/// On which sheet a figure is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// How wide.
    pub width: Width,
    /// Dark on light, or light on dark.
    pub theme: Theme,
}

impl Sheet {
    /// A part of the names of files.
    fn name(self) -> String {
        match self.theme {
            Theme::Light => self.width.name().to_owned(),
            Theme::Dark => format!("{}-dark", self.width.name()),
        }
    }
}

/// A figure drawn, and the files that its folder lacks.
#[derive(Debug)]
pub struct Ready {
    written: Written,
    lacking: Vec<(PathBuf, Vec<u8>)>,
}

/// Draws a figure for a folder and writes nothing. A file that is there already is kept: if it has
/// the same bytes that is well, else it is an error.
///
/// # Errors
/// [`FigureError::Exists`], [`FigureError::Drawing`], [`FigureError::Result`] where a file
/// cannot be read.
pub fn ready(figure: &Figure, sheet: Sheet, folder: &Path) -> Result<Ready, FigureError> {
    let paper = sheet.width.paper().in_theme(sheet.theme);
    let outlined = Outlined::of(&draw(&figure.chart, &paper)?)?;
    let name = &figure.name;
    let place = |ending: &str| folder.join(format!("{name}{ending}"));
    let on_paper = |kind: &str| place(&format!("-{}.{kind}", sheet.name()));
    let written = Written {
        figure: figure.kind,
        title: figure.chart.title.clone(),
        svg: on_paper("svg"),
        png: on_paper("png"),
        csv: place(".csv"),
        caption: place(".txt"),
    };
    let files = [
        (&written.svg, outlined.svg().into_bytes()),
        (&written.png, outlined.png(paper.png_scale)?),
        (&written.csv, csv::text(&figure.data).into_bytes()),
        (
            &written.caption,
            format!("{} {}\n", figure.caption, units::told(&figure.data)).into_bytes(),
        ),
    ];
    let mut lacking = Vec::new();
    for (path, bytes) in files {
        match fs::read(path) {
            Ok(there) if there == bytes => {}
            Ok(_) => return Err(FigureError::Exists(path.display().to_string())),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                lacking.push((path.clone(), bytes));
            }
            Err(error) => return Err(ResultError::io("read", path)(error).into()),
        }
    }
    Ok(Ready { written, lacking })
}

impl Ready {
    /// Writes the files that are lacking.
    ///
    /// # Errors
    /// [`FigureError::Result`] where one cannot be written.
    pub fn write(self) -> Result<Written, FigureError> {
        for (path, bytes) in self.lacking {
            let mut file = DurableFile::create(&path)?;
            file.write_all(&bytes)
                .map_err(ResultError::io("write", &path))?;
            file.finish()?;
        }
        Ok(self.written)
    }
}
