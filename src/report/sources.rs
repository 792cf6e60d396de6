//! Where each number of a scenario comes from, as a page, as an appendix in CSV, and as JSON.

mod row;

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value, json};

use super::digits::{figure, rounded};
use super::layout::{Line, Measure, Span, Style, flow};
use crate::scenario::evidence::Confidence;
use crate::scenario::resolved::{Source, SourceKind};
use crate::scenario::{Coverage, Drawn, Provenance, Scenario, coverage, provenance};
use row::{Row, ids, words};

/// Column at which values begin.
const VALUE: usize = 34;
/// Column at which sources begin.
const SOURCE: usize = 60;
/// Column of remarks.
const REMARK: usize = 6;

/// The numbers of a scenario and what they rest on.
pub struct Sources<'s> {
    scenario: &'s Scenario,
    numbers: Vec<Provenance<'s>>,
    coverage: Coverage,
}

/// How many numbers rest on what.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Tally {
    /// All numbers.
    pub numbers: usize,
    /// Of those, the ones that are drawn once a run: the inputs.
    pub drawn_once_a_run: usize,
    /// The ones that are drawn at every visit of a node of a court.
    pub drawn_every_visit: usize,
    /// Assumed.
    pub assumed: usize,
    /// Resting on evidence whose lowest confidence is A, B, C.
    pub by_confidence: [usize; 3],
    /// With no source at all.
    pub uncovered: usize,
    /// Assumed as a part of those covered, 0 to 1.
    pub assumed_share: f64,
}

/// A number, and what it rests on, in words.
#[derive(Clone, PartialEq, Debug)]
pub struct SourceRow<'s> {
    /// Its path.
    pub path: &'s str,
    /// As it is written, or the median and range of its draws.
    pub value: Cow<'s, str>,
    /// Ids of evidence with their confidence, or that it is assumed.
    pub basis: String,
    /// The remark, or the reason of an assumption.
    pub remark: &'s str,
}

impl<'s> Sources<'s> {
    /// Of all numbers of a scenario.
    #[must_use]
    pub fn of(scenario: &'s Scenario) -> Self {
        Self {
            scenario,
            numbers: provenance(scenario),
            coverage: coverage(scenario),
        }
    }

    /// Paths of numbers without a source.
    #[must_use]
    pub fn uncovered(&self) -> &[String] {
        &self.coverage.uncovered
    }

    /// Paths in `[sources]` at which there is no number.
    #[must_use]
    pub fn unused(&self) -> &[String] {
        &self.coverage.unused
    }

