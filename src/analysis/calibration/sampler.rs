//! The sampler: from the prior to the posterior, a generation at a time.

use rayon::prelude::*;

use super::particle::{Generation, Particle, Passage};
use super::problem::{Evaluated, Problem};
use super::tempering;
use super::walk::Walk;
use crate::chance::{EntityKey, Run, SHARED_RUN, Seed, Stream, math};

/// Each generation walks until so many walks of a particle were accepted on average, and
/// refreshes alike …
const ENOUGH_ACCEPTED: f64 = 2.0;
/// … or so many moves of that kind were made.
const MOST_MOVES: u32 = 8;
/// Generations beyond which something must be wrong.
const MOST_GENERATIONS: usize = 200;

/// Why there is no posterior.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CalibrationError {
    /// An end was asked for; the generation before is still good.
    #[error("stopped when asked to")]
    Stopped,
    /// Every simulation from the prior failed.
    #[error("every simulation from the prior failed, so that nothing can be calibrated")]
    AllFailed,
    /// The bridge does not reach the posterior.
    #[error(
        "after {MOST_GENERATIONS} generations the posterior is not reached: the observations \
         contradict the model far beyond their errors; see that units are right, or give them \
         larger errors"
    )]
    TooFar,
}

/// A calibration under way. Every draw is keyed, so that equal samplers give equal
/// generations whatever the number of threads.
pub struct Sampler<'p, P> {
    problem: &'p P,
    particles: u32,
    streams: Streams,
    stop: &'p (dyn Fn() -> bool + Sync),
}

/// Draws by what they are for.
struct Streams {
    prior: Stream,
    luck: Stream,
    resampling: Stream,
    walk: Stream,
    acceptance: Stream,
}

/// Which of the two moves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    /// To nearby inputs on the same luck.
    Walk,
    /// To new luck at the same inputs.
    Refresh,
}

/// What a move of all particles came to.
#[derive(Clone, Copy, Default)]
struct Moved {
    accepted: u64,
    failed: u64,
}

/// Moves of one kind in a generation.
#[derive(Clone, Copy, Default)]
struct Moves {
    /// Made of each particle.
    made: u32,
    /// Accepted, mean of the particles.
    accepted: f64,
}

impl Moves {
    fn made_and_share(self) -> (u32, f64) {
        (self.made, self.accepted / f64::from(self.made.max(1)))
    }
}

impl<'p, P: Problem> Sampler<'p, P> {
    /// A sampler with so many particles, at least one; `stop` is asked before each
    /// simulation whether an end is wanted.
    #[must_use]
    pub fn new(
        problem: &'p P,
        particles: u32,
        seed: Seed,
        stop: &'p (dyn Fn() -> bool + Sync),
    ) -> Self {
        let stream = |purpose| Stream::new(seed, "calibration", purpose);
        Self {
            problem,
            particles: particles.max(1),
            streams: Streams {
                prior: stream("prior"),
                luck: stream("luck"),
                resampling: stream("resampling"),
                walk: stream("walk"),
                acceptance: stream("acceptance"),
            },
            stop,
        }
    }

    /// Particles from the prior.
    ///
    /// # Errors
    /// [`CalibrationError::Stopped`]
    pub fn prior(&self) -> Result<Generation, CalibrationError> {
        let entity = EntityKey::of("prior");
        let particles = (0..self.particles).into_par_iter().map(|particle| {
            let scores = normals(
                self.streams.prior,
                particle,
                entity,
                self.problem.dimension(),
            );
            let luck = self.luck(particle, entity);
            let evaluated = self.evaluate(&scores, luck)?;
            Ok(Particle {
                scores,
                luck,
                evaluated,
            })
        });
        let particles = particles.collect::<Result<Vec<Particle>, CalibrationError>>()?;
        let failed = particles.iter().filter(|p| has_failed(&p.evaluated));
        let passage = Passage {
            effective: f64::from(self.particles),
            simulations: u64::from(self.particles),
            failed: failed.count() as u64,
            ..Passage::default()
        };
        Ok(Generation {
            beta: 0.0,
            particles,
            passages: vec![passage],
        })
    }

    /// The generation after this one, which is not the last.
    ///
    /// # Errors
    /// [`CalibrationError`]; the generation given is still good.
    pub fn next(&self, before: &Generation) -> Result<Generation, CalibrationError> {
        if before.passages.len() > MOST_GENERATIONS {
            return Err(CalibrationError::TooFar);
        }
        let entity = EntityKey::of("generation").child(before.passages.len() as u64);
        let logs = before.particles.iter();
        let logs: Vec<_> = logs.map(|p| p.evaluated.log_likelihood).collect();
        let rise = tempering::rise(before.beta, &logs).ok_or(CalibrationError::AllFailed)?;
        let cloud: Vec<&[f64]> = before.particles.iter().map(|p| &p.scores[..]).collect();
        let walk = Walk::of(&cloud, &rise.weights);
        let mark = self.streams.resampling.uniform(SHARED_RUN, entity, 0);
        let survivors = tempering::survivors(&rise.weights, mark);
        let survivors = survivors.into_iter().map(|i| before.particles[i].clone());
        let mut particles: Vec<Particle> = survivors.collect();
        let mut passage = Passage {
            beta: rise.beta,
            effective: rise.effective,
            log_evidence: rise.log_mean,
            ..Passage::default()
        };
        self.shake(&mut particles, &walk, entity, &mut passage)?;
        let mut passages = before.passages.clone();
        passages.push(passage);
        Ok(Generation {
            beta: rise.beta,
            particles,
            passages,
        })
    }

