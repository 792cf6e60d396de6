//! Sweeps: the same model at many points of its inputs, in one table.
//!
//! # How it works
//! A *design* ([`crate::chance::design`]) says at which points. A point is a scenario with
//! values laid over it, and is simulated as any scenario is, an ensemble in a folder of its own.
//! Every point has the same seed, hence the same luck: future i is the same world at each but
//! for the values, and what differs between points is compared within futures. *Replicates* do
//! all of it again with other seeds ([`job::seed_of`]). An ensemble is named by the digest of
//! its job, so that one that occurs twice is simulated once, and one that is there already is
//! found again when the design grows.
//!
//! # What is computed
//! Of every metric at every point: mean over futures with its interval, spread and quantiles,
//! and where a baseline is paired the same for the difference by it ([`measured`]). Of every
//! input that is varied ([`moved`]): the mean over the points at its highest level less that
//! over the points at its lowest, future by future; in a sample of points their highest and
//! lowest thirds. In a grid that is the main effect; in a sample the thirds differ in the
//! other inputs as well, of which the interval, being that of simulation error, knows nothing.
//! With replicates, how far the mean of a point scatters between them ([`replicates`]).
//!
//! | story | file |
//! |---|---|
//! | what is varied, as it is written | [`varied`] |
//! | the points | [`plan`], from a file [`table`] |
//! | what makes two sweeps the same, or one the beginning of the other | [`job`] |
//! | an ensemble in numbers | [`measured`] |
//! | what each input changes | [`moved`], [`replicates`] |
//! | all ensembles taken in | [`study`] |
//! | its files | [`tables`] |

pub mod error;
pub mod job;
pub mod measured;
pub mod moved;
pub mod plan;
pub mod replicates;
pub mod study;
pub mod table;
pub mod tables;
pub mod varied;

pub use error::SweepError;
