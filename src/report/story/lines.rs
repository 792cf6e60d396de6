//! Which rows become lines.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::rows::{Change, LEAST_OF_ONE, LEAST_POINTS, OF_CHRONICLE, Row, Rows};
use super::wording::{Names, accounted, changed};
use super::{Line, RowRef};
use crate::domain::Date;
use crate::result::World;

/// Another control structure than that at issue is told of when the law over it moves by
/// this much.
const LEAST_ELSEWHERE: f64 = 0.05;
/// Between the first and the last account a level is told when it has moved within the year
/// by so many times the least change that is news of an event.
const WITHIN_A_YEAR: f64 = 2.0;
/// What goes on each year, and is told after the first and at the end.
const GOING_ON: [&str; 7] = [
    "revenue",
    "list_price",
    "operating_profit",
    "legal_cost",
    "fines",
    "demands",
    "disclosures",
];
/// Longer without an event is said.
const QUIET_MONTHS: i32 = 12;

/// What lines are made from.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The rows of the run and world.
    pub rows: &'a Rows,
    /// Names for sentences.
    pub names: &'a Names<'a>,
    /// The run.
    pub run: u32,
    /// The world.
    pub world: World,
    /// First day simulated.
    pub start: Date,
    /// Last day simulated.
    pub end: Date,
}

/// What a level is of: kind, actor, target and place.
type Key<'r> = (&'r str, Option<&'r str>, Option<&'r str>, Option<&'r str>);

fn key(row: &Row) -> Key<'_> {
    (
        &row.kind,
        row.actor.as_deref(),
        row.target.as_deref(),
        row.jurisdiction.as_deref(),
    )
}

