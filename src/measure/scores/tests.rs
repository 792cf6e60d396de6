//! Known scores, propriety, and what the PIT says of true and wrong forecasts.

use super::closed_form::*;
use super::ensemble::{energy_score, randomised_pit};
use super::simple::*;
use super::uniformity::{chi_square, histogram, kolmogorov_smirnov};
use super::*;
use crate::measure::interval::Interval;
use crate::measure::toy::Toy;
use proptest::prelude::*;

fn close(found: Option<f64>, known: f64) {
    let found = found.unwrap();
    let allowed = 1e-11 * known.abs().max(1.0);
    assert!((found - known).abs() < allowed, "{found} for {known}");
}

/// scoringrules 0.10.0; the Poisson law of mean 1000 by the sum over scipy's `poisson.cdf`.
#[test]
fn closed_forms_of_scoringrules() {
    close(crps_normal(0.0, 1.0, 0.0), 0.23369497725510915);
    close(crps_normal(0.1, 0.4, 0.3), 0.1325614125019423);
    close(crps_normal(1.0, 2.0, 2.5), 0.8962885043931006);
    close(crps_normal(0.0, 1.0, -30.0), 29.435810416452245);
    close(crps_lognormal(0.0, 1.0, 1.0), 0.26740546702269385);
    close(crps_lognormal(0.5, 0.7, 0.2), 1.1073812808655932);
    close(crps_lognormal(0.5, 0.7, 6.0), 3.235451117372384);
    close(crps_exponential(1.0, 1.0), 0.23575888234288467);
    close(crps_exponential(2.0, 3.0), 0.8925206405937192);
    close(crps_poisson(3.0, 1), 1.1434474608907605);
    close(crps_poisson(30.0, 40), 7.10668094460142);
    close(crps_poisson(0.2, 0), 0.033166921028927515);
    close(crps_poisson(1000.0, 950), 33.63548285769296);
    close(crps_uniform(0.0, 1.0, 0.3), 0.12333333333333332);
    close(crps_uniform(1.0, 3.0, 5.0), 2.6666666666666665);
    close(crps_uniform(1.0, 3.0, 0.0), 1.6666666666666665);
    close(crps_beta(0.7, 1.1, 0.3), 0.08501024366637226);
    close(crps_beta(20.0, 3.0, 0.9), 0.01817019745658774);
}

#[test]
fn laws_that_are_none_have_no_score() {
    for none in [
        crps_normal(0.0, 0.0, 1.0),
        crps_normal(0.0, 1.0, f64::NAN),
        crps_lognormal(0.0, -1.0, 1.0),
        crps_lognormal(1e4, 1.0, 1.0),
        crps_exponential(0.0, 1.0),
        crps_poisson(0.0, 1),
        crps_poisson(1e12, 1),
        crps_uniform(1.0, 1.0, 1.0),
        crps_beta(0.0, 1.0, 0.5),
        crps_beta(1.0, 1.0, f64::INFINITY),
        log_score_normal(0.0, 0.0, 0.0),
    ] {
        assert_eq!(none, None);
    }
    // Outcomes outside the law's range: the distance to it counts in full.
    close(
        crps_lognormal(0.0, 1.0, -1.0),
        1.0 + crps_lognormal(0.0, 1.0, 0.0).unwrap(),
    );
    close(
        crps_exponential(1.0, -1.0),
        1.0 + crps_exponential(1.0, 0.0).unwrap(),
    );
    close(
        crps_beta(2.0, 3.0, 1.5),
        0.5 + crps_beta(2.0, 3.0, 1.0).unwrap(),
    );
    close(
        crps_poisson(3.0, 10_000),
        9_000.0 + crps_poisson(3.0, 1_000).unwrap(),
    );
}

