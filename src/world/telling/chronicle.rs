//! Entries of a chronicle in words.

use super::{
    LIST_PRICE, ON_PREMISES, PRICE_UNIT, Told, Words, capitalised, held, moves, parent_name,
};
use crate::domain::{JurisdictionId, ProviderId};
use crate::scenario::resolved::{FullModel, Observable};
use crate::world::chronicle::{Entry, Subject};
use crate::world::scope::{Place, Seller};

/// An entry in words, with the name of its kind; amounts are in the scenario's currency.
#[must_use]
pub fn tell_entry<'m>(
    entry: &Entry,
    model: &'m FullModel,
    currency: &'m str,
) -> (&'static str, Told<'m>) {
    let words = Words { model, currency };
    let (kind, told) = match entry.subject {
        Subject::PerceivedReach { .. }
        | Subject::LocationProtects { .. }
        | Subject::Concern { .. } => words.belief(entry),
        Subject::Level { of, place, seller } => {
            let told = Told {
                actor: words.seller_name(seller),
                jurisdiction: words.place_name(place),
                unit: Some(of.unit()),
                text: words.level(entry, of, place, seller),
                ..Told::default()
            };
            (of.name(), told)
        }
        Subject::ListPrice { provider } => (LIST_PRICE, words.list_price(entry, provider)),
        Subject::Money { of, provider } => (of.name(), words.money(entry, of, provider)),
        _ => words.counted(entry),
    };
    let told = Told {
        before: entry.before,
        value: entry.value,
        ..told
    };
    (kind, told)
}

impl<'m> Words<'m> {
    fn belief(&self, entry: &Entry) -> (&'static str, Told<'m>) {
        let country = |j: JurisdictionId| self.model.jurisdictions[j.index()].name.clone();
        match entry.subject {
            Subject::PerceivedReach {
                public,
                by,
                control,
            } => {
                let (name, title) = self.public(public.index());
                let told = Told {
                    actor: Some(country(by)),
                    target: Some(control.name().to_owned()),
                    jurisdiction: Some(name),
                    unit: Some("probability"),
                    text: format!(
                        "Customers in {title} put the chance that {} can reach data abroad {} at \
                         {:.1} %{}",
                        self.country(by),
                        held(control),
                        100.0 * entry.value,
                        entry.scaled(100.0).ago(1, " %")
                    ),
                    ..Told::default()
                };
                ("perceived_reach", told)
            }
            Subject::Concern { market, with } => {
                let place = self.model.markets[market].jurisdiction;
                let (here, there) = (self.country(place), self.country(with));
                let stem = format!("In {here}, concern about access by {there}");
                let told = Told {
                    actor: Some(country(with)),
                    jurisdiction: Some(country(place)),
                    unit: Some("0 to 1"),
                    text: entry.scaled(100.0).moved(&stem, " of 100"),
                    ..Told::default()
                };
                ("concern", told)
            }
            Subject::LocationProtects { market } => {
                let place = self.model.markets[market].jurisdiction;
                let here = self.country(place);
                let stem =
                    format!("In {here}, the belief that data kept at home is out of foreign reach");
                let told = Told {
                    jurisdiction: Some(country(place)),
                    unit: Some("0 to 1"),
                    text: entry.scaled(100.0).moved(&stem, " of 100"),
                    ..Told::default()
                };
                ("location_protects", told)
            }
            _ => ("", Told::default()),
        }
    }

    fn list_price(&self, entry: &Entry, provider: ProviderId) -> Told<'m> {
        Told {
            actor: Some(self.model.providers[provider.index()].name.clone()),
            unit: Some(PRICE_UNIT),
            text: format!(
                "List prices of {} are at {:.1} % of those at the start{}",
                self.provider_title(provider),
                entry.value,
                entry.ago(1, " %")
            ),
            ..Told::default()
        }
    }

    /// What a provider earned or paid over months.
    fn money(&self, entry: &Entry, of: Observable, provider: ProviderId) -> Told<'m> {
        let title = self.provider_title(provider);
        let what = match of {
            Observable::LegalCost => format!("What {title} pays for its cases"),
            Observable::Fines => format!("Fines that {title} pays"),
            _ => format!("Operating profit of {title}"),
        };
        Told {
            actor: Some(self.model.providers[provider.index()].name.clone()),
            unit: Some(of.unit()),
            text: format!(
                "{what}: {} {:.1} m {}{}",
                self.currency,
                entry.value,
                entry.while_counted(),
                entry.earlier(1, " m")
            ),
            ..Told::default()
        }
    }

    /// What was counted over months.
    fn counted(&self, entry: &Entry) -> (&'static str, Told<'m>) {
        let name = |p: ProviderId| self.model.providers[p.index()].name.clone();
        let (value, when) = (entry.value, entry.while_counted());
        let (of, place, actor, target, text) = match entry.subject {
            Subject::BaseMoved { place, flow } => {
                let to = flow.map(|(_, to)| to.map_or_else(|| ON_PREMISES.to_owned(), name));
                let text = self.base_moved(entry, place, flow);
                let from = flow.map(|(from, _)| name(from));
                (Observable::BaseMoved, place, from, to, text)
            }
            Subject::ProjectsDeferred { place } => {
                let text = format!(
                    "In {}, {value:.1} % of projects were deferred {when}{}",
                    self.place(place),
                    entry.earlier(1, " %")
                );
                (Observable::ProjectsDeferred, place, None, None, text)
            }
            Subject::Demands { provider } => {
                let text = format!(
                    "Demands made on {} for content stored abroad: {value} {when}{}",
                    self.provider_title(provider),
                    entry.earlier(0, "")
                );
                let on = Some(name(provider));
                (Observable::Demands, Place::All, on, None, text)
            }
            Subject::Disclosures { provider } => {
                let text = format!(
                    "Disclosures by {} of enterprise content stored abroad: {value} {when}{}",
                    self.provider_title(provider),
                    entry.earlier(0, "")
                );
                let by = Some(name(provider));
                (Observable::Disclosures, Place::All, by, None, text)
            }
            _ => return ("", Told::default()),
        };
        let told = Told {
            actor,
            target,
            jurisdiction: self.place_name(place),
            unit: Some(of.unit()),
            text,
            ..Told::default()
        };
        (of.name(), told)
    }
}

