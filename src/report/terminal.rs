//! The front page as text for a terminal.

mod actors;
mod benchmark;
mod change;
mod comparison;
mod enough;
mod reserve;
mod risk;
mod sweep;
mod tables;

use super::checks::Checks;
use super::digits;
use super::ending::Share;
use super::layout::{Line, Measure, Span, Style, flow};
use super::page::{Footer, Grounds, Page};
use super::premises::Premises;
use super::words::ChanceWords;

/// How to print.
#[derive(Clone, PartialEq, Debug)]
pub struct Terminal {
    /// Columns of the terminal; the page keeps within it and under 100, and asks for 60.
    pub columns: usize,
    /// Whether to emphasise by ANSI sequences.
    pub colour: bool,
    /// Words for chances.
    pub chances: ChanceWords,
}

/// Lines of a block below its head.
const BLOCK_LINES: usize = 6;
/// Column at which the text of a block begins.
const TEXT: usize = 14;

impl Terminal {
    /// The page's text, each line ended by a newline.
    #[must_use]
    pub fn render(&self, page: &Page) -> String {
        let mut blocks = vec![
            self.header(page),
            self.premises(&page.premises, page.header.runs),
            self.changed(&page.changed),
            self.not_compared(page),
            self.numbers(headline_label(page), &page.three_numbers),
        ];
        let customers = page.customers.iter();
        blocks.extend(customers.map(|customer| self.customer(customer)));
        blocks.extend([
            self.by_the_order(page),
            page.how_it_ends
                .as_ref()
                .map_or_else(Vec::new, |ends| self.how_it_ends(ends, page)),
            self.who_acts(page),
            page.regions
                .as_ref()
                .map_or_else(Vec::new, |regions| self.regions(regions, page)),
            self.say_and_do(&page.say_and_do),
            page.who_moves
                .as_ref()
                .map_or_else(Vec::new, |who| self.who_moves(who)),
            page.enough
                .as_ref()
                .map_or_else(Vec::new, |enough| self.enough(enough)),
            self.how_far_to_trust_this(&page.how_far_to_trust_this),
            self.next(&page.next),
        ]);
        self.blocks(&blocks, &page.footer)
    }

