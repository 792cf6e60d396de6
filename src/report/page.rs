//! The front page as data: what a reader of `comity run` sees first.
//!
//! The same blocks under the same names stand in the terminal, in `summary.json` and in
//! the answer to `--json`. Nothing here is rounded or worded: figures keep all their
//! digits and their unit, and texts are as the scenario wrote them. Two intervals never
//! mix: a *spread* says where 8 in 10 futures lie, an *error* how far the simulation
//! may be off (95 %).

use serde::{Deserialize, Serialize};

use crate::domain::Date;

use super::actors::{PolicyChance, Regions};
use super::checks::Checks;
use super::ending::HowItEnds;
use super::enough::reached::Enough;
use super::premises::Premises;
use super::unit::Unit;

/// The whole front page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Page {
    /// What was asked of which world.
    pub header: Header,
    /// The command that would compare the options; `None` where there is none to offer.
    pub not_compared: Option<String>,
    /// Options of the scenario's decision, none of them laid over it; left out of the stored
    /// page where there are none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub options: u32,
    /// What is forced and what is known, besides what the scenario says.
    #[serde(default, skip_serializing_if = "Premises::is_empty")]
    pub premises: Premises,
    /// What the headline numbers were before facts were given, where that is known; never
    /// stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Change>,
    /// The headline numbers, at most three.
    pub three_numbers: Vec<Number>,
    /// What becomes of each named customer, besides the headline numbers; left out of the
    /// stored page where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<CustomerNumbers>,
    /// What the order changes, future by future; no rows without a baseline.
    pub by_the_order: Vec<Number>,
    /// How the case ends; `None` in a scenario without a case.
    pub how_it_ends: Option<HowItEnds>,
    /// What governments may bring into force, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who_acts: Vec<PolicyChance>,
    /// What providers do about regions; `None` where nothing happens to any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regions: Option<Regions>,
    /// From what customers say to what they do.
    pub say_and_do: Vec<Number>,
    /// Who reacts most and least; `None` without a baseline.
    pub who_moves: Option<WhoMoves>,
    /// How surely something was to be known, where the runs ended by that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enough: Option<Enough>,
    /// On what the page rests.
    pub how_far_to_trust_this: Grounds,
    /// Commands that go on from here.
    pub next: Vec<String>,
    /// What it takes to make the page again.
    pub footer: Footer,
}

// As serde calls it.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Page {
    /// Whether any effect on the page is not separable from nothing.
    #[must_use]
    pub fn has_a_tie(&self) -> bool {
        let blocks = [&self.three_numbers, &self.by_the_order, &self.say_and_do];
        let of_customers = self.customers.iter().map(|customer| &customer.numbers);
        let numbers = blocks
            .into_iter()
            .chain(of_customers)
            .flatten()
            .filter_map(|number| number.effect);
        let groups = self.who_moves.iter().flat_map(|who| &who.groups);
        let policies = self.who_acts.iter().map(|policy| &policy.coming);
        let regions = self.regions.iter().flat_map(|regions| &regions.regions);
        let coming = policies.chain(regions.map(|region| &region.coming));
        let mut effects = numbers
            .chain(groups.map(|group| group.effect))
            .chain(coming.filter_map(|coming| coming.effect));
        effects.any(|effect| effect.verdict == Verdict::NotSeparable)
    }
}

/// The first line: which world, when, who decides, how many futures.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// The scenario's title.
    pub title: String,
    /// The option laid over it, by its title; `None` as the scenario is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// First day simulated.
    pub start: Date,
    /// Last day simulated.
    pub end: Date,
    /// Who decides, such as `Microsoft`.
    pub who: Option<String>,
    /// Futures simulated and kept.
    pub runs: u32,
    /// The world against which "by the order" is measured; `None` where none was run.
    pub baseline: Option<String>,
}

/// A number before facts were given, and given them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// In the futures of the same job without the facts.
    pub before: Number,
    /// In those that agree with them.
    pub given: Number,
}

