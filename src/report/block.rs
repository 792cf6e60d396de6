//! A table with sentences below it, for a terminal and for documents alike.

use super::layout::{Line, Measure, Span, Style, flow};
use super::story::markdown::escaped;
use super::table::{Row, Table};

/// A label, a table and sentences below it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Block {
    /// Its label, which also heads the table's first column.
    pub label: String,
    /// Heads of the other columns.
    pub head: Vec<&'static str>,
    /// Rows, each as long as the head and one.
    pub rows: Vec<Vec<String>>,
    /// A mark in the margin of each row, such as `=`; none unless there are as many as rows.
    pub marks: Vec<char>,
    /// Sentences below.
    pub notes: Vec<String>,
    /// Columns, from 1, that a narrow page leaves out, the first to go first.
    pub optional: Vec<usize>,
}

impl Block {
    /// Its lines on a page of this width, after an empty one.
    #[must_use]
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let mut lines = vec![Line::default()];
        if self.rows.is_empty() {
            lines.push(Line::of(Span::new(&self.label, Style::Strong)));
        } else {
            lines.extend(self.table().lines(width, usize::MAX - 1));
        }
        for note in &self.notes {
            lines.extend(flowed(note, width, Style::Faint));
        }
        lines
    }

    /// The same in Markdown, ended by a newline.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = if self.rows.is_empty() {
            format!("**{}**\n", escaped(&self.label))
        } else {
            let head = self.head.join(" | ");
            let rule = "---|".repeat(self.head.len());
            format!("| {} | {head} |\n|---|{rule}\n", escaped(&self.label))
        };
        for (at, row) in self.rows.iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|text| escaped(text)).collect();
            let mark = match self.mark(at) {
                ' ' => String::new(),
                mark => format!("{mark} "),
            };
            text.push_str(&format!("| {mark}{} |\n", cells.join(" | ")));
        }
        for note in &self.notes {
            text.push_str(&format!("\n{}\n", escaped(note)));
        }
        text
    }

    fn mark(&self, row: usize) -> char {
        self.marks.get(row).copied().unwrap_or(' ')
    }

    fn table(&self) -> Table {
        let mut head = vec![Span::new(&self.label, Style::Strong)];
        head.extend(self.head.iter().map(|head| Span::new(head, Style::Faint)));
        let rows = self.rows.iter().enumerate().map(|(at, cells)| Row {
            mark: self.mark(at),
            cells: cells.iter().map(|cell| Span::plain(cell)).collect(),
            note: None,
        });
        Table {
            to_the_right: (2..=self.head.len()).collect(),
            optional: self.optional.clone(),
            rows: rows.collect(),
            head,
        }
    }
}

/// A paragraph on a page of this width.
#[must_use]
pub fn flowed(text: &str, width: usize, style: Style) -> Vec<Line> {
    let measure = Measure {
        width,
        first: 0,
        later: 2,
        lines: usize::MAX,
    };
    flow(&[Span::new(text, style)], " ", measure)
}
