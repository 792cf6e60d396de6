//! A sweep as a whole: every ensemble taken in, one after the other, and what comes of them.

use super::job::Ensembles;
use super::measured::{Figures, Futures};
use super::moved::{At, Moved, moved};
use super::plan::Plan;
use super::replicates::{Scatter, scatter};
use super::tables::Ensemble;
use crate::measure::MeasureError;

/// What was asked, and what was taken in so far. Of an ensemble all metrics are kept in
/// figures, and those asked for in every future.
#[derive(Clone, PartialEq, Debug)]
pub struct Study<'a> {
    plan: &'a Plan,
    ensembles: &'a Ensembles,
    /// Positions of the metrics asked for.
    asked: &'a [usize],
    came_to: Vec<Ensemble>,
    futures: Vec<Futures>,
}

/// What a point comes to, over all its replicates.
#[derive(Clone, PartialEq, Debug)]
pub struct OfPoint {
    /// Of each metric asked for, its level.
    pub levels: Vec<Figures>,
    /// The same less the baseline's, where every replicate has one.
    pub effects: Option<Vec<Figures>>,
}

impl<'a> Study<'a> {
    /// Nothing taken in.
    #[must_use]
    pub fn new(plan: &'a Plan, ensembles: &'a Ensembles, asked: &'a [usize]) -> Self {
        Self {
            plan,
            ensembles,
            asked,
            came_to: Vec::new(),
            futures: Vec::new(),
        }
    }

    /// Takes in the next ensemble.
    ///
    /// # Errors
    /// When a value is infinite or beyond what can be summed.
    pub fn take(&mut self, futures: &Futures, failed: u32) -> Result<(), MeasureError> {
        let effects = futures.effects.as_ref();
        let metrics = futures.levels.iter().enumerate().map(|(at, level)| {
            let effect = effects.map(|effects| Figures::of(&effects[at]));
            Ok((Figures::of(level)?, effect.transpose()?))
        });
        self.came_to.push(Ensemble {
            failed,
            metrics: metrics.collect::<Result<_, _>>()?,
        });
        self.futures.push(futures.only(self.asked));
        Ok(())
    }

    /// What each ensemble came to.
    #[must_use]
    pub fn came_to(&self) -> &[Ensemble] {
        &self.came_to
    }

    /// Futures with a row and failed, over all ensembles.
    #[must_use]
    pub fn runs(&self) -> (u32, u32) {
        let done: usize = self.futures.iter().map(|futures| futures.runs.len()).sum();
        let failed: u64 = self.came_to.iter().map(|one| u64::from(one.failed)).sum();
        (
            u32::try_from(done).unwrap_or(u32::MAX),
            u32::try_from(failed).unwrap_or(u32::MAX),
        )
    }

    /// The points, in the order of the design.
    ///
    /// # Errors
    /// As [`Study::take`].
    pub fn points(&self) -> Result<Vec<OfPoint>, MeasureError> {
        let points = self.ensembles.places.iter();
        points.map(|places| self.point(places)).collect()
    }

    fn point(&self, places: &[usize]) -> Result<OfPoint, MeasureError> {
        let all = || places.iter().map(|&place| &self.futures[place]);
        let metrics = 0..self.asked.len();
        let levels = metrics.clone().map(|metric| {
            let values = all().flat_map(|futures| futures.levels[metric].iter().copied());
            Figures::of(&values.collect::<Vec<f64>>())
        });
        let paired: Option<Vec<&Vec<Vec<f64>>>> =
            all().map(|futures| futures.effects.as_ref()).collect();
        let effects = paired.map(|effects| {
            let of = |metric: usize| {
                let values = effects.iter().flat_map(|columns| columns[metric].iter());
                Figures::of(&values.copied().collect::<Vec<f64>>())
            };
            metrics.map(of).collect::<Result<Vec<_>, _>>()
        });
        Ok(OfPoint {
            levels: levels.collect::<Result<_, _>>()?,
            effects: effects.transpose()?,
        })
    }

    /// What each input changes; of jobs nothing, which are no design.
    ///
    /// # Errors
    /// As [`Study::take`].
    pub fn moved(&self) -> Result<Vec<Moved>, MeasureError> {
        if self.plan.of_jobs {
            return Ok(Vec::new());
        }
        let points = self.ensembles.places.iter().map(|places| {
            let mut at = At::default();
            for (replicate, &place) in places.iter().enumerate() {
                let futures = &self.futures[place];
                at.add(replicate, &futures.runs, &futures.levels);
            }
            at
        });
        moved(self.plan, &points.collect::<Vec<At>>(), self.asked.len())
    }

    /// Of each metric asked for, its scatter between replicates.
    #[must_use]
    pub fn scatter(&self) -> Vec<Option<Scatter>> {
        let of = |metric: &usize| {
            let mean = |place: &usize| {
                let (level, _) = &self.came_to[*place].metrics[*metric];
                level.mean.zip(level.error)
            };
            let points = self.ensembles.places.iter();
            let points: Vec<Vec<Option<(f64, f64)>>> = points
                .map(|places| places.iter().map(mean).collect())
                .collect();
            scatter(&points)
        };
        self.asked.iter().map(of).collect()
    }
}
