//! What was learned about cases since the start.

use super::force::{World, step};
use super::resolver::Resolver;
use crate::domain::{CaseId, Date};
use crate::scenario::raw;
use crate::scenario::resolved::{Fact, FactKind, Force, ForceKind};
use crate::scenario::source_text::Place;

/// Facts in the order of their names. What was known before the start is history, and a node
/// is left once.
pub(super) fn facts(
    resolver: &mut Resolver<'_>,
    raw: &raw::Named<raw::Fact>,
    (world, start, forces): (&World<'_>, Date, &[Force]),
) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::with_capacity(raw.len());
    for (name, row) in raw {
        let place = row.span();
        let row = row.get_ref();
        let found = match (&row.node, &row.outcome, &row.open_on) {
            (Some(node), Some(outcome), None) => {
                left(resolver, row, (node, outcome), (world, start))
            }
            (None, None, Some(day)) if row.date.is_none() => {
                let case = resolver.id(&row.case, world.cases, CaseId::new);
                within(resolver, day, world, start).map(|day| (case, FactKind::Open(day)))
            }
            _ => {
                let message = "a fact is of a node and its outcome, or of a day on which the case \
                               was open";
                let help = "as in `{ case = \"dpf\", node = \"cjeu\", outcome = \"annulled\" }`";
                resolver.wrong_but(&place, message, help);
                None
            }
        };
        let Some((case, kind)) = found else { continue };
        if let Some(other) = facts.iter().find(|other| same_node(other, case, kind)) {
            let message = format!("fact `{}` is about the same node", other.name);
            resolver.wrong_but(&place, message, "keep one of the two");
            continue;
        }
        if let Some(force) = forces.iter().find(|force| rules(force, case, kind)) {
            let message = format!("force `{}` rules what this fact says", force.name);
            resolver.wrong_but(&place, message, "force a ruling or learn of it, not both");
            continue;
        }
        facts.push(Fact {
            name: name.get_ref().clone(),
            case,
            kind,
        });
    }
    facts
}

fn same_node(other: &Fact, case: CaseId, kind: FactKind) -> bool {
    match (other.kind, kind) {
        (FactKind::Left { node, .. }, FactKind::Left { node: own, .. }) => {
            other.case == case && node == own
        }
        _ => false,
    }
}

fn rules(force: &Force, case: CaseId, kind: FactKind) -> bool {
    match (&force.kind, kind) {
        (
            ForceKind::Ruling {
                case: of, node: at, ..
            },
            FactKind::Left { node, .. },
        ) => *of == case && *at == node,
        _ => false,
    }
}

fn left(
    resolver: &mut Resolver<'_>,
    row: &raw::Fact,
    (node, outcome): (&raw::Text, &raw::Text),
    (world, start): (&World<'_>, Date),
) -> Option<(CaseId, FactKind)> {
    let place: Place = node.span();
    let (case, node, outcome) = step(resolver, (&row.case, node, outcome), world)?;
    let spec = world.specs.get(case.index())?;
    if spec.history.iter().any(|given| given.node == node) {
        let message = "the history of the case says already how it left this node";
        resolver.wrong_but(
            &place,
            message,
            "take it out of [fact], or out of the history",
        );
    }
    let on = match &row.date {
        Some(day) => Some(within(resolver, day, world, start)?),
        None => None,
    };
    Some((case, FactKind::Left { node, outcome, on }))
}

/// A day of the simulation, from the start on.
fn within(
    resolver: &mut Resolver<'_>,
    day: &raw::Day,
    world: &World<'_>,
    start: Date,
) -> Option<Date> {
    let date = resolver.date(day)?;
    if !(start..world.until).contains(&date) {
        let last = world.until.plus_days(-1);
        let message = format!("this is outside what is simulated, {start} to {last}");
        let help = "what came before the start belongs into `[case.NAME.history]`";
        resolver.wrong_but(&day.place, message, help);
    }
    Some(date)
}
