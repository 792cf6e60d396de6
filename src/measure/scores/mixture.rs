//! A forecast that is a weighted mixture of normal laws: one for each future, as wide as
//! the error with which the outcome is observed.

use super::closed_form::mean_distance;
use super::simple::log_density;
use super::{normal_cdf, shares};
use crate::measure::MeasureError;
use crate::measure::interval::Interval;

/// Σ wᵢ N(μᵢ, σᵢ²), with weights that add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalMixture {
    weights: Vec<f64>,
    means: Vec<f64>,
    sds: Vec<f64>,
}

impl NormalMixture {
    /// The mixture with these weights, which need not add up to 1, means and standard
    /// deviations.
    ///
    /// # Errors
    /// [`MeasureError::WrongLength`] for lists of unequal length;
    /// [`MeasureError::BadForecast`] for weights that are negative or all 0, a mean that is
    /// not finite, or a standard deviation that is not finite and positive.
    pub fn new(weights: &[f64], means: Vec<f64>, sds: Vec<f64>) -> Result<Self, MeasureError> {
        for found in [means.len(), sds.len()] {
            if found != weights.len() {
                let expected = weights.len();
                return Err(MeasureError::WrongLength { expected, found });
            }
        }
        let sound = means.iter().all(|mean| mean.is_finite())
            && sds.iter().all(|sd| *sd > 0.0 && sd.is_finite());
        if !sound {
            return Err(MeasureError::BadForecast {
                why: "means are finite, standard deviations finite and above 0",
            });
        }
        let weights = shares(weights)?;
        Ok(Self {
            weights,
            means,
            sds,
        })
    }

    /// The CRPS at the outcome `y` (Grimit, Gneiting, Berrocal & Johnson 2006, eq. 5), exact
    /// for the mixture. Takes time in proportion to the square of the number of parts.
    pub fn crps(&self, y: f64) -> f64 {
        let distance: f64 = self
            .parts()
            .map(|(weight, mean, sd)| weight * mean_distance(y - mean, sd))
            .sum();
        let mut spread = 0.0;
        for (index, (weight, mean, sd)) in self.parts().enumerate() {
            let mut to_earlier = 0.0;
            for (other, to, wide) in self.parts().take(index) {
                to_earlier += other * mean_distance(mean - to, (sd * sd + wide * wide).sqrt());
            }
            let to_itself = weight * mean_distance(0.0, std::f64::consts::SQRT_2 * sd);
            spread += weight * (2.0 * to_earlier + to_itself);
        }
        distance - 0.5 * spread
    }

    /// −ln of the density at `y`, nats.
    pub fn log_score(&self, y: f64) -> f64 {
        let parts = || {
            let weighted = self.parts().filter(|(weight, ..)| *weight > 0.0);
            weighted.map(|(weight, mean, sd)| libm::log(weight) + log_density(mean, sd, y))
        };
        let largest = parts().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = parts().map(|part| libm::exp(part - largest)).sum();
        -(largest + libm::log(sum))
    }

    /// The chance of at most `y`: at the outcome, the PIT.
    pub fn cdf(&self, y: f64) -> f64 {
        self.parts()
            .map(|(weight, mean, sd)| weight * normal_cdf((y - mean) / sd))
            .sum()
    }

    /// The chance of more than `y`, with its digits where it is small.
    pub fn survival(&self, y: f64) -> f64 {
        self.parts()
            .map(|(weight, mean, sd)| weight * normal_cdf((mean - y) / sd))
            .sum()
    }

    /// The mean of the mixture.
    pub fn mean(&self) -> f64 {
        self.parts().map(|(weight, mean, _)| weight * mean).sum()
    }

    /// The standard deviation of the mixture: that within the parts and between them.
    pub fn sd(&self) -> f64 {
        let centre = self.mean();
        let variance = |(weight, mean, sd): (f64, f64, f64)| {
            weight * (sd * sd + (mean - centre) * (mean - centre))
        };
        self.parts().map(variance).sum::<f64>().sqrt()
    }

    /// The value with a chance of p of no more, by halving; `None` unless 0 < p < 1.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if !(0.0 < p && p < 1.0) {
            return None;
        }
        // Below every part's own quantile the mixture's chance is below p, and so above.
        let z = crate::measure::distribution::normal_quantile(p)?;
        let own = || self.parts().map(|(_, mean, sd)| mean + z * sd);
        let mut low = own().fold(f64::INFINITY, f64::min);
        let mut high = own().fold(f64::NEG_INFINITY, f64::max);
        loop {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                return Some(high);
            }
            if self.cdf(middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /// The band that leaves out as much at either end, with this chance inside; `None`
    /// unless 0 < level < 1.
    pub fn central_interval(&self, level: f64) -> Option<Interval> {
        Some(Interval {
            low: self.quantile(0.5 - level / 2.0)?,
            high: self.quantile(0.5 + level / 2.0)?,
        })
    }

    /// Weight, mean and standard deviation of each part.
    fn parts(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        let laws = self.means.iter().zip(&self.sds);
        let parts = self.weights.iter().zip(laws);
        parts.map(|(&weight, (&mean, &sd))| (weight, mean, sd))
    }
}
