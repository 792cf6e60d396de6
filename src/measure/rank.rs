//! Rank correlation of two columns.

/// Spearman's ρ: the correlation of ranks, those of equal values being their mean
/// (Spearman 1904). `None` where a column has fewer than two different values.
///
/// # Panics
/// When the columns differ in length.
#[must_use]
pub fn spearman(first: &[f64], second: &[f64]) -> Option<f64> {
    assert_eq!(first.len(), second.len(), "columns of the same runs");
    let (first, second) = (ranks(first), ranks(second));
    let centre = (first.len() as f64 + 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| -> f64 {
        let terms = a.iter().zip(b);
        terms.map(|(a, b)| (a - centre) * (b - centre)).sum()
    };
    let spread = product(&first, &first) * product(&second, &second);
    (spread > 0.0).then(|| product(&first, &second) / spread.sqrt())
}

/// Ranks from 1, equal values sharing their mean rank.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut out = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let value = values[order[from]];
        let equal = order[from..].iter().take_while(|i| values[**i] == value);
        // One at least, whatever compares with itself.
        let to = from + equal.count().max(1);
        let mean = (from + to + 1) as f64 / 2.0;
        for &i in &order[from..to] {
            out[i] = mean;
        }
        from = to;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy.stats.spearmanr([1, 2, 2, 4, 9], [5, 6, 7, 8, 7]): ranks 1 2.5 2.5 4 5 and
    /// 1 2 3.5 5 3.5, whose products about 3 sum to 7.25 over 9.5.
    #[test]
    fn ties_share_their_rank() {
        let found = spearman(&[1.0, 2.0, 2.0, 4.0, 9.0], &[5.0, 6.0, 7.0, 8.0, 7.0]);
        assert!((found.unwrap() - 7.25 / 9.5).abs() < 1e-12);
        assert_eq!(spearman(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[], &[]), None);
    }
}
