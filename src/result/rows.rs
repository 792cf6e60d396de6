//! What one run leaves behind: its rows for every table but the series, which are only
//! ever kept summed over runs.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::layout::{Layout, Name};
use crate::domain::Date;
use crate::measure::fixed::Fixed;

/// Which of the two paired worlds a row tells of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum World {
    /// The scenario's.
    Scenario,
    /// Its baseline's.
    Baseline,
}

impl World {
    /// The word in the tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Baseline => "baseline",
        }
    }
}

/// All rows of one run. Numbers stand in the order of the [`Layout`]; NaN is missing.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RunRows {
    /// The run, from 0.
    pub run: u32,
    /// Its weight in averages.
    pub weight: f64,
    /// Futures drawn until one agreed with what is known, this one included; 1 where nothing
    /// is given.
    pub tried: u32,
    /// Inputs drawn.
    pub inputs: Vec<f64>,
    /// Metrics in the scenario's world.
    pub metrics: Vec<f64>,
    /// Metrics in the baseline's world; empty unless paired.
    pub baseline_metrics: Vec<f64>,
    /// The path, `path[date × columns + column]`; empty when not kept.
    pub path: Vec<f64>,
    /// Dated facts, in order of date.
    pub milestones: Vec<Milestone>,
    /// How the cases went.
    pub cases: Vec<CaseEnd>,
    /// The steps that the cases took, by world and case, in order.
    pub steps: Vec<Step>,
    /// What the law took.
    pub losses: Vec<Loss>,
    /// What providers earned in each year.
    pub profits: Vec<YearProfit>,
    /// Every event; empty when not kept.
    pub events: Vec<EventRow>,
}

/// A row of `milestones.parquet`.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Milestone {
    /// Whose world.
    pub world: World,
    /// What came about, such as `region_opened`.
    pub kind: Name,
    /// To what, such as the region's name.
    pub subject: Name,
    /// In which way, where there are several: a case's ending, what is done to a region.
    pub how: Option<Name>,
    /// Why, where somebody decided it.
    pub why: Option<Name>,
    /// When.
    #[serde(with = "days")]
    pub date: Date,
}

/// A row of `cases.parquet`, as survival packages take it.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct CaseEnd {
    /// Whose world.
    pub world: World,
    /// The case.
    pub case: Name,
    /// How it ended, or that it is open.
    pub outcome: Name,
    /// When it ended, or the last day seen.
    #[serde(with = "days")]
    pub date: Date,
    /// Days from its beginning to `date`.
    pub duration_days: i32,
    /// Whether it was still open on `date`.
    pub censored: bool,
}

/// A row of `steps.parquet`: a case leaves a node of its court system.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// Whose world.
    pub world: World,
    /// The case.
    pub case: Name,
    /// The node.
    pub node: Name,
    /// By which outcome of the node, or by which ending that came from outside.
    pub outcome: Name,
    /// When the case came to the node.
    #[serde(with = "days")]
    pub entered: Date,
    /// When it left.
    #[serde(with = "days")]
    pub date: Date,
}

/// A row of `losses.parquet`: one occurrence.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Loss {
    /// Whose world.
    pub world: World,
    /// What it is about, such as a case.
    pub matter: Name,
    /// Which kind of loss.
    pub kind: Name,
    /// Who bears it.
    pub actor: Name,
    /// When.
    #[serde(with = "days")]
    pub date: Date,
    /// How much, above 0.
    pub amount: f64,
    /// Its currency.
    pub unit: Name,
}

/// A row of `profits.parquet`.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct YearProfit {
    /// Whose world.
    pub world: World,
    /// Who earned it.
    pub actor: Name,
    /// The last day of the year.
    #[serde(with = "days")]
    pub date: Date,
    /// How much.
    pub operating_profit: f64,
    /// Its currency.
    pub unit: Name,
}

/// A row of `events.parquet`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EventRow {
    /// Whose world.
    pub world: World,
    /// Number of the event in its world and run.
    pub event_id: u32,
    /// The event that brought it about.
    pub cause_id: Option<u32>,
    /// When.
    #[serde(with = "days")]
    pub date: Date,
    /// What.
    pub kind: Name,
    /// Who did it.
    pub actor: Option<Name>,
    /// To whom or what.
    pub target: Option<Name>,
    /// Where it counts.
    pub jurisdiction: Option<Name>,
    /// How much there was before, NaN where that is nothing or not known.
    pub before: f64,
    /// How much, NaN where there is nothing to count.
    pub value: f64,
    /// The unit of `before` and `value`.
    pub unit: Option<Name>,
    /// The event in a sentence.
    pub text: String,
}

