//! The metrics of a named customer, or of one of its workloads.

use super::Planned;
use crate::scenario::resolved::Observable;
use crate::world::World;

/// Units in a million, in which amounts are reported.
const MILLION: f64 = 1e6;

impl Planned {
    /// What the month that is over adds, if the metric adds months up.
    pub(super) fn month_of_customer(&self, world: &World<'_>, discount: f64) -> f64 {
        let (named, of) = (world.named(), self.workloads.clone());
        match self.of {
            Observable::CustomerCost => {
                let paid: f64 = named.bills(of).map(|bill| bill.total()).sum();
                discount * paid / MILLION
            }
            Observable::ExposedMonths => named.part_above(of),
            Observable::MonthsAboveTolerance => f64::from(u8::from(named.is_any_above(of))),
            _ => 0.0,
        }
    }

    /// Its value now.
    pub(super) fn value_of_customer(&self, world: &World<'_>) -> f64 {
        let (named, of) = (world.named(), self.workloads.clone());
        match self.of {
            Observable::CustomerExposure => 100.0 * named.exposure(of),
            Observable::CustomerReachInLaw => 100.0 * named.reach_in_law(of),
            Observable::ExitsFinished => named.exits_finished(of) as f64,
            Observable::ExitsLate => named.exits_late(of, world.record().today) as f64,
            Observable::ExitsForced => named.exits_forced(of) as f64,
            _ => f64::NAN,
        }
    }
}
