//! Inputs that move together: a Gaussian copula over rank correlations.
//!
//! A scenario says that two uncertain inputs are related, as a rank (Spearman)
//! correlation, which means the same whatever their distributions. Independent uniform
//! numbers, one per input, are made normal, mixed by the Cholesky factor of the
//! correlation matrix, and made uniform again; each then goes through the inverse
//! distribution of its own input, whose distribution is thereby kept as written.

use super::math::{normal_cdf, normal_quantile, sin};
use std::collections::BTreeSet;
use std::f64::consts::PI;
use thiserror::Error;

/// Why rank correlations cannot hold together. Inputs are given by their number.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum CopulaError {
    /// A correlation names an input that does not exist.
    #[error("there is no input number {input}; there are {count}, from 0")]
    NoSuchInput {
        /// The number given.
        input: usize,
        /// How many inputs there are.
        count: usize,
    },
    /// A correlation is not between −1 and 1, both excluded.
    #[error(
        "the rank correlation of inputs {first} and {second} is {value}; it must lie between -1 and 1, both excluded"
    )]
    OutOfRange {
        /// One input.
        first: usize,
        /// The other input.
        second: usize,
        /// The correlation given.
        value: f64,
    },
    /// One pair is given twice, or an input is paired with itself.
    #[error(
        "inputs {first} and {second} are one pair given twice, or one input; give each pair once"
    )]
    NotAPair {
        /// One input.
        first: usize,
        /// The other input.
        second: usize,
    },
    /// No inputs could be correlated like this: two that both follow a third closely
    /// cannot oppose each other.
    #[error(
        "the correlations contradict each other from input {input} on; bring those of input {input} closer to 0"
    )]
    Contradiction {
        /// The first input that does not fit with those before it.
        input: usize,
    },
}

/// The rank correlation of one pair of inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankCorrelation {
    /// The number of one input.
    pub first: usize,
    /// The number of the other input.
    pub second: usize,
    /// Spearman's ρ, between −1 and 1, both excluded.
    pub spearman: f64,
}

/// A Gaussian copula: the Cholesky factor of a correlation matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianCopula {
    /// Row i holds i + 1 numbers, the lower triangle of the factor.
    rows: Vec<Vec<f64>>,
}

impl GaussianCopula {
    /// The copula of `count` inputs; pairs that are not listed are uncorrelated.
    ///
    /// # Errors
    /// When a pair is wrong or the correlations contradict each other.
    pub fn new(count: usize, pairs: &[RankCorrelation]) -> Result<GaussianCopula, CopulaError> {
        let mut rows: Vec<Vec<f64>> = (0..count).map(|i| vec![0.0; i + 1]).collect();
        let mut seen = BTreeSet::new();
        for pair in pairs {
            let (first, second) = (pair.first, pair.second);
            let (column, row) = (first.min(second), first.max(second));
            if row >= count {
                return Err(CopulaError::NoSuchInput { input: row, count });
            }
            let value = pair.spearman;
            if value.is_nan() || value.abs() >= 1.0 {
                return Err(CopulaError::OutOfRange {
                    first,
                    second,
                    value,
                });
            }
            if row == column || !seen.insert((row, column)) {
                return Err(CopulaError::NotAPair { first, second });
            }
            rows[row][column] = pearson_of_spearman(value);
        }
        for (i, row) in rows.iter_mut().enumerate() {
            row[i] = 1.0;
        }
        factorise(&mut rows)?;
        Ok(GaussianCopula { rows })
    }

    /// Turns independent standard normal numbers, one per input, into correlated ones.
    ///
    /// # Panics
    /// When there are not as many numbers as inputs.
    pub fn correlate(&self, z: &mut [f64]) {
        assert_eq!(z.len(), self.rows.len(), "one number for each input");
        // From the last row up, so that each row still sees the numbers it needs.
        for (i, row) in self.rows.iter().enumerate().rev() {
            let mut sum = 0.0;
            for (factor, z) in row.iter().zip(z.iter()) {
                sum += factor * z;
            }
            z[i] = sum;
        }
    }

