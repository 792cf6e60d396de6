//! Intercepts that give every court the marginal chances of the file.
//!
//! Each case has a latent merit θ ~ N(0, 1), the same before every court, so rulings of
//! one case agree more often than chance: `logit p = b + a·θ` for the provider. A high
//! court mostly sees cases that were lost below, of lower merit than all cases; the
//! intercept b of each node is therefore solved, in the order of the graph, so that
//! `E[p(θ) | the node is reached]` equals the chance in the file (the selection of cases
//! follows Priest & Klein 1984). How often a case of merit θ visits a node, `N(θ)`, is
//! exact on cycles too: on each cycle `(I − Q(θ))` is solved at every point of the grid,
//! in turn with the intercepts, until both stand still.
//!
//! The chances are those of cases that are contested as far as the courts allow and that
//! no exit cuts short. A provider that gives up early thus does not move a court's dice.

use super::LawError;
use super::decision::{decision_chances, is_decision};
use super::linear::solve_in_place;
use super::newton::{Scratch, solve_decision};
use super::procedure::Procedure;
use super::quadrature::{Rule, even_grid};
use crate::domain::{Level, NodeId};
use crate::scenario::resolved::{CourtSystem, NodeKind, Target};

/// Steps of the even grid over merit: 0.125 wide, which leaves errors near 1e-12 where
/// votes and cycles multiply a loading of 3.
const INTERVALS: usize = 128;
/// Rounds after which a cycle of the graph is given up.
const ROUNDS: usize = 500;
/// Change of a chance below which a cycle stands still.
const STILL: f64 = 1e-13;

/// The intercepts of every outcome of every decision, and the room to solve them.
#[derive(Clone, Debug)]
pub(super) struct Intercepts {
    /// Node × outcome; −∞ for an outcome without chance.
    values: Vec<Vec<f64>>,
    grid: Rule,
    /// Node × grid: expected entries from outside the node's cycle, by merit.
    inflow: Vec<Vec<f64>>,
    /// Node × (outcome × grid): chances by merit.
    chances: Vec<Vec<f64>>,
    /// Grid: a·θ.
    scores: Vec<f64>,
    /// Grid: distribution of merit among the cases that reach the node at hand.
    weights: Vec<f64>,
    visits: Vec<Vec<f64>>,
    matrix: Vec<f64>,
    column: Vec<f64>,
    newton: Scratch,
}

impl Default for Intercepts {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            grid: Rule {
                nodes: Vec::new(),
                weights: Vec::new(),
            },
            inflow: Vec::new(),
            chances: Vec::new(),
            scores: Vec::new(),
            weights: Vec::new(),
            visits: Vec::new(),
            matrix: Vec::new(),
            column: Vec::new(),
            newton: Scratch::default(),
        }
    }
}

impl Intercepts {
    pub(super) fn new(court: &CourtSystem) -> Self {
        let grid = even_grid(INTERVALS);
        let points = grid.nodes.len();
        let outcomes = || court.nodes.iter().map(|node| node.outcomes.len());
        Self {
            values: outcomes().map(|count| vec![0.0; count]).collect(),
            inflow: vec![vec![0.0; points]; court.nodes.len()],
            visits: vec![vec![0.0; points]; court.nodes.len()],
            chances: outcomes().map(|count| vec![0.0; count * points]).collect(),
            scores: vec![0.0; points],
            weights: vec![0.0; points],
            grid,
            ..Self::default()
        }
    }

    pub(super) fn of(&self, node: usize) -> &[f64] {
        &self.values[node]
    }

    fn points(&self) -> usize {
        self.grid.nodes.len()
    }
}

/// Solves the intercepts of every decision of the court system.
///
/// # Errors
/// [`LawError::Unsolvable`] when a node has none, [`LawError::NeverEnds`] when a cycle
/// has no way out.
pub(super) fn solve_intercepts(
    procedure: &Procedure<'_>,
    room: &mut Intercepts,
) -> Result<(), LawError> {
    let court = procedure.court();
    for (score, theta) in room.scores.iter_mut().zip(&room.grid.nodes) {
        *score = procedure.loading() * theta;
    }
    room.inflow.iter_mut().for_each(|row| row.fill(0.0));
    room.inflow[court.first.index()].fill(1.0);
    for node in 0..court.nodes.len() {
        start_node(procedure, node, room);
    }
    for group in &procedure.groups {
        let cyclic = group.len() > 1 || leads_to(court, group[0], group[0]);
        if cyclic {
            solve_cycle(procedure, group, room)?;
        } else {
            room.visits[group[0]].clone_from(&room.inflow[group[0]]);
            solve_node(procedure, group[0], room)?;
        }
        for &node in group {
            push_out(court, node, group, room);
        }
    }
    Ok(())
}

fn leads_to(court: &CourtSystem, from: usize, to: usize) -> bool {
    let mut outcomes = court.nodes[from].outcomes.iter();
    outcomes.any(|o| o.target == Target::Node(NodeId::new(to)))
}

