//! The standard normal distribution: its cumulative probability and the inverse.
#![allow(
    clippy::excessive_precision,
    reason = "coefficients and expected values stand as published"
)]

use super::math::{erfc, ln};
use std::f64::consts::FRAC_1_SQRT_2;

/// Probability that a standard normal variable is below `x`. In the lower tail the
/// relative error grows as x² · 10⁻¹⁶.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x * FRAC_1_SQRT_2)
}

/// The value that a standard normal variable stays below with probability `p`: −∞ at
/// 0, ∞ at 1, NaN outside. Relative error near 10⁻¹⁶; for the far upper tail use
/// `-normal_quantile(1 − p)` with the small probability itself.
///
/// Source: Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37, 477–484.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let centred = p - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180625 - centred * centred;
        return centred * ratio(&CENTRE_NUMERATOR, &CENTRE_DENOMINATOR, r);
    }
    let tail = if centred < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return if centred < 0.0 {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
    }
    let r = (-ln(tail)).sqrt();
    let magnitude = if r <= 5.0 {
        ratio(&NEAR_NUMERATOR, &NEAR_DENOMINATOR, r - 1.6)
    } else {
        ratio(&FAR_NUMERATOR, &FAR_DENOMINATOR, r - 5.0)
    };
    if centred < 0.0 { -magnitude } else { magnitude }
}

/// The quotient of two polynomials, coefficients from the constant upwards.
fn ratio(numerator: &[f64; 8], denominator: &[f64; 8], x: f64) -> f64 {
    let horner =
        |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c);
    horner(numerator) / horner(denominator)
}

const CENTRE_NUMERATOR: [f64; 8] = [
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3,
];
const CENTRE_DENOMINATOR: [f64; 8] = [
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3,
];
const NEAR_NUMERATOR: [f64; 8] = [
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
];
const NEAR_DENOMINATOR: [f64; 8] = [
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
];
const FAR_NUMERATOR: [f64; 8] = [
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
];
const FAR_DENOMINATOR: [f64; 8] = [
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
];

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::math::pow;
    use super::*;

    /// Values of the doubles given here, by Newton's method in mpmath with 60 digits.
    #[test]
    fn normal_quantile_against_published_values() {
        close(normal_quantile(0.975), 1.959_963_984_540_053_9, 4e-16);
        close(normal_quantile(0.99), 2.326_347_874_040_840_8, 4e-16);
        close(normal_quantile(0.6), 0.253_347_103_135_799_74, 4e-16);
        close(normal_quantile(1e-5), -4.264_890_793_922_824_6, 4e-16);
        close(normal_quantile(1e-20), -9.262_340_089_798_407_6, 4e-16);
        close(normal_quantile(1e-300), -37.047_096_299_361_2, 1e-15);
        assert_eq!(normal_quantile(0.5), 0.0);
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        for outside in [-0.1, 1.1, f64::NAN] {
            assert!(normal_quantile(outside).is_nan());
        }
    }

    #[test]
    fn normal_cdf_inverts_normal_quantile() {
        for i in 1..2_000 {
            let p = f64::from(i) / 2_000.0;
            close(normal_cdf(normal_quantile(p)), p, 2e-15);
        }
        for exponent in 1..300 {
            let p = pow(10.0, -f64::from(exponent));
            close(normal_cdf(normal_quantile(p)), p, 1e-12);
        }
    }
}
