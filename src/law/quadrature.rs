//! Integrals over the latent merit of a case, which is standard normal.
//!
//! The trapezoid on an even grid converges exponentially for smooth functions under a
//! normal weight (Trefethen & Weideman 2014) and, unlike Gauss–Hermite, goes on doing so
//! when merit bears heavily on rulings. Gauss–Hermite is the oracle of the tests.

use crate::chance::math::exp;

/// Nodes and weights of a rule for the mean of a function of a standard normal.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Where the function is taken.
    pub nodes: Vec<f64>,
    /// Weights, which sum to one.
    pub weights: Vec<f64>,
}

impl Rule {
    /// The mean of `f` over a standard normal.
    #[cfg(test)]
    pub(super) fn mean(&self, mut f: impl FnMut(f64) -> f64) -> f64 {
        let terms = self.nodes.iter().zip(&self.weights);
        terms.map(|(&node, &weight)| weight * f(node)).sum()
    }
}

/// Half the width of the even grid: beyond lies a mass of 1.2e-15.
pub(super) const GRID_REACH: f64 = 8.0;

/// The trapezoid rule with `intervals` equal steps over ±8.
#[must_use]
pub(super) fn even_grid(intervals: usize) -> Rule {
    let step = 2.0 * GRID_REACH / intervals as f64;
    let nodes: Vec<f64> = (0..=intervals)
        .map(|i| i as f64 * step - GRID_REACH)
        .collect();
    let density: Vec<f64> = nodes.iter().map(|x| exp(-0.5 * x * x)).collect();
    let total: f64 = density.iter().sum();
    let weights = density.iter().map(|d| d / total).collect();
    Rule { nodes, weights }
}

/// The Gauss–Hermite rule of `n` nodes for the standard normal weight, exact for
/// polynomials to degree 2n − 1.
///
/// The nodes are the eigenvalues of the Jacobi matrix with zero diagonal and off-diagonal
/// √k (Golub & Welsch 1969), found by bisection on Sturm counts; the weights are the
/// reciprocal sums of squared orthonormal polynomials there.
#[cfg(test)]
pub(super) fn gauss_hermite(n: usize) -> Rule {
    let bound = 2.0 * (n as f64).sqrt() + 1.0;
    let mut nodes = Vec::with_capacity(n);
    let mut weights = Vec::with_capacity(n);
    for rank in 0..n {
        let (mut low, mut high) = (-bound, bound);
        loop {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if eigenvalues_below(middle, n) > rank {
                high = middle;
            } else {
                low = middle;
            }
        }
        let node = 0.5 * (low + high);
        nodes.push(node);
        weights.push(christoffel_weight(node, n));
    }
    Rule { nodes, weights }
}

/// Sturm's count: eigenvalues of the Jacobi matrix below `x`.
#[cfg(test)]
fn eigenvalues_below(x: f64, n: usize) -> usize {
    let mut pivot = -x;
    let mut count = usize::from(pivot < 0.0);
    for k in 1..n {
        let divisor = if pivot == 0.0 { 1e-300 } else { pivot };
        pivot = -x - k as f64 / divisor;
        count += usize::from(pivot < 0.0);
    }
    count
}

/// 1 / Σ h_k(x)² over the orthonormal Hermite polynomials of degree below `n`.
#[cfg(test)]
fn christoffel_weight(x: f64, n: usize) -> f64 {
    let (mut before, mut now) = (0.0, 1.0);
    let mut sum = 0.0;
    for k in 0..n {
        sum += now * now;
        let next = (x * now - (k as f64).sqrt() * before) / (k as f64 + 1.0).sqrt();
        (before, now) = (now, next);
    }
    1.0 / sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gauss_hermite_has_the_moments_of_the_standard_normal() {
        for n in [8, 32, 96] {
            let rule = gauss_hermite(n);
            for (power, moment) in [(0, 1.0), (2, 1.0), (4, 3.0), (8, 105.0), (14, 135_135.0)] {
                let found = rule.mean(|x| (0..power).fold(1.0, |product, _| product * x));
                assert!(
                    (found - moment).abs() < 1e-11 * moment,
                    "{n} {power} {found}"
                );
            }
            assert!(rule.mean(|x| x).abs() < 1e-13);
        }
    }

    #[test]
    fn the_three_node_rule_is_the_textbook_one() {
        let rule = gauss_hermite(3);
        let expected = [
            (-3f64.sqrt(), 1.0 / 6.0),
            (0.0, 2.0 / 3.0),
            (3f64.sqrt(), 1.0 / 6.0),
        ];
        for (i, (node, weight)) in expected.into_iter().enumerate() {
            assert!((rule.nodes[i] - node).abs() < 1e-14);
            assert!((rule.weights[i] - weight).abs() < 1e-14);
        }
    }

    #[test]
    fn the_even_grid_agrees_where_the_integrand_is_smooth() {
        // E exp(tX) = exp(t²/2).
        for t in [0.5, 1.0, 2.0] {
            let found = even_grid(64).mean(|x| exp(t * x));
            let expected = exp(0.5 * t * t);
            assert!((found / expected - 1.0).abs() < 1e-8, "{found} {expected}");
            let other = gauss_hermite(64).mean(|x| exp(t * x));
            assert!((other / expected - 1.0).abs() < 1e-12);
        }
    }
}
