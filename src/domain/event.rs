//! What happens, as the actors tell it to each other and as the tables keep it.

use serde::{Deserialize, Serialize};

use super::{
    CaseId, Control, CustomerId, Date, InstrumentId, JurisdictionId, Level, NodeId, ProviderId,
    RegionId, WorkloadId,
};

/// A side of a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The government that asserts reach.
    Government,
    /// The provider that holds the data.
    Provider,
}

impl Party {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Government => Self::Provider,
            Self::Provider => Self::Government,
        }
    }

    /// +1 where reach is confirmed (the government wins), −1 where it is denied.
    #[must_use]
    pub const fn reach_sign(self) -> f64 {
        match self {
            Self::Government => 1.0,
            Self::Provider => -1.0,
        }
    }
}

/// How a case ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The last court holds for the government; the data is produced.
    Government,
    /// The last court holds for the provider; the order is quashed.
    Provider,
    /// The provider stops contesting and produces the data.
    Complied,
    /// A statute settles the question and moots the case.
    Statute,
    /// A treaty or executive agreement opens another way.
    Treaty,
    /// The parties settle.
    Settled,
    /// The government withdraws its order.
    Withdrawn,
    /// The act that is challenged is annulled.
    Annulled,
    /// The act that is challenged stands.
    Upheld,
}

impl Ending {
    /// Every ending, in the order of their index.
    pub const ALL: [Self; 9] = [
        Self::Government,
        Self::Provider,
        Self::Complied,
        Self::Statute,
        Self::Treaty,
        Self::Settled,
        Self::Withdrawn,
        Self::Annulled,
        Self::Upheld,
    ];

    /// Can a challenge to an act of a government end so?
    #[must_use]
    pub const fn is_of_acts(self) -> bool {
        matches!(self, Self::Annulled | Self::Upheld)
    }

    /// Does it end a case while it is in some node, rather than come of how a node is left?
    #[must_use]
    pub const fn cuts_short(self) -> bool {
        matches!(
            self,
            Self::Complied | Self::Statute | Self::Treaty | Self::Settled | Self::Withdrawn
        )
    }

    /// The position in [`Ending::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name used in scenarios and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Provider => "provider",
            Self::Complied => "complied",
            Self::Statute => "statute",
            Self::Treaty => "treaty",
            Self::Settled => "settled",
            Self::Withdrawn => "withdrawn",
            Self::Annulled => "annulled",
            Self::Upheld => "upheld",
        }
    }

    /// The ending of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.name() == name)
    }
}

/// What a provider was seen to do, the only news that moves trust in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conduct {
    /// It contests an order in court.
    Contest,
    /// It stands in contempt rather than produce.
    Defiance,
    /// It gives up a contest, or produces without one.
    Yield,
    /// A disclosure of a customer's data becomes known.
    Disclosure,
    /// It publishes its yearly report on the demands that it met.
    Report,
}

/// Why a named customer leaves a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitReason {
    /// Its exposure was above what it tolerates for long enough.
    AboveTolerance,
    /// Its contract ends.
    ContractEnd,
    /// The day that it had set itself has come.
    DaySet,
    /// The region closes.
    RegionClosed,
}

impl ExitReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [
        Self::AboveTolerance,
        Self::ContractEnd,
        Self::DaySet,
        Self::RegionClosed,
    ];

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AboveTolerance => "above_tolerance",
            Self::ContractEnd => "contract_end",
            Self::DaySet => "day_set",
            Self::RegionClosed => "region_closed",
        }
    }
}

/// What a provider decides about a site.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteAct {
    /// To build it.
    Build,
    /// To build it and to close another region when it opens.
    Convert,
    /// To close it.
    Close,
}

impl SiteAct {
    /// Every act.
    pub const ALL: [Self; 3] = [Self::Build, Self::Convert, Self::Close];

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Convert => "convert",
            Self::Close => "close",
        }
    }
}

/// Why a provider decides so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteReason {
    /// The new workload that it would win is worth the cost.
    Demand,
    /// The same, and a policy bars a region of the provider to those who bring most of it.
    Policy,
    /// What the region would still earn is worth less than its fixed cost.
    Loss,
}

impl SiteReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Demand, Self::Policy, Self::Loss];

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Policy => "policy",
            Self::Loss => "loss",
        }
    }
}

/// The position of an event in its run's list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct EventIndex(pub u32);

/// A dated event and what brought it about.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// The day it happens.
    pub date: Date,
    /// The event of the same run that caused it, if one did.
    pub cause: Option<EventIndex>,
    /// What happens.
    pub kind: EventKind,
}

