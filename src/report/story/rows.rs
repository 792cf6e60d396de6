//! The rows of `events.parquet` that a story is told from.

use std::collections::BTreeMap;

use super::futures::{dates, numbers, words};
use crate::domain::Date;
use crate::result::World;
use crate::result::table::Table;

/// One row.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Number of the event.
    pub id: u32,
    /// The event that brought it about.
    pub cause: Option<u32>,
    /// When.
    pub date: Date,
    /// What.
    pub kind: String,
    /// Who.
    pub actor: Option<String>,
    /// To whom or what.
    pub target: Option<String>,
    /// Where.
    pub jurisdiction: Option<String>,
    /// How much before, NaN where nothing is said.
    pub before: f64,
    /// How much, NaN where nothing is said.
    pub value: f64,
    /// In a sentence.
    pub text: String,
}

/// A change of less is no news: of a probability, or of something from 0 to 1.
pub const LEAST_OF_ONE: f64 = 0.01;
/// The same of points and per cent.
pub const LEAST_POINTS: f64 = 1.0;

impl Row {
    /// The least change of its level that is news.
    #[must_use]
    pub fn least_news(&self) -> f64 {
        match self.kind.as_str() {
            "reach_in_law" | "perceived_reach" | "location_protects" | "concern" => LEAST_OF_ONE,
            _ => LEAST_POINTS,
        }
    }
}

/// What one event changed of one level: mostly one row, or several in turn.
#[derive(Clone, Copy, Debug)]
pub struct Change<'r> {
    /// The row that says what was before.
    pub first: &'r Row,
    /// The row that says what came of it.
    pub last: &'r Row,
}

impl Change<'_> {
    /// By how much.
    #[must_use]
    pub fn size(&self) -> f64 {
        (self.last.value - self.first.before).abs()
    }

    /// The same in tenths of the least news, so that what looks equal stays in its order.
    #[must_use]
    pub fn shown_size(&self) -> i64 {
        (10.0 * self.size() / self.last.least_news()).round() as i64
    }
}

/// All rows of one run and world, by their number.
#[derive(Clone, Debug)]
pub struct Rows(BTreeMap<u32, Row>);

impl Rows {
    /// Takes the rows of a run and world from a table.
    #[must_use]
    pub fn of(table: &Table, run: u32, world: World) -> Self {
        let (runs, ids) = (numbers(table, "run"), numbers(table, "event_id"));
        let (worlds, causes) = (words(table, "world"), numbers(table, "cause_id"));
        let (dates, kinds) = (dates(table, "date"), words(table, "kind"));
        let (actors, targets) = (words(table, "actor"), words(table, "target"));
        let (places, texts) = (words(table, "jurisdiction"), words(table, "text"));
        let (before, value) = (numbers(table, "before"), numbers(table, "value"));
        let owned = |word: Option<&str>| word.map(str::to_owned);
        let is_it = |&row: &usize| runs[row] == f64::from(run) && worlds[row] == Some(world.name());
        let rows = (0..table.rows()).filter(is_it).filter_map(|row| {
            let told = Row {
                // Written from u32.
                id: ids[row] as u32,
                cause: (!causes[row].is_nan()).then_some(causes[row] as u32),
                date: dates[row]?,
                kind: kinds[row]?.to_owned(),
                actor: owned(actors[row]),
                target: owned(targets[row]),
                jurisdiction: owned(places[row]),
                before: before[row],
                value: value[row],
                text: texts[row].unwrap_or_default().to_owned(),
            };
            Some((told.id, told))
        });
        Self(rows.collect())
    }

    /// These rows.
    #[cfg(test)]
    pub(super) fn from_rows(rows: impl IntoIterator<Item = Row>) -> Self {
        Self(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    /// The row of this number.
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&Row> {
        self.0.get(&id)
    }

    /// All rows, by their number.
    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.0.values()
    }

    /// The event to whose line a row belongs: itself, if it is a line of its own, or the
    /// nearest of its causes that is.
    #[must_use]
    pub fn line_of<'r>(&'r self, row: &'r Row) -> Option<&'r Row> {
        let mut at = row;
        // A cause has a lower number, so this ends.
        while !self.stands_alone(at) {
            at = self.get(at.cause.filter(|&cause| cause < at.id)?)?;
        }
        Some(at)
    }

    /// Whether an event brings another of these kinds about on its own day.
    fn brings_at_once(&self, row: &Row, kinds: &[&str]) -> bool {
        self.0.range(row.id..).any(|(_, other)| {
            other.cause == Some(row.id)
                && other.date == row.date
                && kinds.contains(&other.kind.as_str())
        })
    }

    /// Whether a row is a line of its own, not something that another event changed or
    /// that only says the same again.
    fn stands_alone(&self, row: &Row) -> bool {
        match row.kind.as_str() {
            "reach_in_law" => false,
            kind if OF_CHRONICLE.contains(&kind) => false,
            "conduct" | "stay" | "contempt" => {
                let cause = row.cause.and_then(|cause| self.get(cause));
                cause.is_none_or(|cause| cause.date != row.date)
            }
            // What comes into force on the day on which it is proposed is told once, and so is
            // a policy that settles the law.
            "policy_proposed" => !self.brings_at_once(row, &["policy_in_force"]),
            "policy_in_force" => !self.brings_at_once(row, &["statute", "treaty"]),
            _ => true,
        }
    }
}

/// Kinds of rows that the chronicle adds.
pub const OF_CHRONICLE: [&str; 16] = [
    "perceived_reach",
    "location_protects",
    "concern",
    "trust",
    "spend_share",
    "workload_home_share",
    "exposure",
    "list_price",
    "revenue",
    "operating_profit",
    "legal_cost",
    "fines",
    "projects_deferred",
    "base_moved",
    "demands",
    "disclosures",
];
