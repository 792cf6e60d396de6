//! `comity convergence`: whether there are futures enough, and customers enough.

use std::collections::BTreeMap;

use comity::report::convergence::build::{Columns, converging, spread};
use comity::report::convergence::table::{add_rows, schema};
use comity::report::convergence::{Convergence, text};
use comity::report::enough::ask::{AskError, Known, Wanted};
use comity::result::csv::dictionary;
use comity::result::table_writer::TableWriter;
use comity::result::{Claim, ExitClass, Folder, Identity, Manifest, Opened, Request, claim, place};
use comity::scenario::ScenarioTarget;
use comity::scenario::resolved::Model;

use super::arguments::ConvergenceArguments;
use super::failure::Failure;
use super::obtain::{Ensemble, Obtained, Wish, heard, obtain};
use super::rulings::Rulings;
use super::simulation::{SimulationOptions, customers_of};
use super::stored;
use super::target::{self, Pair, Target, output_folder};
use super::terminal::{Terminal, one_line};
use super::values::{PathsKept, SeriesKept, WhenARunFails};
use comity::report::typed::quoted;

/// The kind of its job.
const KIND: &str = "convergence";
/// The file that holds both tables.
const SUMMARY: &str = "summary.json";
/// Futures that are simulated with other numbers of customers.
const FIRST: u32 = 64;

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &ConvergenceArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    if let Some(name) = &arguments.target
        && let Target::Result(result) = target::find(Some(name), &output_folder())?
        && result.manifest.identity.kind != "run"
    {
        refuse_to_simulate(&result, options)?;
        show(&result, arguments, terminal)?;
        return Ok(0);
    }
    let wish = Wish {
        command: KIND,
        target: arguments.target.as_deref(),
        simulation: &arguments.simulation,
        options,
        quiet: arguments.quiet,
        check: &|pair, _| wanted(arguments, pair).map(drop),
    };
    let obtained = obtain(&wish, terminal)?;
    let code = obtained.code();
    let result = found(&obtained, arguments, terminal)?;
    show(&result, arguments, terminal)?;
    Ok(code)
}

/// A convergence is only shown.
fn refuse_to_simulate(result: &Opened, options: &[String]) -> Result<(), Failure> {
    const OF_READING: [&str; 3] = ["--json", "--quiet", "--color"];
    let (path, kind) = (result.path.display(), &result.manifest.identity.kind);
    if kind != KIND {
        return Err(Failure::input(format!(
            "{path} is a result of `comity {kind}`; convergence is told of a scenario, or of a \
             result of `comity run`"
        )));
    }
    let mut other = options.iter();
    match other.find(|option| !OF_READING.contains(&option.as_str())) {
        None => Ok(()),
        Some(option) => Err(Failure::input(format!(
            "{path} is a convergence, which is only read; {option} is for a scenario"
        ))),
    }
}

fn wanted(arguments: &ConvergenceArguments, pair: &Pair) -> Result<Vec<Wanted>, Failure> {
    let known = Known::of(&pair.scenario, pair.baseline.is_some());
    let wanted = known.and_then(|known| known.wanted(arguments.of.iter().map(String::as_str)));
    wanted.map_err(|error: AskError| Failure::input(error.to_string()))
}

/// Finds the convergence of a result, or makes it.
fn found(
    obtained: &Obtained,
    arguments: &ConvergenceArguments,
    terminal: &Terminal,
) -> Result<Opened, Failure> {
    let of = &obtained.result;
    let frozen = ScenarioTarget::File(of.path.join("scenario.toml"));
    let own = SimulationOptions {
        threads: arguments.simulation.threads,
        ..simulation(&of.manifest.identity)
    };
    let pair = target::load(&frozen, &own.overlay()?, !own.no_baseline)?;
    if matches!(&pair.scenario.model, Model::Full(model) if !model.facts.is_empty()) {
        return Err(Failure::input(format!(
            "{} is of futures that agree with facts: with another number of customers other futures \
             agree, and cannot be held against them",
            of.path.display()
        )));
    }
    let wanted = wanted(arguments, &pair)?;
    let identity = identity(&of.manifest, &wanted);
    let folder = match claim(&Request {
        output: &output_folder(),
        out: Some(&place::of_kind(&output_folder(), &identity)),
        fresh: arguments.simulation.fresh,
        room_bytes: 0, // each ensemble asks for its own
        identity: &identity,
    })? {
        Claim::Work(folder) => folder,
        Claim::Whole(result) => return Ok(*result),
    };
    let rungs = rungs(&pair, of, &own, &folder, arguments.quiet, terminal)?;
    let statistics = wanted.iter().map(|wanted| {
        let name = &wanted.of.metric.name;
        let all = Columns::read(of, name)?;
        let columns = rungs.iter().map(|rung| {
            let customers = rung.manifest.identity.customers;
            Ok((customers, Columns::read(rung, name)?))
        });
        let columns = columns.collect::<Result<Vec<_>, Failure>>()?;
        let futures = of.manifest.runs();
        let told = converging(&wanted.of, wanted.width, (&all, futures), &columns);
        let mut told = told.map_err(not_measurable)?;
        told.spread = spread(&wanted.of, &all, FIRST.min(futures)).map_err(not_measurable)?;
        Ok(told)
    });
    let convergence = Convergence {
        title: pair.scenario.title.clone(),
        futures: of.manifest.runs(),
        customers: identity.customers,
        seed: identity.seed,
        first: FIRST.min(of.manifest.runs()),
        statistics: statistics.collect::<Result<_, Failure>>()?,
    };
    written(folder, &convergence, of, own.threads_used())
}

