//! A story as Markdown. What Markdown or HTML would obey in a text is escaped.

use std::fmt::Write as _;

use super::Story;
use crate::report::layout::Span;

impl Story {
    /// The story as Markdown (CommonMark), each paragraph and item on one line.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n", escaped(&self.title));
        for paragraph in self.decided().into_iter().chain([self.of_which()]) {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{}\n", escaped(&paragraph));
        }
        for line in &self.standing {
            let _ = writeln!(out, "- {}", escaped(&line.text));
        }
        let _ = writeln!(out, "\n{}", escaped(&self.how_to_read()));
        let mut year = None;
        for line in &self.lines {
            let now = line.date.map(|date| date.ymd().0);
            if now != year {
                let year = now.map_or_else(String::new, |year| year.to_string());
                let _ = writeln!(out, "\n## {year}\n");
            }
            year = now;
            let _ = match line.date.filter(|_| line.kind != "quiet") {
                Some(date) => {
                    writeln!(out, "- **{}** {}", date.in_words(), escaped(&line.text))
                }
                None => writeln!(out, "- {}", escaped(&line.text)),
            };
            for changed in &line.consequences {
                let _ = writeln!(out, "  - {}", escaped(&changed.text));
            }
        }
        if !self.other_world.is_empty() {
            let _ = writeln!(out, "\n## {}\n", escaped(self.other_world_head()));
            for line in &self.other_world {
                let _ = writeln!(out, "- {}", escaped(&line.text));
            }
        }
        let _ = writeln!(out, "\n{}", escaped(self.source()));
        out
    }
}

/// The text, free of control characters and of what Markdown would obey.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let text = Span::plain(text);
    for c in text.text().chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => safe.extend(['\\', c]),
            c => safe.push(c),
        }
    }
    safe
}
