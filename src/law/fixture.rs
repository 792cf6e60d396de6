//! Court systems and cases from which the tests of this room are built.

use crate::domain::{Ending, Level, NodeId, Party};
use crate::scenario::resolved::{
    CourtSystem, Distribution, InputDraw, Node, NodeKind, Outcome, Quantity, Target,
};

pub(super) const GOVERNMENT: Option<Party> = Some(Party::Government);
pub(super) const PROVIDER: Option<Party> = Some(Party::Provider);

pub(super) fn no_inputs() -> InputDraw {
    InputDraw(Vec::new())
}

pub(super) fn fixed(days: f64) -> Distribution {
    Distribution::Discrete {
        values: vec![days],
        chances: vec![1.0],
    }
}

pub(super) fn to(node: usize) -> Target {
    Target::Node(NodeId::new(node))
}

pub(super) fn outcome(chance: f64, favours: Option<Party>, target: Target) -> Outcome {
    Outcome {
        name: format!("{target:?}"),
        title: String::new(),
        chance: Quantity::Known(chance),
        favours,
        rules: favours.is_some(),
        tie: false,
        carries: false,
        effects: Vec::new(),
        target,
    }
}

pub(super) fn node(level: Level, kind: NodeKind, days: f64, outcomes: Vec<Outcome>) -> Node {
    Node {
        name: format!("{level:?}-{kind:?}-{days}"),
        title: String::new(),
        level,
        kind,
        days: fixed(days),
        outcomes,
    }
}

pub(super) fn court(loading: f64, nodes: Vec<Node>) -> CourtSystem {
    let mut nodes = nodes;
    for (index, node) in nodes.iter_mut().enumerate() {
        node.name = format!("node-{index}");
    }
    CourtSystem {
        name: "test".into(),
        title: String::new(),
        first: NodeId::new(0),
        merit_loading: Quantity::Known(loading),
        doctrine_loading: Quantity::Known(0.0),
        amici_loading: Quantity::Known(0.0),
        reference_amici: 0.0,
        salience_loading: Quantity::Known(0.0),
        reference_salience: 0.0,
        nodes,
        exits: Vec::new(),
    }
}

/// District, the provider's appeal, a panel that may remand, a vote of eight, the highest
/// court: every kind of node, and a cycle.
pub(super) fn ladder(loading: f64) -> CourtSystem {
    let end = Target::End;
    let mut carry = outcome(0.0, None, to(2));
    carry.carries = true;
    let mut tie = outcome(0.75, PROVIDER, to(5));
    tie.tie = true;
    let ruling = NodeKind::Ruling;
    court(
        loading,
        vec![
            node(
                Level::District,
                ruling.clone(),
                100.0,
                vec![
                    outcome(0.85, GOVERNMENT, to(1)),
                    outcome(0.15, PROVIDER, to(3)),
                ],
            ),
            node(
                Level::District,
                NodeKind::Contest,
                0.0,
                vec![carry, outcome(0.0, None, end(Ending::Complied))],
            ),
            node(
                Level::Circuit,
                ruling.clone(),
                300.0,
                vec![
                    outcome(0.55, GOVERNMENT, end(Ending::Government)),
                    outcome(0.3, PROVIDER, to(4)),
                    outcome(0.15, None, to(0)),
                ],
            ),
            node(
                Level::District,
                NodeKind::GovernmentAppeal,
                30.0,
                vec![
                    outcome(0.6, None, to(2)),
                    outcome(0.4, None, end(Ending::Provider)),
                ],
            ),
            node(
                Level::Circuit,
                NodeKind::Vote { judges: 8 },
                110.0,
                vec![outcome(0.25, GOVERNMENT, to(2)), tie],
            ),
            node(
                Level::Supreme,
                ruling,
                200.0,
                vec![
                    outcome(0.7, GOVERNMENT, end(Ending::Government)),
                    outcome(0.3, PROVIDER, end(Ending::Provider)),
                ],
            ),
        ],
    )
}
