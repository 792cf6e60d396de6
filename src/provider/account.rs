//! A provider's money, month by month: what customers pay it, what serving them costs, and
//! what the order costs it.
//!
//! ```text
//! operating profit = revenue − cost of serving − fixed − legal − lobbying − subsidies − fines
//! cash flow        = operating profit − capital
//! ```
//!
//! Revenue is a twelfth of the workload that customers hold at the month's end at the prices of
//! the month; serving it costs 1 − margin of that. A case of its own costs by the days before
//! each level of court. A contempt fine counts when it is paid. A disclosure that becomes known
//! while a blocking statute against the provider's country is in force is fined, with the chance
//! of enforcement, a share of turnover. A region with a cost of its own is paid for by the days
//! on which it is open, and the capital of one that is built on the day of the decision. What is
//! paid is paid in prices of the price year.
//!
//! What the law takes is kept as [`Loss`]es besides: each fine, and what a case has cost in each
//! year of the scenario. Lobbying, subsidies and capital are spent, not lost; business lost is
//! no occurrence, but what the profit of a year falls short of in the same future without the
//! order.

use crate::chance::{EntityKey, Run, Seed, Stream};
use crate::domain::{
    CaseId, Conduct, Date, Event, EventKind, InstrumentId, Level, Loss, LossKind, Matter,
    OfferingId, ProviderId, Record, RegionId, SiteAct, Usd, YearProfit,
};
use crate::scenario::resolved::{Finance, FullModel, InputDraw, InstrumentKind};

const MONTHS_PER_YEAR: f64 = 12.0;
const DAYS_PER_YEAR: f64 = 365.25;
const MILLION: f64 = 1e6;
/// Losses of a run for which there is room from the start.
const ROOM_FOR_LOSSES: usize = 4096;
/// Years of a run for which there is.
const ROOM_FOR_YEARS: usize = 128;

/// What a provider takes and pays in a month.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Month {
    /// Paid by customers for what they use.
    pub revenue: Usd,
    /// Cost of serving them.
    pub serving: Usd,
    /// Cost whatever is served.
    pub fixed: Usd,
    /// Capital spent.
    pub capital: Usd,
    /// Cost of its own cases.
    pub legal: Usd,
    /// Contempt fines paid.
    pub contempt_fines: Usd,
    /// Fines for disclosures that a blocking statute forbids.
    pub protection_fines: Usd,
    /// Spent on lobbying.
    pub lobbying: Usd,
    /// Paid to customers that moved their base to it.
    pub subsidies: Usd,
}

impl Month {
    /// Fines of both kinds.
    #[must_use]
    pub fn fines(&self) -> Usd {
        self.contempt_fines + self.protection_fines
    }

    /// All that is taken less all that is paid, but for capital.
    #[must_use]
    pub fn operating_profit(&self) -> Usd {
        let costs = [self.serving, self.fixed, self.legal, self.lobbying];
        let costs: Usd = costs.into_iter().sum();
        self.revenue - costs - self.subsidies - self.fines()
    }

    /// What is left once capital is paid.
    #[must_use]
    pub fn cash_flow(&self) -> Usd {
        self.operating_profit() - self.capital
    }
}

/// A provider's numbers in one run.
#[derive(Clone, Copy, Debug, Default)]
struct Terms {
    margin: f64,
    turnover: Usd,
    fixed: Usd,
    legal_a_day_at: [Usd; Level::ALL.len()],
    enforcement_chance: f64,
    lobbying: Usd,
}

/// The accounts of all providers in one run.
#[derive(Clone, Debug)]
pub struct Accounts<'m> {
    model: &'m FullModel,
    enforcement: Stream,
    run: Run,
    terms: Vec<Terms>,
    months: Vec<Month>,
    /// By instrument: fine as a share of turnover; 0 where there is none.
    fine_share: Vec<f64>,
    /// By offering: price over the provider's list price.
    price_factor: Vec<f64>,
    /// By region: cost a day while it is open, and of building it.
    region_a_day: Vec<Usd>,
    capital: Vec<Usd>,
    /// By region: one of its offerings, which open and close with it.
    offering: Vec<Option<OfferingId>>,
    /// By case: days before each level already paid for.
    days_paid: Vec<[u32; Level::ALL.len()]>,
    losses: Vec<Loss>,
    profits: Vec<YearProfit>,
    /// By case: what it has cost since the books of a year were last closed.
    legal_of_year: Vec<Usd>,
    /// By provider: what it has earned since then.
    profit_of_year: Vec<Usd>,
}

