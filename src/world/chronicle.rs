//! The chronicle of a run that is kept: what each event changed in what customers believe,
//! and yearly accounts of where customers, workload and money went. It reads the world and
//! changes nothing in it; a run without a chronicle takes no step of it.
//!
//! Every belief that an event moved is an entry; of trust, that in the actor and in all
//! providers of the actor's parent country. Accounts are taken every twelve months and at
//! the horizon; the first begins after the news of the first day. What is counted is held
//! against the account before only where that is of as many months.

mod accounts;

use super::metrics::Level;
use super::scope::{Place, Scope, Seller};
use super::sums::Sums;
use super::tick::World;
use crate::domain::{
    BlocId, Control, Date, Event, EventIndex, EventKind, JurisdictionId, ProviderId, PublicId,
};
use crate::scenario::resolved::{CaseSpec, FullModel, Observable};
use accounts::Accounts;

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Subject {
    /// Perceived reach of a government over a control structure, 0 to 1.
    PerceivedReach {
        /// In whose eyes.
        public: PublicId,
        /// Whose reach.
        by: JurisdictionId,
        /// Over which data.
        control: Control,
    },
    /// The belief of a market's customers that location protects, 0 to 1.
    LocationProtects {
        /// Position of the market.
        market: usize,
    },
    /// Concern of a market's customers with a government, 0 to 1, weighted by workload.
    Concern {
        /// Position of the market.
        market: usize,
        /// The government.
        with: JurisdictionId,
    },
    /// A level that metrics know, in their unit.
    Level {
        /// What: trust, share of spend, workload at home, exposure or revenue.
        of: Observable,
        /// Whose customers.
        place: Place,
        /// Which providers.
        seller: Seller,
    },
    /// Customers that decided to move their base, % of those of the place that have one.
    BaseMoved {
        /// Whose customers.
        place: Place,
        /// From a provider to another or, with none, back on premises; without it all
        /// moves to another provider.
        flow: Option<(ProviderId, Option<ProviderId>)>,
    },
    /// Projects deferred, % of those that came up.
    ProjectsDeferred {
        /// Whose customers.
        place: Place,
    },
    /// Demands for content stored abroad.
    Demands {
        /// On whom.
        provider: ProviderId,
    },
    /// Disclosures of enterprise content stored abroad.
    Disclosures {
        /// By whom.
        provider: ProviderId,
    },
    /// A list price, % of what it was at the start.
    ListPrice {
        /// Whose.
        provider: ProviderId,
    },
    /// What a provider with finances earned or paid, million USD.
    Money {
        /// Operating profit, legal cost or fines.
        of: Observable,
        /// Which.
        provider: ProviderId,
    },
}

/// An entry of the chronicle.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Entry {
    /// When.
    pub date: Date,
    /// The event of the run that brought it about.
    pub cause: Option<EventIndex>,
    /// Months over which it was counted, or since `before`; 0 for what an event changed.
    pub months: u32,
    /// What about.
    pub subject: Subject,
    /// The value before; NaN where there was none, or one counted over other months.
    pub before: f64,
    /// The value.
    pub value: f64,
}

/// The chronicle of one run.
#[derive(Clone, Debug)]
pub struct Chronicle {
    entries: Vec<Entry>,
    watched: Vec<Watched>,
    accounts: Accounts,
    sums: Sums,
    price_factor: Vec<f64>,
}

/// A number that is followed, and its last value.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    subject: Subject,
    level: Option<Level>,
    last: f64,
}

impl Chronicle {
    /// An empty chronicle; `price_factor` is by offering.
    #[must_use]
    pub fn new(model: &FullModel, price_factor: &[f64]) -> Self {
        Self {
            entries: Vec::new(),
            watched: beliefs(model),
            accounts: Accounts::new(model),
            sums: Sums::new(
                model.groups.len(),
                model.providers.len(),
                model.offerings.len(),
            ),
            price_factor: price_factor.to_vec(),
        }
    }

    /// The entries, in the order in which they came about.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Looks at all beliefs before an event is heard.
    pub(super) fn before(&mut self, world: &World<'_>) {
        self.sums.take(world, &self.price_factor);
        for watched in &mut self.watched {
            watched.last = watched.value(world, &self.sums);
        }
    }

    /// Enters what the event changed.
    pub(super) fn after(&mut self, world: &World<'_>, index: EventIndex, event: &Event) {
        self.sums.take(world, &self.price_factor);
        for watched in &self.watched {
            let value = watched.value(world, &self.sums);
            let told = watched.concerns(event, world.setting().model);
            if told && value.is_finite() && value != watched.last {
                self.entries.push(Entry {
                    date: event.date,
                    cause: Some(index),
                    months: 0,
                    subject: watched.subject,
                    before: watched.last,
                    value,
                });
            }
        }
        // The first account is to begin where the news of the first day left off.
        if event.date == world.setting().calendar.start() {
            self.accounts.open(world, &self.sums);
        }
    }

