//! Does every path of a procedure graph end, with certainty?
//!
//! In one run a case moves as a Markov chain, so it can stay in the graph for ever, with a
//! chance above 0, if and only if there is a *trap*: nodes that it can reach, each of
//! which leads with all its chance to nodes of the set (Kemeny & Snell 1960, chapter 3).
//! A remand makes a circle but no trap while some way out of it has a chance. Two things
//! close a way out in one run and not in another:
//!
//! - the provider's posture, which decides each contest the same way every time;
//! - chances drawn once a run: one that is drawn as 0, and the plain chances of a node
//!   whose drawn ones sum to 1 or more (the plain ones share what these leave).
//!
//! Both are searched here: the largest trap is what is left after taking away, as often
//! as possible, nodes that in every run lead out of what is left with some chance. Chances
//! are taken as drawn freely of each other. Exits do not count: their hazards may be 0.
//! Merit closes no way out, since an outcome with a chance keeps one at every merit.

use crate::domain::Level;
use crate::scenario::resolved::{Distribution, Node, NodeKind, Quantity, Target};

/// Every posture of a provider: not to contest, or to contest as far as a level.
pub(super) const POSTURES: [Option<Level>; 6] = [
    None,
    Some(Level::Magistrate),
    Some(Level::District),
    Some(Level::Circuit),
    Some(Level::Supreme),
    Some(Level::Statute),
];

/// What the chance of an outcome can be, from run to run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Chance {
    /// Zero in every run.
    Never,
    /// Written as a plain number above 0.
    Plain,
    /// Drawn once a run.
    Drawn {
        /// It is zero in some runs.
        vanishes: bool,
        /// The highest value, or the one that it comes near.
        high: f64,
        /// `high` itself is drawn in some runs.
        reached: bool,
    },
}

impl Chance {
    /// Of a chance as resolved, with its distribution if it is drawn.
    pub(super) fn of(chance: Quantity, drawn: Option<&Distribution>) -> Self {
        match (chance, drawn) {
            (Quantity::Known(value), _) if value > 0.0 => Self::Plain,
            (Quantity::Known(_), _) => Self::Never,
            (Quantity::Uncertain(_), None) => Self::Plain,
            (Quantity::Uncertain(_), Some(law)) => Self::drawn(law),
        }
    }

    fn drawn(law: &Distribution) -> Self {
        let (low, high) = law.support();
        // A continuous law takes an end of its support with chance 0.
        let reached = match law {
            Distribution::Discrete { .. } | Distribution::Empirical { .. } => true,
            Distribution::Normal { .. }
            | Distribution::Lognormal { .. }
            | Distribution::Beta { .. }
            | Distribution::Triangular { .. }
            | Distribution::Pert { .. }
            | Distribution::Gamma { .. }
            | Distribution::Weibull { .. }
            | Distribution::Uniform { .. } => false,
        };
        if high <= 0.0 {
            return Self::Never;
        }
        Self::Drawn {
            vanishes: reached && low <= 0.0,
            high,
            reached,
        }
    }
}

/// A way out of a node: the node it leads to, none for the end of the case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub to: Option<usize>,
    pub chance: Chance,
}

/// The node of a target, none of the end of the case.
pub(super) fn node_of(target: Target) -> Option<usize> {
    match target {
        Target::Node(to) => Some(to.index()),
        Target::End(_) => None,
    }
}

/// The ways out of each node before a provider of this posture.
pub(super) fn ways(
    nodes: &[Node],
    chances: &[Vec<Chance>],
    posture: Option<Level>,
) -> Vec<Vec<Way>> {
    let rows = nodes.iter().zip(chances).map(|(node, chances)| {
        let chosen = (node.kind == NodeKind::Contest).then(|| node.contested(nodes, posture));
        let outcomes = node.outcomes.iter().zip(chances).enumerate();
        let ways = outcomes.map(|(index, (outcome, &chance))| Way {
            to: node_of(outcome.target),
            chance: match chosen {
                Some(chosen) if chosen == index => Chance::Plain,
                Some(_) => Chance::Never,
                None => chance,
            },
        });
        ways.collect()
    });
    rows.collect()
}

/// Nodes in which a case that starts at `first` can be caught for ever, by node. With
/// `drawn`, in some run; without, in every run, whatever is drawn.
pub(super) fn trap(ways: &[Vec<Way>], first: usize, drawn: bool) -> Vec<bool> {
    let mut kept = vec![true; ways.len()];
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); ways.len()];
    for (from, ways) in ways.iter().enumerate() {
        for way in ways.iter().filter(|way| way.chance != Chance::Never) {
            if let Some(to) = way.to {
                before[to].push(from);
            }
        }
    }
    let mut open: Vec<usize> = (0..ways.len()).collect();
    while let Some(node) = open.pop() {
        if kept[node] && !can_stay(&ways[node], &kept, drawn) {
            kept[node] = false;
            open.extend(before[node].iter().filter(|&&from| kept[from]));
        }
    }
    let reached = reached(ways, first);
    kept.iter()
        .zip(reached)
        .map(|(&kept, reached)| kept && reached)
        .collect()
}

/// Is there a run in which all the chance of a node leads to nodes that are kept?
fn can_stay(ways: &[Way], kept: &[bool], drawn: bool) -> bool {
    let mut stays = false;
    let mut leaves_plain = false;
    let (mut high_sum, mut all_reached) = (0.0, true);
    for way in ways {
        let inside = way.to.is_some_and(|to| kept[to]);
        match (way.chance, inside) {
            (Chance::Never, _) => {}
            (Chance::Plain, true) => stays = true,
            (Chance::Plain, false) => leaves_plain = true,
            (Chance::Drawn { high, reached, .. }, true) => {
                stays = true;
                high_sum += high;
                all_reached &= reached;
            }
            (Chance::Drawn { vanishes, .. }, false) => {
                if !(drawn && vanishes) {
                    return false;
                }
            }
        }
    }
    let leaves_nothing = high_sum > 1.0 || (high_sum == 1.0 && all_reached);
    stays && (!leaves_plain || (drawn && leaves_nothing))
}

/// Nodes that a case from `first` meets in some run.
fn reached(ways: &[Vec<Way>], first: usize) -> Vec<bool> {
    let mut reached = vec![false; ways.len()];
    let mut open = vec![first];
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut reached[node], true) {
            let onward = ways[node].iter().filter(|way| way.chance != Chance::Never);
            open.extend(onward.filter_map(|way| way.to));
        }
    }
    reached
}

#[cfg(test)]
mod tests;
