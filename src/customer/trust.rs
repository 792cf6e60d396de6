//! Trust of a group in a provider: a Beta reputation with forgetting (Jøsang & Ismail
//! 2002), in which good and bad evidence fade at their own half-lives, so that trust falls
//! fast and returns slowly (Slovic 1993).

use crate::chance::math;
use crate::domain::Conduct;
use crate::scenario::resolved::{InputDraw, Quantity, Trust};

/// The evidence that a group holds about a provider; trust is its share of good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stock {
    /// Good evidence α.
    pub good: f64,
    /// Bad evidence β.
    pub bad: f64,
    good_prior: f64,
    bad_prior: f64,
}

impl Stock {
    /// A stock at rest.
    #[must_use]
    pub fn new(good_prior: f64, bad_prior: f64) -> Self {
        Self {
            good: good_prior,
            bad: bad_prior,
            good_prior,
            bad_prior,
        }
    }

    /// Keeps these parts of the good and bad evidence beyond the prior.
    pub fn forget(&mut self, good_kept: f64, bad_kept: f64) {
        self.good = self.good_prior + good_kept * (self.good - self.good_prior);
        self.bad = self.bad_prior + bad_kept * (self.bad - self.bad_prior);
    }

    /// τ = α / (α + β), 0 to 1.
    #[must_use]
    pub fn trust(&self) -> f64 {
        self.good / (self.good + self.bad)
    }

    /// logit τ = ln(α / β).
    #[must_use]
    pub fn log_odds(&self) -> f64 {
        math::ln(self.good / self.bad)
    }

    /// The odds of trust over those at rest.
    #[must_use]
    pub fn odds_ratio(&self) -> f64 {
        self.good * self.bad_prior / (self.bad * self.good_prior)
    }

    /// logit τ − logit τ°, the deviation from rest.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        math::ln(self.odds_ratio())
    }
}

/// What one act is worth, before the listener's distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Evidence {
    /// Adds to α.
    Good(f64),
    /// Adds to β, weight κ and credit included.
    Bad(f64),
}

/// How trust moves, in one run.
#[derive(Clone, Debug)]
pub struct TrustRules {
    good_prior: f64,
    bad_prior: f64,
    good_kept: f64,
    bad_kept: f64,
    bad_weight: f64,
    credit: f64,
    contest: f64,
    defiance: f64,
    yielding: f64,
    disclosure: f64,
    report: f64,
    /// Part of the evidence that reaches providers of the same parent country.
    pub spill_over: f64,
    /// Part that counts for customers of the provider's own country.
    pub home_factor: f64,
}

impl TrustRules {
    /// The rules of a scenario in one run.
    #[must_use]
    pub fn new(spec: &Trust, draw: &InputDraw) -> Self {
        let kept = |half_life: Quantity| math::exp2(-1.0 / half_life.value(draw));
        Self {
            good_prior: spec.good_prior.value(draw),
            bad_prior: spec.bad_prior.value(draw),
            good_kept: kept(spec.good_half_life_months),
            bad_kept: kept(spec.bad_half_life_months),
            bad_weight: spec.bad_weight.value(draw),
            credit: spec.contest_credit.value(draw),
            contest: spec.contest.value(draw),
            defiance: spec.defiance.value(draw),
            yielding: spec.yielding.value(draw),
            disclosure: spec.disclosure.value(draw),
            report: spec.report.value(draw),
            spill_over: spec.spill_over.value(draw),
            home_factor: spec.home_factor.value(draw),
        }
    }

    /// A stock at rest.
    #[must_use]
    pub fn at_rest(&self) -> Stock {
        Stock::new(self.good_prior, self.bad_prior)
    }

    /// A month's forgetting; of a provider that was seen to contest, the bad fades as fast
    /// as the good.
    pub fn forget(&self, stock: &mut Stock, contested: bool) {
        let bad_kept = if contested {
            self.bad_kept.min(self.good_kept)
        } else {
            self.bad_kept
        };
        stock.forget(self.good_kept, bad_kept);
    }

    /// What an act is worth; a provider that has contested keeps part of its credit.
    #[must_use]
    pub fn evidence(&self, conduct: Conduct, contested: bool) -> Evidence {
        let credit = if contested { 1.0 - self.credit } else { 1.0 };
        match conduct {
            Conduct::Contest => Evidence::Good(self.contest),
            Conduct::Defiance => Evidence::Good(self.defiance),
            Conduct::Yield => Evidence::Bad(self.bad_weight * self.yielding * credit),
            Conduct::Disclosure => Evidence::Bad(self.bad_weight * self.disclosure * credit),
            Conduct::Report => Evidence::Good(self.report),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recursion_meets_the_published_numbers() {
        // Oracle: prior (1, 1), forgetting 0.9, ten good then two bad: r, s and the score.
        let mut stock = Stock::new(1.0, 1.0);
        for good in std::iter::repeat_n(true, 10).chain([false, false]) {
            stock.forget(0.9, 0.9);
            if good {
                stock.good += 1.0
            } else {
                stock.bad += 1.0
            }
        }
        assert!((stock.good - 1.0 - 5.275_704_635_19).abs() < 1e-10);
        assert!((stock.bad - 1.0 - 1.9).abs() < 1e-12);
        assert!((stock.trust() - 0.683_947_978_351_643).abs() < 1e-12);
        let plain = Stock {
            good: 8.0,
            bad: 2.0,
            ..Stock::new(1.0, 1.0)
        };
        assert!((plain.trust() - 0.8).abs() < 1e-15);
    }

    #[test]
    fn steady_evidence_tends_to_its_fixed_point() {
        // α* = α0 + r / (1 − λ).
        let mut stock = Stock::new(4.0, 2.0);
        for _ in 0..2_000 {
            stock.forget(0.95, 0.97);
            stock.good += 0.3;
            stock.bad += 0.1;
        }
        assert!((stock.good - (4.0 + 0.3 / 0.05)).abs() < 1e-9);
        assert!((stock.bad - (2.0 + 0.1 / 0.03)).abs() < 1e-9);
        let deviation = stock.log_odds() - math::ln(2.0);
        assert!((stock.deviation() - deviation).abs() < 1e-12);
    }
}
