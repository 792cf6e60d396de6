//! The program as its users meet it, the oracles, determinism and properties.

mod asking;
mod bad_arguments;
mod bad_input;
mod check;
mod courts;
mod determinism;
mod golden;
mod hostile;
mod house;
mod named;
mod oracles;
mod patterns;
mod places;
mod program;
mod reading;
mod sandbox;
mod story;
mod workload;
mod worlds;
