//! What is made of futures once they are simulated: held against the record, fitted to it,
//! compared, decided on.
//!
//! | story | file |
//! |---|---|
//! | what a survey or a study would have seen of one future | [`observing`] |
//! | the past, forecast and scored | [`backtest`] |

pub mod backtest;
pub mod observing;
