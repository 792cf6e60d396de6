//! `comity list fields`: what can be written in a scenario.

use comity::report::layout::Style;
use comity::scenario::{Field, fields};
use serde_json::json;

use super::{Listed, Text};
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// The fields at and below a path; the tables where there is none.
pub fn list(path: Option<&str>, terminal: &Terminal) -> Result<Listed, Failure> {
    let found = fields(path).map_err(|unknown| Failure::input(unknown.to_string()))?;
    let mut text = Text::new(terminal);
    match &found.of {
        None => text.line("FIELDS AND TABLES of a scenario", Style::Strong),
        Some(field) => {
            text.line(&field.path, Style::Strong);
            text.line(&format!("  {}", type_and_unit(field)), Style::Faint);
            text.paragraph(&field.description, 2, Style::Plain);
        }
    }
    // Fields before the tables that stand below them, as in a file.
    let (tables, plain): (Vec<&Field>, Vec<&Field>) =
        found.below.iter().partition(|field| field.is_table);
    for field in plain.into_iter().chain(tables) {
        let heading = format!("  {}  {}", field.path, type_and_unit(field));
        text.line(&heading, Style::Strong);
        text.paragraph(&field.description, 6, Style::Plain);
    }
    let table = found.below.iter().find(|field| field.is_table);
    let next = match (table, &found.of) {
        (Some(table), _) => format!("next: comity list fields {}", table.path),
        (None, _) => "next: comity help inputs".to_owned(),
    };
    text.line(&next, Style::Plain);
    let shown = found.of.iter().filter(|_| found.below.is_empty());
    let names = shown.chain(&found.below).map(|field| field.path.clone());
    Ok(Listed {
        text: text.out,
        names: names.collect(),
        json: ("fields", json!(found)),
    })
}

fn type_and_unit(field: &Field) -> String {
    match field.unit {
        Some(unit) => format!("{}, {unit}", field.kind),
        None => field.kind.clone(),
    }
}
