//! Numbers do not change unawares: the numbers of two small jobs, for this version of the model.
//!
//! When a change is meant to move numbers, raise `world::MODEL_VERSION` and write the new
//! sums here, with the reason in the changelog.

use comity::world::MODEL_VERSION;
use sha2::{Digest, Sha256};

use crate::sandbox::Sandbox;

/// The model version, and the SHA-256 of `runs.csv` of two small jobs.
const GOLDEN: (u32, &str, &str) = (
    3,
    "fb02958fd684ed4d765bb8f7b6e63fd6e9ceebff6ec0caea7c74e25c1a5c586f",
    "5d7342683ea9748fb3fe857cd80a8faf9e2241ad35f1cfc95573452143e30680",
);

fn sum_of_runs(job: &[&str]) -> String {
    let sandbox = Sandbox::new();
    let ran = sandbox.comity(&[&["run"], job, &["--csv", "-q", "-o", "result"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let bytes = std::fs::read(sandbox.path("result").join("runs.csv")).unwrap();
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn equal_versions_of_the_model_give_equal_numbers() {
    let preska = sum_of_runs(&["preska-2014", "-n", "4", "--customers", "400"]);
    let market = sum_of_runs(&["bench-market", "-n", "2", "--customers", "1000"]);
    assert_eq!((MODEL_VERSION, preska.as_str(), market.as_str()), GOLDEN);
}