fn not_measurable(error: impl std::fmt::Display) -> Failure {
    Failure::of(
        ExitClass::Failed,
        format!("convergence cannot be told: {error}"),
    )
}

/// Everything that can change a number of it.
fn identity(of: &Manifest, wanted: &[Wanted]) -> Identity {
    let names: Vec<String> = wanted.iter().map(ToString::to_string).collect();
    Identity {
        kind: KIND.to_owned(),
        runs: of.runs(),
        arguments: BTreeMap::from([
            ("of".to_owned(), names.join(" ")),
            ("result".to_owned(), of.identity.digest()),
            ("first".to_owned(), FIRST.to_string()),
        ]),
        ..of.identity.clone()
    }
}

/// The first futures with a quarter, half and twice the customers, as far as there can be so
/// few or so many.
fn rungs(
    pair: &Pair,
    of: &Opened,
    own: &SimulationOptions,
    folder: &Folder,
    quiet: bool,
    terminal: &Terminal,
) -> Result<Vec<Opened>, Failure> {
    let interruption = heard()?;
    let mut rungs = Vec::new();
    for customers in Convergence::rungs(of.manifest.identity.customers) {
        let simulation = SimulationOptions {
            runs: Some(FIRST.min(of.manifest.runs())),
            customers: Some(customers),
            ..own.clone()
        };
        if customers_of(&pair.scenario, Some(customers)).is_err() {
            continue;
        }
        let identity = simulation.identity(pair)?;
        let ensemble = Ensemble {
            pair,
            identity: &identity,
            simulation: &simulation,
            interruption: interruption.clone(),
            quiet,
        };
        let out = folder.path().join("customers").join(customers.to_string());
        rungs.push(ensemble.simulate(Some(&out), terminal)?.0);
    }
    Ok(rungs)
}

/// How the futures are simulated again.
fn simulation(of: &Identity) -> SimulationOptions {
    SimulationOptions {
        runs: None,
        until: Vec::new(),
        customers: Some(of.customers),
        seed: of.seed,
        settings: Vec::new(),
        rulings: Rulings::default(),
        option: None,
        no_baseline: of.baseline_digest.is_none(),
        out: None,
        keep: 0,
        paths: PathsKept::None,
        series: SeriesKept::Totals,
        csv: false,
        fresh: false,
        on_error: WhenARunFails::Continue,
        threads: None,
    }
}

fn written(
    folder: Folder,
    convergence: &Convergence,
    of: &Opened,
    threads: usize,
) -> Result<Opened, Failure> {
    let mut files = BTreeMap::new();
    let mut table = TableWriter::create(folder.path(), schema(), true)?;
    add_rows(table.rows(), convergence);
    table.end_run()?;
    let schema = table.finish(&mut files)?;
    let json = serde_json::to_string_pretty(convergence);
    let json = json.map_err(|error| Failure::of(ExitClass::Failed, error.to_string()))?;
    for (name, bytes) in [
        (SUMMARY, format!("{json}\n").into_bytes()),
        ("dictionary.csv", dictionary(&[&schema]).into_bytes()),
        ("scenario.toml", of.files().bytes("scenario.toml")?),
    ] {
        files.insert(name.to_owned(), folder.write(name, &bytes)?);
    }
    let runs = (of.manifest.runs_ok, of.manifest.runs_failed);
    let manifest = Manifest::of(&folder, threads, runs, files);
    Ok(folder.commit(manifest)?)
}

fn show(
    result: &Opened,
    arguments: &ConvergenceArguments,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if arguments.quiet {
        let path = result.path.as_os_str().as_encoded_bytes();
        return terminal.result_bytes(&[path, b"\n"].concat());
    }
    let found: Convergence = stored::page(result, SUMMARY)?;
    let path = result.path.display().to_string();
    if arguments.json {
        return terminal.result(&stored::json(&found, &path)?);
    }
    let page = terminal.page();
    terminal.result(&format!(
        "{}\n{}\n{}\n",
        text::text(&found, page.columns, page.colour),
        one_line(&format!("result: {path}")),
        one_line(&format!(
            "next: comity convergence {}  (shows this again)",
            quoted(&path)
        ))
    ))
}
