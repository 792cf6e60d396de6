//! From a name, a file or a text to a scenario.

use std::path::{Path, PathBuf};

use super::error::{Problem, ScenarioError};
use super::gather::{self, Gathered};
use super::library::{self, ShippedKind};
use super::nearest::nearest;
use super::raw::Document;
use super::resolved::Scenario;
use super::source_text::SourceText;
use super::tree::{Outline, bad_name};
use super::{freeze, inherit, parse, resolve};

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

/// Loads a scenario and lays `settings`, each `PATH=VALUE`, over it.
///
/// # Errors
/// When there is no such scenario, or anything is wrong with it; nothing is left half done.
pub fn load(target: &ScenarioTarget, settings: &[String]) -> Result<Scenario, ScenarioError> {
    let mut gathered = Gathered::default();
    match target {
        ScenarioTarget::Shipped(name) => {
            let shipped = library::find(name).ok_or_else(|| ScenarioError::Unknown {
                name: name.clone(),
                nearest: nearest(name, library::scenario_names()).map(str::to_owned),
            })?;
            if shipped.kind == ShippedKind::Library {
                return Err(ScenarioError::Library { name: name.clone() });
            }
            let found = gathered.add_shipped(shipped);
            finish(name, gathered, found, settings)
        }
        ScenarioTarget::File(path) => {
            let text = gather::read(path)?;
            let name = name_of(path)?;
            let found = gathered.add_file(path, text);
            finish(&name, gathered, found, settings)
        }
    }
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
pub fn load_text(name: &str, text: &str, settings: &[String]) -> Result<Scenario, ScenarioError> {
    let mut gathered = Gathered::default();
    let found = gathered.add_text(name, text.to_owned());
    finish(name, gathered, found, settings)
}

/// The name that results of a file carry.
fn name_of(path: &Path) -> Result<String, ScenarioError> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    stem.filter(|stem| bad_name(stem, 0..0).is_none())
        .map(str::to_owned)
        .ok_or_else(|| ScenarioError::NotAScenario {
            path: path.to_path_buf(),
            why: "would give results a bad name: rename it with A-Z a-z 0-9 . _ - only".to_owned(),
        })
}

/// From texts to meaning; `found` tells whether the texts were all found.
fn finish(
    name: &str,
    mut gathered: Gathered,
    found: Result<usize, Problem>,
    settings: &[String],
) -> Result<Scenario, ScenarioError> {
    let bases = inherit::add_settings(&mut gathered.sources, settings);
    let settings: Vec<(&str, usize)> = settings.iter().map(String::as_str).zip(bases).collect();
    let meant = match found {
        Ok(_) => mean(name, &gathered, &settings),
        Err(problem) => Err(vec![problem]),
    };
    meant.map_err(|mut problems| {
        // Those without a place come last.
        problems.sort_by_key(|p| {
            p.place
                .as_ref()
                .map_or((usize::MAX, 0), |at| (at.start, at.end))
        });
        // The first complaint about a place is the plainest; what follows comes of it.
        problems.dedup_by(|later, first| later.place.is_some() && later.place == first.place);
        ScenarioError::Invalid {
            problems,
            sources: gathered.sources,
        }
    })
}

fn mean(
    name: &str,
    gathered: &Gathered,
    settings: &[(&str, usize)],
) -> Result<Scenario, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut tree = inherit::merged(gathered, &mut problems).map_err(|problem| vec![problem])?;
    for &(setting, base) in settings {
        match inherit::setting(setting, base) {
            Ok(over) => match inherit::unknown_row(&tree, &over) {
                Some(problem) => problems.push(problem),
                None => inherit::merge(&mut tree, over, &mut problems),
            },
            Err(problem) => problems.push(problem),
        }
    }
    let mut outline = Outline::of(&tree);
    problems.append(&mut outline.problems);
    let is_sound_tree = problems.is_empty();
    let frozen = freeze::frozen(&tree);
    let (document, mistakes) = Document::read(tree, &outline);
    problems.extend(mistakes);
    // Mistakes of form do not hide those of meaning, unless they would be blamed for them.
    let Some(document) = document.filter(|_| is_sound_tree) else {
        return Err(problems);
    };
    let meaning = match resolve::resolve(&document, &outline) {
        Ok(meaning) if problems.is_empty() => meaning,
        Ok(_) => return Err(problems),
        Err(more) => {
            problems.extend(more);
            return Err(problems);
        }
    };
    let head = meaning.head;
    Ok(Scenario {
        name: name.to_owned(),
        title: head.title,
        asks: head.asks,
        baseline: head.baseline,
        start: head.start,
        spin_up_from: head.spin_up_from,
        horizon_months: head.horizon_months,
        runs: head.runs,
        customers: head.customers,
        currency: head.currency,
        price_year: head.price_year,
        discount_rate_per_year: head.discount_rate_per_year,
        inputs: meaning.inputs,
        model: meaning.model,
        metrics: meaning.metrics,
        sources: meaning.sources,
        number_paths: outline.numbers.iter().map(ToString::to_string).collect(),
        digest: freeze::digest(&frozen),
        frozen,
    })
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
                assert!(coverage.covered > 20, "{}", library.name);
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