    /// Walks and refreshes in turn, until enough of either kind were accepted.
    fn shake(
        &self,
        particles: &mut [Particle],
        walk: &Walk,
        entity: EntityKey,
        passage: &mut Passage,
    ) -> Result<(), CalibrationError> {
        let n = particles.len() as f64;
        let mut kinds = [
            (Move::Walk, Moves::default()),
            (Move::Refresh, Moves::default()),
        ];
        let mut turn = 0;
        while turn < MOST_MOVES
            && kinds
                .iter()
                .any(|(_, moves)| moves.accepted < ENOUGH_ACCEPTED)
        {
            for (which, moves) in &mut kinds {
                if moves.accepted >= ENOUGH_ACCEPTED {
                    continue;
                }
                let entity = entity
                    .child(u64::from(turn))
                    .child(u64::from(*which == Move::Refresh));
                let moved = self.moves(particles, walk, (*which, passage.beta), entity)?;
                moves.made += 1;
                moves.accepted += moved.accepted as f64 / n;
                passage.simulations += particles.len() as u64;
                passage.failed += moved.failed;
            }
            turn += 1;
        }
        let [(_, walks), (_, refreshes)] = kinds;
        (passage.walks, passage.walks_accepted) = walks.made_and_share();
        (passage.refreshes, passage.refreshes_accepted) = refreshes.made_and_share();
        Ok(())
    }

    /// One Metropolis move of each particle, which leaves p(θ)·p(ω)·L^β as it is.
    fn moves(
        &self,
        particles: &mut [Particle],
        walk: &Walk,
        (which, beta): (Move, f64),
        entity: EntityKey,
    ) -> Result<Moved, CalibrationError> {
        let moved = particles.par_iter_mut().enumerate().map(|(i, particle)| {
            let i = u32::try_from(i).unwrap_or(u32::MAX);
            let (scores, luck) = match which {
                Move::Walk => (self.walked(walk, particle, i, entity), particle.luck),
                Move::Refresh => (particle.scores.clone(), self.luck(i, entity)),
            };
            let evaluated = self.evaluate(&scores, luck)?;
            let failed = u64::from(has_failed(&evaluated));
            let ratio = log_ratio(particle, &scores, &evaluated, beta);
            let uniform = self.streams.acceptance.uniform(Run(i), entity, 0);
            let accepted = math::ln(uniform) < ratio;
            if accepted {
                *particle = Particle {
                    scores,
                    luck,
                    evaluated,
                };
            }
            let accepted = u64::from(accepted);
            Ok(Moved { accepted, failed })
        });
        moved.try_reduce(Moved::default, |a, b| {
            Ok(Moved {
                accepted: a.accepted + b.accepted,
                failed: a.failed + b.failed,
            })
        })
    }

    fn walked(&self, walk: &Walk, from: &Particle, i: u32, entity: EntityKey) -> Vec<f64> {
        let dimension = from.scores.len();
        let steps = normals(self.streams.walk, i, entity, dimension);
        let size = u32::try_from(dimension).unwrap_or(u32::MAX);
        let size = self.streams.walk.uniform(Run(i), entity, size);
        walk.step(&from.scores, &steps, size)
    }

    /// The number of a run, each as likely but the one that no run has.
    fn luck(&self, particle: u32, entity: EntityKey) -> u32 {
        let uniform = self.streams.luck.uniform(Run(particle), entity, 0);
        (uniform * f64::from(SHARED_RUN.0)) as u32
    }

    fn evaluate(&self, scores: &[f64], luck: u32) -> Result<Evaluated, CalibrationError> {
        if (self.stop)() {
            return Err(CalibrationError::Stopped);
        }
        Ok(self.problem.evaluate(scores, Run(luck)))
    }
}

/// ln of the ratio by which a symmetric proposal is accepted: prior density N(0, I) times
/// likelihood to the power β, there over here.
fn log_ratio(here: &Particle, scores: &[f64], there: &Evaluated, beta: f64) -> f64 {
    let Some(log_there) = there.log_likelihood else {
        return f64::NEG_INFINITY;
    };
    let log_here = here.evaluated.log_likelihood.unwrap_or(f64::NEG_INFINITY);
    let squares = |scores: &[f64]| scores.iter().map(|z| z * z).sum::<f64>();
    0.5 * (squares(&here.scores) - squares(scores)) + beta * (log_there - log_here)
}

fn has_failed(evaluated: &Evaluated) -> bool {
    evaluated.log_likelihood.is_none()
}

/// Standard normal numbers.
fn normals(stream: Stream, particle: u32, entity: EntityKey, count: usize) -> Vec<f64> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let uniforms = (0..count).map(|i| stream.uniform(Run(particle), entity, i));
    uniforms.map(math::normal_quantile).collect()
}
