//! Tables and closed forms that nobody here wrote, and what must hold of any losses.

use super::*;
use crate::measure::quantile::quantile_of_sorted;
use crate::measure::toy::Toy;

/// Ten years, as in the loss tables of OasisLMF 2.4 (`write_ept`).
const TEN: [f64; 10] = [
    1.0, 20.0, 500.0, 100.0, 10_000.0, 0.0, 0.0, 50.0, 250.0, 5.0,
];

fn tail(losses: &[f64]) -> Tail {
    Tail::new(losses).unwrap()
}

#[track_caller]
fn assert_near(found: Option<f64>, expected: f64, within: f64) {
    let found = found.unwrap();
    let off = (found - expected).abs();
    assert!(off <= within * expected.abs(), "{found} for {expected}");
}

#[test]
fn the_exceedance_table_of_ten_years() {
    let ten = tail(&TEN);
    let rows = [
        (10.0, 10_000.0, 10_000.0),
        (5.0, 500.0, 5_250.0),
        (10.0 / 3.0, 250.0, 10_750.0 / 3.0),
        (2.5, 100.0, 2_712.5),
        (2.0, 50.0, 2_180.0),
        (1.0, 0.0, 1_092.6),
    ];
    for (period, loss, mean) in rows {
        assert_near(ten.of_period(period), loss, 1e-12);
        assert_near(ten.tail_mean_of_period(period), mean, 1e-12);
    }
}

/// Between the rows OasisLMF is linear in the period, and so are we; its TVaR there (3616.67 and
/// 2735) is that of whole ranks, the exact one of these ten losses is 4250 and 3235.
#[test]
fn periods_of_ones_own_are_linear_and_their_mean_is_by_fraction() {
    let ten = tail(&TEN);
    assert_near(ten.of_period(4.0), 350.0, 1e-12);
    assert_near(ten.of_period(3.0), 190.0, 1e-12);
    assert_near(ten.tail_mean_of_period(4.0), 4_250.0, 1e-12);
    assert_near(ten.tail_mean_of_period(3.0), 3_235.0, 1e-12);
    assert_near(ten.tail_mean(0.75), 4_250.0, 1e-12);
}

#[test]
fn acerbi_and_tasche_on_one_to_a_hundred() {
    let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
    let hundred = tail(&values);
    assert_near(hundred.tail_mean(0.95), 98.0, 1e-12);
    assert_near(hundred.tail_mean(0.955), 442.0 / 4.5, 1e-12);
    assert_eq!(hundred.at_risk(0.95), Some(95.0));
    assert_eq!(hundred.at_risk(0.955), Some(96.0));
}

#[test]
fn beyond_what_was_seen_there_is_nothing() {
    let ten = tail(&TEN);
    for period in [10.000_001, 11.0, 20.0, 1e300, f64::INFINITY, f64::NAN, 0.5] {
        assert_eq!(ten.of_period(period), None, "{period}");
        assert_eq!(ten.tail_mean_of_period(period), None, "{period}");
    }
    for level in [0.0, 1.0, -1.0, f64::NAN, 0.91, 0.999_999] {
        assert_eq!((ten.at_risk(level), ten.tail_mean(level)), (None, None));
    }
    assert_eq!(ten.at_risk(0.9), Some(500.0));
    assert_near(ten.tail_mean(0.9), 10_000.0, 1e-12);
    let none = tail(&[f64::NAN]);
    assert_eq!((none.n(), none.of_period(1.0)), (0, None));
    assert!(Tail::new(&[f64::INFINITY]).is_err());
}

