//! What the law takes from providers, and what they earn, by year of the scenario.

use super::Accounts;
use crate::domain::{Bearer, CaseId, Date, Loss, LossKind, Matter, ProviderId, Usd, YearProfit};

impl Accounts<'_> {
    /// Nothing has been lost or earned yet: what came before is no part of the run.
    pub fn open_books(&mut self) {
        self.losses.clear();
        self.profits.clear();
        self.legal_of_year.fill(Usd::ZERO);
        self.profit_of_year.fill(Usd::ZERO);
    }

    pub(super) fn lose(
        &mut self,
        date: Date,
        by: ProviderId,
        (kind, matter): (LossKind, Matter),
        usd: Usd,
    ) {
        if usd > Usd::ZERO {
            self.losses.push(Loss {
                date,
                kind,
                matter,
                bearer: Bearer::Provider(by),
                amount: usd.0,
            });
        }
    }

    /// The month is over: what was earned in it is part of the year's profit.
    pub fn close_month(&mut self) {
        for (year, month) in self.profit_of_year.iter_mut().zip(&self.months) {
            *year += month.operating_profit();
        }
    }

    /// A year of the scenario is over, or the last part of one; `date` is its last day.
    pub fn close_year(&mut self, date: Date) {
        for (index, spec) in self.model.cases.iter().enumerate() {
            let cost = std::mem::take(&mut self.legal_of_year[index]);
            if let Some(provider) = spec.provider() {
                let matter = Matter::Case(CaseId::new(index));
                self.lose(date, provider, (LossKind::LegalCost, matter), cost);
            }
        }
        for (index, spec) in self.model.providers.iter().enumerate() {
            let profit = std::mem::take(&mut self.profit_of_year[index]);
            if spec.finance.is_some() {
                self.profits.push(YearProfit {
                    date,
                    provider: ProviderId::new(index),
                    usd: profit.0,
                });
            }
        }
    }

    /// What the law has taken from providers so far.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// What providers with finances have earned in each year that is over.
    #[must_use]
    pub fn profits(&self) -> &[YearProfit] {
        &self.profits
    }
}
