//! What happens to a case, in words.

use super::{Told, Words};
use crate::domain::{CaseId, Ending, EventKind, NodeId, Party};

impl<'m> Words<'m> {
    pub(super) fn court(&self, kind: EventKind) -> Told<'m> {
        let (case, by_court, value, text) = match kind {
            EventKind::CaseFiled { case } => {
                (case, false, f64::NAN, "the order is served".to_owned())
            }
            EventKind::Ruling {
                case,
                node,
                favours,
                ..
            } => {
                let who = self.party(case, favours);
                (
                    case,
                    true,
                    f64::NAN,
                    format!("{} holds for {who}", self.node(case, node)),
                )
            }
            EventKind::Step {
                case,
                node,
                outcome,
            } => {
                let spec = &self.court_of(case).nodes[node.index()];
                let title = &spec.outcomes[usize::from(outcome)].title;
                (case, true, f64::NAN, format!("{}: {title}", spec.title))
            }
            EventKind::Appeal { case, by, to } => {
                let who = self.party(case, by);
                (
                    case,
                    false,
                    f64::NAN,
                    format!("{who} carries the case to the {} court", to.name()),
                )
            }
            EventKind::NoAppeal { case, by } => (
                case,
                false,
                f64::NAN,
                format!("{} lets the ruling stand", self.party(case, by)),
            ),
            EventKind::Stay { case, granted } => {
                let text = if granted {
                    "the order is stayed"
                } else {
                    "the stay is lifted"
                };
                (case, true, f64::NAN, text.to_owned())
            }
            EventKind::Contempt { case, fined } => {
                let how = if fined {
                    "with a daily fine"
                } else {
                    "by stipulation, without a fine"
                };
                let who = self.party(case, Party::Provider);
                (
                    case,
                    true,
                    f64::NAN,
                    format!("{who} is held in contempt {how}"),
                )
            }
            EventKind::PartialCompliance { case } => {
                let who = self.party(case, Party::Provider);
                (
                    case,
                    false,
                    f64::NAN,
                    format!("{who} hands over non-content data and withholds the rest"),
                )
            }
            EventKind::FinePaid { case, usd } => {
                let who = self.party(case, Party::Provider);
                (
                    case,
                    false,
                    usd,
                    format!("{who} pays USD {usd:.0} in fines for contempt"),
                )
            }
            EventKind::CaseEnded { case, ending } => (
                case,
                true,
                f64::NAN,
                format!("the case ends: {}", ending_in_words(ending)),
            ),
            _ => (CaseId(0), false, f64::NAN, String::new()),
        };
        let spec = &self.model.cases[case.index()];
        let actor = match kind {
            EventKind::Appeal {
                by: Party::Government,
                ..
            }
            | EventKind::NoAppeal {
                by: Party::Government,
                ..
            }
            | EventKind::CaseFiled { .. } => self.model.jurisdictions[spec.asserting.index()]
                .name
                .clone(),
            _ if by_court => self.court_of(case).name.clone(),
            _ => self.model.providers[spec.provider.index()].name.clone(),
        };
        Told {
            actor: Some(actor),
            target: Some(spec.name.clone()),
            jurisdiction: Some(
                self.model.jurisdictions[spec.asserting.index()]
                    .name
                    .clone(),
            ),
            value,
            unit: value.is_finite().then_some("usd"),
            text: format!("{}: {text}", spec.title),
        }
    }

    fn court_of(&self, case: CaseId) -> &crate::scenario::resolved::CourtSystem {
        &self.model.courts[self.model.cases[case.index()].court]
    }

    fn node(&self, case: CaseId, node: NodeId) -> &str {
        &self.court_of(case).nodes[node.index()].title
    }

    fn party(&self, case: CaseId, party: Party) -> String {
        let spec = &self.model.cases[case.index()];
        match party {
            Party::Government => format!("the government of {}", self.country(spec.asserting)),
            Party::Provider => self.model.providers[spec.provider.index()].title.clone(),
        }
    }
}

const fn ending_in_words(ending: Ending) -> &'static str {
    match ending {
        Ending::Government => "the last court holds for the government",
        Ending::Provider => "the last court holds for the provider",
        Ending::Complied => "the provider stops contesting",
        Ending::Statute => "moot, a statute has settled the question",
        Ending::Treaty => "an agreement opens another way",
        Ending::Settled => "settled",
        Ending::Withdrawn => "the order is withdrawn",
    }
}
