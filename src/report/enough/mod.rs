//! Enough futures: what precision is asked for, when it is reached, and what is said of it.
//!
//! | story | file |
//! |---|---|
//! | what is asked: `METRIC[.STAT]=WIDTH` | [`ask`] |
//! | the rule by which an ensemble stops | [`rule`] |
//! | what was asked and reached, on the page | [`reached`] |

pub mod ask;
pub mod reached;
pub mod rule;
