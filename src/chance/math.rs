//! Functions of mathematics that give the same bits on every machine.
//!
//! The methods of `f64` (`exp`, `ln` and the like) call the system's mathematics
//! library, which picks its code by processor, so their last bits change from machine
//! to machine. These call the crate `libm`, which is plain Rust. `clippy.toml` forbids
//! the methods. (`f64::sqrt` is exact by IEEE 754 and allowed everywhere.)

pub use super::normal::{normal_cdf, normal_quantile};

/// e to the power `x`.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// 2 to the power `x`.
#[must_use]
pub fn exp2(x: f64) -> f64 {
    libm::exp2(x)
}

/// eˣ − 1, accurate near 0.
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Natural logarithm; −∞ at 0, NaN below.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), accurate near 0.
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Logarithm to base 10.
#[must_use]
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// `base` to the power `exponent`.
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// Square root; exact to the last bit on every machine.
#[must_use]
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// Sine of an angle in radians.
#[must_use]
pub fn sin(radians: f64) -> f64 {
    libm::sin(radians)
}

/// Cosine of an angle in radians.
#[must_use]
pub fn cos(radians: f64) -> f64 {
    libm::cos(radians)
}

/// Error function, 2/√π ∫₀ˣ e^(−t²) dt.
#[must_use]
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// 1 − erf(x), accurate in the upper tail.
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Logarithm of the absolute value of the gamma function.
#[must_use]
pub fn lgamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// 1 / (1 + e⁻ˣ): from log-odds to probability. Accurate in both tails.
#[must_use]
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let odds = exp(x);
        odds / (1.0 + odds)
    }
}

/// ln(p / (1 − p)): from probability to log-odds. −∞ at 0, ∞ at 1, NaN outside.
/// Accurate at both ends and near one half.
#[must_use]
pub fn logit(p: f64) -> f64 {
    if p < 0.25 {
        ln(p) - ln_1p(-p)
    } else if p < 0.75 {
        ln_1p((2.0 * p - 1.0) / (1.0 - p))
    } else {
        ln(p / (1.0 - p))
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn logistic_and_logit_keep_their_digits_in_the_tails() {
        close(logistic(-700.0), exp(-700.0), 4e-16);
        assert_eq!(logistic(800.0), 1.0);
        assert_eq!(logistic(-800.0), 0.0);
        close(logit(1e-300), ln(1e-300), 4e-16);
        // logit(1/2 + d) = 4d + 16d³/3 + …
        close(
            logit(0.5 + 1.0 / 1024.0 / 1024.0),
            3.814_697_265_629_626e-6,
            4e-16,
        );
        assert_eq!(logit(0.5), 0.0);
        assert_eq!(logit(0.0), f64::NEG_INFINITY);
        assert_eq!(logit(1.0), f64::INFINITY);
        assert!(logit(-0.5).is_nan() && logit(1.5).is_nan());
        for i in -3_000..=3_000 {
            let x = f64::from(i) / 100.0;
            let back = logit(logistic(x));
            // Above 0 the probability nears 1, where doubles are 1e-16 apart.
            assert!(
                (back - x).abs() <= 4e-16 * (1.0 + exp(x) + x.abs()),
                "{x} gave {back}"
            );
        }
    }
}
