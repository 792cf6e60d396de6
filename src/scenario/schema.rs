//! The JSON Schema of scenario files, by which editors complete, explain and check them.
//!
//! It is made from the types of the module `raw`, whose comments are its descriptions. It
//! describes a *file*, which may inherit what it lacks: so nothing is required but what every
//! file has, and each named table may instead say `remove = true`. What a schema cannot say
//! (names that must exist, shares that sum to one) is left to `comity check`.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use super::raw::Document;

/// The JSON Schema (draft 7, which editors of TOML know) of scenario files.
#[must_use]
pub fn schema() -> Value {
    let settings = SchemaSettings::draft07()
        .with_transform(RecursiveTransform(without_null))
        .with_transform(RecursiveTransform(without_required))
        .with_transform(RecursiveTransform(in_one_line));
    let mut schema = settings.into_generator().into_root_schema_for::<Document>();
    let root = schema.ensure_object();
    let definitions = root.get("definitions").cloned().unwrap_or_default();
    if let Some(Value::Object(properties)) = root.get_mut("properties") {
        for table in properties.values_mut() {
            described_as_its_rows(table, &definitions);
        }
        properties.insert("extends".to_owned(), extends());
    }
    describe(root);
    schema.to_value()
}

/// What the schema says of the file as a whole.
fn describe(root: &mut Map<String, Value>) {
    root.insert("title".to_owned(), json!("Comity scenario"));
    root.insert(
        "description".to_owned(),
        json!("A scenario of Comity, or a part of one that others extend."),
    );
    root.insert("additionalProperties".to_owned(), json!(false));
    root.insert(
        "anyOf".to_owned(),
        json!([{ "required": ["extends"] }, { "required": ["comity", "title"] }]),
    );
}

/// `extends`, which is followed before anything is read.
fn extends() -> Value {
    json!({
        "description": "What this file builds on: the name of a shipped scenario or library, or \
            a file beside this one, or a list of them, the weakest first. Tables merge key by \
            key; lists and distributions are replaced whole.",
        "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" } },
        ],
    })
}

/// TOML has no null: what may be left out is not there.
fn without_null(schema: &mut Schema) {
    let is_null = |value: &Value| *value == json!({ "type": "null" });
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(options)) = schema.get_mut("anyOf") else {
        return;
    };
    options.retain(|option| !is_null(option));
    let one_left = options.len() == 1;
    if !one_left {
        // The options say it all.
        schema.remove("type");
        return;
    }
    if let [Value::Object(only)] = &options[..] {
        let only = only.clone();
        schema.remove("anyOf");
        let object = schema.ensure_object();
        for (key, value) in only {
            object.entry(key).or_insert(value);
        }
    }
}

/// What a table lacks may be inherited; a distribution is replaced whole.
fn without_required(schema: &mut Schema) {
    let is_distribution = schema.pointer("/properties/dist").is_some();
    if is_distribution {
        schema.insert("required".to_owned(), json!(["dist"]));
    } else {
        schema.remove("required");
    }
    // Formats of machine numbers say nothing to a reader, nor defaults of absent things.
    if schema.get("format").is_some_and(|format| format != "date") {
        schema.remove("format");
    }
    schema.remove("default");
}

/// Comments are wrapped for programmers, descriptions are not.
fn in_one_line(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}

