//! Named customers: firms of their own beside the market, which they are too small to move.

use super::Quantity;
use crate::domain::{Date, JurisdictionId, OfferingId, WorkloadId};

/// `[customer.my-bank]`. Its amounts are in its own currency, at prices of the scenario's
/// `price_year`.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCustomer {
    /// Key in the file.
    pub name: String,
    /// As read in a sentence.
    pub title: String,
    /// Where it is.
    pub jurisdiction: JurisdictionId,
    /// Position in [`super::FullModel::groups`] of the customers whose beliefs it shares,
    /// from `jurisdiction` and `segment`.
    pub group: usize,
    /// `currency`: three capitals.
    pub currency: String,
    /// The currency as tables write units: in lower case.
    pub currency_unit: String,
    /// `tolerance`: exposure, from 0 to 1, above which a month counts.
    pub tolerance: Quantity,
    /// Its workloads, at least one.
    pub workloads: Vec<Workload>,
}

impl NamedCustomer {
    /// A workload's name with its customer's, as tables write it: `my-bank.core-banking`.
    #[must_use]
    pub fn workload_name(&self, workload: WorkloadId) -> String {
        format!("{}.{}", self.name, self.workloads[workload.index()].name)
    }
}

/// `[customer.my-bank.workload.core-banking]`
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// Key in the file.
    pub name: String,
    /// As read in a sentence.
    pub title: String,
    /// `region` and `custody`: where it is at the start, open then.
    pub offering: OfferingId,
    /// `spend_per_year` at the start's prices.
    pub spend_per_year: Quantity,
    /// `growth_per_year` of the workload, as of a market's; 0 unless given.
    pub growth_per_year: Quantity,
    /// `contract_ends`: it is paid for where it is at the start until this day, even after
    /// it has left; without it, only as long as it is there.
    pub contract_ends: Option<Date>,
    /// `leave`
    pub leave: Leave,
    /// `exit_to` and what belongs to it. Whatever leaves has one, and so has what is in a
    /// region that closes within the horizon.
    pub exit: Option<ExitPlan>,
    /// `exit_by`: the day by which a supervisor wants the exit finished.
    pub exit_by: Option<Date>,
}

/// Whether and when a workload leaves the place where it is at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// `"stay"`: only if its region closes.
    Stay,
    /// `"at_contract_end"`: decided on the day on which the contract ends.
    AtContractEnd,
    /// `"above_tolerance"`: decided at the end of the last of so many months in a row
    /// (`leave_after_months`) at whose ends the exposure is above the tolerance.
    AboveTolerance {
        /// Months in a row, at least 1.
        after_months: u32,
    },
    /// A date: decided on that day.
    On(Date),
}

/// How a workload leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExitPlan {
    /// `exit_to`: open before the horizon ends, and closing after it if at all.
    pub to: Destination,
    /// `exit_months`: from the decision, or the opening of `to` if later, until the last
    /// data has left.
    pub months: Quantity,
    /// `exit_cost`, spread evenly over the exit.
    pub cost: Quantity,
}

/// Where a workload goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Destination {
    /// A region under one custody (`exit_custody`).
    Offering(OfferingId),
    /// `"on_premises"`
    OnPremises {
        /// `on_premises_cost_per_year` at the start's prices.
        cost_per_year: Quantity,
    },
}
