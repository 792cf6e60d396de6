//! The sampler against posteriors that are known exactly.
//!
//! Each estimate is the mean over independent calibrations, held against the truth by their
//! own spread: a difference of more than 6 standard errors of 40 has a chance of 5e-7
//! (Student's t with 39 degrees of freedom), and seeds are fixed.

use super::*;
use crate::chance::{EntityKey, Run, Seed, Stream, math};

/// Standard error of an observation in these toys.
const ERROR: f64 = 0.3;
const REPEATS: u64 = 40;

/// ln of the normal density.
fn log_density(x: f64, mean: f64, sd: f64) -> f64 {
    let z = (x - mean) / sd;
    -0.5 * z * z - math::ln(sd) - 0.5 * math::ln(2.0 * std::f64::consts::PI)
}

/// The chance in one future: standard normal.
fn noise(luck: Run) -> f64 {
    let stream = Stream::new(Seed(7), "toy", "noise");
    math::normal_quantile(stream.uniform(luck, EntityKey::of("toy"), 0))
}

struct Toy<F> {
    dimension: usize,
    log_likelihood: F,
}

impl<F: Fn(&[f64], Run) -> Option<f64> + Sync> Problem for Toy<F> {
    fn dimension(&self) -> usize {
        self.dimension
    }

    fn evaluate(&self, scores: &[f64], luck: Run) -> Evaluated {
        Evaluated {
            log_likelihood: (self.log_likelihood)(scores, luck),
            kept: Vec::new(),
        }
    }
}

/// An unknown mean, observed as `observed` through futures that scatter by `scatter`.
fn normal_mean(observed: f64, scatter: f64) -> impl Problem {
    Toy {
        dimension: 1,
        log_likelihood: move |scores: &[f64], luck| {
            let simulated = scores[0] + scatter * noise(luck);
            Some(log_density(observed, simulated, ERROR))
        },
    }
}

fn posterior(problem: &impl Problem, particles: u32, seed: u64) -> Generation {
    let sampler = Sampler::new(problem, particles, Seed(seed), &|| false);
    let mut generation = sampler.prior().unwrap();
    while !generation.is_last() {
        generation = sampler.next(&generation).unwrap();
    }
    generation
}

fn mean(generation: &Generation, of: impl Fn(&[f64]) -> f64) -> f64 {
    let values = generation.particles.iter().map(|p| of(&p.scores));
    values.sum::<f64>() / generation.particles.len() as f64
}

/// Holds the mean of these estimates against the truth.
fn holds(estimates: &[f64], truth: f64, what: &str) {
    let n = estimates.len() as f64;
    let mean = estimates.iter().sum::<f64>() / n;
    let squares = estimates.iter().map(|e| (e - mean) * (e - mean));
    let error = (squares.sum::<f64>() / (n - 1.0) / n).sqrt();
    assert!(
        (mean - truth).abs() < 6.0 * error,
        "{what}: {mean} ± {error}, not {truth}"
    );
    // And the test has teeth.
    assert!(error < 0.02, "{what}: {error}");
}

/// y = θ + 0.4·noise + error: θ | y is normal with mean y/(1 + v) and variance v/(1 + v), with
/// v = 0.4² + 0.3², and y is normal with variance 1 + v. The luck is integrated out, not fixed.
#[test]
fn the_mean_of_a_normal_has_its_exact_posterior() {
    let (observed, variance) = (1.5, 0.4 * 0.4 + ERROR * ERROR);
    let problem = normal_mean(observed, 0.4);
    let ends: Vec<Generation> = (0..REPEATS).map(|s| posterior(&problem, 300, s)).collect();
    let estimates = |of: &dyn Fn(&Generation) -> f64| ends.iter().map(of).collect::<Vec<_>>();
    let centre = observed / (1.0 + variance);
    holds(&estimates(&|g| mean(g, |s| s[0])), centre, "mean");
    let spread = |g: &Generation| mean(g, |s| (s[0] - centre) * (s[0] - centre));
    holds(&estimates(&spread), variance / (1.0 + variance), "variance");
    let evidence = log_density(observed, 0.0, (1.0 + variance).sqrt());
    let ratio = |g: &Generation| math::exp(g.log_evidence() - evidence);
    holds(&estimates(&ratio), 1.0, "evidence, which is unbiased");
}

/// Three inputs of which two sums were seen: the posterior of linear algebra, in which no
/// input is known by itself but all hang together.
#[test]
fn a_correlated_posterior_is_that_of_linear_algebra() {
    let problem = Toy {
        dimension: 3,
        log_likelihood: |s: &[f64], _| {
            let sum = log_density(0.8, s[0] + s[1], ERROR);
            Some(sum + log_density(-0.4, s[1] - s[2], ERROR))
        },
    };
    let ends: Vec<Generation> = (0..REPEATS).map(|s| posterior(&problem, 300, s)).collect();
    let means = [
        0.615_183_634_690_178,
        0.129_449_838_187_702,
        0.485_733_796_502_479,
    ];
    let covariances = [
        [
            0.379_472_105_935_097,
            -0.323_624_595_469_256,
            -0.296_903_298_595_647,
        ],
        [
            -0.323_624_595_469_256,
            0.352_750_809_061_489,
            0.323_624_595_469_256,
        ],
        [
            -0.296_903_298_595_647,
            0.323_624_595_469_256,
            0.379_472_105_935_097,
        ],
    ];
    for i in 0..3 {
        let estimates: Vec<f64> = ends.iter().map(|g| mean(g, |s| s[i])).collect();
        holds(&estimates, means[i], &format!("mean {i}"));
        for j in 0..=i {
            let product = |s: &[f64]| (s[i] - means[i]) * (s[j] - means[j]);
            let estimates: Vec<f64> = ends.iter().map(|g| mean(g, product)).collect();
            holds(
                &estimates,
                covariances[i][j],
                &format!("covariance {i}, {j}"),
            );
        }
    }
}

