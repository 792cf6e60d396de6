//! The levels of a court system, from the first judge to the legislature.

use serde::{Deserialize, Serialize};

/// Who spoke: the weight of a ruling in law and in the news turns on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A magistrate or examining judge; binds nobody.
    Magistrate,
    /// A court of first instance; binds nobody else (Camreta v. Greene 2011).
    District,
    /// An appellate court; binds its own circuit.
    Circuit,
    /// The highest court; binds all.
    Supreme,
    /// A statute or treaty in force; binds all.
    Statute,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 5] = [
        Self::Magistrate,
        Self::District,
        Self::Circuit,
        Self::Supreme,
        Self::Statute,
    ];

    /// The position in [`Level::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name used in scenarios and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Magistrate => "magistrate",
            Self::District => "district",
            Self::Circuit => "circuit",
            Self::Supreme => "supreme",
            Self::Statute => "statute",
        }
    }

    /// The level of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}
