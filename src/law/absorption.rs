//! What can be known of a court system without simulating it: how often each node is
//! visited, how the case ends and how long it takes, if no exit fires.
//!
//! For a case of known merit the nodes visited are an absorbing Markov chain with
//! fundamental matrix `(I − Q)⁻¹` (Kemeny & Snell 1960), and its stays make it a
//! semi-Markov process (Limnios & Oprisan 2001). Over cases of unknown merit the same
//! is averaged by quadrature.

use super::LawError;
use super::linear::solve_in_place;
use super::procedure::Procedure;
use super::quadrature::{Rule, even_grid};
use crate::domain::{Ending, Level, NodeId};
use crate::scenario::resolved::{NodeKind, Target};

/// Steps of the quadrature over merit.
const INTERVALS: usize = 512;

/// Visits, endings and duration of a case from a node on.
#[derive(Clone, Debug, PartialEq)]
pub struct Absorption {
    /// Expected visits, by node.
    pub visits: Vec<f64>,
    /// Chance of each ending, by [`Ending::index`].
    pub endings: [f64; Ending::ALL.len()],
    /// Mean days to the end.
    pub mean_days: f64,
    /// Variance of the days to the end.
    pub variance_days: f64,
}

/// What a provider can expect from each node on, if it contests to the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospect {
    /// Chance that it wins, by node.
    pub wins: Vec<f64>,
    /// Mean days before courts of each level, by node and [`Level::index`].
    pub days_at: Vec<[f64; Level::ALL.len()]>,
}

