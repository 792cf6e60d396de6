//! A backtest for a reader: blocks of tables and sentences, on a terminal or in Markdown.
//!
//! | what | file |
//! |---|---|
//! | the blocks, with figures and words | [`blocks`] |
//! | on a terminal | [`terminal`] |
//! | in Markdown, for documents | [`markdown`] |

pub mod blocks;
pub mod markdown;
pub mod terminal;
#[cfg(test)]
mod tests;
