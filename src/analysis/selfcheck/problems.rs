//! The problems, kind by kind: easy ones, and those on which such intervals are known to fail.

mod losses;

use super::draws::Draws;
use super::problem::{Known, Problem};
use super::{shares, times, until, values};
use crate::measure::stated::Stated;
use Known::{Holds, Less, More};

/// A repeat of a problem.
type Repeat = fn(&mut Draws, u32) -> Option<bool>;

const TIES_OF_RANKS: &str = "of ten the ranks 2 and 9 cover 97.9 %";
const WHOLE_RANKS: &str = "ranks are whole, and the error of a bin is allowed";
const OFF_CENTRE: &str = "± is half of an interval that is not centred at the estimate";
const FARTHER: &str = "± reaches to the farther end of an interval that is not centred";
const QUICK_ONLY: &str = "a ± is given only where the upper end is seen: to the quick ones";
const SKEWED: &str = "Student's interval supposes symmetry";

/// The problems of a kind. A kind without problems does not compile.
#[must_use]
pub fn problems(kind: Stated) -> Vec<Problem> {
    let all = match kind {
        Stated::Median => medians(),
        Stated::Quantile => quantiles(),
        Stated::MedianTime => median_times(),
        Stated::Share => shares_around(),
        Stated::ShareEnds => share_ends(),
        Stated::Mean => means(),
        Stated::ShareDifference => differences_around(),
        Stated::ShareDifferenceEnds => difference_ends(),
        Stated::SeriesQuantile => series_quantiles(),
        Stated::Spread => spreads(),
        Stated::SpreadOfTimes => spreads_of_times(),
        Stated::Crossing => crossings(),
        Stated::ValueAtRisk => losses::values_at_risk(),
        Stated::TailMean => losses::tail_means(),
        Stated::ReturnPeriod => losses::return_periods(),
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
        (
            "lognormal, 10",
            10,
            More(TIES_OF_RANKS),
            values::median_of_lognormal,
        ),
        (
            "lognormal, 30",
            30,
            Less(0.93, OFF_CENTRE),
            values::median_of_lognormal,
        ),
        ("lognormal, 200", 200, Holds, values::median_of_lognormal),
        (
            "Pareto without mean, 1000",
            1000,
            Holds,
            values::median_of_pareto,
        ),
        (
            "lognormal, until ± 0.1, at most 5000",
            5_000,
            Holds,
            until::median_of_lognormal,
        ),
        (
            "counts, Poisson(3), 200",
            200,
            More("of counts the median is often met exactly"),
            values::median_of_counts,
        ),
    ]
}

fn quantiles() -> Vec<Row> {
    vec![
        (
            "p10 of a lognormal, 200",
            200,
            More(FARTHER),
            values::p10_of_lognormal,
        ),
        (
            "p90 of a lognormal, 200",
            200,
            More(FARTHER),
            values::p90_of_lognormal,
        ),
        (
            "p90 of a lognormal, 1000",
            1000,
            More(FARTHER),
            values::p90_of_lognormal,
        ),
        (
            "p90 of a lognormal, until ± 0.4, at most 10000",
            10_000,
            More(FARTHER),
            until::p90_of_lognormal,
        ),
    ]
}

fn median_times() -> Vec<Row> {
    vec![
        (
            "exponential, a fifth censored, 30",
            30,
            More(FARTHER),
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
            Less(0.88, QUICK_ONLY),
            times::median_cut_short,
        ),
    ]
}

fn shares_around() -> Vec<Row> {
    vec![
        ("0.5, 10", 10, More(FARTHER), shares::half_around),
        ("0.3, 30", 30, Holds, shares::third_around),
        ("0.3, 1000", 1000, Holds, shares::third_around),
        ("0.02, 200", 200, More(FARTHER), shares::rare_around),
        ("0.005, 1000", 1000, More(FARTHER), shares::very_rare_around),
        (
            "0.02, until ± 0.01, at most 5000",
            5_000,
            More(FARTHER),
            until::rare_share,
        ),
        (
            "0.3, until ± 0.03, at most 5000",
            5_000,
            Holds,
            until::third_share,
        ),
    ]
}

