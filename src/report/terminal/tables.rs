//! The blocks of the page that are tables.

use super::{BLOCK_LINES, Terminal};
use crate::report::digits;
use crate::report::ending::{EndingGroup, EndingShare, HowItEnds, Share};
use crate::report::layout::{Line, Measure, Span, Style, flow};
use crate::report::page::{Change, CustomerNumbers, Effect, Number, Page, Verdict, WhoMoves};
use crate::report::table::{Row, Table};
use crate::report::unit::Unit;

/// Rows of the block of a named customer: all that can be asked of it, once.
const CUSTOMER_ROWS: usize = 8;
/// Columns that a record can take beside what is said and done.
const RECORD: usize = 30;
/// Lines that a row can take: a label that wraps, or a note.
const LINES_A_ROW: usize = 2;

impl Terminal {
    /// A block of numbers in as many lines as a block has.
    pub(in crate::report) fn numbers(&self, label: &str, numbers: &[Number]) -> Vec<Line> {
        self.numbers_within(label, numbers, BLOCK_LINES)
    }

    fn numbers_within(&self, label: &str, numbers: &[Number], lines: usize) -> Vec<Line> {
        if numbers.is_empty() {
            return Vec::new();
        }
        let paired = numbers.iter().any(|number| number.effect.is_some());
        let mut head = vec![
            Span::new(label, Style::Strong),
            Span::new("typical", Style::Faint),
            Span::new("8 in 10", Style::Faint),
        ];
        if paired {
            head.push(Span::new("by the order", Style::Faint));
        }
        let rows = numbers.iter().map(|number| number_row(number, paired));
        let table = Table {
            head,
            rows: rows.collect(),
            to_the_right: Vec::new(),
            optional: Vec::new(),
        };
        table.lines(self.width(), lines)
    }

    /// What the headline numbers were before facts were given, and are.
    pub(in crate::report) fn changed(&self, changes: &[Change]) -> Vec<Line> {
        if changes.is_empty() {
            return Vec::new();
        }
        let heads = ["before", "8 in 10", "now", "8 in 10"];
        let mut head = vec![Span::new("WHAT THAT CHANGED", Style::Strong)];
        head.extend(heads.map(|text| Span::new(text, Style::Faint)));
        let rows = changes.iter().map(|change| {
            let mut cells = vec![Span::plain(&change.given.label)];
            for number in [&change.before, &change.given] {
                let error = number.typical.as_ref().map_or_else(
                    || "no value".to_owned(),
                    |typical| digits::with_error(&number.unit, typical),
                );
                let spread = number.spread.as_ref();
                let text = digits::level(&number.unit, number.typical.as_ref(), spread, None);
                let spread = match number.unit {
                    Unit::YesNo => String::new(),
                    _ => text.spread,
                };
                cells.extend([Span::plain(&error), Span::plain(&spread)]);
            }
            Row {
                mark: ' ',
                cells,
                note: None,
            }
        });
        let table = Table {
            head,
            rows: rows.collect(),
            to_the_right: Vec::new(),
            optional: vec![4, 2],
        };
        let mut lines = table.lines(self.width(), BLOCK_LINES);
        let note = "  futures that agree are the same before and now, so that a change is known at \
                    least as well as its two ±";
        lines.push(self.note(note));
        lines
    }

    /// From what is said to what is done, each beside its record.
    pub(in crate::report) fn say_and_do(&self, rungs: &[Number]) -> Vec<Line> {
        let paired = rungs.iter().any(|number| number.effect.is_some());
        let recorded = rungs.iter().any(|number| number.record.is_some());
        if rungs.is_empty() {
            return Vec::new();
        }
        let mut head = vec![
            Span::new("SAY AND DO", Style::Strong),
            Span::new("typical", Style::Faint),
            Span::new("8 in 10", Style::Faint),
        ];
        head.extend(paired.then(|| Span::new("by the order", Style::Faint)));
        head.extend(recorded.then(|| Span::new("record", Style::Faint)));
        let rows = rungs.iter().map(|number| {
            let mut row = number_row(number, paired);
            row.note = None;
            let record = number.record.clone().unwrap_or_default();
            row.cells
                .extend(recorded.then(|| Span::plain(&record).cut(RECORD)));
            row
        });
        let table = Table {
            head,
            rows: rows.collect(),
            to_the_right: Vec::new(),
            // What is said and done is held against the record before anything else.
            optional: if paired && recorded {
                vec![2, 3]
            } else {
                vec![2]
            },
        };
        table.lines(self.width(), BLOCK_LINES)
    }

