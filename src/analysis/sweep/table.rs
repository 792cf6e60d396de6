//! Points of a user's own, as a table of comma-separated values (RFC 4180): a row of it is a
//! point, a column a path as `--set` takes it. In a table of jobs the column `scenario` must be
//! there, and `option`, `seed`, `runs` and `customers` may; an empty cell leaves what is given
//! elsewhere.

use super::SweepError;
use super::plan::{Own, Plan, Point};
use super::varied::{LONGEST, refuse_path};
use crate::chance::design::{Kind, MOST_INPUTS, MOST_POINTS};

/// Columns of a table of jobs that are no paths.
const OF_JOBS: [&str; 5] = ["scenario", "option", "seed", "runs", "customers"];
/// Futures or customers that can be asked for.
const MOST: u32 = 10_000_000;

/// Reads a table of points, or with `of_jobs` one of jobs; `file` is its name in messages.
///
/// # Errors
/// [`SweepError::Table`] and [`SweepError::Cell`].
pub fn read(file: &str, text: &str, of_jobs: bool) -> Result<Plan, SweepError> {
    let table = Table { file, of_jobs };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut columns: Option<Vec<Column>> = None;
    let mut points = Vec::new();
    let mut lines = Lines::of(text);
    for record in reader.records() {
        let record = record.map_err(|error| table.whole(format!("this is no CSV: {error}")))?;
        let line = lines.number(record.position().map_or(0, csv::Position::byte));
        match &columns {
            None => columns = Some(table.header(&record, line)?),
            Some(_) if points.len() == MOST_POINTS => {
                return Err(table.whole(format!("a table has at most {MOST_POINTS} points")));
            }
            Some(columns) => points.push(table.point(columns, &record, line)?),
        }
    }
    let form = if of_jobs {
        "`scenario,option,seed`"
    } else {
        "the paths that vary"
    };
    let columns = columns.ok_or_else(|| {
        table.whole(format!(
            "the table is empty; its first line names the columns, {form}"
        ))
    })?;
    if points.is_empty() {
        return Err(table.whole("there is no row below the names of the columns".to_owned()));
    }
    let paths = columns.into_iter().filter_map(|column| match column {
        Column::Path(path) => Some(path),
        Column::OfJob(_) => None,
    });
    Ok(Plan {
        kind: Kind::Table,
        varied: Vec::new(),
        paths: paths.collect(),
        points,
        of_jobs,
    })
}

/// Numbers of lines, asked for in their order: the reader says where it began to look for a
/// record, which may be at blank lines or the end of the line before.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    number: u64,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            number: 1,
        }
    }

    /// The line of the record that was looked for from this byte on.
    fn number(&mut self, from: u64) -> u64 {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let from = from.clamp(self.at, self.text.len());
        let ends = |byte: &&u8| matches!(**byte, b'\r' | b'\n');
        let start = from + self.text[from..].iter().take_while(ends).count();
        let passed = self.text[self.at..start].iter();
        self.number += passed.filter(|byte| **byte == b'\n').count() as u64;
        self.at = start;
        self.number
    }
}

/// What a column holds.
enum Column {
    Path(String),
    /// By its place in [`OF_JOBS`].
    OfJob(usize),
}

struct Table<'a> {
    file: &'a str,
    of_jobs: bool,
}

impl Table<'_> {
    fn whole(&self, why: String) -> SweepError {
        SweepError::Table {
            file: self.file.to_owned(),
            why,
        }
    }

    /// `at` is the column, from 0.
    fn cell(&self, line: u64, at: usize, why: impl Into<String>) -> SweepError {
        SweepError::Cell {
            file: self.file.to_owned(),
            line,
            column: at + 1,
            why: why.into(),
        }
    }

    fn header(&self, record: &csv::StringRecord, line: u64) -> Result<Vec<Column>, SweepError> {
        let names: Vec<&str> = record.iter().collect();
        if names.len() > MOST_INPUTS {
            return Err(self.whole(format!("a table has at most {MOST_INPUTS} columns")));
        }
        let mut columns = Vec::with_capacity(names.len());
        for (at, name) in names.iter().copied().enumerate() {
            if names[..at].contains(&name) {
                return Err(self.cell(line, at, format!("there are two columns `{name}`")));
            }
            let of_job = OF_JOBS.iter().position(|of_job| *of_job == name);
            columns.push(match of_job.filter(|_| self.of_jobs) {
                Some(of_job) => Column::OfJob(of_job),
                None => {
                    refuse_path(name).map_err(|why| self.cell(line, at, why))?;
                    Column::Path(name.to_owned())
                }
            });
        }
        if self.of_jobs && !names.contains(&"scenario") {
            return Err(self.whole(
                "there is no column `scenario`; a table of jobs begins with the names of its \
                 columns, `scenario,option,seed`"
                    .to_owned(),
            ));
        }
        Ok(columns)
    }

    fn point(
        &self,
        columns: &[Column],
        record: &csv::StringRecord,
        line: u64,
    ) -> Result<Point, SweepError> {
        let (cells, expected) = (record.len(), columns.len());
        if cells != expected {
            let why = format!(
                "this row has {cells} cells, and there are {expected} columns; a value with a \
                 comma stands in quotes"
            );
            return Err(self.cell(line, cells.min(expected), why));
        }
        let mut point = Point {
            line: Some(line),
            ..Point::default()
        };
        for (at, (column, text)) in columns.iter().zip(record).enumerate() {
            let wrong = |why: String| self.cell(line, at, why);
            if text.len() > LONGEST {
                return Err(wrong(format!(
                    "this cell has {} characters, and a value at most {LONGEST}",
                    text.chars().count()
                )));
            }
            match column {
                Column::Path(path) => point.values.push(self.value(path, text).map_err(wrong)?),
                Column::OfJob(of_job) => own(&mut point.own, *of_job, text).map_err(wrong)?,
            }
        }
        Ok(point)
    }

    fn value(&self, path: &str, text: &str) -> Result<Option<String>, String> {
        if text.is_empty() {
            return if self.of_jobs {
                Ok(None)
            } else {
                Err(format!(
                    "there is no value of `{path}`; every point gives one"
                ))
            };
        }
        if text.parse().is_ok_and(|number: f64| !number.is_finite()) {
            return Err(format!("`{text}` is no number that `{path}` can have"));
        }
        Ok(Some(text.to_owned()))
    }
}

