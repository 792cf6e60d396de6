//! A story as text for a terminal: by year, the date in front, what an event changed
//! indented below it.

use super::{Line, Story};
use crate::report::layout::{Line as Printed, Measure, Span, Style, flow};

/// How to print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paper {
    /// Columns of the terminal; the text keeps within them and within 100, and asks for
    /// 60.
    pub columns: usize,
    /// Whether to emphasise by ANSI sequences.
    pub colour: bool,
}

/// Column at which the text of an event begins, after its day.
const TEXT: usize = 10;
/// The same for what it changed.
const CHANGED: usize = 14;
/// What stands before what an event changed.
const MARK: &str = "· ";

impl Paper {
    /// The story's text, each line ended by a newline.
    #[must_use]
    pub fn print(&self, story: &Story) -> String {
        let mut out = String::new();
        let mut put = |lines: Vec<Printed>| {
            for line in lines {
                line.write(&mut out, self.colour);
            }
        };
        put(self.paragraph(0, &story.title, Style::Strong));
        if let Some(decided) = story.decided() {
            put(self.paragraph(0, &decided, Style::Plain));
        }
        put(self.paragraph(0, &story.of_which(), Style::Plain));
        for line in &story.standing {
            put(self.item(2, MARK, &line.text));
        }
        put(self.paragraph(0, &story.how_to_read(), Style::Faint));
        let mut year = None;
        for line in &story.lines {
            let now = line.date.map(|date| date.ymd().0);
            if now != year {
                let year = now.map_or_else(String::new, |year| year.to_string());
                put(vec![Printed::default()]);
                put(self.paragraph(0, &year, Style::Strong));
            }
            year = now;
            put(self.event(line));
        }
        if !story.other_world.is_empty() {
            put(vec![Printed::default()]);
            put(self.paragraph(0, story.other_world_head(), Style::Strong));
            for line in &story.other_world {
                put(self.item(2, MARK, &line.text));
            }
        }
        put(vec![Printed::default()]);
        put(self.paragraph(0, story.source(), Style::Faint));
        out
    }

    fn event(&self, line: &Line) -> Vec<Printed> {
        let day = line.date.filter(|_| line.kind != "quiet").map(|date| {
            let words = date.in_words();
            let (day, rest) = words.split_once(' ').unwrap_or((&words, ""));
            let month = rest.split(' ').next().unwrap_or_default();
            format!("{day:>4} {month}")
        });
        let style = match line.kind.as_str() {
            "quiet" => Style::Faint,
            "account" => Style::Plain,
            _ => Style::Strong,
        };
        let mut lines = self.set(&day.unwrap_or_default(), TEXT, &line.text, style);
        for changed in &line.consequences {
            lines.extend(self.item(CHANGED - MARK.chars().count(), MARK, &changed.text));
        }
        lines
    }

    fn paragraph(&self, indent: usize, text: &str, style: Style) -> Vec<Printed> {
        self.set("", indent, text, style)
    }

    fn item(&self, indent: usize, mark: &str, text: &str) -> Vec<Printed> {
        let head = format!("{}{mark}", " ".repeat(indent));
        let start = indent + mark.chars().count();
        self.set(&head, start, text, Style::Plain)
    }

    /// Text that begins at a column, with something before it, and hangs there.
    fn set(&self, head: &str, start: usize, text: &str, style: Style) -> Vec<Printed> {
        let mut lines = flow(
            &words(text, style),
            " ",
            Measure {
                width: self.columns.clamp(60, 100),
                first: start,
                later: start,
                lines: usize::MAX,
            },
        );
        let mut first = Printed::of(Span::plain(head));
        first.pad_to(start);
        first.append(std::mem::take(&mut lines[0]));
        lines[0] = first;
        lines
    }
}

/// The words of a text, a number and its unit as one.
fn words(text: &str, style: Style) -> Vec<Span> {
    let mut words: Vec<String> = Vec::new();
    for word in Span::new(text, style).words() {
        let word = word.text();
        match words.last_mut() {
            Some(last) if word.starts_with('%') => *last = format!("{last} {word}"),
            _ => words.push(word.to_owned()),
        }
    }
    words.iter().map(|word| Span::new(word, style)).collect()
}
