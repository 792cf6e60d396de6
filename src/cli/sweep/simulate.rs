//! A sweep done: every ensemble simulated, all of them in one table.

use std::time::Instant;

use comity::analysis::sweep::job::{folder_of, identity};
use comity::analysis::sweep::measured::Futures;
use comity::analysis::sweep::study::Study;
use comity::analysis::sweep::tables::{self, Measured, Written, in_words};
use comity::ensemble::Interruption;
use comity::measure::MeasureError;
use comity::report::sweep::{Asked, CameTo, Point, Sweep, Varied};
use comity::result::{Claim, ExitClass, Folder, Identity, Opened, open};
use comity::scenario::ScenarioTarget;
use comity::scenario::resolved::Model;

use super::folder;
use super::points::{Points, Source, of_point};
use super::show::SUMMARY;
use crate::cli::arguments::SweepArguments;
use crate::cli::failure::Failure;
use crate::cli::obtain::{Ensemble, heard};
use crate::cli::rulings::Rulings;
use crate::cli::simulation::SimulationOptions;
use crate::cli::target::Pair;
use crate::cli::terminal::Terminal;
use crate::cli::values::{PathsKept, SeriesKept, WhenARunFails};

/// A whole sweep.
pub struct Done {
    /// Its folder.
    pub result: Opened,
    /// Whether it was there already.
    pub found: bool,
    /// Seconds it took.
    pub seconds: f64,
}

/// Does it, goes on with one that is unfinished or smaller, or finds it there already.
pub fn swept(
    scenario: Option<&ScenarioTarget>,
    arguments: &SweepArguments,
    terminal: &Terminal,
) -> Result<Done, Failure> {
    let began = Instant::now();
    let simulation = simulation(arguments);
    let source = Source {
        scenario,
        arguments,
        simulation: &simulation,
    };
    let points = source.points()?;
    let job = job(&points, arguments);
    let work = Work {
        source,
        points: &points,
        interruption: heard()?,
        terminal,
    };
    if !folder::is_whole(&job, arguments) {
        work.try_all(&job)?;
    }
    let (result, found) = match folder::claimed(&job, arguments)? {
        Claim::Work(folder) => (work.done(folder)?, false),
        Claim::Whole(result) => (*result, true),
    };
    Ok(Done {
        result,
        found,
        seconds: began.elapsed().as_secs_f64(),
    })
}

/// The sweep's job.
fn job(points: &Points, arguments: &SweepArguments) -> Identity {
    let name = |at: &usize| {
        let metric = points.metrics[*at];
        points.base.scenario.metrics[metric].name.as_str()
    };
    let of: Vec<&str> = points.asked.iter().map(name).collect();
    identity(
        &points.plan,
        &points.jobs,
        &points.base_job,
        arguments.replicates,
        &of,
    )
}

/// What every step needs.
struct Work<'a> {
    source: Source<'a>,
    points: &'a Points,
    interruption: Interruption,
    terminal: &'a Terminal,
}

