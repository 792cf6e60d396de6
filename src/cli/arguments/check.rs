//! What `check` takes.

use clap::Args;

use crate::cli::values::{threads, up_to_ten_million};

/// What `check` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity check my-bank.toml                      what is wrong with it, or what it will cost
  comity check preska-2014 -n 100000             the cost of more futures
  comity check my-bank.toml -s choice.classes=4  the same with another value
  comity check us-sca                            a library, as a part of a scenario
  comity check preska-2014 --sources             where each number comes from
  comity check preska-2014 --sources --csv > appendix.csv
  comity check --schema > scenario.schema.json   for an editor; see docs/guide.md

Every mistake is named at once, with its place and its mend. The time is measured by doing some
of the futures now, and all three costs are estimates. A number without a source is a warning.

Exit codes:
  0 sound   2 something is wrong (nothing is ever written)")]
pub struct CheckArguments {
    /// A shipped scenario or library, a scenario file, or a result folder; without one, the
    /// latest result
    pub target: Option<String>,

    /// Futures whose cost is asked, 1 to 10,000,000 [default: as the scenario says]
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true)]
    #[arg(value_parser = up_to_ten_million)]
    pub runs: Option<u32>,

    /// Customers in each, 1 to 10,000,000 [default: as the scenario says]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    #[arg(value_parser = up_to_ten_million)]
    pub customers: Option<u32>,

    /// Threads that they will have, 1 to 1,024 [default: all cores]
    #[arg(
        short = 'j',
        long,
        value_name = "N",
        env = "COMITY_THREADS",
        hide_env = true
    )]
    #[arg(value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// Assume another value, in the scenario and its baseline; may be repeated
    #[arg(short = 's', long = "set", value_name = "PATH=VALUE")]
    pub settings: Vec<String>,

    /// The cost and the numbers under an option of the scenario's decision; all options are
    /// checked without it
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,

    /// Leave the baseline out
    #[arg(long)]
    pub no_baseline: bool,

    /// List every number: value, range, what it rests on
    #[arg(long, conflicts_with_all = ["runs", "customers", "threads"])]
    pub sources: bool,

    /// With --sources: the list as CSV, a row for each number
    #[arg(long, requires = "sources")]
    #[arg(conflicts_with_all = ["json", "quiet", "runs", "customers", "threads"])]
    pub csv: bool,

    /// Print the JSON Schema of scenario files
    #[arg(long, exclusive = true)]
    pub schema: bool,

    /// Print JSON, also of what is wrong
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,

    /// Print nothing if it is sound
    #[arg(short, long, conflicts_with = "sources")]
    pub quiet: bool,
}
