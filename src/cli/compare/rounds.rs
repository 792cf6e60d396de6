//! Futures under each option in rounds, until there is a verdict: each option's are in a folder
//! of its own that can be gone on with, and how many it is given follows from the futures alone.

use std::path::{Path, PathBuf};

use comity::analysis::decide::allocation::{after_doubt, first_stage, fresh, next_round};
use comity::analysis::decide::futures::{Futures, Simulated, Wish, Wishes};
use comity::analysis::decide::judged::{Judged, Question};
use comity::analysis::decide::study::{Study, measured_again};
use comity::analysis::decide::verdict::{Verdict, verdict};
use comity::ensemble::worlds::WorldSimulator;
use comity::ensemble::{Job, Simulator, Underway};
use comity::report::comparison::Rounds;
use comity::result::{Claim, ExitClass, Identity, Opened, Request, claim};

use super::simulate::{Work, in_a_name, not_measurable};
use crate::cli::engine::{Engine, summary};
use crate::cli::failure::Failure;
use crate::cli::outcome;
use crate::cli::progress::Bar;
use crate::cli::target::output_folder;

/// The options with as many futures as it took.
pub struct Settled {
    /// A result of each option.
    pub results: Vec<Opened>,
    /// How many each was given.
    pub rounds: Rounds,
}

/// Simulates in rounds, and fresh futures of those that are measured again.
pub fn settled(
    work: &Work<'_>,
    jobs: &[Identity],
    fresh_jobs: &[Identity],
    folder: &Path,
) -> Result<Settled, Failure> {
    let engines = |jobs: &[Identity]| -> Result<Vec<Engine<'_>>, Failure> {
        let options = work.all.options.iter().zip(jobs);
        let engines = options.map(|(option, job)| {
            Engine::new(
                &option.pair.scenario,
                None,
                job,
                work.simulation.series.into(),
            )
        });
        engines.collect()
    };
    let (engines_of_options, engines_of_fresh) = (engines(jobs)?, engines(fresh_jobs)?);
    let plan: Vec<Job> = work
        .all
        .options
        .iter()
        .map(|option| work.simulation.job(&option.pair, work.interruption.clone()))
        .collect();
    let lanes = |engines, jobs, below: &str| Lanes {
        work,
        engines,
        plan: &plan,
        jobs,
        folder: folder.join(below),
        lanes: (0..plan.len()).map(|_| None).collect(),
    };
    let mut options = lanes(&engines_of_options[..], jobs, "options");
    let mut again = lanes(&engines_of_fresh[..], fresh_jobs, "fresh");
    let given = in_rounds(work, &mut options, &mut again, jobs[0].runs)?;
    let fresh = again.done();
    again.end()?;
    Ok(Settled {
        results: options.end()?,
        rounds: Rounds {
            asked: work.all.question.matters.into(),
            allowed: jobs[0].runs,
            futures: given,
            fresh,
        },
    })
}

/// How many futures each option was given in the end.
fn in_rounds(
    work: &Work<'_>,
    options: &mut Lanes<'_>,
    again: &mut Lanes<'_>,
    most: u32,
) -> Result<Vec<u32>, Failure> {
    let all: Vec<usize> = (0..work.all.options.len()).collect();
    let mut given = first_stage(all.len(), most);
    let mut told_before = false;
    loop {
        for &option in &all {
            options.advance(option, given[option])?;
        }
        let study = study(work, options.futures(&all));
        let judged = study.judged().map_err(not_measurable)?;
        let judged = judged.ok_or_else(|| work.without_a_value())?;
        let told = !is_open(&verdict(&judged));
        // A verdict of one look may be luck: the next must say the same.
        let twice = std::mem::replace(&mut told_before, told) && told;
        if !twice && let Some(next) = next_round(&judged, &given, most) {
            given = next;
            continue;
        }
        let said = confirmed(&study, &judged, again, fresh(&judged, &given))?;
        if !told || !is_open(&said) {
            return Ok(given);
        }
        let Some(next) = after_doubt(&judged, &given, most) else {
            return Ok(given);
        };
        given = next;
    }
}

fn is_open(said: &Verdict) -> bool {
    matches!(said, Verdict::CannotTell { .. })
}

/// The objective alone, which is all that counts in a round.
fn study(work: &Work<'_>, futures: Futures) -> Study {
    let question = work.all.question;
    Study {
        futures,
        better: vec![question.better],
        horizon_days: work.scenario().horizon_days(),
        question: Question {
            objective: 0,
            ..question
        },
    }
}

/// The verdict with so many fresh futures.
fn confirmed(
    study: &Study,
    judged: &Judged,
    again: &mut Lanes<'_>,
    futures: u32,
) -> Result<Verdict, Failure> {
    let measured = measured_again(judged);
    for &option in &measured {
        again.advance(option, futures)?;
    }
    let fresh = again.futures(&measured);
    let compared = study.compared(judged.clone(), Some(&fresh));
    Ok(compared.map_err(not_measurable)?.verdict)
}

/// Ensembles of all options, each begun when it is first asked for.
struct Lanes<'a> {
    work: &'a Work<'a>,
    engines: &'a [Engine<'a>],
    plan: &'a [Job],
    jobs: &'a [Identity],
    folder: PathBuf,
    lanes: Vec<Option<Lane<'a>>>,
}

/// The ensemble of one option.
struct Lane<'a> {
    work: &'a Work<'a>,
    option: usize,
    path: PathBuf,
    state: State<'a>,
    /// Its objective in the futures so far.
    seen: Simulated,
}

