//! What `backtest` takes.

use std::path::PathBuf;

use clap::Args;

use super::super::values::{particles, seed, threads, up_to_ten_million};

const EXAMPLES: &str = "\
Examples:
  comity backtest history.toml --fit                   calibrate as [backtest] says
  comity backtest history.toml --fit --particles 1000  with less noise of its own

The fit writes a folder with posterior.toml, which any scenario that has these inputs can use:
  [inputs]
  posterior = \"posterior.toml\"

The same command twice is one fit: what was begun goes on from its last whole generation.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say";

/// What `backtest` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct BacktestArguments {
    /// A shipped scenario's name or a scenario file, with observations and `[backtest]`
    pub target: String,

    /// Calibrate the inputs in `[backtest] inputs` to the observations with `use = \"fit\"`
    #[arg(long, required = true)]
    pub fit: bool,

    /// Points that stand for what is believed of the inputs, 2 to 10,000
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = particles, allow_negative_numbers = true)]
    pub particles: u32,

    /// Customers in each future, 1 to 10,000,000 [default: as the scenario says]
    #[arg(long, value_name = "N", value_parser = up_to_ten_million, allow_negative_numbers = true)]
    pub customers: Option<u32>,

    /// Seed of all chance
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,

    /// Assume another value, in the scenario and its baseline; may be repeated
    #[arg(short = 's', long = "set", value_name = "PATH=VALUE")]
    pub settings: Vec<String>,

    /// Result folder [default: a new one in output/SCENARIO]
    #[arg(short = 'o', long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Move an old fit of this job aside and begin anew
    #[arg(long)]
    pub fresh: bool,

    /// Threads, 1 to 1,024; no number depends on them [default: all cores]
    #[arg(
        short = 'j',
        long,
        value_name = "N",
        env = "COMITY_THREADS",
        hide_env = true
    )]
    #[arg(value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// Print what was found as JSON
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,

    /// Print only the path of the result folder
    #[arg(short, long)]
    pub quiet: bool,
}
