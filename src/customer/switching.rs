//! The switching cost: its median is solved so that at rest a stated share of customers
//! moves its base to another provider in a year, never typed.

use crate::chance::math;

/// One kind of customer at rest: those of a cell with one current offering.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Share of all customers.
    pub share: f64,
    /// Weight of the other providers together.
    pub others: f64,
    /// Weight of the current provider before the cost, region moves included.
    pub current: f64,
    /// Weight of going back on premises.
    pub outside: f64,
}

/// How often customers look at rest.
#[must_use]
pub fn looks_a_year(contract_months: u32, base_hazard_a_month: f64) -> f64 {
    let at_contract_end = 12.0 / f64::from(contract_months);
    12.0 * -math::exp_m1(-base_hazard_a_month) + at_contract_end
}

/// Share of customers that move to another provider in a year at rest, when ln s has this
/// median and sd over customers.
#[must_use]
pub fn moves_a_year(kinds: &[Kind], looks: f64, median: f64, log_sd: f64) -> f64 {
    let gains = stay_gains(median, log_sd);
    let chance: f64 = kinds
        .iter()
        .map(|kind| {
            let leave: f64 = gains
                .iter()
                .map(|gain| kind.others / (kind.others + kind.outside + gain * kind.current))
                .sum();
            kind.share * leave / gains.len() as f64
        })
        .sum();
    looks * chance
}

/// The median of s at which [`moves_a_year`] equals `wanted`, or `None` when even no cost
/// at all gives fewer moves.
#[must_use]
pub fn solve_median(kinds: &[Kind], looks: f64, wanted: f64, log_sd: f64) -> Option<f64> {
    const LARGEST: f64 = 60.0;
    let gap = |median: f64| moves_a_year(kinds, looks, median, log_sd) - wanted;
    let (mut low, mut high) = (1e-9, LARGEST);
    let (mut gap_low, mut gap_high) = (gap(low), gap(high));
    if gap_low < 0.0 || gap_high > 0.0 {
        return None;
    }
    // False position on ln(moves), guarded by bisection: the curve is nearly exponential.
    for step in 0..100 {
        let log = |g: f64| math::ln((g + wanted) / wanted);
        let slope = (log(gap_high) - log(gap_low)) / (high - low);
        let guess = low - log(gap_low) / slope;
        let inside = guess > low && guess < high && step % 3 != 2;
        let middle = if inside { guess } else { 0.5 * (low + high) };
        let found = gap(middle);
        if found.abs() < 1e-10 * wanted || high - low < 1e-12 {
            return Some(middle);
        }
        if found > 0.0 {
            (low, gap_low) = (middle, found);
        } else {
            (high, gap_high) = (middle, found);
        }
    }
    Some(0.5 * (low + high))
}

/// `e^s` at the midpoints of nine equal slices of the distribution of s.
fn stay_gains(median: f64, log_sd: f64) -> [f64; 9] {
    std::array::from_fn(|j| {
        let z = math::normal_quantile((j as f64 + 0.5) / 9.0);
        math::exp((median * math::exp(log_sd * z)).min(80.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_solved_median_gives_the_stated_switching() {
        let kinds = [
            Kind {
                share: 0.7,
                others: 3.0,
                current: 1.5,
                outside: 0.8,
            },
            Kind {
                share: 0.3,
                others: 0.4,
                current: 4.0,
                outside: 1.0,
            },
        ];
        let looks = looks_a_year(36, 0.004);
        for wanted in [0.001, 0.008, 0.05] {
            let median = solve_median(&kinds, looks, wanted, 0.15).unwrap();
            let moves = moves_a_year(&kinds, looks, median, 0.15);
            assert!((moves / wanted - 1.0).abs() < 1e-8, "{moves} for {wanted}");
        }
        assert_eq!(solve_median(&kinds, looks, 0.9, 0.15), None);
    }
}
