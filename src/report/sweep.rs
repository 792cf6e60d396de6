//! What `comity sweep` says, as data: `summary.json` of a sweep. Metrics are named by their
//! position, points by their number, from 1.

use serde::{Deserialize, Serialize};

use super::checks::Checks;
use super::comparison::{Metric, on_scale};
use super::finished::not_in_the_model;
use super::input::{MetricFacts, ScenarioFacts};
use super::page::{Effect, Footer, Grounds, Verdict};
use super::unit::Unit;
use crate::analysis::sweep::measured::Figures;
use crate::analysis::sweep::moved::Moved;
use crate::analysis::sweep::replicates::Scatter;
use crate::chance::design::Kind;
use crate::domain::Date;
use crate::result::Identity;
use crate::scenario::Scenario;

/// Points shown from the best on, and from the worst, where there are more.
const BEST: usize = 8;
const WORST: usize = 4;

/// A sweep.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sweep {
    /// What was swept.
    pub header: Header,
    /// What was varied.
    pub varied: Vec<Varied>,
    /// The metrics asked for; points are sorted by the first.
    pub metrics: Vec<Metric>,
    /// Points, best first; where there are many, the best and the worst.
    pub points: Vec<Point>,
    /// How many more there are, between the best and the worst.
    pub more_points: usize,
    /// Of each metric, between what its mean lies over points.
    pub ranges: Vec<Option<Range>>,
    /// What each input changes, the most by the first metric first.
    pub moved: Vec<Moved>,
    /// Of each metric, its scatter between replicates.
    pub scatter: Vec<Option<Scatter>>,
    /// On what it rests.
    pub how_far_to_trust_this: Grounds,
    /// Commands that go on from here.
    pub next: Vec<String>,
    /// What it takes to make it again.
    pub footer: Footer,
}

/// What was swept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// The scenario's title; of jobs nothing.
    pub title: Option<String>,
    /// First day simulated, at the first point.
    pub start: Date,
    /// Last day simulated there.
    pub end: Date,
    /// What kind of design the points are.
    pub design: Kind,
    /// How many there are.
    pub points: usize,
    /// How many times each was simulated, with other seeds.
    pub replicates: u32,
    /// Ensembles simulated.
    pub ensembles: usize,
    /// How many more there would have been, had none been like another.
    pub saved: usize,
    /// Whether each is paired with a baseline.
    pub paired: bool,
}

/// An input and what it may be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Varied {
    /// Its path.
    pub path: String,
    /// Its values, as they were given or are in the table.
    pub values: String,
}

/// A point.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Point {
    /// Its number, from 1.
    pub number: usize,
    /// In words.
    pub name: String,
    /// Its value of each input.
    pub values: Vec<Option<String>>,
    /// The folder of its futures, below the sweep's; the first of several replicates.
    pub folder: String,
    /// Of each metric, its level over the futures of all replicates.
    pub levels: Vec<Figures>,
    /// Of each metric, the difference to the baseline, where there is one.
    pub effects: Option<Vec<Figures>>,
}

/// Between what the mean of a metric lies.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Range {
    /// The lowest mean, and the point that has it.
    pub low: (f64, usize),
    /// The highest.
    pub high: (f64, usize),
}

/// What the page is made of besides the points.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The scenario, at no point; of jobs that of the first.
    pub scenario: &'a Scenario,
    /// Whether there are jobs of several scenarios.
    pub of_jobs: bool,
    /// The sweep's job.
    pub identity: &'a Identity,
    /// Positions in the scenario of the metrics asked for.
    pub metrics: &'a [usize],
    /// Runs that failed.
    pub failed: u32,
}

/// What came of it.
#[derive(Clone, PartialEq, Debug)]
pub struct CameTo {
    /// The design, and how much was simulated; its title and dates are filled in.
    pub design: Kind,
    /// How many times each point was simulated.
    pub replicates: u32,
    /// Ensembles simulated.
    pub ensembles: usize,
    /// How many more there would have been.
    pub saved: usize,
    /// Whether each is paired with a baseline.
    pub paired: bool,
    /// What was varied.
    pub varied: Vec<Varied>,
    /// All points, in the order of the design.
    pub points: Vec<Point>,
    /// What each input changes.
    pub moved: Vec<Moved>,
    /// Scatter between replicates.
    pub scatter: Vec<Option<Scatter>>,
}

