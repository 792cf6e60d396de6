//! Inputs that are drawn together from what a fit found.

use super::{InputDraw, InputId};
use crate::domain::Date;

/// `[inputs.posterior]`: equally likely rows of values of some inputs. Sound: at least one
/// row, all as long as `inputs`, each value one that its input's distribution can draw.
#[derive(Clone, PartialEq, Debug)]
pub struct Posterior {
    /// `title`
    pub title: Option<String>,
    /// `from`: what it was fitted to.
    pub from: Option<PosteriorOrigin>,
    /// `inputs`, each once.
    pub inputs: Vec<InputId>,
    /// `draws`: rows of their values.
    pub draws: Vec<Vec<f64>>,
}

/// What a posterior was fitted to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PosteriorOrigin {
    /// `scenario`
    pub scenario: String,
    /// `digest` of its frozen text.
    pub digest: String,
    /// `model_version` under which it was fitted.
    pub model_version: u32,
    /// `seed` of the fit, as a text.
    pub seed: String,
    /// `observations` that it was fitted to.
    pub observations: u32,
    /// `fit_until`: the last day of what it was fitted to.
    pub fit_until: Date,
}

impl Posterior {
    /// Puts the row at `uniform`, inside (0, 1), in place of these inputs' values.
    pub(in crate::scenario) fn put(&self, uniform: f64, draw: &mut InputDraw) {
        let row = (uniform * self.draws.len() as f64) as usize;
        let row = &self.draws[row.min(self.draws.len() - 1)];
        for (input, value) in self.inputs.iter().zip(row) {
            draw.0[input.0] = *value;
        }
    }

    /// The value of an input below which a share `u` of the rows lies, for 0 < u < 1;
    /// nothing for an input that it does not list.
    #[must_use]
    pub fn quantile(&self, input: InputId, u: f64) -> Option<f64> {
        let column = self.inputs.iter().position(|listed| *listed == input)?;
        let mut values: Vec<f64> = self.draws.iter().map(|row| row[column]).collect();
        values.sort_unstable_by(f64::total_cmp);
        let rank = (u * values.len() as f64).ceil() as usize;
        Some(values[rank.clamp(1, values.len()) - 1])
    }
}
