//! A court system as one run uses it: how likely each outcome of each node is, for a
//! case of a given merit before a provider of a given posture.
//!
//! The file gives *marginal* chances: of all cases that reach a node, how many leave it
//! by which outcome. What a court does with one case depends on the case's latent merit
//! θ, so the chances are turned into intercepts of a logit (see [`super::merit`]).

use super::LawError;
use super::decision::decision_chances;
use super::merit::{Intercepts, solve_intercepts};
use super::order::components;
use crate::domain::{Level, NodeId, Party};
use crate::scenario::resolved::{CourtSystem, InputDraw, Node, NodeKind, Outcome, Quantity};

/// A court system with the numbers of one run.
#[derive(Clone, Debug)]
pub struct Procedure<'m> {
    court: &'m CourtSystem,
    /// Nodes in groups that can reach each other, a group before those it leads to.
    pub(super) groups: Vec<Vec<usize>>,
    loading: f64,
    /// Marginal chances of this run: node × outcome.
    chances: Vec<Vec<f64>>,
    intercepts: Intercepts,
    /// The numbers of the run solved last; they often do not change.
    solved_for: Option<(f64, Vec<Vec<f64>>)>,
}

impl<'m> Procedure<'m> {
    /// Reads the graph; the numbers are set by [`Procedure::set`].
    ///
    /// # Errors
    /// When a node lacks the outcomes that its kind asks for.
    pub fn new(court: &'m CourtSystem) -> Result<Self, LawError> {
        for node in &court.nodes {
            check_outcomes(court, node)?;
        }
        let shape: Vec<Vec<f64>> = court
            .nodes
            .iter()
            .map(|node| vec![0.0; node.outcomes.len()])
            .collect();
        Ok(Self {
            court,
            groups: components(court),
            loading: 0.0,
            chances: shape.clone(),
            intercepts: Intercepts::new(court),
            solved_for: None,
        })
    }

    /// Takes the chances and the merit loading of a run and solves the intercepts.
    ///
    /// A chance written as a distribution keeps its drawn value; the plain numbers of the
    /// node share what it leaves, in proportion.
    ///
    /// # Errors
    /// When chances of this run are no chances, or no intercepts give them.
    pub fn set(&mut self, draw: &InputDraw) -> Result<(), LawError> {
        let court = self.court;
        self.loading = court.merit_loading.value(draw);
        if !self.loading.is_finite() {
            return Err(LawError::Number {
                path: format!("court.{}.merit_loading", court.name),
                found: self.loading,
                mend: "give a finite number, such as 1",
            });
        }
        for (node, chances) in court.nodes.iter().zip(&mut self.chances) {
            if node.kind != NodeKind::Contest && !share_out(&node.outcomes, draw, chances) {
                return Err(LawError::Chances {
                    court: court.name.clone(),
                    node: node.name.clone(),
                    found: node.outcomes.iter().map(|o| o.chance.value(draw)).collect(),
                });
            }
        }
        let solved = self.solved_for.as_ref();
        if solved
            .is_some_and(|(loading, chances)| *loading == self.loading && *chances == self.chances)
        {
            return Ok(());
        }
        // Unknown until solved: a failure must not pass for the run before.
        self.solved_for = None;
        let mut intercepts = std::mem::take(&mut self.intercepts);
        let solved = solve_intercepts(self, &mut intercepts);
        self.intercepts = intercepts;
        solved?;
        self.solved_for = Some((self.loading, self.chances.clone()));
        Ok(())
    }