impl Telling<'_> {
    /// The lines, by date.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut events: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| self.rows.line_of(row).is_some_and(|line| line.id == row.id))
            .collect();
        events.sort_by_key(|row| (row.date, row.id));
        let accounts = self.accounts();
        let ends =
            [accounts.keys().next(), accounts.keys().next_back()].map(Option::<&Date>::copied);
        let mut lines = Vec::new();
        let mut due = accounts.into_iter().peekable();
        for (at, event) in events.iter().enumerate() {
            while let Some((date, rows)) = due.next_if(|(date, _)| *date < event.date) {
                lines.extend(self.account(date, &rows, ends));
            }
            lines.push(self.event(event));
            lines.extend(self.quiet(event, events.get(at + 1).copied()));
        }
        for (date, rows) in due {
            lines.extend(self.account(date, &rows, ends));
        }
        lines
    }

    fn reference(&self, row: &Row) -> RowRef {
        RowRef::event(self.run, self.world, row.id)
    }

    fn line(&self, rows: &[&Row], text: String) -> Line {
        Line {
            date: rows.first().map(|row| row.date),
            kind: rows
                .first()
                .map_or_else(String::new, |row| row.kind.clone()),
            text,
            rows: rows.iter().map(|row| self.reference(row)).collect(),
            consequences: Vec::new(),
        }
    }

    /// An event, and what it changed.
    fn event(&self, event: &Row) -> Line {
        let of_it = |row: &&Row| {
            let line = self.rows.line_of(row);
            row.id != event.id && line.is_some_and(|line| line.id == event.id)
        };
        let caused: Vec<&Row> = self.rows.iter().filter(of_it).collect();
        let mut changes: BTreeMap<Key<'_>, Change<'_>> = BTreeMap::new();
        for row in &caused {
            changes
                .entry(key(row))
                .and_modify(|change| change.last = row)
                .or_insert(Change {
                    first: row,
                    last: row,
                });
        }
        let changes: Vec<Change<'_>> = changes.into_values().collect();
        let news = changes
            .iter()
            .filter(|change| self.is_news(change, &changes));
        // What is of one kind and actor, in one direction, is one line.
        let mut groups: BTreeMap<_, Vec<Change<'_>>> = BTreeMap::new();
        for change in news {
            groups.entry(self.group(change)).or_default().push(*change);
        }
        let mut line = self.line(&[event], event.text.clone());
        let of_group = |mut changes: Vec<Change<'_>>| {
            changes.sort_by_key(|change| (Reverse(change.shown_size()), change.first.id));
            let mut rows: Vec<&Row> = Vec::new();
            for change in &changes {
                rows.push(change.first);
                rows.extend((change.first.id != change.last.id).then_some(change.last));
            }
            self.line(&rows, changed(&changes, self.names))
        };
        line.consequences = groups.into_values().map(of_group).collect();
        line
    }

    /// What is told together, in the order in which it is told: the law, then beliefs;
    /// the control at issue before others.
    fn group<'c>(
        &self,
        change: &Change<'c>,
    ) -> (usize, bool, Option<&'c str>, Option<&'c str>, bool) {
        let row = change.last;
        let kind = OF_CHRONICLE.iter().position(|kind| *kind == row.kind);
        let target = row.target.as_deref();
        (
            kind.map_or(0, |kind| kind + 1),
            !self.names.is_at_issue(target.unwrap_or_default()),
            row.actor.as_deref(),
            target,
            change.last.value > change.first.before,
        )
    }

    /// Whether what an event changed is worth a line.
    fn is_news(&self, change: &Change<'_>, all: &[Change<'_>]) -> bool {
        let row = change.last;
        let place = row.jurisdiction.as_deref().unwrap_or_default();
        let control = row.target.as_deref().unwrap_or_default();
        let (names, moved) = (self.names, change.size());
        match row.kind.as_str() {
            "reach_in_law" if names.is_at_issue(control) => moved >= LEAST_OF_ONE,
            "reach_in_law" => {
                // A structure that the law treats as that at issue is not told twice.
                let same = |other: &Change<'_>| {
                    other.last.kind == row.kind
                        && names.is_at_issue(other.last.target.as_deref().unwrap_or_default())
                        && (other.first.before, other.last.value)
                            == (change.first.before, row.value)
                };
                moved >= LEAST_ELSEWHERE && !all.iter().any(same)
            }
            "perceived_reach" => {
                names.is_at_issue(control) && names.is_abroad(place) && moved >= LEAST_OF_ONE
            }
            "location_protects" | "concern" => names.is_abroad(place) && moved >= LEAST_OF_ONE,
            "trust" => names.is_whole(place) && names.is_abroad(place) && moved >= LEAST_POINTS,
            _ => false,
        }
    }

    /// More than a year without an event, after this one.
    fn quiet(&self, event: &Row, next: Option<&Row>) -> Option<Line> {
        let until = next.map_or(self.end, |next| next.date);
        if event.date.plus_months(QUIET_MONTHS) >= until {
            return None;
        }
        let whole = (QUIET_MONTHS..).take_while(|&n| event.date.plus_months(n) <= until);
        let months = whole.last().unwrap_or(QUIET_MONTHS);
        let what = if next.is_some() { "" } else { ", to the end" };
        let text = format!("Then {} without an event{what}", span(months));
        let mut line = self.line(&[event], text);
        line.kind = "quiet".to_owned();
        line.rows.extend(next.map(|next| self.reference(next)));
        Some(line)
    }

    /// Rows of the yearly accounts, by date.
    fn accounts(&self) -> BTreeMap<Date, Vec<&Row>> {
        let mut accounts: BTreeMap<Date, Vec<&Row>> = BTreeMap::new();
        for row in self.rows.iter() {
            if row.cause.is_none() && OF_CHRONICLE.contains(&row.kind.as_str()) {
                accounts.entry(row.date).or_default().push(row);
            }
        }
        accounts
    }

    /// An account, if it has something to tell.
    fn account(&self, date: Date, rows: &[&Row], [first, last]: [Option<Date>; 2]) -> Option<Line> {
        let is_last = Some(date) == last;
        let whole = is_last || Some(date) == first;
        let mut consequences = Vec::new();
        for kind in OF_CHRONICLE {
            let mut sellers: BTreeMap<Option<&str>, Vec<&Row>> = BTreeMap::new();
            let of_kind = |row: &&&Row| row.kind == kind && self.is_told_of(row);
            for &row in rows.iter().filter(of_kind) {
                // Money, prices and demands go on each year; they are told at both ends.
                let grows = GOING_ON.contains(&kind);
                let moved = (row.value - row.before).abs() >= WITHIN_A_YEAR * row.least_news();
                if whole || (moved && !grows) {
                    let by = row.jurisdiction.as_ref().and(row.actor.as_deref());
                    sellers.entry(by).or_default().push(row);
                }
            }
            let groups = sellers.into_values();
            let months = self.months_of(date);
            let said = |rows: Vec<&Row>| self.line(&rows, accounted(&rows, months, self.names));
            consequences.extend(groups.map(said));
        }
        let rows = consequences.iter().flat_map(|line| line.rows.clone());
        let rows: Vec<RowRef> = rows.collect();
        (!rows.is_empty()).then(|| Line {
            date: Some(date),
            kind: "account".to_owned(),
            text: self.account_head(date, is_last),
            rows,
            consequences,
        })
    }

    fn account_head(&self, date: Date, is_last: bool) -> String {
        let years = date.ymd().0 - self.start.ymd().0;
        match years {
            _ if is_last => match self.months_of(date) {
                12 => "At the end, in numbers".to_owned(),
                months if date.plus_months(-months) > self.start => {
                    format!(
                        "At the end, {} after the last account, in numbers",
                        span(months)
                    )
                }
                months => format!("At the end, after {}, in numbers", span(months)),
            },
            1 => "After a year, in numbers".to_owned(),
            years => format!("After {years} years, in numbers"),
        }
    }

    /// Months of the account on a date: a year, or what is left of the last.
    fn months_of(&self, date: Date) -> i32 {
        let ((year, month, _), (first_year, first_month, _)) = (date.ymd(), self.start.ymd());
        let months =
            12 * (i32::from(year) - i32::from(first_year)) + i32::from(month - first_month);
        match months % 12 {
            0 => 12,
            rest => rest,
        }
    }

    /// Whether accounts of this are told at all: of customers abroad by bloc, of all
    /// moves but single flows, and of what providers take in.
    fn is_told_of(&self, row: &Row) -> bool {
        let place = row.jurisdiction.as_deref();
        let told = place.is_none_or(|p| self.names.is_whole(p) && self.names.is_abroad(p));
        let of_provider = row
            .actor
            .as_deref()
            .is_some_and(|a| !a.starts_with("parent:"));
        told && match row.kind.as_str() {
            "base_moved" => row.actor.is_none(),
            "trust" | "spend_share" => !of_provider,
            _ => true,
        }
    }
}

/// So many months in words.
fn span(months: i32) -> String {
    let part = |n: i32, word: &str| match n {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    };
    match (months / 12, months % 12) {
        (0, months) => part(months, "month"),
        (years, 0) => part(years, "year"),
        (years, months) => format!("{} and {}", part(years, "year"), part(months, "month")),
    }
}
