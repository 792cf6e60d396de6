//! The last full check of this version of the model, as it is shipped.
//!
//! `scenarios/checked/selfcheck.json` is what `comity selfcheck --json` prints; a test makes it
//! again, byte by byte.

use super::SelfCheck;

const FILE: &str = include_str!("../../../scenarios/checked/selfcheck.json");

/// The shipped check; `None` where the file is of another version of the model, so that no page
/// leans on a check of another program.
#[must_use]
pub fn shipped() -> Option<SelfCheck> {
    let check: SelfCheck = serde_json::from_str(FILE).ok()?;
    (check.model_version == crate::world::MODEL_VERSION).then_some(check)
}
