//! `comity check`: everything that is wrong with a scenario; else what it will cost and what
//! its numbers rest on.

use std::time::Duration;

use comity::ensemble::cost::Cost;
use comity::ensemble::{Interruption, Job, Keep, OnError};
use comity::report::digits::bytes;
use comity::report::sources::Sources;
use comity::result::{Identity, place};
use comity::scenario::library::{self, ShippedKind};
use comity::scenario::resolved::{Model, Scenario};
use comity::scenario::{self, Overlay, ScenarioTarget};
use comity::world::MODEL_VERSION;
use comity::world::series::SeriesDetail;

use super::arguments::CheckArguments;
use super::engine::Engine;
use super::failure::Failure;
use super::findings::{Checked, Size, reference, tell_faults};
use super::target::{self, Pair};
use super::terminal::{Kind, Terminal};
use comity::report::typed::quoted;

/// How long futures are done to measure their time.
const TRIAL: Duration = Duration::from_millis(1500);
/// Events are kept of so many runs, as `run` does unless told.
const KEPT: u32 = 3;

/// Does the command.
pub fn run(arguments: &CheckArguments, terminal: &Terminal) -> Result<u8, Failure> {
    if arguments.schema {
        terminal.result(&format!("{:#}\n", scenario::schema()))?;
        return Ok(0);
    }
    let target = target::scenario_of(arguments.target.as_deref())?;
    let library = match &target {
        ScenarioTarget::Shipped(name) => library::find(name),
        ScenarioTarget::File(_) => None,
    };
    let library = library.filter(|shipped| shipped.kind == ShippedKind::Library);
    let (pair, faults) = match library {
        Some(library) => alone(scenario::load_library(library.name, &arguments.settings)),
        None => loaded(&target, arguments),
    };
    let Some(pair) = pair else {
        return tell_faults(&faults, arguments.json, terminal);
    };
    if arguments.sources && faults.is_empty() {
        return sources(&pair.scenario, library.is_some(), arguments, terminal);
    }
    let size = size(arguments, &pair.scenario);
    let (cost, faults) = match library {
        Some(_) => (None, faults),
        None => tried(&pair, size, faults),
    };
    if !faults.is_empty() {
        return tell_faults(&faults, arguments.json, terminal);
    }
    let is_library = library.is_some();
    let checked = checked(pair, is_library, cost.map(|cost| (cost, size)));
    tell(&checked, arguments, &target, terminal)
}

/// The scenario and its baseline as far as they can be had, and what is wrong with them.
fn loaded(target: &ScenarioTarget, arguments: &CheckArguments) -> (Option<Pair>, Vec<Failure>) {
    let overlay = Overlay {
        option: arguments.option.clone(),
        settings: arguments.settings.clone(),
        ..Overlay::default()
    };
    let load = |with_baseline| target::check(target, &overlay, with_baseline);
    match load(!arguments.no_baseline) {
        Ok(pair) => (Some(pair), Vec::new()),
        Err(fault) => match load(false) {
            // It is about the baseline, then.
            Ok(pair) => (Some(pair), vec![fault]),
            Err(fault) => (None, vec![fault]),
        },
    }
}

fn alone(loaded: Result<Scenario, scenario::ScenarioError>) -> (Option<Pair>, Vec<Failure>) {
    match loaded {
        Ok(scenario) => {
            let baseline = None;
            (Some(Pair { scenario, baseline }), Vec::new())
        }
        Err(error) => (None, vec![error.into()]),
    }
}

fn size(arguments: &CheckArguments, scenario: &Scenario) -> Size {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    Size {
        runs: arguments.runs.unwrap_or(scenario.runs),
        customers: arguments.customers.unwrap_or(scenario.customers),
        threads: arguments.threads.unwrap_or_else(cores),
    }
}

/// Sets the simulation up and does some futures, so that what cannot be solved is found.
fn tried(pair: &Pair, size: Size, mut faults: Vec<Failure>) -> (Option<Cost>, Vec<Failure>) {
    let Pair { scenario, baseline } = pair;
    let name = &scenario.name;
    let groups = match &scenario.model {
        Model::Full(model) => model.groups.len(),
        Model::MarketBenchmark(benchmark) => benchmark.groups as usize,
    };
    if (size.customers as usize) < groups {
        faults.push(Failure::input(format!(
            "{} customers cannot fill the {groups} groups of `{name}`; ask for \
             --customers {groups} or more",
            size.customers
        )));
        return (None, faults);
    }
    let identity = identity(pair, size);
    let set_up = |baseline| Engine::new(scenario, baseline, &identity, SeriesDetail::Standard);
    let engine = set_up(baseline.as_ref()).or_else(|fault| {
        if baseline.is_none() {
            return Err(fault);
        }
        // It may be about the pair; what is wrong with the scenario alone comes besides.
        faults.push(fault);
        set_up(None)
    });
    let measured = engine.and_then(|engine| {
        let cost = engine.cost(&job(size), &identity, TRIAL);
        cost.map_err(|error| Failure::input(format!("`{name}` cannot be simulated: {error}")))
    });
    match measured {
        Ok(cost) => (Some(cost), faults),
        Err(fault) => {
            faults.push(fault);
            (None, faults)
        }
    }
}

