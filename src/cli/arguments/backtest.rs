//! What `backtest` takes.

use std::path::PathBuf;

use clap::Args;

use crate::cli::values::{particles, seed, threads, up_to_ten_million};

const SIMULATED: &str = "What is simulated";
const CALIBRATED: &str = "What is calibrated";
const SCORED: &str = "What is scored";
const DONE: &str = "How it is done";
const PRINTED: &str = "What is printed";

/// What `backtest` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity backtest record-2011                     forecast the shipped record, and score it
  comity backtest record-2011 --given             the same with all later facts given
  comity backtest record-2011 -n 2000             more futures, for firmer weights
  comity backtest record-2011 --observations my.csv   with a row for each of your own
  comity backtest record-2011 --shuffle-dates 1   the test for leaks: it must score worse
  comity backtest record-2011 --fit -s \"inputs.posterior=''\"   calibrate it anew, from its priors
  comity backtest output/record-2011/backtest-0123abcd --markdown

An observation is an [[observation]] of the scenario or a row of the CSV file, whose header names
the same fields: date,metric,value,error,source,use and, if wanted, published, series, panel,
bound, no_change, forecast_from, backtest, against_baseline, text. Those with use = fit weigh the
futures once they are published; those with validate never do.

A fit writes posterior.toml, which any scenario that has these inputs can draw them from:
`[inputs] posterior = \"posterior.toml\"`. What was begun goes on from its last whole generation.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too")]
pub struct BacktestArguments {
    /// A shipped scenario's name, a scenario file, or the folder of a backtest or a fit to show
    pub target: String,

    /// Futures for each set of facts, 1 to 10,000,000 [default: as the scenario says]
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true, help_heading = SIMULATED)]
    #[arg(value_parser = up_to_ten_million)]
    pub runs: Option<u32>,

    /// Customers in each, 1 to 10,000,000 [default: as the scenario says]
    #[arg(long, value_name = "N", allow_negative_numbers = true, help_heading = SIMULATED)]
    #[arg(value_parser = up_to_ten_million)]
    pub customers: Option<u32>,

    /// Seed of all chance
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seed, allow_negative_numbers = true, help_heading = SIMULATED)]
    pub seed: u64,

    /// Assume another value, in the scenario and its baseline; may be repeated
    #[arg(short = 's', long = "set", value_name = "PATH=VALUE", help_heading = SIMULATED)]
    pub settings: Vec<String>,

    /// Calibrate `[backtest] inputs` to the observations with `use = \"fit\"`, and write a posterior
    #[arg(long, help_heading = CALIBRATED)]
    #[arg(conflicts_with_all = ["runs", "given", "no_learning", "shuffle_dates"])]
    pub fit: bool,

    /// Points that stand for what is believed of the inputs, 2 to 10,000
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = particles, allow_negative_numbers = true, help_heading = CALIBRATED)]
    #[arg(requires = "fit")]
    pub particles: u32,

    /// Give all dated facts at every origin: forecasts conditional on what came to pass
    #[arg(long, help_heading = SIMULATED)]
    pub given: bool,

    /// Add observations of your own, a row each
    #[arg(long, value_name = "FILE.csv", help_heading = SCORED)]
    pub observations: Option<PathBuf>,

    /// Weigh all futures alike, whatever had been observed
    #[arg(long, help_heading = SCORED)]
    pub no_learning: bool,

    /// Let the values of each series change their dates: forecasts that know nothing of what
    /// they forecast must score worse
    #[arg(long, value_name = "SEED", value_parser = seed, allow_negative_numbers = true, help_heading = SCORED)]
    pub shuffle_dates: Option<u64>,

    /// Result folder [default: backtest-… in output/SCENARIO]
    #[arg(short = 'o', long, value_name = "DIR", help_heading = DONE)]
    pub out: Option<PathBuf>,

    /// Move an old backtest of this job aside and begin anew
    #[arg(long, help_heading = DONE)]
    pub fresh: bool,

    /// Threads, 1 to 1,024; no number depends on them [default: all cores]
    #[arg(
        short = 'j',
        long,
        value_name = "N",
        env = "COMITY_THREADS",
        hide_env = true
    )]
    #[arg(value_parser = threads, allow_negative_numbers = true, help_heading = DONE)]
    pub threads: Option<usize>,

    /// Print Markdown
    #[arg(long, conflicts_with_all = ["json", "quiet"], help_heading = PRINTED)]
    pub markdown: bool,

    /// Print JSON
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the path of the result folder
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}
