//! The world of one run, reused from run to run.

use std::sync::Arc;

use super::chronicle::{Chronicle, Entry};
use super::prospects::Prospects;
use super::record;
use super::setting::Setting;
use crate::chance::Run;
use crate::customer::RestError;
use crate::customer::beliefs::Beliefs;
use crate::customer::customers::Customers;
use crate::customer::forecast::Forecast;
use crate::customer::named::NamedCustomers;
use crate::domain::{
    CaseId, Date, Event, EventIndex, EventKind, JurisdictionId, Loss, OfferingId, ProviderId,
    Record, Usd,
};
use crate::government::Governments;
use crate::government::revelation::Revelations;
use crate::law::{Law, LawError, SettledBy};
use crate::provider::account::Accounts;
use crate::provider::capacity::Capacities;
use crate::provider::placement::Placement;
use crate::provider::price::Prices;
use crate::provider::report::Reports;
use crate::scenario::resolved::{InputDraw, InstrumentKind};

/// Why a run cannot be simulated.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The law of the scenario cannot be solved.
    #[error(transparent)]
    Law(#[from] LawError),
    /// The world at rest cannot be solved.
    #[error(transparent)]
    Rest(#[from] RestError),
    /// The run came otherwise than what was learned.
    #[error("it does not agree with what is known")]
    Disagrees,
}

const MONTHS_OF_A_QUARTER: u32 = 3;
const MONTHS_OF_A_YEAR: u32 = 12;

/// Demands of one month on one provider, by all governments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonthDemands {
    /// Demands filed for content stored abroad.
    pub filed: u64,
    /// Disclosures of enterprise content stored abroad.
    pub enterprise_disclosed: u64,
}

/// One worker's world.
#[derive(Debug)]
pub struct World<'m> {
    setting: Setting<'m>,
    law: Law<'m>,
    revelations: Revelations<'m>,
    governments: Governments<'m>,
    placement: Placement<'m>,
    /// Room for what providers ask when they decide.
    forecast: Forecast,
    asked: Vec<OfferingId>,
    prices: Prices,
    reports: Reports,
    accounts: Accounts<'m>,
    capacities: Capacities<'m>,
    /// Subsidies already paid, by provider, in the unit of the customers' ledger.
    subsidised: Vec<f64>,
    customers: Customers,
    named: NamedCustomers,
    record: Record,
    events: Vec<Event>,
    order: Vec<u32>,
    /// By provider.
    demands: Vec<MonthDemands>,
    /// Growth of placed workload a month, by market.
    growth_a_month: Vec<f64>,
    /// Kept for runs whose events are.
    chronicle: Option<Box<Chronicle>>,
}

impl<'m> World<'m> {
    /// A world for one thread; `draw` is any draw of the scenario's inputs.
    ///
    /// # Errors
    /// When the law of the scenario is impossible.
    pub fn new(setting: Setting<'m>, draw: &InputDraw) -> Result<Self, WorldError> {
        let model = setting.model;
        let mut customers = Customers::new(
            Arc::clone(model),
            Arc::clone(&setting.population),
            setting.seed,
            draw,
        );
        if !setting.acts_windows.is_empty() {
            customers.watch_acts(&setting.acts_windows);
        }
        Ok(Self {
            law: Law::new(model, setting.seed, setting.calendar.start())?,
            revelations: Revelations::new(model, setting.seed),
            governments: Governments::new(model, setting.seed),
            placement: Placement::new(model, setting.seed),
            forecast: Forecast::default(),
            asked: Vec::with_capacity(model.offerings.len()),
            prices: Prices::new(&model.providers, model.projects.interval_months, draw),
            reports: Reports::new(&model.providers, setting.calendar.start()),
            accounts: Accounts::new(model, setting.seed),
            capacities: Capacities::new(model),
            subsidised: vec![0.0; model.providers.len()],
            customers,
            named: NamedCustomers::new(model),
            record: record::record_at_start(model, setting.calendar.start()),
            events: Vec::with_capacity(4096),
            order: Vec::with_capacity(4096),
            demands: vec![MonthDemands::default(); model.providers.len()],
            growth_a_month: vec![0.0; model.markets.len()],
            chronicle: None,
            setting,
        })
    }

