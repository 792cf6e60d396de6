//! What happens to a case, in words: the titles of its court system's nodes and outcomes,
//! as a sentence.

use super::{Told, Words, capitalised};
use crate::domain::{CaseId, Date, Ending, Event, EventKind, NodeId, Party};
use crate::scenario::resolved::{CaseSpec, CourtSystem, NodeKind, Subject};

/// What the files of courts call the provider of a case.
const PROVIDER: &str = "the provider";

impl<'m> Words<'m> {
    /// An event of a case; nothing for other events.
    pub(super) fn court(&self, event: &Event) -> Told<'m> {
        let Some((case, text)) = self.of_case(event) else {
            return Told::default();
        };
        let spec = self.case(case);
        let government = match &spec.about {
            Subject::Order(order) => &self.model.jurisdictions[order.asserting.index()].name,
            Subject::Act { of } => &self.model.makers[of.index()].name,
        };
        let court = &self.court_of(case).name;
        let provider = spec
            .provider()
            .map(|of| &self.model.providers[of.index()].name);
        let provider = provider.unwrap_or(court);
        let (actor, value) = match event.kind {
            EventKind::Appeal { by, .. } | EventKind::NoAppeal { by, .. } => match by {
                Party::Government => (government, f64::NAN),
                Party::Provider => (provider, f64::NAN),
            },
            EventKind::CaseFiled { .. } if spec.order().is_some() => (government, f64::NAN),
            EventKind::FinePaid { usd, .. } => (provider, usd),
            EventKind::PartialCompliance { .. } => (provider, f64::NAN),
            _ => (court, f64::NAN),
        };
        // One case needs no name.
        let text = if self.model.cases.len() > 1 {
            format!("{}: {text}", capitalised(&spec.title))
        } else {
            text
        };
        Told {
            actor: Some(actor.clone()),
            target: Some(spec.name.clone()),
            jurisdiction: Some(government.clone()),
            value,
            unit: value.is_finite().then_some("usd"),
            text,
            ..Told::default()
        }
    }

    fn of_case(&self, event: &Event) -> Option<(CaseId, String)> {
        Some(match event.kind {
            EventKind::CaseFiled { case } => (case, self.filed(case)),
            EventKind::Ruling {
                case,
                node,
                outcome,
                favours,
                ..
            } => {
                let wins = match favours {
                    Party::Government => "the government",
                    Party::Provider => self.provider(case),
                };
                let ruling = self.outcome(case, node, outcome);
                (case, format!("{ruling}; {wins} prevails"))
            }
            EventKind::Step {
                case,
                node,
                outcome,
            }
            | EventKind::Appeal {
                case,
                node,
                outcome,
                ..
            }
            | EventKind::NoAppeal {
                case,
                node,
                outcome,
                ..
            } => (case, self.outcome(case, node, outcome)),
            EventKind::Stay { case, granted } => {
                let does = if granted {
                    "order is stayed"
                } else {
                    "stay is lifted"
                };
                (case, format!("The {does}"))
            }
            EventKind::Contempt { case, fined } => (case, self.contempt(case, fined)),
            EventKind::PartialCompliance { case } => (case, self.partial_compliance(case)),
            EventKind::FinePaid { case, usd } => {
                let (who, millions) = (capitalised(self.provider(case)), usd / 1e6);
                let text = format!(
                    "{who} pays {} {millions:.2} million in fines for contempt",
                    self.currency
                );
                (case, text)
            }
            EventKind::CaseEnded { case, ending } => (case, self.ended(case, ending, event.date)),
            _ => return None,
        })
    }

    fn contempt(&self, case: CaseId, fined: bool) -> String {
        let how = if fined {
            "with a daily fine"
        } else {
            "by stipulation, without a fine"
        };
        let who = capitalised(self.provider(case));
        format!("{who} is held in contempt {how}")
    }

    fn partial_compliance(&self, case: CaseId) -> String {
        let who = capitalised(self.provider(case));
        format!(
            "{who} hands over what is not content, such as account data, and withholds the content"
        )
    }

    fn filed(&self, case: CaseId) -> String {
        match &self.case(case).about {
            Subject::Order(order) => format!(
                "{} serves {} with an order for data that it stores in {}",
                capitalised(self.country(order.asserting)),
                self.provider(case),
                self.country(order.data_in)
            ),
            Subject::Act { of } => {
                let maker = &self.model.makers[of.index()].title;
                format!("An act of {maker} is challenged in court")
            }
        }
    }

    fn ended(&self, case: CaseId, ending: Ending, on: Date) -> String {
        let days = on.days_since(self.case(case).filed);
        let how = how_ended(ending, self.provider(case));
        format!("The case ends, {days} days after it was filed: {how}")
    }

    /// Who decided at a node, and what: the titles of the court's file as a sentence.
    fn outcome(&self, case: CaseId, node: NodeId, outcome: u16) -> String {
        let node = &self.court_of(case).nodes[node.index()];
        let title = node
            .outcomes
            .get(usize::from(outcome))
            .map_or("", |outcome| outcome.title.as_str());
        let who = match node.kind {
            NodeKind::Contest => self.provider(case),
            _ => &node.title,
        };
        let sentence = format!("{who} {title}");
        capitalised(&with_name(&sentence, self.provider(case)))
    }

    fn case(&self, case: CaseId) -> &CaseSpec {
        &self.model.cases[case.index()]
    }

    fn court_of(&self, case: CaseId) -> &CourtSystem {
        &self.model.courts[self.case(case).court]
    }

    fn provider(&self, case: CaseId) -> &str {
        let provider = self.case(case).provider();
        provider.map_or(PROVIDER, |of| &self.model.providers[of.index()].title)
    }
}

/// How a case of a provider ends, as it follows a colon.
#[must_use]
pub fn how_ended(ending: Ending, provider: &str) -> String {
    match ending {
        Ending::Government => format!("the order stands, and {provider} produces the data"),
        Ending::Provider => "the order is quashed for good".to_owned(),
        Ending::Complied => format!("{provider} stops contesting and produces the data"),
        Ending::Statute => "moot, as a statute has settled the question".to_owned(),
        Ending::Treaty => "moot, as an agreement opens another way to the data".to_owned(),
        Ending::Settled => "the parties settle".to_owned(),
        Ending::Withdrawn => "the government withdraws its order".to_owned(),
        Ending::Annulled => "what is challenged is annulled".to_owned(),
        Ending::Upheld => "what is challenged stands".to_owned(),
    }
}

/// A sentence of a court's file, which says "the provider", whoever it is.
fn with_name(sentence: &str, provider: &str) -> String {
    let mut named = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once(PROVIDER) {
        let is_word =
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        named.push_str(before);
        named.push_str(if is_word { provider } else { PROVIDER });
        rest = after;
    }
    named + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_has_its_name_in_the_sentences_of_courts() {
        let named = |sentence| with_name(sentence, "Microsoft");
        assert_eq!(
            named("the court fines the provider for its refusal"),
            "the court fines Microsoft for its refusal"
        );
        assert_eq!(named("the provider's appeal"), "Microsoft's appeal");
        assert_eq!(
            named("the court hears the providers"),
            "the court hears the providers"
        );
    }
}
