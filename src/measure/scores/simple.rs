//! Scores of a chance, an interval, a quantile and a normal law.

use crate::measure::interval::Interval;

/// (chance − outcome)² of a chance given to something that `happened` or not (Brier 1950).
pub fn brier(chance: f64, happened: bool) -> f64 {
    let missed = chance - f64::from(u8::from(happened));
    missed * missed
}

/// The width of a central interval of this `level` (0.9 for 90 %), and 2/(1 − level) times
/// how far outside the outcome lies (Winkler 1972).
pub fn interval_score(interval: Interval, level: f64, y: f64) -> f64 {
    let outside = (interval.low - y).max(y - interval.high).max(0.0);
    interval.high - interval.low + 2.0 / (1.0 - level) * outside
}

/// The loss of a p-quantile: p for each unit by which it is too low, 1 − p for each by which
/// it is too high (Koenker & Bassett 1978).
pub fn pinball(quantile: f64, p: f64, y: f64) -> f64 {
    if y >= quantile {
        p * (y - quantile)
    } else {
        (1.0 - p) * (quantile - y)
    }
}

/// −ln of the density at `y` of a normal law, nats; `None` for a standard deviation that is
/// not positive, or anything that is not finite.
pub fn log_score_normal(mean: f64, sd: f64, y: f64) -> Option<f64> {
    let sound = sd > 0.0 && (mean + sd + y).is_finite();
    sound.then(|| -log_density(mean, sd, y))
}

/// ln of the density of a normal law at `y`.
pub(super) fn log_density(mean: f64, sd: f64, y: f64) -> f64 {
    let z = (y - mean) / sd;
    -0.5 * z * z - libm::log(sd) - 0.5 * libm::log(2.0 * std::f64::consts::PI)
}
