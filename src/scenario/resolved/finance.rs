//! A provider's money.

use super::Quantity;

/// `[provider.NAME.finance]`: amounts in USD at prices of the price year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finance {
    /// `margin` m: part of revenue that is left after the cost of serving it.
    pub margin: Quantity,
    /// `turnover_usd_per_year`: of the whole firm, what data-protection fines are a share of.
    pub turnover_usd_per_year: Quantity,
    /// `fixed_usd_per_year`: cost that does not grow with what is served.
    pub fixed_usd_per_year: Quantity,
    /// `legal_usd_per_year_at`: cost of a case of its own, by [`crate::domain::Level::index`].
    pub legal_usd_per_year_at: [Quantity; 5],
    /// `enforcement_chance`: that a disclosure known under a blocking statute is fined.
    pub enforcement_chance: Quantity,
    /// `trust_kept_years` v: worth of the trust kept by a contest won, in years of the margin
    /// on workload abroad; none where not given.
    pub trust_kept_years: Option<Quantity>,
    /// `capitalisation_usd`: worth of the whole firm on the stock market; none where not given.
    pub capitalisation_usd: Option<Quantity>,
}
