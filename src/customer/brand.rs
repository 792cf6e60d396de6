//! Brands δ: the part of a provider's utility that nothing else explains, solved so that
//! the model at rest gives the observed shares (Berry 1994), never typed.
//!
//! At rest a group's projects are placed with chance `take_up` and fall on the providers
//! by their observed shares. Customers differ by class and by the provider they have
//! (a new one costs s_new), so predicted shares are an average over both.

/// What a group's chances are made of, at rest.
#[derive(Clone, Debug)]
pub struct Mixture<'a> {
    /// Weight of each provider before its brand, `[class][provider]`.
    pub weights: &'a [f64],
    /// Part of customers with a project whose primary provider is p, `[provider]`; what is
    /// missing to one has none.
    pub current: &'a [f64],
    /// `exp(−s_new)`: factor on providers that a customer with another one has not.
    pub new_factor: f64,
}

impl Mixture<'_> {
    /// Chances that a project falls on each provider, given `brands = exp δ`; the outside
    /// option has weight 1.
    pub fn predict(&self, brands: &[f64], shares: &mut [f64]) {
        let providers = brands.len();
        let classes = self.weights.len() / providers;
        let with_any: f64 = self.current.iter().sum();
        shares.fill(0.0);
        for row in self.weights.chunks_exact(providers) {
            let total: f64 = row.iter().zip(brands).map(|(w, b)| w * b).sum();
            // Seen from a customer with provider q, all others weigh less.
            let mut per_weight = (1.0 - with_any).max(0.0) / (1.0 + total);
            for (q, &part) in self.current.iter().enumerate() {
                let own = row[q] * brands[q];
                let denominator = 1.0 + own + self.new_factor * (total - own);
                per_weight += part * self.new_factor / denominator;
                shares[q] += part * (1.0 - self.new_factor) * own / denominator / classes as f64;
            }
            for (share, (w, b)) in shares.iter_mut().zip(row.iter().zip(brands)) {
                *share += w * b * per_weight / classes as f64;
            }
        }
    }

    /// The brands `exp δ` at which the prediction equals `observed`, by the contraction
    /// of Berry, Levinsohn & Pakes (1995). Providers with an observed share of 0 get brand 0.
    ///
    /// Returns the largest relative gap that is left; infinite where weights are beyond all
    /// numbers, or all 0 for a provider that has a share.
    pub fn solve(&self, observed: &[f64], brands: &mut [f64]) -> f64 {
        const STEPS: usize = 500;
        const ENOUGH: f64 = 1e-12;
        let providers = brands.len();
        let mut reachable = true;
        for (p, brand) in brands.iter_mut().enumerate() {
            let open = self
                .weights
                .iter()
                .skip(p)
                .step_by(providers)
                .any(|&w| w > 0.0);
            *brand = if open && observed[p] > 0.0 { 1.0 } else { 0.0 };
            reachable &= open || observed[p] <= 0.0;
        }
        if !reachable {
            return f64::INFINITY;
        }
        let mut shares = [0.0; 16];
        let shares = &mut shares[..providers];
        let mut gap = f64::INFINITY;
        for _ in 0..STEPS {
            self.predict(brands, shares);
            gap = 0.0;
            for ((brand, share), observed) in brands.iter_mut().zip(&*shares).zip(observed) {
                if *brand > 0.0 {
                    let ratio = observed / share;
                    *brand *= ratio;
                    if !ratio.is_finite() {
                        return f64::INFINITY;
                    }
                    gap = f64::max(gap, (ratio - 1.0).abs());
                }
            }
            if gap < ENOUGH {
                break;
            }
        }
        gap
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_contraction_recovers_shares(
            raw in proptest::collection::vec(0.01f64..1.0, 4),
            weights in proptest::collection::vec(0.1f64..5.0, 32),
            take_up in 0.05f64..0.95,
            users in 0.0f64..1.0,
            s_new in 0.0f64..2.0,
        ) {
            let sum: f64 = raw.iter().sum();
            let observed: Vec<f64> = raw.iter().map(|r| take_up * r / sum).collect();
            let current: Vec<f64> = raw.iter().map(|r| users * r / sum).collect();
            let mixture = Mixture {
                weights: &weights,
                current: &current,
                new_factor: crate::chance::math::exp(-s_new),
            };
            let mut brands = [0.0; 4];
            let gap = mixture.solve(&observed, &mut brands);
            prop_assert!(gap < 1e-9, "gap {gap}");
            let mut shares = [0.0; 4];
            mixture.predict(&brands, &mut shares);
            for (found, expected) in shares.iter().zip(&observed) {
                prop_assert!((found - expected).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn weights_that_no_brand_can_mend_leave_an_infinite_gap() {
        for weights in [[0.0, 1.0], [f64::INFINITY, 1.0], [f64::NAN, 1.0]] {
            let mixture = Mixture {
                weights: &weights,
                current: &[0.1, 0.1],
                new_factor: 0.5,
            };
            let mut brands = [0.0; 2];
            let gap = mixture.solve(&[0.3, 0.2], &mut brands);
            assert!(gap.is_infinite(), "{weights:?}: {gap}");
            // Who has no share needs no weight.
            if weights[0] == 0.0 {
                assert!(mixture.solve(&[0.0, 0.2], &mut brands) < 1e-9);
            }
        }
    }

    #[test]
    fn plain_logit_has_the_closed_form() {
        // One class, nobody with a provider: δ_p = ln(s_p / s_0) − ln w_p.
        let mixture = Mixture {
            weights: &[2.0, 0.5],
            current: &[0.0, 0.0],
            new_factor: 1.0,
        };
        let mut brands = [0.0; 2];
        mixture.solve(&[0.3, 0.2], &mut brands);
        assert!((brands[0] - 0.3 / 0.5 / 2.0).abs() < 1e-10);
        assert!((brands[1] - 0.2 / 0.5 / 0.5).abs() < 1e-10);
    }
}
