//! A comparison done: every option simulated, the winner measured again, all of it judged.

use std::path::Path;
use std::time::Instant;

use comity::analysis::decide::over_time::{Paths, over_time};
use comity::analysis::decide::study::{Compared, Study, measured_again};
use comity::analysis::decide::tables::{self, Measured, Written, write};
use comity::ensemble::Interruption;
use comity::measure::MeasureError;
use comity::report::comparison::{self, Asked, Comparison, Rounds};
use comity::report::enough::ask::Half;
use comity::report::enough::rule::most_runs;
use comity::result::{
    Claim, ExitClass, Folder, Identity, Opened, ROUNDS, Request, UNTIL, claim, place,
};
use comity::scenario::resolved::{Metric, Model};
use comity::scenario::{Scenario, ScenarioTarget};

use super::alternatives::{Alternative, Alternatives, alternatives};
use super::levers;
use super::rounds;
use super::show::{KIND, SUMMARY};
use crate::cli::arguments::CompareArguments;
use crate::cli::failure::Failure;
use crate::cli::obtain::{Ensemble, heard};
use crate::cli::simulation::{SimulationOptions, refuse_too_many_given};
use crate::cli::target::output_folder;
use crate::cli::terminal::Terminal;
use crate::cli::values::{PathsKept, SeriesKept, WhenARunFails};

/// Flips the seed for fresh futures, which no run of the same seed then has.
const FRESH: u64 = 1 << 63;
/// Runs kept with all their events, so that one can be told.
const KEPT: u32 = 3;

/// A whole comparison.
pub struct Done {
    /// Its folder.
    pub result: Opened,
    /// Whether it was there already.
    pub found: bool,
    /// Seconds it took.
    pub seconds: f64,
}

/// Does it, goes on with one that is unfinished, or finds it there already.
pub fn compared(
    targets: &[(String, ScenarioTarget)],
    arguments: &CompareArguments,
    terminal: &Terminal,
) -> Result<Done, Failure> {
    let began = Instant::now();
    let all = alternatives(targets, arguments)?;
    let simulation = simulation(arguments);
    let mut jobs = identities(&all.options, &simulation, arguments.until.is_some())?;
    levers::refuse_unknown(&all, arguments)?;
    let identity = identity(&all, &jobs, arguments);
    if arguments.until.is_some() {
        // How many futures an option is given depends on all of the comparison.
        let digest = identity.digest();
        for job in &mut jobs {
            job.arguments.insert(ROUNDS.to_owned(), digest.clone());
        }
    }
    let work = Work {
        targets,
        arguments,
        all: &all,
        simulation: &simulation,
        interruption: heard()?,
        quiet: arguments.quiet,
        terminal,
    };
    // Each is tried before anything is written.
    for (option, job) in all.options.iter().zip(&jobs) {
        work.ensemble(option, job).engine()?;
    }
    let folder = match claimed(&identity, arguments)? {
        Claim::Work(folder) => folder,
        Claim::Whole(result) => {
            return Ok(Done {
                result: *result,
                found: true,
                seconds: 0.0,
            });
        }
    };
    let result = work.done(&jobs, folder)?;
    Ok(Done {
        result,
        found: false,
        seconds: began.elapsed().as_secs_f64(),
    })
}

/// What every step needs.
pub(super) struct Work<'a> {
    pub(super) targets: &'a [(String, ScenarioTarget)],
    pub(super) arguments: &'a CompareArguments,
    pub(super) all: &'a Alternatives,
    pub(super) simulation: &'a SimulationOptions,
    pub(super) interruption: Interruption,
    pub(super) quiet: bool,
    pub(super) terminal: &'a Terminal,
}

