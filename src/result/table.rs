//! A table by columns: what the writers take and what the reader gives back.
//!
//! Missing is `None`, in a column of numbers NaN: a metric that a run does not have is
//! an empty cell in every format.

use std::sync::Arc;

use crate::domain::Date;

/// What a column's cells are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColumnKind {
    /// Whole numbers.
    Int64,
    /// Real numbers.
    Float64,
    /// Calendar dates.
    Date,
    /// Words.
    Text,
    /// True or false.
    Bool,
}

/// A column's name and meaning, a row of `dictionary.csv`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Snake_case, with the unit where there is one.
    pub name: String,
    /// What its cells are.
    pub kind: ColumnKind,
    /// Whether a cell may be empty.
    pub nullable: bool,
    /// Unit, empty where there is none.
    pub unit: String,
    /// What it estimates or says.
    pub description: String,
}

impl Column {
    /// A column whose every cell is filled.
    #[must_use]
    pub fn new(name: &str, kind: ColumnKind, unit: &str, description: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            nullable: false,
            unit: unit.to_owned(),
            description: description.to_owned(),
        }
    }

    /// The same column, in which a cell may be empty.
    #[must_use]
    pub fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// The columns of a table, in order, and its name (the file's, without its ending).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schema {
    /// Name, such as `runs`.
    pub table: String,
    /// Columns in order.
    pub columns: Vec<Column>,
}

/// The cells of one column.
#[derive(Clone, PartialEq, Debug)]
pub enum Cells {
    /// Whole numbers.
    Int64(Vec<Option<i64>>),
    /// Real numbers, NaN where empty.
    Float64(Vec<f64>),
    /// Calendar dates.
    Date(Vec<Option<Date>>),
    /// Words.
    Text(Vec<Option<Arc<str>>>),
    /// True or false.
    Bool(Vec<Option<bool>>),
}

impl Cells {
    /// No cells, of this kind.
    #[must_use]
    pub fn empty(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Int64 => Self::Int64(Vec::new()),
            ColumnKind::Float64 => Self::Float64(Vec::new()),
            ColumnKind::Date => Self::Date(Vec::new()),
            ColumnKind::Text => Self::Text(Vec::new()),
            ColumnKind::Bool => Self::Bool(Vec::new()),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Int64(cells) => cells.len(),
            Self::Float64(cells) => cells.len(),
            Self::Date(cells) => cells.len(),
            Self::Text(cells) => cells.len(),
            Self::Bool(cells) => cells.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Numbers as `f64` (NaN where empty); `None` for dates and words.
    #[must_use]
    pub fn to_numbers(&self) -> Option<Vec<f64>> {
        match self {
            Self::Float64(cells) => Some(cells.clone()),
            Self::Int64(cells) => Some(
                cells
                    .iter()
                    .map(|cell| cell.map_or(f64::NAN, |value| value as f64))
                    .collect(),
            ),
            Self::Bool(cells) => Some(
                cells
                    .iter()
                    .map(|cell| cell.map_or(f64::NAN, |yes| f64::from(u8::from(yes))))
                    .collect(),
            ),
            Self::Date(_) | Self::Text(_) => None,
        }
    }

    /// Drops the cells from `first` on for which `keep` does not hold.
    fn retain_from(&mut self, first: usize, keep: &[bool]) {
        fn retain<T>(cells: &mut Vec<T>, first: usize, keep: &[bool]) {
            let tail = cells.split_off(first);
            let kept = tail.into_iter().zip(keep).filter(|(_, keep)| **keep);
            cells.extend(kept.map(|(cell, _)| cell));
        }
        match self {
            Self::Int64(cells) => retain(cells, first, keep),
            Self::Float64(cells) => retain(cells, first, keep),
            Self::Date(cells) => retain(cells, first, keep),
            Self::Text(cells) => retain(cells, first, keep),
            Self::Bool(cells) => retain(cells, first, keep),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Int64(cells) => cells.clear(),
            Self::Float64(cells) => cells.clear(),
            Self::Date(cells) => cells.clear(),
            Self::Text(cells) => cells.clear(),
            Self::Bool(cells) => cells.clear(),
        }
    }
}

/// A table, or the part of one that is in memory.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Its columns.
    pub schema: Schema,
    /// Their cells, in the same order, equally many in each.
    pub cells: Vec<Cells>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        let cells = schema
            .columns
            .iter()
            .map(|column| Cells::empty(column.kind))
            .collect();
        Self { schema, cells }
    }

    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.cells.first().map_or(0, Cells::len)
    }

    /// The cells of the column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Cells> {
        let place = self
            .schema
            .columns
            .iter()
            .position(|column| column.name == name)?;
        self.cells.get(place)
    }

    /// Of the rows from `first` on, drops those of other runs by the column `run`; all of
    /// them where there is no such column.
    pub(super) fn keep_run(&mut self, first: usize, run: u32) {
        let keep: Vec<bool> = match self.column("run") {
            Some(Cells::Int64(runs)) => {
                let tail = runs.iter().skip(first);
                tail.map(|cell| *cell == Some(i64::from(run))).collect()
            }
            _ => vec![false; self.rows().saturating_sub(first)],
        };
        for cells in &mut self.cells {
            cells.retain_from(first, &keep);
        }
    }

    /// Begins a row; its cells follow in the order of the columns.
    pub fn row(&mut self) -> Row<'_> {
        Row {
            cells: self.cells.iter_mut(),
        }
    }

    /// Drops all rows, keeps the room.
    pub fn clear(&mut self) {
        self.cells.iter_mut().for_each(Cells::clear);
    }
}

