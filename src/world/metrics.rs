//! The metrics of a scenario: one number a run each, taken at a date, over a window, or at the
//! end.

mod customer;
mod level;
mod money;
mod path;
mod policy;
mod region;
mod window;

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
use crate::scenario::resolved::{
    CaseSpec, CaseStep, FullModel, InputDraw, Metric, MetricWhen, Observable, WindowUse,
};
use window::Mark;

/// A metric made ready to be taken.
#[derive(Clone, Debug)]
struct Planned {
    of: Observable,
    scope: Scope,
    case: usize,
    /// The steps that the case must take, of a metric of its path.
    path: Vec<CaseStep>,
    /// That of the scope.
    instrument: InstrumentId,
    /// Those of the scope's named customer.
    workloads: Range<usize>,
    /// Those of the scope, of a metric of regions.
    regions: Vec<RegionId>,
    /// The observation from which it counts; 0 from the start.
    begins: usize,
    /// The observation at which it is taken.
    at: usize,
    /// What was there when its window began, nothing for one from the start.
    before: Mark,
    /// USD of discounted surplus so far.
    surplus: f64,
    /// Demands, disclosures, money of providers, or months and money of a named customer, so
    /// far.
    counted: f64,
}

impl Planned {
    fn new(metric: &Metric, model: &FullModel, (begins, at): (usize, usize)) -> Self {
        let scope = &metric.scope;
        Self {
            of: metric.of,
            scope: Scope::of_metric(model, scope),
            case: scope.case.map_or(0, |case| case.index()),
            path: metric.path.clone(),
            instrument: scope.instrument.unwrap_or(InstrumentId::new(0)),
            workloads: scope.customer.map_or(0..0, |customer| {
                NamedCustomers::select(model, customer, scope.workload)
            }),
            regions: if metric.of.is_of_regions() {
                region::select(model, scope)
            } else {
                Vec::new()
            },
            begins,
            at,
            before: Mark::default(),
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
        let planned = planned.map(|metric| {
            let window = (begins(metric, calendar), due(metric, calendar));
            Planned::new(metric, model, window)
        });
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
            planned.before = Mark::default();
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
            if planned.begins == k && planned.of.window() != WindowUse::None {
                planned.before = planned.mark(world, sums, draw);
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

/// The observation from which a metric counts; 0 from the start.
pub(super) fn begins(metric: &Metric, calendar: &Calendar) -> usize {
    match metric.when {
        MetricWhen::Between(from, _) => calendar.observation_at(from).unwrap_or(usize::MAX),
        _ => 0,
    }
}

/// The observation at which a metric is taken; none is as late as that of a day beyond the
/// horizon.
pub(super) fn due(metric: &Metric, calendar: &Calendar) -> usize {
    match metric.when {
        MetricWhen::At(date) | MetricWhen::Between(_, date) => {
            calendar.observation_at(date).unwrap_or(usize::MAX)
        }
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
            Observable::StatedLessLikely => self.stated(world, draw),
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
            Observable::PathDays | Observable::StageDays => self.value_of_path(world),
            Observable::CloudUsers => self.cloud_users(world),
            Observable::PolicyDays | Observable::PolicyInForce => self.value_of_policy(world),
            Observable::CustomerExposure | Observable::CustomerReachInLaw => {
                self.value_of_customer(world)
            }
            _ => self.since_then(self.mark(world, sums, draw)),
        }
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
