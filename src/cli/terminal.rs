//! Standard output for results, standard error for messages; the only place that
//! writes to either.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use comity::report::layout::{Line, Span};
use comity::report::terminal::Terminal as PageTerminal;
use comity::report::words::ChanceWords;
use comity::scenario::shortened::shortened;

use super::failure::Failure;

/// Columns where standard output is no terminal.
const COLUMNS: usize = 100;

/// When to use colour, as a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set or CLICOLOR is 0
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where the program writes.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    results: bool,
    messages: bool,
}

impl Terminal {
    /// The terminal, with colour by this choice and the environment.
    pub fn new(colour: Colour) -> Self {
        Self {
            results: colours(colour, io::stdout().is_terminal()),
            messages: colours(colour, io::stderr().is_terminal()),
        }
    }

    /// Whether messages may have colour.
    pub const fn colours_messages(&self) -> bool {
        self.messages
    }

    /// Whether results may have colour.
    pub const fn colours_results(&self) -> bool {
        self.results
    }

    /// Writes a result to standard output.
    pub fn result(&self, text: &str) -> Result<(), Failure> {
        self.result_bytes(text.as_bytes())
    }

    /// The same for bytes that need be no text, such as a path.
    pub fn result_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(Failure::Output)
    }

    /// Writes a message to standard error. If nobody hears it, nothing can be done.
    pub fn message(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// A line that begins with `error:`, `warning:` or `note:`, freed of what a terminal
    /// would obey. What follows a line's end is indented, so that no name can pass for a
    /// message of its own.
    pub fn say(&self, kind: Kind, text: &str) {
        let text = visible(&shortened(text))
            .lines()
            .map(str::trim_start)
            .collect::<Vec<_>>()
            .join("\n  ");
        let (word, code) = match kind {
            Kind::Error => ("error:", "1;31"),
            Kind::Warning => ("warning:", "1;33"),
            Kind::Note => ("note:", "1"),
        };
        self.message(&if self.messages {
            format!("\u{1b}[{code}m{word}\u{1b}[0m {text}\n")
        } else {
            format!("{word} {text}\n")
        });
    }

    /// How a front page is printed here.
    pub fn page(&self) -> PageTerminal {
        let columns = io::stdout()
            .is_terminal()
            .then(terminal_size::terminal_size)
            .flatten();
        PageTerminal {
            columns: columns.map_or(COLUMNS, |(width, _)| usize::from(width.0)),
            colour: self.results,
            chances: ChanceWords::default(),
        }
    }
}

/// A text of one or several lines without characters that a terminal would obey.
pub fn visible(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        Line::of(Span::plain(line)).write(&mut out, false);
    }
    out.truncate(out.trim_end().len());
    out
}

/// A text in one line, whatever it holds, without characters that a terminal would obey.
pub fn one_line(text: &str) -> String {
    Span::plain(text).text().to_owned()
}

/// What a message is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// The command did not do what was asked.
    Error,
    /// It did, with a reservation.
    Warning,
    /// Worth knowing.
    Note,
}

/// The rules of no-color.org and bixense.com/clicolors.
fn colours(choice: Colour, is_terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if set("NO_COLOR").is_some() => false,
        Colour::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Colour::Auto => {
            is_terminal
                && set("CLICOLOR").is_none_or(|value| value != "0")
                && set("TERM").is_none_or(|value| value != "dumb")
        }
    }
}