    /// The next run keeps a chronicle, given the price factors of its offerings, or none.
    pub fn keep_chronicle(&mut self, price_factor: Option<&[f64]>) {
        let model = self.setting.model;
        self.chronicle = price_factor.map(|factor| Box::new(Chronicle::new(model, factor)));
    }

    /// Simulates one run. `observe(k, world)` is called at the start (k = 0) and at the end
    /// of every month.
    ///
    /// # Errors
    /// When what was drawn cannot be solved, and [`WorldError::Disagrees`] as soon as the run
    /// comes otherwise than what was learned.
    pub fn simulate(
        &mut self,
        run: Run,
        draw: &InputDraw,
        mut observe: impl FnMut(usize, &Self),
    ) -> Result<(), WorldError> {
        self.begin(run, draw)?;
        self.enter(|chronicle, world| chronicle.open(world));
        observe(0, self);
        let last = self.setting.calendar.horizon_months();
        for month in 1..=last {
            self.pass(month);
            if !self.law.agrees(month == last) {
                return Err(WorldError::Disagrees);
            }
            self.enter(|chronicle, world| chronicle.end_month(world, month));
            observe(month as usize, self);
        }
        Ok(())
    }

    /// Solves the start of a run and goes no further: whether `draw` can be simulated.
    ///
    /// # Errors
    /// When what was drawn cannot be solved.
    pub fn try_start(&mut self, draw: &InputDraw) -> Result<(), WorldError> {
        self.begin(Run(0), draw)
    }

    fn begin(&mut self, run: Run, draw: &InputDraw) -> Result<(), WorldError> {
        let calendar = self.setting.calendar;
        let model = self.setting.model;
        self.events.clear();
        self.demands.fill(MonthDemands::default());
        self.record = record::record_at_start(model, calendar.start());
        self.law.begin(draw, run)?;
        for (j, reach) in self.record.reach_in_law.iter_mut().enumerate() {
            *reach = self.law.reach(JurisdictionId::new(j));
        }
        let (start, end) = (calendar.start(), calendar.end());
        self.revelations.begin(draw, run, start, end);
        self.governments.begin(draw, run, start);
        self.placement.begin(draw, run);
        self.prices = Prices::new(&model.providers, model.projects.interval_months, draw);
        self.accounts.begin(draw, run);
        self.capacities.begin(draw);
        self.subsidised.fill(0.0);
        for (growth, market) in self.growth_a_month.iter_mut().zip(&model.markets) {
            *growth = market.growth_per_year.value(draw) / 12.0;
        }
        self.customers.begin(run, draw, &self.record)?;
        self.named.begin(draw, self.customers.beliefs());
        self.tell_workload();
        self.law.weigh(&self.record);
        for month in calendar.spin_up() {
            let span = calendar.span(month);
            self.record.today = span.0;
            self.hear_month(span.0, span.1);
        }
        for case in (0..model.cases.len()).map(CaseId::new) {
            let days_at = self.law.days_in_court(case);
            self.accounts.settle_the_past(case, days_at);
        }
        self.accounts.open_books();
        self.governments.weigh(&self.record);
        self.record.today = calendar.start();
        self.customers.weigh(0, &self.record);
        let beliefs = self.customers.beliefs();
        self.named.observe(0, &self.record, beliefs);
        Ok(())
    }