/// The kinds of events of which the actors and the tables know.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Surveillance by a government becomes known. Severity 1 multiplies concern by e at
    /// distance 1.
    Leak {
        /// The government whose conduct is revealed.
        by: JurisdictionId,
        /// Rise of ln concern at distance 1.
        severity: f64,
    },
    /// An order is served and a case begins.
    CaseFiled {
        /// The case.
        case: CaseId,
    },
    /// A court decides the question of reach.
    Ruling {
        /// The case.
        case: CaseId,
        /// The node of the procedure graph that was left.
        node: NodeId,
        /// The outcome's position among the node's outcomes.
        outcome: u16,
        /// The court's level.
        level: Level,
        /// Who prevails.
        favours: Party,
    },
    /// A procedural step ends (a stay, a petition, a remand, a vote).
    Step {
        /// The case.
        case: CaseId,
        /// The node that was left.
        node: NodeId,
        /// The outcome's position among the node's outcomes.
        outcome: u16,
    },
    /// A party carries the case to the next court.
    Appeal {
        /// The case.
        case: CaseId,
        /// The node of the procedure graph that was left.
        node: NodeId,
        /// The outcome's position among the node's outcomes.
        outcome: u16,
        /// Who appeals.
        by: Party,
        /// The court appealed to.
        to: Level,
    },
    /// A party that lost lets the ruling stand.
    NoAppeal {
        /// The case.
        case: CaseId,
        /// The node of the procedure graph that was left.
        node: NodeId,
        /// The outcome's position among the node's outcomes.
        outcome: u16,
        /// Who gives up.
        by: Party,
    },
    /// The order is stayed pending appeal, or the stay is lifted.
    Stay {
        /// The case.
        case: CaseId,
        /// Granted, or lifted.
        granted: bool,
    },
    /// The provider is held in contempt.
    Contempt {
        /// The case.
        case: CaseId,
        /// With a daily fine, or by stipulation without one.
        fined: bool,
    },
    /// Non-content data is handed over while the rest is contested.
    PartialCompliance {
        /// The case.
        case: CaseId,
    },
    /// Fines that accrued while in contempt are paid.
    FinePaid {
        /// The case.
        case: CaseId,
        /// Amount.
        usd: f64,
    },
    /// The case is over.
    CaseEnded {
        /// The case.
        case: CaseId,
        /// How.
        ending: Ending,
    },
    /// A statute on reach enters into force.
    Statute {
        /// The jurisdiction that enacts it.
        by: JurisdictionId,
        /// It asserts reach over data abroad, or renounces it.
        asserts: bool,
    },
    /// A treaty or executive agreement on data enters into force.
    Treaty {
        /// The asserting jurisdiction.
        by: JurisdictionId,
    },
    /// The reach in law of a government over a control structure has changed.
    ReachInLaw {
        /// The asserting jurisdiction.
        by: JurisdictionId,
        /// The control structure.
        control: Control,
        /// The reach as it was last told, a probability.
        before: f64,
        /// The new reach, a probability.
        reach: f64,
    },
    /// A government proposes a policy; drafting begins.
    PolicyProposed {
        /// The instrument.
        instrument: InstrumentId,
    },
    /// A policy enters into force.
    PolicyInForce {
        /// The instrument.
        instrument: InstrumentId,
    },
    /// A policy is no longer in force.
    PolicyEnded {
        /// The instrument.
        instrument: InstrumentId,
        /// By a court, rather than by its term.
        struck_down: bool,
    },
    /// A provider was seen to act.
    Conduct {
        /// The provider.
        provider: ProviderId,
        /// What it was seen to do.
        conduct: Conduct,
    },
    /// A provider decides to build, convert or close a region.
    SiteDecided {
        /// The region.
        region: RegionId,
        /// What.
        act: SiteAct,
        /// Present value of it: of building, or of going on, which is negative where it
        /// closes.
        npv_usd: f64,
        /// New workload, USD a year at start prices, that each year adds by it; that a
        /// closing loses.
        flow_usd_per_year: f64,
        /// Why.
        why: SiteReason,
    },
    /// A region opens.
    RegionOpened {
        /// The region.
        region: RegionId,
    },
    /// A region closes.
    RegionClosed {
        /// The region.
        region: RegionId,
    },
    /// A named customer decides that a workload leaves the place where it is.
    ExitDecided {
        /// The customer.
        customer: CustomerId,
        /// Its workload.
        workload: WorkloadId,
        /// Why.
        reason: ExitReason,
        /// What the exit will cost, in the customer's currency.
        cost: f64,
    },
    /// The last data of a named customer's workload has left for its new place.
    ExitFinished {
        /// The customer.
        customer: CustomerId,
        /// Its workload.
        workload: WorkloadId,
        /// What the exit has cost, in the customer's currency.
        cost: f64,
    },
}

impl EventKind {
    /// The name used in tables.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Leak { .. } => "leak",
            Self::CaseFiled { .. } => "case_filed",
            Self::Ruling { .. } => "ruling",
            Self::Step { .. } => "step",
            Self::Appeal { .. } => "appeal",
            Self::NoAppeal { .. } => "no_appeal",
            Self::Stay { .. } => "stay",
            Self::Contempt { .. } => "contempt",
            Self::PartialCompliance { .. } => "partial_compliance",
            Self::FinePaid { .. } => "fine_paid",
            Self::CaseEnded { .. } => "case_ended",
            Self::Statute { .. } => "statute",
            Self::Treaty { .. } => "treaty",
            Self::ReachInLaw { .. } => "reach_in_law",
            Self::PolicyProposed { .. } => "policy_proposed",
            Self::PolicyInForce { .. } => "policy_in_force",
            Self::PolicyEnded { .. } => "policy_ended",
            Self::Conduct { .. } => "conduct",
            Self::SiteDecided { .. } => "site_decided",
            Self::RegionOpened { .. } => "region_opened",
            Self::RegionClosed { .. } => "region_closed",
            Self::ExitDecided { .. } => "exit_decided",
            Self::ExitFinished { .. } => "exit_finished",
        }
    }
}
