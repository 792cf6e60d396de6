//! What a schema says beyond types: ranges, and names that are a fixed list. Each is a
//! transform of a field's schema; on a table of numbers it says so of each number. That
//! the loader keeps to the same ranges is a test of [`super::super::schema`].

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::court::EXITS;
use crate::domain::{Control, Ending, Level, Segment};
use crate::scenario::resolved::OutcomeEffect;

/// Who may hold the keys of an offering.
const CUSTODY: [&str; 2] = ["provider", "customer"];
/// What a number rests on.
const SOURCE: &str =
    r"^\s*(assumed\s*:\s*\S|(?!assumed\s*:)[A-Za-z0-9-]+\s*(,\s*[A-Za-z0-9-]+\s*)*(:|$))";
/// Least share of a provider in a market.
pub const LEAST_SHARE: f64 = 0.001;

/// A table that another file may have given: it can be removed.
pub(super) fn row(schema: &mut Schema) {
    let remove = json!({
        "description": "`true` removes this table, which another file gave; nothing else may \
            then stand in it.",
        "const": true,
    });
    let properties = schema
        .ensure_object()
        .entry("properties")
        .or_insert_with(|| json!({}));
    if let Value::Object(properties) = properties {
        properties.insert("remove".to_owned(), remove);
    }
}

/// Tables by name that have no type of their own.
pub(super) fn rows(schema: &mut Schema) {
    each(schema, row);
}

/// A chance or a share.
pub(super) fn chance(schema: &mut Schema) {
    limit(schema, &[("minimum", 0.0), ("maximum", 1.0)], "From 0 to 1");
}

/// A chance, but neither never nor always.
pub(super) fn open_chance(schema: &mut Schema) {
    let ends = [("exclusiveMinimum", 0.0), ("exclusiveMaximum", 1.0)];
    limit(schema, &ends, "Above 0 and below 1");
}

/// A share that is not nothing.
pub(super) fn scale(schema: &mut Schema) {
    let ends = [("exclusiveMinimum", 0.0), ("maximum", 1.0)];
    limit(schema, &ends, "Above 0 and at most 1");
}

/// The scale of a nest.
pub(super) fn nest(schema: &mut Schema) {
    let ends = [("minimum", 0.05), ("maximum", 1.0)];
    limit(schema, &ends, "From 0.05 to 1");
}

/// Neighbours of a customer.
pub(super) fn degree(schema: &mut Schema) {
    limit(
        schema,
        &[("minimum", 0.0), ("maximum", 16.0)],
        "From 0 to 16",
    );
}

/// Zero or more.
pub(super) fn not_negative(schema: &mut Schema) {
    limit(schema, &[("minimum", 0.0)], "0 or more");
}

/// More than zero.
pub(super) fn positive(schema: &mut Schema) {
    limit(schema, &[("exclusiveMinimum", 0.0)], "Above 0");
}

/// One or more.
pub(super) fn at_least_one(schema: &mut Schema) {
    limit(schema, &[("minimum", 1.0)], "1 or more");
}

/// Zero or less.
pub(super) fn not_positive(schema: &mut Schema) {
    limit(schema, &[("maximum", 0.0)], "0 or less");
}

/// A correlation.
pub(super) fn rank(schema: &mut Schema) {
    let ends = [("exclusiveMinimum", -1.0), ("exclusiveMaximum", 1.0)];
    limit(schema, &ends, "Between -1 and 1");
}

/// Mean offspring of a self-exciting process.
pub(super) fn branching(schema: &mut Schema) {
    let ends = [("minimum", 0.0), ("maximum", 0.95)];
    limit(schema, &ends, "From 0 to 0.95");
}

/// A rate that cannot lose more than all.
pub(super) fn rate(schema: &mut Schema) {
    limit(schema, &[("exclusiveMinimum", -1.0)], "Above -1");
}

/// A number that cannot be uncertain.
pub(super) fn plain(schema: &mut Schema) {
    say(schema, "One number, not a distribution");
    let of = number(schema);
    of.remove("anyOf");
    of.insert("type".to_owned(), json!("number"));
}

/// Numbers by control structure.
pub(super) fn by_control(schema: &mut Schema) {
    named(schema, Control::ALL.map(Control::name));
}

/// Numbers by level of court.
pub(super) fn by_level(schema: &mut Schema) {
    named(schema, Level::ALL.map(Level::name));
}

