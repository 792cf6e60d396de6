//! What a reader sees: the front page, from the runs to the terminal, and one future told.
//!
//! | step | file |
//! |---|---|
//! | what the page is made of | [`input`], [`metrics`] |
//! | runs to numbers with their errors | [`build`], [`measured`], [`estimate`] |
//! | how surely something was to be known, and the rule to stop by | [`enough`] |
//! | a finished ensemble to all of that | [`finished`], [`milestones`] |
//! | the page as data, as in `summary.json` | [`front`], [`page`], [`ending`], [`actors`], [`benchmark`] |
//! | what is forced and what is known | [`premises`] |
//! | how the last backtest and check of intervals went | [`checks`] |
//! | numbers to digits and words | [`digits`], [`mod@unit`], [`words`] |
//! | where each number of a scenario comes from | [`sources`] |
//! | words to lines of a terminal, or Markdown | [`terminal`], [`block`], [`table`], [`layout`] |
//! | commands that are shown to be typed | [`typed`] |
//! | one future, told with dates | [`story`] |
//! | are there futures and customers enough | [`convergence`] |
//! | options compared, and what follows | [`comparison`] |
//! | many points of the inputs | [`sweep`] |
//! | money at risk | [`risk`] |
//! | figures to print | [`figure`] |
//! | all of it in one HTML page | [`html`] |
//! | the past, forecast and scored; inputs calibrated to it | [`backtest`], [`fit`] |

pub mod actors;
pub mod backtest;
pub mod benchmark;
pub mod block;
pub mod build;
pub mod checks;
pub mod comparison;
pub mod convergence;
pub mod digits;
pub mod ending;
pub mod enough;
pub mod estimate;
pub mod figure;
pub mod finished;
pub mod fit;
#[cfg(test)]
mod fixture;
pub mod front;
pub mod html;
pub mod input;
pub mod layout;
pub mod measured;
pub mod metrics;
pub mod milestones;
pub mod page;
pub mod premises;
pub mod risk;
pub mod sources;
pub mod story;
pub mod sweep;
pub mod table;
pub mod terminal;
pub mod typed;
pub mod unit;
pub mod words;
