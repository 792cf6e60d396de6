//! The results that a page is of: read, found or simulated, and how the page is shown.

use std::cell::RefCell;

use comity::ensemble::again::Frozen;
use comity::report::figure::catalogue::{Wish as Figures, check};
use comity::report::html::joined::Joined;
use comity::result::{Opened, open};
use comity::scenario::resolved::Report;
use comity::scenario::{Overlay, ScenarioTarget, library, load};

use crate::cli::arguments::ReportArguments;
use crate::cli::failure::Failure;
use crate::cli::obtain::{Wish, obtain};
use crate::cli::shell::quoted;
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
        let obtained = obtain(&wish, terminal)?;
        gathered.code = gathered.code.max(obtained.code());
        let joined = Joined {
            scenario: match (&obtained.reference, target) {
                (Some(_), Some(target)) => unsized_reference(&arguments.simulation, target),
                _ => scenario_of(&obtained.result),
            },
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

/// How the scenario frozen in a result asks for its page to be shown.
fn shown_by(result: &Opened) -> Result<Report, Failure> {
    let of = |result: &Opened| {
        let frozen = Frozen::of(result);
        frozen
            .map(|frozen| frozen.scenario.report)
            .map_err(|error| Failure::of(error.exit_class(), error.to_string()))
    };
    match result.manifest.identity.kind.as_str() {
        "run" => of(result),
        // Every option has the same.
        _ => match first_part(result) {
            Some(part) => of(&part),
            None => Ok(Report::default()),
        },
    }
}

/// The first of the results that a comparison holds.
pub fn first_part(result: &Opened) -> Option<Opened> {
    let parts = std::fs::read_dir(result.path.join("options")).ok()?;
    let mut parts: Vec<_> = parts.flatten().map(|part| part.path()).collect();
    parts.sort();
    parts.iter().find_map(|part| open(part).ok())
}

/// The scenario of a result as a command takes it: by its shipped name where that is the same,
/// else the frozen one.
fn scenario_of(result: &Opened) -> String {
    let identity = &result.manifest.identity;
    let name = &identity.scenario;
    let under = |part: Opened| Frozen::of(&part).ok()?.scenario.under;
    let option = if identity.kind == "compare" {
        first_part(result).and_then(under)
    } else {
        None
    };
    let overlay = Overlay {
        option,
        ..Overlay::default()
    };
    let is_shipped = library::find(name).is_some()
        && load(&ScenarioTarget::Shipped(name.clone()), overlay)
            .is_ok_and(|shipped| shipped.digest == identity.scenario_digest);
    if is_shipped {
        return name.clone();
    }
    let folder = result.path.display().to_string();
    frozen_of(result, &folder)
}

/// The scenarios frozen in a result, which lies in this folder, as a command takes them: of a
/// comparison one an option, which are compared as several scenarios, by the same metric.
pub fn frozen_of(result: &Opened, folder: &str) -> String {
    let manifest = &result.manifest;
    let path = |file: &str| quoted(&format!("{folder}/{file}"));
    if manifest.files.contains_key(FROZEN) {
        return path(FROZEN);
    }
    let frozen = manifest.files.keys().filter(|name| name.ends_with(".toml"));
    let frozen: Vec<String> = frozen.map(|name| path(name)).collect();
    match manifest.identity.arguments.get("of") {
        Some(metric) => format!("{} --of {}", frozen.join(" "), quoted(metric)),
        None => frozen.join(" "),
    }
}

/// The scenario of a run, frozen in its result.
const FROZEN: &str = "scenario.toml";
