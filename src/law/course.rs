//! What a court system asks of a case, in a few numbers: how many nodes, how long a path.

use std::fmt;

use super::{LawError, Procedure};
use crate::domain::{Level, NodeId};
use crate::scenario::resolved::{CourtSystem, InputDraw, NodeKind, Target};

/// The course of cases through a court system, if no exit cuts them short.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Course {
    /// Nodes of the procedure graph.
    pub nodes: usize,
    /// Steps (nodes left) of the longest path before any provider; none where a remand
    /// makes a circle, so that no number bounds them.
    pub most_steps: Option<usize>,
    /// Mean steps of a case that the provider contests to the end.
    pub mean_steps: f64,
    /// Mean days of such a case from filing to its end, stays as written.
    pub mean_days: f64,
}

impl Course {
    /// The course of cases through `court` with the numbers `draw` of one run, such as
    /// the medians of the inputs; means are over cases of all merits.
    ///
    /// # Errors
    /// When the numbers give no chances, or a case can stay for ever.
    pub fn of(court: &CourtSystem, draw: &InputDraw) -> Result<Self, LawError> {
        let mut procedure = Procedure::new(court)?;
        procedure.set(draw)?;
        let contested = procedure.absorption_over_merit(Some(Level::Statute))?;
        Ok(Self {
            nodes: court.nodes.len(),
            most_steps: longest_path(&procedure),
            mean_steps: contested.visits.iter().sum(),
            mean_days: contested.mean_days,
        })
    }
}

/// "23 nodes; every path ends, after at most 17 steps, on average 9.4 and 1,020 days"
impl fmt::Display for Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} nodes; every path ends, ", self.nodes)?;
        if let Some(most) = self.most_steps {
            write!(f, "after at most {most} steps, ")?;
        }
        write!(
            f,
            "on average after {:.1} steps and {:.0} days when contested to the end",
            self.mean_steps, self.mean_days
        )
    }
}

/// Nodes on the longest path from the first node, over every posture; none with a circle.
fn longest_path(procedure: &Procedure<'_>) -> Option<usize> {
    let court = procedure.court();
    let mut longest = vec![0; court.nodes.len()];
    longest[court.first.index()] = 1;
    // A group stands before those it leads to.
    for group in &procedure.groups {
        if group.iter().all(|&node| longest[node] == 0) {
            continue;
        }
        let &[node] = group.as_slice() else {
            return None;
        };
        let entry = &court.nodes[node];
        let chances = procedure.marginals(NodeId::new(node));
        for (outcome, &chance) in entry.outcomes.iter().zip(chances) {
            let possible = entry.kind == NodeKind::Contest || chance > 0.0;
            if let (Target::Node(next), true) = (outcome.target, possible) {
                if next.index() == node {
                    return None;
                }
                longest[next.index()] = longest[next.index()].max(longest[node] + 1);
            }
        }
    }
    longest.into_iter().max()
}
