//! What a reader sees: the front page, from the runs to the terminal.
//!
//! | step | file |
//! |---|---|
//! | what the page is made of | [`input`] |
//! | runs to figures with their errors | [`build`], [`estimate`] |
//! | the page as data, as in `summary.json` | [`page`] |
//! | figures to words and digits | [`words`], [`unit`] |
//! | words to lines of a terminal | [`terminal`], [`table`], [`layout`] |

pub mod build;
pub mod estimate;
pub mod input;
pub mod layout;
pub mod page;
pub mod table;
pub mod terminal;
pub mod unit;
pub mod words;
