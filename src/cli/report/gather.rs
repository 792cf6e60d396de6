//! The results that a page is of: read, found or simulated, and how the page is shown.

use std::cell::RefCell;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use comity::ensemble::again::Frozen;
use comity::report::figure::catalogue::{Wish as Figures, check};
use comity::report::html::joined::Joined;
use comity::report::typed::quoted;
use comity::result::{ExitClass, Opened, open};
use comity::scenario::resolved::Report;
use comity::scenario::{Overlay, ScenarioTarget, library, load};

use crate::cli::arguments::ReportArguments;
use crate::cli::failure::Failure;
use crate::cli::obtain::{Wish, obtain};
use crate::cli::simulation::SimulationOptions;
use crate::cli::target::{Target, find, output_folder};
use crate::cli::terminal::Terminal;

/// The results of the TARGETs.
pub struct Gathered {
    /// The results, in the order in which they were named.
    pub joined: Vec<Joined>,
    /// How the page is shown.
    pub shown: Report,
    /// The exit code of having come by them.
    pub code: u8,
}

impl Gathered {
    /// Their folders as a command takes them.
    pub fn named(&self) -> String {
        let folders = self.joined.iter().map(|joined| joined.folder.as_str());
        folders.collect::<Vec<_>>().join(" ")
    }
}

/// Finds, reads or simulates the results.
pub fn gather(
    arguments: &ReportArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<Gathered, Failure> {
    let named: Vec<Option<&str>> = match &arguments.targets[..] {
        [] => vec![None],
        targets => targets.iter().map(|target| Some(target.as_str())).collect(),
    };
    let found = named.iter().map(|target| find(*target, &output_folder()));
    let found = found.collect::<Result<Vec<_>, _>>()?;
    let is_scenario = |target: &Target| matches!(target, Target::Scenario(_));
    let simulates = found.iter().any(is_scenario);
    let mut gathered = Gathered {
        joined: Vec::with_capacity(named.len()),
        shown: Report::default(),
        code: 0,
    };
    for (target, found) in named.into_iter().zip(found) {
        let of_scenario = RefCell::new(None);
        let wish = Wish {
            command: "report",
            target,
            simulation: &arguments.simulation,
            // Options of a simulation are for the scenarios among the targets.
            options: if simulates && !is_scenario(&found) {
                &[]
            } else {
                options
            },
            quiet: arguments.quiet || arguments.json,
            check: &|pair, _| {
                check(&pair.scenario, &Figures::default())?;
                of_scenario.replace(Some(pair.scenario.report.clone()));
                Ok(())
            },
        };
        let mut obtained = obtain(&wish, terminal)?;
        obtained.result.path = unlinked(obtained.result.path);
        gathered.code = gathered.code.max(obtained.code());
        let (scenario, is_frozen) = match (&obtained.reference, target) {
            (Some(_), Some(target)) => (unsized_reference(&arguments.simulation, target), false),
            _ => scenario_of(&obtained.result),
        };
        let joined = Joined {
            scenario,
            is_frozen,
            folder: quoted(&obtained.result.path.display().to_string()),
            result: obtained.result,
        };
        // What the scenario says now, which may be newer than what was frozen with its numbers.
        let own = match of_scenario.into_inner() {
            Some(own) => own,
            None => shown_by(&joined.result)?,
        };
        add(&mut gathered.shown, own);
        gathered.joined.push(joined);
    }
    Ok(gathered)
}

/// The folder itself where it is named by a link beside it: `latest` will be another tomorrow, and
/// what a page says of its result is to hold then too.
fn unlinked(path: PathBuf) -> PathBuf {
    let to = std::fs::read_link(&path).ok();
    let beside = to.filter(|to| to.components().count() == 1);
    match (beside, path.parent()) {
        (Some(to), Some(parent)) => parent.join(to),
        _ => path,
    }
}

/// A scenario as a command takes it, with what was assumed but not how many futures of whom.
fn unsized_reference(simulation: &SimulationOptions, target: &str) -> String {
    let unsized_simulation = SimulationOptions {
        customers: None,
        seed: 1,
        ..simulation.clone()
    };
    unsized_simulation.reference(target)
}

/// What several results ask for: the first mark and author, the labels of all.
fn add(shown: &mut Report, own: Report) {
    shown.mark = shown.mark.take().or(own.mark);
    shown.author = shown.author.take().or(own.author);
    for label in own.labels {
        if shown.labels.iter().all(|known| known.name != label.name) {
            shown.labels.push(label);
        }
    }
}

/// How the scenarios frozen in a result ask for its page to be shown: each option or scenario of a
/// comparison, and each job of a sweep, may have actors of its own.
fn shown_by(result: &Opened) -> Result<Report, Failure> {
    let mut shown = Report::default();
    for part in scenarios_in(result)? {
        let frozen = Frozen::of(&part);
        let frozen = frozen.map_err(|error| Failure::of(error.exit_class(), error.to_string()))?;
        add(&mut shown, frozen.scenario.report);
    }
    Ok(shown)
}

/// The results in a result that hold its scenarios: itself, or those of its options or jobs.
fn scenarios_in(result: &Opened) -> Result<Vec<Opened>, Failure> {
    if result.manifest.files.contains_key(FROZEN) {
        return Ok(vec![result.clone()]);
    }
    let mut parts = parts_in(result, "options")?;
    parts.extend(parts_in(result, "points")?);
    Ok(parts)
}

/// The whole results in a folder of a result, by name.
fn parts_in(result: &Opened, within: &str) -> Result<Vec<Opened>, Failure> {
    let folder = result.path.join(within);
    let names = match std::fs::read_dir(&folder) {
        Ok(names) => names,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(&folder, &error)),
    };
    let paths = names.map(|name| Ok(name?.path()));
    let paths: Result<Vec<PathBuf>, std::io::Error> = paths.collect();
    let mut paths = paths.map_err(|error| unreadable(&folder, &error))?;
    paths.sort();
    Ok(paths
        .iter()
        .map(|path| open(path))
        .collect::<Result<_, _>>()?)
}

