//! `comity run`: simulate a scenario, go on with unfinished work, or show a result.

use std::fmt::Write as _;
use std::time::Instant;

use comity::chance::Seed;
use comity::ensemble::benchmark::BenchmarkSimulator;
use comity::ensemble::worlds::WorldSimulator;
use comity::ensemble::{
    self, EnsembleError, Interruption, Job, Keep, Outcome, Progress, Simulator,
};
use comity::report::front::FrontPage;
use comity::result::{Claim, ExitClass, Folder, Identity, Request, claim};
use comity::scenario::Overlay;
use comity::scenario::resolved::Model;
use comity::world::MODEL_VERSION;

use super::arguments::RunArguments;
use super::failure::{Failure, RUNS_FAILED};
use super::progress::Bar;
use super::shell::quoted;
use super::show::{Showing, show};
use super::target::{self, Pair, Target};
use super::terminal::{Kind, Terminal};
use super::{outcome, signals};

/// Options that also make sense for a result that is only shown.
const FOR_RESULTS_TOO: [&str; 3] = ["--json", "--quiet", "--color"];

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &RunArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let output = target::output_folder();
    match target::find(arguments.target.as_deref(), &output)? {
        Target::Result(result) => {
            let simulating = options
                .iter()
                .find(|option| !FOR_RESULTS_TOO.contains(&option.as_str()));
            if let Some(option) = simulating {
                let path = result.path.join("scenario.toml").display().to_string();
                return Err(Failure::input(format!(
                    "{} is a result, which is only shown; {option} is for a scenario: \
                     `comity run {} {option} …` simulates that of the result",
                    result.path.display(),
                    quoted(&path)
                )));
            }
            show(&result, showing(arguments), terminal)?;
            Ok(0)
        }
        Target::Scenario(scenario) => {
            let overlay = Overlay {
                option: arguments.option.clone(),
                settings: arguments.settings.clone(),
            };
            let pair = target::load(&scenario, &overlay, !arguments.no_baseline)?;
            simulate(arguments, &pair, terminal)
        }
    }
}

fn showing(arguments: &RunArguments) -> Showing {
    Showing {
        quiet: arguments.quiet,
        json: arguments.json,
        seconds: None,
        reference: None,
    }
}

/// Simulates, or finds the result there already.
fn simulate(arguments: &RunArguments, pair: &Pair, terminal: &Terminal) -> Result<u8, Failure> {
    let identity = identity(arguments, pair)?;
    let engine = Engine::new(arguments, pair, &identity)?;
    let interruption = Interruption::new();
    signals::listen(&interruption).map_err(|error| {
        Failure::of(
            ExitClass::Failed,
            format!("cannot listen for signals: {error}"),
        )
    })?;
    let claimed = claim(&Request {
        output: &target::output_folder(),
        out: arguments.out.as_deref(),
        fresh: arguments.fresh,
        identity: &identity,
    })?;
    let shown = Showing {
        reference: Some(reference(arguments)),
        ..showing(arguments)
    };
    let folder = match claimed {
        Claim::Work(folder) => folder,
        Claim::Whole(result) => {
            if !arguments.quiet {
                let path = result.path.display();
                let text = format!("{path} is whole already; --fresh simulates it anew");
                terminal.say(Kind::Note, &text);
            }
            show(&result, shown, terminal)?;
            let failed = result.manifest.runs_failed > 0;
            return Ok(if failed { RUNS_FAILED } else { 0 });
        }
    };
    let job = job(arguments, pair, interruption);
    let bar = Bar::new(identity.runs, arguments.quiet);
    let path = folder.path().to_path_buf();
    let began = Instant::now();
    let done = engine.run(&job, folder, pair, &|progress| bar.show(progress));
    let seconds = began.elapsed().as_secs_f64();
    bar.clear();
    let shown = Showing {
        seconds: Some(seconds),
        ..shown
    };
    outcome::tell(done?, &path, shown, terminal)
}