/// The block of a named customer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CustomerNumbers {
    /// The customer's title.
    pub title: String,
    /// Its metrics in the scenario's order.
    pub numbers: Vec<Number>,
}

/// One metric over the futures: its level, and what the order does to it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Number {
    /// The metric's name in the scenario and in the columns of `runs.parquet`.
    pub name: String,
    /// What, for whom, when.
    pub label: String,
    /// The unit of every figure here.
    pub unit: Unit,
    /// Median over the futures; the mean for yes-or-no metrics.
    pub typical: Option<Typical>,
    /// 10th and 90th percentile over the futures; `None` where not estimable.
    pub spread: Option<Spread>,
    /// The value on the first day.
    pub at_start: Option<f64>,
    /// The paired difference to the baseline; `None` without one.
    pub effect: Option<Effect>,
    /// What was observed in the world, with its evidence.
    pub record: Option<String>,
    /// Futures in which the metric has no value and none can be put in its place.
    pub runs_missing: u32,
}

/// A value, or the last day on which it had not yet been reached.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounded {
    /// The value.
    At(f64),
    /// Greater than this: the horizon came first.
    Over(f64),
}

/// A typical value and how far the simulation may be off.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Typical {
    /// The value.
    pub value: Bounded,
    /// Half the width of its 95 % interval; `None` where not estimable.
    pub error: Option<f64>,
}

/// Where 8 in 10 futures lie.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Spread {
    /// 10th percentile.
    pub low: Bounded,
    /// 90th percentile.
    pub high: Bounded,
}

/// A difference between a future and the same future without the order.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Effect {
    /// Mean over the pairs.
    pub mean: f64,
    /// Half the width of the mean's 95 % interval; `None` where not estimable.
    pub error: Option<f64>,
    /// 10th and 90th percentile over the pairs; `None` where not estimable.
    pub spread: Option<(f64, f64)>,
    /// What it is worth.
    pub verdict: Verdict,
}

/// Whether an effect is for the better.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// For the better, and separable from nothing.
    Better,
    /// For the worse, and separable from nothing.
    Worse,
    /// Separable from nothing; neither direction is better.
    Changed,
    /// The 95 % interval of the mean holds zero.
    NotSeparable,
    /// The error is not estimable, so nothing can be said.
    NotEstimable,
}

/// Block `WHO MOVES`: the same effect, group by group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WhoMoves {
    /// What is measured, and when.
    pub what: String,
    /// The unit of every effect.
    pub unit: Unit,
    /// The groups, the strongest effect first.
    pub groups: Vec<GroupEffect>,
    /// How much of the workload that moves changes region, not provider; `None` where that
    /// is not measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_moves: Option<Number>,
}

/// What the order does to one group of customers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GroupEffect {
    /// The group.
    pub who: String,
    /// The paired difference.
    pub effect: Effect,
}

/// Block `HOW FAR TO TRUST THIS`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Grounds {
    /// Numbers in the scenario.
    pub inputs: u32,
    /// Those without evidence behind them.
    pub inputs_assumed: u32,
    /// Those written as distributions and drawn anew for each future.
    pub inputs_uncertain: u32,
    /// Futures that failed and are left out.
    pub runs_failed: u32,
    /// How the last backtest and the last check of intervals went.
    #[serde(default)]
    pub checks: Checks,
    /// What the model leaves out.
    pub not_in_the_model: Vec<String>,
}

/// The last line.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Footer {
    /// Futures simulated and kept.
    pub runs: u32,
    /// Customers in each.
    pub customers: u32,
    /// The seed.
    pub seed: u64,
    /// First six characters of the scenario's digest.
    pub digest6: String,
    /// Version of the model: equal versions give equal numbers.
    pub model_version: u32,
    /// Version of the program.
    pub program_version: String,
    /// Seconds that the simulation took; `None` where it was read, not run.
    pub seconds: Option<f64>,
}
