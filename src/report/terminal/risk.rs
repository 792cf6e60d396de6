//! Money at risk, for the terminal.

use std::collections::BTreeSet;

use super::Terminal;
use crate::analysis::risk::bases::What;
use crate::analysis::risk::estimate::{Estimate, Why};
use crate::analysis::risk::exceedance::{AtRisk, ReturnPeriod};
use crate::report::digits;
use crate::report::layout::{Line, Measure, Span, Style, flow};
use crate::report::page::{Bounded, Spread, Typical};
use crate::report::risk::Page;
use crate::report::table::{Row, Table};
use crate::report::unit::Unit;

/// What marks a number without an interval.
const FEW: &str = " *";

impl Terminal {
    /// The text of money at risk, each line ended by a newline.
    #[must_use]
    pub fn render_risk(&self, page: &Page) -> String {
        let blocks = [
            self.asked_of_risk(page),
            self.nothing_lost(page),
            self.exceedance(page),
            self.values_at_risk(page),
            self.reserve(page),
            self.how_far_to_trust_this(&page.how_far_to_trust_this),
            self.next(&page.next),
        ];
        self.blocks(&blocks, &page.footer)
    }

    fn asked_of_risk(&self, page: &Page) -> Vec<Line> {
        let dates = format!("{} to {}", page.start.in_words(), page.end.in_words());
        let mut items = vec![Span::new(&page.title, Style::Strong), Span::plain(&dates)];
        let option = page.option.as_ref();
        items.extend(option.map(|option| Span::plain(&format!("decided: {option}"))));
        let futures = match page.risk.missing {
            0 => format!("{} futures", whole(page.risk.futures)),
            missing => format!(
                "{} futures, {} more without a value",
                whole(page.risk.futures),
                whole(missing)
            ),
        };
        items.push(Span::plain(&futures));
        let measure = Measure {
            later: 0,
            ..self.measure(0, 3)
        };
        let mut lines = flow(&items, " · ", measure);
        lines.extend(self.losses(page));
        let key = [
            "[a to b] = 8 in 10 futures",
            "± or (a to b) = simulation error (95 %), smaller with more runs",
        ];
        let key = key.map(|text| Span::new(text, Style::Faint));
        lines.extend(flow(&key, "   ", measure));
        lines
    }

    /// What is lost, and by whom.
    pub(in crate::report) fn losses(&self, page: &Page) -> Vec<Line> {
        self.labelled("LOSSES", &words(&what(page)), " ", 4)
    }

    /// In plain words, where there is nothing to tabulate.
    pub(in crate::report) fn nothing_lost(&self, page: &Page) -> Vec<Line> {
        if page.risk.anything_lost {
            return Vec::new();
        }
        let futures = whole(page.risk.futures);
        let text = match &page.who {
            Some(who) => format!(
                "{who}: no fine, no legal cost and no exit in any of {futures} futures{}.",
                if page.risk.exceedance.is_empty() {
                    "; so there is no curve and no reserve"
                } else {
                    "; what is told is business lost"
                }
            ),
            None => format!("In none of {futures} futures is there a loss."),
        };
        self.labelled("NOTHING LOST", &words(&text), " ", 3)
    }

    pub(in crate::report) fn exceedance(&self, page: &Page) -> Vec<Line> {
        let rows = &page.risk.exceedance;
        if rows.is_empty() {
            return Vec::new();
        }
        let is_told = |(_, of): &Column| rows.iter().any(|row| of(row).is_some());
        let shown: Vec<Column> = COLUMNS.into_iter().filter(is_told).collect();
        let heads: Vec<&str> = shown.iter().map(|(head, _)| *head).collect();
        let set = rows.iter().map(|row| {
            let mut cells = vec![format!("1 in {}", digits::rounded(row.years))];
            cells.extend(shown.iter().map(|(_, of)| cell(page, of(row))));
            cells
        });
        let table = table(page, "EXCEEDANCE", &heads, set.collect());
        let mut lines = table.lines(self.width(), 2 * rows.len());
        let estimates = rows
            .iter()
            .flat_map(|row| shown.iter().filter_map(|(_, of)| of(row)));
        let mut note = format!(
            "Reached in 1 year of so many, on average over the {} years of each future: the largest \
             single loss (OEP), all losses together (AEP).",
            page.risk.whole_years
        );
        if page.risk.days_left_out > 0 {
            note += &format!(
                " The last {} days are no whole year and count below alone.",
                page.risk.days_left_out
            );
        }
        if shown.iter().any(|(head, _)| *head == LOST) {
            note += " Business lost: what operating profit falls short of in the same future \
                     without the order, fines and legal cost included; − is a gain.";
        }
        lines.extend(self.noted_risk(&(note + &missing(estimates, page.risk.futures, "years"))));
        lines
    }

    pub(in crate::report) fn values_at_risk(&self, page: &Page) -> Vec<Line> {
        let rows = &page.risk.at_risk;
        if rows.is_empty() || !(page.risk.anything_lost || page.who.is_some()) {
            return Vec::new();
        }
        let set = rows.iter().map(|row| {
            vec![
                format!(
                    "{}{} %",
                    of_what(row.what),
                    digits::rounded(100.0 * row.level)
                ),
                cell(page, Some(row.value_at_risk)),
                cell(page, Some(row.tail_mean)),
            ]
        });
        let days = digits::figure(f64::from(page.risk.horizon_days), 0);
        let label = format!("VALUE AT RISK, of {days} days");
        let heads = ["VaR", "TVaR, the mean beyond"];
        let table = table(page, &label, &heads, set.collect());
        let mut lines = table.lines(self.width(), 2 * rows.len());
        let estimates = rows
            .iter()
            .flat_map(|row: &AtRisk| [row.value_at_risk, row.tail_mean]);
        let note = "In so many per cent of futures what is lost from the first of these days to \
                    the last is at most the VaR; in the others it is the TVaR on average.";
        let missing = missing(estimates, page.risk.futures, "futures");
        lines.extend(self.noted_risk(&format!("{note}{missing}")));
        lines
    }

