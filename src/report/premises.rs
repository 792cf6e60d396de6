//! What futures rest on besides the scenario's numbers: rulings that are forced, and what was
//! learned since the start.

use serde::{Deserialize, Serialize};

use crate::domain::{CaseId, Date, Event, EventKind, NodeId};
use crate::scenario::Scenario;
use crate::scenario::resolved::{FactKind, ForceKind, FullModel, Model};
use crate::world::telling::tell;

/// What is forced and what is known.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Premises {
    /// Rulings that are forced, in sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forced: Vec<String>,
    /// What was learned, in sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<String>,
    /// Futures drawn until as many as are told agreed with it; nothing where nothing is given
    /// or they were not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<u64>,
}

impl Premises {
    /// Those of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let Model::Full(model) = &scenario.model else {
            return Self::default();
        };
        let telling = Telling {
            model,
            currency: &scenario.currency,
            start: scenario.start,
        };
        let forced = model.forces.iter().filter_map(|force| match force.kind {
            ForceKind::Ruling {
                case,
                node,
                outcome,
                waits,
            } => {
                // One without a date is dated before all else.
                let on = (force.date >= scenario.start).then_some(force.date);
                let said = telling.sentence((case, node, outcome), on);
                Some(match on {
                    Some(_) if waits => format!("{said}, or later where it comes there later"),
                    _ => said,
                })
            }
            _ => None,
        });
        let given = model.facts.iter().map(|fact| match fact.kind {
            FactKind::Left { node, outcome, on } => {
                telling.sentence((fact.case, node, outcome), on)
            }
            FactKind::Open(day) => {
                let case = &model.cases[fact.case.index()].title;
                format!("On {} {case} is still open", day.in_words())
            }
        });
        Self {
            forced: forced.collect(),
            given: given.collect(),
            drawn: None,
        }
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forced.is_empty() && self.given.is_empty()
    }
}

/// What sentences are made with.
struct Telling<'m> {
    model: &'m FullModel,
    currency: &'m str,
    start: Date,
}

impl Telling<'_> {
    /// How a case leaves a node, as a story tells it.
    fn sentence(&self, (case, node, outcome): (CaseId, NodeId, usize), on: Option<Date>) -> String {
        let court = &self.model.courts[self.model.cases[case.index()].court];
        let entry = &court.nodes[node.index()];
        let taken = &entry.outcomes[outcome];
        let outcome = u16::try_from(outcome).unwrap_or(u16::MAX);
        let kind = match taken.favours.filter(|_| taken.rules) {
            Some(favours) => EventKind::Ruling {
                case,
                node,
                outcome,
                level: entry.level,
                favours,
            },
            None => EventKind::Step {
                case,
                node,
                outcome,
            },
        };
        let event = Event {
            date: on.unwrap_or(self.start),
            cause: None,
            kind,
        };
        let text = tell(&event, self.model, self.currency).text;
        match on {
            Some(day) => format!("{text}, on {}", day.in_words()),
            None => format!("{text}, whenever it comes to that"),
        }
    }
}