impl Sweep {
    /// The page.
    #[must_use]
    pub fn new(asked: &Asked<'_>, came_to: CameTo) -> Self {
        let Asked {
            scenario, identity, ..
        } = *asked;
        let all = MetricFacts::all(scenario);
        let metrics = asked.metrics.iter().map(|&at| Metric::of(all[at].clone()));
        let metrics: Vec<Metric> = metrics.collect();
        let facts = ScenarioFacts::new(scenario, None, not_in_the_model(&scenario.model));
        let ranges = (0..metrics.len()).map(|metric| range(&came_to.points, metric));
        let (count, mut moved) = (came_to.points.len(), came_to.moved);
        moved.sort_by(|a, b| size(b).total_cmp(&size(a)));
        Self {
            header: Header {
                title: (!asked.of_jobs).then_some(facts.title),
                start: facts.start,
                end: facts.end,
                design: came_to.design,
                points: count,
                replicates: came_to.replicates,
                ensembles: came_to.ensembles,
                saved: came_to.saved,
                paired: came_to.paired,
            },
            varied: came_to.varied,
            ranges: ranges.collect(),
            more_points: count.saturating_sub(BEST + WORST),
            points: shown(best_first(came_to.points, &metrics)),
            metrics,
            moved,
            scatter: came_to.scatter,
            how_far_to_trust_this: Grounds {
                inputs: facts.inputs,
                inputs_assumed: facts.inputs_assumed,
                inputs_uncertain: facts.inputs_uncertain,
                runs_failed: asked.failed,
                checks: Checks::shipped(),
                not_in_the_model: facts.not_in_the_model,
            },
            next: Vec::new(),
            footer: Footer {
                runs: identity.runs,
                customers: identity.customers,
                seed: identity.seed,
                digest6: facts.digest.chars().take(6).collect(),
                model_version: identity.model_version,
                program_version: env!("CARGO_PKG_VERSION").to_owned(),
                seconds: None,
            },
        }
    }
}

/// Best first by the first metric; where neither way is better, highest first. Points without a
/// mean come last.
fn best_first(mut points: Vec<Point>, metrics: &[Metric]) -> Vec<Point> {
    let less_is_better = metrics
        .first()
        .is_some_and(|metric| metric.more_is_better == Some(false));
    let sign = if less_is_better { 1.0 } else { -1.0 };
    let rank = |point: &Point| {
        let mean = point.levels.first().and_then(|level| level.mean);
        mean.map_or(f64::INFINITY, |mean| sign * mean)
    };
    points.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    points
}

/// All, or the best and the worst.
fn shown(mut points: Vec<Point>) -> Vec<Point> {
    if points.len() > BEST + WORST {
        points.drain(BEST..points.len() - WORST);
    }
    points
}

fn range(points: &[Point], metric: usize) -> Option<Range> {
    let means = points
        .iter()
        .filter_map(|point| Some((point.levels[metric].mean?, point.number)));
    let by_mean = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0);
    Some(Range {
        low: means.clone().min_by(by_mean)?,
        high: means.max_by(by_mean)?,
    })
}

/// How far an input moves the first metric.
fn size(moved: &Moved) -> f64 {
    let first = moved.differences.first().and_then(Option::as_ref);
    first.map_or(-1.0, |difference| difference.mean.abs())
}

/// A mean with its error as the page words it, in the unit in which it is shown.
#[must_use]
pub fn mean(unit: &Unit, figures: &Figures) -> Option<Effect> {
    let error = figures.interval.map(|interval| interval.half_width());
    Some(Effect {
        mean: on_scale(unit, figures.mean?),
        error: error.map(|error| on_scale(unit, error)),
        spread: None,
        verdict: Verdict::Changed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(number: usize, mean: Option<f64>) -> Point {
        let mut level = Figures::of(&[0.0]).unwrap();
        level.mean = mean;
        Point {
            number,
            name: String::new(),
            values: Vec::new(),
            folder: String::new(),
            levels: vec![level],
            effects: None,
        }
    }

    fn metric(more_is_better: Option<bool>) -> Metric {
        Metric {
            name: "m".to_owned(),
            label: "m".to_owned(),
            unit: Unit::Count,
            more_is_better,
            headline: None,
        }
    }

    #[test]
    fn of_many_points_the_best_and_the_worst_are_shown() {
        let points: Vec<Point> = (1..=20).map(|n| point(n, Some(n as f64))).collect();
        for (more_is_better, best, worst) in [(Some(true), 20, 1), (Some(false), 1, 20)] {
            let shown = shown(best_first(points.clone(), &[metric(more_is_better)]));
            assert_eq!(shown.len(), BEST + WORST);
            assert_eq!(
                (shown[0].number, shown[BEST + WORST - 1].number),
                (best, worst)
            );
        }
        let mixed = vec![point(1, None), point(2, Some(1.0)), point(3, Some(2.0))];
        let order = best_first(mixed.clone(), &[metric(None)]);
        let order: Vec<usize> = order.iter().map(|point| point.number).collect();
        assert_eq!(order, [3, 2, 1]);
        let range = range(&mixed, 0).unwrap();
        assert_eq!((range.low, range.high), ((1.0, 2), (2.0, 3)));
    }
}
