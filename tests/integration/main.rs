//! The program as its users meet it, the oracles, determinism and properties.

mod bad_input;
mod patterns;
