//! The ways out of a node.

use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use crate::domain::{Ending, NodeId, Party};
use crate::scenario::raw;
use crate::scenario::resolved::{NodeKind, Outcome, OutcomeEffect, Quantity, Target};

pub(super) fn outcome(
    resolver: &mut Resolver<'_>,
    name: &str,
    row: &raw::Placed<raw::Outcome>,
    kind: &NodeKind,
    nodes: &Names,
) -> Outcome {
    const PARTIES: [(&str, Party); 2] = [
        ("government", Party::Government),
        ("provider", Party::Provider),
    ];
    let raw = row.get_ref();
    let favours = raw
        .favours
        .as_ref()
        .and_then(|text| resolver.one_of(text, "party", PARTIES, |(name, _)| name));
    let mut effects = Vec::with_capacity(raw.sets.len());
    for text in &raw.sets {
        let known = OutcomeEffect::ALL;
        effects.extend(resolver.one_of(text, "effect", known, OutcomeEffect::name));
    }
    let rules = flag(&raw.rules);
    if let (true, None, Some(place)) = (rules, favours, &raw.rules) {
        let message = format!("outcome `{name}` rules, but for whom?");
        resolver.wrong_but(
            &place.span(),
            message,
            "add `favours = \"government\"` or `\"provider\"`",
        );
    }
    Outcome {
        name: name.to_owned(),
        title: titled(&raw.title, name),
        chance: chance(resolver, name, row, kind),
        favours: favours.map(|(_, party)| party),
        rules,
        tie: flag(&raw.tie),
        carries: flag(&raw.carries),
        effects,
        target: target(resolver, name, row, nodes),
    }
}

pub(super) fn flag(written: &Option<raw::Placed<bool>>) -> bool {
    written.as_ref().is_some_and(|yes| *yes.get_ref())
}

fn chance(
    resolver: &mut Resolver<'_>,
    name: &str,
    row: &raw::Placed<raw::Outcome>,
    kind: &NodeKind,
) -> Quantity {
    match (&row.get_ref().chance, kind) {
        (Some(chance), NodeKind::Contest) => {
            let message = "in a contest the provider's posture decides, not chance";
            resolver.wrong_but(&chance.place, message, "leave `chance` out");
            Quantity::Known(0.0)
        }
        (None, NodeKind::Contest) => Quantity::Known(0.0),
        (Some(chance), _) => resolver.quantity(chance, Limits::CHANCE),
        (None, _) => {
            resolver.wrong(&row.span(), format!("outcome `{name}` lacks `chance`"));
            Quantity::Known(0.0)
        }
    }
}

fn target(
    resolver: &mut Resolver<'_>,
    name: &str,
    row: &raw::Placed<raw::Outcome>,
    nodes: &Names,
) -> Target {
    let nowhere = Target::End(Ending::Withdrawn);
    match (&row.get_ref().to, &row.get_ref().ends) {
        (Some(to), None) => Target::Node(resolver.id(to, nodes, NodeId::new)),
        (None, Some(ends)) => resolver
            .one_of(ends, "ending", Ending::ALL, Ending::name)
            .map_or(nowhere, Target::End),
        (Some(_), Some(ends)) => {
            let message = format!("outcome `{name}` goes on and ends the case");
            resolver.wrong_but(&ends.span(), message, "keep `to` or `ends`");
            nowhere
        }
        (None, None) => {
            let message = format!("outcome `{name}` leads nowhere");
            resolver.wrong_but(
                &row.span(),
                message,
                "add `to = \"NODE\"` or `ends = \"provider\"`",
            );
            nowhere
        }
    }
}