    /// Multiplies correlated normal numbers by the inverse of their correlation matrix: how
    /// strongly each pulls on the density of all. Numbers that follow no other stay.
    ///
    /// # Panics
    /// When there are not as many numbers as inputs.
    pub fn pulls(&self, z: &mut [f64]) {
        assert_eq!(z.len(), self.rows.len(), "one number for each input");
        // By the factor, then by its transpose.
        for (i, row) in self.rows.iter().enumerate() {
            let known = dot(&row[..i], &z[..i]);
            z[i] = (z[i] - known) / row[i];
        }
        for i in (0..z.len()).rev() {
            z[i] /= self.rows[i][i];
            let solved = z[i];
            for (z, factor) in z[..i].iter_mut().zip(&self.rows[i]) {
                *z -= factor * solved;
            }
        }
    }

    /// Turns independent uniform numbers, one per input, into correlated ones, strictly
    /// between 0 and 1. The numbers of an input that follows no earlier one are left
    /// bit for bit as they were.
    ///
    /// # Panics
    /// When there are not as many numbers as inputs.
    pub fn couple(&self, u: &mut [f64]) {
        let mut z: Vec<f64> = u.iter().map(|&u| normal_quantile(u)).collect();
        self.correlate(&mut z);
        for ((u, z), row) in u.iter_mut().zip(z).zip(&self.rows) {
            let follows_another = row.iter().rev().skip(1).any(|&factor| factor != 0.0);
            if follows_another {
                *u = normal_cdf(z).clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0);
            }
        }
    }
}

/// The correlation of two normal variables whose ranks correlate by `spearman`:
/// 2 sin(π ρ / 6) (Pearson 1907).
#[must_use]
pub fn pearson_of_spearman(spearman: f64) -> f64 {
    2.0 * sin(PI * spearman / 6.0)
}

