//! A backtest as text for a terminal, within 100 columns, readable without colour.

use super::blocks::{Block, about, blocks};
use crate::analysis::backtest::record::Backtested;
use crate::report::layout::{Line, Measure, Span, Style, flow};
use crate::report::table::{Row, Table};

/// The text, each line ended by a newline.
#[must_use]
pub fn text(backtested: &Backtested, columns: usize, colour: bool) -> String {
    let width = columns.clamp(60, 99);
    let mut out = String::new();
    let mut lines = flowed(&backtested.job.title, width, Style::Strong);
    lines.extend(flowed(&about(backtested), width, Style::Plain));
    for block in blocks(backtested) {
        lines.push(Line::default());
        lines.extend(table(&block).lines(width, usize::MAX - 1));
        for note in &block.notes {
            lines.extend(flowed(note, width, Style::Faint));
        }
    }
    for line in lines {
        line.cut(width).write(&mut out, colour);
    }
    out
}

fn flowed(text: &str, width: usize, style: Style) -> Vec<Line> {
    let measure = Measure {
        width,
        first: 0,
        later: 2,
        lines: usize::MAX,
    };
    flow(&[Span::new(text, style)], " ", measure)
}

fn table(block: &Block) -> Table {
    let mut head = vec![Span::new(&block.label, Style::Strong)];
    head.extend(block.head.iter().map(|head| Span::new(head, Style::Faint)));
    let rows = block.rows.iter().map(|cells| Row {
        mark: ' ',
        cells: cells.iter().map(|cell| Span::plain(cell)).collect(),
        note: None,
    });
    Table {
        to_the_right: (2..=block.head.len()).collect(),
        optional: block.optional.clone(),
        rows: rows.collect(),
        head,
    }
}
