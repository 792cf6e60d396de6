//! From blocks to tables: blocks are read in the order of their runs, one at a time, and
//! their rows go into the tables; their series are merged.

use std::collections::BTreeMap;

use crate::measure::series::Series;
use crate::result::block::SealedBlock;
use crate::result::rows::RunRows;
use crate::result::schemas::{self, Words};
use crate::result::table::Schema;
use crate::result::table_writer::TableWriter;
use crate::result::{
    Checked, FileDigest, Folder, Layout, ResultError, ResultFiles, csv, series_table,
};

use super::{EnsembleError, Job};

/// The tables of a job whose runs are all done, before its manifest is written: what a
/// summary is made from.
pub struct Finished<'a> {
    /// Names of what the runs yielded.
    pub layout: &'a Layout,
    /// What all runs say about each date and margin.
    pub series: Series,
    /// Runs that have rows.
    pub runs_ok: u32,
    /// Runs that failed.
    pub runs_failed: u32,
    pub(super) files: BTreeMap<String, FileDigest>,
    checked: Checked,
    folder: &'a Folder,
}

impl Finished<'_> {
    /// The tables, read back from the disk as they are asked for.
    #[must_use]
    pub fn files(&self) -> ResultFiles<'_> {
        ResultFiles::new(self.folder.path(), &self.files, &self.checked)
    }
}

/// The tables that are written run by run.
struct RunTables {
    runs: TableWriter,
    paths: TableWriter,
    milestones: TableWriter,
    cases: TableWriter,
    steps: TableWriter,
    losses: TableWriter,
    profits: TableWriter,
    events: TableWriter,
    failures: Option<TableWriter>,
}

/// Writes every table from the blocks, which hold each of the first `runs` once and are in
/// order.
pub(super) fn assemble<'a>(
    folder: &'a Folder,
    blocks: &[SealedBlock],
    (layout, runs): (&'a Layout, u32),
    job: &Job,
) -> Result<Finished<'a>, EnsembleError> {
    folder.remove_leftovers()?;
    let csv = job.keep.csv;
    let create = |schema| TableWriter::create(folder.path(), schema, csv);
    let mut tables = RunTables {
        runs: create(schemas::runs(layout))?,
        paths: create(schemas::paths(layout))?,
        milestones: create(schemas::milestones())?,
        cases: create(schemas::cases())?,
        steps: create(schemas::steps())?,
        losses: create(schemas::losses())?,
        profits: create(schemas::profits())?,
        events: create(schemas::events())?,
        failures: None,
    };
    let words = Words::new(layout);
    // With more runs in the end than when a path was kept, fewer may be.
    let paths_of_first = job.keep.paths_of_first(layout, runs);
    let mut series = Series::new(layout.spans());
    let (mut runs_ok, mut runs_failed) = (0, 0);
    for block in blocks {
        let block = block.load(folder.identity(), layout)?;
        for rows in &block.rows {
            tables.add(layout, &words, rows, rows.run < paths_of_first)?;
            runs_ok += 1;
        }
        for failure in &block.failures {
            if tables.failures.is_none() {
                tables.failures = Some(create(schemas::failures())?);
            }
            if let Some(table) = &mut tables.failures {
                schemas::add_failure(table.rows(), failure);
                table.end_run()?;
            }
            runs_failed += 1;
        }
        series.merge(&block.series)?;
    }
    let mut files = BTreeMap::new();
    let mut written = tables.finish(&mut files)?;
    written.push(write_series(
        create(series_table::schema())?,
        layout,
        &series,
        &mut files,
    )?);
    written.sort_by(|a, b| a.table.cmp(&b.table));
    let dictionary = csv::dictionary(&written.iter().collect::<Vec<_>>());
    let extra = job.files.iter().map(|(name, bytes)| (&**name, &**bytes));
    for (name, bytes) in extra.chain([("dictionary.csv", dictionary.as_bytes())]) {
        files.insert(name.to_owned(), folder.write(name, bytes)?);
    }
    Ok(Finished {
        layout,
        series,
        runs_ok,
        runs_failed,
        files,
        checked: Checked::default(),
        folder,
    })
}

fn write_series(
    mut writer: TableWriter,
    layout: &Layout,
    series: &Series,
    files: &mut BTreeMap<String, FileDigest>,
) -> Result<Schema, ResultError> {
    series_table::add_series(layout, series, |add| {
        add(writer.rows());
        writer.end_run()
    })?;
    writer.finish(files)
}

impl RunTables {
    fn add(
        &mut self,
        layout: &Layout,
        words: &Words<'_>,
        rows: &RunRows,
        with_path: bool,
    ) -> Result<(), ResultError> {
        schemas::add_run(self.runs.rows(), layout, rows);
        if with_path {
            schemas::add_path(self.paths.rows(), layout, rows);
        }
        schemas::add_milestones(self.milestones.rows(), words, rows);
        schemas::add_cases(self.cases.rows(), words, rows);
        schemas::add_steps(self.steps.rows(), words, rows);
        schemas::add_losses(self.losses.rows(), words, rows);
        schemas::add_profits(self.profits.rows(), words, rows);
        schemas::add_events(self.events.rows(), words, rows);
        self.runs.end_run()?;
        self.paths.end_run()?;
        self.milestones.end_run()?;
        self.cases.end_run()?;
        self.steps.end_run()?;
        self.losses.end_run()?;
        self.profits.end_run()?;
        self.events.end_run()
    }

    fn finish(self, files: &mut BTreeMap<String, FileDigest>) -> Result<Vec<Schema>, ResultError> {
        let always = [
            self.runs,
            self.paths,
            self.milestones,
            self.cases,
            self.steps,
            self.losses,
            self.profits,
            self.events,
        ];
        always
            .into_iter()
            .chain(self.failures)
            .map(|table| table.finish(files))
            .collect()
    }
}
