//! Many runs of one simulator: shared out over threads, made durable in blocks,
//! interrupted and gone on with, and at the end put together into a result folder.
//!
//! A run is a number, never an entry of a list, and what it yields depends on that
//! number alone; so threads, blocks and interruptions change no byte of a result.
//!
//! | story | file |
//! |---|---|
//! | what is asked of a model | [`simulator`] |
//! | how a job is to be done | [`job`] |
//! | which runs are missing, and handing them out | `schedule` |
//! | the threads that do them | `workers` |
//! | from blocks to tables | `assembly` |
//! | a job done as far as is wanted, and ended | [`underway`] |
//! | when there are runs enough | [`stop`] |
//! | the whole life | [`run`], [`run_until`] |
//! | what it will cost, before it is begun | [`cost`] |
//! | one run of a result once more | [`again`] |
//! | single runs at inputs of one's choice | [`sample`] |
//!
//! # Cost
//! Memory: for each thread one worker of the simulator and at most one open block; a
//! block holds the rows of its runs and one series accumulator. A million runs of a toy
//! take 76 MB. Time beside the simulator's own: about 5 µs a run, and 15 ns for each
//! cell of the series, which a block takes in from one thread at a time; at the end half
//! a microsecond for each cell and block. Disk while working: the blocks, about as large
//! as the tables and some 100 bytes a cell and block.

pub mod again;
mod assembly;
pub mod benchmark;
pub mod cost;
pub mod error;
pub mod interruption;
pub mod job;
mod lifecycle;
pub mod sample;
mod schedule;
pub mod simulator;
pub mod stop;
#[cfg(test)]
mod tests;
pub mod underway;
mod workers;
pub mod worlds;
mod yields;

pub use assembly::Finished;
pub use error::EnsembleError;
pub use interruption::Interruption;
pub use job::{Job, Keep, OnError, Paths};
pub use lifecycle::{Ending, Outcome, Summarise, run, run_until};
pub use simulator::{RunFailure, RunOutput, Simulator};
pub use stop::StopRule;
pub use underway::Underway;
pub use workers::Progress;
pub use yields::column_name;
