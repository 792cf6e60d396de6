//! The regularised incomplete gamma and beta functions, both tails of each.
//!
//! Behind them stand the gamma, Poisson, beta and binomial distributions. Of the two
//! tails the one that is small keeps its relative precision.

use super::mass::{binomial_mass, poisson_mass};

/// The probabilities below and above a point; they add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tails {
    pub lower: f64,
    pub upper: f64,
}

impl Tails {
    const ALL_ABOVE: Tails = Tails {
        lower: 0.0,
        upper: 1.0,
    };
    const ALL_BELOW: Tails = Tails {
        lower: 1.0,
        upper: 0.0,
    };

    fn from_lower(lower: f64) -> Tails {
        let lower = lower.min(1.0);
        Tails {
            lower,
            upper: 1.0 - lower,
        }
    }

    fn swapped(self) -> Tails {
        Tails {
            lower: self.upper,
            upper: self.lower,
        }
    }
}

/// Terms after which a series is given up. They are needed in number like the square
/// root of the shape; a million is enough for shapes to 10¹⁰.
const MAX_TERMS: u32 = 1_000_000;
const PRECISION: f64 = 4.0 * f64::EPSILON;

/// P(a, x) and Q(a, x) for shape a > 0: series below a + 1, continued fraction above
/// (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31).
pub(super) fn gamma_tails(shape: f64, x: f64) -> Tails {
    if x.is_nan() || shape.is_nan() {
        return Tails {
            lower: f64::NAN,
            upper: f64::NAN,
        };
    }
    if x <= 0.0 {
        return Tails::ALL_ABOVE;
    }
    if x == f64::INFINITY {
        return Tails::ALL_BELOW;
    }
    if x < shape + 1.0 {
        Tails::from_lower(poisson_mass(shape, x) * gamma_series(shape, x))
    } else {
        let factor = poisson_mass(shape, x) * shape;
        Tails::from_lower(factor * gamma_fraction(shape, x)).swapped()
    }
}

/// 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …
fn gamma_series(shape: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..MAX_TERMS {
        term *= x / (shape + f64::from(n));
        sum += term;
        if term < sum * PRECISION {
            break;
        }
    }
    sum
}

/// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …)) by Lentz's method.
fn gamma_fraction(shape: f64, x: f64) -> f64 {
    let start = x + 1.0 - shape;
    let mut fraction = Lentz::new(start);
    for n in 1..MAX_TERMS {
        let n = f64::from(n);
        if fraction.advance(n * (shape - n), start + 2.0 * n) {
            break;
        }
    }
    1.0 / fraction.value
}

/// I(x; a, b) and its complement for a, b > 0, by the continued fraction 26.5.8 of
/// Abramowitz and Stegun (1964). Both x and y = 1 − x are asked for, so that neither
/// loses digits when the other is near 1.
pub(super) fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> Tails {
    if (a + b + x + y).is_nan() {
        return Tails {
            lower: f64::NAN,
            upper: f64::NAN,
        };
    }
    if x <= 0.0 {
        return Tails::ALL_ABOVE;
    }
    if y <= 0.0 {
        return Tails::ALL_BELOW;
    }
    // The fraction converges fast only below the mean; above it, mirror.
    if x * (a + b + 2.0) < a + 1.0 {
        Tails::from_lower(beta_lower(a, b, x, y))
    } else {
        Tails::from_lower(beta_lower(b, a, y, x)).swapped()
    }
}

fn beta_lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let mut fraction = Lentz::new(1.0);
    fraction.advance(-(a + b) * x / (a + 1.0), 1.0);
    for m in 1..MAX_TERMS {
        let m = f64::from(m);
        let a2m = a + 2.0 * m;
        fraction.advance(m * (b - m) * x / ((a2m - 1.0) * a2m), 1.0);
        let odd = -(a + m) * (a + b + m) * x / (a2m * (a2m + 1.0));
        if fraction.advance(odd, 1.0) {
            break;
        }
    }
    binomial_mass(a, b, x, y) * (b / (a + b)) / fraction.value
}

/// A continued fraction b₀ + a₁/(b₁ + a₂/(b₂ + …)), evaluated from the front.
///
/// Source: Lentz (1976), with the safeguard of Thompson and Barnett (1986).
struct Lentz {
    value: f64,
    numerator_ratio: f64,
    denominator_ratio: f64,
}

