//! Uncertain inputs: their distributions, and their values in a run.

use super::resolved::{Distribution, InputDraw, Scenario};
use crate::chance::{EntityKey, Run, Seed, Stream, quantile};

impl Scenario {
    /// The values of all inputs in run `run` under `seed`. Each is drawn by its path, so an
    /// input has the same luck in every scenario that has it.
    #[must_use]
    pub fn draw_inputs(&self, seed: Seed, run: Run) -> InputDraw {
        let stream = Stream::new(seed, "input", "draw");
        let draw = |path: &str| stream.uniform(run, EntityKey::of(path), 0);
        let values = self.inputs.iter();
        InputDraw(
            values
                .map(|input| input.distribution.quantile(draw(&input.path)))
                .collect(),
        )
    }

    /// Every input at its median.
    #[must_use]
    pub fn median_inputs(&self) -> InputDraw {
        let inputs = self.inputs.iter();
        InputDraw(
            inputs
                .map(|input| input.distribution.quantile(0.5))
                .collect(),
        )
    }
}

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
            Self::Uniform { low, high } => quantile::uniform(u, *low, *high),
            Self::Discrete { values, chances } => {
                // Chances sum to one, so there is an index.
                quantile::discrete(u, chances).map_or(f64::NAN, |index| values[index])
            }
        }
    }

    /// The lowest and highest value it can take, or come near.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Lognormal { .. } => (0.0, f64::INFINITY),
            Self::Beta { .. } => (0.0, 1.0),
            Self::Triangular { low, high, .. } | Self::Uniform { low, high } => (*low, *high),
            Self::Discrete { values, .. } => values
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
                    (low.min(value), high.max(value))
                }),
        }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Normal { mean, .. } | Self::Beta { mean, .. } => *mean,
            Self::Lognormal { median, sigma } => {
                median * crate::chance::math::exp(sigma * sigma / 2.0)
            }
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Uniform { low, high } => (low + high) / 2.0,
            Self::Discrete { values, chances } => {
                let pairs = values.iter().zip(chances);
                pairs.map(|(value, chance)| value * chance).sum()
            }
        }
    }
}
