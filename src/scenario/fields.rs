//! The fields that a scenario may have, as a reader asks for them: what stands below a path,
//! of which type and unit, and what it means. All of it is taken from the schema.

use serde_json::{Map, Value};

use super::nearest::{advice, nearest};
use super::path::parse_path;
use super::schema::schema;

/// What stands in a path for a name that the writer chooses.
const NAME: &str = "NAME";

/// One field or table.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Field {
    /// Its path; `NAME` stands for a name that the writer chooses.
    pub path: String,
    /// What may stand there, in words.
    pub kind: String,
    /// The unit, where the name says one.
    pub unit: Option<&'static str>,
    /// What it means.
    pub description: String,
    /// Whether fields stand below it.
    pub is_table: bool,
}

/// What there is at a path.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Fields {
    /// The field or table itself; the whole scenario has none.
    pub of: Option<Field>,
    /// What stands below it, by name.
    pub below: Vec<Field>,
}

/// There is no such field.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}{}", help.as_ref().map_or_else(String::new, |help| format!("; {help}")))]
pub struct UnknownField {
    /// What is wrong with the path.
    pub message: String,
    /// The nearest right name, or what names there are.
    pub help: Option<String>,
}

/// The fields at and below `path`, such as `choice`, `region.opens` or
/// `region.azure-dublin.opens`; of the whole scenario where it is `None`. The name of a row
/// may be left out.
///
/// # Errors
/// [`UnknownField`] where the path is none, or leads to nothing.
pub fn fields(path: Option<&str>) -> Result<Fields, UnknownField> {
    let schema = schema();
    let Some(path) = path else {
        return Ok(Fields {
            of: None,
            below: below(&schema, &schema, ""),
        });
    };
    let keys = parse_path(path).map_err(|(_, why)| UnknownField {
        message: format!("`{path}` is no path: {why}"),
        help: Some("write it as in `region.opens`".to_owned()),
    })?;
    let mut at = Step {
        of: &schema,
        path: String::new(),
    };
    let name = keys.0.last().map_or("", String::as_str);
    for (index, key) in keys.0.iter().enumerate() {
        at = at.into(&schema, key, index + 1 == keys.0.len())?;
    }
    let of = field(&schema, at.of, at.path.clone(), name);
    Ok(Fields {
        below: below(&schema, meant(&schema, at.of), &at.path),
        of: Some(of),
    })
}

/// How far a path was followed.
struct Step<'s> {
    of: &'s Value,
    path: String,
}

impl<'s> Step<'s> {
    fn into(self, schema: &'s Value, key: &str, is_last: bool) -> Result<Self, UnknownField> {
        let of = meant(schema, self.of);
        let join = |name: &str| match self.path.as_str() {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        if let Some(found) = property(of, key) {
            let path = join(key);
            return Ok(Self { of: found, path });
        }
        let Some(row) = of.get("additionalProperties").filter(|row| row.is_object()) else {
            return Err(unknown(&self.path, key, of));
        };
        let at_row = Self {
            of: row,
            path: join(NAME),
        };
        let row = meant(schema, row);
        if property(row, key).is_some() {
            return at_row.into(schema, key, is_last);
        }
        // A name of the writer's, unless it seems meant for a field.
        let fields = properties(row).map(|(name, _)| name.as_str());
        if is_last && key != NAME && nearest(key, fields).is_some() {
            return Err(unknown(&self.path, key, row));
        }
        Ok(at_row)
    }
}

fn unknown(path: &str, key: &str, of: &Value) -> UnknownField {
    let names: Vec<&str> = properties(of).map(|(name, _)| name.as_str()).collect();
    let place = if path.is_empty() {
        "a scenario".to_owned()
    } else {
        format!("`{path}`")
    };
    UnknownField {
        message: format!("{place} has no field `{key}`"),
        help: advice(key, &names),
    }
}

/// What a reference stands for, and a list of tables for its tables; anything else is meant
/// itself.
pub(super) fn meant<'s>(schema: &'s Value, of: &'s Value) -> &'s Value {
    if let Some(items) = of.get("items").filter(|items| items.get("$ref").is_some()) {
        return meant(schema, items);
    }
    let wrapped = of.pointer("/allOf/0").unwrap_or(of);
    let reference = wrapped.get("$ref").and_then(Value::as_str);
    let found = reference.and_then(|to| schema.pointer(to.trim_start_matches('#')));
    found.unwrap_or(of)
}

fn properties(of: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let properties = of.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(Map::iter)
}

pub(super) fn property<'s>(of: &'s Value, name: &str) -> Option<&'s Value> {
    of.get("properties")?.get(name)
}

/// Every field below `of`, which stands at `path`; of tables by name, those of each.
fn below(schema: &Value, of: &Value, path: &str) -> Vec<Field> {
    let join = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    let named = properties(of).map(|(name, of)| field(schema, of, join(name), name));
    let mut fields: Vec<Field> = named.collect();
    if let Some(row) = of.get("additionalProperties").filter(|row| row.is_object()) {
        let each = field(schema, row, join(NAME), NAME);
        if each.is_table {
            fields.extend(below(schema, meant(schema, row), &each.path));
        } else {
            fields.push(each);
        }
    }
    fields
}

