//! A backtest in Markdown, as documents show it.

use super::blocks::{about, blocks};
use crate::analysis::backtest::record::Backtested;

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
        out.push_str(&block.markdown());
    }
    out
}