impl Work<'_> {
    fn done(&self, jobs: &[Identity], folder: Folder) -> Result<Opened, Failure> {
        let all = self.all;
        let place = |below: &str| folder.path().join(below);
        let fresh_jobs = fresh(jobs);
        let mut rounds = None;
        let results = if folder.identity().ends_by_rule() {
            let settled = rounds::settled(self, jobs, &fresh_jobs, folder.path())?;
            let (results, given) = (settled.results, settled.rounds);
            rounds = Some(given);
            results
        } else {
            let options: Vec<usize> = (0..all.options.len()).collect();
            self.simulated(&all.options, (&options, jobs), &place("options"))?
        };
        let study = Study {
            futures: self.futures(&results)?,
            question: all.question,
            better: self.metrics().map(|metric| metric.better).collect(),
            horizon_days: self.scenario().horizon_days(),
        };
        let judged = study.judged().map_err(not_measurable)?;
        let judged = judged.ok_or_else(|| self.without_a_value())?;
        let again = measured_again(&judged);
        // Where there were rounds, found there already.
        let fresh = self.simulated(&all.options, (&again, &fresh_jobs), &place("fresh"))?;
        let failed_again = fresh.iter().map(|result| result.manifest.runs_failed);
        let failed_again = failed_again.max().unwrap_or(0);
        let fresh = self.futures(&fresh)?;
        let compared = study.compared(judged, Some(&fresh));
        let compared = Compared {
            thresholds: self.thresholds(&folder)?,
            ..compared.map_err(not_measurable)?
        };
        let paths = results.iter().map(Paths::read);
        let paths = paths.collect::<Result<Vec<_>, _>>()?;
        let dated = over_time(&paths, all.question.reference).map_err(not_measurable)?;
        let failed = results.iter().map(|result| result.manifest.runs_failed);
        let failed = failed.max().unwrap_or(0).max(failed_again);
        let page = self.page(
            folder.identity(),
            compared.clone(),
            (failed, study.futures.drawn),
            rounds.as_ref(),
        );
        let text = serde_json::to_string_pretty(&page);
        let text = text.map_err(|error| Failure::of(ExitClass::Failed, error.to_string()))?;
        let mut small = vec![(SUMMARY.to_owned(), format!("{text}\n").into_bytes())];
        small.extend(all.options.iter().enumerate().map(|(at, option)| {
            let name = format!("{}.toml", in_a_name(at, &option.name));
            (name, option.pair.scenario.frozen.as_bytes().to_vec())
        }));
        let futures = u32::try_from(study.futures.count()).unwrap_or(u32::MAX);
        Ok(write(
            folder,
            &Written {
                options: &self.named(),
                metrics: &self.measured(),
                compared: &compared,
                over_time: &dated,
                small: &small,
                runs: (futures, failed),
                threads: self.simulation.threads_used(),
            },
        )?)
    }

    pub(super) fn without_a_value(&self) -> Failure {
        let metric = &self.metric(self.all.question.objective).name;
        Failure::of(
            ExitClass::Failed,
            format!(
                "no future has a value of `{metric}` under every option; judge by another metric \
                 with --of"
            ),
        )
    }

    pub(super) fn ensemble<'b>(
        &'b self,
        option: &'b Alternative,
        job: &'b Identity,
    ) -> Ensemble<'b> {
        Ensemble {
            pair: &option.pair,
            identity: job,
            simulation: self.simulation,
            interruption: self.interruption.clone(),
            quiet: self.quiet,
        }
    }

    /// The results of those of `options` that `which` names, each in a folder of its own.
    pub(super) fn simulated(
        &self,
        options: &[Alternative],
        (which, jobs): (&[usize], &[Identity]),
        below: &Path,
    ) -> Result<Vec<Opened>, Failure> {
        let results = which.iter().map(|&at| {
            let option = &options[at];
            let out = below.join(in_a_name(at, &option.name));
            let ensemble = self.ensemble(option, &jobs[at]);
            Ok(ensemble.simulate(Some(&out), self.terminal)?.0)
        });
        results.collect()
    }

    /// The scenario whose words the page uses.
    pub(super) fn scenario(&self) -> &Scenario {
        &self.all.options[0].pair.scenario
    }

    pub(super) fn metric(&self, at: usize) -> &Metric {
        &self.scenario().metrics[self.all.metrics[at]]
    }

    pub(super) fn metrics(&self) -> impl Iterator<Item = &Metric> {
        (0..self.all.metrics.len()).map(|at| self.metric(at))
    }

    fn measured(&self) -> Vec<Measured> {
        let unit = |metric: &Metric| match &self.scenario().model {
            Model::Full(model) => metric.unit(model),
            Model::MarketBenchmark(_) => String::new(),
        };
        let measured = self.metrics().map(|metric| Measured {
            name: metric.name.clone(),
            unit: unit(metric),
        });
        measured.collect()
    }

    fn named(&self) -> Vec<tables::Alternative> {
        let options = self.all.options.iter().enumerate();
        let named = options.map(|(at, option)| tables::Alternative {
            name: option.name.clone(),
            title: option.title.clone(),
            folder: format!("options/{}", in_a_name(at, &option.name)),
        });
        named.collect()
    }

    fn page(
        &self,
        identity: &Identity,
        compared: Compared,
        (failed, drawn): (u32, Option<u64>),
        rounds: Option<&Rounds>,
    ) -> Comparison {
        let all = self.all;
        let options = self.named().into_iter();
        let options = options.map(|option| comparison::Alternative {
            name: option.name,
            title: option.title,
            folder: option.folder,
        });
        let asked = Asked {
            scenario: self.scenario(),
            of_decision: all.of_decision,
            identity,
            metrics: &all.metrics,
            objective: all.question.objective,
            tolerance: all.question.tolerance,
            failed,
            drawn,
            rounds,
        };
        Comparison::new(&asked, options.collect(), compared)
    }
}

