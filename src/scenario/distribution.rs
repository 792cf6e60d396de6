//! What a distribution of one number says: the value at a quantile, the chance below a
//! value, its ends, its mean and variance.

use super::resolved::Distribution;
use crate::chance::math::{exp, lgamma};
use crate::chance::{cdf, quantile};

impl Distribution {
    /// The value below which a share `u` of draws lies, for 0 < u < 1.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => quantile::normal(u, *mean, *sd),
            Self::Lognormal { median, sigma } => quantile::lognormal(u, *median, *sigma),
            Self::Beta { mean, strength } => {
                quantile::beta(u, mean * strength, (1.0 - mean) * strength)
            }
            Self::Triangular { low, mode, high } => quantile::triangular(u, *low, *mode, *high),
            Self::Pert { low, mode, high } => quantile::pert(u, *low, *mode, *high),
            Self::Gamma { mean, sd } => {
                let (shape, scale) = gamma_shape_and_scale(*mean, *sd);
                quantile::gamma(u, shape, scale)
            }
            Self::Weibull { shape, scale } => quantile::weibull(u, *shape, *scale),
            Self::Uniform { low, high } => quantile::uniform(u, *low, *high),
            Self::Discrete { values, chances } => {
                // Chances sum to one, so there is an index.
                quantile::discrete(u, chances).map_or(f64::NAN, |index| values[index])
            }
            Self::Empirical { values } => quantile::empirical(u, values),
        }
    }

    /// The chance that a draw is at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => cdf::normal(x, *mean, *sd),
            Self::Lognormal { median, sigma } => cdf::lognormal(x, *median, *sigma),
            Self::Beta { mean, strength } => cdf::beta(x, mean * strength, (1.0 - mean) * strength),
            Self::Triangular { low, mode, high } => cdf::triangular(x, *low, *mode, *high),
            Self::Pert { low, mode, high } => cdf::pert(x, *low, *mode, *high),
            Self::Gamma { mean, sd } => {
                let (shape, scale) = gamma_shape_and_scale(*mean, *sd);
                cdf::gamma(x, shape, scale)
            }
            Self::Weibull { shape, scale } => cdf::weibull(x, *shape, *scale),
            Self::Uniform { low, high } => cdf::uniform(x, *low, *high),
            Self::Discrete { values, chances } => {
                let below = values.iter().zip(chances).filter(|(value, _)| **value <= x);
                below.map(|(_, chance)| chance).sum()
            }
            Self::Empirical { values } => {
                values.partition_point(|value| *value <= x) as f64 / values.len() as f64
            }
        }
    }

    /// The lowest and highest value it can take, or come near.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Lognormal { .. } | Self::Gamma { .. } | Self::Weibull { .. } => {
                (0.0, f64::INFINITY)
            }
            Self::Beta { .. } => (0.0, 1.0),
            Self::Triangular { low, high, .. }
            | Self::Pert { low, high, .. }
            | Self::Uniform { low, high } => (*low, *high),
            // Ascending.
            Self::Discrete { values, .. } | Self::Empirical { values } => (
                values.first().copied().unwrap_or(f64::NAN),
                values.last().copied().unwrap_or(f64::NAN),
            ),
        }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Normal { mean, .. } | Self::Beta { mean, .. } | Self::Gamma { mean, .. } => *mean,
            Self::Lognormal { median, sigma } => median * exp(sigma * sigma / 2.0),
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Pert { low, mode, high } => (low + 4.0 * mode + high) / 6.0,
            Self::Weibull { shape, scale } => scale * gamma_function(1.0 + 1.0 / shape),
            Self::Uniform { low, high } => (low + high) / 2.0,
            Self::Discrete { values, chances } => {
                let pairs = values.iter().zip(chances);
                pairs.map(|(value, chance)| value * chance).sum()
            }
            Self::Empirical { values } => values.iter().sum::<f64>() / values.len() as f64,
        }
    }

    /// The variance, in the square of the number's unit.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        match self {
            Self::Normal { sd, .. } | Self::Gamma { sd, .. } => sd * sd,
            Self::Lognormal { sigma, .. } => mean * mean * (exp(sigma * sigma) - 1.0),
            Self::Beta { mean, strength } => mean * (1.0 - mean) / (strength + 1.0),
            Self::Triangular { low, mode, high } => {
                let squares = low * low + mode * mode + high * high;
                let products = low * mode + low * high + mode * high;
                (squares - products) / 18.0
            }
            // The two shapes sum to 6.
            Self::Pert { low, high, .. } => (mean - low) * (high - mean) / 7.0,
            Self::Weibull { shape, scale } => {
                scale * scale * gamma_function(1.0 + 2.0 / shape) - mean * mean
            }
            Self::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Self::Discrete { values, chances } => {
                let pairs = values.iter().zip(chances);
                pairs
                    .map(|(value, chance)| (value - mean) * (value - mean) * chance)
                    .sum()
            }
            Self::Empirical { values } => {
                let squares = values.iter().map(|value| (value - mean) * (value - mean));
                squares.sum::<f64>() / values.len() as f64
            }
        }
    }
}

