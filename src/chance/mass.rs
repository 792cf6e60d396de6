//! Poisson and binomial probabilities, also at counts that are not whole: the common
//! factor of the incomplete gamma and beta functions.
//!
//! The textbook form, e^(k ln m − m − lnΓ(k + 1)), takes large numbers from each other:
//! at a mean of a million it keeps nine digits. Here the large parts are cancelled on
//! paper, which keeps fourteen.
//!
//! Source: Loader (2000), "Fast and accurate computation of binomial probabilities".

use super::math::{exp, lgamma, ln, ln_1p};
use std::f64::consts::{PI, TAU};

/// mᵏ e⁻ᵐ / Γ(k + 1) for mean m > 0 and count k ≥ 0.
pub(super) fn poisson_mass(count: f64, mean: f64) -> f64 {
    if count == 0.0 {
        return exp(-mean);
    }
    let exponent = -stirling_error(count) - deviance(count, mean);
    exp(exponent) / (TAU * count).sqrt()
}

/// C(n, k) pᵏ qⁿ⁻ᵏ with n = successes + failures. Both p and q = 1 − p are asked for,
/// so that neither loses digits when the other is near 1.
pub(super) fn binomial_mass(successes: f64, failures: f64, p: f64, q: f64) -> f64 {
    let trials = successes + failures;
    if successes == 0.0 {
        return exp(trials * ln_of_part(q, p));
    }
    if failures == 0.0 {
        return exp(trials * ln_of_part(p, q));
    }
    let exponent = stirling_error(trials)
        - stirling_error(successes)
        - stirling_error(failures)
        - deviance(successes, trials * p)
        - deviance(failures, trials * q);
    exp(exponent) * (trials / (TAU * successes * failures)).sqrt()
}

/// ln p, where `rest` = 1 − p.
fn ln_of_part(p: f64, rest: f64) -> f64 {
    if p < 0.5 { ln(p) } else { ln_1p(-rest) }
}

/// lnΓ(n + 1) minus Stirling's formula, (n + ½) ln n − n + ½ ln 2π, for n > 0.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return lgamma(n + 1.0) - (n + 0.5) * ln(n) + n - 0.5 * ln(2.0 * PI);
    }
    // The first seven terms of Stirling's series; the eighth is below 2e-18 here.
    const TERMS: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1_260.0,
        -1.0 / 1_680.0,
        1.0 / 1_188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    let inverse_square = 1.0 / (n * n);
    let series = |sum: f64, term: &f64| sum * inverse_square + term;
    TERMS.iter().rev().fold(0.0, series) / n
}

/// x ln(x / m) + m − x: how far a count is from its mean, without cancellation.
fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() >= 0.1 * (x + mean) {
        let ratio = x / mean;
        let ln_ratio = if ratio < f64::INFINITY {
            ln(ratio)
        } else {
            ln(x) - ln(mean)
        };
        return x * ln_ratio - difference;
    }
    // With v = (x − m) / (x + m): (x − m) v + 2 x (v³/3 + v⁵/5 + …).
    let v = difference / (x + mean);
    let mut sum = difference * v;
    let mut power = 2.0 * x * v;
    for odd in (3..).step_by(2) {
        power *= v * v;
        let next = sum + power / f64::from(odd);
        if next == sum || odd > 99 {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    /// mpmath, 60 digits.
    #[test]
    fn masses_against_published_values() {
        for (count, mean, expected) in POISSON {
            close(poisson_mass(count, mean), expected, 1e-13);
        }
        for (successes, failures, p, expected) in BINOMIAL {
            close(
                binomial_mass(successes, failures, p, 1.0 - p),
                expected,
                1e-13,
            );
        }
    }
    const POISSON: [(f64, f64, f64); 8] = [
        (0.0, 2.5, 0.0820849986238988),
        (3.0, 2.5, 0.21376301724973645),
        (0.25, 1.5, 0.27243318528683885),
        (40.0, 30.0, 0.013943463479967737),
        (1000.0, 1000.0, 0.0126146113487215),
        (1000000.0, 1000000.0, 0.00039894224715624404),
        (1003000.0, 1000000.0, 4.445143581879104e-06),
        (5.0, 400.0, 1.634278055862618e-163),
    ];
    const BINOMIAL: [(f64, f64, f64, f64); 8] = [
        (0.0, 7.0, 0.25, 0.13348388671875),
        (7.0, 0.0, 0.25, 6.103515625e-5),
        (3.0, 4.0, 0.25, 0.17303466796875),
        (0.5, 0.5, 0.7, 0.5834716591559995),
        (500.0, 500.0, 0.5, 0.025225018178360804),
        (300000.0, 700000.0, 0.3, 0.0008705631546366808),
        (301000.0, 699000.0, 0.3, 8.053945752683579e-05),
        (2.0, 999998.0, 1e-06, 0.1839398125556351),
    ];

    #[test]
    fn masses_sum_to_one() {
        for mean in [0.5, 30.0, 900.0] {
            let sum: f64 = (0..2_000).map(|k| poisson_mass(f64::from(k), mean)).sum();
            close(sum, 1.0, 1e-13);
        }
        for p in [0.001, 0.3, 0.999] {
            let mass = |k: u32| binomial_mass(f64::from(k), f64::from(400 - k), p, 1.0 - p);
            close((0..=400).map(mass).sum(), 1.0, 1e-13);
        }
    }
}