impl Entry {
    /// A change by an event, or a level after months.
    fn moved(&self, stem: &str, unit: &str) -> String {
        if self.months == 0 && !self.before.is_nan() {
            return format!("{stem} {}", moves(self.before, self.value, unit));
        }
        format!("{stem} is {:.1}{unit}{}", self.value, self.ago(1, unit))
    }

    fn scaled(&self, factor: f64) -> Self {
        Self {
            before: factor * self.before,
            value: factor * self.value,
            ..*self
        }
    }

    /// `, a year before 68.0`, of a level.
    fn ago(&self, decimals: usize, unit: &str) -> String {
        if self.before.is_nan() {
            return String::new();
        }
        let when = match self.months {
            0 => "before".to_owned(),
            1 => "a month before".to_owned(),
            12 => "a year before".to_owned(),
            months => format!("{months} months before"),
        };
        format!(", {when} {:.decimals$}{unit}", self.before)
    }

    /// `, 21.0 % the year before`, of what is counted over months.
    fn earlier(&self, decimals: usize, unit: &str) -> String {
        if self.before.is_nan() {
            return String::new();
        }
        format!(", {:.decimals$}{unit} the year before", self.before)
    }

    fn while_counted(&self) -> String {
        match self.months {
            1 => "in the month".to_owned(),
            12 => "in the year".to_owned(),
            months => format!("in {months} months"),
        }
    }
}

impl<'m> Words<'m> {
    fn level(&self, entry: &Entry, of: Observable, place: Place, seller: Seller) -> String {
        let value = entry.value;
        let (whose, where_) = (self.seller(seller), self.place(place));
        match of {
            Observable::Trust => {
                let stem = format!("In {where_}, trust in {whose}");
                entry.moved(&stem, " of 100")
            }
            Observable::SpendShare => format!(
                "In {where_}, {whose} have {value:.1} % of spend{}",
                entry.ago(1, " %")
            ),
            Observable::WorkloadHomeShare => format!(
                "In {where_}, {value:.1} % of the workload with foreign providers lies in the \
                 customers' own country{}",
                entry.ago(1, " %")
            ),
            Observable::Exposure => format!(
                "In {where_}, the workload's exposure to foreign access, as customers see it, is \
                 {value:.1} %{}",
                entry.ago(1, " %")
            ),
            Observable::Revenue => {
                let earlier = entry.ago(1, " m");
                format!(
                    "{} takes in {} {value:.1} m a year{earlier}",
                    capitalised(&whose),
                    self.currency
                )
            }
            _ => entry.moved(&format!("In {where_}, {} of {whose}", of.name()), ""),
        }
    }

    fn base_moved(
        &self,
        entry: &Entry,
        place: Place,
        flow: Option<(ProviderId, Option<ProviderId>)>,
    ) -> String {
        let (where_, value) = (self.place(place), entry.value);
        let (when, earlier) = (entry.while_counted(), entry.earlier(2, " %"));
        let from_to = match flow {
            None => "to another provider".to_owned(),
            Some((from, to)) => format!(
                "from {} {}",
                self.provider_title(from),
                to.map_or_else(
                    || "back on premises".to_owned(),
                    |to| format!("to {}", self.provider_title(to))
                )
            ),
        };
        format!(
            "In {where_}, {value:.2} % of customers with a base moved it {from_to} {when}{earlier}"
        )
    }

    fn provider_title(&self, provider: ProviderId) -> &str {
        &self.model.providers[provider.index()].title
    }

    /// Name and title of a public: of its bloc or country.
    fn public(&self, public: usize) -> (String, String) {
        let name = &self.model.publics[public];
        let bloc = self.model.blocs.iter().find(|bloc| bloc.name == *name);
        let country = self.model.jurisdictions.iter().find(|j| j.name == *name);
        let title = bloc
            .map(|bloc| &bloc.title)
            .or(country.map(|country| &country.title));
        (name.clone(), title.unwrap_or(name).clone())
    }

    fn place(&self, place: Place) -> String {
        match place {
            Place::All => "all markets".to_owned(),
            Place::Bloc(bloc) => self.model.blocs[bloc.index()].title.clone(),
            Place::Jurisdiction(j) => self.country(j).to_owned(),
        }
    }

    fn place_name(&self, place: Place) -> Option<String> {
        match place {
            Place::All => None,
            Place::Bloc(bloc) => Some(self.model.blocs[bloc.index()].name.clone()),
            Place::Jurisdiction(j) => Some(self.model.jurisdictions[j.index()].name.clone()),
        }
    }

    fn seller(&self, seller: Seller) -> String {
        match seller {
            Seller::All => "all providers".to_owned(),
            Seller::Parent(j) => format!("providers of {}", self.country(j)),
            Seller::Provider(p) => self.provider_title(p).to_owned(),
        }
    }

    fn seller_name(&self, seller: Seller) -> Option<String> {
        let country = |j: JurisdictionId| &self.model.jurisdictions[j.index()].name;
        match seller {
            Seller::All => None,
            Seller::Parent(j) => Some(parent_name(country(j))),
            Seller::Provider(p) => Some(self.model.providers[p.index()].name.clone()),
        }
    }
}
