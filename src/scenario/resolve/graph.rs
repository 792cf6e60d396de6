//! Is a procedure graph sound: every node can be reached, and every path ends, whatever
//! the provider's posture and whatever is drawn?

use super::resolver::Resolver;
use super::trap::{Chance, POSTURES, Way, node_of, trap, ways};
use crate::domain::{Level, NodeId};
use crate::scenario::raw;
use crate::scenario::resolved::{Node, NodeKind, Outcome, Target};

/// Reports what is unsound. The nodes are those of `raw`, in order.
pub(super) fn check(resolver: &mut Resolver<'_>, raw: &raw::Court, nodes: &[Node], first: NodeId) {
    let chances: Vec<Vec<Chance>> = nodes
        .iter()
        .map(|node| {
            let of = |outcome: &Outcome| {
                Chance::of(outcome.chance, resolver.distribution_of(outcome.chance))
            };
            node.outcomes.iter().map(of).collect()
        })
        .collect();
    let before = resolver.problems.len();
    some_chance_in_every_run(resolver, raw, nodes, &chances);
    reached_and_ending(resolver, raw, nodes, &chances, first);
    carried_to_a_court(resolver, raw, nodes);
    // A node that can never end is a trap as well; it is complained of once.
    if resolver.problems.len() == before {
        no_trap(resolver, raw, nodes, &chances, first);
    }
}

/// A node whose chances can all be drawn as 0 has no way to be left.
fn some_chance_in_every_run(
    resolver: &mut Resolver<'_>,
    raw: &raw::Court,
    nodes: &[Node],
    chances: &[Vec<Chance>],
) {
    let zero = |chance: &Chance| match chance {
        Chance::Never => true,
        Chance::Plain => false,
        Chance::Drawn { vanishes, .. } => *vanishes,
    };
    for ((name, _), (node, chances)) in raw.node.iter().zip(nodes.iter().zip(chances)) {
        if node.kind != NodeKind::Contest && chances.iter().all(zero) {
            let message = format!("the chances of node `{name}` can all be drawn as 0");
            resolver.wrong_but(&name.span(), message, "give one outcome a plain chance");
        }
    }
}

/// Every node is reached by some path, and some path from it ends.
fn reached_and_ending(
    resolver: &mut Resolver<'_>,
    raw: &raw::Court,
    nodes: &[Node],
    chances: &[Vec<Chance>],
    first: NodeId,
) {
    let onward: Vec<Vec<usize>> = (0..nodes.len())
        .map(|node| {
            let targets = possible(&nodes[node], &chances[node]);
            targets.filter_map(node_of).collect()
        })
        .collect();
    let reached = spread(nodes.len(), [first.index()], |node| onward[node].clone());
    let mut back = vec![Vec::new(); nodes.len()];
    for (from, next) in onward.iter().enumerate() {
        for &to in next {
            back[to].push(from);
        }
    }
    let can_end = |&node: &usize| {
        possible(&nodes[node], &chances[node]).any(|target| matches!(target, Target::End(_)))
    };
    let last = (0..nodes.len()).filter(can_end);
    let ending = spread(nodes.len(), last, |node| back[node].clone());

    for (index, (name, _)) in raw.node.iter().enumerate() {
        if !reached[index] {
            let message = format!("no path leads from `{}` to node `{name}`", raw.first);
            resolver.wrong_but(&name.span(), message, "lead an outcome there, or remove it");
        } else if !ending[index] {
            let message = format!("a case in node `{name}` can never end");
            resolver.wrong_but(
                &name.span(),
                message,
                "give some path from here an outcome with `ends`",
            );
        }
    }
}

/// No posture and no draw keeps a case in the graph for ever.
fn no_trap(
    resolver: &mut Resolver<'_>,
    raw: &raw::Court,
    nodes: &[Node],
    chances: &[Vec<Chance>],
    first: NodeId,
) {
    for drawn in [false, true] {
        for posture in POSTURES {
            let ways = ways(nodes, chances, posture);
            let trap = trap(&ways, first.index(), drawn);
            let names: Vec<&raw::Text> = raw
                .node
                .keys()
                .zip(&trap)
                .filter_map(|(name, &caught)| caught.then_some(name))
                .collect();
            // Where the way out is closed: by this draw, or by this posture.
            let leads_out = |node: usize| {
                let outside = |to: Option<usize>| to.is_none_or(|to| !trap[to]);
                if drawn {
                    let open = |way: &Way| way.chance != Chance::Never && outside(way.to);
                    ways[node].iter().any(open)
                } else {
                    possible(&nodes[node], &chances[node]).any(|to| outside(node_of(to)))
                }
            };
            let mut caught = (0..nodes.len()).filter(|&node| trap[node]);
            let closed = caught.clone().find(|&node| leads_out(node));
            let Some(closed) = closed.or_else(|| caught.next()) else {
                continue;
            };
            let (why, help) = if drawn {
                (
                    "in runs in which its ways out are drawn with chance 0".to_owned(),
                    "keep these chances above 0 and their sum below 1, or add a way out",
                )
            } else {
                (
                    format!("before a provider that {}", contests(posture)),
                    "give the circle a way out that does not turn on the provider's posture",
                )
            };
            let message = format!("a case can stay for ever in {}, {why}", listed(&names));
            let place = raw.node.keys().nth(closed).map(raw::Text::span);
            resolver.wrong_but(&place.unwrap_or(raw.first.span()), message, help);
            return;
        }
    }
}

fn contests(posture: Option<Level>) -> String {
    posture.map_or("does not contest".to_owned(), |level| {
        format!("contests as far as `{}`", level.name())
    })
}

/// At most three names, and how many more.
fn listed(names: &[&raw::Text]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect();
    match names.len() {
        0..=SHOWN => shown.join(" and "),
        more => format!("{} and {} more nodes", shown.join(", "), more - SHOWN),
    }
}

/// A contest is carried to a court, whose level the posture is compared with.
fn carried_to_a_court(resolver: &mut Resolver<'_>, raw: &raw::Court, nodes: &[Node]) {
    for ((name, _), node) in raw.node.iter().zip(nodes) {
        let ends = |outcome: &Outcome| outcome.carries && matches!(outcome.target, Target::End(_));
        if node.kind == NodeKind::Contest && node.outcomes.iter().any(ends) {
            let message = format!("the outcome of `{name}` that carries on ends the case");
            resolver.wrong_but(&name.span(), message, "lead it `to` a node");
        }
    }
}

/// Where a node leads before some provider in some run.
fn possible<'a>(node: &'a Node, chances: &'a [Chance]) -> impl Iterator<Item = Target> + 'a {
    let outcomes = node.outcomes.iter().zip(chances);
    outcomes
        .filter(|(_, chance)| node.kind == NodeKind::Contest || **chance != Chance::Never)
        .map(|(outcome, _)| outcome.target)
}

/// Everything that can be reached from `starts`.
fn spread(
    count: usize,
    starts: impl IntoIterator<Item = usize>,
    next: impl Fn(usize) -> Vec<usize>,
) -> Vec<bool> {
    let mut reached = vec![false; count];
    let mut open: Vec<usize> = starts.into_iter().collect();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut reached[node], true) {
            open.extend(next(node));
        }
    }
    reached
}
