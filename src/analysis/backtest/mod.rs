//! The past, forecast with what was known then, and scored.
//!
//! From each origin (a day) the scenario is simulated with the facts that were known on it
//! ([`known`], [`plan`]); the futures are weighed by what had been observed by then
//! ([`learning`]); each later observation is forecast by the weighted mixture of what would have
//! been observed of each future ([`mixture`]) and scored ([`score`]) beside two forecasts that
//! need no model ([`mod@reference`]). [`pooled`] sums up, fit and validate apart; [`occurrence`] is for
//! what only some futures have, such as a case's course step by step; [`shuffle`] looks for leaks
//! of what was to be forecast. [`shipped`] is the last one of this version of the model.

pub mod futures;
pub mod known;
pub mod learning;
pub mod mixture;
pub mod occurrence;
pub mod plan;
pub mod pooled;
pub mod record;
pub mod reference;
pub mod score;
pub mod shipped;
pub mod shuffle;
pub mod tables;
#[cfg(test)]
mod tests;
