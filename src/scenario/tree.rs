//! What can be said of a merged tree before it is given a meaning: the path of every
//! value, the numbers, distributions and intervals it holds, names that are none.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Problem;
use super::interval;
use super::path::Path;
use super::source_text::Place;

/// Letters of a name.
const LONGEST_NAME: usize = 80;
/// The largest number, above or below 0: with larger ones sums would leave the range in
/// which they are exact (`measure::fixed`).
const LARGEST: f64 = 1e15;

/// What stands at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PathKind {
    /// A number that says something about the world.
    Number,
    /// A distribution or interval, drawn once a run.
    Input,
    /// A distribution or interval of the days in a node of a court, drawn at every visit.
    Sojourn,
    /// A number that says how to simulate or report.
    Setting,
    /// Anything else.
    Other,
}

/// The outline of a merged tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// Path of each value, by the place where it was written.
    paths: BTreeMap<(usize, usize), Path>,
    /// Path of the table in which each key stands, by the key's place.
    tables: BTreeMap<(usize, usize), Path>,
    /// What stands at each path outside options.
    kinds: BTreeMap<String, PathKind>,
    /// Paths of distributions that are drawn once a run, sorted.
    pub inputs: Vec<String>,
    /// Paths of all numbers and distributions that say something about the world, sorted.
    pub numbers: Vec<Path>,
    /// Names that are none, NaN, infinity, numbers too large.
    pub problems: Vec<Problem>,
}

impl Outline {
    /// Walks through `tree`. What options set is no part of the world until one is laid
    /// over; then the same text stands at two paths, of which the one in the world counts.
    pub(super) fn of(tree: &DeTable<'_>) -> Self {
        let mut outline = Self::default();
        outline.walk_table(tree, &Path::default());
        let mut waiting = Self::default();
        if let Some(options) = tree.get("option") {
            waiting.walk(options, &Path(vec!["option".to_owned()]));
        }
        for (place, path) in waiting.paths {
            outline.paths.entry(place).or_insert(path);
        }
        for (place, path) in waiting.tables {
            outline.tables.entry(place).or_insert(path);
        }
        outline.problems.append(&mut waiting.problems);
        outline.inputs.sort_unstable();
        outline.numbers.sort_unstable();
        outline
    }

    /// What stands at `path`, if anything does.
    pub(super) fn kind_of(&self, path: &str) -> Option<PathKind> {
        self.kinds.get(path).copied()
    }

    /// Paths of what can be set to one number: numbers and what is drawn, sorted.
    pub(super) fn single_numbers(&self) -> impl Iterator<Item = &str> {
        let kinds = self.kinds.iter().filter(|(_, kind)| {
            matches!(kind, PathKind::Number | PathKind::Input | PathKind::Sojourn)
        });
        kinds.map(|(path, _)| path.as_str())
    }

    /// The path of the value written at `place`.
    pub(super) fn path_of(&self, place: &Place) -> Option<&Path> {
        self.paths.get(&(place.start, place.end))
    }

    /// The path of the table whose key is written at `place`.
    pub(super) fn table_of_key(&self, place: &Place) -> Option<&Path> {
        self.tables.get(&(place.start, place.end))
    }

    fn walk_table(&mut self, table: &DeTable<'_>, path: &Path) {
        let at: Vec<&str> = path.0.iter().map(String::as_str).collect();
        let keys_are_paths = matches!(at[..], ["sources"] | ["option", _, "set", "sources"]);
        for (key, value) in table {
            let place = key.span();
            self.tables.insert((place.start, place.end), path.clone());
            if !keys_are_paths {
                self.problems.extend(bad_name(key.get_ref(), key.span()));
            }
            let waits = path.0.is_empty() && key.get_ref() == "option";
            if !waits {
                self.walk(value, &path.join(key.get_ref()));
            }
        }
    }

    fn walk(&mut self, value: &Spanned<DeValue<'_>>, path: &Path) {
        let place = value.span();
        self.paths.insert((place.start, place.end), path.clone());
        let kind = match value.get_ref() {
            DeValue::Table(table) if table.contains_key("dist") => {
                for (key, part) in table {
                    let place = key.span();
                    self.tables.insert((place.start, place.end), path.clone());
                    self.refuse_beyond_numbers(part);
                }
                drawn(path)
            }
            DeValue::Table(table) => {
                self.walk_table(table, path);
                PathKind::Other
            }
            DeValue::String(text) if !interval::is_prose(path) => match interval::parse(text) {
                Some((low, high)) => {
                    self.refuse_too_large(f64::max(low.abs(), high.abs()), place);
                    drawn(path)
                }
                None => PathKind::Other,
            },
            // A setting has a range of its own.
            DeValue::Integer(_) if is_setting(path) => PathKind::Setting,
            DeValue::Integer(_) | DeValue::Float(_) => {
                self.refuse_beyond_numbers(value);
                if is_setting(path) {
                    PathKind::Setting
                } else {
                    PathKind::Number
                }
            }
            DeValue::Array(items) => {
                let is_number = |item: &Spanned<DeValue<'_>>| {
                    item.get_ref().is_integer() || item.get_ref().is_float()
                };
                if items.iter().any(is_number) && !is_setting(path) {
                    self.numbers.push(path.clone());
                }
                self.refuse_beyond_numbers(value);
                PathKind::Other
            }
            _ => PathKind::Other,
        };
        self.note(path, kind);
    }

    fn note(&mut self, path: &Path, kind: PathKind) {
        let text = path.to_string();
        if kind == PathKind::Input {
            self.inputs.push(text.clone());
        }
        // A setting may be drawn by mistake; it is refused where it is read.
        if !matches!(kind, PathKind::Setting | PathKind::Other) && !is_setting(path) {
            self.numbers.push(path.clone());
        }
        self.kinds.insert(text, kind);
    }

    fn refuse_beyond_numbers(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(parsed) if parsed.is_finite() => self.refuse_too_large(parsed, value.span()),
                _ => {
                    let message = format!("`{number}` is not a finite number");
                    self.problems.push(Problem::at(value.span(), message));
                }
            },
            #[allow(clippy::cast_precision_loss)] // only its size matters
            DeValue::Integer(number) => {
                // One that does not fit is refused where it is read.
                if let Ok(whole) = i64::from_str_radix(number.as_str(), number.radix()) {
                    self.refuse_too_large(whole as f64, value.span());
                }
            }
            DeValue::Array(items) => items
                .iter()
                .for_each(|item| self.refuse_beyond_numbers(item)),
            DeValue::Table(table) => table
                .values()
                .for_each(|part| self.refuse_beyond_numbers(part)),
            _ => {}
        }
    }

    fn refuse_too_large(&mut self, number: f64, place: Place) {
        if number.abs() > LARGEST {
            let message = format!("{number:e} is out of range: a number is at most 1e15");
            let problem = Problem::at(place, message);
            let help = "see that it is in the unit of the field's name, such as millions of USD";
            self.problems.push(problem.help(help));
        }
    }
}