impl Work<'_> {
    /// Tries every ensemble that is not there yet; nothing is written.
    fn try_all(&self, job: &Identity) -> Result<(), Failure> {
        let all = &self.points.ensembles;
        let path = folder::path(job, self.source.arguments);
        for (own, &point) in all.jobs.iter().zip(&all.of_point) {
            let there = open(&path.join(folder_of(own))).is_ok();
            // Another seed changes nothing of whether it can be simulated.
            if there || own.seed != self.points.jobs[point].seed {
                continue;
            }
            let pair = self.source.pair(&self.points.plan, point)?;
            let tried = self.ensemble(&pair, own).engine().map(drop);
            tried.map_err(|failure| of_point(&self.points.plan, point, failure))?;
        }
        Ok(())
    }

    fn ensemble<'b>(&'b self, pair: &'b Pair, job: &'b Identity) -> Ensemble<'b> {
        Ensemble {
            pair,
            identity: job,
            simulation: self.source.simulation,
            interruption: self.interruption.clone(),
            quiet: self.source.arguments.quiet,
        }
    }

    fn done(&self, folder: Folder) -> Result<Opened, Failure> {
        let points = self.points;
        let all = &points.ensembles;
        let mut study = Study::new(&points.plan, all, &points.asked);
        for (job, &point) in all.jobs.iter().zip(&all.of_point) {
            let pair = self.source.pair(&points.plan, point)?;
            let out = folder.path().join(folder_of(job));
            let ensemble = self.ensemble(&pair, job);
            let (result, _) = ensemble.simulate(Some(&out), self.terminal)?;
            let paired = job.baseline_digest.is_some();
            let futures = Futures::read(&result, &points.wishes[point], paired)?;
            let taken = study.take(&futures, result.manifest.runs_failed);
            taken.map_err(|error| of_point(&points.plan, point, not_measurable(error)))?;
        }
        let page = self.page(folder.identity(), &study)?;
        let text = serde_json::to_string_pretty(&page);
        let text = text.map_err(|error| Failure::of(ExitClass::Failed, error.to_string()))?;
        let mut small = vec![(SUMMARY.to_owned(), format!("{text}\n").into_bytes())];
        if !points.plan.of_jobs {
            let frozen = |text: &str| text.as_bytes().to_vec();
            let base = &points.base;
            small.push(("scenario.toml".to_owned(), frozen(&base.scenario.frozen)));
            let baseline = base.baseline.as_ref();
            small.extend(baseline.map(|b| ("baseline.toml".to_owned(), frozen(&b.frozen))));
        }
        Ok(tables::write(
            folder,
            &Written {
                plan: &points.plan,
                ensembles: all,
                came_to: study.came_to(),
                metrics: &self.measured(),
                small: &small,
                runs: study.runs(),
                threads: self.source.simulation.threads_used(),
            },
        )?)
    }

    fn measured(&self) -> Vec<Measured> {
        let scenario = &self.points.base.scenario;
        let measured = |&at: &usize| {
            let metric = &scenario.metrics[at];
            Measured {
                name: metric.name.clone(),
                unit: match &scenario.model {
                    Model::Full(model) => metric.unit(model),
                    Model::MarketBenchmark(_) => String::new(),
                },
            }
        };
        self.points.metrics.iter().map(measured).collect()
    }

    fn page(&self, identity: &Identity, study: &Study<'_>) -> Result<Sweep, Failure> {
        let Points {
            plan, ensembles, ..
        } = self.points;
        let own = study.points().map_err(not_measurable)?.into_iter();
        let rows = own.enumerate().map(|(at, own)| Point {
            number: at + 1,
            name: in_words(plan, &plan.points[at]),
            values: plan.points[at].values.clone(),
            folder: folder_of(&ensembles.jobs[ensembles.places[at][0]]),
            levels: own.levels,
            effects: own.effects,
        });
        let varied = plan.in_words().into_iter();
        let came_to = CameTo {
            design: plan.kind,
            replicates: self.source.arguments.replicates,
            ensembles: ensembles.jobs.len(),
            saved: ensembles.saved(),
            paired: self
                .points
                .jobs
                .iter()
                .any(|job| job.baseline_digest.is_some()),
            varied: varied
                .map(|(path, values)| Varied { path, values })
                .collect(),
            points: rows.collect(),
            moved: study.moved().map_err(not_measurable)?,
            scatter: study.scatter(),
        };
        let metrics: Vec<usize> = self
            .points
            .asked
            .iter()
            .map(|&at| self.points.metrics[at])
            .collect();
        let asked = Asked {
            scenario: &self.points.base.scenario,
            of_jobs: plan.of_jobs,
            identity,
            metrics: &metrics,
            failed: study.runs().1,
        };
        Ok(Sweep::new(&asked, came_to))
    }
}

fn not_measurable(error: MeasureError) -> Failure {
    Failure::of(
        ExitClass::Failed,
        format!("a metric cannot be told of: {error}"),
    )
}

/// How every point is simulated: no more is kept than the tables of its futures.
fn simulation(arguments: &SweepArguments) -> SimulationOptions {
    SimulationOptions {
        runs: arguments.runs,
        customers: arguments.customers,
        seed: arguments.seed,
        settings: arguments.settings.clone(),
        until: Vec::new(),
        rulings: Rulings::default(),
        option: arguments.option.clone(),
        no_baseline: arguments.no_baseline,
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
