//! Levers: numbers that a person may move.

use super::limits::Limits;
use super::resolver::Resolver;
use crate::scenario::error::Problem;
use crate::scenario::nearest::advice;
use crate::scenario::raw;
use crate::scenario::resolved::Lever;
use crate::scenario::tree::{Outline, PathKind};

/// More than a person can keep in mind, or a page can show.
pub(super) const MOST: usize = 8;

pub(super) fn levers(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Lever>,
    outline: &Outline,
) -> Vec<Lever> {
    let mut out: Vec<Lever> = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let row = row.get_ref();
        let low = resolver.plain(&row.low, Limits::ANY);
        let high = resolver.plain(&row.high, Limits::ANY);
        if low >= high && !row.low.is_drawn() && !row.high.is_drawn() {
            let message = format!("`low` of this lever, {low}, is not below its `high`, {high}");
            resolver.wrong_but(&row.low.place, message, "turn them round");
        }
        if row.label.trim().is_empty() {
            let message = format!("lever `{name}` has an empty label");
            resolver.wrong_but(&name.span(), message, "say in a few words what it moves");
        }
        let Some(path) = path(resolver, &row.path, outline) else {
            continue;
        };
        if let Some(other) = out.iter().find(|other| other.path == path) {
            let message = format!("[lever.{}] moves `{path}` already", other.name);
            resolver.wrong_but(&row.path.span(), message, "keep one of them");
        }
        out.push(Lever {
            name: name.get_ref().clone(),
            path,
            label: row.label.clone(),
            low,
            high,
        });
    }
    out
}

/// The path of a single number of the world.
fn path(resolver: &mut Resolver<'_>, text: &raw::Text, outline: &Outline) -> Option<String> {
    let place = text.span();
    let path = resolver.path(text)?;
    let message = match outline.kind_of(&path) {
        Some(PathKind::Number | PathKind::Input | PathKind::Sojourn) => return Some(path),
        Some(PathKind::Setting) => {
            format!("`{path}` says how to simulate or report, nothing about the world")
        }
        Some(PathKind::Other) => format!("`{path}` is not one number"),
        None => format!("there is no number `{path}`"),
    };
    let names: Vec<&str> = outline.single_numbers().collect();
    let problem =
        Problem::at(place, message).help("a lever moves one number or input of the world");
    resolver
        .problems
        .push(problem.maybe_help(advice(&path, &names).filter(|help| help.contains("mean"))));
    None
}