    /// Blocks with an empty line between, and the footer.
    fn blocks(&self, blocks: &[Vec<Line>], footer: &Footer) -> String {
        let mut out = String::new();
        for block in blocks.iter().filter(|block| !block.is_empty()) {
            for line in block {
                line.clone().cut(self.width()).write(&mut out, self.colour);
            }
            out.push('\n');
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        for line in self.footer(footer) {
            line.write(&mut out, self.colour);
        }
        out
    }

    fn width(&self) -> usize {
        self.columns.clamp(60, 99)
    }

    fn measure(&self, first: usize, lines: usize) -> Measure {
        Measure {
            width: self.width(),
            first,
            later: TEXT,
            lines,
        }
    }

    /// A label in the margin and running text beside it.
    fn labelled(&self, label: &str, items: &[Span], between: &str, lines: usize) -> Vec<Line> {
        let start = (label.len() + 3).max(TEXT);
        let mut text = flow(items, between, self.measure(start, lines));
        let mut first = Line::of(Span::new(label, Style::Strong));
        first.pad_to(start);
        first.append(std::mem::take(&mut text[0]));
        text[0] = first;
        text
    }

    fn header(&self, page: &Page) -> Vec<Line> {
        let header = &page.header;
        let dates = format!("{} to {}", header.start.in_words(), header.end.in_words());
        let futures = format!("{} futures", digits::count(header.runs));
        let futures = match &header.baseline {
            Some(_) => format!("{futures}, each with and without the order"),
            None => futures,
        };
        let mut items = vec![Span::new(&header.title, Style::Strong), Span::plain(&dates)];
        items.extend(decided(header.who.as_deref(), header.option.as_deref()));
        items.push(Span::plain(&futures));
        let measure = Measure {
            later: 0,
            ..self.measure(0, 3)
        };
        let title = flow(
            &items[..1],
            "",
            Measure {
                // An option takes a line of its own.
                lines: if header.option.is_some() { 1 } else { 2 },
                ..measure
            },
        );
        let mut lines = if title.len() > 1 || header.option.is_some() {
            let mut lines = title;
            lines.extend(flow(&items[1..], " · ", measure));
            lines
        } else {
            flow(&items, " · ", measure)
        };
        let mut key = vec![
            "[a to b] = 8 in 10 futures",
            "± = simulation error (95 %), smaller with more runs",
        ];
        if page.has_a_tie() {
            key.push("= in the margin: no effect that can be told from none (95 %)");
        }
        if !page.who_acts.is_empty() || page.regions.is_some() {
            key.push("later = after the last day simulated");
        }
        let key: Vec<Span> = key
            .iter()
            .map(|text| Span::new(text, Style::Faint))
            .collect();
        lines.extend(flow(&key, "   ", measure));
        lines
    }

    /// What is forced and what is known.
    pub(in crate::report) fn premises(&self, premises: &Premises, runs: u32) -> Vec<Line> {
        let said = |label: &str, sentences: &[String], after: Option<String>| {
            if sentences.is_empty() {
                return Vec::new();
            }
            let sentences = sentences.iter().map(|text| format!("{text}."));
            let text: Vec<String> = sentences.chain(after).collect();
            let text = text.join(" ");
            let words: Vec<Span> = text.split(' ').map(Span::plain).collect();
            self.labelled(label, &words, " ", BLOCK_LINES)
        };
        let agree = premises.drawn.map(|drawn| {
            let drawn = digits::figure(drawn as f64, 0);
            let runs = digits::count(runs);
            format!("These {runs} futures agree with it, of {drawn} drawn.")
        });
        let mut lines = said("FORCED", &premises.forced, None);
        lines.extend(said("GIVEN", &premises.given, agree));
        lines
    }

    pub(in crate::report) fn not_compared(&self, page: &Page) -> Vec<Line> {
        let Some(command) = &page.not_compared else {
            return Vec::new();
        };
        self.labelled(
            "ANSWER",
            &[Span::plain(&format!("not compared: {command}"))],
            " ",
            2,
        )
    }

    pub(in crate::report) fn how_far_to_trust_this(&self, grounds: &Grounds) -> Vec<Line> {
        let assumed = Share {
            count: grounds.inputs_assumed,
            of: grounds.inputs,
            interval: None,
        };
        let mut items = vec![
            Span::plain(&format!(
                "{:.0} % of inputs assumed ({} of {})",
                100.0 * assumed.value(),
                digits::count(assumed.count),
                digits::count(assumed.of)
            )),
            Span::plain(&format!(
                "{} uncertain, drawn per future",
                digits::count(grounds.inputs_uncertain)
            )),
        ];
        if grounds.runs_failed > 0 {
            let failed = digits::count(grounds.runs_failed);
            items.push(Span::new(
                &format!("{failed} futures failed and are left out"),
                Style::Strong,
            ));
        }
        let mut lines = self.labelled("HOW FAR TO TRUST THIS", &items, " · ", 2);
        let checked = checked(&grounds.checks);
        if !checked.is_empty() {
            lines.extend(self.indented(&checked, " · ", 2));
        }
        let mut outside = grounds.not_in_the_model.join(", ");
        if !outside.is_empty() {
            outside = format!("not in the model: {outside}. ");
        }
        outside.push_str("Not legal advice.");
        let items: Vec<Span> = outside.split_whitespace().map(Span::plain).collect();
        lines.extend(self.indented(&items, " ", 3));
        lines
    }

    /// Running text under a label.
    fn indented(&self, items: &[Span], between: &str, lines: usize) -> Vec<Line> {
        let mut first = Line::default();
        first.pad_to(TEXT);
        let mut text = flow(items, between, self.measure(TEXT, lines));
        first.append(std::mem::take(&mut text[0]));
        text[0] = first;
        text
    }

    pub(in crate::report) fn next(&self, commands: &[String]) -> Vec<Line> {
        if commands.is_empty() {
            return Vec::new();
        }
        let commands: Vec<Span> = commands
            .iter()
            .map(|c| Span::new(c, Style::Strong))
            .collect();
        self.labelled("NEXT", &commands, " · ", 3)
    }

    pub(in crate::report) fn footer(&self, footer: &Footer) -> Vec<Line> {
        let mut parts = vec![
            format!("{} runs", digits::count(footer.runs)),
            format!("{} customers", digits::count(footer.customers)),
            format!("seed {}", footer.seed),
            format!("digest {}", footer.digest6),
            format!("model {}", footer.model_version),
            format!("comity {}", footer.program_version),
        ];
        parts.extend(footer.seconds.map(|s| format!("{s:.0} s")));
        let items: Vec<Span> = parts
            .iter()
            .map(|part| Span::new(part, Style::Faint))
            .collect();
        let measure = Measure {
            later: 0,
            ..self.measure(0, 2)
        };
        flow(&items, " · ", measure)
    }
}

/// How the last checks went, in words.
fn checked(checks: &Checks) -> Vec<Span> {
    let mut items = Vec::new();
    if let Some(forecasts) = &checks.backtest {
        let (fitted, held_out) = (&forecasts.fitted, &forecasts.held_out);
        items.push(Span::plain(&format!(
            "backtest: {} of {} held out inside 80 % (fitted: {} of {}), {} of {} worse than no change",
            held_out.inside,
            held_out.of,
            fitted.inside,
            fitted.of,
            held_out.worse_than_no_change,
            held_out.with_no_change
        )));
    }
    if let Some(intervals) = checks.intervals {
        items.push(Span::plain(&format!(
            "{} of {} kinds of interval cover as said",
            intervals.hold, intervals.of
        )));
    }
    items
}

/// Who decides, and what was decided in this world, as far as the scenario says it.
fn decided(who: Option<&str>, option: Option<&str>) -> Option<Span> {
    Some(match (who, option) {
        (Some(who), Some(option)) => Span::plain(&format!("{who} decides: {option}")),
        (Some(who), None) => Span::plain(&format!("{who} decides")),
        (None, Some(option)) => Span::plain(&format!("decided: {option}")),
        (None, None) => return None,
    })
}

pub(in crate::report) const fn headline_label(page: &Page) -> &'static str {
    match page.three_numbers.len() {
        1 => "ONE NUMBER",
        2 => "TWO NUMBERS",
        _ => "THREE NUMBERS",
    }
}
#[cfg(test)]
mod tests;
