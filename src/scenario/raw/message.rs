//! What the deserialiser says, in words for people who write scenarios.

use crate::scenario::error::Problem;
use crate::scenario::nearest::{advice, nearest};
use crate::scenario::path::Path;
use crate::scenario::source_text::Place;
use crate::scenario::tree::Outline;

/// The problem behind the deserialiser's `message` at `place`, in the row at `path`.
pub(super) fn problem(message: &str, place: Place, path: &Path, outline: &Outline) -> Problem {
    if let Some((name, names)) = unknown_field(message) {
        if name.contains("toml_private_datetime") {
            return Problem::at(place, "expected a number, found a date");
        }
        let table = shown(outline.table_of_key(&place).unwrap_or(path));
        let problem = Problem::at(place, format!("unknown field `{name}` in {table}"));
        return match other_unit(name, &names) {
            Some(right) => problem.help(format!("this one is `{right}`: mind the unit")),
            None => problem.maybe_help(advice(name, &names)),
        };
    }
    if let Some(name) = missing_field(message) {
        let table = outline.path_of(&place).unwrap_or(path);
        let message = format!("{} lacks `{name}`", shown(table));
        return if table.0.is_empty() {
            // The head of a scenario stands in no table.
            Problem {
                message,
                place: None,
                help: None,
            }
            .help(format!("add `{name} = {}`", example(name)))
        } else {
            Problem::at(place, message)
                .help(format!("add `{name} = …`, or inherit it with `extends`"))
        };
    }
    Problem::at(place, in_plain_words(message))
}

/// The name of the field that the message says is missing.
pub(super) fn missing_field(message: &str) -> Option<&str> {
    quoted(message, "missing field `")
}

/// Whether a field is missing only because it was left out, by its name or a misspelt one.
pub(super) fn lost_with(name: &str, left_out: &[String]) -> bool {
    left_out.iter().any(|lost| {
        lost == name || nearest(lost, [name]).is_some() || other_unit(lost, &[name]).is_some()
    })
}

/// What a field of the head may be.
fn example(name: &str) -> &'static str {
    match name {
        "comity" => "1",
        "title" => "\"…\"",
        "start" => "2014-07-31",
        "horizon_months" => "120",
        _ => "…",
    }
}

fn shown(path: &Path) -> String {
    if path.0.is_empty() {
        "the scenario".to_owned()
    } else {
        format!("[{path}]")
    }
}

/// The name and the allowed names of an unknown field.
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let name = quoted(message, "unknown field `")?;
    // The allowed names follow in backticks; the unknown one may hold anything, but no
    // backtick: names are checked before.
    let allowed = message.splitn(3, '`').nth(2)?;
    Some((name, allowed.split('`').skip(1).step_by(2).collect()))
}

fn quoted<'m>(message: &'m str, before: &str) -> Option<&'m str> {
    message.strip_prefix(before)?.split('`').next()
}

/// The allowed name that differs from `name` only in its unit.
fn other_unit<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let stem = without_unit(name);
    names
        .iter()
        .find(|right| without_unit(right) == stem && **right != name)
        .copied()
}

/// A name without the units that end it: `hazard_per_month` → `hazard`.
fn without_unit(name: &str) -> &str {
    const UNITS: &[&str] = &[
        "_per_year",
        "_per_month",
        "_per_day",
        "_per_week",
        "_years",
        "_months",
        "_weeks",
        "_days",
        "_hours",
        "_musd",
        "_usd",
        "_eur",
        "_meur",
        "_gbp",
        "_percent",
        "_pct",
        "_share",
        "_ratio",
    ];
    let mut stem = name;
    while let Some(shorter) = UNITS.iter().find_map(|unit| stem.strip_suffix(unit)) {
        stem = shorter;
    }
    stem
}

/// Types by the names that users know.
fn in_plain_words(message: &str) -> String {
    if message.ends_with("number overflowed") {
        return "this number is too large".to_owned();
    }
    let (found, expected) = match message.split_once(", expected ") {
        Some((found, expected)) => (found, expected),
        None => return message.to_owned(),
    };
    let expected = match expected {
        "i64" => "a whole number",
        "f64" => "a number",
        "a boolean" => "true or false",
        "a sequence" => "a list in [ ]",
        "a map" => "a table",
        "a string" | "a borrowed string" => "a text in quotes",
        other if other.starts_with("struct ") => "a table",
        other => other,
    };
    let found = found
        .strip_prefix("invalid type: ")
        .or(found.strip_prefix("invalid value: "))
        .unwrap_or(found);
    let found = found
        .replace("floating point", "the number")
        .replace("integer", "the number")
        .replace("string", "the text")
        .replace("boolean", "the value")
        .replace("sequence", "a list")
        .replace("map", "a table");
    format!("expected {expected}, found {found}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_the_unit_are_recognised() {
        assert_eq!(
            other_unit("hazard_per_month", &["days", "hazard_per_year"]),
            Some("hazard_per_year")
        );
        assert_eq!(
            other_unit("half_life_days", &["half_life_months"]),
            Some("half_life_months")
        );
        assert_eq!(
            other_unit("spend", &["spend_musd_per_year"]),
            Some("spend_musd_per_year")
        );
        assert_eq!(other_unit("horizon", &["runs"]), None);
    }

    #[test]
    fn types_have_plain_names() {
        assert_eq!(
            in_plain_words("invalid type: string \"many\", expected i64"),
            "expected a whole number, found the text \"many\""
        );
        assert_eq!(
            in_plain_words("invalid type: map, expected a sequence"),
            "expected a list in [ ], found a table"
        );
    }
}
