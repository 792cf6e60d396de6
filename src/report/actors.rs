//! Who acts, as data: policies that may come into force, and what providers do about
//! regions.

use serde::{Deserialize, Serialize};

use super::ending::Share;
use super::page::{Effect, Number, Spread, Typical};

/// How likely something is to come about by the horizon, and when.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Coming {
    /// Share of the futures in which it has come about by the horizon.
    pub share: Share,
    /// The same without the order.
    pub without_the_order: Option<Share>,
    /// The paired difference of the two shares, in points; `None` without a baseline. Its
    /// error is half the interval of Newcombe (1998).
    pub effect: Option<Effect>,
    /// Days from the start; futures in which it has not come count as longer than the
    /// horizon.
    pub days: Option<Typical>,
    /// The same for 8 in 10 futures.
    pub days_spread: Option<Spread>,
}

/// A row of block `WHO ACTS`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PolicyChance {
    /// The instrument's name in the scenario and in `milestones.parquet`.
    pub name: String,
    /// As it is told.
    pub title: String,
    /// Who would bring it into force: the name of a jurisdiction or bloc.
    pub maker: String,
    /// Its kind, such as `procurement_ban`.
    pub kind: String,
    /// What may come about.
    pub change: PolicyChange,
    /// How likely that is, and when, for the first time.
    #[serde(flatten)]
    pub coming: Coming,
}

/// What may become of an instrument of policy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyChange {
    /// It comes into force.
    ComesIntoForce,
    /// In force at the start, it expires or is struck down.
    Ends,
}

/// Block `REGIONS`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Regions {
    /// How many regions providers open, convert and close by decision; kinds that occur in
    /// no future are left out.
    pub by_decision: Vec<Number>,
    /// Regions that open within the horizon on a date given by the scenario.
    pub opened_by_date: u32,
    /// Regions that close on such a date.
    pub closed_by_date: u32,
    /// What is decided about each region in any future: what the order changes most first,
    /// without a baseline the likeliest.
    pub regions: Vec<RegionChance>,
}

/// How likely something is decided about one region.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RegionChance {
    /// The region's name in the scenario and in `milestones.parquet`.
    pub name: String,
    /// Whose it is, by its name.
    pub provider: String,
    /// Where it lies, by its name.
    pub jurisdiction: String,
    /// What happens to it.
    pub act: RegionAct,
    /// How likely that is, and when.
    #[serde(flatten)]
    pub coming: Coming,
}

/// What may happen to a region by its provider's decision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionAct {
    /// It opens.
    Opened,
    /// It closes as another that takes its place opens.
    Converted,
    /// It closes.
    Closed,
}

impl RegionAct {
    /// Every act.
    pub const ALL: [Self; 3] = [Self::Opened, Self::Converted, Self::Closed];

    /// The name in `summary.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Converted => "converted",
            Self::Closed => "closed",
        }
    }

    /// As it follows the region's name.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Opened => "opens",
            Self::Converted => "is converted",
            Self::Closed => "closes",
        }
    }
}
