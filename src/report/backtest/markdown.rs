//! A backtest in Markdown, as documents show it.

use super::blocks::{Block, about, blocks};
use crate::analysis::backtest::record::Backtested;
use crate::report::story::markdown::escaped;

/// The text: a sentence on what was done, then each block as a table with its sentences.
#[must_use]
pub fn text(backtested: &Backtested) -> String {
    let job = &backtested.job;
    let mut out = format!(
        "`comity backtest {}`: {}.\n",
        job.scenario,
        about(backtested)
    );
    for block in blocks(backtested) {
        out.push('\n');
        out.push_str(&table(&block));
        for note in &block.notes {
            out.push_str(&format!("\n{}\n", escaped(note)));
        }
    }
    out
}

fn table(block: &Block) -> String {
    let head: Vec<&str> = block.head.to_vec();
    let mut text = format!("| {} | {} |\n", escaped(&block.label), head.join(" | "));
    text.push_str(&format!("|---|{}\n", "---|".repeat(head.len())));
    for row in &block.rows {
        let cells: Vec<String> = row.iter().map(|text| escaped(text)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}