    /// What becomes of a named customer, whose title is the block's label.
    pub(in crate::report) fn customer(&self, customer: &CustomerNumbers) -> Vec<Line> {
        let shown = customer.numbers.len().min(CUSTOMER_ROWS);
        let title = customer.title.to_uppercase();
        let numbers = &customer.numbers[..shown];
        let mut lines = self.numbers_within(&title, numbers, LINES_A_ROW * shown);
        let more = customer.numbers.len() - shown;
        if more > 0 {
            lines.push(self.note(&format!("  {more} more in summary.json")));
        }
        lines
    }

    pub(in crate::report) fn by_the_order(&self, page: &Page) -> Vec<Line> {
        let Some(baseline) = &page.header.baseline else {
            let reason = "not compared: no baseline was run, so nothing here is \"by the order\"; \
                          name one in the scenario: baseline = \"no-order\"";
            let items: Vec<Span> = reason.split(' ').map(Span::plain).collect();
            return self.labelled("BY THE ORDER", &items, " ", 3);
        };
        if page.by_the_order.is_empty() {
            return Vec::new();
        }
        let effects = page.by_the_order.iter();
        let effects = effects.filter_map(|n| Some((n.label.as_str(), &n.unit, n.effect?)));
        let all: Vec<_> = effects.collect();
        let shown = all.len().min(BLOCK_LINES - 1);
        let rows = all[..shown]
            .iter()
            .map(|(label, unit, effect)| effect_row(label, unit, effect, verdict(effect.verdict)));
        let mut lines = self.effects("BY THE ORDER", "mean", rows.collect());
        let more = match all.len() - shown {
            0 => String::new(),
            n => format!("   {n} more in summary.json"),
        };
        let note = format!("  each future against the same one under `{baseline}`{more}");
        lines.push(self.note(&note));
        lines
    }

    /// A table of paired differences.
    fn effects(&self, label: &str, mean: &str, rows: Vec<Row>) -> Vec<Line> {
        let head = [mean, "8 in 10", ""].map(|text| Span::new(text, Style::Faint));
        let table = Table {
            head: [vec![Span::new(label, Style::Strong)], head.into()].concat(),
            rows,
            to_the_right: Vec::new(),
            optional: vec![2],
        };
        table.lines(self.width(), BLOCK_LINES - 1)
    }

    pub(super) fn note(&self, text: &str) -> Line {
        Line::note(Span::new(text, Style::Faint), self.width())
    }

    pub(in crate::report) fn how_it_ends(&self, ends: &HowItEnds, page: &Page) -> Vec<Line> {
        let paired = ends.endings.iter().any(|e| e.without_the_order.is_some());
        let mut head = vec![
            Span::new("HOW IT ENDS", Style::Strong),
            Span::new("futures", Style::Faint),
            Span::new("in words", Style::Faint),
        ];
        if paired {
            head.push(Span::new("no order", Style::Faint));
        }
        // Open cases stand in the note where six kinds of end would overfill the block.
        let (noted, listed): (Vec<_>, Vec<_>) = ends.endings.iter().partition(|ending| {
            ending.group == EndingGroup::Open && ends.endings.len() >= BLOCK_LINES
        });
        let rows = listed.iter().enumerate();
        let rows = rows.map(|(at, ending)| self.ending_row(ending, at == 0, paired, page));
        let table = Table {
            head,
            rows: rows.collect(),
            to_the_right: vec![1],
            optional: vec![3],
        };
        let mut lines = table.lines(self.width(), BLOCK_LINES - 1);
        let days = digits::level(
            &Unit::Days,
            ends.days.as_ref(),
            ends.days_spread.as_ref(),
            None,
        );
        let mut note = format!(
            "  from {} to the end: typically {}",
            page.header.start.in_words(),
            days.typical
        );
        if ends.days_spread.is_some() {
            note.extend([" ", &days.spread]);
        }
        for open in noted {
            note.extend([" · still open: ", &digits::share(&open.share)]);
        }
        lines.push(Line::of(Span::plain(&note)));
        lines
    }

    fn ending_row(&self, ending: &EndingShare, likeliest: bool, paired: bool, page: &Page) -> Row {
        let label = match ending.group {
            EndingGroup::Open => format!("still open on {}", page.header.end.in_words()),
            group => group.label().to_owned(),
        };
        let mut cells = vec![
            Span::plain(&label),
            Span::new(&digits::share(&ending.share), Style::Strong),
            Span::plain(&self.in_words(&ending.share, likeliest)),
        ];
        if paired {
            let share = ending.without_the_order.as_ref().map(digits::share);
            cells.push(Span::plain(&share.unwrap_or_default()));
        }
        Row {
            mark: ' ',
            cells,
            note: None,
        }
    }

