//! The tables of a result folder: columns on one side, the rows that fill them on the
//! other, each pair together.

use std::sync::Arc;

use super::layout::{Layout, Measured, Name};
use super::rows::{FailedRun, RunRows, World};
use super::table::{Column, ColumnKind, Schema, Table};
use ColumnKind::{Bool, Date, Float64, Int64, Text};

fn schema(table: &str, columns: Vec<Column>) -> Schema {
    Schema {
        table: table.to_owned(),
        columns,
    }
}

fn run_column() -> Column {
    Column::new("run", Int64, "", "number of the run, from 0")
}

fn world_column() -> Column {
    let about = "scenario, or baseline for the same run without the order";
    Column::new("world", Text, "", about)
}

fn prefixed(prefix: &str, measured: &Measured, about: &str) -> Column {
    Column::new(
        &format!("{prefix}{}", measured.name),
        Float64,
        &measured.unit,
        &format!("{}{about}", measured.description),
    )
    .nullable()
}

/// The column of `runs.parquet` that counts the futures drawn for a run, where facts are given.
pub const TRIED: &str = "tried";

/// Columns of `runs.parquet`.
#[must_use]
pub fn runs(layout: &Layout) -> Schema {
    let weight = Column::new("weight", Float64, "", "weight of the run in averages");
    let mut columns = vec![run_column(), weight];
    if layout.given {
        let tried = "futures drawn until one agreed with what is known, this one included";
        columns.push(Column::new(TRIED, Int64, "", tried));
    }
    columns.extend(layout.inputs.iter().map(|m| prefixed("in_", m, "")));
    columns.extend(layout.metrics.iter().map(|m| prefixed("out_", m, "")));
    if layout.paired {
        let base = "; the same run in the baseline's world";
        let difference = "; scenario less baseline, same run";
        columns.extend(layout.metrics.iter().map(|m| prefixed("base_", m, base)));
        columns.extend(
            layout
                .metrics
                .iter()
                .map(|m| prefixed("diff_", m, difference)),
        );
    }
    schema("runs", columns)
}

/// Adds the run's row to `runs`.
pub fn add_run(table: &mut Table, layout: &Layout, rows: &RunRows) {
    let mut row = table.row().int(rows.run).float(rows.weight);
    if layout.given {
        row = row.int(rows.tried);
    }
    let row = row
        .floats(rows.inputs.iter().copied())
        .floats(rows.metrics.iter().copied());
    if layout.paired {
        let pairs = rows.metrics.iter().zip(&rows.baseline_metrics);
        row.floats(rows.baseline_metrics.iter().copied())
            .floats(pairs.map(|(scenario, baseline)| scenario - baseline))
            .end();
    } else {
        row.end();
    }
}

/// Columns of `paths.parquet`.
#[must_use]
pub fn paths(layout: &Layout) -> Schema {
    let date = Column::new("date", Date, "", "last day of the month");
    let mut columns = vec![run_column(), date];
    columns.extend(layout.paths.iter().map(|m| prefixed("", m, "")));
    schema("paths", columns)
}

/// Adds the run's path to `paths`, if it was kept.
pub fn add_path(table: &mut Table, layout: &Layout, rows: &RunRows) {
    let width = layout.paths.len();
    if width == 0 {
        return;
    }
    for (date, values) in layout.dates.iter().zip(rows.path.chunks_exact(width)) {
        let row = table.row().int(rows.run).date(*date);
        row.floats(values.iter().copied()).end();
    }
}

/// Columns of `milestones.parquet`.
#[must_use]
pub fn milestones() -> Schema {
    let how = "in which way: a case's ending; asserts or renounces; expired or struck_down; \
               build, convert or close by decision, dated by the scenario";
    let why = "the reason of who decided it: demand, policy, loss; why a customer leaves";
    let columns = vec![
        run_column(),
        world_column(),
        Column::new("kind", Text, "", "what came about"),
        Column::new("subject", Text, "", "to what or whom"),
        Column::new("how", Text, "", how).nullable(),
        Column::new("why", Text, "", why).nullable(),
        Column::new("date", Date, "", "when"),
    ];
    schema("milestones", columns)
}

