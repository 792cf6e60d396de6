//! Randomness that has names, and mathematics that has the same bits everywhere.
//!
//! # How a draw is named
//! There is no generator that is passed around and advanced. A draw is asked for by
//! name, and the name is all that it depends on:
//!
//! | part | says | example |
//! |---|---|---|
//! | [`Seed`] | which experiment | 42 |
//! | component, purpose | which question | "court", "outcome" |
//! | [`Run`] | which future, or [`SHARED_RUN`] for what all futures share | 17 |
//! | [`EntityKey`] | whose | the hash of "us-sca" |
//! | index | which of several: a month, a stage | 3 |
//!
//! The first two rows make a [`Stream`], the rest are arguments of its methods:
//!
//! ```
//! use comity::chance::{EntityKey, Run, Seed, Stream};
//!
//! let outcomes = Stream::new(Seed(42), "court", "outcome");
//! let appeal = EntityKey::of("us-sca");
//! let u = outcomes.uniform(Run(17), appeal, 3);
//! assert!(0.0 < u && u < 1.0);
//!
//! // Asked again, in any order or thread, the answer is the same.
//! assert_eq!(u, outcomes.uniform(Run(17), appeal, 3));
//!
//! // Customers of a group are numbered within it.
//! let customer = EntityKey::of("german-banks").child(1_204);
//! assert_ne!(u, outcomes.uniform(Run(17), customer, 3));
//! ```
//!
//! Two scenarios under one seed thus share all luck that does not belong to what was
//! changed, and their difference is the effect of the change alone. To keep it so, ask
//! for *one* number per choice and turn it into a value by the inverse of a
//! distribution function; never draw "until it fits".
//!
//! # From numbers to values
//! [`quantile`] turns a uniform number into a value, [`cdf`] goes back, [`copula`] makes
//! inputs move together, [`elicitation`] finds the distribution of a stated interval. [`math`] has the functions of one number, [`kernel`] those of
//! whole columns, with the same bits. [`design`] says at which points of a space of inputs a
//! model is tried.

pub mod budget;
pub mod cdf;
#[cfg(test)]
mod check;
pub mod copula;
pub mod design;
pub mod elicitation;
mod incomplete;
pub mod kernel;
mod key;
mod mass;
pub mod math;
mod normal;
mod philox;
#[cfg(test)]
mod quality;
pub mod quantile;
mod stream;
mod sum;
mod uniform;

pub use key::{EntityKey, Run, SHARED_RUN, Seed};
pub use philox::philox4x32;
pub use stream::{KeyedRng, Stream};
