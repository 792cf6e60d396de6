//! Comma-separated values by RFC 4180, with a point in numbers, dates as 2014-07-31 and
//! nothing between the commas of an empty cell; and the dictionary of all columns.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::ResultError;
use super::durable::{DurableFile, FileDigest};
use super::table::{Cells, ColumnKind, Schema, Table};

/// A CSV file being written.
pub(crate) struct CsvWriter {
    writer: BufWriter<DurableFile>,
    place: PathBuf,
    line: String,
}

impl CsvWriter {
    /// Begins a file with the line of column names.
    pub(crate) fn create(place: &Path, schema: &Schema) -> Result<Self, ResultError> {
        let mut writer = Self {
            writer: BufWriter::with_capacity(1 << 16, DurableFile::create(place)?),
            place: place.to_path_buf(),
            line: String::new(),
        };
        let names: Vec<_> = schema.columns.iter().map(|c| quoted(&c.name)).collect();
        writer.line.push_str(&names.join(","));
        writer.end_line()?;
        Ok(writer)
    }

    /// Writes all rows of `table`.
    pub(crate) fn write_rows(&mut self, table: &Table) -> Result<(), ResultError> {
        for row in 0..table.rows() {
            for (place, cells) in table.cells.iter().enumerate() {
                if place > 0 {
                    self.line.push(',');
                }
                push_cell(&mut self.line, cells, row);
            }
            self.end_line()?;
        }
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), ResultError> {
        self.line.push('\n');
        let written = self.writer.write_all(self.line.as_bytes());
        self.line.clear();
        written.map_err(ResultError::io("write", &self.place))
    }

    /// Ends the file and gives it its name.
    pub(crate) fn finish(self) -> Result<FileDigest, ResultError> {
        self.writer
            .into_inner()
            .map_err(|error| ResultError::io("write", &self.place)(error.into_error()))?
            .finish()
    }
}

fn push_cell(line: &mut String, cells: &Cells, row: usize) {
    // Writing to a String cannot fail.
    let _ = match cells {
        Cells::Int64(cells) => cells[row].map_or(Ok(()), |value| write!(line, "{value}")),
        Cells::Float64(cells) if cells[row].is_nan() => Ok(()),
        // The shortest digits that read back as the same bits.
        Cells::Float64(cells) => write!(line, "{:?}", cells[row]),
        Cells::Date(cells) => cells[row].map_or(Ok(()), |date| write!(line, "{date}")),
        Cells::Text(cells) => cells[row]
            .as_deref()
            .map_or(Ok(()), |words| line.write_str(&quoted(words))),
        Cells::Bool(cells) => cells[row].map_or(Ok(()), |yes| write!(line, "{yes}")),
    };
}

/// A table as CSV, with the line of column names.
#[must_use]
pub fn text(table: &Table) -> String {
    let names: Vec<_> = table
        .schema
        .columns
        .iter()
        .map(|c| quoted(&c.name))
        .collect();
    let mut text = names.join(",");
    text.push('\n');
    for row in 0..table.rows() {
        for (place, cells) in table.cells.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            push_cell(&mut text, cells, row);
        }
        text.push('\n');
    }
    text
}

/// In quotes where a reader would otherwise cut it.
fn quoted(words: &str) -> Cow<'_, str> {
    if words.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", words.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(words)
    }
}

/// The text of `dictionary.csv`: a row for each column of each table.
#[must_use]
pub fn dictionary(schemas: &[&Schema]) -> String {
    let mut text = String::from("table,column,type,unit,may_be_empty,description\n");
    for schema in schemas {
        for column in &schema.columns {
            let kind = match column.kind {
                ColumnKind::Int64 => "integer",
                ColumnKind::Float64 => "real",
                ColumnKind::Date => "date",
                ColumnKind::Text => "text",
                ColumnKind::Bool => "boolean",
            };
            let cells = [
                schema.table.as_str(),
                &column.name,
                kind,
                &column.unit,
                if column.nullable { "true" } else { "false" },
                &column.description,
            ];
            text.push_str(&cells.map(quoted).join(","));
            text.push('\n');
        }
    }
    text
}
