//! What a reader sees: the front page, from the runs to the terminal.
//!
//! | step | file |
//! |---|---|
//! | what the page is made of | [`input`], [`metrics`] |
//! | runs to figures with their errors | [`build`], [`estimate`] |
//! | the page as data, as in `summary.json` | [`page`], [`ending`] |
//! | figures to digits and words | [`figures`], [`mod@unit`], [`words`] |
//! | words to lines of a terminal | [`terminal`], [`table`], [`layout`] |

pub mod build;
pub mod ending;
pub mod estimate;
pub mod figures;
#[cfg(test)]
mod fixture;
pub mod input;
pub mod layout;
pub mod metrics;
pub mod page;
pub mod table;
pub mod terminal;
pub mod unit;
pub mod words;
