//! From a uniform number to a count: the inverses of the Poisson and binomial
//! distributions.
//!
//! Each is the smallest count k with F(k) ≥ u, decided by F alone, never by a running
//! sum that started somewhere else. So a larger `u` never gives a smaller count, for
//! means from nothing to many millions.

use super::super::incomplete::{beta_tails, gamma_tails};
use super::super::math::{exp, ln_1p, normal_quantile, sqrt};

/// Below this mean, adding up probabilities from 0 is faster than one tail.
const SMALL_MEAN: f64 = 12.0;

/// The number of events of a Poisson distribution.
///
/// Time grows as the square root of the mean: 0.1 µs below a mean of 12, some µs at a
/// thousand. The mean should not exceed 10⁹; 0 or less, or NaN, gives 0.
#[must_use]
pub fn poisson(u: f64, mean: f64) -> u64 {
    if !(u > 0.0 && mean > 0.0 && mean < f64::INFINITY) {
        return 0;
    }
    if mean < SMALL_MEAN {
        let ratio = |count: f64| mean / count;
        return sum_from_zero(u, exp(-mean), u64::MAX, ratio);
    }
    let reaches = |count: u64| {
        let tails = gamma_tails(count as f64 + 1.0, mean);
        // Seen from the count, the lower tail of the gamma function is the upper one.
        reaches(u, tails.upper, tails.lower)
    };
    let start = cornish_fisher(u, mean, sqrt(mean), 1.0 / sqrt(mean));
    smallest_count(start, u64::MAX, reaches)
}

/// The number of successes in `trials` independent trials.
///
/// A probability of 0 or less, or NaN, gives 0; of 1 or more, `trials`. Time grows as
/// the square root of the mean.
#[must_use]
pub fn binomial(u: f64, trials: u64, probability: f64) -> u64 {
    if !(u > 0.0 && probability > 0.0) {
        return 0;
    }
    if probability >= 1.0 {
        return trials;
    }
    let (n, p, q) = (trials as f64, probability, 1.0 - probability);
    if n * p < SMALL_MEAN {
        let odds = p / q;
        let ratio = |count: f64| odds * (n - count + 1.0) / count;
        return sum_from_zero(u, exp(n * ln_1p(-p)), trials, ratio);
    }
    let reaches = |count: u64| {
        if count >= trials {
            return true;
        }
        let tails = beta_tails(count as f64 + 1.0, n - count as f64, p, q);
        reaches(u, tails.upper, tails.lower)
    };
    let sd = sqrt(n * p * q);
    let start = cornish_fisher(u, n * p, sd, (q - p) / sd);
    smallest_count(start, trials, reaches)
}

/// Whether F ≥ u, decided by the tail that is small and therefore exact.
fn reaches(u: f64, below_or_at: f64, above: f64) -> bool {
    if u <= 0.5 {
        below_or_at >= u
    } else {
        above <= (1.0 - u).max(0.0)
    }
}

/// A normal quantile bent by the skewness; off by a count or two (Cornish and Fisher
/// 1938).
fn cornish_fisher(u: f64, mean: f64, sd: f64, skewness: f64) -> u64 {
    let z = normal_quantile(u);
    (mean + sd * (z + skewness * (z * z - 1.0) / 6.0)) as u64
}

/// Adds up probabilities from the first, each made from the one before by
/// `ratio(count)`, until they reach `u` or add nothing more.
fn sum_from_zero(u: f64, first: f64, last: u64, ratio: impl Fn(f64) -> f64) -> u64 {
    let mut mass = first;
    let mut sum = first;
    let mut count = 0;
    while sum < u && count < last {
        count += 1;
        mass *= ratio(count as f64);
        let next = sum + mass;
        if next == sum && ratio(count as f64) < 1.0 {
            break;
        }
        sum = next;
    }
    count
}

