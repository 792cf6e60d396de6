//! The problems, kind by kind: easy ones, and those on which such intervals are known to fail.

use super::draws::Draws;
use super::problem::{Known, Problem};
use super::{shares, times, values};
use crate::measure::stated::Stated;
use Known::{Holds, Less, More};

/// A repeat of a problem.
type Repeat = fn(&mut Draws, u32) -> Option<bool>;

/// The problems of a kind. A kind without problems does not compile.
#[must_use]
pub fn problems(kind: Stated) -> Vec<Problem> {
    let all = match kind {
        Stated::Median => medians(),
        Stated::MedianTime => median_times(),
        Stated::Share => shares_around(),
        Stated::ShareEnds => share_ends(),
        Stated::Mean => means(),
        Stated::ShareDifference => differences_around(),
        Stated::ShareDifferenceEnds => difference_ends(),
        Stated::SeriesQuantile => series_quantiles(),
        Stated::Spread => spreads(),
        Stated::SpreadOfTimes => spreads_of_times(),
    };
    let problem = |(name, runs, known, repeat)| Problem {
        kind,
        name,
        runs,
        known,
        repeat,
    };
    all.into_iter().map(problem).collect()
}

type Row = (&'static str, u32, Known, Repeat);

fn medians() -> Vec<Row> {
    vec![
        ("lognormal, 10", 10, Holds, values::median_of_lognormal),
        ("lognormal, 30", 30, Holds, values::median_of_lognormal),
        ("lognormal, 200", 200, Holds, values::median_of_lognormal),
        (
            "Pareto without mean, 1000",
            1000,
            Holds,
            values::median_of_pareto,
        ),
        (
            "counts, Poisson(3), 200",
            200,
            Holds,
            values::median_of_counts,
        ),
    ]
}

fn median_times() -> Vec<Row> {
    vec![
        (
            "exponential, a fifth censored, 30",
            30,
            Holds,
            times::median,
        ),
        (
            "exponential, a fifth censored, 200",
            200,
            Holds,
            times::median,
        ),
        (
            "exponential, a fifth censored, 1000",
            1000,
            Holds,
            times::median,
        ),
        (
            "exponential, 45 % censored, 200",
            200,
            Holds,
            times::median_cut_short,
        ),
    ]
}

fn shares_around() -> Vec<Row> {
    vec![
        ("0.5, 10", 10, Holds, shares::half_around),
        ("0.3, 30", 30, Holds, shares::third_around),
        ("0.3, 1000", 1000, Holds, shares::third_around),
        ("0.02, 200", 200, Holds, shares::rare_around),
        ("0.005, 1000", 1000, Holds, shares::very_rare_around),
    ]
}

fn share_ends() -> Vec<Row> {
    vec![
        ("0.5, 10", 10, Holds, shares::half_within),
        ("0.3, 30", 30, Holds, shares::third_within),
        ("0.3, 1000", 1000, Holds, shares::third_within),
        ("0.02, 200", 200, Holds, shares::rare_within),
        ("0.005, 1000", 1000, Holds, shares::very_rare_within),
    ]
}

fn means() -> Vec<Row> {
    vec![
        (
            "paired difference, normal, 10",
            10,
            Holds,
            values::mean_of_differences,
        ),
        (
            "paired difference, normal, 200",
            200,
            Holds,
            values::mean_of_differences,
        ),
        ("exponential, 200", 200, Holds, values::mean_of_exponential),
        ("lognormal, 10", 10, Holds, values::mean_of_lognormal),
        ("lognormal, 200", 200, Holds, values::mean_of_lognormal),
        ("lognormal, 1000", 1000, Holds, values::mean_of_lognormal),
        (
            "an effect in 1 of 20, 30",
            30,
            Holds,
            values::mean_of_rare_effect,
        ),
        (
            "Pareto, tail 1.5, 1000",
            1000,
            Holds,
            values::mean_of_pareto,
        ),
    ]
}

fn differences_around() -> Vec<Row> {
    vec![
        (
            ".15 and .09, most in common, 60",
            60,
            Holds,
            shares::common_around,
        ),
        (
            ".15 and .09, most in common, 1000",
            1000,
            Holds,
            shares::common_around,
        ),
        (
            ".4 and .3, independent, 200",
            200,
            Holds,
            shares::apart_around,
        ),
        (
            ".02 and .01, nested, 200",
            200,
            Holds,
            shares::nested_around,
        ),
    ]
}

fn difference_ends() -> Vec<Row> {
    vec![
        (
            ".15 and .09, most in common, 60",
            60,
            Holds,
            shares::common_within,
        ),
        (
            ".15 and .09, most in common, 1000",
            1000,
            Holds,
            shares::common_within,
        ),
        (
            ".4 and .3, independent, 200",
            200,
            Holds,
            shares::apart_within,
        ),
        (
            ".02 and .01, nested, 200",
            200,
            Holds,
            shares::nested_within,
        ),
    ]
}

fn series_quantiles() -> Vec<Row> {
    vec![
        ("p05 of a normal, 30", 30, Holds, values::p05_of_series),
        ("p05 of a normal, 200", 200, Holds, values::p05_of_series),
        ("p50 of a normal, 1000", 1000, Holds, values::p50_of_series),
        ("p95 of a normal, 200", 200, Holds, values::p95_of_series),
        ("p95 of a normal, 1000", 1000, Holds, values::p95_of_series),
    ]
}

fn spreads() -> Vec<Row> {
    vec![
        (
            "the next of a lognormal, 10",
            10,
            Holds,
            values::next_of_lognormal,
        ),
        (
            "the next of a lognormal, 30",
            30,
            Holds,
            values::next_of_lognormal,
        ),
        (
            "the next of a lognormal, 200",
            200,
            Holds,
            values::next_of_lognormal,
        ),
        (
            "the next of a Pareto, 1000",
            1000,
            Holds,
            values::next_of_pareto,
        ),
    ]
}

fn spreads_of_times() -> Vec<Row> {
    vec![
        ("the next exponential, 10", 10, Holds, times::next),
        ("the next exponential, 200", 200, Holds, times::next),
        (
            "the next exponential, a fifth censored, 200",
            200,
            Holds,
            times::next_cut_short,
        ),
    ]
}
