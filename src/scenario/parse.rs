//! From TOML text to a tree whose places are offsets in the virtual text of all sources.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::error::Problem;
use super::source_text::Place;

/// Tables and lists inside each other: enough for every scenario, too few to exhaust the
/// stack of a parser that calls itself at each level.
const DEEPEST: usize = 32;

/// Parses a document that begins at `base` of the virtual text.
pub(super) fn document(text: &str, base: usize) -> Result<DeTable<'_>, Problem> {
    not_too_deep(text, base)?;
    match DeTable::parse(text) {
        Ok(table) => Ok(shifted_table(table.into_inner(), base)),
        Err(error) => Err(syntax(text, base, &error)),
    }
}

/// Parses one value that begins at `base` of the virtual text.
pub(super) fn value(text: &str, base: usize) -> Result<Spanned<DeValue<'_>>, Problem> {
    not_too_deep(text, base)?;
    match DeValue::parse(text) {
        Ok(value) => Ok(shifted(value, base)),
        Err(error) => Err(syntax(text, base, &error)),
    }
}

fn shifted_table(table: DeTable<'_>, base: usize) -> DeTable<'_> {
    table
        .into_iter()
        .map(|(key, value)| {
            let place = shift(&key.span(), base);
            (Spanned::new(place, key.into_inner()), shifted(value, base))
        })
        .collect()
}

fn shifted(value: Spanned<DeValue<'_>>, base: usize) -> Spanned<DeValue<'_>> {
    let place = shift(&value.span(), base);
    let value = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(shifted_table(table, base)),
        DeValue::Array(array) => {
            let items = array.into_iter().map(|item| shifted(item, base));
            DeValue::Array(items.collect::<DeArray<'_>>())
        }
        scalar => scalar,
    };
    Spanned::new(place, value)
}

fn shift(place: &Place, base: usize) -> Place {
    place.start + base..place.end + base
}

/// The parser's complaint, in words of this program where they are plainer.
fn syntax(text: &str, base: usize, error: &toml::de::Error) -> Problem {
    let end = text.len();
    let place = error.span().unwrap_or(end..end);
    let message = match error.message() {
        "duplicate key" => {
            let name = text.get(place.clone()).unwrap_or_default();
            return Problem::at(shift(&place, base), format!("`{name}` is written twice"))
                .help("keep one of them");
        }
        "recursion limit" => return too_deep(shift(&place, base)),
        "invalid basic string, expected `\"`" => {
            let message = "this text is not closed";
            return Problem::at(shift(&place, base), message).help("end it with `\"`");
        }
        other if other.starts_with("invalid basic string, expected non-double-quote visible") => {
            let message = "this text holds a character that cannot be seen";
            return Problem::at(shift(&place, base), message)
                .help("take it out, or write it as TOML does, such as `\\t` for a tabulator");
        }
        "string values must be quoted, expected literal string" => {
            let message = "this is no number and no date, and a text needs quotes";
            return Problem::at(shift(&place, base), message);
        }
        other => other.strip_suffix(", expected nothing").unwrap_or(other),
    };
    let message = match message.strip_prefix("invalid date, expected ") {
        Some(expected) => format!("there is no such date: it needs a {expected}"),
        None => format!("this is not TOML: {message}"),
    };
    Problem::at(shift(&place, base), message)
}

fn too_deep(place: Place) -> Problem {
    let message = format!("tables are nested more than {DEEPEST} deep");
    Problem::at(place, message)
}

/// Counts brackets and dots of keys outside strings and comments before any parser that
/// recurses sees the text.
fn not_too_deep(text: &str, base: usize) -> Result<(), Problem> {
    let bytes = text.as_bytes();
    // Dots since each open bracket; the first entry is the document.
    let mut dots = vec![0_usize];
    let mut deep = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => {
                let rest = &bytes[at..];
                let length = rest.iter().position(|&b| b == b'\n');
                // The line's end is seen next.
                at += length.unwrap_or(rest.len()) - 1;
            }
            b'"' | b'\'' => at = string_end(bytes, at),
            b'{' | b'[' => {
                dots.push(0);
                deep += 1;
            }
            b'}' | b']' if dots.len() > 1 => deep -= 1 + dots.pop().unwrap_or(0),
            b'.' => {
                *dots.last_mut().unwrap_or(&mut 0) += 1;
                deep += 1;
            }
            // A new key begins. A line's end separates keys only outside brackets.
            b'\n' if dots.len() > 1 => {}
            b',' | b'\n' => deep -= dots.last_mut().map_or(0, std::mem::take),
            _ => {}
        }
        if deep > DEEPEST {
            return Err(too_deep(base + at..base + at + 1));
        }
        at += 1;
    }
    Ok(())
}

/// The position of the last byte of the string that opens at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let three = [quote; 3];
    let (close, mut next) = if bytes[at..].starts_with(&three) {
        (&three[..], at + 3)
    } else {
        (&three[..1], at + 1)
    };
    while next < bytes.len() {
        match bytes[next] {
            b'\\' if quote == b'"' => next += 2,
            b'\n' if close.len() == 1 => return next,
            _ if bytes[next..].starts_with(close) => return next + close.len() - 1,
            _ => next += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_virtual_text() {
        let table = document("a = 1\n[b]\nc = [2]", 100).unwrap();
        assert_eq!(table["a"].span(), 104..105);
        assert_eq!(table["b"].get_ref()["c"].get_ref()[0].span(), 115..116);
    }

    #[test]
    fn depth_is_refused_before_a_parser_recurses() {
        let keys = "a.".repeat(20) + "a = 1";
        assert!(document(&keys, 0).is_ok());
        for text in [
            "a.".repeat(40) + "a = 1",
            format!("[{}a]", "a.".repeat(40)),
            "a = ".to_owned() + &"[".repeat(100_000),
            "a = ".to_owned() + &"{a=".repeat(100_000),
            "a = ".to_owned() + &"{a.a.a.a=".repeat(1_000),
            "[a]\n".repeat(3) + &"x = [".repeat(50_000),
        ] {
            let problem = document(&text, 0).unwrap_err();
            assert!(problem.message.contains("nested"), "{problem:?}");
        }
    }

    #[test]
    fn dots_and_brackets_of_strings_comments_and_numbers_do_not_count() {
        let dots = ".[{".repeat(50);
        let text = format!(
            "# {dots}\na = '{dots}' # {dots}\nb = \"\\\"{dots}\"\nc = '''\n{dots}'\n'''\n\
             d = [{}]\n[e]\nf = 1\n",
            "1.5, ".repeat(100)
        );
        assert!(document(&text, 0).is_ok(), "{:?}", document(&text, 0));
    }
}
