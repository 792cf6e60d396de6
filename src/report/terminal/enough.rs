//! Block `ENOUGH RUNS`: how surely something was to be known, and how surely it is.

use super::{BLOCK_LINES, Terminal};
use crate::report::digits;
use crate::report::enough::ask::Half;
use crate::report::enough::reached::{Enough, Reached};
use crate::report::layout::{Line, Span, Style};
use crate::report::page::{Bounded, Typical};

/// Futures that can be asked for.
const MOST_RUNS: u64 = 10_000_000;

impl Terminal {
    pub(in crate::report) fn enough(&self, enough: &Enough) -> Vec<Line> {
        let (stopped, allowed) = (enough.stopped_at, enough.allowed);
        let first = match (stopped < allowed, enough.holds()) {
            (true, _) => format!(
                "stopped at {} futures, of at most {}",
                digits::count(stopped),
                digits::count(allowed)
            ),
            (false, true) => format!(
                "reached with all {} futures allowed",
                digits::count(allowed)
            ),
            (false, false) => format!(
                "NOT reached with the most allowed, {} futures",
                digits::count(allowed)
            ),
        };
        let mut lines = self.labelled("ENOUGH RUNS", &[Span::plain(&first)], " ", 2);
        // What is not reached first, since a few are shown.
        let (held, short): (Vec<_>, Vec<_>) = enough.asked.iter().partition(|asked| asked.holds);
        for (shown, reached) in short.into_iter().chain(held).enumerate() {
            let style = if reached.holds {
                Style::Plain
            } else {
                Style::Strong
            };
            let said = said(reached);
            let words: Vec<Span> = said.split(' ').map(|word| Span::new(word, style)).collect();
            let said = self.indented(&words, " ", 2);
            if lines.len() + said.len() > BLOCK_LINES {
                let more = enough.asked.len() - shown;
                let more = format!("and {more} more (--json)");
                lines.extend(self.indented(&[Span::plain(&more)], " ", 1));
                break;
            }
            lines.extend(said);
        }
        lines
    }
}

/// `trust_eu.median: ± 0.5 points asked, ± 0.47 reached`
fn said(reached: &Reached) -> String {
    let asked = match (reached.asked, reached.within) {
        (Half::PercentOfEstimate(percent), Some(within)) => format!(
            "± {} % of it ({})",
            digits::rounded(percent),
            width(reached, within)
        ),
        (Half::PercentOfEstimate(percent), None) => {
            format!("± {} % of it", digits::rounded(percent))
        }
        (Half::Within(within), _) => format!("± {}", width(reached, within)),
    };
    let found = match reached.reached {
        None => "no future has a value".to_owned(),
        Some(Typical {
            value: Bounded::Over(_),
            ..
        }) => "it is beyond the horizon".to_owned(),
        Some(Typical { error: None, .. }) => "no ± can be given".to_owned(),
        Some(Typical {
            error: Some(error), ..
        }) => format!("± {} reached", width(reached, error)),
    };
    let needed = match reached.needed {
        Some(needed) if needed <= MOST_RUNS => {
            format!("; about {} would do", digits::figure(needed as f64, 0))
        }
        Some(_) => "; more than can be simulated would be needed".to_owned(),
        None => String::new(),
    };
    format!("{}: {asked} asked, {found}{needed}", reached.name)
}

/// A size in the unit of what is asked, on the scale that suits what is asked.
fn width(reached: &Reached, size: f64) -> String {
    let scale = reached.unit.scale(reached.within.unwrap_or(size));
    format!(
        "{}{}{}",
        scale.prefix,
        digits::rounded(size / scale.divisor),
        scale.difference
    )
}
