//! What was known on a day, as settings that take the rest out of a scenario.
//!
//! A fact of a scenario is a `[force.NAME]`, the filing of a `[case.NAME]` and each step of its
//! history. A fact that was not known yet is taken out: the force or step is removed, so that
//! chance decides in its place and nothing is learned from it, and the case is filed only after
//! the last day, so that nobody brings it and what refers to it has no value. Everything else that a scenario says of the time after the day (regions that open on a
//! date, prices, shares of segments) is taken as planned or foreseen and stays.

use crate::domain::Date;
use crate::scenario::Scenario;
use crate::scenario::resolved::{CaseSpec, CourtSystem, Model};

/// A scenario's facts as seen from one day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// Names of the facts that are known: forces, then cases, each with `CASE.NODE` of its history.
    pub facts: Vec<String>,
    /// Names of those that are not.
    pub withheld: Vec<String>,
    /// What takes these out of the scenario, each as `--set` takes it.
    pub settings: Vec<String>,
}

impl Known {
    /// What is known of this scenario on `day`, or all of it where no day is given.
    #[must_use]
    pub fn on(scenario: &Scenario, day: Option<Date>) -> Self {
        let mut known = Self::default();
        let Model::Full(model) = &scenario.model else {
            return known;
        };
        let unknown = |since: Date| day.is_some_and(|day| since > day);
        for force in &model.forces {
            let name = &force.name;
            let setting = format!("force.\"{name}\".remove=true");
            known.sort_in(name, unknown(force.known), setting);
        }
        let months = i32::try_from(scenario.horizon_months).unwrap_or(i32::MAX);
        let never = scenario.start.plus_months(months);
        for case in &model.cases {
            let name = &case.name;
            let setting = format!("case.\"{name}\".filed={never}");
            known.sort_in(name, unknown(case.filed), setting);
            known.sort_history(case, &model.courts[case.court], unknown);
        }
        if !known.withheld.is_empty() {
            known.settings.extend(referring(scenario, &known.withheld));
        }
        known
    }

    /// Sorts the steps of a case's history. Where some are withheld, the history is written anew
    /// with those that are known.
    fn sort_history(
        &mut self,
        case: &CaseSpec,
        court: &CourtSystem,
        unknown: impl Fn(Date) -> bool,
    ) {
        let name = &case.name;
        let mut kept = Vec::with_capacity(case.history.len());
        let mut any_withheld = false;
        for step in &case.history {
            let node = &court.nodes[step.node.index()];
            let fact = format!("{name}.{}", node.name);
            if unknown(step.date) {
                any_withheld = true;
                self.withheld.push(fact);
                continue;
            }
            self.facts.push(fact);
            kept.push(format!(
                "case.\"{name}\".history.\"{}\"={{ outcome = \"{}\", date = {} }}",
                node.name, node.outcomes[step.outcome].name, step.date
            ));
        }
        if any_withheld {
            self.settings
                .push(format!("case.\"{name}\".history.remove=true"));
            self.settings.extend(kept);
        }
    }

    fn sort_in(&mut self, name: &str, withheld: bool, setting: String) {
        if withheld {
            self.withheld.push(name.to_owned());
            self.settings.push(setting);
        } else {
            self.facts.push(name.to_owned());
        }
    }
}

/// Takes out what may name inputs of a fact that is withheld, and moves nothing in a run: the
/// plan of the backtest itself, and levers.
fn referring<'s>(
    scenario: &'s Scenario,
    withheld: &'s [String],
) -> impl Iterator<Item = String> + 's {
    let plan = scenario.backtest.iter();
    let plan = plan.map(|_| "backtest.remove=true".to_owned());
    let of_a_fact = |path: &str| {
        withheld.iter().any(|name| {
            let heads = [format!("force.{name}."), format!("force.\"{name}\".")];
            heads.iter().any(|head| path.starts_with(head))
        })
    };
    let levers = scenario.levers.iter();
    let levers = levers.filter(move |lever| of_a_fact(&lever.path));
    plan.chain(levers.map(|lever| format!("lever.\"{}\".remove=true", lever.name)))
}
