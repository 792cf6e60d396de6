//! Losses by hand: three futures of two years and a half.

use std::sync::Arc;

use super::bases::{Bases, Basis, What};
use super::books::{Booked, Books, Profits};
use super::estimate::Why;
use super::exceedance::at_risk;
use super::reserve::{Accrual, Likelihood, Thresholds, reserve};
use super::study::{Measured, OfMetric, Question};
use super::years::Years;
use crate::domain::Date;
use crate::measure::tail::Tail;

const THRESHOLDS: Thresholds = Thresholds {
    probable: 0.75,
    remote: 0.1,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn years() -> Years {
    Years::new(day("2014-07-31"), 30)
}

fn loss(future: usize, date: &str, matter: &str, kind: &str, amount: f64) -> Booked {
    Booked {
        future,
        date: day(date),
        matter: Arc::from(matter),
        kind: Arc::from(kind),
        actor: Arc::from("acme"),
        unit: Arc::from("usd"),
        amount,
    }
}

fn books(futures: usize, losses: Vec<Booked>) -> Books {
    Books {
        futures,
        losses,
        ..Books::default()
    }
}

fn three_futures() -> Books {
    let losses = vec![
        loss(0, "2014-07-31", "case", "legal_cost", 1.0),
        loss(0, "2015-07-30", "case", "contempt_fine", 4.0),
        loss(0, "2015-07-31", "law", "protection_fine", 3.0),
        loss(2, "2016-07-30", "case", "legal_cost", 2.0),
        // In the half year that is left.
        loss(2, "2016-07-31", "law", "protection_fine", 10.0),
    ];
    books(3, losses)
}

#[test]
fn years_begin_on_the_day_of_the_start() {
    let years = years();
    assert_eq!((years.whole(), years.horizon_days()), (2, 915));
    assert_eq!(years.days_left_out(), 184);
    for (date, year) in [
        ("2014-07-30", None),
        ("2014-07-31", Some(0)),
        ("2015-07-30", Some(0)),
        ("2015-07-31", Some(1)),
        ("2016-07-30", Some(1)),
        ("2016-07-31", None),
        ("2017-01-31", None),
    ] {
        assert_eq!(years.of(day(date)), year, "{date}");
    }
    let short = Years::new(day("2016-02-29"), 11);
    assert_eq!((short.whole(), short.of(day("2016-03-01"))), (0, None));
    let leap = Years::new(day("2016-02-29"), 24);
    assert_eq!(leap.of(day("2017-02-27")), Some(0));
    assert_eq!(leap.of(day("2017-02-28")), Some(1));
    assert_eq!(leap.days_left_out(), 0);
}

/// Pitfall 20: the largest of a year, its sum and the sum of the horizon are three numbers.
#[test]
fn each_basis_has_its_own_losses() {
    let bases = Bases::of_losses(&three_futures(), &years()).unwrap();
    let by_year =
        |of: &Option<crate::measure::tail::ByYear>| of.as_ref().unwrap().losses().to_vec();
    assert_eq!(by_year(&bases.occurrence), [4.0, 3.0, 0.0, 0.0, 0.0, 2.0]);
    assert_eq!(
        by_year(&bases.aggregate_year),
        [5.0, 3.0, 0.0, 0.0, 0.0, 2.0]
    );
    assert_eq!(bases.aggregate_horizon.rising(), [0.0, 8.0, 12.0]);
    assert_eq!(bases.counts, [3.0, 0.0, 1.0]);
    let short = Years::new(day("2014-07-31"), 11);
    let bases = Bases::of_losses(&three_futures(), &short).unwrap();
    assert_eq!((bases.occurrence, bases.aggregate_year), (None, None));
}

#[test]
fn what_is_rarer_than_the_futures_is_not_told() {
    let question = Question::in_per_cent(&[3.0, 2.0, 3.5, 3.0], &[99.0, 50.0], (75.0, 10.0));
    assert_eq!(question.periods, [2.0, 3.0, 3.5]);
    let books = three_futures();
    let measured = Measured::new(&books, years()).unwrap();
    let risk = measured.risk(&books, &question).unwrap();
    let told: Vec<_> = risk
        .exceedance
        .iter()
        .map(|row| row.aggregate_year.unwrap())
        .collect();
    // Six years: 3 in two of six, 2 in three of six; three futures know nothing of 3.5 years.
    assert_eq!(told[0].value, Some(2.0));
    assert_eq!(told[1].value, Some(3.0));
    assert_eq!(told[2].value, None);
    assert_eq!(told[1].why, Some(Why::TooFewFutures));
    assert_eq!(told[2].why, Some(Why::BeyondTheFutures));
    assert!(told.iter().all(|estimate| estimate.interval.is_none()));
    let levels: Vec<f64> = risk.at_risk.iter().map(|row| row.level).collect();
    assert_eq!(levels, [0.5, 0.99]);
    assert_eq!(risk.at_risk[0].value_at_risk.value, Some(8.0));
    // 1.5 futures: 12 and half of 8.
    assert_eq!(risk.at_risk[0].tail_mean.value, Some(16.0 / 1.5));
    assert_eq!(risk.at_risk[1].tail_mean.why, Some(Why::BeyondTheFutures));
    assert_eq!((risk.whole_years, risk.days_left_out), (2, 184));
    // Four losses in six years.
    let rate = risk.losses_a_year.unwrap().value.unwrap();
    assert!((rate - 4.0 / 6.0).abs() < 1e-12);
    assert!(
        risk.at_risk
            .iter()
            .all(|row| row.basis == Basis::AggregateHorizon)
    );
    assert!(risk.at_risk.iter().all(|row| row.horizon_days == 915));
}

/// A rate is no chance: three losses a year are accepted, and stay three.
#[test]
fn a_rate_may_be_above_one() {
    let dates = ["2014-08-01", "2014-09-01", "2014-10-01"];
    let losses = dates.map(|date| loss(0, date, "law", "protection_fine", 1.0));
    let books = books(1, losses.to_vec());
    let measured = Measured::new(&books, Years::new(day("2014-07-31"), 12)).unwrap();
    let question = Question::in_per_cent(&[], &[], (75.0, 10.0));
    let risk = measured.risk(&books, &question).unwrap();
    assert_eq!(risk.losses_a_year.unwrap().value, Some(3.0));
}

#[test]
fn lost_business_is_beside_the_losses_and_may_be_a_gain() {
    let mut books = three_futures();
    let profits = Profits {
        of_years: vec![vec![5.0, -1.0], vec![0.0, 0.0], vec![2.0, 7.0]],
        of_horizon: vec![4.5, 0.0, 9.0],
    };
    books.profits.insert(Arc::from("acme"), profits.clone());
    let question = Question::in_per_cent(&[3.0], &[50.0], (75.0, 10.0));
    let measured = Measured::new(&books, years()).unwrap();
    let risk = measured.risk(&books, &question).unwrap();
    let row = &risk.exceedance[0];
    assert_eq!(row.aggregate_year.unwrap().value, Some(3.0));
    assert_eq!(row.lost_business_year.unwrap().value, Some(5.0));
    let what: Vec<What> = risk.at_risk.iter().map(|row| row.what).collect();
    assert_eq!(what, [What::Losses, What::LostBusiness]);
    let curve = measured.curve("musd");
    let gain = "lost_business,aggregate_year,365,-1,musd,1,1\n";
    assert!(curve.contains(gain), "{curve}");
    assert!(curve.contains("losses,aggregate_horizon,915,12,musd,0.3333333333333333,\n"));
    assert!(curve.contains("losses,occurrence,365,4,musd,0.16666666666666666,6\n"));
    // Two providers have no business in common.
    books.profits.insert(Arc::from("other"), profits);
    let measured = Measured::new(&books, years()).unwrap();
    let risk = measured.risk(&books, &question).unwrap();
    assert_eq!(risk.exceedance[0].lost_business_year, None);
}

fn of_matter(share: usize, amount: impl Fn(usize) -> f64) -> Vec<Booked> {
    let of = |future| {
        loss(
            future,
            "2014-09-01",
            "case",
            "contempt_fine",
            amount(future),
        )
    };
    (0..share).map(of).collect()
}

#[test]
fn a_reserve_by_hand() {
    // Of 100 futures 80 cost 1 to 80.
    let table = |books: &Books| reserve(books, THRESHOLDS).unwrap();
    let probable = table(&books(100, of_matter(80, |future| future as f64 + 1.0)));
    let [row] = &probable[..] else {
        panic!("{probable:?}")
    };
    assert_eq!((row.count, row.of), (80, 100));
    assert_eq!(row.likelihood, Likelihood::Probable);
    assert!(!row.likelihood_is_sure, "80 ± 8 %");
    assert_eq!(
        (row.low, row.best, row.high),
        (Some(8.0), Some(40.0), Some(72.0))
    );
    assert_eq!((row.mean_if_it_costs, row.expected), (40.5, 32.4));
    assert_eq!((row.accrue, row.accrue_by), (40.0, Accrual::Best));
    let possible = table(&books(100, of_matter(40, |_| 5.0)));
    assert_eq!(possible[0].likelihood, Likelihood::ReasonablyPossible);
    assert!(possible[0].likelihood_is_sure);
    assert_eq!(
        (possible[0].accrue, possible[0].accrue_by),
        (0.0, Accrual::DisclosedOnly)
    );
    let remote = table(&books(1000, of_matter(20, |_| 5.0)));
    assert_eq!(
        (remote[0].likelihood, remote[0].accrue_by),
        (Likelihood::Remote, Accrual::None)
    );
    // Five of five, of which no median is told: the least that was seen.
    let few = table(&books(5, of_matter(5, |future| 3.0 + future as f64)));
    assert_eq!((few[0].best, few[0].low), (None, None));
    assert_eq!((few[0].accrue, few[0].accrue_by), (3.0, Accrual::LowEnd));
    assert_eq!(table(&books(5, Vec::new())), []);
}

#[test]
fn a_matter_is_told_whole_and_by_kind() {
    let rows = reserve(&three_futures(), THRESHOLDS).unwrap();
    let told: Vec<(&str, Option<&str>, u64, f64)> = rows
        .iter()
        .map(|row| {
            (
                &*row.matter,
                row.kind.as_deref(),
                row.count,
                3.0 * row.expected,
            )
        })
        .collect();
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    let expected = [
        ("law", Some("protection_fine"), 2, 13.0),
        ("case", None, 2, 7.0),
        ("case", Some("contempt_fine"), 1, 4.0),
        ("case", Some("legal_cost"), 2, 3.0),
    ];
    assert_eq!(told.len(), expected.len());
    for (told, expected) in told.iter().zip(expected) {
        assert_eq!(
            (told.0, told.1, told.2),
            (expected.0, expected.1, expected.2)
        );
        assert!(near(told.3, expected.3), "{told:?}");
    }
}

/// Pitfall 10: what a loss costs given that there is one is a ratio of sums; the mean of each
/// future's own mean weighs a future with many small losses like one with a single large.
#[test]
fn the_cost_of_a_loss_is_a_ratio_of_sums() {
    let mut losses = of_matter(1, |_| 9.0);
    losses.extend(["2014-09-02", "2014-09-03"].map(|d| loss(1, d, "case", "contempt_fine", 1.5)));
    let row = reserve(&books(4, losses), THRESHOLDS).unwrap().remove(0);
    assert_eq!((row.mean_if_it_costs, row.expected), (6.0, 3.0));
}

/// Pitfalls 8 and 21: of 200 futures the 99th percentile has no upper end, and none is made up;
/// of 1,000 it has one; and beyond n there is no number.
#[test]
fn a_tail_without_futures_has_no_interval() {
    let losses = |n: u32| -> Vec<f64> { (1..=n).map(f64::from).collect() };
    let of = |n: u32, level: f64| at_risk(What::Metric, &Tail::new(&losses(n)).unwrap(), 1, level);
    let few = of(200, 0.99);
    assert_eq!(
        (few.value_at_risk.value, few.value_at_risk.interval),
        (Some(198.0), None)
    );
    assert_eq!(few.tail_mean.interval, None);
    assert_eq!(few.tail_mean.why, Some(Why::TooFewFutures));
    let enough = of(1000, 0.99);
    assert!(enough.value_at_risk.interval.is_some() && enough.tail_mean.interval.is_some());
    let beyond = of(200, 0.999);
    assert_eq!(
        (beyond.value_at_risk.value, beyond.tail_mean.value),
        (None, None)
    );
}

#[test]
fn a_metric_may_win_and_lack_values() {
    let measured = OfMetric::new(&[-3.0, f64::NAN, -1.0], 365).unwrap();
    let question = Question::in_per_cent(&[5.0], &[50.0], (75.0, 10.0));
    let risk = measured.risk(&question);
    assert_eq!(
        (risk.futures, risk.missing, risk.anything_lost),
        (2, 1, false)
    );
    assert_eq!(risk.at_risk[0].value_at_risk.value, Some(-3.0));
    assert!(risk.exceedance.is_empty() && risk.reserve.is_empty());
}
