//! What can be observed of named customers: of all workloads of one, or of one workload.

use std::ops::Range;

use super::NamedCustomers;
use super::bill::Bill;
use super::state::State;
use crate::domain::{CustomerId, Date, WorkloadId};
use crate::scenario::resolved::{FullModel, NamedCustomer};

impl NamedCustomers {
    /// The positions of a customer's workloads, or of one of them.
    #[must_use]
    pub fn select(
        model: &FullModel,
        customer: CustomerId,
        workload: Option<WorkloadId>,
    ) -> Range<usize> {
        let count = |customer: &NamedCustomer| customer.workloads.len();
        let first: usize = model.customers[..customer.index()].iter().map(count).sum();
        match workload {
            Some(workload) => first + workload.index()..first + workload.index() + 1,
            None => first..first + count(&model.customers[customer.index()]),
        }
    }

    /// The last month's bills of some workloads.
    pub fn bills(&self, of: Range<usize>) -> impl Iterator<Item = Bill> + '_ {
        self.workloads[of].iter().map(|state| state.bill)
    }

    /// Exposure, weighted by workload; NaN without any workload.
    #[must_use]
    pub fn exposure(&self, of: Range<usize>) -> f64 {
        self.weighted(of, |state| state.exposure)
    }

    /// Reach in law, weighted by workload; NaN without any workload.
    #[must_use]
    pub fn reach_in_law(&self, of: Range<usize>) -> f64 {
        self.weighted(of, |state| state.reach_in_law)
    }

    /// Part of the workload that is above what is tolerated; NaN without any workload.
    #[must_use]
    pub fn part_above(&self, of: Range<usize>) -> f64 {
        self.weighted(of, |state| f64::from(u8::from(state.is_above)))
    }

    fn weighted(&self, of: Range<usize>, value: impl Fn(&State) -> f64) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for state in &self.workloads[of] {
            sum += state.size * value(state);
            weight += state.size;
        }
        sum / weight
    }

    /// Whether any workload is above what is tolerated.
    #[must_use]
    pub fn is_any_above(&self, of: Range<usize>) -> bool {
        self.workloads[of].iter().any(|state| state.is_above)
    }

    /// Exits that are finished.
    #[must_use]
    pub fn exits_finished(&self, of: Range<usize>) -> usize {
        let states = self.workloads[of].iter();
        states.filter(|state| state.has_left()).count()
    }

    /// Exits that were not finished by the day set for them, which has passed by `today`.
    #[must_use]
    pub fn exits_late(&self, of: Range<usize>, today: Date) -> usize {
        let is_late = |state: &&State| {
            let by = state.spec(&self.model).exit_by.filter(|&by| by <= today);
            let left = state
                .exit
                .filter(|exit| exit.finished)
                .and_then(|exit| exit.ends());
            by.is_some_and(|by| left.is_none_or(|left| left > by))
        };
        self.workloads[of].iter().filter(is_late).count()
    }

    /// Exits that a closing region forced.
    #[must_use]
    pub fn exits_forced(&self, of: Range<usize>) -> usize {
        let is_forced = |state: &&State| state.exit.is_some_and(|exit| exit.forced_by.is_some());
        self.workloads[of].iter().filter(is_forced).count()
    }
}