/// scoringrules 0.10.0, properscoring 0.1 (the form `nrg`).
#[test]
fn ensembles_of_scoringrules() {
    let ensemble = Ensemble::new(&[4.0, 0.0, 2.0, 1.0]).unwrap();
    close(Some(ensemble.crps_nrg(1.5)), 0.4375);
    close(ensemble.crps_fair(1.5), 1.0 / 6.0);
    assert_eq!(ensemble.effective_number(), 4.0);
    let weighted = Ensemble::weighted(&[0.0, 1.0, 2.0, 4.0], &[1.0, 2.0, 3.0, 4.0]).unwrap();
    close(Some(weighted.crps_nrg(1.5)), 0.62);
    // By hand: 1.4 − ½ · 1.56 / (1 − 0.3).
    close(weighted.crps_fair(1.5), 1.4 - 0.78 / 0.7);
    let one = Ensemble::new(&[2.0]).unwrap();
    assert_eq!((one.crps_nrg(5.0), one.crps_fair(5.0)), (3.0, None));
    let points = [vec![1.0, 0.0], vec![0.0, 1.0], vec![0.0, 0.0]];
    close(energy_score(&points, &[0.0, 0.0]).ok(), 0.2873096041807672);
}

#[test]
fn simple_scores_of_scoringrules() {
    close(Some(brier(0.7, true)), 0.09);
    close(log_score_normal(0.1, 0.4, 0.3), 0.12764780133051756);
    close(Some(pinball(2.0, 0.9, 3.0)), 0.9);
    close(Some(pinball(3.0, 0.9, 2.0)), 0.1);
    let interval = Interval {
        low: 1.0,
        high: 4.0,
    };
    close(Some(interval_score(interval, 0.9, 5.0)), 23.0);
    close(Some(interval_score(interval, 0.9, 2.0)), 3.0);
}

/// scoringrules 0.10.0, `crps_mixnorm`, `logs_mixnorm`; scipy for the PIT; the CRPS also by
/// quadrature of ∫ (F − 1)² over scipy's distribution function.
#[test]
fn mixtures_of_scoringrules() {
    let mixture =
        NormalMixture::new(&[2.0, 5.0, 3.0], vec![-1.0, 0.5, 3.0], vec![0.5, 1.0, 2.0]).unwrap();
    close(Some(mixture.crps(1.2)), 0.5183248995482127);
    close(Some(mixture.log_score(1.2)), 1.6293869215443548);
    close(Some(mixture.cdf(1.2)), 0.6342351289837098);
    close(Some(mixture.survival(1.2)), 1.0 - 0.6342351289837098);
    // By hand: 0.95; within .05 + .5 + 1.2, between Σ w μ² − 0.95² = 3.025 − 0.9025.
    close(Some(mixture.mean()), 0.95);
    close(Some(mixture.sd()), (1.75f64 + 2.1225).sqrt());
    let far = NormalMixture::new(&[0.6, 0.4], vec![0.0, 100.0], vec![1.0, 0.1]).unwrap();
    close(Some(far.crps(50.0)), 25.787864716586043);
    // −ln(0.6 φ(50)): what underflows in the density is a number here.
    let known = 1250.0 - libm::log(0.6) + 0.5 * libm::log(2.0 * std::f64::consts::PI);
    close(Some(far.log_score(50.0)), known);
    let band = mixture.central_interval(0.8).unwrap();
    close(Some(mixture.cdf(band.low)), 0.1);
    close(Some(mixture.cdf(band.high)), 0.9);
    assert_eq!(
        (mixture.quantile(0.0), mixture.quantile(f64::NAN)),
        (None, None)
    );
}

#[test]
fn forecasts_that_are_none_are_refused() {
    let mixture = |w: &[f64], m: &[f64], s: &[f64]| NormalMixture::new(w, m.to_vec(), s.to_vec());
    assert!(mixture(&[], &[], &[]).is_err());
    assert!(mixture(&[1.0], &[1.0, 2.0], &[1.0]).is_err());
    assert!(mixture(&[0.0], &[1.0], &[1.0]).is_err());
    assert!(mixture(&[1.0, -1.0], &[1.0, 1.0], &[1.0, 1.0]).is_err());
    assert!(mixture(&[f64::NAN], &[1.0], &[1.0]).is_err());
    assert!(mixture(&[1.0], &[f64::NAN], &[1.0]).is_err());
    assert!(mixture(&[1.0], &[1.0], &[0.0]).is_err());
    assert!(Ensemble::new(&[]).is_err());
    assert!(Ensemble::new(&[f64::INFINITY]).is_err());
    assert!(Ensemble::weighted(&[1.0], &[1.0, 1.0]).is_err());
    assert!(energy_score(&[], &[1.0]).is_err());
    assert!(energy_score(&[vec![1.0]], &[1.0, 2.0]).is_err());
}

