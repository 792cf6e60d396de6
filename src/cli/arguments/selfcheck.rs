//! What `selfcheck` takes.

use clap::Args;

use crate::cli::values::{repeats, seed, threads};

/// What `selfcheck` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity selfcheck                   every interval on every problem, 3,000 times each
  comity selfcheck --repeats 300     the short form
  comity selfcheck --seed 7 -q       with other luck, the last line only
  comity selfcheck --markdown        as a table for a document
  comity selfcheck --json > selfcheck.json

Of each problem the answer is known: so many futures are drawn from a named law, the program
states its interval, and the true value is in it or not. How often it is must lie in the binomial
band of what the interval says of itself. The bands leave out so little that true claims fail
with a chance below 1e-6 in all. Nothing is written.

Exit codes:
  0 every interval covers as it says, or as is known and told   1 one does not

Environment:
  COMITY_THREADS    threads, where -j does not say")]
pub struct SelfcheckArguments {
    /// Repeats of each problem, 100 to 10,000
    #[arg(long, value_name = "N", default_value_t = comity::analysis::selfcheck::REPEATS)]
    #[arg(value_parser = repeats, allow_negative_numbers = true)]
    pub repeats: u32,

    /// Seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    #[arg(value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,

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

    /// Print Markdown
    #[arg(long, conflicts_with_all = ["json", "quiet"])]
    pub markdown: bool,

    /// Print JSON
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,

    /// Print only the last line, how many hold
    #[arg(short, long)]
    pub quiet: bool,
}
