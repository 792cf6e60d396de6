//! The metrics of providers' money.

use super::Planned;
use crate::domain::Usd;
use crate::provider::account::Month;
use crate::scenario::resolved::Observable;
use crate::world::World;

impl Planned {
    /// What the month that is over adds, in millions of USD, to a metric of providers' money;
    /// only a net present value is discounted.
    pub(super) fn month_of_money(&self, world: &World<'_>, discount: f64) -> f64 {
        let amount: fn(&Month) -> Usd = match self.of {
            Observable::Npv | Observable::ValueChange => Month::cash_flow,
            Observable::OperatingProfit => Month::operating_profit,
            Observable::LegalCost => |month| month.legal,
            Observable::Fines => Month::fines,
            Observable::Subsidies => |month| month.subsidies,
            _ => return 0.0,
        };
        let of = |&provider: &usize| amount(world.accounts().month(provider));
        let sum: Usd = self.scope.providers.iter().map(of).sum();
        let factor = if matches!(self.of, Observable::Npv | Observable::ValueChange) {
            discount
        } else {
            1.0
        };
        (sum * factor).in_millions()
    }
}
