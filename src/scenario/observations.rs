//! Observations of a user's own, as a table of comma-separated values (RFC 4180): a row of it is
//! an `[[observation]]` after those of the scenario, a column one of its fields, an empty cell a
//! field that is not given. A mistake is told with its line and column in the table.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::error::{Problem, ScenarioError};
use super::gather;
use super::nearest::advice;
use super::parse;

/// Rows beyond which a table is refused.
const MOST_ROWS: usize = 2_000;

/// A table of observations that was read, not yet looked into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObservationTable {
    /// As shown in messages.
    pub name: String,
    /// All of it.
    pub text: String,
}

impl ObservationTable {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no regular file, too large, not UTF-8, or cannot be read.
    pub fn read(path: &Path) -> Result<Self, ScenarioError> {
        Ok(Self {
            name: path.display().to_string(),
            text: gather::read(path, "a table of observations")?,
        })
    }
}

/// How the cells of a column are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// Words.
    Words,
    /// A number, a date, or true or false, as in a scenario.
    Bare,
}

/// The columns; the first six must be there.
const COLUMNS: [(&str, Cells); 15] = [
    ("date", Cells::Bare),
    ("metric", Cells::Words),
    ("value", Cells::Bare),
    ("error", Cells::Bare),
    ("source", Cells::Words),
    ("use", Cells::Words),
    ("published", Cells::Bare),
    ("against_baseline", Cells::Bare),
    ("bound", Cells::Words),
    ("panel", Cells::Words),
    ("series", Cells::Words),
    ("no_change", Cells::Bare),
    ("forecast_from", Cells::Bare),
    ("backtest", Cells::Words),
    ("text", Cells::Words),
];
const REQUIRED: usize = 6;

/// Adds the rows of the table `text`, which begins at `base` of the virtual text, to the
/// observations of `tree`.
pub(super) fn append<'t>(
    tree: &mut DeTable<'t>,
    text: &'t str,
    base: usize,
    problems: &mut Vec<Problem>,
) {
    let rows = match rows(text, base) {
        Ok(rows) => rows,
        Err(found) => return problems.extend(found),
    };
    if let Some(DeValue::Array(there)) = tree.get_mut("observation").map(Spanned::get_mut) {
        rows.into_iter().for_each(|row| there.push(row));
    } else if tree.get("observation").is_none() {
        let place = base..base + text.len();
        let key = Spanned::new(place.clone(), "observation".into());
        let rows: DeArray<'_> = rows.into_iter().collect();
        tree.insert(key, Spanned::new(place, DeValue::Array(rows)));
    }
}

fn rows(text: &str, base: usize) -> Result<Vec<Spanned<DeValue<'_>>>, Vec<Problem>> {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = records(&text[mark..], base + mark)?.into_iter();
    let Some(header) = lines.next() else {
        let message = "there is no line with the names of the columns";
        return Err(vec![
            Problem::at(base..base + text.len(), message)
                .help("begin with `date,metric,value,error,source,use`"),
        ]);
    };
    let columns = columns(&header)?;
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for line in lines {
        if line.cells.len() != columns.len() {
            let (cells, columns) = (line.cells.len(), columns.len());
            let message = format!("this row has {cells} cells, and there are {columns} columns");
            let help = "put a text with a comma into quotes";
            problems.push(Problem::at(line.place, message).help(help));
            continue;
        }
        rows.push(row(text, base, &columns, &line, &mut problems));
    }
    if problems.is_empty() {
        Ok(rows)
    } else {
        Err(problems)
    }
}

/// A line of the table: where it is, and its cells with their places.
struct Line {
    place: Range<usize>,
    cells: Vec<(String, Range<usize>)>,
}

fn records(text: &str, base: usize) -> Result<Vec<Line>, Vec<Problem>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let whole = base..base + text.len();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(lines),
            Err(error) => return Err(vec![Problem::at(whole, format!("this is no CSV: {error}"))]),
        }
        if lines.len() > MOST_ROWS {
            let message = format!("a table has at most {MOST_ROWS} observations");
            return Err(vec![
                Problem::at(whole, message).help("give them in several backtests"),
            ]);
        }
        let byte = |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(0);
        let end = byte(reader.position()).min(text.len());
        let start = record.position().map_or(0, byte).min(end);
        let written = &text[start..end];
        // Blank lines before the record belong to no cell.
        let start = start + written.len() - written.trim_start_matches(['\r', '\n']).len();
        let written = text[start..end].trim_end_matches(['\r', '\n']);
        let place = base + start..base + start + written.len();
        let places = places(written).into_iter();
        let places = places.map(|at| base + start + at.start..base + start + at.end);
        let cells = record.iter().map(str::to_owned).zip(places).collect();
        lines.push(Line { place, cells });
    }
}

