//! From a uniform number to a value: the inverses of distribution functions.
//!
//! One draw makes one value, and a larger `u` gives no smaller value (but for the last
//! bits of gamma, beta and PERT). That is what
//! keeps two scenarios on the same luck: where a parameter changes a little, the value
//! moves a little, instead of being another draw.
//!
//! `u` is a [`super::Stream::uniform`], strictly between 0 and 1; at 0 and 1 the ends of
//! the distribution come back, outside or for NaN, NaN (for counts, an end).
//! Parameters outside their range give NaN or a meaningless number, never a panic; a
//! scenario refuses them before they come here. Relative error is near 10⁻¹⁵ where a
//! formula exists, below 10⁻¹⁰ for gamma, beta and PERT.

mod by_search;
mod closed_form;
mod counts;

pub use by_search::{beta, gamma, pert};
pub use closed_form::{
    discrete, empirical, exponential, lognormal, normal, triangular, uniform, weibull,
};
pub use counts::{binomial, poisson};

#[cfg(test)]
mod tests {
    use super::super::cdf;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// F(F⁻¹(u)) = u for every family, over wide parameters.
        #[test]
        fn cdf_undoes_quantile(
            u in 1e-9..1.0 - 1e-9f64,
            first in 0.2..40.0f64,
            second in 0.2..40.0f64,
        ) {
            let slack = 1e-12 * f64::max(first, second).max(1.0);
            let near = |found: f64| (found - u).abs() < slack;
            prop_assert!(near(cdf::exponential(exponential(u, first), first)));
            prop_assert!(near(cdf::normal(normal(u, first, second), first, second)));
            prop_assert!(near(cdf::lognormal(lognormal(u, first, second), first, second)));
            prop_assert!(near(cdf::weibull(weibull(u, first, second), first, second)));
            prop_assert!(near(cdf::gamma(gamma(u, first, second), first, second)));
            // Near 1 a double is too coarse to hold the value: u then lies between what F is
            // at the neighbours of the one found.
            let found = beta(u, first, second);
            let below = cdf::beta(found.next_down().max(0.0), first, second);
            let above = cdf::beta(found.next_up().min(1.0), first, second);
            prop_assert!(below - slack < u && u < above + slack);
            let (low, mode, high) = (-first, 0.5 * second, second);
            prop_assert!(near(cdf::uniform(uniform(u, low, high), low, high)));
            prop_assert!(near(cdf::triangular(triangular(u, low, mode, high), low, mode, high)));
            prop_assert!(near(cdf::pert(pert(u, low, mode, high), low, mode, high)));
        }

        #[test]
        fn larger_u_never_gives_less(u in 1e-9..0.999, a in 0.01..500.0, b in 0.01..500.0) {
            let more = u + 1e-9;
            prop_assert!(beta(u, a, b) <= beta(more, a, b));
            prop_assert!(gamma(u, a, b) <= gamma(more, a, b));
        }
    }
}