fn unreadable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::of(
        ExitClass::Failed,
        format!("cannot read {}: {error}", folder.display()),
    )
}

/// The first of the results that a comparison holds.
pub fn first_part(result: &Opened) -> Option<Opened> {
    parts_in(result, "options").ok()?.into_iter().next()
}

/// The scenario of a result as a command takes it, and whether that is what is frozen in it: its
/// shipped name where that is the same, of a comparison with the options that it has.
fn scenario_of(result: &Opened) -> (String, bool) {
    let folder = result.path.display().to_string();
    let shipped = match result.manifest.identity.kind.as_str() {
        "compare" => shipped_decision(result),
        _ => shipped_scenario(result),
    };
    shipped.map_or_else(|| (frozen_of(result, &folder), true), |name| (name, false))
}

fn shipped_scenario(result: &Opened) -> Option<String> {
    let identity = &result.manifest.identity;
    let shipped = library::find(&identity.scenario)?;
    let same = load(&ScenarioTarget::Shipped(shipped.name.to_owned()), &[]).ok()?;
    (same.digest == identity.scenario_digest).then(|| identity.scenario.clone())
}

/// The shipped scenario whose options were compared, with `--only` where it has others too.
fn shipped_decision(result: &Opened) -> Option<String> {
    let identity = &result.manifest.identity;
    let target = ScenarioTarget::Shipped(library::find(&identity.scenario)?.name.to_owned());
    let under = Frozen::of(&first_part(result)?).ok()?.scenario.under?;
    let overlay = Overlay {
        option: Some(under),
        ..Overlay::default()
    };
    let first = load(&target, overlay).ok()?;
    if first.digest != identity.scenario_digest {
        return None;
    }
    let decision = first.decision.as_ref()?.options.iter();
    let all: Vec<&str> = decision
        .map(|id| first.options[id.0].name.as_str())
        .collect();
    let compared = identity.arguments.get("options")?.lines();
    let compared = compared.filter_map(|option| option.rsplit_once(' '));
    let compared: Vec<&str> = compared.map(|(name, _)| name).collect();
    if compared.iter().any(|name| !all.contains(name)) {
        return None;
    }
    let only = if compared.len() < all.len() {
        format!(" --only {}", quoted(&compared.join(",")))
    } else {
        String::new()
    };
    Some(format!("{}{only}", identity.scenario))
}

/// The scenarios frozen in a result, which lies in this folder, as a command takes them: of a
/// comparison one an option, which are compared as several scenarios, by the same metric.
pub fn frozen_of(result: &Opened, folder: &str) -> String {
    let manifest = &result.manifest;
    let path = |file: &str| quoted(&format!("{folder}/{file}"));
    if manifest.files.contains_key(FROZEN) {
        return path(FROZEN);
    }
    // Each begins with the place of its option.
    let place = |name: &String| -> Option<u32> { name.split_once('-')?.0.parse().ok() };
    let frozen = manifest.files.keys().filter(|name| name.ends_with(".toml"));
    let mut frozen: Vec<&String> = frozen.collect();
    frozen.sort_by_key(|name| place(name));
    let frozen: Vec<String> = frozen.into_iter().map(|name| path(name)).collect();
    frozen.join(" ")
}

/// The scenario of a run or of a sweep, frozen in its result.
const FROZEN: &str = "scenario.toml";