/// Where the cells of a line stand in it: between the commas outside quotes.
fn places(line: &str) -> Vec<Range<usize>> {
    let (mut places, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                places.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    places.push(start..line.len());
    places
}

/// The columns that the header names.
fn columns(header: &Line) -> Result<Vec<(&'static str, Cells)>, Vec<Problem>> {
    let names = COLUMNS.map(|(name, _)| name);
    let (mut columns, mut problems) = (Vec::new(), Vec::new());
    for (cell, place) in &header.cells {
        let name = cell.trim();
        match COLUMNS.iter().find(|(known, _)| *known == name) {
            Some(column) if columns.contains(column) => {
                let message = format!("the column `{name}` stands here twice");
                problems.push(Problem::at(place.clone(), message));
            }
            Some(column) => columns.push(*column),
            None => {
                let message = format!("an observation has no column `{name}`");
                problems.push(Problem::at(place.clone(), message).maybe_help(advice(name, &names)));
            }
        }
    }
    for required in &COLUMNS[..REQUIRED] {
        if problems.is_empty() && !columns.contains(required) {
            let message = format!("the column `{}` is missing", required.0);
            let help = format!("the columns {} are needed", names[..REQUIRED].join(", "));
            problems.push(Problem::at(header.place.clone(), message).help(help));
        }
    }
    if problems.is_empty() {
        Ok(columns)
    } else {
        Err(problems)
    }
}

/// An observation of one line.
fn row<'t>(
    text: &'t str,
    base: usize,
    columns: &[(&'static str, Cells)],
    line: &Line,
    problems: &mut Vec<Problem>,
) -> Spanned<DeValue<'t>> {
    let mut table = DeTable::new();
    for ((name, kind), (cell, place)) in columns.iter().zip(&line.cells) {
        let words = cell.trim();
        if words.is_empty() {
            continue;
        }
        let value = match kind {
            Cells::Words => {
                let words = DeValue::String(words.to_owned().into());
                Ok(Spanned::new(place.clone(), words))
            }
            Cells::Bare => bare(text, base, place),
        };
        match value {
            Ok(value) => {
                table.insert(Spanned::new(place.clone(), (*name).into()), value);
            }
            Err(problem) => problems.push(problem),
        }
    }
    Spanned::new(line.place.clone(), DeValue::Table(table))
}

/// A number, date, true or false at a place of the table.
fn bare<'t>(
    text: &'t str,
    base: usize,
    place: &Range<usize>,
) -> Result<Spanned<DeValue<'t>>, Problem> {
    let written = &text[place.start - base..place.end - base];
    let inner = written.trim_matches(|c: char| c.is_whitespace() || c == '"');
    let indent = written.find(inner).unwrap_or(0);
    parse::value(inner, place.start + indent).map_err(|problem| {
        problem.help("a date is written as 2013-12-31, a number as 8.8, a yes as `true`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "date,metric,value,error,source,use";

    fn appended(text: &str) -> Result<String, Vec<String>> {
        let mut tree = parse::document("", 0).unwrap();
        let mut problems = Vec::new();
        append(&mut tree, text, 7, &mut problems);
        if problems.is_empty() {
            return Ok(crate::scenario::freeze::frozen(&tree));
        }
        let told = problems.into_iter().map(|problem| {
            let place = problem.place.unwrap();
            let at = text.get(place.start - 7..place.end - 7).unwrap();
            format!("{} | {at}", problem.message)
        });
        Err(told.collect())
    }

    #[test]
    fn a_row_is_an_observation() {
        let rows = "2013-12-31,x,8.8,1,\"S11: read, closely\",fit,\n\n\
                    2014-12-31,x,9,\"1.5\",assumed: b,validate,true\n";
        for start in ["", "\u{feff}"] {
            let text = format!("{start}{HEADER},against_baseline\r\n{rows}");
            let frozen = appended(&text).unwrap();
            assert_eq!(
                frozen,
                "observation = [{ date = 2013-12-31, error = 1, metric = \"x\", \
                 source = \"S11: read, closely\", use = \"fit\", value = 8.8 }, \
                 { against_baseline = true, date = 2014-12-31, error = 1.5, metric = \"x\", \
                 source = \"assumed: b\", use = \"validate\", value = 9 }]\n"
            );
        }
        assert_eq!(
            appended(&format!("{HEADER}\n")).unwrap(),
            "observation = []\n"
        );
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        let told = |text: &str| appended(text).unwrap_err().join("; ");
        assert!(told("").contains("no line with the names"));
        assert_eq!(
            told("date,metrc,value,error,source,use\n"),
            "an observation has no column `metrc` | metrc"
        );
        assert_eq!(
            told(&format!("{HEADER},date\n")),
            "the column `date` stands here twice | date"
        );
        assert!(told("date,metric\n").contains("the column `value` is missing"));
        let row = told(&format!("{HEADER}\n2013-12-31,x,1\n"));
        assert_eq!(
            row,
            "this row has 3 cells, and there are 6 columns | 2013-12-31,x,1"
        );
        let date = told(&format!("{HEADER}\n\"2013-13-31\",x,1,1,assumed: a,fit\n"));
        assert!(date.contains("no such date"), "{date}");
        let number = told(&format!(
            "{HEADER}\n2013-12-31,\"a,b\",many,1,assumed: a,fit\n"
        ));
        assert!(number.ends_with("| many"), "{number}");
        let long = format!(
            "{HEADER}\n{}",
            "2013-12-31,x,1,1,a,fit\n".repeat(MOST_ROWS + 1)
        );
        assert!(told(&long).contains("at most 2000 observations"));
    }

    #[test]
    fn any_text_is_answered() {
        for text in [
            "\"",
            "\"\"\"",
            "a\"b,c\n",
            ",,,\n",
            "\n\n\n",
            "\u{feff}",
            "date\0,metric\n",
            "date,metric,value,error,source,use\n[[[[,{,}, ,\",\"\n",
            "date,metric,value,error,source,use\n\",\",\"\n\",é,\u{1f4a3},,\n",
        ] {
            let _ = appended(text);
        }
    }
}
