//! The program as its users meet it, the oracles, determinism and properties.

mod actors;
mod asking;
mod backtest;
mod bad_arguments;
mod bad_input;
mod check;
mod checked;
mod compare;
mod courts;
mod determinism;
#[cfg(unix)] // which has the shell of the documents
mod documents;
mod fit;
mod golden;
mod governments;
mod hostile;
mod house;
mod invariants;
mod money;
mod named;
mod new;
mod oracles;
mod patterns;
mod placement;
mod places;
mod program;
mod reading;
mod record;
mod risk;
mod sandbox;
mod shipped;
mod story;
mod survey;
mod windows;
mod workload;
mod worlds;
