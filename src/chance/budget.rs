//! A budget against a hazard: when something that can happen at any moment does.
//!
//! Each possible event has a budget, a keyed standard exponential number; it happens when
//! its hazard, summed over time, has used the budget up. For a hazard that is constant
//! from step to step the day is exact, however time is cut; and a run in which the hazard
//! is higher meets the event no later and keeps all other luck.

use super::math::ln;

/// What is left of a budget.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Budget(f64);

impl Budget {
    /// The budget of a uniform number, strictly between 0 and 1.
    #[must_use]
    pub fn of(uniform: f64) -> Self {
        Self(-ln(uniform))
    }

    /// Spends `days` under `hazard_per_day` (0 or more); the day within them, from 0, on
    /// which the budget is used up, if it is. Nothing is left afterwards.
    pub fn spend(&mut self, hazard_per_day: f64, days: u32) -> Option<u32> {
        let spent = hazard_per_day * f64::from(days);
        if self.0 >= spent {
            self.0 -= spent;
            return None;
        }
        let day = self.0 / hazard_per_day;
        self.0 = 0.0;
        // Below `days`, since the budget is below what they spend.
        Some((day as u32).min(days.saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EntityKey, Run, Seed, Stream};
    use super::*;
    use proptest::prelude::*;

    /// 100,000 budgets under 0.002 a day for 300 days, then 0.01: the share that lasts 600
    /// days is exp(−0.6 − 3). The band is 5 binomial standard errors: fails with chance
    /// 6e-7.
    #[test]
    fn what_lasts_is_the_exponential_of_what_was_spent() {
        let stream = Stream::new(Seed(5), "budget", "test");
        let n = 100_000;
        let lasting = (0..n).filter(|&run| {
            let mut budget = Budget::of(stream.uniform(Run(run), EntityKey::of("bill"), 0));
            budget.spend(0.002, 300).is_none() && budget.spend(0.01, 300).is_none()
        });
        let share = lasting.count() as f64 / f64::from(n);
        let exact = crate::chance::math::exp(-3.6);
        let error = (exact * (1.0 - exact) / f64::from(n)).sqrt();
        assert!((share - exact).abs() < 5.0 * error, "{share} {exact}");
    }

    fn day_of(u: f64, hazard: f64, steps: &[u32]) -> Option<u32> {
        let mut budget = Budget::of(u);
        let mut before = 0;
        for &days in steps {
            if let Some(day) = budget.spend(hazard, days) {
                return Some(before + day);
            }
            before += days;
        }
        None
    }

    proptest! {
        #[test]
        fn a_higher_hazard_is_never_later(u in 1e-6..1.0 - 1e-6f64, low in 0.0..0.1f64, more in 0.0..0.1f64) {
            let never = u32::MAX;
            let [early, late] = [low + more, low].map(|h| day_of(u, h, &[30; 40]).unwrap_or(never));
            prop_assert!(early <= late);
        }

        #[test]
        fn the_day_does_not_turn_on_how_time_is_cut(u in 1e-6..1.0 - 1e-6f64, hazard in 1e-4..0.1f64) {
            let whole = day_of(u, hazard, &[1200]);
            let cut = day_of(u, hazard, &[7, 193, 365, 35, 600]);
            // Rounding at the border of a day may move it by one.
            let near = match (whole, cut) {
                (Some(a), Some(b)) => a.abs_diff(b) <= 1,
                (a, b) => a == b,
            };
            prop_assert!(near, "{whole:?} {cut:?}");
        }
    }
}
