//! What lapses by a text laid over another. Correlations: what was drawn and is fixed, or
//! removed, cannot move with another input any more, so that `--set
//! choice.exposure_weight=1` is all that it takes to fix an input. Sources: what is removed
//! has no source any more.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::interval;
use super::path::parse_path;

/// Names of the correlations whose inputs are all drawn in `base` and of which `over` does
/// not speak.
pub(super) fn in_force(base: &DeTable<'_>, over: &DeTable<'_>) -> Vec<String> {
    let rows = over.get("correlation");
    let rows = rows.and_then(|value| value.get_ref().as_table());
    let spoken_of = |name: &str| rows.is_some_and(|rows| rows.contains_key(name));
    correlations(base)
        .filter(|(name, row)| !spoken_of(name) && all_drawn(base, row))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Removes those `in_force` before of which an input is drawn no longer.
pub(super) fn remove_lapsed(tree: &mut DeTable<'_>, in_force: &[String]) {
    let lapsed: Vec<String> = correlations(tree)
        .filter(|(name, row)| in_force.iter().any(|held| held == name) && !all_drawn(tree, row))
        .map(|(name, _)| name.to_owned())
        .collect();
    let rows = tree.get_mut("correlation").map(Spanned::get_mut);
    if let Some(DeValue::Table(rows)) = rows {
        for name in lapsed {
            rows.remove(name.as_str());
        }
    }
}

/// Paths of `[sources]` at which something stands in `base` and of which `over` does not
/// speak.
pub(super) fn sources_of_something(base: &DeTable<'_>, over: &DeTable<'_>) -> Vec<String> {
    let spoken_of = |path: &str| rows_of(over, "sources").any(|(other, _)| other == path);
    rows_of(base, "sources")
        .map(|(path, _)| path)
        .filter(|path| !spoken_of(path) && stands_at(base, path).is_some())
        .map(str::to_owned)
        .collect()
}

/// Removes those of `before` at whose path nothing stands any longer.
pub(super) fn remove_sources_of_nothing(tree: &mut DeTable<'_>, before: &[String]) {
    let lapsed = before.iter().filter(|path| stands_at(tree, path).is_none());
    let lapsed: Vec<&String> = lapsed.collect();
    if let Some(DeValue::Table(rows)) = tree.get_mut("sources").map(Spanned::get_mut) {
        for path in lapsed {
            rows.remove(path.as_str());
        }
    }
}

fn correlations<'a, 't>(tree: &'a DeTable<'t>) -> impl Iterator<Item = (&'a str, &'a DeTable<'t>)> {
    rows_of(tree, "correlation").filter_map(|(name, row)| Some((name, row.as_table()?)))
}

/// What a table of the file's first level holds, by name.
fn rows_of<'a, 't>(
    tree: &'a DeTable<'t>,
    table: &str,
) -> impl Iterator<Item = (&'a str, &'a DeValue<'t>)> {
    let rows = tree.get(table);
    let rows = rows.and_then(|value| value.get_ref().as_table());
    rows.into_iter()
        .flatten()
        .map(|(name, row)| (name.get_ref().as_ref(), row.get_ref()))
}

/// Are all inputs of this correlation drawn?
fn all_drawn(tree: &DeTable<'_>, correlation: &DeTable<'_>) -> bool {
    let inputs = correlation.get("inputs").map(Spanned::get_ref);
    let Some(DeValue::Array(inputs)) = inputs else {
        return false;
    };
    inputs.iter().all(|input| {
        let path = input.get_ref().as_str();
        path.is_some_and(|path| is_drawn(tree, path))
    })
}

/// What stands at a path.
pub(super) fn stands_at<'a, 't>(tree: &'a DeTable<'t>, path: &str) -> Option<&'a DeValue<'t>> {
    let path = parse_path(path).ok()?;
    let (last, tables) = path.0.split_last()?;
    let mut tables = tables.iter();
    let table = tables.try_fold(tree, |table, key| {
        table.get(key.as_str())?.get_ref().as_table()
    })?;
    Some(table.get(last.as_str())?.get_ref())
}

fn is_drawn(tree: &DeTable<'_>, path: &str) -> bool {
    match stands_at(tree, path) {
        Some(DeValue::Table(table)) => table.contains_key("dist"),
        Some(DeValue::String(text)) => interval::parse(text).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{freeze, inherit, parse};

    const BASE: &str = "[a]\nx = '1 to 2'\ny = { dist = 'normal', mean = 0, sd = 1 }\nz = 1\n\
                        [correlation.xy]\ninputs = ['a.x', 'a.y']\nrank = 0.5\n\
                        [correlation.xz]\ninputs = ['a.x', 'a.z']\nrank = 0.5\n";

    fn laid(over: &'static str) -> String {
        let mut base = parse::document(BASE, 0).unwrap();
        let over = parse::document(over, BASE.len() + 1).unwrap();
        let mut problems = Vec::new();
        inherit::lay_over(&mut base, over, &mut problems);
        assert_eq!(problems, []);
        freeze::frozen(&base)
    }

    #[test]
    fn a_source_lapses_with_what_it_is_of_and_not_where_it_never_was_of_anything() {
        const CITED: &str = "[a]\nx = 1\n[a.b]\ny = 1\n[sources]\n\"a.x\" = 'T01'\n\
                             \"a.b\" = 'T02'\n\"a.b.y\" = 'T03'\n\"a.c\" = 'T04'\n";
        let laid = |over: &'static str| {
            let mut base = parse::document(CITED, 0).unwrap();
            let over = parse::document(over, CITED.len() + 1).unwrap();
            inherit::lay_over(&mut base, over, &mut Vec::new());
            let frozen = freeze::frozen(&base);
            ["T01", "T02", "T03", "T04"].map(|id| frozen.contains(id))
        };
        assert_eq!(laid("a.x = 2"), [true; 4]);
        assert_eq!(laid("a.b = { remove = true }"), [true, false, false, true]);
        assert_eq!(laid("[a]\nremove = true"), [false, false, false, true]);
        // Who speaks of it means it.
        let kept = "a.b = { remove = true }\n[sources]\n\"a.b.y\" = 'T03'";
        assert_eq!(laid(kept), [true, false, true, true]);
    }

    #[test]
    fn a_correlation_lapses_where_its_input_is_fixed_or_removed_from_above() {
        let has = |text: &str, name: &str| text.contains(&format!("[correlation.{name}]"));
        for over in ["a.x = 1.5", "a.y = 3", "[a]\nremove = true"] {
            assert!(!has(&laid(over), "xy"), "{over}");
        }
        for over in ["a.x = '1 to 5'", "a.z = 2", "b = 1"] {
            assert!(has(&laid(over), "xy"), "{over}");
        }
        // What was wrong before stays, to be complained of; so does what is spoken of.
        assert!(has(&laid("a.x = 1.5"), "xz"));
        assert!(has(&laid("a.x = 1.5\ncorrelation.xy.rank = 0.2"), "xy"));
    }
}