    /// The court system as written.
    #[must_use]
    pub fn court(&self) -> &'m CourtSystem {
        self.court
    }

    /// The merit loading a of this run.
    #[must_use]
    pub fn loading(&self) -> f64 {
        self.loading
    }

    /// The marginal chances of this run, by outcome of `node`.
    #[must_use]
    pub fn marginals(&self, node: NodeId) -> &[f64] {
        &self.chances[node.index()]
    }

    /// Writes the chance of each outcome of `node` into `out`, for a case of merit `score`
    /// (a·θ and all that moves its log-odds toward the provider besides) before a provider
    /// that contests as far as `contest_to`.
    pub fn chances(&self, node: NodeId, score: f64, contest_to: Option<Level>, out: &mut Vec<f64>) {
        let index = node.index();
        let entry = &self.court.nodes[index];
        out.clear();
        match entry.kind {
            NodeKind::Contest => {
                let chosen = entry.contested(&self.court.nodes, contest_to);
                out.extend((0..entry.outcomes.len()).map(|o| f64::from(u8::from(o == chosen))));
            }
            NodeKind::Step | NodeKind::GovernmentAppeal => {
                out.extend_from_slice(&self.chances[index]);
            }
            NodeKind::Ruling | NodeKind::Vote { .. } => {
                out.resize(entry.outcomes.len(), 0.0);
                decision_chances(entry, self.intercepts.of(index), score, out);
            }
        }
    }

    /// The outcome of `node` that a uniform number `u` picks, by the inverse of the
    /// distribution function over outcomes ordered from the provider's to the
    /// government's: a case of better merit never does worse with the same `u`.
    pub(super) fn pick(
        &self,
        node: NodeId,
        score: f64,
        contest_to: Option<Level>,
        u: f64,
        chances: &mut Vec<f64>,
    ) -> usize {
        self.chances(node, score, contest_to, chances);
        let outcomes = &self.court.nodes[node.index()].outcomes;
        let mut below = 0.0;
        let mut last = 0;
        for favours in [Some(Party::Provider), None, Some(Party::Government)] {
            for (outcome, &chance) in chances.iter().enumerate() {
                if outcomes[outcome].favours == favours && chance > 0.0 {
                    below += chance;
                    last = outcome;
                    if u < below {
                        return outcome;
                    }
                }
            }
        }
        last
    }
}

fn check_outcomes(court: &CourtSystem, node: &Node) -> Result<(), LawError> {
    let count = |test: fn(&Outcome) -> bool| node.outcomes.iter().filter(|o| test(o)).count();
    let total = node.outcomes.len();
    let mend = match node.kind {
        _ if total == 0 => "give it at least one outcome",
        NodeKind::Vote { .. } if total != 2 || count(|o| o.tie) != 1 => {
            "a vote has two outcomes, one of them with tie = true"
        }
        NodeKind::Vote { judges: 0 } => "give judges, at least 1",
        NodeKind::Contest if count(|o| o.carries) == 0 || count(|o| o.carries) == total => {
            "a contest has an outcome with carries = true and one without"
        }
        _ => return Ok(()),
    };
    Err(LawError::Outcomes {
        court: court.name.clone(),
        node: node.name.clone(),
        mend,
    })
}

/// Writes chances that sum to one; false when they cannot be made from what is given.
fn share_out(outcomes: &[Outcome], draw: &InputDraw, chances: &mut [f64]) -> bool {
    let (mut drawn, mut plain) = (0.0, 0.0);
    for (outcome, chance) in outcomes.iter().zip(chances.iter_mut()) {
        *chance = outcome.chance.value(draw);
        if !(*chance >= 0.0 && chance.is_finite()) {
            return false;
        }
        match outcome.chance {
            Quantity::Known(_) => plain += *chance,
            Quantity::Uncertain(_) => drawn += *chance,
        }
    }
    let drawn_factor = if plain == 0.0 || drawn > 1.0 {
        1.0 / drawn
    } else {
        1.0
    };
    let plain_factor = (1.0 - drawn).max(0.0) / plain;
    for (outcome, chance) in outcomes.iter().zip(chances.iter_mut()) {
        if *chance > 0.0 {
            *chance *= match outcome.chance {
                Quantity::Known(_) => plain_factor,
                Quantity::Uncertain(_) => drawn_factor,
            };
        }
    }
    drawn + plain > 0.0
}