impl Lentz {
    fn new(b0: f64) -> Lentz {
        let value = away_from_zero(b0);
        Lentz {
            value,
            numerator_ratio: value,
            denominator_ratio: 0.0,
        }
    }

    /// Takes in one more pair of terms; true when it no longer changes the value.
    fn advance(&mut self, a: f64, b: f64) -> bool {
        self.denominator_ratio = 1.0 / away_from_zero(b + a * self.denominator_ratio);
        self.numerator_ratio = away_from_zero(b + a / self.numerator_ratio);
        let change = self.numerator_ratio * self.denominator_ratio;
        self.value *= change;
        (change - 1.0).abs() < PRECISION
    }
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    /// mpmath, 60 digits.
    #[test]
    fn gamma_against_published_values() {
        for (shape, x, lower, upper) in GAMMA {
            let tails = gamma_tails(shape, x);
            if lower <= 0.5 {
                close(tails.lower, lower, 1e-12);
            } else {
                close(tails.upper, upper, 1e-12);
            }
        }
    }
    const GAMMA: [(f64, f64, f64, f64); 12] = [
        (0.5, 0.1, 0.345279153981423, 0.654720846018577),
        (0.01, 0.5, 0.9943732438060329, 0.0056267561939671844),
        (0.01, 1e-30, 0.5040472728599954, 0.49595272714000455),
        (2.5, 0.01, 2.987601531906594e-06, 0.999997012398468),
        (2.5, 2.5, 0.5841198130044921, 0.41588018699550794),
        (2.5, 40.0, 0.9999999999999991, 8.391825114831611e-16),
        (30.0, 31.5, 0.6293313411887193, 0.3706686588112807),
        (30.0, 8.0, 2.1025836307149643e-09, 0.9999999978974163),
        (1000.0, 1100.0, 0.99894067674607, 0.0010593232539299773),
        (1000000.0, 1000000.0, 0.5001329807608725, 0.4998670192391274),
        (
            1000000.0,
            996000.0,
            3.100711821108297e-05,
            0.9999689928817889,
        ),
        (
            1000000.0,
            1004000.0,
            0.9999676545526865,
            3.234544731347768e-05,
        ),
    ];

    /// mpmath, 60 digits.
    #[test]
    fn beta_against_published_values() {
        for (a, b, x, lower, upper) in BETA {
            let tails = beta_tails(a, b, x, 1.0 - x);
            if lower <= 0.5 {
                close(tails.lower, lower, 1e-12);
            } else {
                close(tails.upper, upper, 1e-12);
            }
        }
    }
    const BETA: [(f64, f64, f64, f64, f64); 11] = [
        (0.5, 0.5, 0.25, 0.3333333333333333, 0.6666666666666666),
        (0.01, 0.02, 0.5, 0.6667194610412722, 0.3332805389587278),
        (4.0, 4.0, 0.125, 0.0062389373779296875, 0.9937610626220703),
        (4.0, 4.0, 0.875, 0.9937610626220703, 0.0062389373779296875),
        (2.0, 30.0, 0.5, 0.9999999850988388, 1.4901161193847656e-08),
        (30.0, 2.0, 0.5, 1.4901161193847656e-08, 0.9999999850988388),
        (8.0, 1.0, 0.9, 0.4304672100000001, 0.5695327899999999),
        (300.0, 700.0, 0.31, 0.7564186827315436, 0.24358131726845642),
        (
            300000.0,
            700000.0,
            0.3,
            0.5001160751415664,
            0.4998839248584336,
        ),
        (
            300000.0,
            700000.0,
            0.3015,
            0.9994631267776983,
            0.00053687322230164,
        ),
        (
            1.0,
            1000000.0,
            1e-06,
            0.6321207427683548,
            0.3678792572316451,
        ),
    ];

    #[test]
    fn ends_and_nonsense() {
        assert_eq!(gamma_tails(2.0, -1.0), Tails::ALL_ABOVE);
        assert_eq!(gamma_tails(2.0, f64::INFINITY), Tails::ALL_BELOW);
        assert!(gamma_tails(2.0, f64::NAN).lower.is_nan());
        assert_eq!(beta_tails(2.0, 3.0, 0.0, 1.0), Tails::ALL_ABOVE);
        assert_eq!(beta_tails(2.0, 3.0, 1.0, 0.0), Tails::ALL_BELOW);
        assert!(beta_tails(2.0, f64::NAN, 0.5, 0.5).upper.is_nan());
    }
}
