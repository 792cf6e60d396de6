//! Other inputs without other futures: the stored futures, weighed so that one or more inputs
//! seem to have been drawn from another distribution (importance sampling with the stored
//! futures as proposal).
//!
//! The weight of future i is
//!
//! ```text
//! wᵢ ∝ q(xᵢ) / p(xᵢ),   Σ w = 1,   effective number 1/Σ w²   (Kong, Liu & Wong 1994)
//! ```
//!
//! with p the density from which its inputs were drawn and q that asked for. A lever moves the
//! centre of its input's distribution and keeps the rest, so that q can be written in a scenario
//! and simulated: what is said here can be held against that. Constants of a density cancel in
//! the sum, so that no gamma function is needed.
//!
//! Correlated inputs are tied by a Gaussian copula. Their normal scores z have the density
//! exp(−½ zᵀR⁻¹z), and to move the median of a normal or lognormal input by d of its standard
//! deviations moves its score by d: then ln w = Σ d·(R⁻¹z) − const, exactly. Of other families
//! that has no such form, so a lever of one of them must be in no correlation.
//!
//! | step | file |
//! |---|---|
//! | a distribution moved, and the log of q/p | [`family`] |
//! | the levers of a result, and why one cannot be moved so | [`levers`] |
//! | weights and their effective number | [`weights`] |
//! | means, quantiles and their errors under weights | [`estimate`] |

pub mod estimate;
pub mod family;
pub mod levers;
#[cfg(test)]
mod tests;
pub mod weights;

/// Effective numbers below this are too few to say anything by.
pub const FEW: f64 = 100.0;
