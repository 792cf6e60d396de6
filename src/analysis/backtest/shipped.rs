//! The last backtest of this version of the model, as it is shipped.
//!
//! `scenarios/checked/backtest.json` is what `comity backtest record-2011 --json` prints, less
//! the folder; a test makes it again.

use super::record::Backtested;

const FILE: &str = include_str!("../../../scenarios/checked/backtest.json");

/// The shipped backtest; `None` where the file is of another version of the model, so that no
/// page leans on a backtest of another program.
#[must_use]
pub fn shipped() -> Option<Backtested> {
    let backtest: Backtested = serde_json::from_str(FILE).ok()?;
    (backtest.job.model_version == crate::world::MODEL_VERSION).then_some(backtest)
}
