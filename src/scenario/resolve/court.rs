//! Court systems: nodes, outcomes, exits.

use super::limits::Limits;
use super::names::Names;
use super::place::titled;
use super::resolver::Resolver;
use super::{SUM_TOLERANCE, shown_sum};
use super::{graph, outcome};
use crate::domain::{Ending, Level, NodeId};
use crate::scenario::raw;
use crate::scenario::resolved::{CourtSystem, Distribution, Exit, Node, NodeKind, Outcome};
use crate::scenario::source_text::Place;

pub(super) fn courts(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Court>,
) -> Vec<CourtSystem> {
    raw.iter()
        .map(|(name, row)| court(resolver, name.get_ref(), row.get_ref()))
        .collect()
}

fn court(resolver: &mut Resolver<'_>, name: &str, raw: &raw::Court) -> CourtSystem {
    let names = Names::of("node", &raw.node);
    let first = resolver.id(&raw.first, &names, NodeId::new);
    let before = resolver.problems.len();
    let nodes: Vec<Node> = raw
        .node
        .iter()
        .map(|(name, row)| node(resolver, name.get_ref(), row, &names))
        .collect();
    let exits = exits(resolver, &raw.exit);
    // A graph of which a part is missing would only be complained of twice.
    if resolver.problems.len() == before && names.position(raw.first.get_ref()).is_some() {
        graph::check(resolver, raw, &nodes, first);
    }
    CourtSystem {
        name: name.to_owned(),
        title: titled(&raw.title, name),
        first,
        merit_loading: resolver.quantity(&raw.merit_loading, Limits::NOT_NEGATIVE),
        doctrine_loading: resolver.quantity(&raw.doctrine_loading, Limits::NOT_NEGATIVE),
        amici_loading: resolver.quantity(&raw.amici_loading, Limits::ANY),
        reference_amici: resolver.plain(&raw.reference_amici, Limits::NOT_NEGATIVE),
        salience_loading: resolver.quantity(&raw.salience_loading, Limits::ANY),
        reference_salience: resolver.plain(&raw.reference_salience, Limits::ANY),
        nodes,
        exits,
    }
}

fn node(
    resolver: &mut Resolver<'_>,
    name: &str,
    row: &raw::Placed<raw::Node>,
    names: &Names,
) -> Node {
    let raw = row.get_ref();
    let level = resolver.one_of(&raw.level, "court level", Level::ALL, Level::name);
    let kind = kind(resolver, raw, &row.span());
    let days = resolver.distribution(&raw.days, Limits::NOT_NEGATIVE);
    let outcomes: Vec<Outcome> = raw
        .outcome
        .get_ref()
        .iter()
        .map(|(name, outcome)| outcome::outcome(resolver, name.get_ref(), outcome, &kind, names))
        .collect();
    if outcomes.is_empty() {
        resolver.wrong(&row.span(), format!("node `{name}` has no outcome"));
    }
    check_outcomes(resolver, name, row, &kind);
    Node {
        name: name.to_owned(),
        title: titled(&raw.title, name),
        level: level.unwrap_or(Level::District),
        kind,
        days: days.unwrap_or(Distribution::Discrete {
            values: vec![0.0],
            chances: vec![1.0],
        }),
        outcomes,
    }
}

fn kind(resolver: &mut Resolver<'_>, raw: &raw::Node, place: &Place) -> NodeKind {
    let kind = resolver.one_of(&raw.kind, "kind of node", raw::NODE_KINDS, |name| name);
    match (&raw.judges, kind) {
        (Some(judges), Some("vote")) => NodeKind::Vote {
            judges: resolver.whole(judges, 1, 101),
        },
        (None, Some("vote")) => {
            resolver.wrong_but(place, "a vote lacks `judges`", "add `judges = 8`");
            NodeKind::Vote { judges: 1 }
        }
        (Some(judges), Some(_)) => {
            resolver.wrong(
                &judges.span(),
                "only a node with `kind = \"vote\"` has `judges`",
            );
            NodeKind::Step
        }
        (_, Some("ruling")) => NodeKind::Ruling,
        (_, Some("contest")) => NodeKind::Contest,
        (_, Some("appeal")) => NodeKind::GovernmentAppeal,
        _ => NodeKind::Step,
    }
}

/// What the outcomes of one node must be together.
fn check_outcomes(
    resolver: &mut Resolver<'_>,
    name: &str,
    row: &raw::Placed<raw::Node>,
    kind: &NodeKind,
) {
    let place = row.span();
    let raw = row.get_ref();
    let rows = raw.outcome.get_ref();
    let count = |flagged: fn(&raw::Outcome) -> &Option<raw::Placed<bool>>| {
        rows.values()
            .filter(|row| outcome::flag(flagged(row.get_ref())))
            .count()
    };
    let carrying = count(|outcome| &outcome.carries);
    let ties = count(|outcome| &outcome.tie);
    let is_contest = *kind == NodeKind::Contest;
    let is_vote = matches!(kind, NodeKind::Vote { .. });
    if is_contest && (rows.len() != 2 || carrying != 1) {
        let message = format!("contest `{name}` needs two outcomes, one with `carries = true`");
        resolver.wrong(&place, message);
    }
    if !is_contest && carrying > 0 {
        resolver.wrong(
            &place,
            format!("`carries` in `{name}`, which is no contest"),
        );
    }
    if is_vote && (rows.len() != 2 || ties != 1) {
        let message = format!("vote `{name}` needs two outcomes, one with `tie = true`");
        resolver.wrong(&place, message);
    }
    if !is_vote && ties > 0 {
        resolver.wrong(&place, format!("`tie` in `{name}`, which is no vote"));
    }
    if !is_contest && !rows.is_empty() {
        check_sum(resolver, name, raw);
    }
}

/// Known chances sum to one. Where some are drawn, no draw sums to one exactly and the
/// model scales it; then the means must sum to one nearly.
fn check_sum(resolver: &mut Resolver<'_>, name: &str, raw: &raw::Node) {
    const DRAWN_TOLERANCE: f64 = 0.01;
    let rows = raw.outcome.get_ref();
    let mut sum = 0.0;
    let mut tolerance = SUM_TOLERANCE;
    let mut place = raw.outcome.span();
    for row in rows.values() {
        let Some(chance) = &row.get_ref().chance else {
            return;
        };
        if chance.is_drawn() {
            tolerance = DRAWN_TOLERANCE;
        }
        sum += resolver.mean_of(chance, Limits::CHANCE);
        place = chance.place.clone();
    }
    if (sum - 1.0).abs() > tolerance {
        let sum = shown_sum(sum);
        let message = format!("the chances of node `{name}` sum to {sum}, not 1");
        resolver.wrong(&place, message);
    }
}

fn exits(resolver: &mut Resolver<'_>, raw: &raw::Named<raw::Exit>) -> Vec<Exit> {
    let mut out = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let place = row.span();
        let row = row.get_ref();
        let ending = resolver.one_of(name, "exit", raw::EXITS, Ending::name);
        out.push(Exit {
            ending: ending.unwrap_or(Ending::Withdrawn),
            hazard_per_year: resolver.quantity(&row.hazard_per_year, Limits::NOT_NEGATIVE),
            factor_at: resolver.by_name(
                &row.factor_at,
                &place,
                "court level",
                Level::ALL.map(Level::name),
                Limits::NOT_NEGATIVE,
                Some(1.0),
            ),
            days_to_end: row
                .days_to_end
                .as_ref()
                .map_or(0, |days| resolver.whole(days, 0, 3_650)),
        });
    }
    out
}