    /// One month: law and news by date, openings, then customers; at a quarter's end
    /// providers; customers with names; prices for the next.
    fn pass(&mut self, month: u32) {
        let (from, until) = self.setting.calendar.span(month as i32);
        let days = until.days_since(from);
        self.accounts.begin_month(days, &self.record);
        self.placement.advance(from, until, &mut self.events);
        self.reports.advance(month, from, &mut self.events);
        let counts = self
            .law
            .demands((month, from, until), &self.record, &mut self.events);
        self.demands.fill(MonthDemands::default());
        for count in counts {
            let month = &mut self.demands[count.provider.index()];
            month.filed += count.consumer.filed + count.enterprise.filed;
            month.enterprise_disclosed += count.enterprise.disclosed;
        }
        self.act_by_policy(from, until);
        self.hear_month(from, until);
        self.governments.weigh(&self.record);
        let growth = &self.growth_a_month;
        self.customers.act(month, &self.record, |market| {
            crate::chance::math::exp(growth[market] * f64::from(month))
        });
        if cfg!(debug_assertions) {
            self.customers.market().check_conservation();
        }
        self.decide_places(month, until);
        let beliefs = self.customers.beliefs();
        self.named
            .pass_month(month, (from, until), &self.record, beliefs);
        self.settle_accounts();
        self.close_books(month, until);
        let ledger = self.customers.market().ledger();
        self.prices.answer(month, ledger.offered, &ledger.won);
        self.prices.quote(month, &mut self.record.price_index);
        self.tell_workload();
        self.law.weigh(&self.record);
        self.record.today = until;
    }

    /// At the end of a quarter providers decide what to build and to close.
    fn decide_places(&mut self, month: u32, until: Date) {
        if !month.is_multiple_of(MONTHS_OF_A_QUARTER) || !self.placement.decides() {
            return;
        }
        let mut prospects = Prospects {
            model: self.setting.model,
            customers: &self.customers,
            record: &self.record,
            forecast: &mut self.forecast,
            growth_a_month: &self.growth_a_month,
            open: &mut self.asked,
        };
        let first = self.events.len();
        let (record, events) = (&self.record, &mut self.events);
        self.placement
            .decide((month, until), record, &mut prospects, events);
        for decided in &self.events[first..] {
            self.accounts.hear(decided, 1, &self.record);
        }
    }

    /// What providers take and pay for the month that ends, at the prices at which it began.
    fn settle_accounts(&mut self) {
        let model = self.setting.model;
        let market = self.customers.market();
        for offering in 0..model.offerings.len() {
            let workload = market.held_at(offering);
            self.accounts.serve(offering, workload, &self.record);
        }
        let price_weight = self.customers.price_weight();
        for (p, before) in self.subsidised.iter_mut().enumerate() {
            let paid = market.ledger().subsidised[p] - *before;
            if paid > 0.0 {
                let paid = Usd(paid / price_weight);
                self.accounts.subsidise(ProviderId::new(p), paid);
            }
            *before = market.ledger().subsidised[p];
        }
        for case in (0..model.cases.len()).map(CaseId::new) {
            self.accounts.litigate(case, self.law.days_in_court(case));
        }
    }

    /// Adds the month to its year, and closes the books of a year that is over, at the horizon of
    /// one that is not.
    fn close_books(&mut self, month: u32, until: Date) {
        self.accounts.close_month();
        let is_last = month == self.setting.calendar.horizon_months();
        if month.is_multiple_of(MONTHS_OF_A_YEAR) || is_last {
            self.accounts.close_year(until.plus_days(-1));
        }
    }

    /// Policies of a span; those that settle reach are for the law to take in.
    fn act_by_policy(&mut self, from: Date, until: Date) {
        let first = self.events.len();
        self.governments.advance(from, until, &mut self.events);
        for index in first..self.events.len() {
            let Event { date, kind, .. } = self.events[index];
            let EventKind::PolicyInForce { instrument } = kind else {
                continue;
            };
            let spec = &self.setting.model.instruments[instrument.index()];
            let settled = match spec.kind {
                InstrumentKind::Statute => SettledBy::Statute(None),
                InstrumentKind::Treaty => SettledBy::Treaty,
                _ => continue,
            };
            let cause = u32::try_from(index).ok().map(EventIndex);
            self.law.settle(date, spec.against, settled, cause);
        }
    }

