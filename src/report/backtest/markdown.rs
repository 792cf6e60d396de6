//! A backtest in Markdown, as documents show it.

use super::blocks::{Block, about, blocks};
use crate::analysis::backtest::record::Backtested;
use crate::report::layout::Span;

/// The text: a sentence on what was done, then each block as a table with its sentences.
#[must_use]
pub fn text(backtested: &Backtested) -> String {
    let job = &backtested.job;
    let mut out = format!("`comity backtest {}`: {}.\n", job.scenario, about(backtested));
    for block in blocks(backtested) {
        out.push('\n');
        out.push_str(&table(&block));
        for note in &block.notes {
            out.push_str(&format!("\n{}\n", cell(note)));
        }
    }
    out
}

fn table(block: &Block) -> String {
    let head: Vec<&str> = block.head.to_vec();
    let mut text = format!("| {} | {} |\n", cell(&block.label), head.join(" | "));
    text.push_str(&format!("|---|{}\n", "---|".repeat(head.len())));
    for row in &block.rows {
        let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

/// A text in one line that Markdown takes as it stands.
fn cell(text: &str) -> String {
    let line = Span::plain(text);
    let mut out = String::with_capacity(line.text().len());
    for c in line.text().chars() {
        if matches!(c, '|' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
