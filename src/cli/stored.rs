//! What a command stored in its result as JSON, read back, and printed as JSON again.

use comity::result::{ExitClass, Opened};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::Failure;

/// The page of a result, from its file `name`.
pub fn page<T: DeserializeOwned>(result: &Opened, name: &str) -> Result<T, Failure> {
    serde_json::from_slice(&result.files().bytes(name)?).map_err(|error| {
        Failure::of(
            ExitClass::Refused,
            format!(
                "{} was written by comity {} and cannot be shown by this program ({error}); its \
                 tables can be read as before",
                result.path.join(name).display(),
                result.manifest.program_version
            ),
        )
    })
}

/// A page as JSON, with the folder of the result that it is of.
pub fn json<T: Serialize>(page: &T, path: &str) -> Result<String, Failure> {
    let failed = |error: serde_json::Error| Failure::of(ExitClass::Failed, error.to_string());
    let mut value = serde_json::to_value(page).map_err(failed)?;
    if let Some(parts) = value.as_object_mut() {
        parts.insert("result".to_owned(), path.into());
    }
    Ok(format!("{value:#}\n"))
}
