//! Paths of a scenario's values, as in `provider.microsoft.posture` or
//! `case."no.5".filed`: keys joined by dots, quoted where a key is not a bare one.

use std::fmt;
use std::ops::Range;

/// A path: its keys from the root down.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Path(pub Vec<String>);

impl Path {
    /// The path of `key` below this one.
    #[must_use]
    pub fn join(&self, key: &str) -> Self {
        let mut keys = self.0.clone();
        keys.push(key.to_owned());
        Self(keys)
    }

    /// Is `self` that path or one above it?
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

/// Is `key` written without quotes?
pub(super) fn is_bare(key: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !key.is_empty() && key.chars().all(allowed)
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, key) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(".")?;
            }
            if is_bare(key) {
                f.write_str(key)?;
            } else {
                write!(f, "\"{key}\"")?;
            }
        }
        Ok(())
    }
}

/// A key of a path and where in the text it stands.
pub(super) type Segment = (String, Range<usize>);

/// Reads a path; keys may stand in double or single quotes.
///
/// # Errors
/// The place and reason why `text` is no path.
pub(super) fn parse(text: &str) -> Result<Vec<Segment>, (Range<usize>, &'static str)> {
    let mut segments = Vec::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (key, next) = if let Some(quote) = quote {
            let length = rest[1..].find(quote);
            let length = length.ok_or((at..text.len(), "a quote is not closed"))?;
            (at + 1..at + 1 + length, at + length + 2)
        } else {
            let length = rest.find('.').unwrap_or(rest.len());
            (at..at + length, at + length)
        };
        if key.is_empty() {
            return Err((at..next, "a part of the path is empty"));
        }
        if quote.is_none() && !is_bare(&text[key.clone()]) {
            let why = "a part with other characters than A-Z a-z 0-9 _ - needs quotes";
            return Err((key, why));
        }
        segments.push((text[key.clone()].to_owned(), key));
        match text[next..].chars().next() {
            None => return Ok(segments),
            Some('.') => at = next + 1,
            Some(_) => return Err((next..text.len(), "a dot is missing")),
        }
    }
}

/// The keys of a path, or why it is none.
pub(super) fn parse_path(text: &str) -> Result<Path, (Range<usize>, &'static str)> {
    let segments = parse(text)?;
    Ok(Path(segments.into_iter().map(|(key, _)| key).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_and_written_alike() {
        for text in ["a", "a.b-c.d_1", "case.\"no.5\".filed"] {
            assert_eq!(parse_path(text).unwrap().to_string(), text);
        }
        let path = parse_path("a.'b c'.d").unwrap();
        assert_eq!(path.0, ["a", "b c", "d"]);
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in [
            "", ".", "a.", ".a", "a..b", "a b", "\"a", "\"a\"b", "\"\"", "ä",
        ] {
            assert!(parse_path(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_covers_by_whole_keys() {
        let covers = |a: &str, b: &str| parse_path(a).unwrap().covers(&parse_path(b).unwrap());
        assert!(covers("a.b", "a.b.c"));
        assert!(covers("a.b", "a.b"));
        assert!(!covers("a.b", "a.bc"));
    }
}
