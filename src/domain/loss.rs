//! What the law takes from whom: a loss that the books hold.

use super::{CaseId, CustomerId, Date, InstrumentId, ProviderId, WorkloadId};

/// A kind of loss.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LossKind {
    /// A fine for contempt, on the day on which it is paid.
    ContemptFine,
    /// A fine for a disclosure that a blocking statute forbids, on the day of the disclosure.
    ProtectionFine,
    /// What a case of its own costs a provider in a year of the scenario, on the year's last
    /// day.
    LegalCost,
    /// What the exit of a workload costs, on the day on which it is decided.
    ExitCost,
    /// What is paid for a place that a workload has left, until its contract ends; on the same
    /// day.
    IdleContract,
}

impl LossKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::ContemptFine,
        Self::ProtectionFine,
        Self::LegalCost,
        Self::ExitCost,
        Self::IdleContract,
    ];

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContemptFine => "contempt_fine",
            Self::ProtectionFine => "protection_fine",
            Self::LegalCost => "legal_cost",
            Self::ExitCost => "exit_cost",
            Self::IdleContract => "idle_contract",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a loss is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Matter {
    /// A case.
    Case(CaseId),
    /// An instrument of policy.
    Instrument(InstrumentId),
    /// A workload of a named customer.
    Workload(CustomerId, WorkloadId),
}

/// Who bears a loss.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Bearer {
    /// A provider, in US dollars.
    Provider(ProviderId),
    /// A named customer, in its currency.
    Customer(CustomerId),
}

/// One occurrence of a loss.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Loss {
    /// When.
    pub date: Date,
    /// What kind.
    pub kind: LossKind,
    /// What it is about.
    pub matter: Matter,
    /// Who bears it.
    pub bearer: Bearer,
    /// How much, in the bearer's currency.
    pub amount: f64,
}

/// What a provider earned in a year of the scenario, before capital.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct YearProfit {
    /// The year's last day.
    pub date: Date,
    /// Who.
    pub provider: ProviderId,
    /// How much, US dollars.
    pub usd: f64,
}