fn job(size: Size) -> Job {
    Job {
        threads: size.threads,
        on_error: OnError::Continue,
        keep: keep(),
        files: Vec::new(),
        runs_per_block: None,
        interruption: Interruption::new(),
    }
}

fn keep() -> Keep {
    Keep {
        events_of_first: KEPT,
        ..Keep::default()
    }
}

fn identity(pair: &Pair, size: Size) -> Identity {
    let Pair { scenario, baseline } = pair;
    Identity {
        kind: "check".to_owned(),
        scenario: scenario.name.clone(),
        scenario_digest: scenario.digest.clone(),
        baseline_digest: baseline.as_ref().map(|baseline| baseline.digest.clone()),
        model_version: MODEL_VERSION,
        seed: 1,
        runs: size.runs,
        customers: size.customers,
        arguments: keep().arguments(),
    }
}

fn checked(pair: Pair, is_library: bool, cost: Option<(Cost, Size)>) -> Checked {
    let sources = Sources::of(&pair.scenario);
    let mut warnings = about_sources(&sources, is_library);
    if let Some((cost, _)) = &cost {
        warnings.extend(about_room(cost));
    }
    Checked {
        tally: sources.tally(),
        is_library,
        baseline: pair.baseline.map(|baseline| baseline.name),
        warnings,
        cost,
        scenario: pair.scenario,
    }
}

/// What `[sources]` lack or have too much; a library's go with those of the world around it.
fn about_sources(sources: &Sources<'_>, is_library: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    let uncovered = sources.uncovered();
    if let Some(first) = uncovered.first() {
        warnings.push(format!(
            "{} {} no source, such as {first}; say in [sources] what they rest on, as in \
             \"{first}\" = \"assumed: why\" (`comity check TARGET --sources` lists them first)",
            uncovered.len(),
            if uncovered.len() == 1 {
                "number has"
            } else {
                "numbers have"
            },
        ));
    }
    let unused = sources.unused();
    if let (Some(first), false) = (unused.first(), is_library) {
        warnings.push(format!(
            "[sources] has {} {} at which there is no number, such as {first}; remove them",
            unused.len(),
            if unused.len() == 1 { "path" } else { "paths" },
        ));
    }
    warnings
}

fn about_room(cost: &Cost) -> Option<String> {
    let output = target::output_folder();
    let free = place::free_bytes(&output)?;
    (free < cost.disk_bytes).then(|| {
        format!(
            "the disk of {} has {} left, and such a run asks for {}; make room, or write \
             elsewhere with --out DIR",
            output.display(),
            bytes(free),
            bytes(cost.disk_bytes)
        )
    })
}

fn tell(
    checked: &Checked,
    arguments: &CheckArguments,
    target: &ScenarioTarget,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    if arguments.json {
        terminal.result(&format!("{:#}\n", checked.json()))?;
        return Ok(0);
    }
    for warning in &checked.warnings {
        terminal.say(Kind::Warning, warning);
    }
    if !arguments.quiet {
        let named = match target {
            ScenarioTarget::Shipped(name) => name.clone(),
            ScenarioTarget::File(path) => path.display().to_string(),
        };
        let asked = [("-n", arguments.runs), ("--customers", arguments.customers)];
        let mut reference = reference(&named, &arguments.settings, &asked);
        if let Some(option) = &arguments.option {
            reference += &format!(" --option {}", quoted(option));
        }
        if arguments.no_baseline {
            reference += " --no-baseline";
        }
        terminal.result(&checked.text(&reference, terminal))?;
    }
    Ok(0)
}

/// Where each number comes from.
fn sources(
    scenario: &Scenario,
    is_library: bool,
    arguments: &CheckArguments,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let sources = Sources::of(scenario);
    let text = if arguments.csv {
        sources
            .csv()
            .map_err(|error| Failure::input(error.to_string()))?
    } else if arguments.json {
        format!("{:#}\n", sources.json())
    } else {
        let page = terminal.page();
        sources.text(page.columns.clamp(60, 100), page.colour)
    };
    terminal.result(&text)?;
    for warning in about_sources(&sources, is_library) {
        terminal.say(Kind::Warning, &warning);
    }
    Ok(0)
}
