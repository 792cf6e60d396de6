//! Designs: at which points of a space of inputs a model is tried.
//!
//! A design is typed by its [`Kind`], which stands in whatever is made of it, since an estimator
//! is right for some kinds only (the points of a Latin hypercube in a formula for Sobol's gave
//! silent nonsense elsewhere).
//!
//! | kind | its points | grows? | file |
//! |---|---|---|---|
//! | grid | every level of each with every level of all others | no | [`grid`] |
//! | lhs | one in each of N equal strata of every input (McKay, Beckman & Conover 1979) | no: N is fixed | [`latin`] |
//! | sobol | the Sobol sequence, Owen-scrambled: the first N of 2 N are those of N | yes | [`sobol`] |
//! | table | those of somebody's own | no | |
//!
//! Points lie in the open unit cube; who uses them maps them to values. Each input has a name,
//! and what is random of it is keyed by that name.

pub mod grid;
pub mod latin;
pub mod sobol;

use serde::{Deserialize, Serialize};

/// Points that a design may have: as many as the Sobol sequence of [`sobol`] holds.
pub const MOST_POINTS: usize = 1 << 16;
/// Inputs that a design may vary: as many as the Sobol sequence of [`sobol`] has dimensions.
pub const MOST_INPUTS: usize = sobol_burley::NUM_DIMENSIONS as usize;

/// What kind of design some points are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// Every level with every other.
    #[serde(rename = "grid")]
    Grid,
    /// A Latin hypercube.
    #[serde(rename = "lhs")]
    Latin,
    /// The scrambled Sobol sequence.
    #[serde(rename = "sobol")]
    Sobol,
    /// Points of somebody's own.
    #[serde(rename = "table")]
    Table,
}

impl Kind {
    /// The word in tables and manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Latin => "lhs",
            Self::Sobol => "sobol",
            Self::Table => "table",
        }
    }

    /// Whether the first points of a larger design of this kind are those of a smaller.
    #[must_use]
    pub const fn grows(self) -> bool {
        matches!(self, Self::Sobol)
    }
}