/// The smallest count for which `reaches` holds; it must hold from there on, and at
/// `last`. Walks from `start` in doubling steps, then halves.
fn smallest_count(start: u64, last: u64, reaches: impl Fn(u64) -> bool) -> u64 {
    let start = start.min(last);
    let mut step = 1;
    // Between the two: `below` does not reach (or is before 0), `enough` does.
    let (mut below, mut enough);
    if reaches(start) {
        enough = start;
        loop {
            if enough == 0 {
                return 0;
            }
            let candidate = enough.saturating_sub(step);
            if !reaches(candidate) {
                below = candidate;
                break;
            }
            enough = candidate;
            step *= 2;
        }
    } else {
        below = start;
        loop {
            let candidate = below.saturating_add(step).min(last);
            if candidate == last || reaches(candidate) {
                enough = candidate;
                break;
            }
            below = candidate;
            step *= 2;
        }
    }
    while enough - below > 1 {
        let middle = below + (enough - below) / 2;
        if reaches(middle) {
            enough = middle;
        } else {
            below = middle;
        }
    }
    enough
}

#[cfg(test)]
mod tests {
    use super::super::super::cdf;
    use super::*;
    use proptest::prelude::*;

    /// scipy 1.17, `poisson.ppf` and `binom.ppf`.
    #[test]
    fn published_values() {
        for (u, mean, expected) in POISSON {
            assert_eq!(poisson(u, mean), expected, "u {u}, mean {mean}");
        }
        for (u, trials, probability, expected) in BINOMIAL {
            let found = binomial(u, trials, probability);
            assert_eq!(found, expected, "u {u}, {trials} trials of {probability}");
        }
    }
    const POISSON: [(f64, f64, u64); 12] = [
        (0.5, 0.3, 0),
        (0.999999, 0.3, 5),
        (0.2, 3.5, 2),
        (0.9999, 11.9, 27),
        (0.5, 12.1, 12),
        (1e-06, 12.1, 0),
        (0.999999999999, 12.1, 44),
        (0.05, 250.0, 224),
        (0.5, 1000000.0, 1000000),
        (1e-09, 1000000.0, 994008),
        (0.999999, 1000000.0, 1004757),
        (0.3, 100000000.0, 99994756),
    ];
    const BINOMIAL: [(f64, u64, f64, u64); 10] = [
        (0.5, 10, 0.5, 5),
        (0.001, 10, 0.9, 5),
        (0.95, 100, 0.03, 6),
        (0.3, 1000, 0.4, 392),
        (1e-09, 1000, 0.4, 309),
        (0.999999999999, 1000, 0.4, 510),
        (0.9, 1000, 0.999, 1000),
        (0.5, 1000000, 0.3, 300000),
        (0.999999, 1000000, 1e-05, 28),
        (0.2, 1000000, 0.999999, 999998),
    ];

    #[test]
    fn nonsense_ends() {
        for mean in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(poisson(0.5, mean), 0);
        }
        assert_eq!(binomial(0.5, 10, f64::NAN), 0);
        assert_eq!(binomial(0.5, 10, 1.0), 10);
        assert_eq!(binomial(0.5, 0, 0.5), 0);
        for mean in [5.0, 500.0] {
            assert_eq!(poisson(0.0, mean), 0);
            assert!(poisson(1.0, mean) > 5, "the top end comes back finite");
            assert!(poisson(2.0, mean) < 10_000, "and beyond it too");
            assert_eq!(poisson(f64::NAN, mean), 0);
        }
    }

    proptest! {
        /// The definition: F(k) ≥ u, and one count less does not reach it.
        #[test]
        fn smallest_count_that_reaches(u in 1e-9..1.0 - 1e-9, mean in 1e-3..3_000.0) {
            let count = poisson(u, mean);
            prop_assert!(cdf::poisson(count, mean) >= u - 1e-13);
            prop_assert!(count == 0 || cdf::poisson(count - 1, mean) < u + 1e-13);
        }

        #[test]
        fn smallest_number_of_successes(
            u in 1e-9..1.0 - 1e-9,
            trials in 1u64..5_000,
            probability in 1e-4..0.9999,
        ) {
            let count = binomial(u, trials, probability);
            prop_assert!(cdf::binomial(count, trials, probability) >= u - 1e-13);
            prop_assert!(
                count == 0 || cdf::binomial(count - 1, trials, probability) < u + 1e-13
            );
        }
    }
}
