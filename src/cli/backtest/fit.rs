//! `comity backtest --fit`: calibrate the inputs to what was observed.

use std::collections::BTreeMap;

use comity::analysis::calibration::fit::{self as calibration, FitEnding, FitError, FitJob};
use comity::analysis::calibration::observed::{Observed, can_be_fitted, fitted_to, months_of_fit};
use comity::analysis::calibration::summary::FitSummary;
use comity::analysis::calibration::{Generation, Passage};
use comity::chance::Seed;
use comity::ensemble::Interruption;
use comity::ensemble::sample::Sample;
use comity::ensemble::worlds::WorldSimulator;
use comity::report::fit::{markdown, page};
use comity::result::{Claim, ExitClass, Folder, Identity, Opened, Request, claim};
use comity::scenario::Scenario;
use comity::world::MODEL_VERSION;
use comity::world::series::SeriesDetail;

use super::super::arguments::BacktestArguments;
use super::super::failure::Failure;
use super::super::signals;
use super::super::simulation::customers_of;
use super::super::target::{self, Pair};
use super::super::terminal::{Kind, Terminal, one_line};
use comity::report::typed::quoted;

/// The kind of its job.
pub const KIND: &str = "fit";

/// Raised whenever the sampler makes other particles of the same job, or keeps them otherwise.
const SAMPLER: &str = "2";
/// Room that a fit needs on the disk for each particle and generation, bytes: an estimate.
const BYTES_A_PARTICLE: u64 = 2_000;
/// Generations that most fits need at most.
const GENERATIONS: u64 = 30;

/// Fits, or finds the fit there already, and shows it.
pub fn fit(pair: &Pair, arguments: &BacktestArguments, terminal: &Terminal) -> Result<u8, Failure> {
    let scenario = &pair.scenario;
    let cannot = |why: &dyn std::fmt::Display| {
        Failure::input(format!("`{}` cannot be fitted: {why}", scenario.name))
    };
    can_be_fitted(scenario).map_err(|why| cannot(&why))?;
    let baseline = baseline(pair)?;
    let identity = identity(scenario, baseline, arguments)?;
    // What comes after the last observation moves nothing before it.
    let months = months_of_fit(scenario);
    let until = |scenario: &Scenario| Scenario {
        horizon_months: months,
        ..scenario.clone()
    };
    let (scenario, baseline) = (&until(scenario), baseline.map(until));
    let baseline = baseline.as_ref();
    let customers = identity.customers as usize;
    let simulator = WorldSimulator::new(
        scenario,
        baseline,
        customers,
        Seed(identity.seed),
        SeriesDetail::Totals,
    );
    let simulator = simulator.map_err(|why| cannot(&why))?;
    simulator.try_start().map_err(|why| cannot(&why))?;
    let problem = Observed::new(scenario, Sample::new(simulator)).map_err(|why| cannot(&why))?;
    let claimed = claim(&Request {
        output: &target::output_folder(),
        out: arguments.out.as_deref(),
        fresh: arguments.fresh,
        room_bytes: u64::from(identity.runs) * GENERATIONS * BYTES_A_PARTICLE,
        identity: &identity,
    })?;
    let opened = match claimed {
        Claim::Whole(opened) => {
            if !arguments.quiet {
                let path = opened.path.display();
                let text = format!("{path} is whole already; --fresh fits anew");
                terminal.say(Kind::Note, &text);
            }
            *opened
        }
        Claim::Work(folder) => work(
            pair,
            baseline.is_some(),
            arguments,
            (&problem, folder),
            terminal,
        )?,
    };
    show(&opened, arguments, terminal)?;
    Ok(0)
}

/// The baseline, where an observation is of a difference to it.
fn baseline(pair: &Pair) -> Result<Option<&Scenario>, Failure> {
    let fitted = fitted_to(&pair.scenario);
    if !fitted
        .iter()
        .any(|observation| observation.against_baseline)
    {
        return Ok(None);
    }
    let baseline = pair.baseline.as_ref();
    baseline.map(Some).ok_or_else(|| {
        Failure::input(format!(
            "`{}` has observations against a baseline and no baseline; name one with `baseline`",
            pair.scenario.name
        ))
    })
}