/// Anything by segment of customers.
pub(super) fn by_segment(schema: &mut Schema) {
    named(schema, Segment::ALL.map(Segment::name));
}

/// Exits by how they end a case.
pub(super) fn by_exit(schema: &mut Schema) {
    named(schema, EXITS.map(Ending::name));
}

/// A provider's share in a market: brands are solved from shares, and of none there is no
/// logarithm.
pub(super) fn market_share(schema: &mut Schema) {
    let ends = [("minimum", LEAST_SHARE), ("maximum", 1.0)];
    limit(schema, &ends, "From 0.001 to 1");
}

/// The same for tables of shares by name.
pub(super) fn market_shares(schema: &mut Schema) {
    each(schema, |shares| {
        market_share(shares);
        plain(shares);
        row(shares);
    });
}

/// Tables of latencies by name.
pub(super) fn latencies(schema: &mut Schema) {
    each(schema, |row_of| {
        chance(row_of);
        row(row_of);
    });
}

/// Says it of each table in a table of tables.
fn each(schema: &mut Schema, say: impl Fn(&mut Schema)) {
    let each = schema.ensure_object().get_mut("additionalProperties");
    if let Some(each) = each.and_then(|each| <&mut Schema>::try_from(each).ok()) {
        say(each);
    }
}

/// Evidence with a remark, or an assumption with its reason.
pub(super) fn source_notes(schema: &mut Schema) {
    let note = json!({ "type": "string", "pattern": SOURCE });
    schema
        .ensure_object()
        .insert("additionalProperties".to_owned(), note);
}

/// How far a provider contests: not at all, as far as is worth it, or to a level of court.
pub(super) fn contests() -> Vec<&'static str> {
    let levels = Level::ALL.map(Level::name).into_iter();
    ["none", "by_value"].into_iter().chain(levels).collect()
}

/// How far a government appeals: not at all, or to a level of court.
pub(super) fn appeals() -> Vec<&'static str> {
    let levels = Level::ALL.map(Level::name).into_iter();
    std::iter::once("none").chain(levels).collect()
}

/// Who may hold keys.
pub(super) fn custody(schema: &mut Schema) {
    items(schema, &CUSTODY);
}

/// Segments of customers.
pub(super) fn segments(schema: &mut Schema) {
    items(schema, &Segment::ALL.map(Segment::name));
}

/// What an outcome changes for its case.
pub(super) fn effects(schema: &mut Schema) {
    items(schema, &OutcomeEffect::ALL.map(OutcomeEffect::name));
}

fn items(schema: &mut Schema, words: &[&str]) {
    let each = json!({ "type": "string", "enum": words });
    schema.ensure_object().insert("items".to_owned(), each);
}

fn limit(schema: &mut Schema, ends: &[(&str, f64)], words: &str) {
    say(schema, words);
    let of = number(schema);
    for &(end, value) in ends {
        of.insert(end.to_owned(), json!(value));
    }
}

/// The schema of the number itself: the field's, or that of each in a table of numbers.
fn number(schema: &mut Schema) -> &mut Map<String, Value> {
    let is_table = schema
        .get("additionalProperties")
        .is_some_and(Value::is_object);
    let object = schema.ensure_object();
    if !is_table {
        return object;
    }
    match object.get_mut("additionalProperties") {
        Some(Value::Object(each)) => each,
        _ => unreachable!("looked at above"),
    }
}

/// Only these names may stand in the table.
fn named<const N: usize>(schema: &mut Schema, names: [&str; N]) {
    let object = schema.ensure_object();
    let mut each = object.remove("additionalProperties").unwrap_or_default();
    if let (Value::Object(each), Some(words)) = (&mut each, object.get("description"))
        && !each.contains_key("$ref")
    {
        each.insert("description".to_owned(), words.clone());
    }
    let properties: Map<String, Value> = names
        .into_iter()
        .map(|name| (name.to_owned(), each.clone()))
        .collect();
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("additionalProperties".to_owned(), json!(false));
}

/// Adds a sentence to the description.
fn say(schema: &mut Schema, words: &str) {
    let object = schema.ensure_object();
    let before = object.get("description").and_then(Value::as_str);
    let text = format!("{} {words}.", before.unwrap_or_default());
    object.insert("description".to_owned(), json!(text.trim_start()));
}
