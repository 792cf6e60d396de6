//! The problems of what is lost in the worst futures and years.

use super::Known::{Holds, Less, More};
use super::Row;
use crate::analysis::selfcheck::tails;

const TIES_OF_RANKS_BEYOND: &str = "ranks are whole, and few lie beyond";
const RAREST: &str = "the rarest losses weigh most, and are seldom seen";

pub(super) fn values_at_risk() -> Vec<Row> {
    vec![
        (
            "95 % of a normal, 200",
            200,
            More(TIES_OF_RANKS_BEYOND),
            tails::at_risk_of_normal,
        ),
        (
            "95 % of a normal, 1000",
            1000,
            Holds,
            tails::at_risk_of_normal,
        ),
        (
            "99 % of a lognormal with σ 1.5, 1000",
            1000,
            More(TIES_OF_RANKS_BEYOND),
            tails::at_risk_of_lognormal,
        ),
        (
            "99 % of a Pareto, tail 1.5, 1000",
            1000,
            More(TIES_OF_RANKS_BEYOND),
            tails::at_risk_of_pareto,
        ),
    ]
}

pub(super) fn tail_means() -> Vec<Row> {
    vec![
        (
            "95 % of a normal, 200",
            200,
            Holds,
            tails::mean_beyond_of_normal,
        ),
        (
            "95 % of a lognormal with σ 1.5, 1000",
            1000,
            Less(0.91, RAREST),
            tails::mean_beyond_95_of_lognormal,
        ),
        (
            "99 % of a lognormal with σ 1.5, 1000",
            1000,
            Holds,
            tails::mean_beyond_99_of_lognormal,
        ),
        (
            "95 % of a lognormal in 1 of 10, 1000",
            1000,
            Holds,
            tails::mean_beyond_of_rare,
        ),
        (
            "95 % of a Pareto, tail 2.5, 1000",
            1000,
            Less(0.91, RAREST),
            tails::mean_beyond_of_light_pareto,
        ),
        (
            "95 % of a Pareto, tail 1.5, 1000",
            1000,
            Less(0.83, "the variance is infinite"),
            tails::mean_beyond_of_heavy_pareto,
        ),
    ]
}

pub(super) fn return_periods() -> Vec<Row> {
    vec![
        (
            "20 of ten independent years, 200",
            200,
            More(TIES_OF_RANKS_BEYOND),
            tails::period_of_independent_years,
        ),
        (
            "20 of ten years alike, 1000",
            1000,
            Holds,
            tails::period_of_years_alike,
        ),
        (
            "100 of ten years in part alike, 1000",
            1000,
            Holds,
            tails::period_of_years_in_part_alike,
        ),
        (
            "100 of ten years with one loss at most, 1000",
            1000,
            More("a future with a loss has no other: its years are less alike than chance"),
            tails::period_of_one_loss,
        ),
    ]
}
