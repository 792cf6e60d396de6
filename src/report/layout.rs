//! Lines of text for a terminal: escaping, emphasis, wrapping and tables.
//!
//! Every text passes through [`Span`], the one place where control characters are made
//! visible, so that a scenario's title cannot move the cursor or reverse the line. Widths
//! are columns of a terminal (Unicode Standard Annex 11), not bytes or characters.
//!
//! A line remembers what it was set from, so that a page of another medium can set the same
//! words anew: see [`Origin`].

use super::table::Table;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Emphasis, shown only where colour is allowed; no meaning hangs on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// As it is.
    Plain,
    /// Bold: labels and the numbers to read first.
    Strong,
    /// Dim: notes.
    Faint,
}

/// A piece of text in one style, free of control characters.
#[derive(Clone, PartialEq, Debug)]
pub struct Span {
    text: String,
    style: Style,
}

impl Span {
    /// `text` with its control characters made visible.
    #[must_use]
    pub fn new(text: &str, style: Style) -> Self {
        let mut safe = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' | '\r' | '\t' => safe.push(' '),
                c if c.is_control() || reorders(c) => safe.extend(c.escape_unicode()),
                c => safe.push(c),
            }
        }
        Self { text: safe, style }
    }

    /// Text without emphasis.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::new(text, Style::Plain)
    }

    /// Its text, control characters made visible.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its emphasis.
    #[must_use]
    pub const fn style(&self) -> Style {
        self.style
    }

    /// Columns that it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.text.width()
    }

    /// Its words, as spans of their own.
    pub fn words(&self) -> impl Iterator<Item = Self> + '_ {
        self.text.split_whitespace().map(|word| Self {
            text: word.to_owned(),
            style: self.style,
        })
    }

    /// Cut to `width` columns, the last an ellipsis if anything was lost.
    #[must_use]
    pub fn cut(&self, width: usize) -> Self {
        if self.width() <= width {
            return self.clone();
        }
        if width == 0 {
            return Self::new("", self.style);
        }
        let (head, _) = split_at_width(&self.text, width.saturating_sub(1));
        Self {
            text: format!("{}…", head.trim_end()),
            style: self.style,
        }
    }
}

/// Characters that reorder or hide what follows them, or end a line.
const fn reorders(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
}

/// The longest head of at most `width` columns, and the rest.
fn split_at_width(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// What lines were set from. The first of them has it; those after it are its rest.
#[derive(Clone, PartialEq, Debug)]
pub enum Origin {
    /// A table.
    Table(Box<Table>),
    /// Running text: what stands before it on its first line, such as a label, its items, and
    /// what stands between them.
    Text {
        /// What stands before it.
        before: Vec<Span>,
        /// Its items.
        items: Vec<Span>,
        /// What stands between two of them.
        between: String,
    },
    /// The rest of what an earlier line was set from.
    Rest,
}

/// One line.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Line {
    spans: Vec<Span>,
    origin: Option<Origin>,
}

impl Line {
    /// A line of one span.
    #[must_use]
    pub fn of(span: Span) -> Self {
        Self {
            spans: vec![span],
            origin: None,
        }
    }

    /// A line of one span cut to `width` columns.
    #[must_use]
    pub fn note(span: Span, width: usize) -> Self {
        Self {
            spans: vec![span.cut(width)],
            origin: Some(Origin::Text {
                before: Vec::new(),
                items: vec![span],
                between: String::new(),
            }),
        }
    }

