//! The words in which the tests of this room compare numbers.

/// Fails unless `found` is within `relative` error of `expected`.
#[track_caller]
pub(super) fn close(found: f64, expected: f64, relative: f64) {
    assert!(
        (found - expected).abs() <= relative * expected.abs(),
        "{found:e} found, {expected:e} expected"
    );
}
