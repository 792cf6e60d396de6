//! How good a forecast was, once the outcome is known.
//!
//! A score here is a loss: lower is better. All are proper: the forecaster's expected
//! score is least when the forecast is what they believe (Gneiting & Raftery 2007).
//!
//! | forecast | scores | file |
//! |---|---|---|
//! | a law with a name | CRPS | [`closed_form`] |
//! | a weighted mixture of normals | CRPS, logarithmic, PIT, bands | [`mixture`] |
//! | futures drawn from it, weighted or not | CRPS, PIT, energy score | [`ensemble`] |
//! | a chance, an interval, a quantile | Brier, interval, pinball | [`simple`] |
//! | many forecasts and their outcomes | is the PIT uniform? | [`uniformity`] |
//!
//! The continuous ranked probability score (CRPS) is in the unit of the outcome, and the
//! absolute error where the forecast is one value; the logarithmic score is in nats. The
//! probability integral transform (PIT) is the chance that the forecast gave to no more
//! than the outcome.

pub mod closed_form;
pub mod ensemble;
pub mod mixture;
pub mod simple;
pub mod uniformity;

pub use ensemble::Ensemble;
pub use mixture::NormalMixture;

use super::MeasureError;

/// Density of the standard normal distribution.
fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt()
}

/// Distribution function of the standard normal distribution.
fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// Weights divided by their sum.
///
/// # Errors
/// [`MeasureError::BadForecast`] for none, one that is negative or not finite, or a sum
/// that is not positive and finite.
fn shares(weights: &[f64]) -> Result<Vec<f64>, MeasureError> {
    let total: f64 = weights.iter().sum();
    let sound = weights.iter().all(|weight| *weight >= 0.0);
    if !(sound && total > 0.0 && total.is_finite()) {
        return Err(MeasureError::BadForecast {
            why: "weights are 0 or more, and their sum is above 0 and finite",
        });
    }
    Ok(weights.iter().map(|weight| weight / total).collect())
}

#[cfg(test)]
mod tests;
