//! What a reader sees: the front page, from the runs to the terminal, and one future told.
//!
//! | step | file |
//! |---|---|
//! | what the page is made of | [`input`], [`metrics`] |
//! | runs to figures with their errors | [`build`], [`estimate`] |
//! | a finished ensemble to all of that | [`finished`], [`milestones`] |
//! | the page as data, as in `summary.json` | [`front`], [`page`], [`ending`], [`actors`], [`benchmark`] |
//! | how the last backtest and check of intervals went | [`checks`] |
//! | figures to digits and words | [`figures`], [`mod@unit`], [`words`] |
//! | where each number of a scenario comes from | [`sources`] |
//! | words to lines of a terminal, or Markdown | [`terminal`], [`block`], [`table`], [`layout`] |
//! | one future, told with dates | [`story`] |
//! | options compared, and what follows | [`comparison`] |
//! | money at risk | [`risk`] |
//! | the past, forecast and scored; inputs calibrated to it | [`backtest`], [`fit`] |

pub mod actors;
pub mod backtest;
pub mod benchmark;
pub mod block;
pub mod build;
pub mod checks;
pub mod comparison;
pub mod ending;
pub mod estimate;
pub mod figures;
pub mod finished;
pub mod fit;
#[cfg(test)]
mod fixture;
pub mod front;
pub mod input;
pub mod layout;
pub mod metrics;
pub mod milestones;
pub mod page;
pub mod risk;
pub mod sources;
pub mod story;
pub mod table;
pub mod terminal;
pub mod unit;
pub mod words;