fn identity(
    scenario: &Scenario,
    baseline: Option<&Scenario>,
    arguments: &BacktestArguments,
) -> Result<Identity, Failure> {
    let customers = customers_of(scenario, arguments.customers)?;
    Ok(Identity {
        kind: KIND.to_owned(),
        scenario: scenario.name.clone(),
        scenario_digest: scenario.digest.clone(),
        baseline_digest: baseline.map(|baseline| baseline.digest.clone()),
        model_version: MODEL_VERSION,
        seed: arguments.seed,
        runs: arguments.particles,
        customers,
        arguments: BTreeMap::from([("sampler".to_owned(), SAMPLER.to_owned())]),
    })
}

fn work(
    pair: &Pair,
    with_baseline: bool,
    arguments: &BacktestArguments,
    (problem, folder): (&Observed<'_>, Folder),
    terminal: &Terminal,
) -> Result<Opened, Failure> {
    let interruption = Interruption::new();
    signals::listen(&interruption).map_err(|error| {
        Failure::of(
            ExitClass::Failed,
            format!("cannot listen for signals: {error}"),
        )
    })?;
    let bytes = |text: &str| text.as_bytes().to_vec();
    let mut files = vec![("scenario.toml".to_owned(), bytes(&pair.scenario.frozen))];
    if let Some(baseline) = pair.baseline.as_ref().filter(|_| with_baseline) {
        files.push(("baseline.toml".to_owned(), bytes(&baseline.frozen)));
    }
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let job = FitJob {
        threads: arguments.threads.unwrap_or_else(cores),
        files,
        interruption,
    };
    let path = folder.path().to_path_buf();
    let told = |generation: &Generation| {
        if !arguments.quiet {
            terminal.say(Kind::Note, &progress(generation));
        }
    };
    match calibration::fit(&job, problem, folder, &told).map_err(failure)? {
        FitEnding::Whole(opened) => Ok(*opened),
        FitEnding::Interrupted {
            signal,
            generations,
        } => {
            let place = path.display();
            let text = format!(
                "interrupted; {generations} whole generations are kept in {place}, and the same \
                 command goes on"
            );
            terminal.say(Kind::Note, &text);
            Err(Failure::Told(signals::exit_code(signal)))
        }
    }
}

fn progress(generation: &Generation) -> String {
    let last = generation.passages.last().copied();
    let Passage {
        beta, simulations, ..
    } = last.unwrap_or_default();
    format!(
        "generation {}: beta {beta:.4}, {simulations} simulations",
        generation.number()
    )
}

fn failure(error: FitError) -> Failure {
    match error {
        FitError::Result(error) => error.into(),
        other => Failure::of(ExitClass::Failed, other.to_string()),
    }
}

/// Shows a fit as it is stored.
pub fn show(
    opened: &Opened,
    arguments: &BacktestArguments,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let path = opened.path.display().to_string();
    if arguments.quiet {
        return terminal.result(&format!("{}\n", one_line(&path)));
    }
    let bytes = opened.files().bytes(calibration::SUMMARY)?;
    let refused = |error: serde_json::Error| Failure::of(ExitClass::Refused, error.to_string());
    if arguments.json {
        let mut value: serde_json::Value = serde_json::from_slice(&bytes).map_err(refused)?;
        value["result"] = path.into();
        return terminal.result(&format!("{value:#}\n"));
    }
    let summary: FitSummary = serde_json::from_slice(&bytes).map_err(refused)?;
    if arguments.markdown {
        return terminal.result(&markdown(&summary));
    }
    let printed = terminal.page();
    let posterior = opened.path.join(calibration::POSTERIOR);
    let posterior = posterior.display().to_string();
    let setting = quoted(&format!("inputs.posterior='{posterior}'"));
    terminal.result(&format!(
        "{}{}\n{}\n",
        page(&summary, printed.columns, printed.colour),
        one_line(&format!("result: {path}")),
        one_line(&format!(
            "next: comity run {} -s {setting}",
            quoted(&opened.path.join("scenario.toml").display().to_string())
        ))
    ))
}
