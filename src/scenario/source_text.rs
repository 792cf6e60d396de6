//! Where something was written: one virtual text that holds every source of a scenario
//! (its file, the libraries that it extends, each `--set`) one after another, so that a
//! byte offset alone says the source, the line and the column.

use std::ops::Range;

/// Bytes of the virtual text, from the first to one past the last.
pub type Place = Range<usize>;

/// One text among the sources.
#[derive(Clone, Debug)]
struct Source {
    /// As shown in messages: a path, `library cloud-2014`, `--set #1`.
    name: String,
    /// Offset of its first byte in the virtual text.
    base: usize,
    text: String,
}

/// Every text that a scenario was read from.
#[derive(Clone, Debug, Default)]
pub struct SourceText {
    sources: Vec<Source>,
}

/// A place in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location<'a> {
    /// Name of the source.
    pub source: &'a str,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// The line's text, without its end.
    pub line_text: &'a str,
    /// The whole source.
    pub text: &'a str,
    /// What is meant, in bytes of `text`, within one line.
    pub span: Range<usize>,
}

impl SourceText {
    /// Adds a text and returns the offset of its first byte. Sources are one byte apart,
    /// so that a place at the end of one is not the start of the next.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> usize {
        let base = self.end().map_or(0, |end| end + 1);
        self.sources.push(Source {
            name: name.into(),
            base,
            text: text.into(),
        });
        base
    }

    /// Offset of one past the last byte, if there is any source.
    pub(super) fn end(&self) -> Option<usize> {
        let last = self.sources.last()?;
        Some(last.base + last.text.len())
    }

    /// Where `place` is; a place of several lines is cut to its first.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Option<Location<'_>> {
        let next = self.sources.partition_point(|s| s.base <= place.start);
        let source = self.sources.get(next.checked_sub(1)?)?;
        let text = source.text.as_str();
        let start = floor_boundary(text, place.start - source.base);
        let end = floor_boundary(text, place.end.saturating_sub(source.base)).max(start);

        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let rest = &text[line_start..];
        let line_text = rest.split('\n').next().unwrap_or(rest);
        let line_text = line_text.strip_suffix('\r').unwrap_or(line_text);
        let from = (start - line_start).min(line_text.len());
        let to = (end - line_start).min(line_text.len());
        Some(Location {
            source: &source.name,
            line: text[..line_start].matches('\n').count() + 1,
            column: line_text[..from].chars().count() + 1,
            line_text,
            text,
            span: line_start + from..line_start + to,
        })
    }
}

/// The nearest character boundary of `text` not after `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_its_source_line_and_column() {
        let mut sources = SourceText::default();
        assert_eq!(sources.add("a.toml", "x = 1\ny = 2\n"), 0);
        let base = sources.add("--set #1", "é=3");
        let second = sources.locate(&(6..7)).unwrap();
        assert_eq!(
            (second.source, second.line, second.column, second.line_text),
            ("a.toml", 2, 1, "y = 2")
        );
        let set = sources.locate(&(base + 3..base + 4)).unwrap();
        assert_eq!((set.source, set.line, set.column), ("--set #1", 1, 3));
        assert_eq!(&set.text[set.span], "3");
    }

    #[test]
    fn the_end_of_a_source_is_not_the_start_of_the_next() {
        let mut sources = SourceText::default();
        sources.add("a", "x");
        sources.add("b", "y");
        assert_eq!(sources.locate(&(1..1)).unwrap().source, "a");
        assert_eq!(sources.locate(&(2..3)).unwrap().source, "b");
    }

    #[test]
    fn any_place_is_answered_without_panic() {
        let mut sources = SourceText::default();
        assert_eq!(sources.locate(&(0..1)), None);
        sources.add("a", "ä\r\nß");
        for start in 0..12 {
            for end in start..12 {
                assert!(sources.locate(&(start..end)).is_some());
            }
        }
    }
}
