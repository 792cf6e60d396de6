//! Inputs that move together.

use super::InputId;
use crate::chance::copula::{CopulaError, GaussianCopula, RankCorrelation};

/// `[correlation.exposure-trust]`: how two inputs move together over runs.
#[derive(Clone, PartialEq, Debug)]
pub struct Correlation {
    /// Key in the file.
    pub name: String,
    /// `inputs`, the two in the order of their paths.
    pub inputs: [InputId; 2],
    /// `rank`: Spearman's ρ, above −1 and below 1.
    pub rank: f64,
}

/// The correlations of a scenario, ready to be applied. Inputs in none of them are left
/// as they are.
#[derive(Clone, PartialEq, Debug)]
pub struct Correlations {
    pairs: Vec<Correlation>,
    /// Inputs in a correlation, in the order of their paths.
    coupled: Vec<InputId>,
    copula: GaussianCopula,
}

impl Correlations {
    /// Correlations of pairs that are all different.
    ///
    /// # Errors
    /// The first of the inputs, in the order of their paths, that cannot follow those
    /// before it as asked: the correlations contradict each other.
    pub fn new(pairs: Vec<Correlation>) -> Result<Self, InputId> {
        let mut coupled: Vec<InputId> = pairs.iter().flat_map(|pair| pair.inputs).collect();
        coupled.sort_unstable();
        coupled.dedup();
        let position = |input: &InputId| coupled.partition_point(|other| other < input);
        let ranks: Vec<RankCorrelation> = pairs
            .iter()
            .map(|pair| RankCorrelation {
                first: position(&pair.inputs[0]),
                second: position(&pair.inputs[1]),
                spearman: pair.rank,
            })
            .collect();
        let copula = GaussianCopula::new(coupled.len(), &ranks).map_err(|error| match error {
            CopulaError::Contradiction { input } | CopulaError::NoSuchInput { input, .. } => {
                coupled[input.min(coupled.len() - 1)]
            }
            CopulaError::OutOfRange { second, .. } | CopulaError::NotAPair { second, .. } => {
                coupled[second]
            }
        })?;
        Ok(Self {
            pairs,
            coupled,
            copula,
        })
    }

    /// The pairs, in the order of their names.
    #[must_use]
    pub fn pairs(&self) -> &[Correlation] {
        &self.pairs
    }

    /// The inputs in a correlation, in the order of their paths.
    #[must_use]
    pub fn coupled(&self) -> &[InputId] {
        &self.coupled
    }

    /// Of the normal scores of the inputs in [`Self::coupled`], how strongly each pulls on
    /// their common density: the inverse of their correlation matrix, times the scores.
    pub fn pulls(&self, scores: &mut [f64]) {
        self.copula.pulls(scores);
    }

    /// Makes independent uniform numbers, one for each input of the scenario, correlated.
    /// An input moves only if it is tied, directly or through others, to one whose path
    /// comes before its own.
    pub(in crate::scenario) fn couple(&self, uniforms: &mut [f64]) {
        let mut tied: Vec<f64> = self.coupled.iter().map(|input| uniforms[input.0]).collect();
        self.copula.couple(&mut tied);
        for (input, uniform) in self.coupled.iter().zip(tied) {
            uniforms[input.0] = uniform;
        }
    }
}