/// Values at the middles of 400,000 equal parts of the chance: the last part of a lognormal has a
/// mean beyond its middle, by 7 in 10,000 of the tail's.
#[test]
fn closed_forms_of_four_laws() {
    type Law = fn(f64) -> f64;
    let laws: [(Law, f64, f64); 4] = [
        (
            |p| normal_quantile(p).unwrap(),
            2.326_347_874_0,
            2.665_214_220_3,
        ),
        (|p| -libm::log1p(-p), 4.605_170_186_0, 5.605_170_186_0),
        (
            |p| libm::exp(1.5 * normal_quantile(p).unwrap()),
            32.770_273_576_6,
            62.929_874_958_9,
        ),
        (
            |p| (libm::pow(1.0 - p, -0.25) - 1.0) / 0.25,
            8.649_110_640_7,
            12.865_480_854_2,
        ),
    ];
    for (law, at_risk, mean) in laws {
        let n = 400_000;
        let values: Vec<f64> = (0..n)
            .map(|i| law((f64::from(i) + 0.5) / f64::from(n)))
            .collect();
        let found = tail(&values);
        assert_near(found.at_risk(0.99), at_risk, 5e-4);
        assert_near(found.tail_mean(0.99), mean, 1e-3);
    }
}

/// What no losses may break: the tail mean is at least the value at risk; both rise with the
/// level, the loss with the period; scaling and shifting losses scales and shifts all of them;
/// and together two risks are at most as bad as apart (coherence).
#[test]
fn what_holds_of_any_losses() {
    let mut toy = Toy::new(41);
    for case in 0..200 {
        let n = 5 + case;
        let draw = |toy: &mut Toy| (10.0 * toy.exponential()).floor() - 3.0;
        let first: Vec<f64> = (0..n).map(|_| draw(&mut toy)).collect();
        let second: Vec<f64> = (0..n).map(|_| draw(&mut toy)).collect();
        let sums: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a + b).collect();
        let moved: Vec<f64> = first.iter().map(|loss| 3.0 * loss + 7.0).collect();
        let [one, two, both, moved] = [&first, &second, &sums, &moved].map(|losses| tail(losses));
        let (mut last, mut last_loss) = ((f64::MIN, f64::MIN), f64::MIN);
        for step in 1..40 {
            let level = f64::from(step) / 40.0;
            let (Some(var), Some(mean)) = (one.at_risk(level), one.tail_mean(level)) else {
                assert!(one.n() as f64 * (1.0 - level) < 1.0);
                continue;
            };
            assert!(mean >= var - 1e-9 && var >= last.0 && mean >= last.1 - 1e-9);
            last = (var, mean);
            assert_near(moved.tail_mean(level), 3.0 * mean + 7.0, 1e-9);
            let apart = mean + two.tail_mean(level).unwrap();
            assert!(both.tail_mean(level).unwrap() <= apart + 1e-9);
            if let Some(loss) = one.of_period(1.0 / (1.0 - level)) {
                assert!(loss >= last_loss && loss >= var, "{loss} {var}");
                last_loss = loss;
            }
        }
    }
}

/// Pitfall 9: of shards of 100 the mean of their 99th percentiles is far below the percentile of
/// all; raw losses in any order and partition give the same bits.
#[test]
fn shards_are_merged_by_their_losses() {
    let mut toy = Toy::new(9);
    let n = 100_000;
    let all: Vec<f64> = (0..n).map(|_| libm::exp(1.5 * toy.normal())).collect();
    let pooled = tail(&all);
    for shard in [10, 100, 1000, n] {
        let shards: Vec<&[f64]> = all.chunks(shard).rev().collect();
        assert_eq!(tail(&shards.concat()), pooled, "{shard}");
    }
    let of_shards = |of: &dyn Fn(&Tail) -> f64| {
        let shards = all.chunks(100).map(|shard| of(&tail(shard)));
        shards.sum::<f64>() / 1000.0
    };
    let (var, mean) = (
        pooled.at_risk(0.99).unwrap(),
        pooled.tail_mean(0.99).unwrap(),
    );
    // 5 standard errors: √(p(1−p)/n) over the density, and 2.6 of the tail mean's own.
    assert!((var - 32.77).abs() < 1.9, "{var}");
    assert!((mean - 62.93).abs() < 13.0, "{mean}");
    assert!(of_shards(&|shard| shard.at_risk(0.99).unwrap()) < 0.92 * var);
    let naive = of_shards(&|shard| shard.tail_mean(0.98).unwrap());
    assert!(naive < mean, "{naive} {mean}");
}

