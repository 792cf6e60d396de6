use super::*;
use crate::measure::toy::Toy;

/// Weeks of remission under 6-mercaptopurine (Freireich et al. 1963), the textbook
/// sample: 21 patients, 9 relapses, 12 censored, with ties of both kinds.
fn freireich() -> KaplanMeier {
    let relapses = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|weeks| (weeks, Some(0)));
    let censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|weeks| (weeks, None));
    let spells: Vec<Spell> = relapses
        .into_iter()
        .chain(censored)
        .map(|(weeks, outcome)| Spell {
            duration: f64::from(weeks),
            outcome,
        })
        .collect();
    KaplanMeier::new(&spells).unwrap()
}

fn close(found: f64, known: f64, within: f64) {
    assert!((found - known).abs() < within, "{found} for {known}");
}

/// lifelines 0.30.3, `KaplanMeierFitter().fit(T, E)`: survival and log-log interval.
#[test]
fn survival_and_intervals_of_lifelines() {
    let fit = freireich();
    for (weeks, survival, low, high) in [
        (
            6.0,
            0.857142857142857,
            0.6197179552659838,
            0.9515517476469969,
        ),
        (
            7.0,
            0.8067226890756299,
            0.5631465646222333,
            0.9228090192028802,
        ),
        (
            10.0,
            0.7529411764705878,
            0.5031995107999564,
            0.8893618351692651,
        ),
        (
            13.0,
            0.6901960784313722,
            0.4316102224861839,
            0.8490659633494505,
        ),
        (
            16.0,
            0.6274509803921566,
            0.36751085598750194,
            0.8049121894718411,
        ),
        (
            22.0,
            0.5378151260504199,
            0.26777893676713493,
            0.7467907176353943,
        ),
        (
            23.0,
            0.44817927170868327,
            0.18805200595923233,
            0.6801426284952412,
        ),
    ] {
        close(fit.survival_at(weeks).unwrap(), survival, 1e-12);
        let interval = fit.interval_at(weeks, 0.95).unwrap();
        close(interval.low, low, 1e-10);
        close(interval.high, high, 1e-10);
    }
    close(fit.survival_at(22.9).unwrap(), 0.5378151260504199, 1e-12);
    assert_eq!((fit.n(), fit.censored()), (21, 12));
}

/// lifelines 0.30.3: median 23, interval from 13 with no upper end; restricted mean to
/// 30 weeks 21.0465, and its error by summing Greenwood's terms in Python.
#[test]
fn median_and_restricted_mean_of_lifelines() {
    let fit = freireich();
    assert_eq!(fit.median(), Some(23.0));
    assert_eq!(fit.quantile_interval(0.5, 0.95), (Some(13.0), None));
    assert_eq!(fit.quantile(0.9), None);
    let found = fit.restricted_mean(30.0).unwrap();
    close(found.mean, 21.04649859943977, 1e-12);
    close(found.standard_error, 2.2438019515594556, 1e-12);
}

#[test]
fn numbers_at_risk() {
    let fit = freireich();
    for (weeks, at_risk) in [
        (0.0, 21),
        (6.0, 21),
        (6.1, 17),
        (10.0, 15),
        (35.0, 1),
        (36.0, 0),
    ] {
        assert_eq!(fit.at_risk_at(weeks), at_risk);
    }
}

#[test]
fn beyond_the_last_seen_nothing_is_claimed() {
    let fit = freireich();
    assert!(fit.survival_at(35.0).is_some() && fit.restricted_mean(35.0).is_some());
    assert_eq!(
        (fit.survival_at(35.1), fit.restricted_mean(35.1)),
        (None, None)
    );
    assert_eq!(fit.interval_at(5.0, 0.95), None);
    assert_eq!(
        (fit.survival_at(-1.0), fit.survival_at(f64::NAN)),
        (None, None)
    );
    let none = KaplanMeier::new(&[]).unwrap();
    assert_eq!(
        (none.n(), none.survival_at(0.0), none.median()),
        (0, None, None)
    );
}

#[test]
fn when_all_end_the_curve_reaches_zero_and_the_mean_is_the_mean() {
    let spells = [4.0, 1.0, 3.0, 2.0].map(|duration| Spell {
        duration,
        outcome: Some(1),
    });
    let fit = KaplanMeier::new(&spells).unwrap();
    assert_eq!(
        (fit.survival_at(4.0), fit.survival_at(99.0)),
        (Some(0.0), Some(0.0))
    );
    assert_eq!((fit.median(), fit.quantile(1.0)), (Some(2.0), Some(4.0)));
    let found = fit.restricted_mean(100.0).unwrap();
    close(found.mean, 2.5, 1e-15);
    // Without censoring: the variance with n below the line, over n.
    close(found.standard_error, (1.25f64 / 4.0).sqrt(), 1e-15);
}

#[test]
fn what_is_no_duration_is_refused() {
    for duration in [-1.0, f64::NAN, f64::INFINITY] {
        let spells = [Spell {
            duration,
            outcome: None,
        }];
        assert!(matches!(
            KaplanMeier::new(&spells),
            Err(MeasureError::BadDuration { .. })
        ));
    }
}

/// Exp(24) durations seen to 24: the restricted mean is 24·(1 − 1/e) = 15.171, while
/// those that ended average 10.03. Within 5 standard errors (chance of failing 6e-7).
#[test]
fn a_horizon_does_not_hide_the_slow() {
    let mut toy = Toy::new(31);
    let n = 20_000;
    let spells: Vec<Spell> = (0..n)
        .map(|_| {
            let duration = 24.0 * toy.exponential();
            let outcome = (duration <= 24.0).then_some(0);
            Spell {
                duration: duration.min(24.0),
                outcome,
            }
        })
        .collect();
    let found = KaplanMeier::new(&spells)
        .unwrap()
        .restricted_mean(24.0)
        .unwrap();
    let truth = 24.0 * (1.0 - libm::exp(-1.0));
    close(truth, 15.171, 5e-4);
    close(found.mean, truth, 5.0 * found.standard_error);
    assert!(found.standard_error < 0.07);
    let ended: Vec<f64> = spells
        .iter()
        .filter(|s| s.outcome.is_some())
        .map(|s| s.duration)
        .collect();
    let naive = ended.iter().sum::<f64>() / ended.len() as f64;
    assert!(naive < 10.5, "{naive}");
}

/// Weibull durations, exponential censoring, 60 spells, 3,000 times: the interval of
/// survival at 1 holds e^-1 in 95 %, to 1 point (it is asymptotic) and 5 standard
/// errors (chance of failing below 6e-7).
#[test]
fn log_log_intervals_cover() {
    let mut toy = Toy::new(32);
    let mut covered = 0;
    for _ in 0..3000 {
        let spells: Vec<Spell> = (0..60)
            .map(|_| {
                let (end, seen) = (toy.exponential().sqrt(), 2.5 * toy.exponential());
                Spell {
                    duration: end.min(seen),
                    outcome: (end <= seen).then_some(0),
                }
            })
            .collect();
        let interval = KaplanMeier::new(&spells).unwrap().interval_at(1.0, 0.95);
        covered += u32::from(interval.is_some_and(|i| i.contains(libm::exp(-1.0))));
    }
    close(f64::from(covered) / 3000.0, 0.95, 0.01 + 5.0 * 0.004);
}
