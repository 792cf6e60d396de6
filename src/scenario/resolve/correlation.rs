//! Which inputs move together.

use std::collections::BTreeMap;

use super::limits::Limits;
use super::resolver::Resolver;
use crate::scenario::error::Problem;
use crate::scenario::nearest::advice;
use crate::scenario::raw;
use crate::scenario::resolved::{Correlation, Correlations, InputId};
use crate::scenario::tree::{Outline, PathKind};

/// The correlations; none where something is wrong with them, which is reported.
pub(super) fn correlations(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Correlation>,
    outline: &Outline,
) -> Option<Correlations> {
    let before = resolver.problems.len();
    let mut pairs: Vec<Correlation> = Vec::with_capacity(raw.len());
    let mut names = BTreeMap::new();
    for (name, row) in raw {
        let row = row.get_ref();
        let rank = resolver.plain(&row.rank, Limits::RANK);
        let Some(inputs) = pair(resolver, &row.inputs, outline) else {
            continue;
        };
        if let Some((other, there)) = names.insert(inputs, (name, row.inputs.span())) {
            // What stands later was written over the other.
            let here = row.inputs.span();
            let (first, place) = if here.start > there.start {
                (other, here)
            } else {
                (name, there)
            };
            let message = format!("[correlation.{first}] has these two inputs already");
            let help =
                format!("set its rank instead, or write `remove = true` in [correlation.{first}]");
            resolver.wrong_but(&place, message, help);
        }
        pairs.push(Correlation {
            name: name.get_ref().clone(),
            inputs,
            rank,
        });
    }
    if resolver.problems.len() > before {
        return None;
    }
    let all = pairs.clone();
    match Correlations::new(pairs) {
        Ok(correlations) => Some(correlations),
        Err(input) => {
            contradiction(resolver, raw, &all, input, outline);
            None
        }
    }
}

/// The two inputs, in the order of their paths.
fn pair(
    resolver: &mut Resolver<'_>,
    inputs: &raw::Placed<Vec<raw::Text>>,
    outline: &Outline,
) -> Option<[InputId; 2]> {
    let [first, second] = &inputs.get_ref()[..] else {
        let count = inputs.get_ref().len();
        let message = format!("a correlation is of two inputs, not {count}");
        let help = "as in `inputs = [\"choice.exposure_weight\", \"choice.trust_weight\"]`";
        resolver.wrong_but(&inputs.span(), message, help);
        return None;
    };
    let (a, b) = (
        input(resolver, first, outline),
        input(resolver, second, outline),
    );
    let (a, b) = (a?, b?);
    if a == b {
        let message = format!("`{second}` cannot be correlated with itself");
        resolver.wrong_but(&second.span(), message, "name two inputs");
        return None;
    }
    Some([a.min(b), a.max(b)])
}

fn input(resolver: &mut Resolver<'_>, text: &raw::Text, outline: &Outline) -> Option<InputId> {
    let place = text.span();
    let path = resolver.path(text)?;
    if let Ok(index) = outline.inputs.binary_search(&path) {
        return Some(InputId(index));
    }
    let problem = |message: String| Problem::at(place.clone(), message);
    resolver.problems.push(match outline.kind_of(&path) {
        Some(PathKind::Number | PathKind::Setting) => problem(format!(
            "`{path}` is one number, not an input: it is not drawn"
        ))
        .help("give it a distribution or an interval, or remove this correlation"),
        Some(PathKind::Sojourn) => problem(format!(
            "`{path}` is drawn at every visit, not once a run, so it follows no input"
        )),
        _ => {
            let names: Vec<&str> = outline.inputs.iter().map(String::as_str).collect();
            problem(format!("there is no input `{path}`")).maybe_help(advice(&path, &names))
        }
    });
    None
}

/// Names the input that cannot follow the others, and the correlations that ask it to.
fn contradiction(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Correlation>,
    pairs: &[Correlation],
    input: InputId,
    outline: &Outline,
) {
    let of_it: Vec<&Correlation> = pairs.iter().filter(|p| p.inputs.contains(&input)).collect();
    let path = &outline.inputs[input.0];
    let others: Vec<String> = of_it
        .iter()
        .flat_map(|pair| pair.inputs)
        .filter(|other| *other != input)
        .map(|other| format!("`{}`", outline.inputs[other.0]))
        .collect();
    let message = format!(
        "`{path}` cannot follow {} as asked, given the other correlations",
        others.join(" and ")
    );
    let names: Vec<String> = of_it
        .iter()
        .map(|pair| format!("[correlation.{}]", pair.name))
        .collect();
    let help = format!("bring the ranks of {} closer to 0", names.join(", "));
    let place = of_it
        .last()
        .and_then(|pair| raw.get(pair.name.as_str()))
        .map(|row| row.get_ref().rank.place.clone());
    resolver.wrong_but(&place.unwrap_or_default(), message, help);
}
