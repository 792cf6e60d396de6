//! A forecast that is a set of futures, each with a weight.
//!
//! The CRPS of an ensemble comes in two forms, which at four members differ by a factor of
//! 2.6, so a column of scores names its form:
//!
//! | form | what it scores |
//! |---|---|
//! | `nrg` | the ensemble as it is, a law with steps: Σ wᵢ\|xᵢ − y\| − ½ ΣΣ wᵢwⱼ\|xᵢ − xⱼ\| (Gneiting & Raftery 2007, eq. 21) |
//! | `fair` | the law that the members were drawn from: the second term is divided by 1 − Σ wᵢ² (Ferro 2014 for equal weights) |
//!
//! With weights that are fixed beforehand the fair form is unbiased too, since i ≠ j has the
//! weight 1 − Σ wᵢ² in all. With weights made from the members (importance sampling) both
//! forms are consistent, neither unbiased.

use super::shares;
use crate::measure::MeasureError;

/// Members in rising order, with weights that add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble {
    members: Vec<(f64, f64)>,
}

impl Ensemble {
    /// Members that count alike.
    ///
    /// # Errors
    /// As [`Ensemble::weighted`].
    pub fn new(values: &[f64]) -> Result<Self, MeasureError> {
        Self::weighted(values, &vec![1.0; values.len()])
    }

    /// Members with weights, which need not add up to 1.
    ///
    /// # Errors
    /// [`MeasureError::WrongLength`] for lists of unequal length;
    /// [`MeasureError::BadForecast`] for no members, a value that is not finite, or weights
    /// that are negative or all 0.
    pub fn weighted(values: &[f64], weights: &[f64]) -> Result<Self, MeasureError> {
        let (expected, found) = (values.len(), weights.len());
        if expected != found {
            return Err(MeasureError::WrongLength { expected, found });
        }
        if values.iter().any(|value| !value.is_finite()) {
            return Err(MeasureError::BadForecast {
                why: "members are finite",
            });
        }
        let weights = shares(weights)?;
        let mut members: Vec<(f64, f64)> = values.iter().copied().zip(weights).collect();
        // Equal values by weight, so that the order given does not change a bit.
        members.sort_by(|(a, v), (b, w)| a.total_cmp(b).then(v.total_cmp(w)));
        Ok(Self { members })
    }

    /// The CRPS in the form `nrg` at the outcome `y`: never below 0 but for rounding.
    pub fn crps_nrg(&self, y: f64) -> f64 {
        self.mean_distance(y) - 0.5 * self.mean_spread()
    }

    /// The CRPS in the form `fair` at the outcome `y`, which may be below 0; `None` where all
    /// weight is on one member.
    pub fn crps_fair(&self, y: f64) -> Option<f64> {
        let squares: f64 = self.members.iter().map(|(_, weight)| weight * weight).sum();
        let apart = 1.0 - squares;
        (apart > 1e-12).then(|| self.mean_distance(y) - 0.5 * self.mean_spread() / apart)
    }

    /// The weight below `y` and that at `y`: what [`randomised_pit`] takes.
    pub fn below_and_at(&self, y: f64) -> (f64, f64) {
        let weight = |keep: fn(f64, f64) -> bool| -> f64 {
            let kept = self.members.iter().filter(|(value, _)| keep(*value, y));
            kept.map(|(_, weight)| weight).sum()
        };
        (weight(|value, y| value < y), weight(|value, y| value == y))
    }

    /// 1/Σ wᵢ²: how many members of equal weight say as much (Kish 1965).
    pub fn effective_number(&self) -> f64 {
        let squares: f64 = self.members.iter().map(|(_, weight)| weight * weight).sum();
        1.0 / squares
    }

    /// Σ wᵢ|xᵢ − y|.
    fn mean_distance(&self, y: f64) -> f64 {
        let members = self.members.iter();
        members
            .map(|(value, weight)| weight * (value - y).abs())
            .sum()
    }

    /// ΣΣ wᵢwⱼ|xᵢ − xⱼ|, from the gaps of neighbours: each is crossed by the pairs of a
    /// member below with one above.
    fn mean_spread(&self) -> f64 {
        let (mut below, mut spread) = (0.0, 0.0);
        for pair in self.members.windows(2) {
            below += pair[0].1;
            spread += 2.0 * below * (1.0 - below) * (pair[1].0 - pair[0].0);
        }
        spread
    }
}

/// The PIT of a forecast that gives single values a chance: from `below`, the chance of less
/// than the outcome, a share `u` of `at`, the chance of exactly it. Uniform, for a true
/// forecast, if `u` is (Brockwell 2007; Czado, Gneiting & Held 2009).
pub fn randomised_pit(below: f64, at: f64, u: f64) -> f64 {
    below + u * at
}

/// The energy score of an ensemble of points with equal weights at the point `y`, in the form
/// `nrg` (Gneiting & Raftery 2007, eq. 22): the CRPS in more dimensions than one.
///
/// # Errors
/// [`MeasureError::BadForecast`] for no members; [`MeasureError::WrongLength`] for one of
/// another dimension than `y`.
pub fn energy_score(members: &[Vec<f64>], y: &[f64]) -> Result<f64, MeasureError> {
    if members.is_empty() {
        return Err(MeasureError::BadForecast {
            why: "an ensemble has at least one member",
        });
    }
    if let Some(other) = members.iter().find(|member| member.len() != y.len()) {
        return Err(MeasureError::WrongLength {
            expected: y.len(),
            found: other.len(),
        });
    }
    let n = members.len() as f64;
    let to_outcome: f64 = members.iter().map(|member| distance(member, y)).sum();
    let mut among = 0.0;
    for (index, member) in members.iter().enumerate() {
        let earlier = members[..index].iter();
        among += earlier.map(|other| distance(member, other)).sum::<f64>();
    }
    Ok(to_outcome / n - among / (n * n))
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>().sqrt()
}
