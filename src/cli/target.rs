//! What a TARGET is, by one rule everywhere: the name of a shipped scenario, a file, or a
//! result folder; none means the latest result. And a scenario with its baseline.

use std::path::{Path, PathBuf};

use comity::result::manifest::MANIFEST;
use comity::result::{Opened, open, place};
use comity::scenario::{self, Overlay, Scenario, ScenarioTarget, library};

use super::failure::Failure;

/// What a TARGET was found to be.
#[derive(Debug)]
pub enum Target {
    /// A scenario, yet to be loaded.
    Scenario(ScenarioTarget),
    /// A whole result.
    Result(Box<Opened>),
}

/// The folder under which results are collected.
pub fn output_folder() -> PathBuf {
    let named = std::env::var_os("COMITY_OUTPUT").filter(|name| !name.is_empty());
    named.map_or_else(|| PathBuf::from("output"), PathBuf::from)
}

/// Finds what a TARGET is.
pub fn find(target: Option<&str>, output: &Path) -> Result<Target, Failure> {
    let Some(target) = target else {
        let results = place::results(output)?;
        let newest = results.into_iter().find(is_run);
        return newest.map_or_else(
            || {
                Err(Failure::input(format!(
                    "there is no result in {} yet; `comity run preska-2014` makes one, and \
                     `comity list scenarios` shows what else can be run",
                    output.display()
                )))
            },
            |newest| Ok(Target::Result(Box::new(newest))),
        );
    };
    let folder = Path::new(target);
    if library::find(target).is_none() && folder.is_dir() {
        return Ok(Target::Result(Box::new(open(folder)?)));
    }
    Ok(Target::Scenario(ScenarioTarget::parse(target)))
}

/// Whether a result has a front page; those of other commands are shown by them alone.
fn is_run(result: &Opened) -> bool {
    result.manifest.identity.kind == "run"
}

/// The scenario that a TARGET stands for; of a result, the one that it holds as it was
/// simulated.
pub fn scenario_of(target: Option<&str>) -> Result<ScenarioTarget, Failure> {
    Ok(match find(target, &output_folder())? {
        Target::Scenario(scenario) => scenario,
        Target::Result(result) => ScenarioTarget::File(result.path.join("scenario.toml")),
    })
}

/// A scenario and the world against which "by the order" is measured.
#[derive(Debug)]
pub struct Pair {
    /// The scenario.
    pub scenario: Scenario,
    /// Its baseline, if it has one and it is wanted.
    pub baseline: Option<Scenario>,
}

/// Loads a scenario under an overlay and, if wanted, its baseline. Settings hold in both
/// worlds; an option is an act in the scenario's.
pub fn load(
    target: &ScenarioTarget,
    overlay: &Overlay,
    with_baseline: bool,
) -> Result<Pair, Failure> {
    let scenario = scenario::load(target, overlay)?;
    paired(target, overlay, with_baseline, scenario)
}

/// The same, each option and each end of a lever looked into as well.
pub fn check(
    target: &ScenarioTarget,
    overlay: &Overlay,
    with_baseline: bool,
) -> Result<Pair, Failure> {
    let scenario = scenario::check(target, overlay)?;
    paired(target, overlay, with_baseline, scenario)
}

/// The same with an overlay of its own for each world, of which the baseline's settings alone
/// count: what was not known of one need not stand in the other.
pub fn load_known(
    target: &ScenarioTarget,
    of_scenario: &Overlay,
    of_baseline: &Overlay,
) -> Result<Pair, Failure> {
    let scenario = scenario::load(target, of_scenario)?;
    paired(target, of_baseline, true, scenario)
}

fn paired(
    target: &ScenarioTarget,
    overlay: &Overlay,
    with_baseline: bool,
    mut scenario: Scenario,
) -> Result<Pair, Failure> {
    let frozen_in = frozen_in(target);
    if let Some(result) = &frozen_in {
        scenario.name.clone_from(&result.manifest.identity.scenario);
    }
    let named = scenario.baseline.as_deref().filter(|_| with_baseline);
    let baseline = named.map(|name| {
        let target = baseline_of(name, target);
        let loaded = scenario::load_baseline(&target, &overlay.settings, &scenario);
        let loaded = loaded.map(|baseline| Scenario {
            name: name.to_owned(),
            ..baseline
        });
        loaded.map_err(|error| Failure::Scenario {
            about: Some(format!(
                "this is about `{name}`, the baseline of `{}`; --no-baseline does without it",
                scenario.name
            )),
            error: Box::new(error),
        })
    });
    let baseline = baseline.transpose()?;
    Ok(Pair { scenario, baseline })
}

/// The result of which the target is the frozen scenario. It is then simulated under its
/// own name and with the baseline frozen beside it, so that it gives the same bytes.
fn frozen_in(target: &ScenarioTarget) -> Option<Opened> {
    let ScenarioTarget::File(path) = target else {
        return None;
    };
    let folder = path.parent()?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let is_frozen = path.file_name()? == "scenario.toml" && folder.join(MANIFEST).exists();
    is_frozen.then(|| open(folder).ok()).flatten()
}

/// What the baseline `name` of the scenario `of` is; of a frozen scenario, that frozen beside
/// it.
pub fn baseline_of(name: &str, of: &ScenarioTarget) -> ScenarioTarget {
    match frozen_in(of) {
        Some(result) if result.files().has("baseline.toml") => {
            ScenarioTarget::File(result.path.join("baseline.toml"))
        }
        _ => baseline_target(name, of),
    }
}

/// A baseline that is a file lies relative to the scenario's own file.
fn baseline_target(name: &str, of: &ScenarioTarget) -> ScenarioTarget {
    match (ScenarioTarget::parse(name), of) {
        (ScenarioTarget::File(path), ScenarioTarget::File(of)) => {
            ScenarioTarget::File(of.parent().unwrap_or(Path::new("")).join(path))
        }
        (target, _) => target,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_baseline_lies_beside_its_scenario_unless_it_is_shipped() {
        let of = ScenarioTarget::File(PathBuf::from("some/where/a.toml"));
        let beside = baseline_target("b.toml", &of);
        assert_eq!(
            beside,
            ScenarioTarget::File(PathBuf::from("some/where/b.toml"))
        );
        let shipped = baseline_target("no-order", &of);
        assert_eq!(shipped, ScenarioTarget::Shipped("no-order".to_owned()));
    }
}