enum State<'a> {
    /// It can be gone on with.
    Open {
        underway: Box<Underway<'a, WorldSimulator<'a>>>,
        /// Place of the objective in the rows.
        at: usize,
    },
    /// It was ended before, at what it is given in the end; with its objective.
    Whole(Box<Opened>, Simulated),
}

impl<'a> Lanes<'a> {
    /// Does the futures of an option below `to`.
    fn advance(&mut self, option: usize, to: u32) -> Result<(), Failure> {
        let mut lane = match self.lanes[option].take() {
            Some(lane) => lane,
            None => self.begun(option)?,
        };
        if to > lane.seen.done {
            lane = lane.advanced(to)?;
        }
        self.lanes[option] = Some(lane);
        Ok(())
    }

    fn begun(&self, option: usize) -> Result<Lane<'a>, Failure> {
        let (engine, job, identity) = (
            &self.engines[option],
            &self.plan[option],
            &self.jobs[option],
        );
        let name = in_a_name(option, &self.work.all.options[option].name);
        let path = self.folder.join(name);
        let claimed = claim(&Request {
            output: &output_folder(),
            out: Some(&path),
            fresh: false,
            room_bytes: engine.room_bytes(job, identity),
            identity,
        })?;
        let objective = self.work.objective();
        let state = match claimed {
            Claim::Whole(result) => {
                let wishes = Wishes {
                    metrics: &[objective],
                    case: None,
                    inputs: &[],
                    nodes: &[],
                    start: self.work.scenario().start,
                };
                let all = Simulated::read(&result, &wishes)?;
                State::Whole(result, all)
            }
            Claim::Work(folder) => {
                let world = engine.world().ok_or_else(|| self.work.without_a_value())?;
                let mut metrics = world.layout().metrics.iter();
                let at = metrics.position(|metric| metric.name == objective.metric);
                State::Open {
                    underway: Box::new(Underway::begin(job, world, folder)?),
                    at: at.ok_or_else(|| self.work.without_a_value())?,
                }
            }
        };
        Ok(Lane {
            work: self.work,
            option,
            path,
            state,
            seen: Simulated {
                metrics: vec![Vec::new()],
                ..Simulated::default()
            },
        })
    }

    /// What these options have come to so far.
    fn futures(&self, options: &[usize]) -> Futures {
        let seen = options.iter().filter_map(|&option| {
            let lane = self.lanes[option].as_ref()?;
            Some(lane.seen.clone())
        });
        Futures::side_by_side(&seen.collect::<Vec<_>>())
    }

    /// Futures in all.
    fn done(&self) -> u32 {
        let lanes = self.lanes.iter().flatten();
        lanes.map(|lane| lane.seen.done).sum()
    }

    /// Makes results of those that were begun, in the order of the options.
    fn end(self) -> Result<Vec<Opened>, Failure> {
        let lanes = self.lanes.into_iter().flatten();
        lanes.map(Lane::end).collect()
    }
}

impl Lane<'_> {
    fn advanced(mut self, to: u32) -> Result<Self, Failure> {
        let Wish { open_until, .. } = self.work.objective();
        let (from, seen) = (self.seen.done, &mut self.seen);
        let whole = match &mut self.state {
            State::Whole(_, all) => {
                let runs = all.runs.partition_point(|run| *run < u64::from(to));
                seen.runs = all.runs[..runs].to_vec();
                seen.metrics = vec![all.metrics[0][..runs].to_vec()];
                to <= all.done
            }
            State::Open { underway, at } => {
                let bar = Bar::new(to, self.work.quiet);
                let whole = underway.advance(to, &|progress| bar.show(progress));
                bar.clear();
                let whole = whole?;
                underway.rows(from, to, &mut |rows| {
                    let value = rows.metrics.get(*at).copied().unwrap_or(f64::NAN);
                    seen.runs.push(u64::from(rows.run));
                    seen.metrics[0].push(match open_until {
                        Some(last) if value.is_nan() => last,
                        _ => value,
                    });
                })?;
                whole
            }
        };
        self.seen.done = to;
        if whole {
            Ok(self)
        } else {
            Err(self.cut_short(to))
        }
    }

    /// Why the futures below `to` are not all there.
    fn cut_short(self, to: u32) -> Failure {
        let place = self.path.display().to_string();
        let State::Open { underway, .. } = self.state else {
            return Failure::of(
                ExitClass::Refused,
                format!("{place} has fewer futures than the comparison asks for; use --fresh"),
            );
        };
        let of = if underway.interrupted() {
            underway.most()
        } else {
            to
        };
        let ended = underway.end(of, &|_| Ok(serde_json::Value::Null));
        let ended = ended.map_err(Failure::from);
        let told = ended.and_then(|outcome| {
            outcome::tell(outcome, &self.path, self.work.quiet, self.work.terminal)
        });
        told.err()
            .unwrap_or_else(|| Failure::of(ExitClass::Failed, format!("{place} was cut short")))
    }

    fn end(self) -> Result<Opened, Failure> {
        let option = &self.work.all.options[self.option];
        let underway = match self.state {
            State::Whole(result, _) => return Ok(*result),
            State::Open { underway, .. } => underway,
        };
        let identity = underway.identity().clone();
        let outcome = underway.end(self.seen.done, &|finished| {
            summary(finished, &option.pair, &identity)
        })?;
        outcome::tell(outcome, &self.path, self.work.quiet, self.work.terminal)
    }
}
