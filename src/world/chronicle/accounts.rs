//! The yearly accounts of a chronicle: levels, and what was counted since the last.

use super::{Entry, Subject, Watched, parents, perceived, places};
use crate::domain::{Date, ProviderId};
use crate::scenario::resolved::{FullModel, Observable};
use crate::world::scope::{Place, Scope, Seller};
use crate::world::sums::Sums;
use crate::world::tick::World;

/// Months of an account, but for a last one that the horizon cuts short.
pub(super) const MONTHS: u32 = 12;

/// What is told of the money of providers.
const MONEY: [Observable; 3] = [
    Observable::OperatingProfit,
    Observable::LegalCost,
    Observable::Fines,
];

/// The books of one run.
#[derive(Clone, Debug)]
pub(super) struct Accounts {
    levels: Vec<Watched>,
    counts: Vec<Counted>,
    /// Demands and disclosures so far, by provider.
    filed: Vec<(u64, u64)>,
    /// Million USD so far, by provider and [`MONEY`].
    money: Vec<[f64; MONEY.len()]>,
    /// The month at which the books were last closed.
    closed: u32,
}

/// Something counted since the start, as part of a whole that is counted too.
#[derive(Clone, Debug)]
struct Counted {
    subject: Subject,
    /// Positions of the groups counted.
    groups: Vec<usize>,
    /// Part and whole since the start, when the books were last closed.
    closed: (f64, f64),
    /// What the last account said.
    last: f64,
}

impl Accounts {
    pub(super) fn new(model: &FullModel) -> Self {
        let mut levels: Vec<Watched> = perceived(model, &model.controls_at_issue())
            .into_iter()
            .map(|subject| Watched::new(subject, None))
            .collect();
        let each = (0..model.providers.len()).map(ProviderId::new);
        let revenue = |p| {
            let seller = Seller::Provider(p);
            Watched::level(model, Observable::Revenue, Place::All, seller)
        };
        let mut counts = Vec::new();
        for place in places(model) {
            for parent in parents(model) {
                let of_parent = |of| Watched::level(model, of, place, Seller::Parent(parent));
                levels.extend([Observable::Trust, Observable::SpendShare].map(of_parent));
            }
            let of_all = |of| Watched::level(model, of, place, Seller::All);
            levels.extend([Observable::WorkloadHomeShare, Observable::Exposure].map(of_all));
            counts.extend(counted(model, place));
        }
        levels.extend(each.clone().map(revenue));
        let price = |provider| Watched::new(Subject::ListPrice { provider }, None);
        levels.extend(each.clone().map(price));
        let with_money = |p: &ProviderId| model.providers[p.index()].finance.is_some();
        counts.extend(each.clone().filter(with_money).flat_map(|provider| {
            MONEY.map(|of| Counted::new(Subject::Money { of, provider }, Vec::new()))
        }));
        counts.extend(each.flat_map(|provider| {
            [
                Subject::Demands { provider },
                Subject::Disclosures { provider },
            ]
            .map(|subject| Counted::new(subject, Vec::new()))
        }));
        Self {
            levels,
            counts,
            filed: vec![(0, 0); model.providers.len()],
            money: vec![[0.0; MONEY.len()]; model.providers.len()],
            closed: 0,
        }
    }

    pub(super) fn open(&mut self, world: &World<'_>, sums: &Sums) {
        for level in &mut self.levels {
            level.last = level.value(world, sums);
        }
    }

    /// Counts the month's demands and money.
    pub(super) fn count(&mut self, world: &World<'_>) {
        for (filed, month) in self.filed.iter_mut().zip(world.demands()) {
            filed.0 += month.filed;
            filed.1 += month.enterprise_disclosed;
        }
        for (provider, money) in self.money.iter_mut().enumerate() {
            let month = world.accounts().month(provider);
            let amounts = [month.operating_profit(), month.legal, month.fines()];
            for (sum, amount) in money.iter_mut().zip(amounts) {
                *sum += amount.in_millions();
            }
        }
    }

