//! How the case ends, as data: groups of endings, shares of futures, time to the end.

use serde::{Deserialize, Serialize};

use crate::domain::Ending;
use crate::measure::interval::Interval;

use super::page::{Spread, Typical};

/// Block `HOW IT ENDS`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HowItEnds {
    /// Groups of endings, the likeliest first.
    pub endings: Vec<EndingShare>,
    /// Days from the start to the end of the case, any end; open cases count as
    /// longer than the horizon.
    pub days: Option<Typical>,
    /// The same for 8 in 10 futures.
    pub days_spread: Option<Spread>,
}

/// How often a case ends in one way.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EndingShare {
    /// Which end.
    pub group: EndingGroup,
    /// Share of the futures, by the horizon.
    pub share: Share,
    /// The same without the order.
    pub without_the_order: Option<Share>,
}

/// A share of futures, from 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Share {
    /// Futures of this kind.
    pub count: u32,
    /// Futures in all.
    pub of: u32,
    /// 95 % interval (Wilson 1927); `None` where not estimable.
    pub interval: Option<Interval>,
}

impl Share {
    /// The share itself, 0 where there are no futures.
    #[must_use]
    pub fn value(&self) -> f64 {
        if self.of == 0 {
            0.0
        } else {
            f64::from(self.count) / f64::from(self.of)
        }
    }
}

/// Endings that a strategist tells apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndingGroup {
    /// A statute, treaty or executive agreement settles the question.
    StatuteOrTreaty,
    /// The last court holds for the government.
    GovernmentWins,
    /// The last court holds for the provider.
    ProviderWins,
    /// The provider stops contesting.
    ProviderComplies,
    /// The order is withdrawn or the parties settle.
    WithdrawnOrSettled,
    /// The act that is challenged is annulled.
    ActAnnulled,
    /// The act that is challenged stands.
    ActUpheld,
    /// No end by the horizon.
    Open,
}

impl EndingGroup {
    /// Every group.
    pub const ALL: [Self; 8] = [
        Self::StatuteOrTreaty,
        Self::GovernmentWins,
        Self::ProviderWins,
        Self::ProviderComplies,
        Self::WithdrawnOrSettled,
        Self::ActAnnulled,
        Self::ActUpheld,
        Self::Open,
    ];

    /// The group of an ending; `None` is a case that is still open.
    #[must_use]
    pub const fn of(ending: Option<Ending>) -> Self {
        match ending {
            Some(Ending::Statute | Ending::Treaty) => Self::StatuteOrTreaty,
            Some(Ending::Government) => Self::GovernmentWins,
            Some(Ending::Provider) => Self::ProviderWins,
            Some(Ending::Complied) => Self::ProviderComplies,
            Some(Ending::Settled | Ending::Withdrawn) => Self::WithdrawnOrSettled,
            Some(Ending::Annulled) => Self::ActAnnulled,
            Some(Ending::Upheld) => Self::ActUpheld,
            None => Self::Open,
        }
    }

    /// As read on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::StatuteOrTreaty => "statute or treaty settles it",
            Self::GovernmentWins => "government wins",
            Self::ProviderWins => "provider wins",
            Self::ProviderComplies => "provider stops contesting",
            Self::WithdrawnOrSettled => "withdrawn or settled",
            Self::ActAnnulled => "what is challenged is annulled",
            Self::ActUpheld => "what is challenged stands",
            Self::Open => "still open",
        }
    }
}