    /// The word for a share; the likeliest end is named where it has less than half.
    pub(super) fn in_words(&self, share: &Share, likeliest: bool) -> String {
        match self.chances.word(share) {
            Some(word) if likeliest && share.value() < 0.5 => format!("{word} (likeliest)"),
            Some(word) => word.to_owned(),
            None => "too few to say".to_owned(),
        }
    }

    pub(in crate::report) fn who_moves(&self, who: &WhoMoves) -> Vec<Line> {
        let count = who.groups.len();
        let moves = who.region_moves.as_ref().and_then(region_moves);
        let shown = BLOCK_LINES - 1 - usize::from(moves.is_some());
        // The ends of the list tell the story: most and least, not the middle.
        let middle = if count > shown {
            shown - 1..count - 1
        } else {
            0..0
        };
        let place = |at| match at {
            0 => "most",
            at if at + 1 == count => "least",
            _ => "",
        };
        let rows = who.groups.iter().enumerate();
        let rows = rows.filter(|(at, _)| !middle.contains(at));
        let rows = rows.map(|(at, one)| effect_row(&one.who, &who.unit, &one.effect, place(at)));
        let mut lines = self.effects("WHO MOVES", "by the order", rows.collect());
        let between = match middle.len() {
            0 => String::new(),
            n => format!("   {n} between the two ends not shown"),
        };
        let what = format!("{}{between}", who.what);
        match moves {
            None => lines.push(self.note(&format!("  {what}"))),
            Some(moves) => lines.extend(self.told(&[what, moves])),
        }
        lines
    }

    /// Items in running text under a table, in two lines at most.
    pub(super) fn told(&self, items: &[String]) -> Vec<Line> {
        const MARGIN: usize = 2;
        let measure = Measure {
            width: self.width(),
            first: MARGIN,
            later: MARGIN,
            lines: 2,
        };
        let items: Vec<Span> = items.iter().map(|item| Span::plain(item)).collect();
        let mut lines = flow(&items, " · ", measure);
        let mut first = Line::default();
        first.pad_to(MARGIN);
        first.append(std::mem::take(&mut lines[0]));
        lines[0] = first;
        lines
    }
}

/// How much of what moves changes region only; nothing where none moved in any future.
fn region_moves(number: &Number) -> Option<String> {
    number.typical.as_ref()?;
    let level = digits::level(
        &number.unit,
        number.typical.as_ref(),
        number.spread.as_ref(),
        None,
    );
    let spread = number
        .spread
        .map_or_else(String::new, |_| format!(" {}", level.spread));
    let effect = number.effect.as_ref().map_or_else(String::new, |effect| {
        let text = digits::effect(&number.unit, effect).mean;
        format!(", {text} by the order")
    });
    Some(format!(
        "{}: {}{spread}{effect}",
        number.label, level.typical
    ))
}

fn effect_row(label: &str, unit: &Unit, effect: &Effect, remark: &str) -> Row {
    let text = digits::effect(unit, effect);
    Row {
        mark: mark(effect),
        cells: vec![
            Span::plain(label),
            Span::new(&text.mean, Style::Strong),
            Span::plain(&text.spread),
            Span::plain(remark),
        ],
        note: None,
    }
}

fn number_row(number: &Number, paired: bool) -> Row {
    let text = digits::level(
        &number.unit,
        number.typical.as_ref(),
        number.spread.as_ref(),
        number.at_start,
    );
    let spread = match number.unit {
        Unit::YesNo => "",
        _ => text.spread.as_str(),
    };
    let mut cells = vec![
        Span::plain(&number.label),
        Span::new(&text.typical, Style::Strong),
        Span::plain(spread),
    ];
    if paired {
        let effect = number.effect.as_ref();
        let effect = effect.map(|effect| digits::effect(&number.unit, effect).mean);
        cells.push(Span::plain(&effect.unwrap_or_default()));
    }
    let missing = number.runs_missing;
    let missing = (missing > 0).then(|| format!("no value in {} futures", digits::count(missing)));
    let record = number
        .record
        .as_ref()
        .map(|record| format!("record: {record}"));
    let notes: Vec<String> = [text.at_start, missing, record]
        .into_iter()
        .flatten()
        .collect();
    Row {
        mark: number.effect.as_ref().map_or(' ', mark),
        cells,
        note: (!notes.is_empty()).then(|| Span::new(&notes.join(" · "), Style::Faint)),
    }
}

pub(super) const fn mark(effect: &Effect) -> char {
    match effect.verdict {
        Verdict::NotSeparable => '=',
        _ => ' ',
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "better",
        Verdict::Worse => "worse",
        Verdict::Changed | Verdict::NotSeparable => "",
        Verdict::NotEstimable => "too few futures",
    }
}
