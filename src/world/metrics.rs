//! The metrics of a scenario: one number a run each, taken at a date, over a window from
//! the start, or at the end.

mod customer;
mod level;
mod money;
mod policy;
mod region;

use std::ops::Range;

pub use level::{Level, level_of, levels};

use super::calendar::Calendar;
use super::scope::Scope;
use super::sums::{Of, Sums};
use super::tick::World;
use crate::chance::math;
use crate::customer::named::NamedCustomers;
use crate::domain::{CaseId, Date, InstrumentId, JurisdictionId, RegionId};
use crate::scenario::Scenario;
use crate::scenario::resolved::{CaseSpec, FullModel, InputDraw, Metric, MetricWhen, Observable};

/// A metric made ready to be taken.
#[derive(Clone, Debug)]
struct Planned {
    of: Observable,
    scope: Scope,
    case: usize,
    /// That of the scope.
    instrument: InstrumentId,
    /// Those of the scope's named customer.
    workloads: Range<usize>,
    /// Those of the scope, of a metric of regions.
    regions: Vec<RegionId>,
    /// The observation at which it is taken.
    at: usize,
    /// USD of discounted surplus so far.
    surplus: f64,
    /// Demands, disclosures, money of providers, or months and money of a named customer, so
    /// far.
    counted: f64,
}

impl Planned {
    fn new(metric: &Metric, model: &FullModel, at: usize) -> Self {
        let scope = &metric.scope;
        Self {
            of: metric.of,
            scope: Scope::of_metric(model, scope),
            case: scope.case.map_or(0, |case| case.index()),
            instrument: scope.instrument.unwrap_or(InstrumentId::new(0)),
            workloads: scope.customer.map_or(0..0, |customer| {
                NamedCustomers::select(model, customer, scope.workload)
            }),
            regions: if metric.of.is_of_regions() {
                region::select(model, scope)
            } else {
                Vec::new()
            },
            at,
            surplus: 0.0,
            counted: 0.0,
        }
    }
}

/// All metrics of a scenario, for one worker.
#[derive(Clone, Debug)]
pub struct Metrics {
    planned: Vec<Planned>,
    values: Vec<f64>,
    discount_a_month: f64,
}

impl Metrics {
    /// Plans a scenario's metrics. One that lies beyond the horizon is always missing.
    #[must_use]
    pub fn new(scenario: &Scenario, model: &FullModel, calendar: &Calendar) -> Self {
        let planned = scenario.metrics.iter();
        let planned = planned.map(|metric| Planned::new(metric, model, due(metric, calendar)));
        let planned: Vec<Planned> = planned.collect();
        Self {
            values: vec![f64::NAN; planned.len()],
            planned,
            discount_a_month: 0.0,
        }
    }

    /// Forgets the last run.
    pub fn begin(&mut self, discount_rate_per_year: f64) {
        self.values.fill(f64::NAN);
        self.discount_a_month = math::ln_1p(discount_rate_per_year) / 12.0;
        for planned in &mut self.planned {
            planned.surplus = 0.0;
            planned.counted = 0.0;
        }
    }

    /// Takes what is due at observation `k`.
    pub fn observe(&mut self, k: usize, world: &World<'_>, sums: &Sums, draw: &InputDraw) {
        let discount = math::exp(-self.discount_a_month * k as f64);
        for (planned, value) in self.planned.iter_mut().zip(&mut self.values) {
            if planned.of == Observable::ConsumerSurplus && k > 0 {
                planned.surplus += discount * planned.month_surplus(world);
            }
            if k > 0 {
                planned.count(world);
                planned.counted += planned.month_of_customer(world, discount);
                planned.counted += planned.month_of_money(world, discount);
            }
            if planned.at == k {
                *value = planned.value(world, sums, draw);
            }
        }
    }

    /// The values of the run, in the scenario's order; NaN is missing.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

/// The observation at which a metric is taken; none is as late as that of a day beyond the
/// horizon.
pub(super) fn due(metric: &Metric, calendar: &Calendar) -> usize {
    match metric.when {
        MetricWhen::At(date) => calendar.observation_at(date).unwrap_or(usize::MAX),
        MetricWhen::OverMonths(months) => months as usize,
        MetricWhen::Horizon => calendar.horizon_months() as usize,
    }
}

impl Planned {
    /// Adds this month's demands on the scope's providers, or their disclosures.
    fn count(&mut self, world: &World<'_>) {
        let of = |provider: usize| {
            let month = world.demands()[provider];
            match self.of {
                Observable::Demands => month.filed as f64,
                Observable::Disclosures => month.enterprise_disclosed as f64,
                _ => 0.0,
            }
        };
        self.counted += self.scope.providers.iter().map(|&p| of(p)).sum::<f64>();
    }

    /// This month's surplus of the scope, USD.
    fn month_surplus(&self, world: &World<'_>) -> f64 {
        let welfare = world.customers().welfare();
        let sum: f64 = self.scope.groups.iter().map(|&g| welfare.month(g)).sum();
        sum / world.customers().price_weight()
    }

