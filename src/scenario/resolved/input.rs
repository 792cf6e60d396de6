//! Numbers that may be uncertain, and their values in one run.

use serde::{Deserialize, Serialize};

/// The position of an uncertain input in [`super::Scenario::inputs`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct InputId(pub usize);

/// A number of the scenario: known, or drawn once a run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Quantity {
    /// Written as a plain number.
    Known(f64),
    /// Written as a distribution.
    Uncertain(InputId),
}

impl Quantity {
    /// Its value in the run whose inputs are `draw`.
    #[must_use]
    pub fn value(self, draw: &InputDraw) -> f64 {
        match self {
            Self::Known(value) => value,
            Self::Uncertain(InputId(index)) => draw.0[index],
        }
    }
}

/// The values of all uncertain inputs in one run, in the order of
/// [`super::Scenario::inputs`].
#[derive(Clone, PartialEq, Debug)]
pub struct InputDraw(pub Vec<f64>);

/// A number written as a distribution.
#[derive(Clone, PartialEq, Debug)]
pub struct Input {
    /// Its path in the scenario, such as `belief.DE.location_protects`; also the entity
    /// that keys its draw, so that inputs of the same path are equal across scenarios.
    pub path: String,
    /// The distribution.
    pub distribution: Distribution,
}

/// A distribution of one number. Parameters are sound: checked at load.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "dist", rename_all = "snake_case")]
pub enum Distribution {
    /// `{ dist = "normal", mean = 1, sd = 0.2 }`
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, positive.
        sd: f64,
    },
    /// `{ dist = "lognormal", median = 300, p90 = 600 }`, or with `sigma` (of the logarithm).
    Lognormal {
        /// Median, positive.
        median: f64,
        /// Standard deviation of the logarithm, positive.
        sigma: f64,
    },
    /// `{ dist = "beta", mean = 0.5, strength = 8 }`
    Beta {
        /// Mean, inside (0, 1).
        mean: f64,
        /// `alpha + beta`, positive.
        strength: f64,
    },
    /// `{ dist = "triangular", low = 1, mode = 2, high = 4 }`
    Triangular {
        /// Lower end.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Upper end.
        high: f64,
    },
    /// `{ dist = "pert", low = 1, mode = 2, high = 4 }`
    Pert {
        /// Lower end.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Upper end.
        high: f64,
    },
    /// `{ dist = "gamma", mean = 10, sd = 4 }`. By mean and standard deviation, which are in
    /// the number's own unit and are what sources report; shape and scale are neither.
    Gamma {
        /// Mean, positive.
        mean: f64,
        /// Standard deviation, positive.
        sd: f64,
    },
    /// `{ dist = "weibull", shape = 1.5, scale = 30 }`
    Weibull {
        /// Positive; below 1 the hazard falls with age, above 1 it rises.
        shape: f64,
        /// The value below which 63 % of draws lie, positive.
        scale: f64,
    },
    /// `{ dist = "uniform", low = 0, high = 1 }`
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// `{ dist = "discrete", values = [1, 2], chances = [0.3, 0.7] }`
    Discrete {
        /// The values, ascending.
        values: Vec<f64>,
        /// Their chances, which sum to one.
        chances: Vec<f64>,
    },
    /// `{ dist = "empirical", values = [3, 5, 4] }`: one of the observations, each as likely.
    Empirical {
        /// The observations, ascending, at least one.
        values: Vec<f64>,
    },
}