/// A row being added. The order of calls must be that of the columns; the schemas and
/// the rows of this room stand side by side and are tested together.
pub struct Row<'a> {
    cells: std::slice::IterMut<'a, Cells>,
}

impl Row<'_> {
    /// A whole number.
    pub fn int(self, value: impl Into<i64>) -> Self {
        self.int_or_null(Some(value.into()))
    }

    /// A whole number, or nothing.
    pub fn int_or_null(mut self, value: Option<i64>) -> Self {
        match self.cells.next() {
            Some(Cells::Int64(cells)) => cells.push(value),
            _ => unreachable!("the schema has no whole number here"),
        }
        self
    }

    /// A real number; NaN is nothing.
    pub fn float(mut self, value: f64) -> Self {
        match self.cells.next() {
            Some(Cells::Float64(cells)) => cells.push(value),
            _ => unreachable!("the schema has no real number here"),
        }
        self
    }

    /// Several real numbers, a column each.
    pub fn floats(self, values: impl IntoIterator<Item = f64>) -> Self {
        values.into_iter().fold(self, Self::float)
    }

    /// A date.
    pub fn date(self, value: Date) -> Self {
        self.date_or_null(Some(value))
    }

    /// A date, or nothing.
    pub fn date_or_null(mut self, value: Option<Date>) -> Self {
        match self.cells.next() {
            Some(Cells::Date(cells)) => cells.push(value),
            _ => unreachable!("the schema has no date here"),
        }
        self
    }

    /// Words.
    pub fn text(self, value: &Arc<str>) -> Self {
        self.text_or_null(Some(value))
    }

    /// Words, or nothing.
    pub fn text_or_null(mut self, value: Option<&Arc<str>>) -> Self {
        match self.cells.next() {
            Some(Cells::Text(cells)) => cells.push(value.cloned()),
            _ => unreachable!("the schema has no words here"),
        }
        self
    }

    /// Yes or no.
    pub fn bool(mut self, value: bool) -> Self {
        match self.cells.next() {
            Some(Cells::Bool(cells)) => cells.push(Some(value)),
            _ => unreachable!("the schema has no yes or no here"),
        }
        self
    }

    /// Ends the row.
    pub fn end(mut self) {
        debug_assert!(self.cells.next().is_none(), "the row is short of a cell");
    }
}