/// Adds the run's milestones.
pub fn add_milestones(table: &mut Table, words: &Words<'_>, rows: &RunRows) {
    for milestone in &rows.milestones {
        table
            .row()
            .int(rows.run)
            .text(words.world(milestone.world))
            .text(words.word(milestone.kind))
            .text(words.word(milestone.subject))
            .text_or_null(milestone.how.map(|name| words.word(name)))
            .text_or_null(milestone.why.map(|name| words.word(name)))
            .date(milestone.date)
            .end();
    }
}

/// Columns of `cases.parquet`.
#[must_use]
pub fn cases() -> Schema {
    let columns = vec![
        run_column(),
        world_column(),
        Column::new("case", Text, "", "the case"),
        Column::new("outcome", Text, "", "how it ended, or that it is open"),
        Column::new("date", Date, "", "its end, or the last day seen"),
        Column::new("duration_days", Int64, "days", "from its beginning to date"),
        Column::new("censored", Bool, "", "whether it was still open on date"),
    ];
    schema("cases", columns)
}

/// Adds the run's cases.
pub fn add_cases(table: &mut Table, words: &Words<'_>, rows: &RunRows) {
    for case in &rows.cases {
        table
            .row()
            .int(rows.run)
            .text(words.world(case.world))
            .text(words.word(case.case))
            .text(words.word(case.outcome))
            .date(case.date)
            .int(case.duration_days)
            .bool(case.censored)
            .end();
    }
}

/// Columns of `steps.parquet`.
#[must_use]
pub fn steps() -> Schema {
    let outcome = "by which outcome of the node, or by which ending from outside the court";
    let columns = vec![
        run_column(),
        world_column(),
        Column::new("case", Text, "", "the case"),
        Column::new(
            "node",
            Text,
            "",
            "the node of its court system that it left",
        ),
        Column::new("outcome", Text, "", outcome),
        Column::new("entered", Date, "", "when it came to the node"),
        Column::new("date", Date, "", "when it left"),
        Column::new("days", Int64, "days", "from entered to date"),
    ];
    schema("steps", columns)
}

/// Adds the steps of the run's cases.
pub fn add_steps(table: &mut Table, words: &Words<'_>, rows: &RunRows) {
    for step in &rows.steps {
        table
            .row()
            .int(rows.run)
            .text(words.world(step.world))
            .text(words.word(step.case))
            .text(words.word(step.node))
            .text(words.word(step.outcome))
            .date(step.entered)
            .date(step.date)
            .int(step.date.days_since(step.entered))
            .end();
    }
}

/// Columns of `losses.parquet`.
#[must_use]
pub fn losses() -> Schema {
    let kind = "contempt_fine, protection_fine, legal_cost, exit_cost or idle_contract";
    let date = "when; of what a case costs in a year of the scenario the year's last day, of an \
                exit the day on which it is decided";
    let columns = vec![
        run_column(),
        world_column(),
        Column::new("matter", Text, "", "a case, an instrument or a workload"),
        Column::new("kind", Text, "", kind),
        Column::new("actor", Text, "", "who bears it"),
        Column::new("date", Date, "", date),
        Column::new("amount", Float64, "", "how much, in the unit of the row"),
        Column::new("unit", Text, "", "the currency of the amount"),
    ];
    schema("losses", columns)
}

/// Adds what the law took in the run.
pub fn add_losses(table: &mut Table, words: &Words<'_>, rows: &RunRows) {
    for loss in &rows.losses {
        table
            .row()
            .int(rows.run)
            .text(words.world(loss.world))
            .text(words.word(loss.matter))
            .text(words.word(loss.kind))
            .text(words.word(loss.actor))
            .date(loss.date)
            .float(loss.amount)
            .text(words.word(loss.unit))
            .end();
    }
}