    /// All that becomes public in a span, in order of date, and what customers make of it.
    fn hear_month(&mut self, from: Date, until: Date) {
        self.customers.pass_month();
        self.governments.pass_month();
        self.named
            .begin_month(from, until, self.customers.beliefs());
        self.revelations.advance(from, until, &mut self.events);
        let first = self.events.len();
        self.law.advance(from, until, &mut self.events);
        self.governments
            .follow_cases(first, until, &mut self.events);
        let events = &self.events;
        self.order.clear();
        self.order.extend(
            (0..events.len() as u32).filter(|&e| (from..until).contains(&events[e as usize].date)),
        );
        self.order.sort_by_key(|&e| (events[e as usize].date, e));
        for at in 0..self.order.len() {
            let index = self.order[at];
            let event = self.events[index as usize];
            record::enter(&mut self.record, &event, self.setting.model);
            self.record.today = event.date;
            let days_left = until.days_since(event.date);
            self.governments.hear(&event, days_left, &self.record);
            self.accounts.hear(&event, days_left, &self.record);
            let is_news = Beliefs::is_moved_by(&event, &self.record);
            if is_news {
                self.enter(Chronicle::before);
            }
            self.customers.hear(&event, days_left, &self.record);
            self.named
                .hear(EventIndex(index), &event, self.customers.beliefs());
            if is_news {
                self.enter(|chronicle, world| chronicle.after(world, EventIndex(index), &event));
            }
        }
        self.record.today = until;
        for (j, pends) in self.record.reach_pends.iter_mut().enumerate() {
            *pends = self.law.reach_pends(JurisdictionId::new(j));
        }
        for (j, pends) in self.record.pends_at_the_top.iter_mut().enumerate() {
            *pends = self.law.pends_at_the_top(JurisdictionId::new(j));
        }
    }

    /// Lets the chronicle, if one is kept, look at the world.
    fn enter(&mut self, look: impl FnOnce(&mut Chronicle, &Self)) {
        if let Some(mut chronicle) = self.chronicle.take() {
            look(&mut chronicle, self);
            self.chronicle = Some(chronicle);
        }
    }

    /// Enters into the record where the market's workload lies.
    fn tell_workload(&mut self) {
        let (model, market) = (self.setting.model, self.customers.market());
        record::enter_workload(&mut self.record, model, market);
        let stored = |offering| market.held_at(offering);
        self.capacities.look(stored, &mut self.record);
    }

    /// What all workers share.
    #[must_use]
    pub fn setting(&self) -> &Setting<'m> {
        &self.setting
    }

    /// The public record.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Every event so far, spin-up included, in the order in which they came about; those
    /// of named customers come last, at the end of the run.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What the chronicle holds so far; nothing where none is kept.
    #[must_use]
    pub fn chronicle(&self) -> &[Entry] {
        self.chronicle.as_ref().map_or(&[], |kept| kept.entries())
    }

    /// The customers.
    #[must_use]
    pub fn customers(&self) -> &Customers {
        &self.customers
    }

    /// The governments.
    #[must_use]
    pub fn governments(&self) -> &Governments<'m> {
        &self.governments
    }

    /// The providers' money in the last month.
    #[must_use]
    pub fn accounts(&self) -> &Accounts<'m> {
        &self.accounts
    }

    /// The named customers.
    #[must_use]
    pub fn named(&self) -> &NamedCustomers {
        &self.named
    }

    /// What named customers did, as events that follow `count` others in the run's list.
    pub fn exits(&self, count: usize) -> impl Iterator<Item = Event> + '_ {
        self.named.events(count)
    }

    /// What the law has taken so far: from providers, then from named customers.
    pub fn losses(&self) -> impl Iterator<Item = Loss> + '_ {
        let of_providers = self.accounts.losses().iter().copied();
        of_providers.chain(self.named.losses())
    }

    /// The courts.
    #[must_use]
    pub fn law(&self) -> &Law<'m> {
        &self.law
    }

    /// Demands of the last month, by provider.
    #[must_use]
    pub fn demands(&self) -> &[MonthDemands] {
        &self.demands
    }
}
