//! The frozen text of a scenario: everything inherited and set written out in one file,
//! in one order, so that equal scenarios have equal texts and digests.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use toml::de::{DeTable, DeValue};

use super::path::is_bare;

/// Tables from this depth on that hold no table are written in braces.
const INLINE_FROM: usize = 3;

/// The table that says how a result is shown, and changes no number.
const SHOWN: &str = "report";

/// The text of a scenario, and that of what its numbers depend on.
pub(super) struct Frozen {
    /// All of it.
    pub whole: String,
    /// All but `[report]`, so that the same numbers have one digest however they are shown.
    pub numbers: String,
}

/// Both texts of a tree.
pub(super) fn texts(tree: &DeTable<'_>) -> Frozen {
    let whole = frozen(tree);
    let numbers = if tree.contains_key(SHOWN) {
        let mut rest = tree.clone();
        rest.remove(SHOWN);
        frozen(&rest)
    } else {
        whole.clone()
    };
    Frozen { whole, numbers }
}

/// The text of a tree. Keys are sorted; values of a table come before its tables.
pub(super) fn frozen(table: &DeTable<'_>) -> String {
    let mut out = String::new();
    write_table(&mut out, &mut Vec::new(), table);
    out
}

/// SHA-256 in hexadecimal.
pub(super) fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn write_table(out: &mut String, path: &mut Vec<String>, table: &DeTable<'_>) {
    let (tables, values): (Vec<_>, Vec<_>) = table
        .iter()
        .partition(|(_, value)| has_header(value.get_ref(), path.len() + 1));
    if !path.is_empty() && (!values.is_empty() || tables.is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "[{}]", path.join("."));
    }
    for (key, value) in values {
        let _ = writeln!(
            out,
            "{} = {}",
            written_key(key.get_ref()),
            written(value.get_ref())
        );
    }
    for (key, value) in tables {
        if let DeValue::Table(table) = value.get_ref() {
            path.push(written_key(key.get_ref()));
            write_table(out, path, table);
            path.pop();
        }
    }
}

fn has_header(value: &DeValue<'_>, depth: usize) -> bool {
    let DeValue::Table(table) = value else {
        return false;
    };
    let is_leaf = !table.values().any(|value| value.get_ref().is_table());
    let is_distribution = table.contains_key("dist");
    !is_distribution && (depth < INLINE_FROM || !is_leaf)
}

fn written_key(key: &str) -> String {
    if is_bare(key) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// A value as TOML; numbers keep their value exactly.
fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => i128::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| number.to_string(), |number| number.to_string()),
        DeValue::Float(number) => {
            let number: Result<f64, _> = number.as_str().parse();
            number.map_or_else(|_| "nan".to_owned(), |number| format!("{number:?}"))
        }
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| written(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            // `dist` first, as people write it.
            let mut items: Vec<_> = table.iter().collect();
            items.sort_by_key(|(key, _)| key.get_ref().as_ref() != "dist");
            let items: Vec<String> = items
                .into_iter()
                .map(|(key, value)| {
                    format!(
                        "{} = {}",
                        written_key(key.get_ref()),
                        written(value.get_ref())
                    )
                })
                .collect();
            if items.is_empty() {
                "{}".to_owned()
            } else {
                format!("{{ {} }}", items.join(", "))
            }
        }
    }
}

/// A basic string; a text of several lines keeps its lines.
fn quoted(text: &str) -> String {
    let lines = text.contains('\n');
    let quotes = if lines { "\"\"\"" } else { "\"" };
    let mut out = quotes.to_owned();
    if lines {
        out.push('\n');
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push('\n'),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push_str(quotes);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parse;
    use proptest::prelude::*;

    fn refrozen(text: &str) -> String {
        frozen(&parse::document(text, 0).unwrap())
    }

    #[test]
    fn keys_are_sorted_and_numbers_keep_their_value() {
        let text = "b = 0x10\na = 1_000.50\n[t.u.v]\nx = 1e-7\n[t]\nz = 0.1\n[t.w]\ny = 1\n[t.e]\n";
        let once = refrozen(text);
        assert_eq!(
            once,
            "a = 1000.5\nb = 16\n\n[t]\nz = 0.1\n\n[t.e]\n\n[t.u]\nv = { x = 1e-7 }\n\n[t.w]\ny = 1\n"
        );
        assert_eq!(refrozen(&once), once);
    }

    #[test]
    fn how_a_result_is_shown_is_frozen_and_changes_no_digest() {
        let (plain, shown) = ("a = 1\n", "a = 1\n[report]\nmark = 'DRAFT'\n");
        let texts = [plain, shown].map(|text| super::texts(&parse::document(text, 0).unwrap()));
        assert_eq!(texts[0].numbers, texts[1].numbers);
        assert!(texts[1].whole.contains("mark = \"DRAFT\""));
        assert_eq!(texts[0].whole, texts[0].numbers);
    }

    #[test]
    fn the_digest_is_that_of_other_programs() {
        // printf abc | sha256sum
        assert!(digest("abc").starts_with("ba7816bf8f01cfea414140de5dae2223"));
    }

    proptest! {
        #[test]
        fn any_text_and_number_come_back(text in ".*", number in any::<f64>()) {
            prop_assume!(number.is_finite());
            let toml = format!("a = {}\nb = {number:?}\n{} = 1", quoted(&text), quoted(&text));
            prop_assume!(text != "a" && text != "b");
            let table = parse::document(&toml, 0).unwrap();
            prop_assert_eq!(table["a"].get_ref().as_str(), Some(text.as_str()));
            let once = frozen(&table);
            prop_assert_eq!(refrozen(&once), once);
        }
    }
}