    /// How many rest on what.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let count = |wanted: &dyn Fn(&Provenance<'_>) -> bool| {
            self.numbers.iter().filter(|number| wanted(number)).count()
        };
        let letters = [Confidence::A, Confidence::B, Confidence::C];
        Tally {
            numbers: self.numbers.len(),
            drawn_once_a_run: count(&|number| number.drawn == Drawn::OnceARun),
            drawn_every_visit: count(&|number| number.drawn == Drawn::EveryVisit),
            assumed: count(&|number| assumption(number).is_some()),
            by_confidence: letters.map(|letter| count(&|n| n.confidence() == Some(letter))),
            uncovered: count(&|number| number.source.is_none()),
            assumed_share: self.coverage.assumed_share,
        }
    }

    /// The page: numbers by table, those without a source first; a remark stands once for
    /// all numbers in a row that share it.
    #[must_use]
    pub fn text(&self, columns: usize, colour: bool) -> String {
        let mut out = String::new();
        let mut put = |line: Line| line.cut(columns).write(&mut out, colour);
        put(strong(&format!(
            "SOURCES of the numbers of {}",
            self.scenario.name
        )));
        let mut before: (Option<&str>, Option<&Source>) = (None, None);
        for (_, table, name, number) in self.by_table() {
            if before.0 != Some(table) {
                put(Line::default());
                let titled = if table.is_empty() {
                    "the scenario"
                } else {
                    table
                };
                put(strong(titled));
            }
            let again = before == (Some(table), number.source) && number.source.is_some();
            put(self.row(name, number, again));
            if !again {
                remark(number, columns).into_iter().for_each(&mut put);
            }
            before = (Some(table), number.source);
        }
        put(Line::default());
        for line in self.summary(columns) {
            put(line);
        }
        out
    }

    /// Numbers in the order of their tables, each with its table and name.
    fn by_table(&self) -> Vec<(bool, &str, &str, &Provenance<'s>)> {
        let numbers = self.numbers.iter().map(|number| {
            let parts = number.path.rsplit_once('.');
            let (table, name) = parts.unwrap_or(("", number.path));
            (number.source.is_some(), table, name, number)
        });
        let mut numbers: Vec<_> = numbers.collect();
        numbers.sort_by_key(|&(has_source, table, name, _)| (has_source, table, name));
        numbers
    }

    fn row(&self, name: &str, number: &Provenance<'_>, again: bool) -> Line {
        let mut line = Line::of(Span::plain(&format!("  {name}")));
        line.push(Span::plain("  "));
        line.pad_to(VALUE);
        line.push(Span::plain(&value(number)));
        line.push(Span::plain("  "));
        line.pad_to(SOURCE);
        let basis = match &number.fitted {
            Some(to) => format!("fitted: {to}"),
            None if again => "as above".to_owned(),
            None => basis(number),
        };
        line.push(Span::new(&basis, Style::Faint));
        line
    }

    fn summary(&self, columns: usize) -> Vec<Line> {
        let tally = self.tally();
        #[allow(clippy::cast_precision_loss)] // counts far below 2^53
        let count = |n: usize| figure(n as f64, 0);
        let [a, b, c] = tally.by_confidence.map(count);
        let mut parts = vec![
            format!("{} numbers:", count(tally.numbers)),
            format!(
                "{} assumed ({} % of those with a source);",
                count(tally.assumed),
                figure(100.0 * tally.assumed_share, 0)
            ),
            format!("{a} on evidence read (A), {b} recalled (B), {c} rough (C);"),
        ];
        if tally.uncovered > 0 {
            parts.push(format!("{} without a source;", count(tally.uncovered)));
        }
        parts.push(format!(
            "{} drawn once a run, {} at every visit of a court's node",
            count(tally.drawn_once_a_run),
            count(tally.drawn_every_visit)
        ));
        let spans: Vec<Span> = parts.iter().map(|part| Span::plain(part)).collect();
        let measure = Measure {
            width: columns,
            first: 0,
            later: 0,
            lines: usize::MAX,
        };
        let mut lines = flow(&spans, " ", measure);
        lines.push(Line::of(Span::new(
            "[a to b]: 9 in 10 draws; before it the median",
            Style::Faint,
        )));
        lines
    }

    /// A row for each number, as a page of another medium has it, those without a source first.
    pub fn rows(&self) -> impl Iterator<Item = SourceRow<'_>> {
        self.numbers.iter().map(|number| SourceRow {
            path: number.path,
            value: value(number),
            basis: match &number.fitted {
                Some(to) => format!("fitted: {to}"),
                None => basis(number),
            },
            remark: words(number),
        })
    }

    /// A row for each number, by RFC 4180, with the rows of evidence that it cites.
    ///
    /// # Errors
    /// When a row cannot be written, which memory alone decides.
    pub fn csv(&self) -> Result<String, csv::Error> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        for number in &self.numbers {
            writer.serialize(Row::of(number))?;
        }
        let bytes = writer.into_inner().map_err(|error| error.into_error())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The same as JSON, evidence in full.
    #[must_use]
    pub fn json(&self) -> Value {
        let numbers = self.numbers.iter().map(|number| {
            let mut row = json!(Row::of(number));
            row["evidence"] = json!(number.evidence);
            row
        });
        json!({
            "scenario": self.scenario.name,
            "digest": self.scenario.digest,
            "tally": self.tally(),
            "uncovered": self.uncovered(),
            "unused": self.unused(),
            "numbers": numbers.collect::<Vec<_>>(),
        })
    }
}

fn strong(text: &str) -> Line {
    Line::of(Span::new(text, Style::Strong))
}

fn assumption<'s>(number: &'s Provenance<'_>) -> Option<&'s str> {
    match &number.source?.kind {
        SourceKind::Assumed { why } => Some(why),
        SourceKind::Evidence { .. } => None,
    }
}

/// The median and the range of a drawn number; a known one as it is written.
fn value<'n>(number: &'n Provenance<'_>) -> Cow<'n, str> {
    match number.quantiles {
        Some([low, middle, high]) => Cow::Owned(format!(
            "{} [{} to {}]",
            rounded(middle),
            rounded(low),
            rounded(high)
        )),
        None => Cow::Borrowed(&number.written),
    }
}

/// What it rests on, in short: ids with the lowest confidence, or that it is assumed.
fn basis(number: &Provenance<'_>) -> String {
    match (number.source, number.confidence()) {
        (None, _) => "NO SOURCE".to_owned(),
        (Some(_), Some(confidence)) => {
            format!("{} ({})", ids(number).join(", "), confidence.letter())
        }
        (Some(_), None) => "assumed".to_owned(),
    }
}

fn remark(number: &Provenance<'_>, columns: usize) -> Vec<Line> {
    let text = words(number);
    if text.is_empty() {
        return Vec::new();
    }
    let measure = Measure {
        width: columns,
        first: REMARK,
        later: REMARK,
        lines: usize::MAX,
    };
    let mut lines = flow(&[Span::new(text, Style::Faint)], " ", measure);
    if let Some(first) = lines.first_mut() {
        let mut indented = Line::default();
        indented.pad_to(REMARK);
        indented.append(std::mem::take(first));
        *first = indented;
    }
    lines
}

#[cfg(test)]
mod tests;
