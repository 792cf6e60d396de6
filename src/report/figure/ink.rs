//! Colours that can be told apart by those who see fewer of them, and in grey.
//!
//! The eight of Okabe & Ito (2008), *Color Universal Design*. Colour is never alone: lines
//! differ by their dashes and areas by a label as well.

/// A colour of a series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// For what is the subject where there is one.
    Blue,
    /// For what it is held against.
    Vermilion,
    /// Further ones, in the order in which they are used.
    Green,
    /// As above.
    Orange,
    /// As above.
    Purple,
    /// As above.
    Sky,
    /// As above.
    Yellow,
    /// Text and rules.
    Black,
    /// What is in the background: not known, still open, others.
    Grey,
}

impl Ink {
    /// The inks of series, in the order in which they are used.
    pub const SERIES: [Self; 7] = [
        Self::Blue,
        Self::Vermilion,
        Self::Green,
        Self::Orange,
        Self::Purple,
        Self::Sky,
        Self::Yellow,
    ];

    /// Red, green and blue, 0 to 255.
    #[must_use]
    pub const fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Blue => (0, 114, 178),
            Self::Vermilion => (213, 94, 0),
            Self::Green => (0, 158, 115),
            Self::Orange => (230, 159, 0),
            Self::Purple => (204, 121, 167),
            Self::Sky => (86, 180, 233),
            Self::Yellow => (240, 228, 66),
            Self::Black => (0, 0, 0),
            Self::Grey => (187, 187, 187),
        }
    }
}
