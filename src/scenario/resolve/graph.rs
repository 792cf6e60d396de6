//! Is a procedure graph sound: every node can be reached, and from every node the case
//! can end?

use super::resolver::Resolver;
use crate::domain::NodeId;
use crate::scenario::raw;
use crate::scenario::resolved::{Node, NodeKind, Outcome, Quantity, Target};

/// Reports what is unsound. The nodes are those of `raw`, in order.
pub(super) fn check(resolver: &mut Resolver<'_>, raw: &raw::Court, nodes: &[Node], first: NodeId) {
    let onward: Vec<Vec<usize>> = nodes.iter().map(next_nodes).collect();
    let reached = spread(nodes.len(), [first.index()], |node| onward[node].clone());
    let mut back = vec![Vec::new(); nodes.len()];
    for (from, next) in onward.iter().enumerate() {
        for &to in next {
            back[to].push(from);
        }
    }
    let last = (0..nodes.len()).filter(|&node| can_end_here(&nodes[node]));
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
    carried_to_a_court(resolver, raw, nodes);
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

fn possible(node: &Node, outcome: &Outcome) -> bool {
    node.kind == NodeKind::Contest || outcome.chance != Quantity::Known(0.0)
}

fn next_nodes(node: &Node) -> Vec<usize> {
    let targets = node
        .outcomes
        .iter()
        .filter(|outcome| possible(node, outcome));
    targets
        .filter_map(|outcome| match outcome.target {
            Target::Node(to) => Some(to.index()),
            Target::End(_) => None,
        })
        .collect()
}

fn can_end_here(node: &Node) -> bool {
    node.outcomes
        .iter()
        .any(|outcome| possible(node, outcome) && matches!(outcome.target, Target::End(_)))
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
