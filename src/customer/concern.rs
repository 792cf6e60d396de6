//! Concern with each government: how much a customer would mind its access,
//! `c = min(1, c0·e^x)` with `x ← x·2^(−1/H_c) + severity·distance`. Leaks and the conduct
//! of governments move it, nothing else.

use crate::chance::math;
use crate::domain::JurisdictionId;
use crate::scenario::resolved::{Belief, InputDraw};

/// Concern of every market with every government.
#[derive(Clone, Debug)]
pub struct Concern {
    jurisdictions: usize,
    kept_a_month: f64,
    half_life_months: f64,
    /// c0 and distance: `[market][government]`.
    at_rest: Vec<f64>,
    distance: Vec<f64>,
    /// x
    raised: Vec<f64>,
    /// c0·e^x, kept beside x.
    level: Vec<f64>,
}

impl Concern {
    /// At rest, for one run.
    #[must_use]
    pub fn at_rest(half_life_months: f64, beliefs: &[Belief], draw: &InputDraw) -> Self {
        let values = |pick: fn(&Belief) -> &Vec<crate::scenario::resolved::Quantity>| {
            beliefs
                .iter()
                .flat_map(|b| pick(b).iter().map(|q| q.value(draw)))
                .collect::<Vec<f64>>()
        };
        let at_rest = values(|b| &b.concern);
        Self {
            jurisdictions: beliefs.first().map_or(0, |b| b.concern.len()),
            kept_a_month: math::exp2(-1.0 / half_life_months),
            half_life_months,
            distance: values(|b| &b.distance),
            raised: vec![0.0; at_rest.len()],
            level: at_rest.clone(),
            at_rest,
        }
    }

    /// A month's fading.
    pub fn pass_month(&mut self) {
        for x in &mut self.raised {
            *x *= self.kept_a_month;
        }
        self.refresh();
    }

    /// Conduct of a government becomes known in the markets that `hears` names, so many days
    /// before the month's end.
    pub fn hear(
        &mut self,
        (by, severity): (JurisdictionId, f64),
        days_left: i32,
        hears: impl Fn(usize) -> bool,
    ) {
        const DAYS_A_MONTH: f64 = 365.25 / 12.0;
        let faded = math::exp2(-f64::from(days_left) / (DAYS_A_MONTH * self.half_life_months));
        let pairs = self.raised.iter_mut().zip(&self.distance);
        let of_by = pairs.skip(by.index()).step_by(self.jurisdictions);
        for (_, (x, distance)) in of_by.enumerate().filter(|&(market, _)| hears(market)) {
            *x += severity * distance * faded;
        }
        self.refresh();
    }

    /// Concern of a market's customers of a segment, whose factor multiplies c0.
    #[must_use]
    pub fn with(&self, market: usize, government: usize, factor: f64) -> f64 {
        (self.level[market * self.jurisdictions + government] * factor).min(1.0)
    }

    fn refresh(&mut self) {
        for ((level, c0), &x) in self.level.iter_mut().zip(&self.at_rest).zip(&self.raised) {
            *level = if x == 0.0 { *c0 } else { c0 * math::exp(x) };
        }
    }
}

#[cfg(test)]
mod tests;
