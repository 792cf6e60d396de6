//! Trust of a group in a provider: a Beta reputation with forgetting (Jøsang & Ismail
//! 2002), in which good and bad evidence fade at their own half-lives, so that trust falls
//! fast and returns slowly (Slovic 1993).

use crate::chance::math;

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

    /// logit τ − logit τ°, the deviation from rest.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        math::ln(self.good * self.bad_prior / (self.bad * self.good_prior))
    }
}