fn share_ends() -> Vec<Row> {
    vec![
        (
            "0.5, 10",
            10,
            More("by enumeration 97.9 %"),
            shares::half_within,
        ),
        (
            "0.3, 30",
            30,
            Less(0.92, "counts are whole: exact only on average over shares"),
            shares::third_within,
        ),
        ("0.3, 1000", 1000, Holds, shares::third_within),
        (
            "0.02, 200",
            200,
            Less(0.92, "by enumeration 93.3 %"),
            shares::rare_within,
        ),
        (
            "0.005, 1000",
            1000,
            More("counts are whole"),
            shares::very_rare_within,
        ),
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
        (
            "lognormal, 10",
            10,
            Less(0.82, SKEWED),
            values::mean_of_lognormal,
        ),
        (
            "lognormal, 200",
            200,
            Less(0.92, SKEWED),
            values::mean_of_lognormal,
        ),
        ("lognormal, 1000", 1000, Holds, values::mean_of_lognormal),
        (
            "paired difference, normal, until ± 0.1, at most 5000",
            5_000,
            Holds,
            until::mean_of_differences,
        ),
        (
            "lognormal, until ± 0.2, at most 5000",
            5_000,
            Less(0.9, "it stops rather where the long tail has not shown"),
            until::mean_of_lognormal,
        ),
        (
            "an effect in 1 of 20, 30",
            30,
            Less(0.76, "in 21 % of repeats no future shows the effect"),
            values::mean_of_rare_effect,
        ),
        (
            "Pareto, tail 1.5, 1000",
            1000,
            Less(0.73, "the variance is infinite"),
            values::mean_of_pareto,
        ),
    ]
}

fn differences_around() -> Vec<Row> {
    vec![
        (
            ".15 and .09, most in common, 60",
            60,
            More("by enumeration the ends cover 98.0 %"),
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
            More("few futures differ, and the correlation is corrected"),
            shares::nested_around,
        ),
        (
            ".4 and .3, independent, until ± 0.05, at most 5000",
            5_000,
            Holds,
            until::apart,
        ),
    ]
}

fn difference_ends() -> Vec<Row> {
    vec![
        (
            ".15 and .09, most in common, 60",
            60,
            More("by enumeration the ends cover 98.0 %"),
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
            More("few futures differ, and the correlation is corrected"),
            shares::nested_within,
        ),
    ]
}

fn series_quantiles() -> Vec<Row> {
    vec![
        (
            "p05 of a normal, 30",
            30,
            More(WHOLE_RANKS),
            values::p05_of_series,
        ),
        (
            "p05 of a normal, 200",
            200,
            More(WHOLE_RANKS),
            values::p05_of_series,
        ),
        (
            "p50 of a normal, 1000",
            1000,
            More(WHOLE_RANKS),
            values::p50_of_series,
        ),
        (
            "p95 of a normal, 200",
            200,
            More(WHOLE_RANKS),
            values::p95_of_series,
        ),
        (
            "p95 of a normal, 1000",
            1000,
            More(WHOLE_RANKS),
            values::p95_of_series,
        ),
    ]
}

fn spreads() -> Vec<Row> {
    vec![
        (
            "the next of a lognormal, 10",
            10,
            Less(0.7, "eight gaps of eleven: 72.7 %"),
            values::next_of_lognormal,
        ),
        (
            "the next of a lognormal, 30",
            30,
            Less(0.75, "24 gaps of 31: 77.4 %"),
            values::next_of_lognormal,
        ),
        (
            "the next of a lognormal, 200",
            200,
            Less(0.78, "160 gaps of 201: 79.6 %"),
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
        (
            "the next exponential, 10",
            10,
            Less(0.7, "eight gaps of eleven: 72.7 %"),
            times::next,
        ),
        (
            "the next exponential, 200",
            200,
            Less(0.78, "160 gaps of 201: 79.6 %"),
            times::next,
        ),
        (
            "the next exponential, a fifth censored, 200",
            200,
            More("the upper end is over the horizon: 9 in 10 are above the lower"),
            times::next_cut_short,
        ),
    ]
}

fn crossings() -> Vec<Row> {
    vec![
        ("a straight line, 30", 30, Holds, values::crossing_of_a_line),
        (
            "a straight line, 1000",
            1000,
            Holds,
            values::crossing_of_a_line,
        ),
        (
            "a curve with its own slope in each future, 200",
            200,
            Holds,
            values::crossing_of_a_curve,
        ),
    ]
}
