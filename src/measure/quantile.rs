//! Quantiles of a column, and between which order statistics the true one lies.
//!
//! The definition is everywhere the inverted distribution function: of n values the
//! p-quantile is the one of rank k, the smallest rank with k/n ≥ p. It is always a
//! value that occurred. Its interval needs no assumption on the distribution: the
//! number of values below the true quantile is Binomial(n, p), so two ranks enclose
//! it with a chance that can be computed (Thompson 1936; David & Nagaraja 2003,
//! section 7.1). Far in a tail no value observed may lie beyond the true quantile;
//! then that end of the interval does not exist, and none is made up.

use std::collections::BTreeMap;

/// The rank, from 1, of the p-quantile of `n` values: the smallest k with k/n ≥ p.
///
/// `None` if there are no values or p is not in [0, 1]. For p = 0 the rank is 1.
pub fn quantile_rank(n: u64, p: f64) -> Option<u64> {
    if n == 0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    // 0.07 · 100 is 7.000000000000001 in f64: the product alone may be a rank off.
    let count = n as f64;
    let mut rank = ((count * p).ceil() as u64).clamp(1, n);
    while rank > 1 && (rank - 1) as f64 / count >= p {
        rank -= 1;
    }
    while rank < n && (rank as f64 / count) < p {
        rank += 1;
    }
    Some(rank)
}

/// The p-quantile of values in rising order; `None` as in [`quantile_rank`].
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    value_at_rank(sorted, quantile_rank(sorted.len() as u64, p)?)
}

/// The value of this rank, from 1, among values in rising order.
pub(crate) fn value_at_rank(sorted: &[f64], rank: u64) -> Option<f64> {
    sorted
        .get(usize::try_from(rank.checked_sub(1)?).ok()?)
        .copied()
}

/// Ranks, from 1, of the two values that enclose a true quantile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuantileRanks {
    /// Rank of the lower end; `None` if even the smallest value is not surely below.
    pub lower: Option<u64>,
    /// Rank of the upper end; `None` if even the largest value is not surely above.
    pub upper: Option<u64>,
    /// The chance that the ends enclose the true quantile of a continuous
    /// distribution; an end that is `None` counts as infinitely far.
    pub coverage: f64,
}

impl QuantileRanks {
    /// Ranks for the p-quantile of `n` independent values, with at most
    /// (1 − confidence)/2 left out at either end.
    ///
    /// These are the ranks of `scipy.stats.quantile_test(…).confidence_interval`.
    /// `None` if n is 0 or p or the confidence is not strictly between 0 and 1. Takes
    /// time and memory in proportion to √n.
    pub fn new(n: u64, p: f64, confidence: f64) -> Option<Self> {
        let inside = |share: f64| 0.0 < share && share < 1.0;
        if n == 0 || !inside(p) || !inside(confidence) {
            return None;
        }
        let tail = (1.0 - confidence) / 2.0;
        let (first, chances) = binomial_chances(n, p);
        let lower_at = first_reaching(chances.iter(), |sum| sum >= tail);
        let upper_at = first_reaching(chances.iter().rev(), |sum| sum > tail);
        let lower = first + lower_at as u64;
        let upper = first + (chances.len() - 1 - upper_at) as u64 + 1;
        let below: f64 = chances[..lower_at].iter().sum();
        let above: f64 = chances.iter().rev().take(upper_at).sum();
        Some(Self {
            lower: (lower > 0).then_some(lower),
            upper: (upper <= n).then_some(upper),
            coverage: 1.0 - below - above,
        })
    }

    /// The values at the two ranks, of values in rising order.
    pub fn of_sorted(&self, sorted: &[f64]) -> (Option<f64>, Option<f64>) {
        let at = |rank: Option<u64>| value_at_rank(sorted, rank?);
        (at(self.lower), at(self.upper))
    }
}

/// Index of the first term at which the running sum satisfies `enough`, else the last.
fn first_reaching<'a>(
    chances: impl ExactSizeIterator<Item = &'a f64>,
    enough: impl Fn(f64) -> bool,
) -> usize {
    let last = chances.len() - 1;
    let mut sum = 0.0;
    for (index, chance) in chances.enumerate() {
        sum += chance;
        if enough(sum) {
            return index;
        }
    }
    last
}

/// The chances of Binomial(n, p) from the count returned on; those left out at
/// either end are below 1e-30 of the largest.
///
/// Ratios of neighbours outward from the mode, then divided by their sum: no
/// factorial, and no cancellation at any n.
fn binomial_chances(n: u64, p: f64) -> (u64, Vec<f64>) {
    const NEGLIGIBLE: f64 = 1e-30;
    let mode = (((n as f64 + 1.0) * p) as u64).min(n);
    let odds = p / (1.0 - p);
    let mut chances = Vec::new();
    let mut chance = 1.0;
    let mut count = mode;
    while count > 0 && chance > NEGLIGIBLE {
        chance *= count as f64 / ((n - count + 1) as f64 * odds);
        chances.push(chance);
        count -= 1;
    }
    let first = count;
    chances.reverse();
    chances.push(1.0);
    (chance, count) = (1.0, mode);
    while count < n && chance > NEGLIGIBLE {
        chance *= (n - count) as f64 * odds / (count + 1) as f64;
        chances.push(chance);
        count += 1;
    }
    let total: f64 = chances.iter().sum();
    for chance in &mut chances {
        *chance /= total;
    }
    (first, chances)
}

/// [`QuantileRanks`] kept by n and p: a series asks for the same few many times.
#[derive(Debug, Clone)]
pub struct RankCache {
    confidence: f64,
    known: BTreeMap<(u64, u64), Option<QuantileRanks>>,
}