fn field(schema: &Value, of: &Value, path: String, name: &str) -> Field {
    let target = meant(schema, of);
    let words = |of: &Value| Some(of.get("description")?.as_str()?.to_owned());
    let is_object = |of: &Value| of.get("type").is_some_and(|kind| kind == "object");
    Field {
        path,
        kind: if of.get("type").is_some_and(|kind| kind == "array") && is_object(target) {
            "list of tables".to_owned()
        } else {
            kind(schema, target)
        },
        unit: unit(name),
        description: words(of).or_else(|| words(target)).unwrap_or_default(),
        is_table: is_object(target),
    }
}

/// What may stand there.
fn kind(schema: &Value, of: &Value) -> String {
    if let Some(words) = of.get("enum").and_then(Value::as_array) {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return format!("one of {}", words.join(", "));
    }
    if let Some(only) = of.get("const") {
        return only.to_string();
    }
    if let Some(options) = of.get("anyOf").and_then(Value::as_array) {
        let any = |name: &str, value: &str| options.iter().any(|option| option[name] == value);
        return if any("type", "number") {
            "number, distribution or interval".to_owned()
        } else if any("format", "date") {
            "word or date".to_owned()
        } else {
            "text or list of texts".to_owned()
        };
    }
    match of.get("type").and_then(Value::as_str) {
        Some("integer") => "whole number".to_owned(),
        Some("number") => "number".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        Some("string") if of.get("format").is_some() => "date".to_owned(),
        Some("string") => "text".to_owned(),
        Some("array") => {
            let each = of
                .get("items")
                .map(|items| kind(schema, meant(schema, items)));
            format!("list, each {}", each.as_deref().unwrap_or("anything"))
        }
        Some("object") => match of.get("additionalProperties").filter(|row| row.is_object()) {
            Some(row) => {
                let each = kind(schema, meant(schema, row));
                format!("{each} by name")
            }
            None => "table".to_owned(),
        },
        _ => "anything".to_owned(),
    }
}

/// The unit that ends a name.
fn unit(name: &str) -> Option<&'static str> {
    const UNITS: [(&str, &str); 12] = [
        ("musd_per_year", "million USD a year"),
        ("_musd", "million USD"),
        ("usd_per_day", "USD a day"),
        ("_usd", "USD"),
        ("_per_year", "a year"),
        ("_months", "months"),
        ("_years", "years"),
        ("days", "days"),
        ("_hazard", "a month"),
        ("_share", "share"),
        ("_ratio", "ratio"),
        ("_log_sd", "sd of ln"),
    ];
    let (_, unit) = UNITS.iter().find(|(ending, _)| name.ends_with(ending))?;
    Some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(path: &str) -> Vec<String> {
        let fields = fields(Some(path)).unwrap();
        fields.below.into_iter().map(|field| field.path).collect()
    }

    #[test]
    fn a_path_leads_through_rows_with_or_without_their_names() {
        let shown = |path: &str| fields(Some(path)).unwrap().of.unwrap();
        for path in [
            "region.opens",
            "region.NAME.opens",
            "region.azure-dublin.opens",
        ] {
            let field = shown(path);
            assert_eq!(field.path, "region.NAME.opens");
            assert_eq!((field.kind.as_str(), field.is_table), ("date", false));
        }
        assert_eq!(shown("case.fine.usd_per_day").unit, Some("USD a day"));
        assert_eq!(
            shown("court.node.outcome.chance").kind,
            "number, distribution or interval"
        );
        assert_eq!(shown("latency.DE.US").path, "latency.NAME.NAME");
        assert_eq!(
            shown("demands.US.microsoft.secret").path,
            "demands.NAME.NAME.secret"
        );
        assert!(paths("case.fine").contains(&"case.NAME.fine.doubling_days".to_owned()));
        assert!(paths("provider").contains(&"provider.NAME.posture".to_owned()));
        assert_eq!(paths("provider.microsoft"), paths("provider"));
        assert_eq!(
            paths("latency"),
            ["latency.NAME.remove", "latency.NAME.NAME"]
        );
        assert_eq!(paths("sources"), ["sources.NAME"]);
        assert_eq!(shown("provider.postura.title").path, "provider.NAME.title");
        assert_eq!(fields(None).unwrap().below.len(), 53);
    }

    #[test]
    fn an_unknown_field_is_answered_with_the_nearest() {
        let wrong = |path: &str| fields(Some(path)).unwrap_err().to_string();
        assert_eq!(
            wrong("provider.postur"),
            "`provider` has no field `postur`; did you mean `posture`?"
        );
        assert_eq!(
            wrong("choise"),
            "a scenario has no field `choise`; did you mean `choice`?"
        );
        assert!(wrong("choice.peer_weigth.x").contains("did you mean `peer_weight`?"));
        assert!(wrong("start.x").contains("`start` has no field `x`"));
        assert!(wrong("a..b").contains("is no path"));
        assert!(wrong("").contains("is no path"));
    }
}