/// y = θ² leaves two humps, each with half of the mass. Numbers by quadrature.
#[test]
fn both_humps_of_a_posterior_are_found() {
    let problem = Toy {
        dimension: 1,
        log_likelihood: |s: &[f64], _| Some(log_density(1.0, s[0] * s[0], ERROR)),
    };
    let ends: Vec<Generation> = (0..REPEATS).map(|s| posterior(&problem, 300, s)).collect();
    let right = |s: &[f64]| f64::from(u8::from(s[0] > 0.0));
    let shares: Vec<f64> = ends.iter().map(|g| mean(g, right)).collect();
    holds(&shares, 0.5, "right hump");
    let sizes: Vec<f64> = ends.iter().map(|g| mean(g, |s| s[0].abs())).collect();
    holds(&sizes, 0.928_871_006_993_882, "size");
    let ratios = ends
        .iter()
        .map(|g| math::exp(g.log_evidence() - -1.334_631_346_546_215));
    holds(&ratios.collect::<Vec<_>>(), 1.0, "evidence");
}

/// Simulation-based calibration (Talts et al. 2018): truth from the prior, data from the
/// truth, and the truth's rank among 7 draws of the posterior is uniform. χ² over 8 ranks of
/// 400 repeats stays below 40.5 but for a chance of 1e-6.
fn ranks(scatter_known: f64) -> f64 {
    const DRAWS: usize = 7;
    const SCATTER: f64 = 0.6;
    let mut counts = [0.0f64; DRAWS + 1];
    let truth = Stream::new(Seed(11), "toy", "truth");
    for repeat in 0..400u32 {
        let draw =
            |index| math::normal_quantile(truth.uniform(Run(repeat), EntityKey::of("t"), index));
        let theta = draw(0);
        let observed = theta + SCATTER * draw(1) + ERROR * draw(2);
        let problem = normal_mean(observed, scatter_known);
        let end = posterior(&problem, 140, 1_000 + u64::from(repeat));
        let spaced = end.particles.iter().step_by(140 / DRAWS).take(DRAWS);
        let rank = spaced.filter(|p| p.scores[0] < theta).count();
        counts[rank] += 1.0;
    }
    let expected = 400.0 / counts.len() as f64;
    counts
        .iter()
        .map(|n| (n - expected) * (n - expected) / expected)
        .sum()
}

#[test]
fn the_truth_ranks_anywhere_among_draws_of_its_posterior() {
    let right = ranks(0.6);
    assert!(right < 40.5, "{right}");
    // Had the luck been taken for known, the posterior would be too narrow, and it shows.
    let wrong = ranks(0.0);
    assert!(wrong > 40.5, "{wrong}");
}

#[test]
fn threads_change_no_bit_and_a_generation_read_back_goes_on_alike() {
    let problem = normal_mean(0.5, 0.4);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| posterior(&problem, 50, 3))
    };
    let one = with(1);
    assert_eq!(one, with(3));
    let sampler = Sampler::new(&problem, 50, Seed(3), &|| false);
    let mut generation = sampler.prior().unwrap();
    while !generation.is_last() {
        let kept = serde_json::to_string(&generation).unwrap();
        generation = sampler.next(&serde_json::from_str(&kept).unwrap()).unwrap();
    }
    assert_eq!(one, generation);
}

#[test]
fn what_fails_is_counted_and_never_in_the_posterior() {
    let half = Toy {
        dimension: 1,
        log_likelihood: |s: &[f64], _| (s[0] > 0.0).then(|| log_density(0.0, s[0], ERROR)),
    };
    let ends: Vec<Generation> = (0..REPEATS).map(|s| posterior(&half, 200, s)).collect();
    for end in &ends {
        assert!(end.particles.iter().all(|p| p.scores[0] > 0.0));
        assert!(end.passages[0].failed > 0);
    }
    // By symmetry half of the evidence is lost with the failed half.
    let whole = log_density(0.0, 0.0, (1.0 + ERROR * ERROR).sqrt());
    let shares = ends.iter().map(|g| math::exp(g.log_evidence() - whole));
    holds(&shares.collect::<Vec<_>>(), 0.5, "share of the evidence");
    let none = Toy {
        dimension: 1,
        log_likelihood: |_: &[f64], _| None,
    };
    let sampler = Sampler::new(&none, 5, Seed(1), &|| false);
    let prior = sampler.prior().unwrap();
    assert_eq!(sampler.next(&prior), Err(CalibrationError::AllFailed));
}

#[test]
fn an_end_asked_for_ends_it() {
    let problem = normal_mean(0.5, 0.4);
    let sampler = Sampler::new(&problem, 50, Seed(3), &|| true);
    assert_eq!(sampler.prior(), Err(CalibrationError::Stopped));
}
