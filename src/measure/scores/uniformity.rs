//! Is the PIT uniform, as it is where forecasts are true?
//!
//! Humps in the middle of the histogram mean forecasts that are too wide, at the ends too
//! narrow, a slope that they are off to one side (Gneiting, Balabdaoui & Raftery 2007). Both
//! tests take the forecasts as independent; forecasts whose horizons overlap are not, and
//! their p-values come out too small.

/// A statistic and the chance of one at least as large where the PIT is uniform.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UniformityTest {
    /// The statistic.
    pub statistic: f64,
    /// Its p-value.
    pub p_value: f64,
}

/// How many values lie in each of `bins` bins of equal width on [0, 1]; `None` for no bins or
/// a value outside.
pub fn histogram(pit: &[f64], bins: usize) -> Option<Vec<u64>> {
    let last = bins.checked_sub(1)?;
    let mut counts = vec![0; bins];
    for value in pit {
        if !(0.0..=1.0).contains(value) {
            return None;
        }
        counts[((value * bins as f64) as usize).min(last)] += 1;
    }
    Some(counts)
}

/// Pearson's (1900) test of the counts of a histogram, with one degree of freedom fewer than
/// bins.
///
/// `None` with fewer than two bins, or fewer than five values a bin, where the p-value is
/// not to be trusted (Cochran 1954).
pub fn chi_square(counts: &[u64]) -> Option<UniformityTest> {
    let degrees = counts.len().checked_sub(1).filter(|degrees| *degrees > 0)?;
    let expected = counts.iter().sum::<u64>() as f64 / counts.len() as f64;
    if expected < 5.0 {
        return None;
    }
    let missed = counts.iter().map(|count| *count as f64 - expected);
    let statistic = missed.map(|missed| missed * missed).sum::<f64>() / expected;
    Some(UniformityTest {
        statistic,
        p_value: chi_square_upper(statistic, degrees),
    })
}

/// The test of Kolmogorov (1933): the largest distance of the distribution of the values from
/// the uniform one. The p-value is by the approximation of Stephens (1970), within 0.01 of the
/// exact one from five values on.
///
/// `None` with fewer than five values, or one outside [0, 1].
pub fn kolmogorov_smirnov(pit: &[f64]) -> Option<UniformityTest> {
    if pit.len() < 5 || pit.iter().any(|value| !(0.0..=1.0).contains(value)) {
        return None;
    }
    let mut sorted = pit.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let apart = sorted.iter().enumerate().map(|(index, value)| {
        let (before, after) = (index as f64 / n, (index + 1) as f64 / n);
        (value - before).max(after - value)
    });
    let statistic = apart.fold(0.0, f64::max);
    let scaled = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * statistic;
    Some(UniformityTest {
        statistic,
        p_value: kolmogorov_upper(scaled),
    })
}

/// Q(x) = 2 Σ (−1)^(k−1) exp(−2k²x²); below 0.3 it is 1 to 10 digits.
fn kolmogorov_upper(x: f64) -> f64 {
    if x < 0.3 {
        return 1.0;
    }
    let terms = (1..=20).map(|k| {
        let k = f64::from(k);
        let sign = if k % 2.0 == 1.0 { 2.0 } else { -2.0 };
        sign * libm::exp(-2.0 * k * k * x * x)
    });
    terms.sum::<f64>().clamp(0.0, 1.0)
}

/// The chance of more than `x` under χ² with this many degrees of freedom: the finite sums
/// 26.4.4 and 26.4.5 of Abramowitz & Stegun (1964).
fn chi_square_upper(x: f64, degrees: usize) -> f64 {
    let half = x / 2.0;
    let odd = degrees % 2 == 1;
    // Terms half^j / Γ(j + 1), at j = 0, 1, … for even degrees, at 1/2, 3/2, … for odd.
    let (mut sum, mut term, mut at) = if odd {
        let first = 2.0 * (half / std::f64::consts::PI).sqrt();
        (libm::erfc(half.sqrt()), first * libm::exp(-half), 0.5)
    } else {
        (0.0, libm::exp(-half), 0.0)
    };
    for _ in 0..degrees / 2 {
        sum += term;
        at += 1.0;
        term *= half / at;
    }
    sum.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.17.1, `chi2.sf`.
    #[test]
    fn chi_square_of_scipy() {
        for (degrees, x, p) in [
            (1, 3.84, 0.05004352124870519),
            (2, 5.99, 0.05003662708658629),
            (9, 16.9, 0.0503051901243108),
            (10, 30.0, 0.000856641210775301),
            (19, 5.0, 0.9994309626474822),
        ] {
            let found = chi_square_upper(x, degrees);
            assert!((found - p).abs() < 1e-13, "{degrees} {x}: {found}");
        }
    }

    /// scipy 1.17.1, `kstwo.sf`, which is exact.
    #[test]
    fn kolmogorov_of_scipy() {
        for (n, distance, p) in [
            (5, 0.5, 0.112),
            (10, 0.3, 0.27053557479999946),
            (20, 0.2, 0.352720173623415),
            (20, 0.4, 0.0021189221820357984),
            (100, 0.12, 0.1033037490181987),
            (1000, 0.05, 0.013012074781090332),
        ] {
            // All values at one end of equal steps, moved so that the distance is this.
            let pit: Vec<f64> = (0..n)
                .map(|index| (f64::from(index) / f64::from(n) + distance).min(1.0))
                .collect();
            let found = kolmogorov_smirnov(&pit).unwrap();
            assert!((found.statistic - distance).abs() < 1e-12);
            assert!((found.p_value - p).abs() < 0.01, "{n}: {found:?}");
        }
    }

    #[test]
    fn too_little_is_not_tested() {
        assert_eq!(kolmogorov_smirnov(&[0.1, 0.2, 0.3, 0.4]), None);
        assert_eq!(kolmogorov_smirnov(&[0.1, 0.2, 0.3, 0.4, 1.5]), None);
        assert_eq!(chi_square(&[4, 5]), None);
        assert_eq!(chi_square(&[100]), None);
        assert_eq!(histogram(&[0.5], 0), None);
        assert_eq!(histogram(&[f64::NAN], 3), None);
        assert_eq!(histogram(&[0.0, 0.1, 0.5, 1.0], 2), Some(vec![2, 2]));
    }
}