    /// Closes the books at the end of a month.
    pub(super) fn close(
        &mut self,
        world: &World<'_>,
        sums: &Sums,
        month: u32,
        entries: &mut Vec<Entry>,
    ) {
        let date = world.record().today;
        let months = month - self.closed;
        self.closed = month;
        let entry = |date: Date, subject, before, value| Entry {
            date,
            cause: None,
            months,
            subject,
            before,
            value,
        };
        for level in &mut self.levels {
            let value = level.value(world, sums);
            let before = std::mem::replace(&mut level.last, value);
            if level.last.is_finite() {
                entries.push(entry(date, level.subject, before, level.last));
            }
        }
        for counted in &mut self.counts {
            let so_far = counted.so_far(world, &self.filed, &self.money);
            let value = counted.since(so_far);
            let before = std::mem::replace(&mut counted.last, value);
            // Nothing, and nothing before, is no entry.
            if value.is_finite() && (value != 0.0 || before > 0.0) {
                // The last account may be of fewer months than the one before.
                let before = if months == MONTHS { before } else { f64::NAN };
                entries.push(entry(date, counted.subject, before, value));
            }
        }
    }
}

/// What is counted among the customers of a place.
fn counted(model: &FullModel, place: Place) -> Vec<Counted> {
    let groups = Scope::new(model, place, Seller::All, None).groups;
    let mut subjects = vec![
        Subject::ProjectsDeferred { place },
        Subject::BaseMoved { place, flow: None },
    ];
    if matches!(place, Place::Jurisdiction(_)) {
        let each = || (0..model.providers.len()).map(ProviderId::new);
        for from in each() {
            let to = each().filter(|&to| to != from).map(Some).chain([None]);
            subjects.extend(to.map(|to| Subject::BaseMoved {
                place,
                flow: Some((from, to)),
            }));
        }
    }
    subjects
        .into_iter()
        .map(|subject| Counted::new(subject, groups.clone()))
        .collect()
}

impl Counted {
    fn new(subject: Subject, groups: Vec<usize>) -> Self {
        Self {
            subject,
            groups,
            closed: (0.0, 0.0),
            last: f64::NAN,
        }
    }

    /// Part and whole since the start.
    fn so_far(
        &self,
        world: &World<'_>,
        filed: &[(u64, u64)],
        money: &[[f64; MONEY.len()]],
    ) -> (f64, f64) {
        let market = world.customers().market();
        let ledger = market.ledger();
        let sum = |count: &dyn Fn(usize) -> u32| -> f64 {
            self.groups.iter().map(|&g| f64::from(count(g))).sum()
        };
        let providers = market.nests().providers();
        match self.subject {
            Subject::ProjectsDeferred { .. } => {
                (sum(&|g| ledger.deferred[g]), sum(&|g| ledger.projects[g]))
            }
            Subject::BaseMoved { flow: None, .. } => {
                let all = |g: usize| {
                    let pairs =
                        (0..providers).flat_map(|from| (0..providers).map(move |to| (from, to)));
                    pairs.map(|(from, to)| ledger.moves(g, from, to)).sum()
                };
                (sum(&all), sum(&|g| ledger.users(g)))
            }
            Subject::BaseMoved {
                flow: Some((from, to)),
                ..
            } => {
                let to = to.map_or(providers, ProviderId::index);
                (
                    sum(&|g| ledger.moves(g, from.index(), to)),
                    sum(&|g| ledger.users(g)),
                )
            }
            Subject::Demands { provider } => (filed[provider.index()].0 as f64, f64::NAN),
            Subject::Disclosures { provider } => (filed[provider.index()].1 as f64, f64::NAN),
            Subject::Money { of, provider } => {
                let at = MONEY.iter().position(|one| *one == of);
                let sum = at.map_or(f64::NAN, |at| money[provider.index()][at]);
                (sum, f64::NAN)
            }
            _ => (f64::NAN, f64::NAN),
        }
    }

    /// What was counted since the books were last closed: a number, or % of the whole.
    fn since(&mut self, so_far: (f64, f64)) -> f64 {
        let (part, whole) = (so_far.0 - self.closed.0, so_far.1 - self.closed.1);
        self.closed.0 = so_far.0;
        match self.subject {
            Subject::Demands { .. } | Subject::Disclosures { .. } | Subject::Money { .. } => part,
            Subject::ProjectsDeferred { .. } => {
                self.closed.1 = so_far.1;
                100.0 * part / whole
            }
            // Of those that have a base now.
            _ => 100.0 * part / so_far.1,
        }
    }
}
