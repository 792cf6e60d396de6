//! The metrics of a scenario: one number a run each, taken at a date, over a window from
//! the start, or at the end.

use super::calendar::Calendar;
use super::scope::Scope;
use super::sums::{Of, Sums};
use super::tick::World;
use crate::chance::math;
use crate::domain::{CaseId, Date, JurisdictionId};
use crate::scenario::Scenario;
use crate::scenario::resolved::{
    FullModel, InputDraw, Metric, MetricScope, MetricWhen, Observable,
};

/// A metric made ready to be taken.
#[derive(Clone, Debug)]
struct Planned {
    of: Observable,
    scope: Scope,
    case: usize,
    /// The observation at which it is taken.
    at: usize,
    /// USD of discounted surplus so far.
    surplus: f64,
    /// Demands, or disclosures, so far.
    counted: f64,
}

/// A level that can be taken at any time.
#[derive(Clone, Debug)]
pub struct Level {
    /// What.
    pub of: Observable,
    planned: Planned,
}

impl Level {
    /// The level of an observable that does not count over time, for a scope.
    #[must_use]
    pub fn new(of: Observable, scope: Scope) -> Self {
        let planned = Planned {
            of,
            scope,
            case: 0,
            at: 0,
            surplus: 0.0,
            counted: 0.0,
        };
        Self { of, planned }
    }

    /// Its value now; NaN is missing.
    #[must_use]
    pub fn value(&self, world: &World<'_>, sums: &Sums) -> f64 {
        self.planned.value(world, sums, &InputDraw(Vec::new()))
    }
}

/// The levels that a scenario's metrics ask about, each once, by their snake_case names:
/// the observable and its scope.
#[must_use]
pub fn levels(scenario: &Scenario, model: &FullModel) -> Vec<(String, Level)> {
    let mut levels: Vec<(String, Level)> = Vec::new();
    for metric in &scenario.metrics {
        let Some(name) = level_of(metric, model) else {
            continue;
        };
        if levels.iter().all(|(known, _)| *known != name) {
            let scope = Scope::of_metric(model, &metric.scope);
            levels.push((name, Level::new(metric.of, scope)));
        }
    }
    levels
}

/// The name of the level that a metric takes at its date, a column of `paths`; `None` for
/// metrics that count, sum or wait.
#[must_use]
pub fn level_of(metric: &Metric, model: &FullModel) -> Option<String> {
    let is_level = matches!(
        metric.of,
        Observable::Trust
            | Observable::SpendShare
            | Observable::Workload
            | Observable::WorkloadHomeShare
            | Observable::Exposure
            | Observable::Revenue
    );
    is_level.then(|| level_name(metric.of, &metric.scope, model))
}

fn level_name(of: Observable, scope: &MetricScope, model: &FullModel) -> String {
    let jurisdiction = |j: JurisdictionId| model.jurisdictions[j.index()].name.as_str();
    let mut name = of.name().to_owned();
    let mut add = |prefix: &str, part: Option<&str>| {
        if let Some(part) = part {
            name.push_str(prefix);
            name.extend(part.chars().map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '_'
                }
            }));
        }
    };
    add(
        "_",
        scope
            .bloc
            .map(|bloc| model.blocs[bloc.index()].name.as_str()),
    );
    add("_", scope.jurisdiction.map(jurisdiction));
    add("_outside_", scope.customers_outside.map(jurisdiction));
    add("_", scope.segment.map(|segment| segment.name()));
    add(
        "_in_",
        scope
            .provider
            .map(|p| model.providers[p.index()].name.as_str()),
    );
    add("_in_parent_", scope.parent.map(jurisdiction));
    name
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
        let planned = scenario.metrics.iter().map(|metric| Planned {
            of: metric.of,
            scope: Scope::of_metric(model, &metric.scope),
            case: metric.scope.case.map_or(0, |case| case.index()),
            at: match metric.when {
                MetricWhen::At(date) => calendar.observation_at(date).unwrap_or(usize::MAX),
                MetricWhen::OverMonths(months) => months as usize,
                MetricWhen::Horizon => calendar.horizon_months() as usize,
            },
            surplus: 0.0,
            counted: 0.0,
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
                    .map_or(JurisdictionId(0), |case| case.asserting);
                100.0 * world.record().reach(by)[0]
            }
            Observable::ConsumerSurplus => self.surplus / 1e6,
            Observable::Demands | Observable::Disclosures => self.counted,
        }
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
