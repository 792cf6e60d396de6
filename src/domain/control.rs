//! Who controls stored data: the fact on which the reach of a foreign order turns.

use serde::{Deserialize, Serialize};

/// The control structure over the data of an offering.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// The provider itself operates the region.
    Direct,
    /// A local company operates it; the foreign parent controls that company.
    Subsidiary,
    /// An independent local trustee holds all access.
    Trustee,
    /// A locally owned operator runs it on the parent's technology.
    Partner,
    /// The provider holds only ciphertext; the customer holds the keys.
    CustomerKeys,
}

impl Control {
    /// Every control structure, in the order of their index.
    pub const ALL: [Self; 5] = [
        Self::Direct,
        Self::Subsidiary,
        Self::Trustee,
        Self::Partner,
        Self::CustomerKeys,
    ];

    /// The position in [`Control::ALL`] and in a [`PerControl`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name used in scenarios and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Subsidiary => "subsidiary",
            Self::Trustee => "trustee",
            Self::Partner => "partner",
            Self::CustomerKeys => "customer_keys",
        }
    }

    /// The control structure of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|control| control.name() == name)
    }
}

/// One value for each control structure, indexed by [`Control::index`].
pub type PerControl<T> = [T; 5];