/// A run that ended without rows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FailedRun {
    /// The run.
    pub run: u32,
    /// Why.
    pub cause: String,
}

impl fmt::Display for FailedRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "run {}: {}", self.run, self.cause)
    }
}

impl RunRows {
    /// Empties the rows for another run and keeps their room.
    pub fn clear(&mut self, run: u32) {
        self.run = run;
        self.weight = 1.0;
        self.tried = 1;
        self.inputs.clear();
        self.metrics.clear();
        self.baseline_metrics.clear();
        self.path.clear();
        self.milestones.clear();
        self.cases.clear();
        self.steps.clear();
        self.losses.clear();
        self.profits.clear();
        self.events.clear();
    }

    /// Whether the rows fit the layout, so that writing them cannot go wrong.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self, layout: &Layout) -> Result<(), String> {
        let baseline = if layout.paired {
            layout.metrics.len()
        } else {
            0
        };
        count("inputs", self.inputs.len(), layout.inputs.len())?;
        count("metrics", self.metrics.len(), layout.metrics.len())?;
        count("baseline metrics", self.baseline_metrics.len(), baseline)?;
        let metrics = self.metrics.iter().chain(&self.baseline_metrics);
        let mut named = metrics.zip(layout.metrics.iter().cycle());
        if let Some((value, metric)) =
            named.find(|(value, _)| !value.is_nan() && !Fixed::holds(**value))
        {
            return Err(format!(
                "the metric `{}` is {value:e}, which is more than can be summed; see that the \
                 weights and rates that it rests on are in their units",
                metric.name
            ));
        }
        self.check_money()?;
        if !self.path.is_empty() {
            count("values of the path", self.path.len(), layout.path_values())?;
        }
        let known = |name: Name| layout.names.word(name).is_some();
        let optional = |name: Option<Name>| name.is_none_or(known);
        let names_known = self.milestones.iter().all(|row| {
            known(row.kind) && known(row.subject) && [row.how, row.why].into_iter().all(optional)
        }) && self
            .cases
            .iter()
            .all(|row| known(row.case) && known(row.outcome))
            && self
                .steps
                .iter()
                .all(|row| [row.case, row.node, row.outcome].into_iter().all(known))
            && self.losses.iter().all(|row| {
                let names = [row.matter, row.kind, row.actor, row.unit];
                names.into_iter().all(known)
            })
            && self
                .profits
                .iter()
                .all(|row| known(row.actor) && known(row.unit))
            && self.events.iter().all(|row| {
                known(row.kind)
                    && [row.actor, row.target, row.jurisdiction, row.unit]
                        .into_iter()
                        .all(optional)
            });
        if names_known {
            Ok(())
        } else {
            Err("a row uses a name that the layout does not have".to_owned())
        }
    }

    /// Amounts are numbers.
    fn check_money(&self) -> Result<(), String> {
        let losses = self.losses.iter().map(|loss| loss.amount);
        let profits = self.profits.iter().map(|year| year.operating_profit);
        match losses.chain(profits).find(|amount| !amount.is_finite()) {
            None => Ok(()),
            Some(_) => Err(
                "a loss or the profit of a year is beyond all numbers; see that fines, costs and \
                 turnovers are in their units"
                    .to_owned(),
            ),
        }
    }
}

fn count(what: &str, found: usize, expected: usize) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{found} {what}, and the layout has {expected}"))
    }
}

/// Dates as days since 1970: a tenth of the room and time of their text.
mod days {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::domain::Date;

    pub(super) fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i32(date.days_since_epoch())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let days = i32::deserialize(from)?;
        let epoch = Date::from_ymd(1970, 1, 1).map_err(D::Error::custom)?;
        let date = epoch.plus_days(days);
        if date.days_since_epoch() == days {
            Ok(date)
        } else {
            Err(D::Error::custom("a date out of range"))
        }
    }
}
