//! The five kinds of customers.

use serde::{Deserialize, Serialize};

/// A market segment within a jurisdiction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Private persons (mail, storage, applications).
    Consumer,
    /// Firms under 250 staff.
    SmallBusiness,
    /// Larger firms outside regulated trades.
    Enterprise,
    /// Banks, insurers, health, utilities: firms answerable to a supervisor.
    Regulated,
    /// Government bodies and what they own.
    PublicSector,
}

impl Segment {
    /// Every segment, in the order of their index.
    pub const ALL: [Self; 5] = [
        Self::Consumer,
        Self::SmallBusiness,
        Self::Enterprise,
        Self::Regulated,
        Self::PublicSector,
    ];

    /// The position in [`Segment::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name used in scenarios and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consumer => "consumer",
            Self::SmallBusiness => "small_business",
            Self::Enterprise => "enterprise",
            Self::Regulated => "regulated",
            Self::PublicSector => "public_sector",
        }
    }

    /// The segment of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|segment| segment.name() == name)
    }
}
