//! What makes two sweeps the same, and when one goes on from another; the ensembles of a sweep.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::plan::Plan;
use super::varied::Varied;
use crate::chance::design::Kind;
use crate::result::Identity;

/// The kind of its job.
pub const KIND: &str = "sweep";

/// What goes from one replicate's seed to the next: no two replicates of one seed have the same,
/// and of seeds below it no two replicates of any.
const BETWEEN_REPLICATES: u64 = 1 << 32;

/// Digits of a digest that name an ensemble's folder.
const DIGITS: usize = 16;

/// The seed of a replicate, from 1: the seed itself, then 2³² more each time.
#[must_use]
pub fn seed_of(seed: u64, replicate: u32) -> u64 {
    let further = u64::from(replicate.saturating_sub(1));
    seed.wrapping_add(further.wrapping_mul(BETWEEN_REPLICATES))
}

/// The ensembles of a sweep: one for each point and replicate, but each job once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ensembles {
    /// The jobs, each another.
    pub jobs: Vec<Identity>,
    /// A point that has each.
    pub of_point: Vec<usize>,
    /// `places[point][replicate]`: which job it is.
    pub places: Vec<Vec<usize>>,
}

impl Ensembles {
    /// From the job of each point under its own seed.
    #[must_use]
    pub fn of(points: &[Identity], replicates: u32) -> Self {
        let mut all = Self::default();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (point, first) in points.iter().enumerate() {
            let places = (1..=replicates).map(|replicate| {
                let job = Identity {
                    seed: seed_of(first.seed, replicate),
                    ..first.clone()
                };
                *known.entry(job.digest()).or_insert_with(|| {
                    all.jobs.push(job);
                    all.of_point.push(point);
                    all.jobs.len() - 1
                })
            });
            let places = places.collect();
            all.places.push(places);
        }
        all
    }

    /// How many points and replicates had a job that another had.
    #[must_use]
    pub fn saved(&self) -> usize {
        self.places.iter().map(Vec::len).sum::<usize>() - self.jobs.len()
    }
}

/// The folder of an ensemble, below that of its sweep.
#[must_use]
pub fn folder_of(job: &Identity) -> String {
    format!("points/{}", name_of(job))
}

/// The digits that name an ensemble.
#[must_use]
pub fn name_of(job: &Identity) -> String {
    job.digest().chars().take(DIGITS).collect()
}