/// Starting values: intercepts that would be right without merit, and plain chances.
fn start_node(procedure: &Procedure<'_>, index: usize, room: &mut Intercepts) {
    let court = procedure.court();
    let node = &court.nodes[index];
    let marginals = procedure.marginals(NodeId::new(index));
    let points = room.points();
    super::newton::start(node, marginals, &mut room.values[index]);
    let carried = node.contested(&court.nodes, Some(Level::Statute));
    for (o, row) in room.chances[index].chunks_mut(points).enumerate() {
        row.fill(match node.kind {
            NodeKind::Contest => f64::from(u8::from(o == carried)),
            _ => marginals[o],
        });
    }
}

/// Solves one node's intercepts given its visits; returns the largest change of a chance.
fn solve_node(
    procedure: &Procedure<'_>,
    index: usize,
    room: &mut Intercepts,
) -> Result<f64, LawError> {
    let court = procedure.court();
    let node = &court.nodes[index];
    if !is_decision(&node.kind) {
        return Ok(0.0);
    }
    weigh(&room.grid.weights, &room.visits[index], &mut room.weights);
    let marginals = procedure.marginals(NodeId::new(index));
    let values = &mut room.values[index];
    if !solve_decision(
        node,
        marginals,
        &room.weights,
        &room.scores,
        values,
        &mut room.newton,
    ) {
        return Err(LawError::Unsolvable {
            court: court.name.clone(),
            node: node.name.clone(),
            loading: procedure.loading(),
        });
    }
    let points = room.points();
    let mut change = 0.0f64;
    room.column.resize(node.outcomes.len(), 0.0);
    for (i, &score) in room.scores.iter().enumerate() {
        decision_chances(node, &room.values[index], score, &mut room.column);
        for (o, &chance) in room.column.iter().enumerate() {
            let kept = &mut room.chances[index][o * points + i];
            change = change.max((*kept - chance).abs());
            *kept = chance;
        }
    }
    Ok(change)
}

/// Merit among the cases that reach a node; among all cases when none does.
fn weigh(prior: &[f64], visits: &[f64], weights: &mut [f64]) {
    let mut total = 0.0;
    for ((weight, prior), visits) in weights.iter_mut().zip(prior).zip(visits) {
        *weight = prior * visits;
        total += *weight;
    }
    if total > 1e-250 {
        weights.iter_mut().for_each(|weight| *weight /= total);
    } else {
        weights.copy_from_slice(prior);
    }
}

/// Visits and intercepts of the nodes of a cycle, each given the other, in turn.
fn solve_cycle(
    procedure: &Procedure<'_>,
    group: &[usize],
    room: &mut Intercepts,
) -> Result<(), LawError> {
    for _ in 0..ROUNDS {
        visit_cycle(procedure.court(), group, room)?;
        let mut change = 0.0f64;
        for &node in group {
            change = change.max(solve_node(procedure, node, room)?);
        }
        if change <= STILL {
            return Ok(());
        }
    }
    let node = &procedure.court().nodes[group[0]];
    Err(LawError::Unsolvable {
        court: procedure.court().name.clone(),
        node: node.name.clone(),
        loading: procedure.loading(),
    })
}

/// Expected visits within a cycle at each merit: `N = inflow + N·Q`.
fn visit_cycle(
    court: &CourtSystem,
    group: &[usize],
    room: &mut Intercepts,
) -> Result<(), LawError> {
    let (size, points) = (group.len(), room.points());
    for i in 0..points {
        room.matrix.clear();
        room.matrix.resize(size * size, 0.0);
        room.column.clear();
        for (position, &node) in group.iter().enumerate() {
            room.column.push(room.inflow[node][i]);
            room.matrix[position * size + position] += 1.0;
            for (o, outcome) in court.nodes[node].outcomes.iter().enumerate() {
                let Target::Node(next) = outcome.target else {
                    continue;
                };
                if let Some(to) = group.iter().position(|&member| member == next.index()) {
                    room.matrix[to * size + position] -= room.chances[node][o * points + i];
                }
            }
        }
        if !solve_in_place(&mut room.matrix, &mut room.column) {
            return Err(LawError::NeverEnds {
                court: court.name.clone(),
            });
        }
        for (position, &node) in group.iter().enumerate() {
            room.visits[node][i] = room.column[position];
        }
    }
    Ok(())
}

/// Adds what leaves `node` to the inflow of nodes outside its group.
fn push_out(court: &CourtSystem, node: usize, group: &[usize], room: &mut Intercepts) {
    let points = room.points();
    for (o, outcome) in court.nodes[node].outcomes.iter().enumerate() {
        let Target::Node(next) = outcome.target else {
            continue;
        };
        if group.contains(&next.index()) {
            continue;
        }
        let chances = &room.chances[node][o * points..(o + 1) * points];
        let flows = chances.iter().zip(&room.visits[node]);
        for (inflow, (chance, visits)) in room.inflow[next.index()].iter_mut().zip(flows) {
            *inflow += chance * visits;
        }
    }
}