    /// Opens the books on the first day, before its events.
    pub(super) fn open(&mut self, world: &World<'_>) {
        self.sums.take(world, &self.price_factor);
        self.accounts.open(world, &self.sums);
    }

    /// Counts a month and, when it is time, enters the accounts.
    pub(super) fn end_month(&mut self, world: &World<'_>, month: u32) {
        self.accounts.count(world);
        let last = world.setting().calendar.horizon_months();
        if month.is_multiple_of(accounts::MONTHS) || month == last {
            self.sums.take(world, &self.price_factor);
            self.accounts
                .close(world, &self.sums, month, &mut self.entries);
        }
    }
}

impl Watched {
    fn new(subject: Subject, level: Option<Level>) -> Self {
        Self {
            subject,
            level,
            last: f64::NAN,
        }
    }

    /// A level that metrics know.
    fn level(model: &FullModel, of: Observable, place: Place, seller: Seller) -> Self {
        let scope = Scope::new(model, place, seller, None);
        let subject = Subject::Level { of, place, seller };
        Self::new(subject, Some(Level::new(of, scope)))
    }

    fn value(&self, world: &World<'_>, sums: &Sums) -> f64 {
        let beliefs = world.customers().beliefs();
        match self.subject {
            Subject::PerceivedReach {
                public,
                by,
                control,
            } => beliefs.perception().reach(public, by)[control.index()],
            Subject::LocationProtects { market } => beliefs.perception().location(market),
            Subject::Concern { market, with } => {
                let groups = world.setting().model.groups.iter().enumerate();
                let (mut sum, mut all) = (0.0, 0.0);
                for (group, _) in groups.filter(|(_, spec)| spec.market == market) {
                    let workload = sums.workload_of_group(group);
                    sum += workload * beliefs.concern(group, with);
                    all += workload;
                }
                sum / all
            }
            Subject::ListPrice { provider } => 100.0 * world.record().price(provider),
            _ => self
                .level
                .as_ref()
                .map_or(f64::NAN, |level| level.value(world, sums)),
        }
    }

    /// Whether this event tells of it: of trust, only that in the actor and in its like.
    fn concerns(&self, event: &Event, model: &FullModel) -> bool {
        match (self.subject, event.kind) {
            (Subject::Level { seller, .. }, EventKind::Conduct { provider, .. }) => match seller {
                Seller::Provider(p) => p == provider,
                Seller::Parent(j) => j == model.providers[provider.index()].parent,
                Seller::All => false,
            },
            _ => true,
        }
    }
}

/// The beliefs that news can move.
fn beliefs(model: &FullModel) -> Vec<Watched> {
    let mut subjects = perceived(model, &Control::ALL);
    subjects.extend((0..model.markets.len()).map(|market| Subject::LocationProtects { market }));
    for (market, belief) in model.beliefs.iter().enumerate() {
        let governments = (0..belief.concern.len()).map(JurisdictionId::new);
        subjects.extend(governments.map(|with| Subject::Concern { market, with }));
    }
    let mut watched: Vec<Watched> = subjects
        .into_iter()
        .map(|subject| Watched::new(subject, None))
        .collect();
    let sellers = parents(model).into_iter().map(Seller::Parent);
    let each = (0..model.providers.len()).map(|p| Seller::Provider(ProviderId::new(p)));
    for seller in sellers.chain(each) {
        let trust = |place| Watched::level(model, Observable::Trust, place, seller);
        watched.extend(places(model).into_iter().map(trust));
    }
    watched
}

/// Perceived reach of each government that has a doctrine of it, by public.
fn perceived(model: &FullModel, controls: &[Control]) -> Vec<Subject> {
    let publics = (0..model.publics.len()).map(PublicId::new);
    let mut subjects = Vec::new();
    for public in publics {
        for doctrine in &model.doctrines {
            let by = doctrine.jurisdiction;
            subjects.extend(controls.iter().map(|&control| Subject::PerceivedReach {
                public,
                by,
                control,
            }));
        }
    }
    subjects
}

/// The blocs that have markets, then the markets.
fn places(model: &FullModel) -> Vec<Place> {
    let home = |place| {
        !Scope::new(model, place, Seller::All, None)
            .groups
            .is_empty()
    };
    let blocs = (0..model.blocs.len()).map(|b| Place::Bloc(BlocId::new(b)));
    let markets = model.markets.iter();
    blocs
        .filter(|&bloc| home(bloc))
        .chain(markets.map(|market| Place::Jurisdiction(market.jurisdiction)))
        .collect()
}

/// Parent countries of several providers, or of one that has a case.
fn parents(model: &FullModel) -> Vec<JurisdictionId> {
    let all = (0..model.jurisdictions.len()).map(JurisdictionId::new);
    all.filter(|&parent| {
        let of = |p: ProviderId| model.providers[p.index()].parent == parent;
        let several = model
            .providers
            .iter()
            .filter(|p| p.parent == parent)
            .count()
            > 1;
        several || model.cases.iter().filter_map(CaseSpec::provider).any(of)
    })
    .collect()
}

#[cfg(test)]
mod tests;
