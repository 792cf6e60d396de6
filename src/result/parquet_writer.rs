//! Parquet written so that equal rows give equal files: one writer, a fixed maker's
//! name, fixed settings, row groups cut by the rows alone.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};

use super::ResultError;
use super::durable::{DurableFile, FileDigest};
use super::table::{Cells, Column, ColumnKind, Schema, Table};
use crate::domain::Date;

/// A Parquet file being written, a row group at a time.
pub(crate) struct ParquetWriter {
    writer: SerializedFileWriter<DurableFile>,
    place: PathBuf,
}

impl ParquetWriter {
    /// Begins a file of this schema.
    pub(crate) fn create(place: &Path, schema: &Schema) -> Result<Self, ResultError> {
        let file = DurableFile::create(place)?;
        let fault = |error| fault_of(place, error);
        let properties = Arc::new(properties_of(schema));
        let writer = SerializedFileWriter::new(file, root_of(schema).map_err(fault)?, properties)
            .map_err(fault)?;
        Ok(Self {
            writer,
            place: place.to_path_buf(),
        })
    }

    /// Writes all rows of `table` as one row group.
    pub(crate) fn write_group(&mut self, table: &Table) -> Result<(), ResultError> {
        self.try_write_group(table)
            .map_err(|error| fault_of(&self.place, error))
    }

    fn try_write_group(&mut self, table: &Table) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (column, cells) in table.schema.columns.iter().zip(&table.cells) {
            write_column(&mut group, column, cells)?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file and gives it its name.
    pub(crate) fn finish(self) -> Result<FileDigest, ResultError> {
        let file = self.writer.into_inner();
        file.map_err(|error| fault_of(&self.place, error))?.finish()
    }
}

fn properties_of(schema: &Schema) -> WriterProperties {
    let about = vec![KeyValue::new(
        "comity_table".to_owned(),
        schema.table.clone(),
    )];
    let mut properties = WriterProperties::builder()
        .set_created_by("comity".to_owned())
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        // Groups are cut by the table writer alone.
        .set_max_row_group_row_count(None)
        .set_key_value_metadata(Some(about));
    for column in &schema.columns {
        // Run numbers rise by little: differences take a few bits each.
        if column.kind == ColumnKind::Int64 {
            let path = ColumnPath::from(column.name.as_str());
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
    }
    properties.build()
}

fn root_of(schema: &Schema) -> Result<Arc<Type>, ParquetError> {
    let mut fields = Vec::with_capacity(schema.columns.len());
    for column in &schema.columns {
        let (physical, logical) = match column.kind {
            ColumnKind::Int64 => (PhysicalType::INT64, None),
            ColumnKind::Float64 => (PhysicalType::DOUBLE, None),
            ColumnKind::Date => (PhysicalType::INT32, Some(LogicalType::Date)),
            ColumnKind::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
            ColumnKind::Bool => (PhysicalType::BOOLEAN, None),
        };
        let repetition = if column.nullable {
            Repetition::OPTIONAL
        } else {
            Repetition::REQUIRED
        };
        let field = Type::primitive_type_builder(&column.name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()?;
        fields.push(Arc::new(field));
    }
    let root = Type::group_type_builder("schema")
        .with_fields(fields)
        .build()?;
    Ok(Arc::new(root))
}

fn write_column(
    group: &mut SerializedRowGroupWriter<'_, DurableFile>,
    column: &Column,
    cells: &Cells,
) -> Result<(), ParquetError> {
    match cells {
        Cells::Int64(cells) => write_cells::<Int64Type>(group, column, cells.iter().copied()),
        Cells::Float64(cells) => {
            let present = cells
                .iter()
                .map(|&value| (!value.is_nan()).then_some(value));
            write_cells::<DoubleType>(group, column, present)
        }
        Cells::Date(cells) => {
            let days = cells.iter().map(|cell| cell.map(Date::days_since_epoch));
            write_cells::<Int32Type>(group, column, days)
        }
        Cells::Text(cells) => {
            // Neighbours are mostly the same word, and copies of one share its bytes.
            let mut last: Option<(&Arc<str>, ByteArray)> = None;
            let words = cells.iter().map(|cell| {
                let word = cell.as_ref()?;
                match &last {
                    Some((before, bytes)) if Arc::ptr_eq(before, word) => Some(bytes.clone()),
                    _ => {
                        let bytes = ByteArray::from(&**word);
                        last = Some((word, bytes.clone()));
                        Some(bytes)
                    }
                }
            });
            write_cells::<ByteArrayType>(group, column, words)
        }
        Cells::Bool(cells) => write_cells::<BoolType>(group, column, cells.iter().copied()),
    }
}

/// Values that are there, and for a nullable column one level a row: 1 there, 0 not.
fn write_cells<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, DurableFile>,
    column: &Column,
    cells: impl ExactSizeIterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let missing = || ParquetError::General(format!("no room for column `{}`", column.name));
    let mut writer = group.next_column()?.ok_or_else(missing)?;
    let mut levels = Vec::with_capacity(cells.len());
    let mut values = Vec::with_capacity(cells.len());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    if !column.nullable && values.len() != levels.len() {
        return Err(ParquetError::General(format!(
            "column `{}` has an empty cell",
            column.name
        )));
    }
    let levels = column.nullable.then_some(levels.as_slice());
    writer.typed::<T>().write_batch(&values, levels, None)?;
    writer.close()
}

/// A fault of the disk keeps its kind, so that a full disk is known as one.
fn fault_of(place: &Path, error: ParquetError) -> ResultError {
    let source = match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other.to_string()),
    };
    ResultError::Io {
        doing: "write",
        path: place.to_path_buf(),
        source,
    }
}
