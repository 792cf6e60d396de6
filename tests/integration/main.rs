//! The program as its users meet it, the oracles, determinism and properties.

mod bad_input;
mod oracles;
mod patterns;
mod workload;
mod worlds;
