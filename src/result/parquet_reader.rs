//! The one reader of Parquet. A damaged file may make the format's library panic, so
//! it stands behind a fence, and for files of ours behind a checksum as well
//! ([`super::ResultFiles`]): some damage reads as other numbers, which only the checksum sees.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as PhysicalType};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::Type;

use super::ResultError;
use super::guard::guarded;
use super::table::{Cells, Column, ColumnKind, Schema, Table};
use crate::domain::Date;

/// Which columns to read.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// Every column.
    All,
    /// These, in this order.
    Columns(&'a [&'a str]),
}

/// Reads the rows of one run, of a table with the column `run`: a row group is held in
/// memory at a time, not the table.
///
/// # Errors
/// As [`read_parquet`].
pub fn read_run(path: &Path, run: u32) -> Result<Table, ResultError> {
    let keep = |table: &mut Table, before| table.keep_run(before, run);
    read_by_groups(path, Wanted::All, keep)
}

/// Reads a table a row group at a time: `take` is given each part in turn, and only that
/// part is in memory.
///
/// # Errors
/// As [`read_parquet`].
pub fn read_in_parts(
    path: &Path,
    wanted: Wanted<'_>,
    mut take: impl FnMut(&Table),
) -> Result<(), ResultError> {
    let part = |table: &mut Table, _| {
        take(table);
        table.clear();
    };
    read_by_groups(path, wanted, part).map(drop)
}

fn read_by_groups(
    path: &Path,
    wanted: Wanted<'_>,
    after_group: impl FnMut(&mut Table, usize),
) -> Result<Table, ResultError> {
    let file = File::open(path).map_err(ResultError::io("open", path))?;
    match guarded(|| read(path, file, wanted, after_group)) {
        Ok(outcome) => outcome,
        Err(panic) => Err(ResultError::damaged(path, panic)),
    }
}

/// Reads a table.
///
/// # Errors
/// [`ResultError::Damaged`] when the file is not a flat Parquet table;
/// [`ResultError::NoColumn`]; [`ResultError::Io`] when it cannot be read.
pub fn read_parquet(path: &Path, wanted: Wanted<'_>) -> Result<Table, ResultError> {
    read_by_groups(path, wanted, |_, _| {})
}

/// Reads row group by row group; after each, `after_group` is given the table so far and
/// the rows that it had before.
fn read(
    path: &Path,
    file: File,
    wanted: Wanted<'_>,
    mut after_group: impl FnMut(&mut Table, usize),
) -> Result<Table, ResultError> {
    let fault = |error: ParquetError| ResultError::damaged(path, error.to_string());
    let reader = SerializedFileReader::new(file).map_err(fault)?;
    let about = reader.metadata().file_metadata();
    let fields = about.schema_descr().root_schema().get_fields().to_vec();
    let table = about
        .key_value_metadata()
        .and_then(|pairs| pairs.iter().find(|pair| pair.key == "comity_table"))
        .and_then(|pair| pair.value.clone())
        .unwrap_or_default();
    let places: Vec<usize> = match wanted {
        Wanted::All => (0..fields.len()).collect(),
        Wanted::Columns(names) => names
            .iter()
            .map(|&name| {
                fields
                    .iter()
                    .position(|field| field.name() == name)
                    .ok_or_else(|| ResultError::NoColumn {
                        path: path.to_path_buf(),
                        column: name.to_owned(),
                    })
            })
            .collect::<Result<_, _>>()?,
    };
    let columns = places
        .iter()
        .map(|&place| column_of(&fields[place]))
        .collect::<Result<_, _>>()
        .map_err(fault)?;
    let mut table = Table::new(Schema { table, columns });
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(fault)?;
        let rows = usize::try_from(group.metadata().num_rows())
            .map_err(|_| ResultError::damaged(path, "a negative number of rows"))?;
        let before = table.rows();
        for (cells, &place) in table.cells.iter_mut().zip(&places) {
            let column = group.get_column_reader(place).map_err(fault)?;
            append(column, rows, cells).map_err(fault)?;
        }
        after_group(&mut table, before);
    }
    Ok(table)
}

