//! One table on its way to the disk: rows are gathered until a row group is full, then
//! written as Parquet and, when asked for, as CSV. Never more than a row group is held.

use std::collections::BTreeMap;
use std::path::Path;

use super::ResultError;
use super::csv::CsvWriter;
use super::durable::FileDigest;
use super::parquet_writer::ParquetWriter;
use super::table::{Schema, Table};

/// Rows after which a row group is cut, at the end of the run that reaches it.
const ROWS_PER_GROUP: usize = 65_536;

/// A table being written.
pub struct TableWriter {
    gathered: Table,
    parquet: ParquetWriter,
    csv: Option<CsvWriter>,
}

impl TableWriter {
    /// Begins `TABLE.parquet`, and with `csv` also `TABLE.csv`, in `folder`.
    ///
    /// # Errors
    /// [`ResultError::Io`].
    pub fn create(folder: &Path, schema: Schema, csv: bool) -> Result<Self, ResultError> {
        let parquet = folder.join(format!("{}.parquet", schema.table));
        let comma = folder.join(format!("{}.csv", schema.table));
        Ok(Self {
            parquet: ParquetWriter::create(&parquet, &schema)?,
            csv: csv
                .then(|| CsvWriter::create(&comma, &schema))
                .transpose()?,
            gathered: Table::new(schema),
        })
    }

    /// Where the next rows are added.
    pub fn rows(&mut self) -> &mut Table {
        &mut self.gathered
    }

    /// To be called when all rows of a run are in: groups are cut only between runs, so
    /// that they depend on the runs alone.
    ///
    /// # Errors
    /// [`ResultError::Io`].
    pub fn end_run(&mut self) -> Result<(), ResultError> {
        if self.gathered.rows() >= ROWS_PER_GROUP {
            self.write_group()?;
        }
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), ResultError> {
        self.parquet.write_group(&self.gathered)?;
        if let Some(csv) = &mut self.csv {
            csv.write_rows(&self.gathered)?;
        }
        self.gathered.clear();
        Ok(())
    }

    /// Writes what is left and ends the files; their digests are added to `files` under
    /// their names.
    ///
    /// # Errors
    /// [`ResultError::Io`].
    pub fn finish(
        mut self,
        files: &mut BTreeMap<String, FileDigest>,
    ) -> Result<Schema, ResultError> {
        if self.gathered.rows() > 0 {
            self.write_group()?;
        }
        let schema = self.gathered.schema;
        let name = &schema.table;
        files.insert(format!("{name}.parquet"), self.parquet.finish()?);
        if let Some(csv) = self.csv {
            files.insert(format!("{name}.csv"), csv.finish()?);
        }
        Ok(schema)
    }
}
