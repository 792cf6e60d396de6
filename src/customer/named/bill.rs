//! What a workload of a named customer costs in a month.

use super::exit::Exit;
use super::place::Place;
use crate::chance::math;
use crate::domain::{Date, Record};
use crate::scenario::resolved::{Destination, FullModel, InputDraw, Workload};

/// The parts of a month's cost, in the customer's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bill {
    /// For where it is at the start, or was.
    pub old: f64,
    /// For where it went.
    pub new: f64,
    /// For the exit.
    pub exit: f64,
    /// The part of `old` for a place that the workload had left.
    pub idle: f64,
}

impl Bill {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.old + self.new + self.exit
    }
}

/// The amounts of a workload in one run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Terms {
    /// At the start's prices, where it is at the start.
    spend_per_year: f64,
    growth_per_year: f64,
    /// The same workload where it goes, at the start's prices there.
    new_per_year: f64,
    pub exit_months: f64,
    pub exit_cost: f64,
}

impl Terms {
    pub(super) fn new(model: &FullModel, workload: &Workload, draw: &InputDraw) -> Self {
        let factor = |offering: crate::domain::OfferingId| {
            let region = model.offerings[offering.index()].region;
            model.regions[region.index()].price_factor.value(draw)
        };
        let spend_per_year = workload.spend_per_year.value(draw);
        let new_per_year = workload.exit.map_or(0.0, |exit| match exit.to {
            Destination::Offering(to) => spend_per_year * factor(to) / factor(workload.offering),
            Destination::OnPremises { cost_per_year } => cost_per_year.value(draw),
        });
        Self {
            spend_per_year,
            growth_per_year: workload.growth_per_year.value(draw),
            new_per_year,
            exit_months: workload.exit.map_or(0.0, |exit| exit.months.value(draw)),
            exit_cost: workload.exit.map_or(0.0, |exit| exit.cost.value(draw)),
        }
    }

    /// The workload after so many months, a year at the start's prices.
    pub(super) fn size(&self, months: u32) -> f64 {
        self.spend_per_year * self.growth(months)
    }

    fn growth(&self, months: u32) -> f64 {
        math::exp(self.growth_per_year * f64::from(months) / 12.0)
    }

    /// The cost of month number `month`, from 1, without that of the exit: each place by
    /// the days for which it is paid, at the prices of the month's beginning.
    pub(super) fn bill(
        &self,
        month: u32,
        (from, until): (Date, Date),
        (old, new): (Place, Place),
        exit: Option<&Exit>,
        contract_ends: Option<Date>,
        record: &Record,
    ) -> Bill {
        let left = exit.and_then(Exit::ends);
        let paid_until = match (left, exit) {
            (Some(left), Some(exit)) if exit.forced_by.is_none() => {
                contract_ends.map_or(left, |ends| left.max(ends))
            }
            // Who closes a region frees its customers from the contract.
            (Some(left), _) => left,
            (None, _) => until,
        };
        let part = |first: Date, last: Date| {
            let days = last.min(until).days_since(first.max(from)).max(0);
            f64::from(days) / f64::from(until.days_since(from))
        };
        let growth = self.growth(month - 1);
        let month_at = |per_year: f64, place: Place| per_year / 12.0 * growth * place.price(record);
        let old_month = month_at(self.spend_per_year, old);
        Bill {
            old: old_month * part(from, paid_until),
            new: left.map_or(0.0, |left| {
                month_at(self.new_per_year, new) * part(left, until)
            }),
            exit: 0.0,
            idle: left.map_or(0.0, |left| old_month * part(left, paid_until)),
        }
    }
}
