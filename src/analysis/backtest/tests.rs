//! By hand, on tables small enough to reckon through, and against what is known exactly.

use std::path::PathBuf;

use super::futures::Futures;
use super::known::Known;
use super::learning::{Weights, is_learned, weigh};
use super::mixture::{mixture, normal};
use super::occurrence::Occurrence;
use super::plan::{Later, plan};
use super::pooled::{ByBacktest, Pooled};
use super::record::Row;
use super::reference::{known_values, persistence, trend};
use super::score::{Outcome, Reference, Scored};
use super::shuffle::shuffle;
use crate::analysis::observing::Seen;
use crate::chance::quantile;
use crate::domain::Date;
use crate::measure::interval::Interval;
use crate::scenario::resolved::{Bound, MetricId, Observation, ObservationUse, SourceKind};
use crate::scenario::{Scenario, ScenarioTarget, load};

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::from_ymd(year, month, day).unwrap()
}

/// An observation of a series on the last day of a year, known at once.
fn observed(year: i16, value: f64, use_for: ObservationUse) -> Observation {
    let date = day(year, 12, 31);
    Observation {
        date,
        published: date,
        metric: MetricId(0),
        against_baseline: false,
        value,
        error: 0.5,
        bound: Bound::Exact,
        panel: None,
        series: Some("a".to_owned()),
        no_change: None,
        forecast_from: None,
        backtest: None,
        source: SourceKind::Assumed {
            why: "a test".to_owned(),
        },
        use_for,
        text: None,
    }
}

fn record(settings: &[String]) -> Scenario {
    let path = "tests/integration/backtest/record.toml";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    load(&ScenarioTarget::File(path), settings).unwrap()
}

fn one_column(seen: impl IntoIterator<Item = Seen>) -> Futures {
    Futures {
        seen: vec![seen.into_iter().map(Some).collect()],
        failed: 0,
    }
}