/// Everything that can change a number or a file.
fn identity(arguments: &RunArguments, pair: &Pair) -> Result<Identity, Failure> {
    let Pair { scenario, baseline } = pair;
    let runs = arguments.runs.unwrap_or(scenario.runs);
    let customers = arguments.customers.unwrap_or(scenario.customers);
    let groups = match &scenario.model {
        Model::Full(model) => model.groups.len(),
        Model::MarketBenchmark(benchmark) => benchmark.groups as usize,
    };
    if (customers as usize) < groups {
        return Err(Failure::input(format!(
            "{customers} customers cannot fill the {groups} groups of `{}`; ask for \
             --customers {groups} or more",
            scenario.name
        )));
    }
    let mut of_files = keep(arguments).arguments();
    of_files.insert("series".to_owned(), arguments.series.name().to_owned());
    Ok(Identity {
        kind: "run".to_owned(),
        scenario: scenario.name.clone(),
        scenario_digest: scenario.digest.clone(),
        baseline_digest: baseline.as_ref().map(|baseline| baseline.digest.clone()),
        model_version: MODEL_VERSION,
        seed: arguments.seed,
        runs,
        customers,
        arguments: of_files,
    })
}

fn keep(arguments: &RunArguments) -> Keep {
    Keep {
        events_of_first: arguments.keep,
        paths: arguments.paths.into(),
        csv: arguments.csv,
    }
}

fn job(arguments: &RunArguments, pair: &Pair, interruption: Interruption) -> Job {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let frozen = |text: &str| text.as_bytes().to_vec();
    let mut files = vec![("scenario.toml".to_owned(), frozen(&pair.scenario.frozen))];
    if let Some(baseline) = &pair.baseline {
        files.push(("baseline.toml".to_owned(), frozen(&baseline.frozen)));
    }
    Job {
        threads: arguments.threads.unwrap_or_else(cores),
        on_error: arguments.on_error.into(),
        keep: keep(arguments),
        files,
        runs_per_block: None,
        interruption,
    }
}

/// The scenario as another command would take it, with what was assumed.
fn reference(arguments: &RunArguments) -> String {
    let mut text = quoted(arguments.target.as_deref().unwrap_or_default());
    for setting in &arguments.settings {
        // Writing to a String cannot fail.
        let _ = write!(text, " -s {}", quoted(setting));
    }
    if let Some(option) = &arguments.option {
        let _ = write!(text, " --option {}", quoted(option));
    }
    if let Some(customers) = arguments.customers {
        let _ = write!(text, " --customers {customers}");
    }
    if arguments.seed != 1 {
        let _ = write!(text, " --seed {}", arguments.seed);
    }
    if arguments.no_baseline {
        text.push_str(" --no-baseline");
    }
    text
}

/// The simulator of a scenario, by its model.
enum Engine<'p> {
    World(Box<WorldSimulator<'p>>),
    Benchmark(BenchmarkSimulator<'p>),
}

impl<'p> Engine<'p> {
    /// Sets up the simulator, and one worker as a trial, so that a scenario that cannot
    /// be simulated is refused before anything is written.
    fn new(arguments: &RunArguments, pair: &'p Pair, job: &Identity) -> Result<Self, Failure> {
        let Pair { scenario, baseline } = pair;
        let (customers, seed) = (job.customers as usize, Seed(job.seed));
        let (engine, trial) = match &scenario.model {
            Model::Full(_) => {
                let detail = arguments.series.into();
                let world =
                    WorldSimulator::new(scenario, baseline.as_ref(), customers, seed, detail);
                let world = world.map_err(|error| {
                    Failure::input(format!(
                        "{error}; --no-baseline simulates `{}` alone",
                        scenario.name
                    ))
                })?;
                let trial = world.worker().map(drop);
                (Self::World(Box::new(world)), trial)
            }
            Model::MarketBenchmark(_) => {
                let market = BenchmarkSimulator::new(scenario, customers, seed);
                let market = market.map_err(|error| Failure::input(error.to_string()))?;
                let trial = market.worker().map(drop);
                (Self::Benchmark(market), trial)
            }
        };
        let name = &scenario.name;
        trial.map_err(|why| Failure::input(format!("`{name}` cannot be simulated: {why}")))?;
        Ok(engine)
    }

    fn run(
        &self,
        job: &Job,
        folder: Folder,
        pair: &Pair,
        progress: &(dyn Fn(&Progress) + Sync),
    ) -> Result<Outcome, EnsembleError> {
        match self {
            Self::World(world) => work(job, &**world, folder, pair, progress),
            Self::Benchmark(market) => work(job, market, folder, pair, progress),
        }
    }
}

fn work<S: Simulator>(
    job: &Job,
    simulator: &S,
    folder: Folder,
    pair: &Pair,
    progress: &(dyn Fn(&Progress) + Sync),
) -> Result<Outcome, EnsembleError> {
    let identity = folder.identity().clone();
    ensemble::run(job, simulator, folder, progress, &|finished| {
        let page = FrontPage::of(finished, &pair.scenario, &identity)?;
        Ok(serde_json::to_value(page)?)
    })
}
