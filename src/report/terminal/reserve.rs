//! The reserve by matter, for the terminal.

use super::Terminal;
use super::risk::{cell, plain, table};
use crate::analysis::risk::estimate::Estimate;
use crate::analysis::risk::reserve::{Accrual, Likelihood, Reserved};
use crate::report::digits;
use crate::report::ending::Share;
use crate::report::layout::Line;
use crate::report::page::{Bounded, Spread, Typical};
use crate::report::risk::Page;

/// Rows that are shown.
const MATTERS: usize = 12;

impl Terminal {
    pub(in crate::report) fn reserve(&self, page: &Page) -> Vec<Line> {
        let rows = &page.risk.reserve;
        if rows.is_empty() {
            return Vec::new();
        }
        let set = rows.iter().take(MATTERS).map(|row| reserved(page, row));
        let heads = ["chance", "best", "8 in 10", "expected", "accrue"];
        let mut table = table(page, "RESERVE", &heads, set.collect());
        table.optional = vec![4];
        let mut lines = table.lines(self.width(), 2 * MATTERS);
        let more = rows.len().saturating_sub(MATTERS);
        if more > 0 {
            lines.extend(self.noted_risk(&format!("{more} more rows with --json.")));
        }
        let thresholds = &page.risk.thresholds;
        let percent = |share: f64| digits::rounded(100.0 * share);
        lines.extend(self.noted_risk(&format!(
            "Probable from {} %, remote to {} % (--probable, --remote; the defaults are assumed: \
             ASC 450 names no percentages). Best: the median of the futures in which it costs \
             anything; 8 in 10 of them, from low to high. Accrued is the best estimate \
             of what is probable, or the least seen where fewer than ten futures tell; of what is \
             possible nothing, and it is disclosed (ASC 450-20-30). Not accounting advice.{}",
            percent(thresholds.probable),
            percent(thresholds.remote),
            if rows.iter().take(MATTERS).all(|row| row.likelihood_is_sure) {
                ""
            } else {
                " ?: these futures leave open which word holds."
            }
        )));
        lines
    }
}

/// The cells of a row of the reserve.
fn reserved(page: &Page, row: &Reserved) -> Vec<String> {
    let kind = row.kind.as_ref().map(|kind| kind.replace('_', " "));
    let is_part = page
        .risk
        .reserve
        .iter()
        .any(|other| other.kind.is_none() && other.matter == row.matter);
    let label = match kind {
        Some(kind) if is_part => format!("· {kind}"),
        Some(kind) => format!("{}, {kind}", row.matter),
        None => row.matter.clone(),
    };
    let as_count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let share = Share {
        count: as_count(row.count),
        of: as_count(row.of),
        interval: row.chance_interval,
    };
    let word = match row.likelihood {
        Likelihood::Probable => "probable",
        Likelihood::ReasonablyPossible => "possible",
        Likelihood::Remote => "remote",
    };
    let doubt = if row.likelihood_is_sure { "" } else { "?" };
    let typical = row.best.map(|best| Typical {
        value: Bounded::At(best),
        error: row.best_error,
    });
    let spread = row.low.zip(row.high).map(|(low, high)| Spread {
        low: Bounded::At(low),
        high: Bounded::At(high),
    });
    let level = digits::level(&page.unit, typical.as_ref(), spread.as_ref(), None);
    let none = || "–".to_owned();
    let expected = Estimate::new(Some(row.expected), row.expected_interval);
    vec![
        label,
        format!("{}, {word}{doubt}", digits::share(&share)),
        typical.map_or_else(none, |_| level.typical),
        spread.map_or_else(none, |_| level.spread),
        cell(page, Some(expected)),
        match row.accrue_by {
            Accrual::Best | Accrual::LowEnd => plain(page, row.accrue),
            Accrual::DisclosedOnly => "disclose".to_owned(),
            Accrual::None => none(),
        },
    ]
}
