//! `[report]`: what a page shows besides the result.

use super::full::AllNames;
use super::names::Names;
use super::resolver::Resolver;
use crate::scenario::error::Problem;
use crate::scenario::nearest::advice;
use crate::scenario::raw;
use crate::scenario::resolved::{ActorLabel, FullModel, Model, Report};

/// More is no mark but a text.
const LONGEST: usize = 80;

/// What is said in `[report]`; of a model without actors none can be labelled.
pub(super) fn report(
    resolver: &mut Resolver<'_>,
    raw: Option<&raw::Report>,
    names: &AllNames,
    model: Option<&Model>,
) -> Report {
    let Some(raw) = raw else {
        return Report::default();
    };
    let mark = raw.mark.as_ref().map(|text| short(resolver, text));
    let author = raw.author.as_ref().map(|text| short(resolver, text));
    let kinds = [&names.providers, &names.customers, &names.jurisdictions];
    let mut labels: Vec<ActorLabel> = Vec::with_capacity(raw.labels.len());
    for (name, label) in &raw.labels {
        let label = label.get_ref();
        let key = name.get_ref();
        if kinds.iter().all(|kind| kind.position(key).is_none()) {
            resolver.problems.push(nobody(&kinds, key, name.span()));
            continue;
        }
        let text = short(resolver, label);
        let model = match model {
            Some(Model::Full(model)) => Some(&**model),
            _ => None,
        };
        let title = model.and_then(|model| title_of(model, key));
        let taken = model.is_some_and(|model| is_called(model, &text))
            || labels.iter().any(|known| known.label == text);
        if taken {
            let message = format!(
                "another actor is called `{text}`, with which `{key}` would be taken for it"
            );
            resolver.wrong_but(&label.span(), message, "write a label that nobody else has");
        }
        labels.push(ActorLabel {
            title: title.unwrap_or(key).to_owned(),
            name: key.clone(),
            label: text,
        });
    }
    Report {
        mark,
        author,
        labels,
    }
}

fn short(resolver: &mut Resolver<'_>, text: &raw::Text) -> String {
    let trimmed = text.get_ref().trim();
    if trimmed.is_empty() || trimmed.chars().count() > LONGEST {
        let message = format!("this text has none or more than {LONGEST} letters");
        resolver.wrong_but(
            &text.span(),
            message,
            "say it in a few words, or leave it out",
        );
    }
    trimmed.to_owned()
}

fn nobody(kinds: &[&Names; 3], name: &str, place: crate::scenario::source_text::Place) -> Problem {
    let all = kinds.iter().flat_map(|kind| &kind.list);
    let all: Vec<&str> = all.map(String::as_str).collect();
    let message = format!("there is no provider, customer or jurisdiction `{name}`");
    Problem::at(place, message).maybe_help(advice(name, &all))
}

/// The name and the title of everyone who can be labelled.
fn actors(model: &FullModel) -> impl Iterator<Item = [&str; 2]> {
    let providers = model.providers.iter().map(|p| [&p.name, &p.title]);
    let customers = model.customers.iter().map(|c| [&c.name, &c.title]);
    let countries = model.jurisdictions.iter().map(|j| [&j.name, &j.title]);
    let all = providers.chain(customers).chain(countries);
    all.map(|both| both.map(String::as_str))
}

fn title_of<'m>(model: &'m FullModel, name: &str) -> Option<&'m str> {
    let mut all = actors(model);
    all.find(|[known, _]| *known == name)
        .map(|[_, title]| title)
}

/// Whether an actor has this name or title, in whatever capitals.
fn is_called(model: &FullModel, text: &str) -> bool {
    let mut words = actors(model).flatten();
    words.any(|word| word.eq_ignore_ascii_case(text))
}
