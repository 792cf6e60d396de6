//! From what was written to what it means; everything wrong is gathered on the way.

mod benchmark;
mod case;
mod court;
mod customers;
mod distribution;
mod doctrine;
mod force;
mod full;
mod graph;
mod group;
mod head;
mod interval;
mod limits;
mod market;
mod metric;
mod names;
mod outcome;
mod place;
mod region;
mod resolver;
mod sources;

use super::error::Problem;
use super::raw::Document;
use super::resolved::{Input, Metric, Model, Source};
use super::tree::Outline;
use resolver::Resolver;

pub(super) use head::Head;

/// Shares and chances must sum to one to this.
const SUM_TOLERANCE: f64 = 1e-6;

/// A sum, as shown in messages: without the noise of its last digits.
fn shown_sum(sum: f64) -> String {
    let text = format!("{sum:.7}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A document's meaning, without its texts.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    pub head: Head,
    pub model: Model,
    pub metrics: Vec<Metric>,
    pub sources: Vec<Source>,
    pub inputs: Vec<Input>,
}

/// Gives a document its meaning.
///
/// # Errors
/// Everything wrong with it.
pub(super) fn resolve(document: &Document, outline: &Outline) -> Result<Meaning, Vec<Problem>> {
    let mut resolver = Resolver::new(outline);
    if let Some(full) = &document.full {
        full::check_sizes(&mut resolver, full);
    }
    resolver.at_most(&document.metric, "metrics", 256);
    if !resolver.problems.is_empty() {
        return Err(resolver.problems);
    }
    let Some(head) = head::head(&mut resolver, &document.head) else {
        return Err(resolver.problems);
    };
    let mut names = full::AllNames::default();
    let model = match (&document.full, &document.market_benchmark) {
        (Some(full), _) => {
            names = full::AllNames::of(full);
            full::model(&mut resolver, full, &names, &head)
        }
        (None, Some(raw)) => Some(Model::MarketBenchmark(benchmark::benchmark(
            &mut resolver,
            raw,
        ))),
        (None, None) => None,
    };
    let metrics = metric::metrics(&mut resolver, &document.metric, &names, &head);
    let sources = sources::sources(&mut resolver, &document.sources);
    let inputs = resolver.inputs();
    match model {
        Some(model) if resolver.problems.is_empty() => Ok(Meaning {
            head,
            model,
            metrics,
            sources,
            inputs,
        }),
        _ => Err(resolver.problems),
    }
}