/// Replaces the lower triangle of a correlation matrix by its Cholesky factor.
fn factorise(rows: &mut [Vec<f64>]) -> Result<(), CopulaError> {
    /// Below this a variance is rounding, not information.
    const SMALLEST_VARIANCE: f64 = 1e-10;
    for i in 0..rows.len() {
        let (before, rest) = rows.split_at_mut(i);
        let row = &mut rest[0];
        for (j, other) in before.iter().enumerate() {
            let known = dot(&row[..j], &other[..j]);
            row[j] = (row[j] - known) / other[j];
        }
        let variance = row[i] - dot(&row[..i], &row[..i]);
        if variance < SMALLEST_VARIANCE {
            return Err(CopulaError::Contradiction { input: i });
        }
        row[i] = variance.sqrt();
    }
    Ok(())
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in a.iter().zip(b) {
        sum += a * b;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::{EntityKey, Run, Seed, Stream};
    use super::*;

    /// Ranks of a Gaussian copula with ρ = ½ correlate by this much: 6/π · asin(¼).
    const SPEARMAN_AT_HALF: f64 = 0.482_583_739_5;

    fn pair(first: usize, second: usize, spearman: f64) -> RankCorrelation {
        RankCorrelation {
            first,
            second,
            spearman,
        }
    }

    #[test]
    fn pulls_undo_the_correlation_matrix() {
        let copula = GaussianCopula::new(3, &[pair(0, 1, 0.6), pair(1, 2, -0.3)]).unwrap();
        let (a, b) = (pearson_of_spearman(0.6), pearson_of_spearman(-0.3));
        let pulls = [0.3, -1.2, 2.0];
        let mut z = [
            pulls[0] + a * pulls[1],
            a * pulls[0] + pulls[1] + b * pulls[2],
            b * pulls[1] + pulls[2],
        ];
        copula.pulls(&mut z);
        for (found, exact) in z.iter().zip(pulls) {
            close(*found, exact, 1e-12);
        }
    }

    #[test]
    fn pearson_of_spearman_against_published_value() {
        close(pearson_of_spearman(SPEARMAN_AT_HALF), 0.5, 1e-10);
        assert_eq!(pearson_of_spearman(0.0), 0.0);
        close(pearson_of_spearman(-1.0), -1.0, 4e-16);
    }

    #[test]
    fn the_factor_gives_the_matrix_back() {
        let pairs = [pair(0, 1, 0.5), pair(2, 0, -0.3), pair(1, 2, 0.2)];
        let copula = GaussianCopula::new(4, &pairs).unwrap();
        // Row i of the factor is what unit vectors become in coordinate i.
        let factor: Vec<Vec<f64>> = (0..4)
            .map(|j| {
                let mut z = vec![0.0; 4];
                z[j] = 1.0;
                copula.correlate(&mut z);
                z
            })
            .collect();
        let product = |a: usize, b: usize| factor.iter().map(|z| z[a] * z[b]).sum::<f64>();
        for pair in pairs {
            let expected = pearson_of_spearman(pair.spearman);
            close(product(pair.first, pair.second), expected, 1e-15);
        }
        for i in 0..4 {
            close(product(i, i), 1.0, 1e-15);
        }
        assert_eq!(product(3, 0), 0.0);
    }

    /// 200,000 pairs. Spearman's ρ of uniforms is 12 E[uv] − 3; one pair's 12uv has a
    /// standard deviation below 3.6, and the band is 5 standard errors: fails with
    /// chance 6e-7. The share of pairs that both exceed 0.9 is .0324015232, tested in
    /// 5 binomial standard errors.
    #[test]
    fn ranks_correlate_as_asked() {
        let copula = GaussianCopula::new(2, &[pair(0, 1, SPEARMAN_AT_HALF)]).unwrap();
        let inputs = Stream::new(Seed(11), "input", "value");
        let (mut product, mut both_high, n) = (0.0, 0.0, 200_000u32);
        for run in 0..n {
            let draw = |name| inputs.uniform(Run(run), EntityKey::of(name), 0);
            let mut u = [draw("price"), draw("trust")];
            let alone = u[0];
            copula.couple(&mut u);
            assert_eq!(u[0], alone, "the first input follows nothing");
            product += 12.0 * u[0] * u[1];
            both_high += f64::from(u[0] > 0.9 && u[1] > 0.9);
        }
        let n = f64::from(n);
        let spearman = product / n - 3.0;
        assert!((spearman - SPEARMAN_AT_HALF).abs() < 5.0 * 3.6 / n.sqrt());
        let share = 0.032_401_523_2;
        assert!((both_high / n - share).abs() < 5.0 * (share * (1.0 - share) / n).sqrt());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refused = |pairs: &[RankCorrelation]| GaussianCopula::new(3, pairs).unwrap_err();
        assert_eq!(
            refused(&[pair(0, 1, 0.9), pair(0, 2, 0.9), pair(1, 2, -0.9)]),
            CopulaError::Contradiction { input: 2 }
        );
        assert_eq!(
            refused(&[pair(0, 3, 0.1)]),
            CopulaError::NoSuchInput { input: 3, count: 3 }
        );
        for value in [1.0, -1.0, 1.5, f64::NAN] {
            let error = refused(&[pair(0, 1, value)]);
            assert!(matches!(error, CopulaError::OutOfRange { .. }));
        }
        for pairs in [
            vec![pair(1, 1, 0.1)],
            vec![pair(0, 1, 0.0), pair(1, 0, 0.2)],
        ] {
            let error = refused(&pairs);
            assert!(matches!(error, CopulaError::NotAPair { .. }));
        }
    }

    #[test]
    fn extremes_stay_inside() {
        let copula = GaussianCopula::new(2, &[pair(0, 1, 0.99)]).unwrap();
        let top = 1.0 - f64::EPSILON / 2.0;
        let mut u = [top, top];
        copula.couple(&mut u);
        assert!(u[1] < 1.0 && u[1] > 0.999);
    }
}
