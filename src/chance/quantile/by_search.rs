//! Inverses without a formula: gamma, beta and PERT, found by Newton's method.

use super::super::cdf::pert_shapes;
use super::super::incomplete::{Tails, beta_tails, gamma_tails};
use super::super::mass::{binomial_mass, poisson_mass};
use super::super::math::{exp, lgamma, ln, logistic, logit, normal_quantile, sqrt};

/// PERT distribution: a beta distribution stretched over [low, high] with mean
/// (low + 4 mode + high) / 6 (Malcolm, Roseboom, Clark and Fazar 1959).
#[must_use]
pub fn pert(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    let (a, b) = pert_shapes(low, mode, high);
    low + (high - low) * beta(u, a, b)
}

/// Gamma distribution; its mean is shape · scale, its variance shape · scale².
#[must_use]
pub fn gamma(u: f64, shape: f64, scale: f64) -> f64 {
    if !(u > 0.0 && u < 1.0) {
        return scale * end_or_nan(u, f64::INFINITY);
    }
    // Start: Wilson and Hilferty (1931); far down, the first term of the series.
    let spread = 1.0 / (3.0 * sqrt(shape));
    let cube_root = 1.0 - spread * spread + normal_quantile(u) * spread;
    let start = if cube_root > 0.3 {
        ln(shape) + 3.0 * ln(cube_root)
    } else {
        (ln(u) + lgamma(shape + 1.0)) / shape
    };
    // Searched on the scale of ln x, where both tails of the logarithm are near lines.
    let ln_x = root_of_tail(u, start, |ln_x| {
        let x = exp(ln_x);
        (gamma_tails(shape, x), shape * poisson_mass(shape, x))
    });
    scale * exp(ln_x)
}

/// Beta distribution on [0, 1]; its mean is a / (a + b). Small shapes may round to an
/// end.
#[must_use]
pub fn beta(u: f64, a: f64, b: f64) -> f64 {
    if !(u > 0.0 && u < 1.0) {
        return end_or_nan(u, 1.0);
    }
    let start = logit(a / (a + b)) + normal_quantile(u) * sqrt(1.0 / a + 1.0 / b);
    // Searched on the scale of log-odds, where 0 and 1 are equally far away.
    let log_odds = root_of_tail(u, start, |log_odds| {
        let (x, y) = (logistic(log_odds), logistic(-log_odds));
        let density = a * b / (a + b) * binomial_mass(a, b, x, y);
        (beta_tails(a, b, x, y), density)
    });
    // Above one half, 1 − p loses least: doubles near 1 are far coarser than those near 0.
    if log_odds > 0.0 {
        1.0 - logistic(-log_odds)
    } else {
        logistic(log_odds)
    }
}

/// 0 at u = 0, `high` at u = 1, else NaN.
fn end_or_nan(u: f64, high: f64) -> f64 {
    if u == 0.0 {
        0.0
    } else if u == 1.0 {
        high
    } else {
        f64::NAN
    }
}

/// Beyond this, e^t and e^−t are no longer positive doubles.
const LAST_EXPONENT: f64 = 746.0;

/// The t at which the lower tail is `u`, given a function that returns both tails and
/// the derivative of the lower one at t.
///
/// Newton's method on the logarithm of whichever tail is small, kept inside a bracket
/// that shrinks at every step; where a step would leave it, the bracket is halved.
fn root_of_tail(u: f64, start: f64, tails_and_slope: impl Fn(f64) -> (Tails, f64)) -> f64 {
    let (mut low, mut high) = (-LAST_EXPONENT, LAST_EXPONENT);
    let mut t = if start > low && start < high {
        start
    } else {
        0.0
    };
    for _ in 0..200 {
        let (tails, slope) = tails_and_slope(t);
        let (miss, tail) = if u <= 0.5 {
            (ln(tails.lower / u), tails.lower)
        } else {
            (ln((1.0 - u) / tails.upper), tails.upper)
        };
        if miss == 0.0 {
            break;
        }
        if miss < 0.0 {
            low = t;
        } else {
            high = t;
        }
        let newton = t - miss * tail / slope;
        let next = if newton > low && newton < high {
            newton
        } else {
            0.5 * (low + high)
        };
        let step = (next - t).abs();
        t = next;
        if step <= 2.0 * f64::EPSILON * t.abs().max(1.0) {
            break;
        }
    }
    t
}

#[cfg(test)]
mod tests {
    use super::super::super::check::close;
    use super::super::super::math::pow;
    use super::super::exponential;
    use super::*;

    #[test]
    fn special_shapes() {
        // Beta(a, 1) is the power u^(1/a); gamma of shape 1 is exponential.
        close(beta(1e-12, 4.0, 1.0), 1e-3, 1e-14);
        close(beta(0.3, 1.0, 5.0), 1.0 - pow(0.7, 0.2), 1e-14);
        close(gamma(0.3, 1.0, 2.0), exponential(0.3, 2.0), 1e-14);
        // PERT with the mode in the middle is a stretched beta(3, 3).
        close(pert(0.5, 10.0, 20.0, 30.0), 20.0, 1e-14);
    }

    /// mpmath, 50 digits.
    #[test]
    fn gamma_against_published_values() {
        for (u, shape, expected) in GAMMA {
            close(gamma(u, shape, 1.0), expected, 2e-13);
        }
    }
    const GAMMA: [(f64, f64, f64); 8] = [
        (0.5, 2.0, 1.6783469900166605),
        (0.001, 0.1, 6.073048362407907e-31),
        (1e-09, 3.0, 0.0018179466000270157),
        (0.99, 0.1, 1.5884778179295045),
        (0.95, 7.5, 12.497895069864313),
        (0.9999999999990905, 7.5, 45.100901121427114),
        (0.025, 1000.0, 938.9730184076952),
        (0.975, 100000.0, 100620.74164077373),
    ];

    /// mpmath, 50 digits.
    #[test]
    fn beta_against_published_values() {
        for (u, a, b, expected) in BETA {
            close(beta(u, a, b), expected, 1e-12);
        }
    }
    const BETA: [(f64, f64, f64, f64); 9] = [
        (0.5, 2.0, 3.0, 0.38572756813238956),
        (0.05, 0.5, 0.5, 0.006155829702431137),
        (0.001, 0.1, 0.3, 1.2091193268591502e-29),
        (0.999, 0.1, 0.3, 0.9999999910622699),
        (1e-09, 30.0, 2.0, 0.45573073645508577),
        (0.95, 8.0, 8.0, 0.7000135258622303),
        (0.3, 1.0, 40.0, 0.008877236182517635),
        (0.975, 300.0, 700.0, 0.3287593688520695),
        (0.4, 0.01, 5.0, 2.0150849630467679e-41),
    ];

    #[test]
    fn ends_and_nonsense() {
        assert_eq!(gamma(0.0, 2.0, 3.0), 0.0);
        assert_eq!(gamma(1.0, 2.0, 3.0), f64::INFINITY);
        assert_eq!((beta(0.0, 2.0, 3.0), beta(1.0, 2.0, 3.0)), (0.0, 1.0));
        for nonsense in [-0.1, 1.1, f64::NAN] {
            assert!(gamma(nonsense, 2.0, 3.0).is_nan());
            assert!(beta(nonsense, 2.0, 3.0).is_nan());
        }
        // Shapes too small for a double's exponent end at the ends.
        assert!(gamma(0.1, 1e-4, 1.0) < 1e-300);
        assert!(beta(0.1, 1e-4, 1e-4) < 1e-300);
        assert_eq!(beta(0.9, 1e-4, 1e-4), 1.0);
    }
}
