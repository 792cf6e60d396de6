//! From which days the past is forecast, which observation from which, and what has to be
//! simulated for it.

use super::known::Known;
use crate::domain::Date;
use crate::scenario::Scenario;
use crate::scenario::resolved::{Observation, ObservationUse};

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Days on which forecasts are made, ascending.
    pub origins: Vec<Origin>,
    /// Sets of facts, each to be simulated once, in the order of the first day that has them.
    pub facts: Vec<Facts>,
}

/// A day on which forecasts are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Origin {
    /// The day.
    pub date: Date,
    /// Position of what was known then in [`Plan::facts`].
    pub facts: usize,
}

/// Facts that are known on one or several days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// The first of these days.
    pub first: Date,
    /// What is known in the scenario.
    pub scenario: Known,
    /// What is known in its baseline, if there is one.
    pub baseline: Option<Known>,
}

/// Whether facts later than an origin are given to its forecasts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Later {
    /// They are withheld.
    #[default]
    Withheld,
    /// All facts are given at every origin: the forecast is conditional on them.
    Given,
}

/// The days from which the scenario's observations are forecast: those of `[backtest]` and
/// those that an observation names itself.
#[must_use]
pub fn days(scenario: &Scenario) -> Vec<Date> {
    let listed = scenario.backtest.iter().flat_map(|plan| &plan.origins);
    let named = scenario.observations.iter();
    let named = named.filter_map(|observation| observation.forecast_from.as_ref());
    let mut days: Vec<Date> = listed.chain(named).copied().collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The plan of a backtest of a scenario beside its baseline.
#[must_use]
pub fn plan(scenario: &Scenario, baseline: Option<&Scenario>, later: Later) -> Plan {
    let mut plan = Plan {
        origins: Vec::new(),
        facts: Vec::new(),
    };
    for date in days(scenario) {
        let day = (later == Later::Withheld).then_some(date);
        let facts = Facts {
            first: date,
            scenario: Known::on(scenario, day),
            baseline: baseline.map(|baseline| Known::on(baseline, day)),
        };
        let alike = |other: &Facts| {
            (&other.scenario, &other.baseline) == (&facts.scenario, &facts.baseline)
        };
        let place = plan.facts.iter().position(alike);
        let place = place.unwrap_or_else(|| {
            plan.facts.push(facts);
            plan.facts.len() - 1
        });
        plan.origins.push(Origin { date, facts: place });
    }
    plan
}

impl Plan {
    /// The origin by which an observation is judged: its `forecast_from`, else the last before
    /// its date; of a claim, the last on which the claim was not yet published. `None` where
    /// there is none before its date.
    #[must_use]
    pub fn own(&self, observation: &Observation) -> Option<usize> {
        if let Some(from) = observation.forecast_from {
            return self.origins.iter().position(|origin| origin.date == from);
        }
        let claimed = observation.use_for == ObservationUse::Claim;
        let fits = |origin: &Origin| {
            origin.date < observation.date && (!claimed || origin.date <= observation.published)
        };
        self.origins.iter().rposition(fits)
    }
}

impl Facts {
    /// The folder in which its futures are simulated, below `origins`.
    #[must_use]
    pub fn folder(&self) -> String {
        self.first.to_string()
    }
}
