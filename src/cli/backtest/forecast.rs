//! A backtest done: what was known at each origin simulated, then everything scored.

use std::path::Path;

use comity::analysis::backtest::futures::Futures;
use comity::analysis::backtest::learning::FEW;
use comity::analysis::backtest::plan::{Facts, Later, Plan, plan};
use comity::analysis::backtest::record::{Backtested, Choices, Job, OriginRow, Study};
use comity::analysis::backtest::{shuffle::shuffle, tables};
use comity::ensemble::Interruption;
use comity::report::digits::figure;
use comity::result::{Claim, Folder, Identity, Opened, Request, claim, place};
use comity::scenario::{ObservationTable, Overlay, ScenarioTarget};

use crate::cli::arguments::BacktestArguments;
use crate::cli::failure::Failure;
use crate::cli::obtain::{Ensemble, heard};
use crate::cli::rulings::Rulings;
use crate::cli::simulation::SimulationOptions;
use crate::cli::target::{self, Pair};
use crate::cli::terminal::{Kind, Terminal};
use crate::cli::values::{PathsKept, SeriesKept, WhenARunFails};

use super::show::KIND;

/// A whole backtest.
pub struct Forecast {
    /// Its folder.
    pub result: Opened,
    /// Whether it was there already.
    pub found: bool,
}

/// Does it, goes on with one that is unfinished, or finds it there already.
pub fn forecast(
    target: &ScenarioTarget,
    arguments: &BacktestArguments,
    terminal: &Terminal,
) -> Result<Forecast, Failure> {
    let options = simulation(arguments);
    let overlay = overlay(arguments)?;
    let mut pair = target::load(target, &overlay, true)?;
    let identity = identity(&options, &pair, arguments)?;
    let later = if arguments.given {
        Later::Given
    } else {
        Later::Withheld
    };
    let plan = plan(&pair.scenario, pair.baseline.as_ref(), later);
    refuse_nothing_to_do(&pair, &plan)?;
    let known = known(target, &overlay, &plan)?;
    let interruption = heard()?;
    let known: Vec<(Pair, Identity)> = known
        .into_iter()
        .map(|pair| {
            let identity = options.identity(&pair)?;
            Ok((pair, identity))
        })
        .collect::<Result<_, Failure>>()?;
    let ensembles: Vec<Ensemble<'_>> = known
        .iter()
        .map(|(pair, identity)| Ensemble {
            pair,
            identity,
            simulation: &options,
            interruption: interruption.clone(),
            quiet: arguments.quiet,
        })
        .collect();
    // Each is tried before anything is written.
    for ensemble in &ensembles {
        ensemble.engine()?;
    }
    let folder = match claimed(&identity, arguments)? {
        Claim::Work(folder) => folder,
        Claim::Whole(result) => {
            return Ok(Forecast {
                result: *result,
                found: true,
            });
        }
    };
    let mut futures = Vec::with_capacity(plan.facts.len());
    for (facts, ensemble) in plan.facts.iter().zip(&ensembles) {
        let out = folder.path().join("origins").join(facts.folder());
        let (result, _) = ensemble.simulate(Some(&out), terminal)?;
        futures.push(Futures::read(&result, &ensemble.pair.scenario)?);
    }
    if let Some(seed) = arguments.shuffle_dates {
        shuffle(&mut pair.scenario.observations, seed);
    }
    let choices = choices(arguments, &pair);
    let job = Job::new(&pair.scenario, &identity, &choices);
    let study = Study {
        scenario: &pair.scenario,
        plan: &plan,
        futures: &futures,
        learning: choices.learning,
    };
    let threads = options.job(&pair, Interruption::new());
    scored(job, &study, folder, &threads, terminal).map(|result| Forecast {
        result,
        found: false,
    })
}

/// Scores, and writes what comes of it.
fn scored(
    job: Job,
    study: &Study<'_>,
    folder: Folder,
    done: &comity::ensemble::Job,
    terminal: &Terminal,
) -> Result<Opened, Failure> {
    let (origins, rows) = study.forecast();
    warn_of_few(&origins, terminal);
    let backtested = Backtested::new(job, study, origins, &rows);
    Ok(tables::write(
        folder,
        &backtested,
        &rows,
        &done.files,
        done.threads,
    )?)
}