impl<'m> Accounts<'m> {
    /// Empty accounts.
    #[must_use]
    pub fn new(model: &'m FullModel, seed: Seed) -> Self {
        Self {
            enforcement: Stream::new(seed, "provider", "enforcement"),
            run: Run(0),
            terms: vec![Terms::default(); model.providers.len()],
            months: vec![Month::default(); model.providers.len()],
            fine_share: vec![0.0; model.instruments.len()],
            price_factor: vec![1.0; model.offerings.len()],
            region_a_day: vec![Usd::ZERO; model.regions.len()],
            capital: vec![Usd::ZERO; model.regions.len()],
            offering: (0..model.regions.len())
                .map(|region| offering_of(model, RegionId::new(region)))
                .collect(),
            days_paid: vec![[0; Level::ALL.len()]; model.cases.len()],
            losses: Vec::with_capacity(ROOM_FOR_LOSSES),
            profits: Vec::with_capacity(ROOM_FOR_YEARS * model.providers.len()),
            legal_of_year: vec![Usd::ZERO; model.cases.len()],
            profit_of_year: vec![Usd::ZERO; model.providers.len()],
            model,
        }
    }

    /// Takes the numbers of a run.
    pub fn begin(&mut self, draw: &InputDraw, run: Run) {
        self.run = run;
        for (terms, provider) in self.terms.iter_mut().zip(&self.model.providers) {
            *terms = provider.finance.map_or_else(
                || Terms {
                    margin: 1.0,
                    ..Terms::default()
                },
                |finance| Terms::of(&finance, draw),
            );
            terms.lobbying = Usd(provider.posture.lobbying_usd_per_year.value(draw));
        }
        for (share, instrument) in self.fine_share.iter_mut().zip(&self.model.instruments) {
            *share = match instrument.kind {
                InstrumentKind::BlockingStatute {
                    fine_share_of_turnover,
                    ..
                } => fine_share_of_turnover.value(draw),
                _ => 0.0,
            };
        }
        for (factor, offering) in self.price_factor.iter_mut().zip(&self.model.offerings) {
            let region = &self.model.regions[offering.region.index()];
            *factor = region.price_factor.value(draw);
        }
        for (index, region) in self.model.regions.iter().enumerate() {
            let a_year = region
                .fixed_musd_per_year()
                .map_or(0.0, |cost| cost.value(draw));
            let build = region.build.as_ref();
            let capital = build.map_or(0.0, |build| build.capex_musd.value(draw));
            self.region_a_day[index] = Usd(MILLION * a_year / DAYS_PER_YEAR);
            self.capital[index] = Usd(MILLION * capital);
        }
        self.months.fill(Month::default());
        self.days_paid.fill([0; Level::ALL.len()]);
        self.open_books();
    }

    /// A new month of so many days, in which only what is due every month is paid yet.
    pub fn begin_month(&mut self, days: i32, record: &Record) {
        for (month, terms) in self.months.iter_mut().zip(&self.terms) {
            *month = Month {
                fixed: terms.fixed * (1.0 / MONTHS_PER_YEAR),
                lobbying: terms.lobbying * (1.0 / MONTHS_PER_YEAR),
                ..Month::default()
            };
        }
        for (index, region) in self.model.regions.iter().enumerate() {
            if self.offering[index].is_some_and(|offering| record.is_open(offering)) {
                self.months[region.provider.index()].fixed +=
                    self.region_a_day[index] * f64::from(days);
            }
        }
    }

    /// Pays what an event costs, so many days before the month's end, as the record stands.
    pub fn hear(&mut self, event: &Event, days_left: i32, record: &Record) {
        match event.kind {
            EventKind::RegionOpened { region } => self.pay_for(region, f64::from(days_left)),
            EventKind::RegionClosed { region } => self.pay_for(region, -f64::from(days_left)),
            EventKind::SiteDecided {
                region,
                act: SiteAct::Build | SiteAct::Convert,
                ..
            } => {
                let provider = self.model.regions[region.index()].provider;
                self.invest(provider, self.capital[region.index()]);
            }
            EventKind::FinePaid { case, usd } => {
                if let Some(provider) = self.model.cases[case.index()].provider() {
                    self.months[provider.index()].contempt_fines += Usd(usd);
                    let what = (LossKind::ContemptFine, Matter::Case(case));
                    self.lose(event.date, provider, what, Usd(usd));
                }
            }
            EventKind::Conduct {
                provider,
                conduct: Conduct::Disclosure,
            } => self.answer_for_disclosure(provider, event.date, record),
            _ => {}
        }
    }

