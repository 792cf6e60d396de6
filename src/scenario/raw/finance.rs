//! A provider's money as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::placed::Placed;
use super::shape;
use super::value::{Number, Numbers};

/// A provider's money, in USD at prices of the price year. `[provider.microsoft.finance]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finance {
    /// Part of revenue that is left after the cost of serving it.
    #[schemars(transform = shape::chance)]
    pub margin: Number,
    /// Turnover of the whole firm, in USD a year: what fines for a disclosure are a share of.
    #[schemars(transform = shape::not_negative)]
    pub turnover_usd_per_year: Number,
    /// Cost in USD a year that does not grow with what is served; 0 unless given.
    #[schemars(transform = shape::not_negative)]
    pub fixed_usd_per_year: Option<Number>,
    /// Cost in USD a year of a case of its own, by the level of the court that has it; 0 where
    /// not named.
    #[serde(default)]
    #[schemars(transform = shape::not_negative, transform = shape::by_level)]
    pub legal_usd_per_year_at: Option<Placed<Numbers>>,
    /// Chance that a disclosure that becomes known while a blocking statute forbids it is fined;
    /// 1 unless given.
    #[schemars(transform = shape::chance)]
    pub enforcement_chance: Option<Number>,
    /// What the trust kept by a contest that is won is worth, in years of the margin on the
    /// workload it stores abroad; `contest_to = "by_value"` weighs it against the cost.
    #[schemars(transform = shape::not_negative)]
    pub trust_kept_years: Option<Number>,
    /// What the whole firm is worth on the stock market, in USD; `value_change` is in per cent
    /// of it.
    #[schemars(transform = shape::positive)]
    pub capitalisation_usd: Option<Number>,
}
