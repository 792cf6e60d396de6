//! What is made of futures once they are simulated: held against the record, fitted to it,
//! compared, decided on, swept.
//!
//! | story | file |
//! |---|---|
//! | what a survey or a study would have seen of one future | [`observing`] |
//! | the past, forecast and scored | [`backtest`] |
//! | which inputs agree with what was seen | [`calibration`] |
//! | options in the same futures, and which to choose | [`decide`] |
//! | the same model at many points of its inputs | [`sweep`] |
//! | other inputs without other futures: the stored ones, weighed | [`reweight`] |
//! | money at risk: what the law takes in a bad year | [`risk`] |
//! | what goes with an input's low and high values, from the runs at hand | [`swing`] |
//! | do the intervals that the program states cover? | [`selfcheck`] |

pub mod backtest;
pub mod calibration;
pub mod decide;
pub mod observing;
pub mod reweight;
pub mod risk;
pub mod selfcheck;
pub mod sweep;
pub mod swing;
