//! Names: of things, and of numbers.

use super::limits::Limits;
use super::resolver::Resolver;
use crate::scenario::error::Problem;
use crate::scenario::nearest::advice;
use crate::scenario::raw::{Named, Numbers, Text};
use crate::scenario::resolved::Quantity;
use crate::scenario::source_text::Place;

/// The names of one kind of thing, sorted; a thing's position is its id.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// As in "there is no …".
    pub kind: &'static str,
    pub list: Vec<String>,
}

impl Names {
    pub(super) fn of<T>(kind: &'static str, named: &Named<T>) -> Self {
        let list = named.keys().map(|name| name.get_ref().clone()).collect();
        Self { kind, list }
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|known| known == name)
    }

    fn strs(&self) -> Vec<&str> {
        self.list.iter().map(String::as_str).collect()
    }
}

impl Resolver<'_> {
    /// The position of the thing that `text` names.
    pub(super) fn refer(&mut self, text: &Text, names: &Names) -> Option<usize> {
        let name = text.get_ref();
        let position = names.position(name);
        if position.is_none() {
            let kind = names.kind;
            let message = if names.list.is_empty() {
                format!("there is no {kind} `{name}`, nor any other")
            } else {
                format!("there is no {kind} `{name}`")
            };
            let help = advice(name, &names.strs());
            self.problems
                .push(Problem::at(text.span(), message).maybe_help(help));
        }
        position
    }

    /// The id of the thing that `text` names; that of the first where there is none, after
    /// reporting it.
    pub(super) fn id<I>(&mut self, text: &Text, names: &Names, new: fn(usize) -> I) -> I {
        new(self.refer(text, names).unwrap_or(0))
    }

    /// The one of `all` that `text` names.
    pub(super) fn one_of<T: Copy, const N: usize>(
        &mut self,
        text: &Text,
        kind: &str,
        all: [T; N],
        name_of: fn(T) -> &'static str,
    ) -> Option<T> {
        let name = text.get_ref();
        let found = all.into_iter().find(|&one| name_of(one) == name);
        if found.is_none() {
            let problem = Problem::at(text.span(), format!("there is no {kind} `{name}`"));
            self.problems
                .push(problem.maybe_help(advice(name, &all.map(name_of))));
        }
        found
    }

    /// Numbers by name, for all of a fixed list; what is not named is `default`, or missed
    /// at `place` if there is none.
    pub(super) fn by_name<const N: usize>(
        &mut self,
        numbers: &Numbers,
        place: &Place,
        kind: &str,
        names: [&'static str; N],
        limits: Limits,
        default: Option<f64>,
    ) -> [Quantity; N] {
        self.unknown_names(numbers, kind, &names);
        names.map(|name| match (numbers.get(name), default) {
            (Some(number), _) => self.quantity(number, limits),
            (None, Some(default)) => Quantity::Known(default),
            (None, None) => {
                self.lacks(place, kind, name);
                Quantity::Known(0.0)
            }
        })
    }

    /// Numbers by the name of a thing, for all things.
    pub(super) fn by_thing(
        &mut self,
        numbers: &Numbers,
        place: &Place,
        things: &Names,
        limits: Limits,
        default: Option<f64>,
    ) -> Vec<Quantity> {
        self.unknown_names(numbers, things.kind, &things.strs());
        let mut out = Vec::with_capacity(things.list.len());
        for name in &things.list {
            out.push(match (numbers.get(name.as_str()), default) {
                (Some(number), _) => self.quantity(number, limits),
                (None, Some(default)) => Quantity::Known(default),
                (None, None) => {
                    self.lacks(place, things.kind, name);
                    Quantity::Known(0.0)
                }
            });
        }
        out
    }

    fn lacks(&mut self, place: &Place, kind: &str, name: &str) {
        let message = format!("no number is given for the {kind} `{name}`");
        self.wrong_but(place, message, format!("add `{name} = …`"));
    }

    fn unknown_names(&mut self, numbers: &Numbers, kind: &str, names: &[&str]) {
        for key in numbers.keys() {
            let name = key.get_ref().as_str();
            if !names.contains(&name) {
                let problem = Problem::at(key.span(), format!("there is no {kind} `{name}`"));
                self.problems.push(problem.maybe_help(advice(name, names)));
            }
        }
    }
}
