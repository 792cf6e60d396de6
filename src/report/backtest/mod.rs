//! A backtest for a reader: blocks of tables and sentences, on a terminal or in Markdown.
//!
//! | what | file |
//! |---|---|
//! | the blocks, with figures and words | [`blocks`], `forecasts`, `pooled` |
//! | on a terminal | [`terminal`] |
//! | in Markdown, for documents | [`markdown`] |

pub mod blocks;
mod forecasts;
pub mod markdown;
mod pooled;
pub mod terminal;
