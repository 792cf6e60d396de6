//! How far the mean of a point scatters from replicate to replicate, and how far it should.

use serde::{Deserialize, Serialize};

/// The scatter of a metric's mean between replicates.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Scatter {
    /// Points with a mean in every replicate.
    pub points: usize,
    /// Standard deviation between replicates, root mean square over points.
    pub seen: f64,
    /// Standard error of the mean within replicates, root mean square: what the scatter should
    /// be, if the futures of a replicate are what they say.
    pub expected: f64,
}

/// From `points[point][replicate]`, each a mean with its standard error; `None` with fewer than
/// two replicates, or where no point has all.
#[must_use]
pub fn scatter(points: &[Vec<Option<(f64, f64)>>]) -> Option<Scatter> {
    let (mut count, mut seen, mut expected) = (0_usize, 0.0, 0.0);
    for replicates in points {
        let whole: Option<Vec<(f64, f64)>> = replicates.iter().copied().collect();
        let Some(whole) = whole.filter(|whole| whole.len() > 1) else {
            continue;
        };
        let n = whole.len() as f64;
        let mean = whole.iter().map(|(mean, _)| mean).sum::<f64>() / n;
        let squares: f64 = whole.iter().map(|(m, _)| (m - mean) * (m - mean)).sum();
        seen += squares / (n - 1.0);
        expected += whole.iter().map(|(_, error)| error * error).sum::<f64>() / n;
        count += 1;
    }
    let points = count as f64;
    (count > 0).then(|| Scatter {
        points: count,
        seen: (seen / points).sqrt(),
        expected: (expected / points).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scatter_is_by_hand() {
        let points = vec![
            vec![Some((1.0, 0.5)), Some((3.0, 0.5))],
            vec![Some((5.0, 1.5)), Some((5.0, 0.5))],
            vec![None, Some((9.0, 9.0))],
        ];
        let found = scatter(&points).unwrap();
        assert_eq!(found.points, 2);
        // Variances 2 and 0; squared errors 0.25 and 1.25.
        assert!((found.seen - 1.0).abs() < 1e-12);
        assert!((found.expected - 0.75_f64.sqrt()).abs() < 1e-12);
        assert_eq!(scatter(&[vec![Some((1.0, 1.0))]]), None);
        assert_eq!(scatter(&[]), None);
    }
}
