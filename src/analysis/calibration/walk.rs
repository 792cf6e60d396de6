//! Where a walk goes: normal steps with the covariance of the cloud itself.

/// Variance added to each input, so that a cloud that has fallen flat still moves.
const LEAST_VARIANCE: f64 = 1e-8;
/// Steps are this large, chosen at random: a mixture is symmetric still, and one of them
/// suits a posterior that is not normal.
const SIZES: [f64; 3] = [1.0, 0.5, 0.2];

/// Steps of a random walk.
#[derive(Clone, PartialEq, Debug)]
pub struct Walk {
    /// Lower triangle of the Cholesky factor of 2.38²/d times the cloud's covariance.
    rows: Vec<Vec<f64>>,
}

impl Walk {
    /// The walk of a weighted cloud, scaled by 2.38²/d (Gelman, Roberts & Gilks 1996).
    /// Weights sum to 1.
    pub fn of(cloud: &[&[f64]], weights: &[f64]) -> Self {
        let dimension = cloud.first().map_or(0, |scores| scores.len());
        let mean = |f: &dyn Fn(&[f64]) -> f64| -> f64 {
            cloud.iter().zip(weights).map(|(s, w)| w * f(s)).sum()
        };
        let means: Vec<f64> = (0..dimension).map(|i| mean(&|s| s[i])).collect();
        let scale = 2.38 * 2.38 / dimension as f64;
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(dimension);
        for i in 0..dimension {
            let mut row = vec![0.0; i + 1];
            for j in 0..=i {
                let product = |s: &[f64]| (s[i] - means[i]) * (s[j] - means[j]);
                let mut value = scale * mean(&product);
                if i == j {
                    value += LEAST_VARIANCE;
                }
                let earlier = if i == j { &row[..j] } else { &rows[j][..j] };
                let known: f64 = row[..j].iter().zip(earlier).map(|(a, b)| a * b).sum();
                row[j] = if i == j {
                    (value - known).max(LEAST_VARIANCE).sqrt()
                } else {
                    (value - known) / rows[j][j]
                };
            }
            rows.push(row);
        }
        Self { rows }
    }

    /// Where a walk from `scores` leads by these standard normal numbers, one for each
    /// input, and one uniform number.
    pub fn step(&self, scores: &[f64], normals: &[f64], uniform: f64) -> Vec<f64> {
        let size = SIZES[((uniform * 3.0) as usize).min(2)];
        let steps = self.rows.iter().map(|row| {
            let terms = row.iter().zip(normals);
            size * terms.map(|(factor, z)| factor * z).sum::<f64>()
        });
        scores.iter().zip(steps).map(|(s, step)| s + step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_have_the_covariance_of_the_cloud() {
        let cloud = [[1.0, 2.0], [-1.0, -2.0], [1.0, 0.0], [-1.0, 0.0]];
        let cloud: Vec<&[f64]> = cloud.iter().map(|s| &s[..]).collect();
        let walk = Walk::of(&cloud, &[0.25; 4]);
        // Covariance [[1, 1], [1, 2]] times 2.38²/2, whose factor is [[1, 0], [1, 1]]·√.
        let root = (2.38f64 * 2.38 / 2.0).sqrt();
        let to = walk.step(&[10.0, 20.0], &[1.0, 0.0], 0.1);
        assert!((to[0] - 10.0 - root).abs() < 1e-6 && (to[1] - 20.0 - root).abs() < 1e-6);
        let to = walk.step(&[10.0, 20.0], &[0.0, 1.0], 0.99);
        assert!((to[0] - 10.0).abs() < 1e-12 && (to[1] - 20.0 - 0.2 * root).abs() < 1e-6);
    }

    #[test]
    fn a_flat_cloud_still_moves() {
        let point: &[f64] = &[1.0, 1.0];
        let to = Walk::of(&[point; 3], &[1.0 / 3.0; 3]).step(point, &[1.0, -1.0], 0.0);
        assert!(to[0] > 1.0 && to[1] < 1.0 && (to[0] - 1.0) < 1e-3);
    }
}