/// scipy 1.17.1, `quantile_test(...).confidence_interval`: 936 and 964 of 1,000 at 95 %; of 200
/// at 99 % the lower is 195, and no upper one is there.
#[test]
fn intervals_of_a_value_at_risk_are_those_of_ranks() {
    let values: Vec<f64> = (1..=1000).map(f64::from).collect();
    let found = tail(&values).interval_at(0.95, 0.95);
    assert_eq!(found, (Some(936.0), Some(964.0)));
    assert_eq!(
        tail(&values[..200]).interval_at(0.99, 0.95),
        (Some(195.0), None)
    );
}

#[test]
fn the_interval_of_a_tail_mean_moves_with_place_and_scale() {
    let mut toy = Toy::new(3);
    let values: Vec<f64> = (0..400).map(|_| libm::exp(toy.normal())).collect();
    let found = tail(&values).tail_mean_interval(0.95, 0.95).unwrap();
    let mean = tail(&values).tail_mean(0.95).unwrap();
    // Skew to the right: the upper end is the farther.
    assert!(found.contains(mean) && found.high - mean > mean - found.low);
    let moved: Vec<f64> = values.iter().map(|loss| 5.0 * loss - 40.0).collect();
    let moved = tail(&moved).tail_mean_interval(0.95, 0.95).unwrap();
    assert!((moved.low - (5.0 * found.low - 40.0)).abs() < 1e-9);
    assert!((moved.high - (5.0 * found.high - 40.0)).abs() < 1e-9);
    let alike = tail(&[4.0; 30]).tail_mean_interval(0.9, 0.95);
    assert_eq!(alike, Some(Interval::around(4.0, 0.0)));
    assert_eq!(tail(&[4.0; 5]).tail_mean_interval(0.9, 0.95), None);
}

/// Years that are all alike within a future say no more than one year; independent ones say as
/// much as so many.
#[test]
fn years_of_a_future_count_as_they_depend() {
    let mut toy = Toy::new(17);
    let runs = 400;
    let apart: Vec<f64> = (0..10 * runs).map(|_| toy.exponential()).collect();
    let alike: Vec<f64> = apart[..runs].iter().flat_map(|loss| [*loss; 10]).collect();
    let years = |losses: Vec<f64>| ByYear::new(losses, 10).unwrap().unwrap();
    let (apart, alike) = (years(apart), years(alike));
    let width = |of: &ByYear| of.interval_at(20.0, 0.95).unwrap().half_width();
    let ratio = width(&alike) / width(&apart);
    assert!((2.0..5.0).contains(&ratio), "{ratio}");
    // Ranks of 400 independent values at 95 %.
    let single = tail(
        &alike
            .losses()
            .iter()
            .copied()
            .step_by(10)
            .collect::<Vec<_>>(),
    );
    let (low, high) = single.interval_at(0.95, 0.95);
    let found = alike.interval_at(20.0, 0.95).unwrap();
    assert_eq!((Some(found.low), Some(found.high)), (low, high));
    assert_eq!((apart.runs(), apart.years()), (400, 10));
    assert_eq!(apart.of_period(400.5), None, "beyond the futures");
    assert!(apart.of_period(400.0).is_some());
    assert_eq!(ByYear::new(vec![1.0; 7], 2).unwrap(), None);
    assert_eq!(ByYear::new(vec![], 2).unwrap(), None);
}

/// Pitfall 20: a year may hold several losses: their largest and their sum are two bases, and
/// neither the rate nor the sum is a chance.
#[test]
fn three_losses_a_year_are_a_rate_and_no_chance() {
    let year = [2.0, 2.0, 2.0];
    let largest = tail(&[year.iter().copied().fold(0.0, f64::max)]);
    let sum = tail(&[year.iter().sum::<f64>()]);
    assert_eq!(
        (largest.of_period(1.0), sum.of_period(1.0)),
        (Some(2.0), Some(6.0))
    );
    assert_eq!(quantile_of_sorted(sum.rising(), 1.0), Some(6.0));
}