/// A name for files of an option: its place among the options, from 1, and the letters, digits,
/// `-` and `_` of its name; the rest becomes `-`.
pub(super) fn in_a_name(place: usize, name: &str) -> String {
    const LONGEST: usize = 60;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = name.chars().take(LONGEST);
    let name: String = name.map(|c| if plain(c) { c } else { '-' }).collect();
    format!("{}-{name}", place + 1)
}

pub(super) fn not_measurable(error: MeasureError) -> Failure {
    Failure::of(
        ExitClass::Failed,
        format!("the options cannot be compared: {error}"),
    )
}

/// The same jobs in futures that none of the same seed has.
fn fresh(jobs: &[Identity]) -> Vec<Identity> {
    let fresh = jobs.iter().map(|job| Identity {
        seed: job.seed ^ FRESH,
        ..job.clone()
    });
    fresh.collect()
}

/// The job of each option.
pub(super) fn identities(
    options: &[Alternative],
    simulation: &SimulationOptions,
    by_rule: bool,
) -> Result<Vec<Identity>, Failure> {
    // As many futures of as many customers under each as under the first.
    let mut first = simulation.identity(&options[0].pair)?;
    if by_rule && simulation.runs.is_none() {
        first.runs = most_runs(&options[0].pair.scenario);
    }
    let options = options.iter();
    options
        .map(|option| {
            refuse_too_many_given(&option.pair.scenario, first.runs)?;
            let own = simulation.identity(&option.pair)?;
            Ok(Identity {
                runs: first.runs,
                customers: first.customers,
                ..own
            })
        })
        .collect()
}

/// Everything that can change a number of the comparison.
fn identity(all: &Alternatives, jobs: &[Identity], arguments: &CompareArguments) -> Identity {
    let question = &all.question;
    let scenario = &all.options[0].pair.scenario;
    let digests: Vec<String> = all
        .options
        .iter()
        .zip(jobs)
        .map(|(option, job)| format!("{} {}", option.name, job.scenario_digest))
        .collect();
    let tolerance = question.tolerance.map(|tolerance| tolerance.to_string());
    let objective = &scenario.metrics[all.metrics[question.objective]].name;
    let until = arguments
        .until
        .is_some()
        .then(|| (UNTIL.to_owned(), Half::from(question.matters).to_string()));
    Identity {
        kind: KIND.to_owned(),
        arguments: [
            ("options", digests.join("\n")),
            ("of", objective.clone()),
            ("against", all.options[question.reference].name.clone()),
            ("levers", arguments.levers.join(" ")),
            ("tolerance", tolerance.unwrap_or_else(|| "none".to_owned())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .chain(until)
        .collect(),
        ..jobs[0].clone()
    }
}

fn claimed(identity: &Identity, arguments: &CompareArguments) -> Result<Claim, Failure> {
    let output = output_folder();
    let own = place::of_kind(&output, identity);
    let out: &Path = arguments.out.as_deref().unwrap_or(&own);
    Ok(claim(&Request {
        output: &output,
        out: Some(out),
        fresh: arguments.fresh,
        room_bytes: 0, // each option asks for its own
        identity,
    })?)
}

/// How the futures of an option are simulated.
fn simulation(arguments: &CompareArguments) -> SimulationOptions {
    SimulationOptions {
        runs: arguments.runs,
        until: Vec::new(),
        customers: arguments.customers,
        seed: arguments.seed,
        settings: arguments.settings.clone(),
        rulings: arguments.rulings.clone(),
        option: None,
        no_baseline: true,
        out: None,
        keep: KEPT,
        paths: PathsKept::default(),
        series: SeriesKept::Totals,
        csv: false,
        fresh: false,
        on_error: WhenARunFails::Continue,
        threads: arguments.threads,
    }
}
