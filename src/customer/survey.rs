//! The survey: what customers would answer to "are you less likely to use a provider of
//! country X than before?" A measurement model, not an action: the answer compares the
//! provider's appeal at rest with now, without any cost of leaving, passes a threshold
//! with an error, and a share answers at random. So most can say it while few act.

use super::customers::Customers;
use crate::chance::math;
use crate::scenario::resolved::InputDraw;

impl Customers {
    /// The expected share of a group that answers "less likely" about the providers that
    /// `asked` selects, 0 to 1; `None` when none of them is open to it.
    #[must_use]
    pub fn stated_less_likely(
        &self,
        group: usize,
        asked: impl Fn(usize) -> bool,
        draw: &InputDraw,
    ) -> Option<f64> {
        let spec = &self.model.survey;
        let (threshold, noise) = (spec.threshold.value(draw), spec.noise.value(draw));
        let lapse = spec.lapse.value(draw);
        let classes = self.utility.loadings.len();
        let mut sum = 0.0;
        for class in 0..classes {
            let fall = self.appeal_lost(group, class, &asked)?;
            let meant = math::normal_cdf((fall - threshold) / noise);
            sum += (1.0 - lapse) * meant + lapse * 0.5;
        }
        Some(sum / classes as f64)
    }

    /// Utility lost since rest by the providers asked about, weighted by their appeal at
    /// rest; the drift of list prices is left out.
    fn appeal_lost(
        &self,
        group: usize,
        class: usize,
        asked: &impl Fn(usize) -> bool,
    ) -> Option<f64> {
        let providers = self.model.providers.len();
        let classes = self.utility.loadings.len();
        let cell = group * classes + class;
        let now = self.market.tables().nest_sums(cell);
        let (mut sum, mut weight) = (0.0, 0.0);
        for p in (0..providers).filter(|&p| asked(p)) {
            let at = cell * providers + p;
            if self.rest_nest[at] <= 0.0 || now[p] <= 0.0 {
                continue;
            }
            let inclusive = self.utility.nest_scale * math::ln(self.rest_nest[at] / now[p]);
            let price = self.utility.price_weight * math::ln(self.quoted[p]);
            let trust = self.utility.loadings[class]
                * self.utility.trust_weight
                * self.beliefs.trust(group, p).deviation();
            sum += self.rest_weight[at] * (inclusive - price - trust);
            weight += self.rest_weight[at];
        }
        (weight > 0.0).then(|| sum / weight)
    }
}

#[cfg(test)]
mod tests;
