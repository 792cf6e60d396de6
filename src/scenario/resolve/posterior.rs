//! A posterior as written, to one whose rows fit the scenario's inputs.

use super::limits::LEAST_U;
use super::resolver::Resolver;
use crate::scenario::error::Problem;
use crate::scenario::nearest::advice;
use crate::scenario::raw;
use crate::scenario::resolved::{Input, InputId, Posterior, PosteriorOrigin};

/// Inputs of a posterior, at most.
const MOST_INPUTS: usize = 256;
/// Rows of a posterior, at most.
const MOST_ROWS: usize = 10_000;

/// The posterior over `inputs`, all that the scenario has; nothing where it is wrong.
pub(super) fn posterior(
    resolver: &mut Resolver<'_>,
    raw: &raw::Posterior,
    inputs: &[Input],
) -> Option<Posterior> {
    let before = resolver.problems.len();
    let listed = listed(resolver, raw, inputs);
    let rows = raw.draws.get_ref();
    let (columns, place) = (raw.inputs.get_ref().len(), raw.draws.span());
    if rows.is_empty() || columns == 0 {
        resolver.wrong(&place, "this posterior has no row of values");
    }
    if rows.len() > MOST_ROWS || columns > MOST_INPUTS {
        let message = format!(
            "{} rows of {columns} inputs; there can be at most {MOST_ROWS} rows of {MOST_INPUTS}",
            rows.len()
        );
        resolver.wrong(&place, message);
    }
    let from = raw.from.as_ref().and_then(|from| {
        Some(PosteriorOrigin {
            scenario: from.scenario.get_ref().clone(),
            digest: from.digest.get_ref().clone(),
            model_version: resolver.whole(&from.model_version, 0, u32::MAX),
            seed: from.seed.get_ref().clone(),
            observations: resolver.whole(&from.observations, 1, u32::MAX),
            fit_until: resolver.date(&from.fit_until)?,
        })
    });
    if resolver.problems.len() > before {
        return None;
    }
    let ends: Vec<[f64; 2]> = listed
        .iter()
        .map(|input| [LEAST_U, 1.0 - LEAST_U].map(|u| inputs[input.0].distribution.quantile(u)))
        .collect();
    let wrong = rows
        .iter()
        .find_map(|row| wrong_row(row, &listed, &ends, inputs));
    if let Some(problem) = wrong {
        resolver.problems.push(problem);
        return None;
    }
    Some(Posterior {
        title: raw.title.clone(),
        from,
        inputs: listed,
        draws: rows.iter().map(|row| row.get_ref().clone()).collect(),
    })
}

fn listed(resolver: &mut Resolver<'_>, raw: &raw::Posterior, inputs: &[Input]) -> Vec<InputId> {
    let mut listed = Vec::new();
    for text in raw.inputs.get_ref() {
        let Some(path) = resolver.path(text) else {
            continue;
        };
        let Ok(index) = inputs.binary_search_by(|input| input.path.cmp(&path)) else {
            let names: Vec<&str> = inputs.iter().map(|input| input.path.as_str()).collect();
            let message = format!("`{path}` is no input that this scenario draws");
            let problem = Problem::at(text.span(), message);
            resolver
                .problems
                .push(problem.maybe_help(advice(&path, &names)));
            continue;
        };
        if listed.contains(&InputId(index)) {
            resolver.wrong(&text.span(), format!("`{path}` stands here twice"));
        }
        listed.push(InputId(index));
    }
    listed
}

/// What is wrong with a row: its length, or a value that its input's own distribution, and
/// so the field, could never have.
fn wrong_row(
    row: &raw::Placed<Vec<f64>>,
    listed: &[InputId],
    ends: &[[f64; 2]],
    inputs: &[Input],
) -> Option<Problem> {
    let values = row.get_ref();
    if values.len() != listed.len() {
        let message = format!("{} values for {} inputs", values.len(), listed.len());
        return Some(Problem::at(row.span(), message).help("give one value for each input"));
    }
    let mut values = values.iter().zip(listed).zip(ends);
    let outside = values.find(|((value, _), [low, high])| !(low..=high).contains(value));
    outside.map(|((value, input), [low, high])| {
        let path = &inputs[input.0].path;
        let message = format!("{value} is no value of `{path}`: it is drawn from {low} to {high}");
        Problem::at(row.span(), message).help("fit it again to this scenario")
    })
}