fn own(own: &mut Own, column: usize, text: &str) -> Result<(), String> {
    let name = OF_JOBS[column];
    if text.is_empty() {
        return if name == "scenario" {
            Err("there is no scenario; every job names one".to_owned())
        } else {
            Ok(())
        };
    }
    let many = || {
        let number = text.parse().ok().filter(|n| (1..=MOST).contains(n));
        number.ok_or_else(|| format!("`{name}` is a whole number from 1 to {MOST}, in digits only"))
    };
    match name {
        "scenario" => own.scenario = Some(text.to_owned()),
        "option" => own.option = Some(text.to_owned()),
        "seed" => {
            let seed = text.parse().ok();
            own.seed = Some(
                seed.ok_or_else(|| format!("`seed` is a whole number from 0 to {}", u64::MAX))?,
            );
        }
        "runs" => own.runs = Some(many()?),
        _ => own.customers = Some(many()?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, of_jobs: bool) -> String {
        read("t.csv", text, of_jobs).unwrap_err().to_string()
    }

    #[test]
    fn a_row_is_a_point() {
        let text = "\u{feff}a.b,c\r\n0.5,x\r\n\r\n1,\"{ dist = 'beta', mean = 0.5 }\"\r\n";
        let plan = read("t.csv", text, false).unwrap();
        assert_eq!(plan.paths, ["a.b", "c"]);
        assert_eq!(plan.settings(&plan.points[0]), ["a.b=0.5", "c=x"]);
        assert_eq!(
            plan.settings(&plan.points[1]),
            ["a.b=1", "c={ dist = 'beta', mean = 0.5 }"]
        );
        assert_eq!(
            (plan.points[0].line, plan.points[1].line),
            (Some(2), Some(4))
        );
    }

    #[test]
    fn a_row_is_a_job_whose_empty_cells_leave_what_is_given() {
        let text =
            "scenario,option,a.b,seed,runs,customers\ns,o,1,18446744073709551615,10,20\nt,,,,,\n";
        let plan = read("t.csv", text, true).unwrap();
        let first = &plan.points[0].own;
        assert_eq!(first.scenario.as_deref(), Some("s"));
        assert_eq!(first.option.as_deref(), Some("o"));
        assert_eq!(
            (first.seed, first.runs, first.customers),
            (Some(u64::MAX), Some(10), Some(20))
        );
        assert_eq!(plan.settings(&plan.points[0]), ["a.b=1"]);
        assert_eq!(plan.settings(&plan.points[1]), [""; 0]);
        assert_eq!(plan.points[1].own.option, None);
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_column() {
        let long = format!("a,b\n1,{}\n", "9".repeat(1_000_000));
        for (text, of_jobs, said) in [
            ("", false, "t.csv: the table is empty"),
            ("\n\n", false, "t.csv: the table is empty"),
            ("a,b\n", false, "t.csv: there is no row"),
            (
                "a,a\n1,2\n",
                false,
                "line 1, column 2: there are two columns `a`",
            ),
            ("a,\n1,2\n", false, "line 1, column 2: there is no path"),
            (
                "a,runs\n1,2\n",
                false,
                "line 1, column 2: `runs` cannot be varied",
            ),
            (
                "a,b\n1,2\n3\n",
                false,
                "line 3, column 2: this row has 1 cells",
            ),
            (
                "a,b\n1,2,3\n",
                false,
                "line 2, column 3: this row has 3 cells",
            ),
            (
                "a,b\n1,\n",
                false,
                "line 2, column 2: there is no value of `b`",
            ),
            (
                "a,b\nNaN,1\n",
                false,
                "line 2, column 1: `NaN` is no number",
            ),
            (
                "a,b\n1,-inf\n",
                false,
                "line 2, column 2: `-inf` is no number",
            ),
            (
                "a,b\n1,1e999\n",
                false,
                "line 2, column 2: `1e999` is no number",
            ),
            (
                &long,
                false,
                "line 2, column 2: this cell has 1000000 characters",
            ),
            ("a\n1\n", true, "t.csv: there is no column `scenario`"),
            (
                "scenario\n\"\"\n",
                true,
                "line 2, column 1: there is no scenario",
            ),
            (
                "scenario,seed\ns,-1\n",
                true,
                "line 2, column 2: `seed` is a whole",
            ),
            (
                "scenario,runs\ns,0\n",
                true,
                "line 2, column 2: `runs` is a whole",
            ),
            (
                "scenario,customers\ns,1e3\n",
                true,
                "line 2, column 2: `customers` is",
            ),
        ] {
            let error = told(text, of_jobs);
            assert!(error.contains(said), "{error}");
            assert!(error.len() < 300, "{}", error.len());
        }
    }

    #[test]
    fn any_text_is_answered() {
        for text in ["\"", "a\"b,c\n", ",,,\n,,,", "a\0,b\n1,2\n", "\",\n\"\n1"] {
            let _ = read("t.csv", text, false);
            let _ = read("t.csv", text, true);
        }
    }
}
