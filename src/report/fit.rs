//! What a fit found, for the terminal and for documents: the inputs before and after, and how
//! it was reached.

use super::digits::figure;
use super::layout::{Line, Span, Style};
use super::table::{Row, Table};
use crate::analysis::calibration::summary::{FitSummary, FittedInput, FittedObservation, Spread};
use crate::measure::rounding::decimals_allowed;
use crate::report::story::markdown::escaped;

/// The page: inputs, observations, generations; at most `columns` wide.
#[must_use]
pub fn page(summary: &FitSummary, columns: usize, colour: bool) -> String {
    let mut out = String::new();
    let mut put = |table: &Table| {
        for line in table.lines(columns, usize::MAX - 1) {
            line.cut(columns).write(&mut out, colour);
        }
        out.push('\n');
    };
    for table in tables(summary) {
        put(&table);
    }
    for text in LEGEND {
        Line::of(Span::new(text, Style::Faint))
            .cut(columns)
            .write(&mut out, colour);
    }
    out
}

/// The same in Markdown, as documents show it.
#[must_use]
pub fn markdown(summary: &FitSummary) -> String {
    let tables = tables(summary).map(|table| markdown_of(&table));
    let legend = escaped(&LEGEND.join(" "));
    format!("{}\n{legend}\n", tables.join("\n"))
}

const LEGEND: [&str; 2] = [
    "[a to b]: 9 in 10 draws. identified: the observations took away more than half of its",
    "variance (yes), more than a fifth (weakly), or less (no: its prior is believed still).",
];

fn tables(summary: &FitSummary) -> [Table; 3] {
    [inputs(summary), observations(summary), generations(summary)]
}

/// A table, with the notes of its rows in a column of their own if there are any.
fn markdown_of(table: &Table) -> String {
    let with_notes = table.rows.iter().any(|row| row.note.is_some());
    let line = |cells: &[Span], note: Option<&Span>| {
        let cells = cells.iter().map(|cell| escaped(cell.text()));
        let note = with_notes.then(|| note.map_or_else(String::new, |note| escaped(note.text())));
        let cells: Vec<String> = cells.chain(note).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let columns = table.head.len() + usize::from(with_notes);
    let head = line(&table.head, None);
    let rows = table.rows.iter();
    let rows: String = rows
        .map(|row| line(&row.cells, row.note.as_ref()))
        .collect();
    format!("{head}|{}\n{rows}", "---|".repeat(columns))
}

fn table(head: &[&str], to_the_right: &[usize]) -> Table {
    Table {
        head: head
            .iter()
            .map(|text| Span::new(text, Style::Strong))
            .collect(),
        to_the_right: to_the_right.to_vec(),
        ..Table::default()
    }
}

fn row(cells: &[String], note: Option<String>) -> Row {
    Row {
        mark: ' ',
        cells: cells.iter().map(|cell| Span::plain(cell)).collect(),
        note: note.map(|note| Span::new(&note, Style::Faint)),
    }
}

fn inputs(summary: &FitSummary) -> Table {
    let mut table = table(&["INPUTS", "before", "after", "identified"], &[]);
    let rows = summary.inputs.iter().map(|input| {
        let cells = [
            input.path.clone(),
            spread(&input.prior, input),
            spread(&input.posterior, input),
            input.identified.word().to_owned(),
        ];
        let tie = input.tied_to.as_ref().map(|tie| {
            let rank = figure(tie.rank, 2);
            format!("not apart from {} (rank correlation {rank})", tie.path)
        });
        row(&cells, tie)
    });
    table.rows = rows.collect();
    table
}

fn spread(of: &Spread, input: &FittedInput) -> String {
    let digits = decimals(input.prior.sd);
    let number = |value| figure(value, digits);
    format!(
        "{} [{} to {}]",
        number(of.mean),
        number(of.p05),
        number(of.p95)
    )
}

fn observations(summary: &FitSummary) -> Table {
    let head = ["FITTED TO", "on", "observed", "before", "after"];
    let mut table = table(&head, &[2, 3, 4]);
    let rows = summary.observations.iter().map(|row_of| {
        let cells = [
            row_of.metric.clone(),
            row_of.date.clone(),
            figure(row_of.value, scale(row_of)),
            seen(row_of.prior, row_of),
            seen(row_of.posterior, row_of),
        ];
        row(&cells, None)
    });
    table.rows = rows.collect();
    table
}

/// Decimals by the spread after the fit.
fn scale(row: &FittedObservation) -> i32 {
    let sd = row.posterior.or(row.prior).map_or(1.0, |of| of[1]);
    decimals(sd)
}

/// Decimals of a number whose spread is this: a digit more than the spread allows.
fn decimals(sd: f64) -> i32 {
    decimals_allowed(sd).map_or(2, |decimals| (decimals + 1).max(0))
}

fn seen(of: Option<[f64; 2]>, row: &FittedObservation) -> String {
    of.map_or_else(
        || "never seen".to_owned(),
        |[mean, sd]| format!("{} ± {}", figure(mean, scale(row)), figure(sd, scale(row))),
    )
}

fn generations(summary: &FitSummary) -> Table {
    let head = [
        "GENERATIONS",
        "beta",
        "effective",
        "walks",
        "refreshes",
        "failed",
    ];
    let mut table = table(&head, &[1, 2, 3, 4, 5]);
    let percent = |share: f64| format!("{} %", figure(100.0 * share, 0));
    let rows = summary
        .generations
        .iter()
        .enumerate()
        .map(|(number, passage)| {
            let moved = |share| {
                if number == 0 {
                    "–".to_owned()
                } else {
                    percent(share)
                }
            };
            let name = if number == 0 {
                "0, the prior".to_owned()
            } else {
                number.to_string()
            };
            let cells = [
                name,
                figure(passage.beta, 4),
                figure(passage.effective, 0),
                moved(passage.walks_accepted),
                moved(passage.refreshes_accepted),
                format!("{} of {}", passage.failed, passage.simulations),
            ];
            row(&cells, None)
        });
    table.rows = rows.collect();
    table
}
