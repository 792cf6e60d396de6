//! What is wrong with a scenario, where, and how to mend it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use ariadne::{Config, IndexType, Label, LabelAttach, Report, ReportKind, Source};

use super::shortened::shortened;
use super::source_text::{Location, Place, SourceText};

/// One thing wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// What, in one line.
    pub message: String,
    /// Where, if it is at one place.
    pub place: Option<Place>,
    /// The nearest right name, or what to do.
    pub help: Option<String>,
}

impl Problem {
    /// Something wrong at a place.
    pub fn at(place: Place, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: Some(place),
            help: None,
        }
    }

    /// The same with a mend.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a mend, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

/// Why a scenario cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// Neither shipped nor a file.
    #[error("there is no scenario `{}`{}", visible(.name), suggestion(.nearest.as_ref()))]
    Unknown {
        /// As asked for.
        name: String,
        /// The nearest shipped name.
        nearest: Option<String>,
    },
    /// A library, which lacks what a scenario says.
    #[error("`{}` is a library, not a scenario: write a file with `extends = \"{}\"`", visible(.name), visible(.name))]
    Library {
        /// As asked for.
        name: String,
    },
    /// The file cannot be read.
    #[error("cannot read {}: {cause}", visible(&.path.to_string_lossy()))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A folder, or the file is no scenario for a reason that needs no excerpt.
    #[error("{} {why}", visible(&.path.to_string_lossy()))]
    NotAScenario {
        /// The file.
        path: PathBuf,
        /// Why not, after the file's name.
        why: String,
    },
    /// It was read, and this is wrong with it.
    #[error("{}", render(.problems, .sources, false))]
    Invalid {
        /// Everything found, in the order of the text; at least one.
        problems: Vec<Problem>,
        /// What was read.
        sources: SourceText,
    },
}

impl ScenarioError {
    /// The problems, if the scenario could be read at all.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Invalid { problems, .. } => problems,
            _ => &[],
        }
    }

    /// As shown to a user: each problem with its line, the part meant underlined, and the
    /// mend; in colour for a terminal.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        match self {
            Self::Invalid { problems, sources } => render(problems, sources, color),
            other => format!("error: {other}\n"),
        }
    }
}

/// Problems shown before the rest is only counted.
const SHOWN: usize = 20;
/// Characters of a line beyond which it is not printed.
const LONGEST_LINE: usize = 240;

fn render(problems: &[Problem], sources: &SourceText, color: bool) -> String {
    let mut excerpts = Excerpts::default();
    let mut out = String::new();
    for problem in problems.iter().take(SHOWN) {
        let place = problem.place.as_ref();
        let location = place.and_then(|place| sources.locate(place));
        out.push_str(&match location {
            Some(place) if place.line_text.chars().count() <= LONGEST_LINE => {
                excerpts.with_excerpt(problem, &place, color)
            }
            Some(place) => plainly(problem, Some(&place)),
            None => plainly(problem, None),
        });
    }
    if problems.len() > SHOWN {
        let more = problems.len() - SHOWN;
        // Writing to a String cannot fail.
        let _ = writeln!(out, "and {more} more");
    }
    out
}

/// The texts from which excerpts were taken, by the name of their source, so that each is
/// prepared once.
#[derive(Default)]
struct Excerpts(BTreeMap<String, Source<String>>);

impl Excerpts {
    fn with_excerpt(&mut self, problem: &Problem, place: &Location<'_>, color: bool) -> String {
        let name = visible(place.source);
        let source = self
            .0
            .entry(name.clone())
            .or_insert_with(|| Source::from(visible_same_width(place.text)));
        let span = (name.clone(), place.span.clone());
        let config = Config::default()
            .with_index_type(IndexType::Byte)
            .with_label_attach(LabelAttach::Start)
            .with_color(color);
        let mut report = Report::build(ReportKind::Error, span.clone())
            .with_config(config)
            .with_message(visible(&problem.message))
            .with_label(Label::new(span).with_message("here"));
        if let Some(help) = &problem.help {
            report.set_help(visible(help));
        }
        let mut bytes = Vec::new();
        match report.finish().write((name, &*source), &mut bytes) {
            // The first word, as all the program's messages have it.
            Ok(()) => {
                trim_line_ends(&String::from_utf8_lossy(&bytes)).replacen("Error:", "error:", 1)
            }
            Err(_) => plainly(problem, Some(place)),
        }
    }
}

fn trim_line_ends(text: &str) -> String {
    text.lines().fold(String::new(), |mut out, line| {
        out.push_str(line.trim_end());
        out.push('\n');
        out
    })
}

fn plainly(problem: &Problem, place: Option<&Location<'_>>) -> String {
    let mut out = format!("error: {}\n", visible(&problem.message));
    if let Some(place) = place {
        let source = visible(place.source);
        let _ = writeln!(out, "  at {source}:{}:{}", place.line, place.column);
    }
    if let Some(help) = &problem.help {
        let _ = writeln!(out, "  Help: {}", visible(help));
    }
    out
}

/// A text without characters that a terminal would obey or that turn the reading order, and
/// without words too long to be read.
fn visible(text: &str) -> String {
    shortened(text)
        .chars()
        .map(|c| if obeyed(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// The same, each character replaced by one of the same length in bytes, so that places in
/// the text remain.
fn visible_same_width(text: &str) -> String {
    let replace = |c: char| match (obeyed(c), c.len_utf8()) {
        (true, 1) if c == '\n' => c,
        (true, 1) if matches!(c, '\t' | '\r') => ' ',
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, _) => '\u{FFFD}',
        _ => c,
    };
    text.chars().map(replace).collect()
}

fn obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200E}' | '\u{200F}')
        || ('\u{202A}'..='\u{202E}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

fn suggestion(nearest: Option<&String>) -> String {
    nearest.map_or_else(
        || "; `comity list scenarios` lists those shipped".to_owned(),
        |name| format!("; did you mean `{name}`?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invalid(text: &str, problems: Vec<Problem>) -> ScenarioError {
        let mut sources = SourceText::default();
        sources.add("my.toml", text);
        ScenarioError::Invalid { problems, sources }
    }

    #[test]
    fn the_part_meant_is_underlined_also_after_letters_of_two_bytes() {
        let problem = Problem::at(11..14, "unknown name `foo`").help("did you mean `for`?");
        let text = invalid("ä = 1\nö= foo", vec![problem]).render(false);
        insta::assert_snapshot!(text, @r"
        error: unknown name `foo`
           ╭─[ my.toml:2:4 ]
           │
         2 │ ö= foo
           │    ┬──
           │    ╰──── here
           │
           │ Help: did you mean `for`?
        ───╯
        ");
    }

    #[test]
    fn what_a_terminal_would_obey_is_not_printed() {
        let problem = Problem::at(0..2, "bad \u{1b}[2J name");
        for text in ["\u{1b}[2J\u{85}\u{202E}\n", &"\u{1b}".repeat(5_000)] {
            let shown = invalid(text, vec![problem.clone()]).render(false);
            assert!(!shown.contains(['\u{1b}', '\u{85}', '\u{202E}']), "{shown}");
            assert!(shown.len() < 1_000);
        }
    }

    #[test]
    fn of_many_problems_the_rest_is_counted() {
        let problem = Problem::at(0..1, "no");
        let shown = invalid("x", vec![problem; 25]).render(false);
        assert!(shown.ends_with("and 5 more\n"), "{shown}");
    }
}