/// Everything that can change a number of the sweep.
#[must_use]
pub fn identity(
    plan: &Plan,
    points: &[Identity],
    base: &Identity,
    replicates: u32,
    of: &[&str],
) -> Identity {
    let varied: Vec<String> = plan.varied.iter().map(Varied::to_string).collect();
    let paths = if plan.varied.is_empty() {
        plan.paths.join("\n")
    } else {
        varied.join("\n")
    };
    let mut all = Sha256::new();
    for point in points {
        all.update(point.digest().as_bytes());
    }
    let digest: String = all
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut arguments = base.arguments.clone();
    arguments.extend(
        [
            (DESIGN, plan.kind.name().to_owned()),
            ("vary", paths),
            ("jobs", plan.of_jobs.to_string()),
            (POINTS, plan.points.len().to_string()),
            (DIGEST, digest),
            (REPLICATES, replicates.to_string()),
            (OF, of.join(",")),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    Identity {
        kind: KIND.to_owned(),
        arguments,
        ..base.clone()
    }
}

const DESIGN: &str = "design";
const POINTS: &str = "points";
const DIGEST: &str = "vary_sha256";
const REPLICATES: &str = "replicates";
const OF: &str = "of";

/// What its default folder is named by: that in which a sweep that goes on from it may not
/// differ.
#[must_use]
pub fn root(sweep: &Identity) -> Identity {
    let mut root = sweep.clone();
    for name in may_differ(sweep) {
        root.arguments.remove(*name);
    }
    root
}

/// In what a sweep that goes on from `sweep` may differ: what the page is about, how many
/// replicates, and, where the design grows, how many points.
fn may_differ(sweep: &Identity) -> &'static [&'static str] {
    let design = sweep.arguments.get(DESIGN).map(String::as_str);
    if design == Some(Kind::Sobol.name()) {
        &[OF, REPLICATES, POINTS, DIGEST]
    } else {
        &[OF, REPLICATES]
    }
}

/// Whether `here` takes all ensembles of `there` over and may stand in its place: nothing else
/// differs, and it has no fewer points or replicates.
#[must_use]
pub fn goes_on_from(here: &Identity, there: &Identity) -> bool {
    let count = |of: &Identity, name: &str| -> Option<u64> { of.arguments.get(name)?.parse().ok() };
    let no_fewer = |name: &str| match (count(here, name), count(there, name)) {
        (Some(here), Some(there)) => here >= there,
        _ => false,
    };
    there.kind == KIND
        && here.first_difference(there).is_some()
        && root(here).first_difference(&root(there)).is_none()
        && no_fewer(POINTS)
        && no_fewer(REPLICATES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(digest: &str, seed: u64) -> Identity {
        Identity {
            kind: "run".to_owned(),
            scenario: "s".to_owned(),
            scenario_digest: digest.to_owned(),
            baseline_digest: None,
            model_version: 1,
            seed,
            runs: 10,
            customers: 100,
            arguments: BTreeMap::new(),
        }
    }

    fn sweep(design: &str, points: u32, replicates: u32, of: &str) -> Identity {
        let mut sweep = job("base", 1);
        KIND.clone_into(&mut sweep.kind);
        sweep.arguments = [
            (DESIGN, design.to_owned()),
            (POINTS, points.to_string()),
            (DIGEST, format!("of {points}")),
            (REPLICATES, replicates.to_string()),
            (OF, of.to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        sweep
    }

    #[test]
    fn a_job_that_occurs_twice_is_one_ensemble() {
        let all = Ensembles::of(&[job("a", 1), job("b", 1), job("a", 1)], 2);
        assert_eq!(all.places, [[0, 1], [2, 3], [0, 1]]);
        assert_eq!(all.of_point, [0, 0, 1, 1]);
        assert_eq!(all.saved(), 2);
        // A job of another row may be a replicate of this one.
        let all = Ensembles::of(&[job("a", 1), job("a", 1 + BETWEEN_REPLICATES)], 2);
        assert_eq!((all.jobs.len(), all.saved()), (3, 1));
    }

    #[test]
    fn no_two_replicates_share_a_seed() {
        let mut seeds: Vec<u64> = (0..100)
            .flat_map(|seed| (1..=100).map(move |replicate| seed_of(seed, replicate)))
            .collect();
        assert_eq!(seeds[0], 0);
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 10_000);
        assert_ne!(seed_of(u64::MAX, 2), seed_of(u64::MAX, 3));
    }

    #[test]
    fn a_sobol_sweep_grows_and_others_do_not() {
        let small = sweep("sobol", 8, 1, "a");
        assert!(goes_on_from(&sweep("sobol", 16, 1, "a"), &small));
        assert!(goes_on_from(&sweep("sobol", 8, 2, "b"), &small));
        assert!(!goes_on_from(&sweep("sobol", 4, 1, "a"), &small));
        assert!(!goes_on_from(&small, &small), "it is the same");
        let latin = sweep("lhs", 8, 1, "a");
        assert!(!goes_on_from(&sweep("lhs", 16, 1, "a"), &latin));
        assert!(!goes_on_from(&sweep("sobol", 16, 1, "a"), &latin));
        assert!(goes_on_from(&sweep("lhs", 8, 3, "a"), &latin));
        assert!(!goes_on_from(&latin, &sweep("lhs", 8, 3, "a")));
        let mut other = sweep("sobol", 16, 1, "a");
        other.seed = 2;
        assert!(!goes_on_from(&other, &small));
    }
}