/// The scenario and its baseline as each set of facts has them.
fn known(target: &ScenarioTarget, overlay: &Overlay, plan: &Plan) -> Result<Vec<Pair>, Failure> {
    let pair = |facts: &Facts| {
        let mut of_scenario = overlay.clone();
        of_scenario.settings.extend(facts.scenario.settings.clone());
        let mut of_baseline = overlay.clone();
        if let Some(known) = &facts.baseline {
            of_baseline.settings.extend(known.settings.clone());
        }
        target::load_known(target, &of_scenario, &of_baseline).map_err(|failure| match failure {
            Failure::Scenario { about: None, error } => Failure::Scenario {
                about: Some(format!(
                    "this is about the scenario as it was known on {}, without {}",
                    facts.first,
                    facts.scenario.withheld.join(", ")
                )),
                error,
            },
            other => other,
        })
    };
    plan.facts.iter().map(pair).collect()
}

fn refuse_nothing_to_do(pair: &Pair, plan: &Plan) -> Result<(), Failure> {
    let name = &pair.scenario.name;
    let observations = &pair.scenario.observations;
    if observations.is_empty() {
        return Err(Failure::input(format!(
            "`{name}` has no [[observation]] to be forecast; write some, or give a table of them \
             with --observations FILE.csv"
        )));
    }
    if observations.iter().all(|one| plan.own(one).is_none()) {
        return Err(Failure::input(format!(
            "`{name}` does not say from which day any of its observations is forecast; write \
             `origins` of [backtest], or `forecast_from` of an observation"
        )));
    }
    Ok(())
}

fn claimed(identity: &Identity, arguments: &BacktestArguments) -> Result<Claim, Failure> {
    let output = target::output_folder();
    let own = place::of_kind(&output, identity);
    let out: &Path = arguments.out.as_deref().unwrap_or(&own);
    Ok(claim(&Request {
        output: &output,
        out: Some(out),
        fresh: arguments.fresh,
        room_bytes: 0, // each ensemble asks for its own
        identity,
    })?)
}

fn warn_of_few(origins: &[OriginRow], terminal: &Terminal) {
    let few: Vec<String> = origins
        .iter()
        .filter(|origin| origin.effective < FEW)
        .map(|origin| format!("{} ({})", origin.date, figure(origin.effective, 1)))
        .collect();
    if !few.is_empty() {
        let text = format!(
            "fewer than {FEW} effective futures at {}: what was observed by then leaves few \
             futures that count, so that bands and scores there are rough; ask for more with -n, \
             or weigh all alike with --no-learning",
            few.join(", ")
        );
        terminal.say(Kind::Warning, &text);
    }
}

/// Inputs that were fitted have learned from the observations already.
fn choices(arguments: &BacktestArguments, pair: &Pair) -> Choices {
    Choices {
        given: arguments.given,
        learning: !arguments.no_learning && pair.scenario.posterior.is_none(),
        shuffled: arguments.shuffle_dates,
    }
}

/// Everything that can change a number of the backtest.
fn identity(
    options: &SimulationOptions,
    pair: &Pair,
    arguments: &BacktestArguments,
) -> Result<Identity, Failure> {
    let mut identity = options.identity(pair)?;
    KIND.clone_into(&mut identity.kind);
    let shuffled = arguments.shuffle_dates.map(|seed| seed.to_string());
    identity.arguments = [
        ("given", arguments.given.to_string()),
        ("learning", (!arguments.no_learning).to_string()),
        ("shuffle_dates", shuffled.unwrap_or_else(|| "no".to_owned())),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    Ok(identity)
}

pub fn overlay(arguments: &BacktestArguments) -> Result<Overlay, Failure> {
    let observations = arguments.observations.as_deref();
    Ok(Overlay {
        settings: arguments.settings.clone(),
        observations: observations.map(ObservationTable::read).transpose()?,
        ..Overlay::default()
    })
}

/// How the futures of an origin are simulated: nothing but their rows is kept.
fn simulation(arguments: &BacktestArguments) -> SimulationOptions {
    SimulationOptions {
        runs: arguments.runs,
        until: Vec::new(),
        customers: arguments.customers,
        seed: arguments.seed,
        settings: arguments.settings.clone(),
        rulings: Rulings::default(),
        option: None,
        no_baseline: false,
        out: None,
        keep: 0,
        paths: PathsKept::None,
        series: SeriesKept::Totals,
        csv: false,
        fresh: false,
        on_error: WhenARunFails::Continue,
        threads: arguments.threads,
    }
}