    /// A note that may take several lines.
    pub(super) fn noted_risk(&self, text: &str) -> Vec<Line> {
        let words = text.split(' ').map(|word| Span::new(word, Style::Faint));
        let measure = Measure {
            width: self.width(),
            first: 2,
            later: 2,
            lines: 8,
        };
        let mut lines = flow(&words.collect::<Vec<_>>(), " ", measure);
        let mut first = Line::of(Span::plain("  "));
        first.append(std::mem::take(&mut lines[0]));
        lines[0] = first;
        lines
    }
}

/// An estimate with its error, `*` where it has none, `–` where it is not known.
pub(super) fn cell(page: &Page, estimate: Option<Estimate>) -> String {
    let Some((estimate, value)) = estimate.and_then(|e| Some((e, e.value?))) else {
        return "–".to_owned();
    };
    let Some(interval) = estimate.interval else {
        return plain(page, value) + FEW;
    };
    let error = interval.reach_from(value);
    let typical = |error| Typical {
        value: Bounded::At(value),
        error,
    };
    if error == 0.0 {
        plain(page, value)
    } else if value == 0.0 && interval.low == 0.0 {
        format!("0 (to {})", plain(page, interval.high))
    } else if error <= value.abs() {
        digits::with_error(&page.unit, &typical(Some(error)))
    } else {
        // So far from the middle of its interval that ± would say nothing.
        let spread = Spread {
            low: Bounded::At(interval.low),
            high: Bounded::At(interval.high),
        };
        let text = digits::level(&page.unit, Some(&typical(None)), Some(&spread), None);
        let ends = text.spread.trim_matches(['[', ']']).to_owned();
        format!("{} ({ends})", text.typical)
    }
}

/// A column of the table of return periods: its head, and what stands in it.
type Column = (&'static str, fn(&ReturnPeriod) -> Option<Estimate>);

const LOST: &str = "business lost";
const COLUMNS: [Column; 3] = [
    ("largest loss", |row| row.occurrence),
    ("all losses", |row| row.aggregate_year),
    (LOST, |row| row.lost_business_year),
];

/// An amount without its error.
pub(super) fn plain(page: &Page, value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let value = Bounded::At(value);
    digits::with_error(&page.unit, &Typical { value, error: None })
}

fn whole(count: u64) -> String {
    digits::count(u32::try_from(count).unwrap_or(u32::MAX))
}

fn words(text: &str) -> Vec<Span> {
    text.split(' ').map(Span::plain).collect()
}

/// What is lost, by whom, how often.
fn what(page: &Page) -> String {
    if let Some(of) = &page.of {
        return of.clone();
    }
    let who = page.who.as_deref().unwrap_or_default();
    let world = if page.world == "baseline" {
        ", without the order"
    } else {
        ""
    };
    let rate = page.risk.losses_a_year.filter(|_| page.risk.anything_lost);
    let rate = rate.and_then(|rate| {
        let typical = Typical {
            value: Bounded::At(rate.value?),
            error: rate.error(),
        };
        let a_year = digits::with_error(&Unit::Count, &typical);
        Some(format!("; {a_year} of them a year"))
    });
    format!(
        "by law, borne by {who}{world}: fines, the legal cost of a year, exits{}",
        rate.unwrap_or_default()
    )
}

const fn of_what(what: What) -> &'static str {
    match what {
        What::Losses => "losses by law, ",
        What::LostBusiness => "business lost, ",
        What::Metric => "",
    }
}

/// What the marks of a table mean, where they occur.
fn missing(estimates: impl Iterator<Item = Estimate>, futures: u64, of: &str) -> String {
    let whys: BTreeSet<Why> = estimates.filter_map(|estimate| estimate.why).collect();
    let mut text = String::new();
    if whys.contains(&Why::TooFewFutures) {
        text += " * no error: too few futures reach it.";
    }
    if whys.contains(&Why::BeyondTheFutures) {
        text += &format!(
            " – not estimable: rarer than one in as many {of} as there are futures, {}.",
            whole(futures)
        );
    }
    text
}

/// A table in the currency that its label names.
pub(super) fn table(page: &Page, label: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Table {
    let currency = match &page.unit {
        Unit::Money { currency, .. } => Some(currency),
        _ => None,
    };
    let label = currency.map_or_else(|| label.to_owned(), |of| format!("{label}, {of}"));
    let prefix = currency.map_or_else(String::new, |of| format!("{of} "));
    let bare = |cell: &String| match prefix.as_str() {
        "" => Span::plain(cell),
        prefix => Span::plain(&cell.replace(prefix, "")),
    };
    let mut head = vec![Span::new(&label, Style::Strong)];
    head.extend(heads.iter().map(|text| Span::new(text, Style::Faint)));
    let rows = rows.into_iter().map(|cells| Row {
        mark: ' ',
        // A name may hold anything; amounts stand beside it.
        cells: std::iter::once(Span::plain(&cells[0]))
            .chain(cells[1..].iter().map(bare))
            .collect(),
        note: None,
    });
    Table {
        head,
        rows: rows.collect(),
        to_the_right: Vec::new(),
        optional: Vec::new(),
    }
}