/// The fair form is unbiased for the law behind the ensemble, also with fixed weights: N(0, 1)
/// at 0.7, 20,000 ensembles of 4; the mean is within 5 standard errors of the closed form
/// (chance of failing 6e-7; the seed is fixed), and that of `nrg` is not.
#[test]
fn the_fair_form_is_unbiased() {
    let known = crps_normal(0.0, 1.0, 0.7).unwrap();
    let mut toy = Toy::new(81);
    for weights in [[1.0; 4], [1.0, 2.0, 3.0, 4.0]] {
        let (mut fair, mut nrg) = (Vec::new(), Vec::new());
        for _ in 0..20_000 {
            let members = [(); 4].map(|()| toy.normal());
            let ensemble = Ensemble::weighted(&members, &weights).unwrap();
            fair.push(ensemble.crps_fair(0.7).unwrap());
            nrg.push(ensemble.crps_nrg(0.7));
        }
        let errors_off = |scores: &[f64]| {
            let found = crate::measure::summary::Summary::new(scores).unwrap();
            (found.mean.unwrap() - known) / found.standard_error.unwrap()
        };
        assert!(errors_off(&fair).abs() < 5.0, "{}", errors_off(&fair));
        assert!(errors_off(&nrg) > 10.0, "{}", errors_off(&nrg));
    }
}

/// 2,000 outcomes of the mixture: the PIT of the mixture passes both tests at p = 1e-6 (the
/// chance of failing, over seeds; the seed is fixed), that of one half as wide and of one moved
/// by half a standard deviation does not.
#[test]
fn the_pit_is_uniform_under_the_true_forecast_only() {
    let weights = [0.3, 0.7];
    let means = [-1.0, 2.0];
    let forecast = |width: f64, off: f64| {
        NormalMixture::new(&weights, means.map(|m| m + off).to_vec(), vec![width; 2]).unwrap()
    };
    let mut toy = Toy::new(82);
    let outcomes: Vec<f64> = (0..2_000)
        .map(|_| means[usize::from(toy.uniform() > 0.3)] + toy.normal())
        .collect();
    let p_values = |forecast: &NormalMixture| {
        let pit: Vec<f64> = outcomes.iter().map(|y| forecast.cdf(*y)).collect();
        let chi = chi_square(&histogram(&pit, 20).unwrap()).unwrap();
        [chi.p_value, kolmogorov_smirnov(&pit).unwrap().p_value]
    };
    let of_true = p_values(&forecast(1.0, 0.0));
    assert!(of_true.iter().all(|p| *p > 5e-7), "{of_true:?}");
    for wrong in [forecast(0.5, 0.0), forecast(1.0, 0.5)] {
        let of_wrong = p_values(&wrong);
        assert!(of_wrong.iter().all(|p| *p < 5e-7), "{of_wrong:?}");
    }
}

/// Counts 0, 1, 2 with chances .2, .5, .3: the randomised PIT passes at p = 1e-6 (the chance
/// of failing; the seed is fixed), the plain one does not.
#[test]
fn the_pit_of_counts_is_uniform_once_randomised() {
    let law = Ensemble::weighted(&[0.0, 1.0, 2.0], &[0.2, 0.5, 0.3]).unwrap();
    let mut toy = Toy::new(83);
    let (mut plain, mut randomised) = (Vec::new(), Vec::new());
    for _ in 0..2_000 {
        let draw = toy.uniform();
        let y = f64::from(u8::from(draw > 0.2) + u8::from(draw > 0.7));
        let (below, at) = law.below_and_at(y);
        plain.push((below + at).min(1.0));
        randomised.push(randomised_pit(below, at, toy.uniform()));
    }
    assert!(kolmogorov_smirnov(&randomised).unwrap().p_value > 1e-6);
    assert!(kolmogorov_smirnov(&plain).unwrap().p_value < 1e-6);
}