/// The time in a node of a case, and how severe a leak is, are chance, drawn each time,
/// and no input.
fn drawn(path: &Path) -> PathKind {
    let keys: Vec<&str> = path.0.iter().map(String::as_str).collect();
    match keys[..] {
        ["court", _, "node", _, "days"] | ["revelations", _, "severity"] => PathKind::Sojourn,
        _ => PathKind::Input,
    }
}

/// Numbers that say how to simulate or report and nothing about the world, so that they
/// need no source: `comity`, `horizon_months`, `runs`, `customers`, `price_year`,
/// `choice.classes`, the customers simulated in each market and segment, metrics, the range
/// of levers and what is good enough. Observations carry their own source.
fn is_setting(path: &Path) -> bool {
    let keys: Vec<&str> = path.0.iter().map(String::as_str).collect();
    matches!(
        keys[..],
        ["comity" | "horizon_months" | "runs" | "customers" | "price_year"]
            | ["choice", "classes"]
            | ["market", _, "customers_weight"]
            | ["segment", _, "customers_share"]
            | ["panel", _, "respondents"]
            | [
                "backtest" | "decision" | "inputs" | "lever" | "metric" | "observation",
                ..
            ]
    )
}

/// Keys become names of columns and files, so only plain letters are names.
pub(super) fn bad_name(name: &str, place: Place) -> Option<Problem> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if name.len() > LONGEST_NAME {
        let message = format!("this name is longer than {LONGEST_NAME} letters");
        return Some(Problem::at(place, message));
    }
    (!starts_well || !name.chars().all(allowed)).then(|| {
        let message = format!("{name:?} cannot be a name");
        Problem::at(place, message)
            .help("a name begins with a letter or digit and has only A-Z a-z 0-9 . _ -")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parse;

    fn outline(text: &str) -> Outline {
        Outline::of(&parse::document(text, 0).unwrap())
    }

    #[test]
    fn every_way_to_write_a_value_gives_its_path_and_place() {
        let ways = [
            "[a.b]\nx = { dist = 'beta', mean = 0.5, strength = 8 }\ny = 1",
            "a.b.y = 1\na.b.x.dist = 'beta'\na.b.x.mean = 0.5\na.b.x.strength = 8",
            "[a.b.x]\ndist = 'beta'\nmean = 0.5\nstrength = 8\n[a.b]\ny = 1",
            "[a]\nb = { y = 1, x = { dist = 'beta', mean = 0.5, strength = 8 } }",
        ];
        for text in ways {
            let tree = parse::document(text, 0).unwrap();
            let outline = Outline::of(&tree);
            assert_eq!(outline.inputs, ["a.b.x"], "{text}");
            let numbers: Vec<String> = outline.numbers.iter().map(Path::to_string).collect();
            assert_eq!(numbers, ["a.b.x", "a.b.y"], "{text}");
            let b = tree["a"].get_ref()["b"].get_ref().as_table().unwrap();
            for name in ["x", "y"] {
                let path = outline.path_of(&b[name].span()).unwrap();
                assert_eq!(path.to_string(), format!("a.b.{name}"), "{text}");
            }
        }
    }

    #[test]
    fn a_sojourn_is_a_number_but_no_input_and_settings_are_neither() {
        let outline = outline(
            "runs = 5\n[court.c.node.n]\ndays = { dist = 'uniform', low = 1, high = 2 }\n\
             [metric.m]\nover_months = 12\n[choice]\nclasses = 8",
        );
        assert_eq!(outline.inputs, [""; 0]);
        assert_eq!(outline.numbers.len(), 1);
    }

    #[test]
    fn hostile_names_and_numbers_that_are_none_are_found() {
        let long = "x".repeat(81);
        let text = format!(
            "\"../etc\" = 1\n\"a\\u001B\" = nan\n{long} = [inf]\n\"\" = 1\n'-a' = {{ dist = 'x', mean = -inf }}\n\
             [sources]\n\"a.b\" = 'S1'"
        );
        assert_eq!(outline(&text).problems.len(), 8);
    }
}
