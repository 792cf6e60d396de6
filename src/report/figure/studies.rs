//! What figures are made from where it is no result of `comity run`: comparisons, sweeps,
//! backtests and convergences, by what they stored.

use super::{FigureError, stored};
use crate::analysis::backtest::record::Backtested;
use crate::analysis::backtest::tables::RECORD;
use crate::ensemble::again::Frozen;
use crate::report::comparison::Comparison;
use crate::report::convergence::Convergence;
use crate::report::digits::count;
use crate::report::sweep::Sweep;
use crate::result::{Opened, open};
use crate::scenario::Scenario;
use crate::scenario::resolved::{DecisionOption, OptionId};

/// The file in which most commands store their page.
pub(super) const SUMMARY: &str = "summary.json";

/// What it takes to make a result again: how many futures of what, then the same for all.
fn footer(result: &Opened, futures: &str) -> String {
    let identity = &result.manifest.identity;
    format!(
        "{} · {futures} of {} customers · seed {} · digest {} · model {} · comity {}",
        identity.scenario,
        count(identity.customers),
        identity.seed,
        identity.scenario_digest.get(..6).unwrap_or_default(),
        identity.model_version,
        result.manifest.program_version,
    )
}

/// A comparison.
pub(super) struct Compared<'r> {
    pub result: &'r Opened,
    pub page: Comparison,
    /// That of the reference.
    pub scenario: Scenario,
}

impl<'r> Compared<'r> {
    pub fn of(result: &'r Opened) -> Result<Self, FigureError> {
        let page: Comparison = stored(result, SUMMARY)?;
        let reference = page.options.get(page.compared.judged.reference);
        let folder = reference.map_or("", |option| &option.folder);
        let Frozen { scenario, .. } = Frozen::of(&open(&result.path.join(folder))?)?;
        Ok(Self {
            result,
            page,
            scenario,
        })
    }

    /// The place of an option in the scenario's decision, which stays the same when fewer are
    /// compared; of options that are scenarios of their own, that in the comparison.
    pub fn place_of_option(&self, option: usize) -> usize {
        let decision = self.scenario.decision.as_ref();
        place_in(
            decision.map_or(&[], |decision| &decision.options),
            &self.scenario.options,
            self.page.options.get(option).map(|option| &*option.name),
        )
        .unwrap_or(option)
    }

    pub fn footer(&self) -> String {
        let options = self.page.options.len();
        let futures = count(self.page.footer.runs);
        footer(
            self.result,
            &format!("{options} options × {futures} futures"),
        )
    }
}

/// The place among these options of the one with this name.
fn place_in(options: &[OptionId], all: &[DecisionOption], name: Option<&str>) -> Option<usize> {
    options
        .iter()
        .position(|id| all.get(id.0).map(|option| &*option.name) == name)
        .filter(|_| name.is_some())
}

/// A sweep.
pub(super) struct Swept<'r> {
    pub result: &'r Opened,
    pub page: Sweep,
}

impl<'r> Swept<'r> {
    pub fn of(result: &'r Opened) -> Result<Self, FigureError> {
        let page = stored(result, SUMMARY)?;
        Ok(Self { result, page })
    }

    pub fn footer(&self) -> String {
        let points = self.page.header.points;
        let futures = count(self.page.footer.runs);
        footer(self.result, &format!("{points} points × {futures} futures"))
    }
}

/// A backtest.
pub(super) struct Backcast<'r> {
    pub result: &'r Opened,
    pub page: Backtested,
}

impl<'r> Backcast<'r> {
    pub fn of(result: &'r Opened) -> Result<Self, FigureError> {
        let page = stored(result, RECORD)?;
        Ok(Self { result, page })
    }

    pub fn footer(&self) -> String {
        let futures = count(self.page.job.runs);
        footer(self.result, &format!("{futures} futures from each date"))
    }
}

/// A convergence.
pub(super) struct Converged<'r> {
    pub result: &'r Opened,
    pub page: Convergence,
}

impl<'r> Converged<'r> {
    pub fn of(result: &'r Opened) -> Result<Self, FigureError> {
        let page = stored(result, SUMMARY)?;
        Ok(Self { result, page })
    }

    pub fn footer(&self) -> String {
        footer(
            self.result,
            &format!("{} futures", count(self.page.futures)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_keeps_its_place_in_the_decision_when_fewer_are_compared() {
        // By name in the scenario, as written in the decision.
        let all = ["by-value", "comply", "keys"].map(|name| DecisionOption {
            name: name.to_owned(),
            title: String::new(),
        });
        let decided = [OptionId(1), OptionId(2), OptionId(0)];
        let place = |name| place_in(&decided, &all, name);
        assert_eq!(place(Some("comply")), Some(0));
        assert_eq!(place(Some("keys")), Some(1));
        assert_eq!(place(Some("by-value")), Some(2));
        assert_eq!(place(Some("another-scenario")), None);
        assert_eq!(place(None), None);
    }
}