/// A table of tables without words of its own has those of its rows.
fn described_as_its_rows(table: &mut Value, definitions: &Value) {
    let row = table.pointer("/additionalProperties/$ref");
    let name = row
        .and_then(Value::as_str)
        .and_then(|to| to.rsplit('/').next());
    let words = name.and_then(|name| definitions.get(name)?.get("description").cloned());
    if let (Value::Object(table), Some(words)) = (table, words) {
        table.entry("description").or_insert(words);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::scenario::fields::{meant, property};
    use crate::scenario::load_text;
    use crate::scenario::raw::{HEAD, SINGLE, TABLES};

    const FIXTURE: &str = include_str!("fixture.toml");

    /// The schema of what stands at a path, through references and names.
    fn at<'s>(schema: &'s Value, path: &str) -> &'s Value {
        path.split('.').fold(schema, |of, key| {
            let below = property(of, key).unwrap_or(&of["additionalProperties"]);
            assert!(below.is_object(), "the schema has no `{key}` of {path}");
            meant(schema, below)
        })
    }

    fn names(of: &Value) -> BTreeSet<&str> {
        of.as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[test]
    fn the_shipped_file_is_what_the_program_prints() {
        let shipped = include_str!("../../scenarios/scenario.schema.json");
        assert!(
            shipped == format!("{:#}\n", schema()),
            "make it anew: comity check --schema > scenarios/scenario.schema.json"
        );
    }

    #[test]
    fn the_schema_has_the_tables_and_fields_that_are_read() {
        let schema = schema();
        let read: BTreeSet<&str> = HEAD.iter().chain(TABLES).copied().collect();
        let mut known = names(&schema["properties"]);
        assert!(known.remove("extends"));
        assert_eq!(known, read);
        for name in TABLES {
            let of = at(&schema, name);
            let by_name = of["additionalProperties"].is_object();
            let alone = [
                "market_benchmark",
                "decision",
                "inputs",
                "observation",
                "backtest",
                "report",
            ];
            let alone = alone.contains(name);
            let once = SINGLE.contains(name) || alone;
            assert_eq!(by_name, !once, "{name}");
            if by_name && *name != "sources" {
                let row = at(&schema, &format!("{name}.NAME"));
                assert_eq!(row["properties"]["remove"]["const"], true, "{name}");
            }
        }
    }

    #[test]
    fn everything_is_described() {
        fn look(of: &Value, path: &str, faults: &mut Vec<String>) {
            for (name, below) in of["properties"].as_object().into_iter().flatten() {
                let silent = below["description"].as_str().is_none_or(str::is_empty);
                // What is referred to has a description of its own.
                if silent && below["$ref"].is_null() {
                    faults.push(format!("{path}.{name}"));
                }
                look(below, &format!("{path}.{name}"), faults);
            }
        }
        let schema = schema();
        let mut faults = Vec::new();
        look(&schema, "", &mut faults);
        for (name, of) in schema["definitions"].as_object().unwrap() {
            assert!(of["description"].is_string(), "{name}");
            look(of, name, &mut faults);
        }
        assert_eq!(faults, [""; 0]);
    }

    /// Values at and beyond the ends of a range, and whether they lie within.
    fn trials(of: &Value) -> Vec<(f64, bool)> {
        let end = |name: &str| of[name].as_f64();
        let whole = of["type"] == "integer";
        let mut trials = Vec::new();
        for (inclusive, exclusive, outward) in [
            ("minimum", "exclusiveMinimum", -1.0),
            ("maximum", "exclusiveMaximum", 1.0),
        ] {
            let step = if whole { 1.0 } else { 1e-6 };
            match (end(inclusive), end(exclusive)) {
                (Some(end), _) => trials.extend([(end, true), (end + outward * step, false)]),
                (None, Some(end)) => trials.extend([(end - outward * step, true), (end, false)]),
                (None, None) => trials.push((outward * 1e4, true)),
            }
        }
        trials
    }

    /// Whether the loader takes a number at a path as within its range. Other complaints,
    /// such as shares that no longer sum to one, are not about the range.
    fn within(text: &str, path: &str, value: f64) -> bool {
        let loaded = load_text("x", text, &[format!("{path}={value}")]);
        let problems = loaded.as_ref().err().map_or(&[][..], |e| e.problems());
        let about_range = |message: &str| {
            message.contains("out of range") || message.contains("the least is 0.001")
        };
        !problems.iter().any(|problem| about_range(&problem.message))
    }

    #[test]
    fn the_ranges_of_the_schema_are_those_of_the_loader() {
        let schema = schema();
        let benchmark = include_str!("../../scenarios/bench-market.toml");
        let mut tried = 0;
        for text in [FIXTURE, benchmark] {
            let scenario = load_text("x", text, &[]).unwrap();
            let settings = ["horizon_months", "runs", "customers", "price_year"];
            let more = [
                "choice.classes",
                "market.US.customers_weight",
                "segment.consumer.customers_share",
                "metric.trust_eu.headline",
            ];
            let numbers = scenario.number_paths.iter().map(String::as_str);
            let more = more.into_iter().filter(|_| text == FIXTURE);
            for path in numbers.chain(settings).chain(more) {
                let of = at(&schema, path);
                if of["type"] == "array" {
                    continue;
                }
                for (value, inside) in trials(of) {
                    assert_eq!(within(text, path, value), inside, "{path}={value}");
                    tried += 1;
                }
            }
        }
        assert!(tried > 500, "{tried}");
    }

    #[test]
    fn every_family_of_the_schema_is_known() {
        let schema = schema();
        let families = at(&schema, "choice.home_weight")["anyOf"][1]["$ref"].as_str();
        let of = schema.pointer(&families.unwrap()[1..]).unwrap();
        for family in of["properties"]["dist"]["enum"].as_array().unwrap() {
            let setting = format!("choice.home_weight={{ dist = {family} }}");
            let error = load_text("x", FIXTURE, &[setting]).unwrap_err();
            let message = &error.problems()[0].message;
            assert!(message.contains("lacks"), "{family}: {message}");
        }
    }
}
