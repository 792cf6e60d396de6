//! The result of a TARGET, by one rule for every command that reads one: a scenario is
//! simulated, or its existing result of the same job is reused; a result is read.

use std::path::Path;
use std::time::Instant;

use comity::ensemble::Interruption;
use comity::result::{Claim, ExitClass, Identity, Opened, Request, claim};

use super::engine::Engine;
use super::failure::{Failure, RUNS_FAILED};
use super::progress::Bar;
use super::simulation::SimulationOptions;
use super::target::{self, Pair, Target};
use super::terminal::Terminal;
use super::{outcome, signals};
use comity::report::typed::quoted;

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// The command, as it is typed.
    pub command: &'a str,
    /// TARGET, if it was given.
    pub target: Option<&'a str>,
    /// How to simulate.
    pub simulation: &'a SimulationOptions,
    /// The options that stood on the command line.
    pub options: &'a [String],
    /// Say nothing but warnings and errors.
    pub quiet: bool,
    /// Refuses a scenario before it is simulated, if its result could not be used.
    pub check: &'a dyn Fn(&Pair, &Identity) -> Result<(), Failure>,
}

/// How a result was come by.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Origin {
    /// It was named, or is the latest.
    Read,
    /// The same job was done before.
    Found,
    /// Simulated now, in so many seconds.
    Simulated(f64),
}

/// A whole result.
#[derive(Debug)]
pub struct Obtained {
    /// The result.
    pub result: Opened,
    /// How it was come by.
    pub origin: Origin,
    /// The scenario as a command takes it; nothing where a result was named.
    pub reference: Option<String>,
}

impl Obtained {
    /// The exit code of a command that asked for a simulation or only read.
    pub fn code(&self) -> u8 {
        let failed = self.origin != Origin::Read && self.result.manifest.runs_failed > 0;
        if failed { RUNS_FAILED } else { 0 }
    }
}

/// Finds, reads or simulates the result.
pub fn obtain(wish: &Wish<'_>, terminal: &Terminal) -> Result<Obtained, Failure> {
    match target::find(wish.target, &target::output_folder())? {
        Target::Result(result) => {
            if let Some(option) = SimulationOptions::first_of(wish.options) {
                let path = result.path.join("scenario.toml").display().to_string();
                return Err(Failure::input(format!(
                    "{} is a result, which is only read; {option} is for a scenario: \
                     `comity {} {} {option} …` simulates that of the result",
                    result.path.display(),
                    wish.command,
                    quoted(&path)
                )));
            }
            Ok(Obtained {
                result: *result,
                origin: Origin::Read,
                reference: None,
            })
        }
        Target::Scenario(scenario) => {
            let overlay = wish.simulation.overlay()?;
            let pair = target::load(&scenario, &overlay, !wish.simulation.no_baseline)?;
            simulate(wish, &pair, terminal)
        }
    }
}

/// Simulates, or finds the result there already.
fn simulate(wish: &Wish<'_>, pair: &Pair, terminal: &Terminal) -> Result<Obtained, Failure> {
    let simulation = wish.simulation;
    let identity = simulation.identity(pair)?;
    (wish.check)(pair, &identity)?;
    let reference = Some(simulation.reference(wish.target.unwrap_or_default()));
    let ensemble = Ensemble {
        pair,
        identity: &identity,
        simulation,
        interruption: heard()?,
        quiet: wish.quiet,
    };
    let (result, origin) = ensemble.simulate(simulation.out.as_deref(), terminal)?;
    Ok(Obtained {
        result,
        origin,
        reference,
    })
}

/// From now on a signal asks for the end of what is simulated.
pub fn heard() -> Result<Interruption, Failure> {
    let interruption = Interruption::new();
    signals::listen(&interruption).map_err(|error| {
        Failure::of(
            ExitClass::Failed,
            format!("cannot listen for signals: {error}"),
        )
    })?;
    Ok(interruption)
}

/// One ensemble to be simulated.
pub struct Ensemble<'a> {
    /// What.
    pub pair: &'a Pair,
    /// The job.
    pub identity: &'a Identity,
    /// How.
    pub simulation: &'a SimulationOptions,
    /// Who may end it.
    pub interruption: Interruption,
    /// Say nothing but warnings and errors.
    pub quiet: bool,
}

impl Ensemble<'_> {
    /// Simulates it in the folder `out`, if one is named, goes on with what is unfinished, or
    /// finds it there already.
    pub fn simulate(
        &self,
        out: Option<&Path>,
        terminal: &Terminal,
    ) -> Result<(Opened, Origin), Failure> {
        let (pair, identity) = (self.pair, self.identity);
        let engine = self.engine()?;
        let job = self.simulation.job(pair, self.interruption.clone());
        let claimed = claim(&Request {
            output: &target::output_folder(),
            out,
            fresh: self.simulation.fresh,
            room_bytes: engine.room_bytes(&job, identity),
            identity,
        })?;
        let folder = match claimed {
            Claim::Work(folder) => folder,
            Claim::Whole(result) => return Ok((*result, Origin::Found)),
        };
        let bar = Bar::new(identity.runs, self.quiet);
        let path = folder.path().to_path_buf();
        let began = Instant::now();
        let done = engine.run(&job, folder, pair, &|progress| bar.show(progress));
        let seconds = began.elapsed().as_secs_f64();
        bar.clear();
        let result = outcome::tell(done?, &path, self.quiet, terminal)?;
        Ok((result, Origin::Simulated(seconds)))
    }

    /// Its simulator, tried; nothing is written.
    pub fn engine(&self) -> Result<Engine<'_>, Failure> {
        let (pair, series) = (self.pair, self.simulation.series);
        Engine::new(
            &pair.scenario,
            pair.baseline.as_ref(),
            self.identity,
            series.into(),
        )
    }
}