/// A column as the file describes it; unit and description stand in `dictionary.csv`.
fn column_of(field: &Arc<Type>) -> Result<Column, ParquetError> {
    let refuse = |why: &str| {
        Err(ParquetError::General(format!(
            "column `{}` {why}; flat columns of numbers, dates, words and booleans can be read",
            field.name()
        )))
    };
    if !field.is_primitive() || field.get_basic_info().repetition() == Repetition::REPEATED {
        return refuse("is nested");
    }
    let logical = field.get_basic_info().logical_type_ref();
    let kind = match (field.get_physical_type(), logical) {
        (PhysicalType::INT32, Some(LogicalType::Date)) => ColumnKind::Date,
        (PhysicalType::INT32 | PhysicalType::INT64, None | Some(LogicalType::Integer(_))) => {
            ColumnKind::Int64
        }
        (PhysicalType::FLOAT | PhysicalType::DOUBLE, _) => ColumnKind::Float64,
        (PhysicalType::BYTE_ARRAY, _) => ColumnKind::Text,
        (PhysicalType::BOOLEAN, _) => ColumnKind::Bool,
        _ => return refuse("has a type that is not read"),
    };
    let mut column = Column::new(field.name(), kind, "", "");
    column.nullable = field.get_basic_info().repetition() == Repetition::OPTIONAL;
    Ok(column)
}

fn append(column: ColumnReader, rows: usize, cells: &mut Cells) -> Result<(), ParquetError> {
    use ColumnReader as R;
    match (column, cells) {
        (R::Int64ColumnReader(reader), Cells::Int64(cells)) => {
            cells.extend(values_of(reader, rows)?);
        }
        (R::Int32ColumnReader(reader), Cells::Int64(cells)) => {
            cells.extend(
                values_of(reader, rows)?
                    .into_iter()
                    .map(|v| v.map(i64::from)),
            );
        }
        (R::Int32ColumnReader(reader), Cells::Date(cells)) => {
            for value in values_of(reader, rows)? {
                cells.push(value.map(date_of).transpose()?);
            }
        }
        (R::DoubleColumnReader(reader), Cells::Float64(cells)) => {
            let values = values_of(reader, rows)?;
            cells.extend(values.into_iter().map(|v| v.unwrap_or(f64::NAN)));
        }
        (R::FloatColumnReader(reader), Cells::Float64(cells)) => {
            let values = values_of(reader, rows)?;
            cells.extend(values.into_iter().map(|v| v.map_or(f64::NAN, f64::from)));
        }
        (R::ByteArrayColumnReader(reader), Cells::Text(cells)) => {
            for value in values_of(reader, rows)? {
                cells.push(value.as_ref().map(words_of).transpose()?);
            }
        }
        (R::BoolColumnReader(reader), Cells::Bool(cells)) => {
            cells.extend(values_of(reader, rows)?);
        }
        _ => return Err(ParquetError::General("a column changed its type".into())),
    }
    Ok(())
}

fn date_of(days: i32) -> Result<Date, ParquetError> {
    Date::from_ymd(1970, 1, 1)
        .map(|epoch| epoch.plus_days(days))
        .ok()
        .filter(|date| date.days_since_epoch() == days)
        .ok_or_else(|| ParquetError::General(format!("no date lies {days} days after 1970")))
}

fn words_of(bytes: &ByteArray) -> Result<Arc<str>, ParquetError> {
    bytes.as_utf8().map(Arc::from)
}

/// Exactly `rows` cells of one column of one row group.
fn values_of<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    rows: usize,
) -> Result<Vec<Option<T::T>>, ParquetError> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let mut read = 0;
    while read < rows {
        let (records, _, _) =
            reader.read_records(rows - read, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            break;
        }
        read += records;
    }
    if read != rows {
        return Err(ParquetError::General(format!("{read} rows, not {rows}")));
    }
    if levels.is_empty() {
        return Ok(values.into_iter().map(Some).collect());
    }
    let mut values = values.into_iter();
    Ok(levels
        .into_iter()
        .map(|level| if level == 0 { None } else { values.next() })
        .collect())
}
