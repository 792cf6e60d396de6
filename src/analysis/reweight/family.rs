//! A distribution whose centre is moved: what stays, how it is written, and the log of the ratio
//! of densities.

use serde::Serialize;

use crate::chance::math::{ln, pow};
use crate::scenario::resolved::Distribution;

/// The least share of a range that is told apart from its end: densities there are 0 or without
/// bound.
const LEAST: f64 = 1e-300;

/// A distribution that can be moved, with its parameters as they are.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(tag = "family", rename_all = "snake_case")]
pub enum Family {
    /// The mean moves, the standard deviation stays.
    Normal {
        /// Mean.
        centre: f64,
        /// Standard deviation.
        spread: f64,
    },
    /// The median moves, sigma stays.
    Lognormal {
        /// Median.
        centre: f64,
        /// Standard deviation of the logarithm.
        spread: f64,
    },
    /// The mean moves, the strength stays.
    Beta {
        /// Mean.
        centre: f64,
        /// Sum of the two shapes.
        strength: f64,
    },
    /// The mean moves, the shape (mean over standard deviation) stays.
    Gamma {
        /// Mean.
        centre: f64,
        /// Shape.
        shape: f64,
    },
    /// The scale moves, the shape stays.
    Weibull {
        /// Scale.
        centre: f64,
        /// Shape.
        shape: f64,
    },
    /// The mode moves, the ends stay.
    Triangular {
        /// Mode.
        centre: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// The mode moves, the ends stay.
    Pert {
        /// Mode.
        centre: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Moved, it becomes triangular on the same ends with its mode there.
    Uniform {
        /// Middle.
        centre: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

impl Family {
    /// The family of a distribution, if its centre can be moved.
    #[must_use]
    pub fn of(distribution: &Distribution) -> Option<Self> {
        Some(match *distribution {
            Distribution::Normal { mean, sd } => Self::Normal {
                centre: mean,
                spread: sd,
            },
            Distribution::Lognormal { median, sigma } => Self::Lognormal {
                centre: median,
                spread: sigma,
            },
            Distribution::Beta { mean, strength } => Self::Beta {
                centre: mean,
                strength,
            },
            Distribution::Gamma { mean, sd } => Self::Gamma {
                centre: mean,
                shape: (mean / sd) * (mean / sd),
            },
            Distribution::Weibull { shape, scale } => Self::Weibull {
                centre: scale,
                shape,
            },
            Distribution::Triangular { low, mode, high } => Self::Triangular {
                centre: mode,
                low,
                high,
            },
            Distribution::Pert { low, mode, high } => Self::Pert {
                centre: mode,
                low,
                high,
            },
            Distribution::Uniform { low, high } => Self::Uniform {
                centre: f64::midpoint(low, high),
                low,
                high,
            },
            Distribution::Discrete { .. } | Distribution::Empirical { .. } => return None,
        })
    }

    /// Where its centre is.
    #[must_use]
    pub const fn centre(&self) -> f64 {
        match *self {
            Self::Normal { centre, .. }
            | Self::Lognormal { centre, .. }
            | Self::Beta { centre, .. }
            | Self::Gamma { centre, .. }
            | Self::Weibull { centre, .. }
            | Self::Triangular { centre, .. }
            | Self::Pert { centre, .. }
            | Self::Uniform { centre, .. } => centre,
        }
    }

    /// What is moved, and what stays, in words.
    #[must_use]
    pub const fn says(&self) -> &'static str {
        match self {
            Self::Normal { .. } => "mean of a normal distribution, its spread kept",
            Self::Lognormal { .. } => "median of a lognormal distribution, its sigma kept",
            Self::Beta { .. } => "mean of a beta distribution, its strength kept",
            Self::Gamma { .. } => "mean of a gamma distribution, its shape kept",
            Self::Weibull { .. } => "scale of a Weibull distribution, its shape kept",
            Self::Triangular { .. } => "mode of a triangular distribution, its ends kept",
            Self::Pert { .. } => "mode of a PERT distribution, its ends kept",
            Self::Uniform { .. } => {
                "middle of a uniform distribution; moved, it is triangular with its mode there, \
                 its ends kept"
            }
        }
    }

    /// Whether it is a normal distribution, of the number or of its logarithm.
    #[must_use]
    pub const fn is_normal(&self) -> bool {
        matches!(self, Self::Normal { .. } | Self::Lognormal { .. })
    }

    /// Whether a centre could be there.
    #[must_use]
    pub fn allows(&self, to: f64) -> bool {
        match *self {
            Self::Normal { .. } => to.is_finite(),
            Self::Lognormal { .. } | Self::Gamma { .. } | Self::Weibull { .. } => {
                to.is_finite() && to > 0.0
            }
            Self::Beta { .. } => to > 0.0 && to < 1.0,
            Self::Triangular { low, high, .. }
            | Self::Pert { low, high, .. }
            | Self::Uniform { low, high, .. } => (low..=high).contains(&to),
        }
    }

    /// The moved distribution as a scenario has it.
    #[must_use]
    pub fn written(&self, to: f64) -> String {
        match *self {
            Self::Normal { spread, .. } => {
                format!("{{ dist = \"normal\", mean = {to}, sd = {spread} }}")
            }
            Self::Lognormal { spread, .. } => {
                format!("{{ dist = \"lognormal\", median = {to}, sigma = {spread} }}")
            }
            Self::Beta { strength, .. } => {
                format!("{{ dist = \"beta\", mean = {to}, strength = {strength} }}")
            }
            Self::Gamma { shape, .. } => {
                let sd = to / shape.sqrt();
                format!("{{ dist = \"gamma\", mean = {to}, sd = {sd} }}")
            }
            Self::Weibull { shape, .. } => {
                format!("{{ dist = \"weibull\", shape = {shape}, scale = {to} }}")
            }
            Self::Triangular { low, high, .. } | Self::Uniform { low, high, .. } => {
                format!("{{ dist = \"triangular\", low = {low}, mode = {to}, high = {high} }}")
            }
            Self::Pert { low, high, .. } => {
                format!("{{ dist = \"pert\", low = {low}, mode = {to}, high = {high} }}")
            }
        }
    }

    /// By how many of its standard deviations a normal score moves; nothing of other families.
    #[must_use]
    pub fn shift(&self, to: f64) -> Option<f64> {
        match *self {
            Self::Normal { centre, spread } => Some((to - centre) / spread),
            Self::Lognormal { centre, spread } => Some((ln(to) - ln(centre)) / spread),
            _ => None,
        }
    }

    /// ln q(x)/p(x) but for a constant, where the centre is moved. Of a normal family `held` is
    /// the pull of its score, of the others the input itself.
    #[must_use]
    pub fn log_ratio(&self, held: f64, to: f64) -> f64 {
        match *self {
            Self::Normal { .. } | Self::Lognormal { .. } => {
                self.shift(to).map_or(0.0, |by| by * held)
            }
            Self::Beta { centre, strength } => tilted((to - centre) * strength, held),
            Self::Pert { centre, low, high } => {
                let width = high - low;
                tilted(4.0 * (to - centre) / width, (held - low) / width)
            }
            Self::Gamma { centre, shape } => -held * shape * (1.0 / to - 1.0 / centre),
            Self::Weibull { centre, shape } => pow(held / centre, shape) - pow(held / to, shape),
            Self::Triangular { centre, low, high } => {
                ln(tent(held, low, to, high)) - ln(tent(held, low, centre, high))
            }
            Self::Uniform { low, high, .. } => ln(tent(held, low, to, high)),
        }
    }
}

/// The two shapes of a beta distribution moved against each other.
fn tilted(by: f64, share: f64) -> f64 {
    by * (ln(share.max(LEAST)) - ln((1.0 - share).max(LEAST)))
}

/// A triangular density over its highest value.
fn tent(x: f64, low: f64, mode: f64, high: f64) -> f64 {
    let height = if x < mode {
        (x - low) / (mode - low)
    } else if high > mode {
        (high - x) / (high - mode)
    } else {
        1.0
    };
    height.max(LEAST)
}