/// Columns of `profits.parquet`.
#[must_use]
pub fn profits() -> Schema {
    let date = "last day of a year of the scenario, or of the run";
    let profit = "revenue less all that is paid but capital, in the unit of the row";
    let columns = vec![
        run_column(),
        world_column(),
        Column::new("actor", Text, "", "a provider with finances"),
        Column::new("date", Date, "", date),
        Column::new("operating_profit", Float64, "", profit),
        Column::new("unit", Text, "", "the currency of the profit"),
    ];
    schema("profits", columns)
}

/// Adds what providers earned in each year of the run.
pub fn add_profits(table: &mut Table, words: &Words<'_>, rows: &RunRows) {
    for year in &rows.profits {
        table
            .row()
            .int(rows.run)
            .text(words.world(year.world))
            .text(words.word(year.actor))
            .date(year.date)
            .float(year.operating_profit)
            .text(words.word(year.unit))
            .end();
    }
}

/// Columns of `events.parquet`.
#[must_use]
pub fn events() -> Schema {
    let cause = "event_id of the event that brought it about";
    let columns = vec![
        run_column(),
        world_column(),
        Column::new(
            "event_id",
            Int64,
            "",
            "number of the event in its run and world",
        ),
        Column::new("cause_id", Int64, "", cause).nullable(),
        Column::new("date", Date, "", "when"),
        Column::new("kind", Text, "", "what"),
        Column::new("actor", Text, "", "who did it").nullable(),
        Column::new("target", Text, "", "to whom or what").nullable(),
        Column::new("jurisdiction", Text, "", "where it counts").nullable(),
        Column::new("before", Float64, "", "how much before, in the same unit").nullable(),
        Column::new("value", Float64, "", "how much, in the unit of the row").nullable(),
        Column::new("unit", Text, "", "unit of before and value").nullable(),
        Column::new("text", Text, "", "the event in a sentence"),
    ];
    schema("events", columns)
}

/// Adds the run's events, if they were kept.
pub fn add_events(table: &mut Table, words: &Words<'_>, rows: &RunRows) {
    for event in &rows.events {
        table
            .row()
            .int(rows.run)
            .text(words.world(event.world))
            .int(event.event_id)
            .int_or_null(event.cause_id.map(i64::from))
            .date(event.date)
            .text(words.word(event.kind))
            .text_or_null(event.actor.map(|name| words.word(name)))
            .text_or_null(event.target.map(|name| words.word(name)))
            .text_or_null(event.jurisdiction.map(|name| words.word(name)))
            .float(event.before)
            .float(event.value)
            .text_or_null(event.unit.map(|name| words.word(name)))
            .text(&Arc::from(event.text.as_str()))
            .end();
    }
}

/// Columns of `failures.parquet`, written only when a run failed.
#[must_use]
pub fn failures() -> Schema {
    let cause = Column::new("cause", Text, "", "why the run has no row in the others");
    schema("failures", vec![run_column(), cause])
}

/// Adds a failed run.
pub fn add_failure(table: &mut Table, failure: &FailedRun) {
    let cause = Arc::from(failure.cause.as_str());
    table.row().int(failure.run).text(&cause).end();
}

/// The words of a layout, and those of the column `world`.
pub struct Words<'a> {
    layout: &'a Layout,
    worlds: [Arc<str>; 2],
    unknown: Arc<str>,
}

impl<'a> Words<'a> {
    /// The words of this layout.
    #[must_use]
    pub fn new(layout: &'a Layout) -> Self {
        Self {
            layout,
            worlds: [World::Scenario, World::Baseline].map(|world| Arc::from(world.name())),
            unknown: Arc::from("?"),
        }
    }

    fn world(&self, world: World) -> &Arc<str> {
        &self.worlds[world as usize]
    }

    /// Rows were held against the layout by [`RunRows::check`], so that `?` is not seen.
    fn word(&self, name: Name) -> &Arc<str> {
        self.layout.names.word(name).unwrap_or(&self.unknown)
    }
}
