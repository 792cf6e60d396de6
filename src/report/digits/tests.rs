//! What a number reads like.

use super::*;
use crate::report::estimate;
use crate::report::page::Verdict;

fn read(unit: &Unit, value: f64, error: f64, low: f64, high: f64) -> (String, String) {
    let typical = Typical {
        value: Bounded::At(value),
        error: Some(error),
    };
    let spread = Spread {
        low: Bounded::At(low),
        high: Bounded::At(high),
    };
    let text = level(unit, Some(&typical), Some(&spread), None);
    (text.typical, text.spread)
}

fn usd() -> Unit {
    Unit::Money {
        currency: "USD".into(),
        a_year: false,
    }
}

fn difference(unit: &Unit, mean: f64, error: f64) -> String {
    let one = Effect {
        mean,
        error: Some(error),
        spread: None,
        verdict: Verdict::Changed,
    };
    effect(unit, &one).mean
}

#[test]
fn a_whole_count_has_no_decimals() {
    let exits = |value| read(&Unit::Count, value, 0.0, 1.0, 2.0).0;
    assert_eq!((exits(2.0), exits(1.5)), ("2".into(), "1.5".into()));
    assert_eq!(read(&Unit::Months, 12.0, 1.0, 3.0, 30.0).0, "12 mo");
}

#[test]
fn levels_show_two_digits_at_most_and_none_that_the_error_forbids() {
    let percent = &Unit::Percent;
    assert_eq!(
        read(percent, 0.412, 0.01, 0.12, 1.33),
        ("0.41 %".into(), "[0.1 to 1.3]".into())
    );
    assert_eq!(
        read(percent, 0.412, 0.06, 0.12, 1.33),
        ("0.41 %".into(), "[0.1 to 1.3]".into())
    );
    assert_eq!(
        read(percent, 0.412, 0.4, 0.12, 1.33),
        ("0.4 %".into(), "[0.1 to 1.3]".into())
    );
    assert_eq!(
        read(&Unit::Index, 57.96, 0.04, 49.2, 66.4),
        ("58".into(), "[49 to 66]".into())
    );
    assert_eq!(
        read(&Unit::Count, 12_345.0, 70.0, 900.0, 23_456.0),
        ("12,000".into(), "[1,000 to 23,000]".into())
    );
    assert_eq!(
        read(&Unit::Count, 0.0, 0.0, 0.0, 0.0),
        ("0".into(), "[0]".into())
    );
}

#[test]
fn units_take_the_scale_that_is_easiest_to_read() {
    assert_eq!(
        read(&Unit::Days, 944.0, 12.0, 335.0, 2161.0),
        ("31 mo".into(), "[11 to 71]".into())
    );
    assert_eq!(
        read(&Unit::Days, 41.0, 1.0, 12.0, 55.0),
        ("41 days".into(), "[12 to 55]".into())
    );
    assert_eq!(
        read(&usd(), 1240.0, 10.0, -300.0, 2400.0),
        ("USD 1.2 bn".into(), "[−0.3 to 2.4]".into())
    );
    assert_eq!(
        read(&usd(), -42.0, 1.0, -60.0, -20.0),
        ("−USD 42 m".into(), "[−60 to −20]".into())
    );
    assert_eq!(
        read(&usd(), 0.08, 0.001, 0.05, 0.1),
        ("USD 80 k".into(), "[50 to 100]".into())
    );
}

#[test]
fn differences_carry_their_sign_and_their_error() {
    assert_eq!(difference(&usd(), 780.0, 50.0), "USD +780 ± 50 m");
    assert_eq!(difference(&usd(), 1780.0, 50.0), "USD +1.8 ± 0.1 bn");
    assert_eq!(difference(&Unit::Percent, -8.13, 0.36), "−8.1 ± 0.4 points");
    assert_eq!(
        difference(&Unit::Percent, -0.001, 0.04),
        "0.00 ± 0.04 points"
    );
    assert_eq!(difference(&Unit::Index, 42.3, 0.2), "+42 ± 1 points");
    assert_eq!(difference(&Unit::Days, 0.0, 0.0), "0 mo");
}

#[test]
fn no_number_is_too_odd_to_print() {
    for value in [
        f64::MAX,
        -f64::MAX,
        f64::MIN_POSITIVE,
        1e-300,
        1e22,
        f64::NAN,
        f64::INFINITY,
    ] {
        for unit in [Unit::Percent, Unit::Days, Unit::Count, usd()] {
            let (typical, spread) = read(&unit, value, value.abs(), -value, value);
            assert!(!typical.is_empty() && spread.starts_with('['));
            assert!(!difference(&unit, value, value.abs()).is_empty());
        }
    }
    assert_eq!(figure(-0.0, 1), "0.0");
    assert_eq!(figure(-1_234_567.4, 0), "−1,234,567");
    assert_eq!(figure(987.0, -2), "1,000");
}

#[test]
fn shares_are_never_rounded_to_certainty() {
    let read = |count, of| share(&estimate::share(count, of));
    assert_eq!(read(760, 2000), "38 ± 2 %");
    assert_eq!(read(1, 2000), "under 1 %");
    assert_eq!(read(1999, 2000), "over 99 %");
    assert_eq!(read(0, 2000), "0 %");
    assert_eq!(read(2000, 2000), "100 %");
    assert_eq!(read(95, 100), "95 ± 6 %", "88.8 to 97.8 %");
    assert_eq!(read(1, 3), "1 of 3");
    assert_eq!(read(0, 0), "0 of 0");
}

#[test]
fn plain_numbers_bytes_and_durations_are_short() {
    let numbers = [0.0, 0.8, 0.074_2, 1234.5, 5e7, -1.25e-5, 2.0 / 3.0].map(rounded);
    assert_eq!(
        numbers,
        [
            "0",
            "0.8",
            "0.0742",
            "1,230",
            "50,000,000",
            "−0.0000125",
            "0.667"
        ]
    );
    let sizes = [0, 999, 1000, 62_400_000, 226_000_000, 1_500_000_000_000].map(bytes);
    assert_eq!(
        sizes,
        [
            "0 bytes",
            "999 bytes",
            "1.0 kB",
            "62 MB",
            "226 MB",
            "1.5 TB"
        ]
    );
    let words = [4.2, 3599.0, 86_399.0, 90_000.0].map(duration);
    assert_eq!(words, ["5 s", "59 min 59 s", "23 h 59 min", "25 h 0 min"]);
}