/// 4,000 outcomes of N(0, 1): the mean score of the truth is below that of each wrong
/// forecast by more than 5 standard errors of the paired difference.
#[test]
fn the_truth_scores_best() {
    let mut toy = Toy::new(84);
    let outcomes: Vec<f64> = (0..4_000).map(|_| toy.normal()).collect();
    let central = |mean: f64, sd: f64| Interval::around(mean, 1.6448536269514722 * sd);
    type Score<'a> = &'a dyn Fn(f64, f64, f64) -> f64;
    let scores: [Score; 5] = [
        &|mean, sd, y| crps_normal(mean, sd, y).unwrap(),
        &|mean, sd, y| log_score_normal(mean, sd, y).unwrap(),
        &|mean, sd, y| interval_score(central(mean, sd), 0.9, y),
        &|mean, sd, y| pinball(mean + 1.2815515655446004 * sd, 0.9, y),
        &|mean, sd, y| brier(normal_cdf((mean - 0.5) / sd), y > 0.5),
    ];
    for score in scores {
        for (mean, sd) in [(0.5, 1.0), (-0.5, 1.0), (0.0, 2.0), (0.0, 0.5)] {
            let worse: Vec<f64> = outcomes
                .iter()
                .map(|y| score(mean, sd, *y) - score(0.0, 1.0, *y))
                .collect();
            let found = crate::measure::summary::Summary::new(&worse).unwrap();
            let in_errors = found.mean.unwrap() / found.standard_error.unwrap();
            assert!(in_errors > 5.0, "{mean} {sd}: {in_errors}");
        }
    }
}

proptest! {
    /// Never below 0 in the form `nrg`, the same bits for any order, the same as over all
    /// pairs, and that of a mixture so narrow that it is the ensemble.
    #[test]
    fn ensembles_score_alike_in_any_form(
        members in prop::collection::vec((-100i32..100, 0u32..9), 1..30),
        y in -120i32..120,
        turn in 0usize..30,
    ) {
        prop_assume!(members.iter().any(|(_, weight)| *weight > 0));
        let y = f64::from(y);
        let (values, weights): (Vec<f64>, Vec<f64>) =
            members.iter().map(|(v, w)| (f64::from(*v), f64::from(*w))).unzip();
        let found = Ensemble::weighted(&values, &weights).unwrap();
        prop_assert!(found.crps_nrg(y) >= -1e-12);
        let mut turned: Vec<(f64, f64)> = values.iter().copied().zip(weights.clone()).collect();
        turned.rotate_left(turn % members.len());
        let (other_values, other_weights): (Vec<f64>, Vec<f64>) = turned.into_iter().unzip();
        let other = Ensemble::weighted(&other_values, &other_weights).unwrap();
        prop_assert_eq!(found.crps_nrg(y).to_bits(), other.crps_nrg(y).to_bits());
        let total: f64 = weights.iter().sum();
        let pairs = || values.iter().zip(weights.iter().map(|w| w / total));
        let distance: f64 = pairs().map(|(x, w)| w * (x - y).abs()).sum();
        let spread: f64 = pairs()
            .flat_map(|(a, v)| pairs().map(move |(b, w)| v * w * (a - b).abs()))
            .sum();
        prop_assert!((found.crps_nrg(y) - (distance - 0.5 * spread)).abs() < 1e-10);
        let narrow = NormalMixture::new(&weights, values.clone(), vec![1e-9; values.len()]).unwrap();
        prop_assert!((narrow.crps(y) - found.crps_nrg(y)).abs() < 1e-7);
    }

    /// The expected CRPS of one normal law under another, N(m, s) judged by N(0, 1), is least
    /// at the truth: E = A(m, √(1 + s²)) − s/√π with A the mean distance.
    #[test]
    fn the_crps_is_proper(mean in -3.0f64..3.0, sd in 0.05f64..5.0) {
        let of = |mean: f64, sd: f64| {
            mean_distance(mean, (1.0 + sd * sd).sqrt()) - sd / std::f64::consts::PI.sqrt()
        };
        prop_assert!(of(mean, sd) >= of(0.0, 1.0) - 1e-12);
    }
}
