//! A backtest as text for a terminal, within 100 columns, readable without colour.

use super::blocks::{about, blocks};
use crate::analysis::backtest::record::Backtested;
use crate::report::block::flowed;
use crate::report::layout::Style;

/// The text, each line ended by a newline.
#[must_use]
pub fn text(backtested: &Backtested, columns: usize, colour: bool) -> String {
    let width = columns.clamp(60, 99);
    let mut out = String::new();
    let mut lines = flowed(&backtested.job.title, width, Style::Strong);
    lines.extend(flowed(&about(backtested), width, Style::Plain));
    for block in blocks(backtested) {
        lines.extend(block.lines(width));
    }
    for line in lines {
        line.cut(width).write(&mut out, colour);
    }
    out
}