#[test]
fn weights_are_the_exact_conditional_of_a_normal_mean() {
    // Prior N(0, 1) by its quantiles; y = 1 seen with standard deviation 0.5. The posterior is
    // N(0.8, 0.2): precision 1 + 4, mean 4/5.
    let n = 4_000;
    let means = (0..n).map(|k| quantile::normal((f64::from(k) + 0.5) / f64::from(n), 0.0, 1.0));
    let futures = one_column(means.map(|mean| Seen { mean, sd: 0.5 }));
    let seen = [observed(2013, 1.0, ObservationUse::Fit)];
    let weights = weigh(&futures, &seen, |_| true);
    assert_eq!(weights.learned, 1);
    assert!((weights.of.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let at = |of: fn(f64) -> f64| -> f64 {
        let parts = futures.seen[0].iter().zip(&weights.of);
        parts.map(|(seen, w)| w * of(seen.unwrap().mean)).sum()
    };
    let mean = at(|x| x);
    // The quantiles' own error is below 1e-3 in both moments.
    assert!((mean - 0.8).abs() < 2e-3, "{mean}");
    let variance = at(|x| x * x) - mean * mean;
    assert!((variance - 0.2).abs() < 2e-3, "{variance}");
    // 1/(n·Σw²) = E[L]²/E[L²], L = exp(−(1 − θ)²/(2σ²)): E[L] = σ/√(1 + σ²)·exp(−½/(1 + σ²)) =
    // 0.299776, and E[L²] the same with σ²/2 in place of σ²: 0.213727.
    let share = weights.effective / f64::from(n);
    assert!((share - 0.420_469).abs() < 1e-3, "{share}");
}

#[test]
fn weights_by_hand_and_none_learned() {
    let futures = one_column([0.0, 1.0, 2.0].map(|mean| Seen { mean, sd: 1.0 }));
    let seen = [observed(2013, 1.0, ObservationUse::Fit)];
    let weights = weigh(&futures, &seen, |_| true);
    let side = 0.606_530_659_712_633_4; // exp(−½)
    let sum = 1.0 + 2.0 * side;
    for (weight, by_hand) in weights.of.iter().zip([side / sum, 1.0 / sum, side / sum]) {
        assert!((weight - by_hand).abs() < 1e-15);
    }
    let effective = sum * sum / (1.0 + 2.0 * side * side);
    assert!((weights.effective - effective).abs() < 1e-12);
    let Weights {
        effective, learned, ..
    } = weigh(&futures, &seen, |_| false);
    assert!((effective - 3.0).abs() < 1e-12 && learned == 0);
}

#[test]
fn only_what_was_published_for_fitting_is_learned() {
    let fit = observed(2013, 1.0, ObservationUse::Fit);
    assert!(is_learned(&fit, day(2013, 12, 31)));
    assert!(!is_learned(&fit, day(2013, 12, 30)));
    let late = Observation {
        published: day(2014, 6, 1),
        ..fit
    };
    assert!(!is_learned(&late, day(2013, 12, 31)));
    for other in [ObservationUse::Validate, ObservationUse::Claim] {
        assert!(!is_learned(&observed(2013, 1.0, other), day(2020, 1, 1)));
    }
}

#[test]
fn references_by_hand() {
    let origin = day(2014, 12, 31);
    let years = [(2011, 10.0), (2012, 13.0), (2013, 12.0), (2014, 15.0)];
    let known = years.map(|(year, value)| observed(year, value, ObservationUse::Validate));
    let target = observed(2015, 20.0, ObservationUse::Fit);
    let values = known_values(&known, &target, origin);
    let days: Vec<f64> = values.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, [-1096.0, -730.0, -365.0, 0.0]);
    // Changes 3, −1, 3 over 366, 365 and 365 days; a year ahead.
    let same = persistence(&values, &target, origin, 0.5).unwrap();
    let rate: f64 = (9.0 / 366.0 + 1.0 / 365.0 + 9.0 / 365.0) / 3.0;
    assert!((same.mean() - 15.0).abs() < 1e-12);
    assert!((same.sd() - (365.0 * rate).sqrt()).abs() < 1e-12);
    // One change is too few: the observation's error stands.
    let short = persistence(&values[2..], &target, origin, 0.5).unwrap();
    assert_eq!((short.mean(), short.sd()), (15.0, 0.5));
    assert!(persistence(&[], &target, origin, 0.5).is_none());
    let alone = Observation {
        no_change: Some(7.0),
        ..target.clone()
    };
    assert_eq!(persistence(&[], &alone, origin, 0.5).unwrap().mean(), 7.0);

    // numpy.polyfit over days −2, −1, 0, 2 and the textbook's prediction at day 3: slope 2,
    // intercept 1 through (−2, −3), (−1, −1), (0, 1), (2, 5): no rest, so the error stands.
    let line = [(-2.0, -3.0), (-1.0, -1.0), (0.0, 1.0), (2.0, 5.0)];
    let ahead = Observation {
        date: origin.plus_days(3),
        ..target.clone()
    };
    let straight = trend(&line, &ahead, origin, 0.5).unwrap();
    assert!((straight.mean() - 7.0).abs() < 1e-12);
    assert!((straight.sd() - 0.5).abs() < 1e-12);
    // (0, 0), (1, 3), (2, 0) at day 3: level 1, slope 0, s² = 6/1, factor 1 + 1/3 + 4/2.
    let bent = [(0.0, 0.0), (1.0, 3.0), (2.0, 0.0)];
    let bent = trend(&bent, &ahead, origin, 0.5).unwrap();
    assert!((bent.mean() - 1.0).abs() < 1e-12);
    assert!((bent.sd() - 20.0_f64.sqrt()).abs() < 1e-12);
    assert!(trend(&line[..2], &ahead, origin, 0.5).is_none());
    // Nothing published after the origin is known.
    let early = known_values(&known, &target, day(2012, 12, 31));
    assert_eq!(early.len(), 2);
}

#[test]
fn a_forecast_of_a_bound_is_a_chance() {
    let scenario = record(&[]);
    let origin = day(2014, 12, 31);
    let mut bound = observed(2015, 0.0, ObservationUse::Validate);
    bound.bound = Bound::AtMost;
    let forecast = normal(0.0, 1.0).unwrap();
    let scored = Scored::of(&forecast, &scenario, &bound, origin);
    let Outcome::Bound { chance, brier } = scored.outcome else {
        panic!("{scored:?}");
    };
    assert!((chance - 0.5).abs() < 1e-12 && (brier - 0.25).abs() < 1e-12);
    assert!((scored.log_score - std::f64::consts::LN_2).abs() < 1e-12);
    assert_eq!(scored.inside(), None);

    bound.bound = Bound::Exact;
    bound.value = 1.5;
    let scored = Scored::of(&forecast, &scenario, &bound, origin);
    // Φ(1.5) = 0.9332: outside the middle half and 8 in 10, inside 95 and 99 in 100.
    assert_eq!(scored.inside(), Some([false, false, true, true]));
}

#[test]
fn what_was_not_known_is_taken_out() {
    let scenario = record(&[]);
    let known = Known::on(&scenario, Some(day(2014, 12, 31)));
    assert_eq!(known.withheld, ["finding"]);
    let some = [
        "leak-of-2013",
        "ms-ireland",
        "ms-ireland.magistrate",
        "ms-ireland.district",
    ];
    assert!(
        some.iter()
            .all(|fact| known.facts.iter().any(|known| known == fact))
    );
    let before = record(&known.settings);
    assert_eq!(Known::on(&before, None).facts, known.facts);
    assert_eq!(before.observations, scenario.observations);
    assert_eq!(Known::on(&scenario, None).withheld, [""; 0]);
}

#[test]
fn a_case_is_known_step_by_step() {
    let scenario = load(&ScenarioTarget::parse("record-2011"), &[]).unwrap();
    let known = |day| Known::on(&scenario, Some(day));
    let of_case = |names: &[String]| {
        let of = names.iter().filter(|name| name.starts_with("ms-ireland"));
        of.count()
    };
    // Nobody has brought it.
    let unfiled = known(day(2013, 6, 30));
    assert_eq!(of_case(&unfiled.facts), 0);
    let without = load(&ScenarioTarget::parse("record-2011"), &unfiled.settings).unwrap();
    assert_eq!(of_case(&Known::on(&without, Some(scenario.start)).facts), 0);
    // Filed, and the magistrate and the district judge have held.
    let before = known(day(2014, 7, 31));
    let facts = ["ms-ireland", "ms-ireland.magistrate", "ms-ireland.district"];
    assert!(
        facts
            .iter()
            .all(|fact| before.facts.iter().any(|known| known == fact))
    );
    assert!(
        before
            .withheld
            .iter()
            .any(|fact| fact == "ms-ireland.circuit")
    );
    let then = load(&ScenarioTarget::parse("record-2011"), &before.settings).unwrap();
    assert_eq!(Known::on(&then, None).facts, before.facts);
    assert_eq!(then.observations, scenario.observations);
}

#[test]
fn days_with_the_same_facts_share_their_futures() {
    let scenario = record(&[]);
    let withheld = plan(&scenario, None, Later::Withheld);
    let facts: Vec<usize> = withheld.origins.iter().map(|origin| origin.facts).collect();
    assert_eq!((facts, withheld.facts.len()), (vec![0, 0, 1, 1], 2));
    let given = plan(&scenario, None, Later::Given);
    assert_eq!((given.origins.len(), given.facts.len()), (4, 1));
    // The last before its date; its own; a claim by the day on which it was made.
    let own = |at: usize| withheld.own(&scenario.observations[at]);
    assert_eq!(own(0), Some(1));
    assert_eq!(own(6), Some(0));
    let claim = Observation {
        published: day(2014, 12, 31),
        ..scenario.observations[7].clone()
    };
    assert_eq!(withheld.own(&claim), Some(1));
}

#[test]
fn what_comes_about_in_some_futures_is_counted() {
    let seen = |mean| Some(Seen { mean, sd: 1.0 });
    let some = [seen(10.0), None, seen(30.0), None, None, seen(20.0)];
    let occurrence = Occurrence::of(&some, 20.0).unwrap();
    assert_eq!(
        (occurrence.came_about.count, occurrence.came_about.of),
        (3, 6)
    );
    let below = occurrence.at_most_observed;
    assert_eq!((below.count, below.of), (2, 3));
    assert_eq!(occurrence.median, Some(20.0));
    assert!(Occurrence::of(&[None, None], 1.0).is_none());
    assert!(Occurrence::of(&[seen(1.0)], 1.0).is_none());
}

#[test]
fn shuffled_dates_keep_the_values_and_change_their_days() {
    let of = ObservationUse::Fit;
    let mut shuffled: Vec<Observation> = (0..6)
        .map(|k| observed(2011 + k, f64::from(k), of))
        .collect();
    let mut claim = observed(2017, 6.0, ObservationUse::Claim);
    claim.series = Some("a".to_owned());
    shuffled.push(claim);
    let before: Vec<f64> = shuffled.iter().map(|one| one.value).collect();
    for seed in 0..20 {
        let mut again = shuffled.clone();
        shuffle(&mut again, seed);
        let mut after: Vec<f64> = again.iter().map(|one| one.value).collect();
        assert_ne!(after, before);
        assert_eq!(after[6], 6.0);
        after.sort_by(f64::total_cmp);
        assert_eq!(after, before);
    }
}

/// Mean CRPS of forecasts of six yearly values, each from the day before, by futures that were
/// weighed by the observations for which `learned(target, other)` holds.
fn score(
    futures: &Futures,
    observations: &[Observation],
    learned: impl Fn(&Observation, &Observation) -> bool,
) -> f64 {
    let scores = observations
        .iter()
        .zip(&futures.seen)
        .map(|(target, seen)| {
            let weights = weigh(futures, observations, |other| learned(target, other));
            mixture(seen, &weights.of).unwrap().crps(target.value)
        });
    scores.sum::<f64>() / observations.len() as f64
}

#[test]
fn shuffled_dates_tell_an_honest_forecast_from_a_leak() {
    // A world that rises by a unit a year from an unknown level, and futures that do so too.
    let observations: Vec<Observation> = (0..6)
        .map(|k| observed(2011 + k, 3.0 + f64::from(k), ObservationUse::Fit))
        .collect();
    let levels = (0..181).map(|k| 0.1 * f64::from(k) - 6.0);
    let rising = Futures {
        seen: (0..6)
            .map(|year| {
                let means = levels.clone().map(|level| level + f64::from(year));
                means.map(|mean| Some(Seen { mean, sd: 0.5 })).collect()
            })
            .collect(),
        failed: 0,
    };
    let honest =
        |target: &Observation, other: &Observation| is_learned(other, target.date.plus_days(-1));
    // Told what it is to forecast: it learns from the target itself.
    let leaking = |target: &Observation, other: &Observation| other.date == target.date;
    let worse = |learned: &dyn Fn(&Observation, &Observation) -> bool| {
        let before = score(&rising, &observations, learned);
        let after = (0..20).map(|seed| {
            let mut shuffled = observations.clone();
            shuffle(&mut shuffled, seed);
            score(&rising, &shuffled, learned)
        });
        after.sum::<f64>() / 20.0 / before
    };
    let (honest, leaking) = (worse(&honest), worse(&leaking));
    assert!(honest > 1.5, "{honest}");
    // It follows the values wherever they go, so that this test would fail.
    assert!(leaking < 1.1, "{leaking}");
}

/// A row of series `series` with these scores, its error 2.
fn row(series: &str, crps_mixture: f64, pit: f64, of_no_change: f64) -> Row {
    let date = day(2015, 12, 31);
    let reference = Reference {
        mean: 0.0,
        sd: 1.0,
        crps: of_no_change,
    };
    Row {
        observation: 1,
        metric: "m".to_owned(),
        label: format!("value of {series}"),
        unit: "percent".to_owned(),
        date,
        published: date,
        value: 1.0,
        bound: None,
        use_for: "fit".to_owned(),
        backtest: Some("BT1".to_owned()),
        series: Some(series.to_owned()),
        origin: day(2014, 12, 31),
        own: true,
        effective: 100.0,
        missing: 0,
        scored: Some(Scored {
            mean: 0.0,
            sd: 1.0,
            bands: [Interval::around(0.0, 1.0); 4],
            error: 2.0,
            log_score: 1.5,
            outcome: Outcome::Value {
                crps_mixture,
                pit,
                persistence: Some(reference),
                trend: None,
            },
        }),
        occurrence: None,
    }
}

#[test]
fn scores_are_pooled_by_hand() {
    let rows = [
        row("a", 1.0, 0.5, 2.0),
        row("a", 3.0, 0.97, 2.0),
        row("b", 2.0, 0.15, 6.0),
    ];
    let all: Vec<&Row> = rows.iter().collect();
    let pooled = Pooled::of("fit", &all).unwrap();
    // (1 + 3 + 2)/2/3, and 1 − 6/10.
    assert!((pooled.crps_standardised.unwrap() - 1.0).abs() < 1e-12);
    let skill = pooled.persistence.unwrap();
    assert!((skill.skill - 0.4).abs() < 1e-12);
    assert_eq!((skill.rows, skill.worse.len()), (3, 1));
    // Two series are too few to draw from.
    assert_eq!(skill.interval, None);
    assert_eq!(pooled.trend, None);
    let inside: Vec<usize> = pooled.inside.iter().map(|covered| covered.inside).collect();
    assert_eq!(inside, [1, 2, 3]);
    assert_eq!(pooled.pit, [1, 0, 1, 0, 1]);
    assert_eq!(pooled.pit_uniform, None);
    let by = ByBacktest::all(&rows);
    assert_eq!((by[0].inside_80, by[0].values), (2, 3));
    assert_eq!((by[0].worse_than_no_change, by[0].with_no_change), (1, 3));
    assert_eq!(Pooled::of("fit", &[]), None);
}

#[test]
fn the_interval_of_a_skill_holds_it_and_is_a_point_for_equal_series() {
    let of = |crps: [f64; 5]| {
        let names = ["a", "b", "c", "d", "e"];
        let rows = names.iter().zip(crps);
        let rows: Vec<Row> = rows.map(|(name, crps)| row(name, crps, 0.5, 2.0)).collect();
        let all: Vec<&Row> = rows.iter().collect();
        let skill = Pooled::of("fit", &all).unwrap().persistence.unwrap();
        (skill.skill, skill.interval.unwrap())
    };
    let (skill, interval) = of([1.0; 5]);
    assert_eq!((interval.low, interval.high), (skill, skill));
    let (skill, interval) = of([0.5, 1.0, 1.5, 2.0, 2.5]);
    assert!(interval.low < skill && skill < interval.high);
    // No draw is better than the best series alone or worse than the worst.
    assert!(interval.low >= -0.25 && interval.high <= 0.75);
}