/// The shape and scale of the gamma distribution with this mean and standard deviation.
fn gamma_shape_and_scale(mean: f64, sd: f64) -> (f64, f64) {
    let relative = mean / sd;
    (relative * relative, sd / relative)
}

fn gamma_function(x: f64) -> f64 {
    exp(lgamma(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn families() -> Vec<Distribution> {
        vec![
            Distribution::Normal { mean: 1.0, sd: 2.0 },
            Distribution::Lognormal {
                median: 300.0,
                sigma: 0.5,
            },
            Distribution::Beta {
                mean: 0.3,
                strength: 8.0,
            },
            Distribution::Triangular {
                low: 1.0,
                mode: 2.0,
                high: 4.0,
            },
            Distribution::Pert {
                low: -1.0,
                mode: 3.0,
                high: 4.0,
            },
            Distribution::Gamma {
                mean: 10.0,
                sd: 4.0,
            },
            Distribution::Weibull {
                shape: 1.5,
                scale: 30.0,
            },
            Distribution::Uniform {
                low: -1.0,
                high: 3.0,
            },
            Distribution::Discrete {
                values: vec![1.0, 5.0],
                chances: vec![0.7, 0.3],
            },
            Distribution::Empirical {
                values: vec![1.0, 1.0, 2.0, 5.0, 9.0],
            },
        ]
    }

    #[test]
    fn quantiles_rise_within_the_support_and_average_to_mean_and_variance() {
        for family in families() {
            let (low, high) = family.support();
            let count = 10_000;
            let (mut sum, mut squares, mut before) = (0.0, 0.0, low);
            let exact = family.mean();
            for i in 0..count {
                let value = family.quantile((f64::from(i) + 0.5) / f64::from(count));
                assert!((before..=high).contains(&value), "{family:?}: {value}");
                before = value;
                sum += value;
                squares += (value - exact) * (value - exact);
            }
            let mean = sum / f64::from(count);
            // A midpoint sum of 10,000 points misses little but the far tail.
            let spread = family.quantile(0.9) - family.quantile(0.1);
            assert!(
                (mean - exact).abs() < 1e-3 * spread,
                "{family:?}: {mean} {exact}"
            );
            let (variance, exact) = (squares / f64::from(count), family.variance());
            assert!(
                (variance / exact - 1.0).abs() < 1e-2,
                "{family:?}: {variance} {exact}"
            );
        }
    }

    #[test]
    fn the_quantile_is_the_least_value_with_its_chance_at_or_below() {
        for family in families() {
            for i in 1..100 {
                let u = f64::from(i) / 100.0 - 0.003;
                let value = family.quantile(u);
                assert!(family.cdf(value) >= u - 1e-9, "{family:?} at {u}");
                let less = value - 1e-6 * value.abs().max(1.0);
                assert!(family.cdf(less) < u, "{family:?} at {u}");
            }
        }
    }

    /// Of shape 1 both are exponential.
    #[test]
    fn gamma_and_weibull_of_shape_one_are_exponential() {
        let gamma = Distribution::Gamma { mean: 7.0, sd: 7.0 };
        let weibull = Distribution::Weibull {
            shape: 1.0,
            scale: 7.0,
        };
        for u in [0.01, 0.5, 0.99] {
            let exact = quantile::exponential(u, 7.0);
            assert!((gamma.quantile(u) / exact - 1.0).abs() < 1e-10);
            assert!((weibull.quantile(u) / exact - 1.0).abs() < 1e-14);
        }
        assert!((weibull.mean() - 7.0).abs() < 1e-12);
        assert!((weibull.variance() - 49.0).abs() < 1e-10);
    }
}
