//! From a name, a file or a text to a scenario.

use std::path::{Path, PathBuf};

use super::error::ScenarioError;
use super::library;
use super::library::ShippedKind;
use super::nearest::nearest;
use super::overlay::Overlay;
use super::parse;
use super::resolved::Scenario;
use super::source_text::SourceText;
use super::texts::Texts;
use super::tree::Outline;

/// What a user means by the name of a scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScenarioTarget {
    /// A name, of a shipped scenario if there is one.
    Shipped(String),
    /// A file.
    File(PathBuf),
}

impl ScenarioTarget {
    /// A shipped name is that scenario; anything that looks like a path, or is one, is a
    /// file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let looks_like_path = text.contains(['/', '\\']) || text.ends_with(".toml");
        let is_shipped = library::find(text).is_some();
        if looks_like_path || (!is_shipped && Path::new(text).exists()) {
            Self::File(PathBuf::from(text))
        } else {
            Self::Shipped(text.to_owned())
        }
    }
}

/// Loads a scenario and lays `overlay` over it: an option and settings, or settings alone,
/// each `PATH=VALUE`.
///
/// # Errors
/// When there is no such scenario, or anything is wrong with it; nothing is left half done.
pub fn load(
    target: &ScenarioTarget,
    overlay: impl Into<Overlay>,
) -> Result<Scenario, ScenarioError> {
    Texts::of(target)?.scenario(&overlay.into())
}

/// The files from which a scenario is read: its own, and those that it extends, as far as they can
/// be read. Of a shipped scenario there are none.
#[must_use]
pub fn files_of(target: &ScenarioTarget) -> Vec<PathBuf> {
    Texts::of(target).map_or_else(|_| Vec::new(), |texts| texts.gathered.files())
}

/// Loads the baseline of `scenario`, with the same settings. It is asked for the metrics of
/// the scenario, and the named customers of the scenario live in it too, unless it has its
/// own of that name: neither moves anything, so that a baseline need not know of them. One
/// that cannot be asked the same is left as it is, for whoever pairs them to say what differs.
///
/// # Errors
/// As [`load`].
pub fn load_baseline(
    target: &ScenarioTarget,
    settings: &[String],
    scenario: &Scenario,
) -> Result<Scenario, ScenarioError> {
    let overlay = Overlay::from(settings);
    let asked_alike = Texts::of(target)?.asked_as(scenario).scenario(&overlay);
    asked_alike.or_else(|_| load(target, overlay))
}

/// Loads a shipped library as part of a scenario, so that it can be checked: with the rest
/// of the world from the library `cloud-2014`. The numbers are those of the library alone.
///
/// # Errors
/// When there is no such library, or anything is wrong with it or with a setting.
pub fn load_library(name: &str, settings: &[String]) -> Result<Scenario, ScenarioError> {
    const WORLD: &str = "cloud-2014";
    let shipped = library::find(name).filter(|shipped| shipped.kind == ShippedKind::Library);
    let shipped = shipped.ok_or_else(|| ScenarioError::Unknown {
        name: name.to_owned(),
        nearest: nearest(name, library::SHIPPED.iter().map(|s| s.name)).map(str::to_owned),
    })?;
    let whole =
        format!("extends = [\"{WORLD}\", \"{name}\"]\nstart = 2014-07-31\nhorizon_months = 1\n");
    let mut scenario = load_text(name, &whole, settings)?;
    if name != WORLD {
        let invalid = |problem| ScenarioError::Invalid {
            problems: vec![problem],
            sources: SourceText::default(),
        };
        let tree = parse::document(shipped.text, 0).map_err(invalid)?;
        let own = Outline::of(&tree).numbers;
        scenario.number_paths = own.iter().map(ToString::to_string).collect();
    }
    Ok(scenario)
}

/// Loads a scenario from a text, as if it were a file called `name` in the current folder.
///
/// # Errors
/// When anything is wrong with it.
pub fn load_text(
    name: &str,
    text: &str,
    overlay: impl Into<Overlay>,
) -> Result<Scenario, ScenarioError> {
    Texts::of_text(name, text).scenario(&overlay.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_shipped_name_or_a_file() {
        let shipped = |name: &str| ScenarioTarget::Shipped(name.to_owned());
        let file = |path: &str| ScenarioTarget::File(PathBuf::from(path));
        assert_eq!(ScenarioTarget::parse("preska-2014"), shipped("preska-2014"));
        assert_eq!(ScenarioTarget::parse("none-such"), shipped("none-such"));
        assert_eq!(ScenarioTarget::parse("my.toml"), file("my.toml"));
        assert_eq!(
            ScenarioTarget::parse("./preska-2014"),
            file("./preska-2014")
        );
        assert_eq!(ScenarioTarget::parse("src"), file("src"));
    }

    #[test]
    fn every_library_is_sound_and_every_number_of_it_has_a_source() {
        for library in library::SHIPPED {
            if library.kind == ShippedKind::Library {
                let scenario = load_library(library.name, &[]).unwrap();
                let coverage = crate::scenario::coverage(&scenario);
                assert_eq!(coverage.uncovered, [""; 0], "{}", library.name);
                // One may differ from what it extends by a single number.
                assert!(coverage.covered > 0, "{}", library.name);
            }
        }
        for none in ["preska-2014", "us-scaa"] {
            let error = load_library(none, &[]).unwrap_err();
            assert!(matches!(error, ScenarioError::Unknown { .. }), "{none}");
        }
    }

    #[test]
    fn a_file_extends_what_lies_beside_it_and_what_is_shipped() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir(path("below")).unwrap();
        let base = "extends = \"preska-2014\"\n[survey]\nnoise = 0.2\n";
        std::fs::write(path("base.toml"), base).unwrap();
        let child = "extends = \"../base.toml\"\ntitle = \"Child\"\n";
        std::fs::write(path("below/child.toml"), child).unwrap();
        let target = ScenarioTarget::File(path("below/child.toml"));
        let scenario = load(&target, &["runs=7".to_owned()]).unwrap();
        assert_eq!((scenario.name.as_str(), scenario.runs), ("child", 7));
        assert_eq!(scenario.title, "Child");
        assert!(scenario.frozen.contains("noise = 0.2"));
        let shipped = load(&ScenarioTarget::parse("preska-2014"), &[]).unwrap();
        assert_eq!(scenario.inputs, shipped.inputs);
        assert_ne!(scenario.digest, shipped.digest);
    }
}