    /// Pays for days on which a region is open beyond what the month began with.
    fn pay_for(&mut self, region: RegionId, days: f64) {
        let provider = self.model.regions[region.index()].provider;
        self.months[provider.index()].fixed += self.region_a_day[region.index()] * days;
    }

    fn answer_for_disclosure(&mut self, provider: ProviderId, date: Date, record: &Record) {
        let spec = &self.model.providers[provider.index()];
        let terms = self.terms[provider.index()];
        // By day, so that one more elsewhere shifts no dice.
        let day = date.days_since_epoch().unsigned_abs();
        let key = EntityKey::of(&spec.name);
        for (index, instrument) in self.model.instruments.iter().enumerate() {
            let forbids = record.in_force_since[index].is_some()
                && instrument.against == spec.parent
                && self.fine_share[index] > 0.0;
            let key = key.child(EntityKey::of(&instrument.name).bits());
            if forbids && self.enforcement.uniform(self.run, key, day) < terms.enforcement_chance {
                let fine = terms.turnover * self.fine_share[index];
                self.months[provider.index()].protection_fines += fine;
                let matter = Matter::Instrument(InstrumentId::new(index));
                self.lose(date, provider, (LossKind::ProtectionFine, matter), fine);
            }
        }
    }

    /// Pays for a case's days before each level of court since the run began, as far as they
    /// are not paid for.
    pub fn litigate(&mut self, case: CaseId, days_at: &[u32; Level::ALL.len()]) {
        let Some(provider) = self.model.cases[case.index()].provider() else {
            return;
        };
        let provider = provider.index();
        let (terms, paid) = (&self.terms[provider], &mut self.days_paid[case.index()]);
        for level in Level::ALL {
            let days = days_at[level.index()] - paid[level.index()];
            let cost = terms.legal_a_day_at[level.index()] * f64::from(days);
            self.months[provider].legal += cost;
            self.legal_of_year[case.index()] += cost;
        }
        *paid = *days_at;
    }

    /// Counts days of a case before the first month as paid.
    pub fn settle_the_past(&mut self, case: CaseId, days_at: &[u32; Level::ALL.len()]) {
        self.days_paid[case.index()] = *days_at;
    }

    /// Customers pay for `workload` (USD a year at start prices) that they hold at an offering.
    pub fn serve(&mut self, offering: usize, workload: f64, record: &Record) {
        let provider = self.model.offerings[offering].provider;
        let price = record.price(provider) * self.price_factor[offering];
        let revenue = Usd(workload * price / MONTHS_PER_YEAR);
        let month = &mut self.months[provider.index()];
        month.revenue += revenue;
        month.serving += revenue * (1.0 - self.terms[provider.index()].margin);
    }

    /// Pays a part of the switching cost of customers that moved to the provider.
    pub fn subsidise(&mut self, provider: ProviderId, paid: Usd) {
        self.months[provider.index()].subsidies += paid;
    }

    /// Spends capital.
    fn invest(&mut self, provider: ProviderId, capital: Usd) {
        self.months[provider.index()].capital += capital;
    }

    /// A provider's month so far.
    #[must_use]
    pub fn month(&self, provider: usize) -> &Month {
        &self.months[provider]
    }
}

fn offering_of(model: &FullModel, region: RegionId) -> Option<OfferingId> {
    let mut offerings = model.offerings.iter();
    let at = offerings.position(|offering| offering.region == region)?;
    Some(OfferingId::new(at))
}

impl Terms {
    fn of(finance: &Finance, draw: &InputDraw) -> Self {
        let legal = finance.legal_usd_per_year_at;
        Self {
            margin: finance.margin.value(draw),
            turnover: Usd(finance.turnover_usd_per_year.value(draw)),
            fixed: Usd(finance.fixed_usd_per_year.value(draw)),
            legal_a_day_at: legal.map(|cost| Usd(cost.value(draw) / DAYS_PER_YEAR)),
            enforcement_chance: finance.enforcement_chance.value(draw),
            lobbying: Usd::ZERO,
        }
    }
}

mod losses;
#[cfg(test)]
mod tests;