impl RankCache {
    /// An empty cache for intervals of this confidence.
    pub fn new(confidence: f64) -> Self {
        Self {
            confidence,
            known: BTreeMap::new(),
        }
    }

    /// As [`QuantileRanks::new`].
    pub fn ranks(&mut self, n: u64, p: f64) -> Option<QuantileRanks> {
        let confidence = self.confidence;
        *self
            .known
            .entry((n, p.to_bits()))
            .or_insert_with(|| QuantileRanks::new(n, p, confidence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::toy::Toy;

    #[test]
    fn inverted_cdf_of_one_to_ten() {
        // numpy.quantile(range(1, 11), 0.9, method="inverted_cdf") = 9
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!(quantile_of_sorted(&values, 0.9), Some(9.0));
        assert_eq!(quantile_of_sorted(&values, 0.5), Some(5.0));
        assert_eq!(quantile_of_sorted(&values, 0.0), Some(1.0));
        assert_eq!(quantile_of_sorted(&values, 1.0), Some(10.0));
        assert_eq!(quantile_of_sorted(&[], 0.5), None);
        assert_eq!(quantile_of_sorted(&values, 1.1), None);
        assert_eq!(quantile_of_sorted(&values, f64::NAN), None);
    }

    #[test]
    fn percentages_of_whole_hundreds_have_their_own_rank() {
        for percent in 1..=100u64 {
            for hundreds in [1, 3, 10, 1000] {
                let rank = quantile_rank(100 * hundreds, percent as f64 / 100.0);
                assert_eq!(rank, Some(percent * hundreds));
            }
        }
    }

    fn ranks(n: u64, p: f64) -> (Option<u64>, Option<u64>) {
        let ranks = QuantileRanks::new(n, p, 0.95).unwrap();
        (ranks.lower, ranks.upper)
    }

    /// scipy 1.17.1: binom.ppf(.025), binom.isf(.025) + 1, as its `quantile_test` does.
    #[test]
    fn ranks_and_coverage_of_scipy() {
        for (n, p, lower, upper, coverage) in [
            (1000, 0.95, 936, 964, 0.9580952682226541),
            (10_000, 0.99, 9880, 9920, 0.9557546828065552),
            (10_000, 0.995, 9936, 9964, 0.9531897353844765),
            (100, 0.5, 40, 61, 0.9647997997822952),
            (1_000_000, 0.5, 499_020, 500_981, 0.9501210313476314),
            (1_000_000, 0.999, 998_938, 999_062, 0.9502066318459012),
        ] {
            assert_eq!(ranks(n, p), (Some(lower), Some(upper)));
            let found = QuantileRanks::new(n, p, 0.95).unwrap().coverage;
            assert!(
                (found - coverage).abs() < 1e-9,
                "{n} {p}: {found} for {coverage}"
            );
        }
    }

    #[test]
    fn an_end_that_does_not_exist_is_none() {
        assert_eq!(ranks(200, 0.99), (Some(195), None));
        assert_eq!(ranks(50, 0.05), (None, Some(7)));
        assert_eq!(ranks(5, 0.5), (None, None));
        assert_eq!(ranks(6, 0.5), (Some(1), Some(6)));
        assert_eq!(QuantileRanks::new(0, 0.5, 0.95), None);
        assert_eq!(QuantileRanks::new(10, 1.0, 0.95), None);
        assert_eq!(QuantileRanks::new(10, 0.5, f64::NAN), None);
    }

    /// Wilks (1941): 59 values are needed for a 95 % upper bound of the 95th
    /// percentile, 299 for that of the 99th. One-sided 95 % is two-sided 90 %.
    #[test]
    fn wilks_numbers() {
        for (p, needed) in [(0.95, 59), (0.99, 299)] {
            assert_eq!(QuantileRanks::new(needed - 1, p, 0.90).unwrap().upper, None);
            assert_eq!(
                QuantileRanks::new(needed, p, 0.90).unwrap().upper,
                Some(needed)
            );
        }
    }

    #[test]
    fn the_cache_answers_as_the_computation() {
        let mut cache = RankCache::new(0.9);
        for n in [1000, 7, 1000, 0] {
            assert_eq!(cache.ranks(n, 0.25), QuantileRanks::new(n, 0.25, 0.9));
        }
    }

    /// The 90th percentile of Pareto(1.5) from 300 values, 3,000 times: intervals must
    /// hold it as often as `coverage` says. 5 standard errors; a right program fails
    /// with chance 6e-7 over seeds, and this seed is fixed.
    #[test]
    fn intervals_cover_the_tail_of_a_pareto() {
        let (repeats, n, p) = (3000, 300, 0.9);
        let truth = libm::pow(1.0 - p, -1.0 / 1.5);
        let ranks = QuantileRanks::new(n, p, 0.95).unwrap();
        let mut toy = Toy::new(1);
        let mut covered = 0u32;
        for _ in 0..repeats {
            let mut values: Vec<f64> = (0..n)
                .map(|_| libm::pow(toy.uniform(), -1.0 / 1.5))
                .collect();
            values.sort_by(f64::total_cmp);
            let (low, high) = ranks.of_sorted(&values);
            covered += u32::from(low.unwrap() <= truth && truth < high.unwrap());
        }
        let share = f64::from(covered) / f64::from(repeats);
        let se = (ranks.coverage * (1.0 - ranks.coverage) / f64::from(repeats)).sqrt();
        assert!(
            (share - ranks.coverage).abs() < 5.0 * se,
            "{share} for {}",
            ranks.coverage
        );
    }
}
