//! The part of a page that answers to its levers: stored futures, weighed anew.
//!
//! The page's script holds the same numbers as this module, bit for bit, and computes from them
//! by the same formulas (`analysis/reweight`): what `comity report --at` prints is what the page
//! shows.
//!
//! | story | file |
//! |---|---|
//! | the stored futures of a run or of a comparison, and their levers | [`dataset`] |
//! | what they come to with levers moved | [`answer`] |
//! | both as data for the script | [`script`] |

pub mod answer;
pub mod dataset;
pub mod script;
