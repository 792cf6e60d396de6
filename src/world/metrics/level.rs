//! Levels: what metrics take at a date, followed month by month in `paths`.

use super::Planned;
use super::window::Mark;
use crate::domain::{InstrumentId, JurisdictionId};
use crate::scenario::Scenario;
use crate::scenario::resolved::{FullModel, InputDraw, Metric, MetricScope, Observable};
use crate::world::World;
use crate::world::scope::Scope;
use crate::world::sums::Sums;

/// A level that can be taken at any time.
#[derive(Clone, Debug)]
pub struct Level {
    /// What.
    pub of: Observable,
    planned: Planned,
}

impl Level {
    /// The level of an observable of the market that does not count over time, for a scope.
    #[must_use]
    pub fn new(of: Observable, scope: Scope) -> Self {
        let planned = Planned {
            of,
            scope,
            case: 0,
            path: Vec::new(),
            instrument: InstrumentId::new(0),
            workloads: 0..0,
            regions: Vec::new(),
            begins: 0,
            at: 0,
            before: Mark::default(),
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
            let planned = Planned::new(metric, model, (0, 0));
            let of = metric.of;
            levels.push((name, Level { of, planned }));
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
            | Observable::CloudUsers
            | Observable::CustomerExposure
            | Observable::CustomerReachInLaw
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
    if let Some(customer) = scope.customer {
        let customer = &model.customers[customer.index()];
        add("_", Some(&customer.name));
        let workload = scope
            .workload
            .map(|w| customer.workloads[w.index()].name.as_str());
        add("_workload_", workload);
    }
    name
}
