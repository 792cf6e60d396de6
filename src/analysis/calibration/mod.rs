//! Calibration: which values of the uncertain inputs agree with what was observed.
//!
//! # What is computed
//! The posterior of inputs θ and luck ω (all chance of one future) given observations y,
//!
//! ```text
//! π(θ, ω | y) ∝ p(θ)·p(ω)·L(y | θ, ω),
//! ```
//!
//! with L the observation model ([`super::observing`]): the density of what would have been
//! seen of that one future. Its margin in θ is the exact posterior of the inputs under a
//! simulator whose likelihood cannot be written down, since ∫ p(ω) L(y | θ, ω) dω is that
//! likelihood. Read as approximate Bayesian computation, L is the kernel, and it is no
//! approximation because it is the error of observation itself (Wilkinson 2013).
//!
//! # How
//! Particles (θ, ω) are drawn from the prior and moved through the bridge p(θ)·p(ω)·L^β from
//! β = 0 to 1 (sequential Monte Carlo samplers: Del Moral, Doucet & Jasra 2006; β chosen on
//! the way: Jasra et al. 2011). Each generation
//!
//! 1. raises β until the weights L^(β′ − β) leave an effective number of half the particles;
//! 2. resamples them by these weights (systematic resampling);
//! 3. moves each by Metropolis steps that leave p(θ)·p(ω)·L^β′ as it is: a *walk* to nearby
//!    inputs on the same luck, so that neighbours are compared on common random numbers, in
//!    turn with a *refresh*, new luck at the same inputs, until either was accepted often enough.
//!
//! So the answer is exact as particles grow, not only up to a tolerance: what is adapted on
//! the way (β, the walk's covariance, the number of moves) loses its influence with them
//! (Beskos, Jasra, Kantas & Thiéry 2016). The product of the mean weights estimates the
//! evidence ∫∫ p(θ) p(ω) L dω dθ.
//!
//! A particle's inputs are kept as *scores*, independent standard normal numbers from which
//! the scenario's copula and the inputs' quantiles make values; so the prior is N(0, I)
//! whatever the distributions and their rank correlations are.
//!
//! | story | file |
//! |---|---|
//! | what is calibrated | [`problem`] |
//! | particles, and a generation of them | [`particle`] |
//! | how far β rises, and who survives | `tempering` |
//! | where a walk goes | `walk` |
//! | the sampler | [`sampler`] |
//! | a scenario and its observations as such a problem | [`observed`] |
//! | a fit in its folder | [`fit`] |
//! | what it found | [`summary`], `tables` |

pub mod fit;
pub mod observed;
pub mod particle;
pub mod problem;
pub mod sampler;
pub mod summary;
mod tables;
mod tempering;
#[cfg(test)]
mod tests;
mod walk;

pub use particle::{Generation, Particle, Passage};
pub use problem::{Evaluated, Problem};
pub use sampler::{CalibrationError, Sampler};