    /// The same line, set from this.
    #[must_use]
    pub fn from_origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// What it was set from, if not from itself alone.
    #[must_use]
    pub const fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Its spans.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Columns that it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.spans.iter().map(Span::width).sum()
    }

    /// Adds a span at the end.
    pub fn push(&mut self, span: Span) {
        self.spans.push(span);
    }

    /// Adds another line's spans at the end.
    pub fn append(&mut self, other: Self) {
        match (&mut self.origin, other.origin) {
            (None, Some(Origin::Text { items, between, .. })) => {
                self.origin = Some(Origin::Text {
                    before: self.spans.clone(),
                    items,
                    between,
                });
            }
            (origin @ None, other) => *origin = other,
            (Some(_), _) => {}
        }
        self.spans.extend(other.spans);
    }

    /// Adds blanks up to `column`.
    pub fn pad_to(&mut self, column: usize) {
        let blanks = column.saturating_sub(self.width());
        self.push(Span::plain(&" ".repeat(blanks)));
    }

    /// Cut to `width` columns.
    #[must_use]
    pub fn cut(self, width: usize) -> Self {
        let mut left = width;
        let mut cut = Self {
            spans: Vec::new(),
            origin: self.origin,
        };
        for span in self.spans {
            let span = span.cut(left);
            left -= span.width();
            cut.push(span);
        }
        cut
    }

    /// Writes the line and its end, with ANSI emphasis if `colour`.
    pub fn write(&self, out: &mut String, colour: bool) {
        let mut line = String::new();
        for span in &self.spans {
            match span.style {
                Style::Strong if colour => line.extend(["\u{1b}[1m", &span.text, "\u{1b}[0m"]),
                Style::Faint if colour => line.extend(["\u{1b}[2m", &span.text, "\u{1b}[0m"]),
                _ => line.push_str(&span.text),
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// Where running text may stand.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Columns in all.
    pub width: usize,
    /// Column of the first line's text.
    pub first: usize,
    /// Column of the later lines' text.
    pub later: usize,
    /// Lines at most; what is left over ends in an ellipsis.
    pub lines: usize,
}

/// Sets items one after the other, `between` them on a line; an item is broken only
/// where it is longer than a line. The first line is not indented.
#[must_use]
pub fn flow(items: &[Span], between: &str, measure: Measure) -> Vec<Line> {
    let mut lines = set(items, between, measure).into_iter();
    let first = lines.next().unwrap_or_default();
    let first = first.from_origin(Origin::Text {
        before: Vec::new(),
        items: items.to_vec(),
        between: between.to_owned(),
    });
    let rest = lines.map(|line| line.from_origin(Origin::Rest));
    std::iter::once(first).chain(rest).collect()
}

fn set(items: &[Span], between: &str, measure: Measure) -> Vec<Line> {
    let room = measure.width - measure.first.max(measure.later);
    let mut tokens = Vec::new();
    for item in items {
        if item.width() <= room {
            tokens.push((between, item.clone()));
        } else {
            let words = item.words().enumerate();
            tokens.extend(words.map(|(at, word)| (if at == 0 { between } else { " " }, word)));
        }
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut line = Line::default();
    let mut start = measure.first;
    for (separator, token) in tokens {
        let empty = line.width() == 0;
        let more = token.width() + if empty { 0 } else { separator.width() };
        if !empty && start + line.width() + more > measure.width {
            if lines.len() + 1 == measure.lines {
                let kept = close(line, measure.width - start);
                lines.push(indent(kept, lines.len(), measure));
                return lines;
            }
            lines.push(indent(std::mem::take(&mut line), lines.len(), measure));
            start = measure.later;
        } else if !empty {
            line.push(Span::plain(separator));
        }
        line.push(token.cut(measure.width - start));
    }
    lines.push(indent(line, lines.len(), measure));
    lines
}

/// Ends a line in an ellipsis within `width`, at the cost of its last words.
fn close(mut line: Line, width: usize) -> Line {
    while line.width() + 2 > width && line.spans.len() > 2 {
        line.spans.truncate(line.spans.len() - 2); // a word and the blank before it
    }
    line.push(Span::plain(" …"));
    line
}

fn indent(line: Line, index: usize, measure: Measure) -> Line {
    if index == 0 {
        return line;
    }
    let mut out = Line::default();
    out.pad_to(measure.later);
    out.append(line);
    out
}
