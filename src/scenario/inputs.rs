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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;

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
            Distribution::Uniform {
                low: -1.0,
                high: 3.0,
            },
            Distribution::Discrete {
                values: vec![1.0, 5.0],
                chances: vec![0.7, 0.3],
            },
        ]
    }

    #[test]
    fn quantiles_rise_within_the_support_and_average_to_the_mean() {
        for family in families() {
            let (low, high) = family.support();
            let count = 10_000;
            let (mut sum, mut before) = (0.0, low);
            for i in 0..count {
                let value = family.quantile((f64::from(i) + 0.5) / f64::from(count));
                assert!((before..=high).contains(&value), "{family:?}: {value}");
                before = value;
                sum += value;
            }
            let (mean, exact) = (sum / f64::from(count), family.mean());
            // A midpoint sum of 10,000 points misses little but the far tail.
            let spread = family.quantile(0.9) - family.quantile(0.1);
            assert!(
                (mean - exact).abs() < 1e-3 * spread,
                "{family:?}: {mean} {exact}"
            );
        }
    }

    #[test]
    fn p90_is_the_ninetieth_hundredth() {
        let scenario = load_text("x", include_str!("fixture.toml"), &[]).unwrap();
        let path = "market.DE.spend_musd_per_year";
        let input = scenario
            .inputs
            .iter()
            .find(|input| input.path == path)
            .unwrap();
        assert!((input.distribution.quantile(0.9) - 1200.0).abs() < 1e-9);
        let medians = scenario.median_inputs();
        let index = scenario
            .inputs
            .iter()
            .position(|input| input.path == path)
            .unwrap();
        assert!((medians.0[index] - 900.0).abs() < 1e-9);
    }

    #[test]
    fn an_input_has_the_same_luck_whatever_else_is_uncertain() {
        let text = include_str!("fixture.toml");
        let one = load_text("x", text, &[]).unwrap();
        let set = "choice.home_weight={ dist = \"uniform\", low = 0, high = 1 }".to_owned();
        let more = load_text("x", text, &[set]).unwrap();
        assert_eq!(more.inputs.len(), one.inputs.len() + 1);
        let (draw, with_more) = (
            one.draw_inputs(Seed(1), Run(5)),
            more.draw_inputs(Seed(1), Run(5)),
        );
        for (index, input) in one.inputs.iter().enumerate() {
            let other = more
                .inputs
                .iter()
                .position(|other| other.path == input.path);
            assert_eq!(draw.0[index], with_more.0[other.unwrap()]);
        }
        assert_ne!(draw, one.draw_inputs(Seed(1), Run(6)));
        assert_ne!(draw, one.draw_inputs(Seed(2), Run(5)));
    }
}
