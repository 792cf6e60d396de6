//! What is fixed about a case before any run: its history, the outcomes imposed on it,
//! and the names by which its luck is keyed.

use super::LawError;
use super::agreement::Learned;
use crate::chance::EntityKey;
use crate::domain::{CaseId, Control, Date, Ending, JurisdictionId, NodeId};
use crate::scenario::resolved::{
    CaseSpec, CourtSystem, ForceKind, FullModel, Given, InstrumentKind, NodeKind, Posture, Target,
};

/// A case as the scenario gives it.
#[derive(Clone, Debug)]
pub(super) struct Plan<'m> {
    pub id: CaseId,
    pub spec: &'m CaseSpec,
    pub court: &'m CourtSystem,
    /// Of the provider; of a challenge to an act, in which none takes part, to contest nothing.
    pub posture: Posture,
    /// Position of the asserting jurisdiction's doctrine.
    pub doctrine: Option<usize>,
    /// Control structure of the data at issue, if the case is about an order.
    pub control: Option<Control>,
    pub key: EntityKey,
    pub node_keys: Vec<EntityKey>,
    /// Outcomes imposed, by date, and whether the court waits for it.
    pub forced: Vec<(Given, bool)>,
    /// What is known of it since the start.
    pub learned: Learned,
    /// The case is known to have been open until this day; exits fire from it on.
    pub known_until: Date,
    /// By ending: instruments of the asserting government bring it, and no hazard of the
    /// court system.
    pub settled_by_policy: [bool; Ending::ALL.len()],
}

impl<'m> Plan<'m> {
    /// # Errors
    /// [`LawError::History`] when the history does not follow the graph.
    pub(super) fn new(model: &'m FullModel, index: usize, start: Date) -> Result<Self, LawError> {
        let id = CaseId::new(index);
        let spec = &model.cases[index];
        let court = &model.courts[spec.court];
        let key = EntityKey::of(&spec.name);
        let node_key = |name: &str| key.child(EntityKey::of(name).bits());
        let forced = model.forces.iter().filter_map(|force| match force.kind {
            ForceKind::Ruling {
                case,
                node,
                outcome,
                waits,
            } if case == id => {
                let date = force.date;
                let given = Given {
                    node,
                    outcome,
                    date,
                };
                Some((given, waits))
            }
            _ => None,
        });
        let mut forced: Vec<(Given, bool)> = forced.collect();
        forced.sort_by_key(|(given, _)| given.date);
        let doctrines = &mut model.doctrines.iter();
        let plan = Self {
            id,
            spec,
            court,
            posture: spec
                .provider()
                .map_or(Posture::contesting_to(None), |provider| {
                    model.providers[provider.index()].posture
                }),
            doctrine: spec
                .asserting()
                .and_then(|by| doctrines.position(|doctrine| doctrine.jurisdiction == by)),
            control: model.control_at_issue(spec),
            key,
            node_keys: court
                .nodes
                .iter()
                .map(|node| node_key(&node.name))
                .collect(),
            forced,
            learned: Learned::new(model, id),
            known_until: spec
                .history
                .last()
                .map_or(start, |given| given.date.max(start)),
            settled_by_policy: settled_by_policy(model, spec.asserting()),
        };
        plan.check_history()?;
        Ok(plan)
    }

    /// The outcome by which the party at `node` went on to the next node of the history,
    /// where the history leaves that step unsaid.
    pub(super) fn implied(&self, node: NodeId, next: NodeId) -> Option<usize> {
        let entry = &self.court.nodes[node.index()];
        if !matches!(entry.kind, NodeKind::Contest | NodeKind::GovernmentAppeal) {
            return None;
        }
        let target = Target::Node(next);
        entry
            .outcomes
            .iter()
            .position(|outcome| outcome.target == target)
    }

    fn check_history(&self) -> Result<(), LawError> {
        let mut at = Target::Node(self.court.first);
        let mut today = self.spec.filed;
        for given in &self.spec.history {
            if given.date < today {
                return Err(self.broken(given, at, "give the history in order of date"));
            }
            today = given.date;
            if let Target::Node(node) = at
                && node != given.node
                && let Some(step) = self.implied(node, given.node)
            {
                at = self.court.nodes[node.index()].outcomes[step].target;
            }
            if at != Target::Node(given.node) {
                return Err(self.broken(given, at, "name every node between, with its outcome"));
            }
            at = self.court.nodes[given.node.index()].outcomes[given.outcome].target;
        }
        Ok(())
    }

    fn broken(&self, given: &Given, at: Target, mend: &'static str) -> LawError {
        LawError::History {
            case: self.spec.name.clone(),
            given: self.court.nodes[given.node.index()].name.clone(),
            date: given.date,
            at: match at {
                Target::Node(node) => self.court.nodes[node.index()].name.clone(),
                Target::End(_) => "its end".into(),
            },
            mend,
        }
    }
}

fn settled_by_policy(
    model: &FullModel,
    asserting: Option<JurisdictionId>,
) -> [bool; Ending::ALL.len()] {
    let mut settled = [false; Ending::ALL.len()];
    for instrument in model
        .instruments
        .iter()
        .filter(|i| Some(i.against) == asserting)
    {
        match instrument.kind {
            InstrumentKind::Statute => settled[Ending::Statute.index()] = true,
            InstrumentKind::Treaty => settled[Ending::Treaty.index()] = true,
            _ => {}
        }
    }
    settled
}