    fn value(&self, world: &World<'_>, sums: &Sums, draw: &InputDraw) -> f64 {
        let Scope {
            groups, providers, ..
        } = &self.scope;
        let model = &world.setting().model;
        match self.of {
            Observable::Trust => sums.trust(&self.scope),
            Observable::SpendShare => {
                let all = Scope {
                    providers: (0..model.providers.len()).collect(),
                    ..self.scope.clone()
                };
                100.0 * sums.over(Of::Spend, &self.scope) / sums.over(Of::Spend, &all)
            }
            Observable::Workload => sums.over(Of::Workload, &self.scope) / 1e6,
            Observable::WorkloadHomeShare => self.home_share(world, sums),
            Observable::Exposure => {
                100.0 * sums.over(Of::Exposed, &self.scope) / sums.over(Of::Workload, &self.scope)
            }
            Observable::Revenue => sums.over(Of::Spend, &self.scope) / 1e6,
            Observable::BaseMoved => self.moved(world, |_, to| {
                to < world.customers().market().nests().providers()
            }),
            Observable::BaseLeft => self.moved(world, |_, to| !providers.contains(&to)),
            Observable::StatedLessLikely => self.stated(world, draw),
            Observable::ProjectsDeferred => {
                let ledger = world.customers().market().ledger();
                let count =
                    |column: &[u32]| groups.iter().map(|&g| f64::from(column[g])).sum::<f64>();
                100.0 * count(&ledger.deferred) / count(&ledger.projects)
            }
            Observable::CaseDays => {
                let start = world.setting().calendar.start();
                self.ended(world)
                    .map_or(f64::NAN, |date| f64::from(date.days_since(start).max(0)))
            }
            Observable::CaseOpen => f64::from(u8::from(self.ended(world).is_none())),
            Observable::ReachInLaw => {
                let by = model
                    .cases
                    .get(self.case)
                    .and_then(CaseSpec::asserting)
                    .unwrap_or(JurisdictionId(0));
                100.0 * world.record().reach(by)[0]
            }
            Observable::ConsumerSurplus => self.surplus / 1e6,
            Observable::RegionsOpened
            | Observable::RegionsConverted
            | Observable::RegionsClosed
            | Observable::Capex => self.value_of_regions(world, draw),
            Observable::Acted => self.acted(world),
            Observable::RegionMoveShare => self.region_move_share(world),
            Observable::CloudUsers => self.cloud_users(world),
            Observable::PolicyDays | Observable::PolicyInForce => self.value_of_policy(world),
            Observable::Demands
            | Observable::Disclosures
            | Observable::Npv
            | Observable::OperatingProfit
            | Observable::LegalCost
            | Observable::Fines
            | Observable::Subsidies => self.counted,
            Observable::CustomerCost
            | Observable::CustomerExposure
            | Observable::CustomerReachInLaw
            | Observable::ExposedMonths
            | Observable::MonthsAboveTolerance
            | Observable::ExitsFinished
            | Observable::ExitsLate
            | Observable::ExitsForced => self.value_of_customer(world),
        }
    }

    /// Customers of the scope that are expected to have acted on what they believe, %.
    fn acted(&self, world: &World<'_>) -> f64 {
        let market = world.customers().market();
        let (mut acted, mut customers) = (0.0, 0.0);
        for &group in &self.scope.groups {
            acted += market.ledger().acted[group];
            customers += market.population().group(group).len() as f64;
        }
        100.0 * acted / customers
    }

    /// Customers of the scope that use any cloud, %.
    fn cloud_users(&self, world: &World<'_>) -> f64 {
        let market = world.customers().market();
        let (mut users, mut customers) = (0.0, 0.0);
        for &group in &self.scope.groups {
            users += f64::from(market.ledger().users(group));
            customers += market.population().group(group).len() as f64;
        }
        100.0 * users / customers
    }

    /// Of the workload that moved, the part to another region of the same provider, %.
    fn region_move_share(&self, world: &World<'_>) -> f64 {
        let ledger = world.customers().market().ledger();
        let (mut moved, mut within) = (0.0, 0.0);
        for &group in &self.scope.groups {
            for &provider in &self.scope.providers {
                let (all, part) = ledger.moved(group, provider);
                moved += all;
                within += part;
            }
        }
        100.0 * within / moved
    }

    /// When the scope's case ended.
    fn ended(&self, world: &World<'_>) -> Option<Date> {
        world
            .law()
            .case(CaseId::new(self.case))
            .ended
            .map(|(_, date)| date)
    }

    /// Part of the workload with foreign-parent providers that lies at home, %.
    fn home_share(&self, world: &World<'_>, sums: &Sums) -> f64 {
        let model = world.setting().model;
        let (mut home, mut all) = (0.0, 0.0);
        for &group in &self.scope.groups {
            let here = model.groups[group].jurisdiction;
            for &o in &self.scope.offerings {
                let offering = &model.offerings[o];
                if model.providers[offering.provider.index()].parent == here {
                    continue;
                }
                let workload = sums.workload(group, o);
                all += workload;
                if offering.jurisdiction == here {
                    home += workload;
                }
            }
        }
        100.0 * home / all
    }

    /// Customers that decided since the start to move their base from a provider of the
    /// scope to where it `counts`, % of the scope's customers.
    fn moved(&self, world: &World<'_>, counts: impl Fn(usize, usize) -> bool) -> f64 {
        let market = world.customers().market();
        let providers = market.nests().providers();
        let (mut moves, mut customers) = (0.0, 0.0);
        for &group in &self.scope.groups {
            customers += market.population().group(group).len() as f64;
            for &from in &self.scope.providers {
                // One beyond the providers is back on premises.
                for to in (0..=providers).filter(|&to| to != from && counts(from, to)) {
                    moves += f64::from(market.ledger().moves(group, from, to));
                }
            }
        }
        100.0 * moves / customers
    }

    /// Customers that would say "less likely" of the scope's providers, %.
    fn stated(&self, world: &World<'_>, draw: &InputDraw) -> f64 {
        let customers = world.customers();
        let asked = |p: usize| self.scope.providers.contains(&p);
        let (mut sum, mut weight) = (0.0, 0.0);
        for &group in &self.scope.groups {
            let size = customers.market().population().group(group).len() as f64;
            if let Some(share) = customers.stated_less_likely(group, asked, draw) {
                sum += size * share;
                weight += size;
            }
        }
        100.0 * sum / weight
    }
}
