//! The distribution of a forecast: a weighted mixture over futures of what would have been
//! observed of each, which is normal.

use crate::analysis::observing::Seen;
use crate::chance::math;
use crate::measure::interval::Interval;

/// Futures whose weight is below this are left out: together they move no figure that is shown.
const NEGLIGIBLE: f64 = 1e-12;

/// A mixture of normals.
#[derive(Clone, PartialEq, Debug)]
pub struct Mixture {
    /// Weight, positive, with sum 1; mean and standard deviation of each part.
    parts: Vec<(f64, Seen)>,
}

impl Mixture {
    /// The mixture of what was seen of the futures with these weights. Futures that have no such
    /// value are left out, and the rest stands for all; `None` where none is left.
    #[must_use]
    pub fn of(seen: &[Option<Seen>], weights: &[f64]) -> Option<Self> {
        let parts = seen.iter().zip(weights);
        let parts = parts.filter_map(|(seen, &weight)| Some((weight, (*seen)?)));
        let mut parts: Vec<(f64, Seen)> = parts.filter(|(weight, _)| *weight > NEGLIGIBLE).collect();
        let sum: f64 = parts.iter().map(|(weight, _)| weight).sum();
        for (weight, _) in &mut parts {
            *weight /= sum;
        }
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// One normal distribution.
    #[must_use]
    pub fn normal(mean: f64, sd: f64) -> Self {
        Self {
            parts: vec![(1.0, Seen { mean, sd })],
        }
    }

    /// Its mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|(w, seen)| w * seen.mean).sum()
    }

    /// Its standard deviation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let of = |(w, seen): &(f64, Seen)| {
            let off = seen.mean - mean;
            w * (seen.sd * seen.sd + off * off)
        };
        self.parts.iter().map(of).sum::<f64>().sqrt()
    }

    /// The chance of a value of at most `y`.
    #[must_use]
    pub fn cdf(&self, y: f64) -> f64 {
        let below = |(w, seen): &(f64, Seen)| w * math::normal_cdf((y - seen.mean) / seen.sd);
        self.parts.iter().map(below).sum()
    }

    /// −ln of the density at `y`, nats; finite however far `y` lies.
    #[must_use]
    pub fn log_score(&self, y: f64) -> f64 {
        let logs = self.parts.iter().map(|(w, seen)| {
            math::ln(*w) + seen.log_likelihood(y, crate::scenario::resolved::Bound::Exact)
        });
        let logs: Vec<f64> = logs.collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = logs.iter().map(|log| math::exp(log - most)).sum();
        -(most + math::ln(sum))
    }

    /// The value below which it lies with chance `p`, 0 < p < 1, by bisection to the last bit
    /// that matters.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        const SDS: f64 = 40.0; // beyond which a normal distribution has no mass in doubles
        const HALVINGS: u32 = 80;
        let ends = self.parts.iter().map(|(_, seen)| seen);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for seen in ends {
            low = low.min(seen.mean - SDS * seen.sd);
            high = high.max(seen.mean + SDS * seen.sd);
        }
        for _ in 0..HALVINGS {
            let middle = low + 0.5 * (high - low);
            if self.cdf(middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        low + 0.5 * (high - low)
    }

    /// The central band that holds the value with this chance.
    #[must_use]
    pub fn band(&self, chance: f64) -> Interval {
        let tail = 0.5 * (1.0 - chance);
        Interval {
            low: self.quantile(tail),
            high: self.quantile(1.0 - tail),
        }
    }

    /// The continuous ranked probability score at `y`, in its unit (Grimit, Gneiting, Berrocal &
    /// Johnson 2006, equation 5): E|X − y| − ½·E|X − X′|, each by its closed form.
    #[must_use]
    pub fn crps(&self, y: f64) -> f64 {
        let near: f64 = self
            .parts
            .iter()
            .map(|(w, seen)| w * distance(y - seen.mean, seen.sd))
            .sum();
        let mut apart = 0.0;
        for (at, (w, one)) in self.parts.iter().enumerate() {
            let own = 0.5 * w * distance(0.0, (2.0_f64).sqrt() * one.sd);
            let others = self.parts[at + 1..].iter().map(|(v, other)| {
                let sd = (one.sd * one.sd + other.sd * other.sd).sqrt();
                v * distance(one.mean - other.mean, sd)
            });
            apart += w * (own + others.sum::<f64>());
        }
        near - apart
    }
}

/// E|Z| of a normal Z with this mean and standard deviation.
fn distance(mean: f64, sd: f64) -> f64 {
    let z = mean / sd;
    let density = math::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
    2.0 * sd * density + mean * (2.0 * math::normal_cdf(z) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_the_normal_distribution() {
        // (√2 − 1)/√π, and scoringrules.crps_normal(0.3, 0.1, 0.4).
        for (mean, sd, y, score) in [
            (0.0, 1.0, 0.0, 0.233_694_977_255_109_15),
            (0.1, 0.4, 0.3, 0.132_561_412_5),
        ] {
            let found = Mixture::normal(mean, sd).crps(y);
            assert!((found - score).abs() < 1e-10, "{found}");
        }
        let found = Mixture::normal(0.1, 0.4).log_score(0.3);
        assert!((found - 0.127_647_801_3).abs() < 1e-9, "{found}");
        let band = Mixture::normal(2.0, 3.0).band(0.95);
        assert!((band.low - (2.0 - 3.0 * 1.959_963_984_540_054)).abs() < 1e-9);
        assert!((band.high - (2.0 + 3.0 * 1.959_963_984_540_054)).abs() < 1e-9);
    }

    #[test]
    fn its_score_is_the_integral_that_defines_it() {
        let seen = [(0.0, 1.0), (3.0, 0.5), (-1.0, 2.0)];
        let seen = seen.map(|(mean, sd)| Some(Seen { mean, sd }));
        let mixture = Mixture::of(&seen, &[0.2, 0.5, 0.3]).unwrap();
        // ∫ (F(x) − 1{x ≥ y})² dx by the midpoint rule, whose error is below 1e-6 here.
        let (y, step) = (1.3, 1e-3);
        let sum: f64 = (-15_000..15_000)
            .map(|k| (f64::from(k) + 0.5) * step)
            .map(|x| {
                let off = mixture.cdf(x) - f64::from(u8::from(x >= y));
                off * off * step
            })
            .sum();
        assert!((mixture.crps(y) - sum).abs() < 1e-5, "{sum}");
        assert!((mixture.mean() - 1.2).abs() < 1e-12);
        // Σ w(σ² + μ²) − mean² = 0.2 + 0.5·9.25 + 0.3·5 − 1.44
        assert!((mixture.sd() - 4.885_f64.sqrt()).abs() < 1e-12);
        assert!((mixture.cdf(mixture.quantile(0.7)) - 0.7).abs() < 1e-12);
    }

    #[test]
    fn futures_without_the_value_are_left_out() {
        let one = Some(Seen { mean: 1.0, sd: 0.1 });
        let mixture = Mixture::of(&[None, one, None], &[0.5, 0.1, 0.4]).unwrap();
        assert_eq!(mixture, Mixture::normal(1.0, 0.1));
        assert_eq!(Mixture::of(&[None], &[1.0]), None);
        assert_eq!(Mixture::of(&[one], &[0.0]), None);
    }
}
