//! What a problem with a known answer is.

use super::draws::Draws;
use crate::measure::stated::Stated;

/// A problem whose answer is known, for one kind of interval.
#[derive(Clone, Copy, Debug)]
pub struct Problem {
    /// The kind.
    pub kind: Stated,
    /// The law and what is asked of it, in words; of one kind no two are alike.
    pub name: &'static str,
    /// Futures in a repeat.
    pub runs: u32,
    /// What is known of the method here.
    pub known: Known,
    /// One repeat: whether the interval that the program would state holds the truth;
    /// `None` where it would state none.
    pub repeat: fn(&mut Draws, u32) -> Option<bool>,
}

/// What is known of how a method covers a problem.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Known {
    /// As it says.
    Holds,
    /// More often than it says, and why.
    More(&'static str),
    /// Less often than it says, with at least this chance, and why.
    Less(f64, &'static str),
}