impl Procedure<'_> {
    /// The exact course of a case of merit `score` (log-odds toward the provider) that
    /// stands at `from`, before a provider that contests as far as `contest_to`. Stays
    /// are taken as written, before rounding to days.
    ///
    /// # Errors
    /// [`LawError::NeverEnds`] when the case can stay for ever.
    pub fn absorption(
        &self,
        from: NodeId,
        contest_to: Option<Level>,
        score: f64,
    ) -> Result<Absorption, LawError> {
        let court = self.court();
        let size = court.nodes.len();
        let stays: Vec<(f64, f64)> = court
            .nodes
            .iter()
            .map(|node| (node.days.mean(), node.days.variance()))
            .collect();
        let (moves, ends) = self.transitions(contest_to, score);
        let visits = self.solve(&moves, true, |node| {
            f64::from(u8::from(node == from.index()))
        })?;
        let mean = self.solve(&moves, false, |node| stays[node].0)?;
        let square = self.solve(&moves, false, |node| {
            let (stay, variance) = stays[node];
            let rest: f64 = (0..size).map(|to| moves[node * size + to] * mean[to]).sum();
            variance + stay * stay + 2.0 * stay * rest
        })?;
        let mut endings = [0.0; Ending::ALL.len()];
        for (visits, ends) in visits.iter().zip(&ends) {
            for (sum, chance) in endings.iter_mut().zip(ends) {
                *sum += visits * chance;
            }
        }
        let mean_days = mean[from.index()];
        let variance_days = square[from.index()] - mean_days * mean_days;
        Ok(Absorption {
            visits,
            endings,
            mean_days,
            variance_days,
        })
    }

    /// [`Procedure::absorption`] from the first node, averaged over cases of all merits.
    ///
    /// # Errors
    /// As there.
    pub fn absorption_over_merit(&self, contest_to: Option<Level>) -> Result<Absorption, LawError> {
        self.absorption_over(&even_grid(INTERVALS), contest_to)
    }

    pub(super) fn absorption_over(
        &self,
        rule: &Rule,
        contest_to: Option<Level>,
    ) -> Result<Absorption, LawError> {
        let court = self.court();
        let mut sum = Absorption {
            visits: vec![0.0; court.nodes.len()],
            endings: [0.0; Ending::ALL.len()],
            mean_days: 0.0,
            variance_days: 0.0,
        };
        let mut square = 0.0;
        for (theta, weight) in rule.nodes.iter().zip(&rule.weights) {
            let at = self.absorption(court.first, contest_to, self.loading() * theta)?;
            let pairs = sum.visits.iter_mut().zip(&at.visits);
            pairs.for_each(|(sum, visits)| *sum += weight * visits);
            let pairs = sum.endings.iter_mut().zip(&at.endings);
            pairs.for_each(|(sum, chance)| *sum += weight * chance);
            sum.mean_days += weight * at.mean_days;
            square += weight * (at.variance_days + at.mean_days * at.mean_days);
        }
        sum.variance_days = square - sum.mean_days * sum.mean_days;
        Ok(sum)
    }

    /// The chance of each outcome of each node among all cases that reach it: what the
    /// file states, when the provider contests all the way. NaN for a node that no case
    /// reaches.
    ///
    /// # Errors
    /// As [`Procedure::absorption`].
    pub fn realised_chances(&self, contest_to: Option<Level>) -> Result<Vec<Vec<f64>>, LawError> {
        let court = self.court();
        let rule = even_grid(INTERVALS);
        let shape = court
            .nodes
            .iter()
            .map(|node| vec![0.0; node.outcomes.len()]);
        let mut flows: Vec<Vec<f64>> = shape.collect();
        let mut chances = Vec::new();
        for (theta, weight) in rule.nodes.iter().zip(&rule.weights) {
            let score = self.loading() * theta;
            let visits = self.absorption(court.first, contest_to, score)?.visits;
            for (node, flows) in flows.iter_mut().enumerate() {
                self.chances(NodeId::new(node), score, contest_to, &mut chances);
                let pairs = flows.iter_mut().zip(&chances);
                pairs.for_each(|(flow, chance)| *flow += weight * visits[node] * chance);
            }
        }
        for flows in &mut flows {
            let total: f64 = flows.iter().sum();
            flows.iter_mut().for_each(|flow| *flow /= total);
        }
        Ok(flows)
    }

    /// Chances of moving from node to node (row by row) and from each node to each ending.
    fn transitions(
        &self,
        contest_to: Option<Level>,
        score: f64,
    ) -> (Vec<f64>, Vec<[f64; Ending::ALL.len()]>) {
        self.transitions_by(|node, out| self.chances(node, score, contest_to, out))
    }

    /// The same, by what writes the chances of a node.
    fn transitions_by(
        &self,
        write: impl Fn(NodeId, &mut Vec<f64>),
    ) -> (Vec<f64>, Vec<[f64; Ending::ALL.len()]>) {
        let nodes = &self.court().nodes;
        let mut moves = vec![0.0; nodes.len() * nodes.len()];
        let mut ends = vec![[0.0; Ending::ALL.len()]; nodes.len()];
        let mut chances = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            write(NodeId::new(index), &mut chances);
            for (outcome, &chance) in node.outcomes.iter().zip(&chances) {
                match outcome.target {
                    Target::Node(next) => moves[index * nodes.len() + next.index()] += chance,
                    Target::End(ending) => ends[index][ending.index()] += chance,
                }
            }
        }
        (moves, ends)
    }

    /// What a provider can expect from each node on if it contests to the end, by the
    /// chances of the file: those among all cases that reach a node, whatever their merit,
    /// which is what a party knows that knows the path.
    ///
    /// # Errors
    /// [`LawError::NeverEnds`] when the case can stay for ever.
    pub fn prospect(&self) -> Result<Prospect, LawError> {
        let court = self.court();
        let contests = |node: NodeId, out: &mut Vec<f64>| match court.nodes[node.index()].kind {
            NodeKind::Contest => self.chances(node, 0.0, Some(Level::Statute), out),
            _ => {
                out.clear();
                out.extend_from_slice(self.marginals(node));
            }
        };
        let (moves, ends) = self.transitions_by(contests);
        let wins = self.solve(&moves, false, |node| ends[node][Ending::Provider.index()])?;
        let at = |node: usize, level| court.nodes[node].level == level;
        let mut days_at = vec![[0.0; Level::ALL.len()]; court.nodes.len()];
        for level in Level::ALL {
            let stay =
                |node: usize| f64::from(u8::from(at(node, level))) * court.nodes[node].days.mean();
            let days = self.solve(&moves, false, stay)?;
            for (all, days) in days_at.iter_mut().zip(days) {
                all[level.index()] = days;
            }
        }
        Ok(Prospect { wins, days_at })
    }

    /// Solves `(I − Q)x = b`, or `(I − Qᵀ)x = b` when `transposed`.
    fn solve(
        &self,
        moves: &[f64],
        transposed: bool,
        right: impl Fn(usize) -> f64,
    ) -> Result<Vec<f64>, LawError> {
        let size = self.court().nodes.len();
        let mut matrix = vec![0.0; size * size];
        for row in 0..size {
            for column in 0..size {
                let (from, to) = if transposed {
                    (column, row)
                } else {
                    (row, column)
                };
                let same = f64::from(u8::from(row == column));
                matrix[row * size + column] = same - moves[from * size + to];
            }
        }
        let mut column: Vec<f64> = (0..size).map(right).collect();
        if solve_in_place(&mut matrix, &mut column) {
            Ok(column)
        } else {
            Err(LawError::NeverEnds {
                court: self.court().name.clone(),
            })
        }
    }
}
