//! What `sweep` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::values::{points, replicates, seed, threads, up_to_ten_million};

const SWEPT: &str = "What is swept";
const SIMULATED: &str = "What is simulated";
const DONE: &str = "How it is done";
const PRINTED: &str = "What is printed";

/// What `sweep` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity sweep preska-2014 --vary choice.home_weight=0.3..1.5      its ends and its middle
  comity sweep preska-2014 --vary choice.home_weight=0.3..1.5:2 --vary choice.trust_weight=0.1..0.4
  comity sweep preska-2014 --vary provider.microsoft.posture.contest_to=none,district,circuit
  comity sweep preska-2014 --vary choice.home_weight=0.3..1.5:log --design sobol --points 8
  comity sweep preska-2014 --table points.csv      points of your own
  comity sweep --jobs jobs.csv                     scenarios, options, seeds: a row for each
  comity sweep output/preska-2014/sweep-0123abcd   show it again

A grid takes the ends of a range and N levels of it (:N, else 3), and every value of a list, each
with every other. A sample is taken of ranges, evenly, or evenly in the logarithm with :log: lhs
has one point in each of N strata of every input; sobol can grow, so that the same command with
more --points goes on from those there are.

In a table the first line names the paths, and each row is a point. A table of jobs has the column
scenario, if wanted option, seed, runs and customers, and paths; an empty cell leaves what is given
here. Every point has the same luck, future by future, and replicate R the seed plus (R − 1) × 2³².
What occurs twice is simulated once.

`comity help inputs` explains paths and values; `comity list levers` has ranges worth trying.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too")]
pub struct SweepArguments {
    /// A shipped scenario's name, a scenario file, or the folder of a sweep to show
    #[arg(required_unless_present = "jobs")]
    pub target: Option<String>,

    /// Vary a value over a range or a list; may be repeated
    #[arg(long, value_name = "PATH=LO..HI[:N][:log]|PATH=a,b,c", help_heading = SWEPT)]
    pub vary: Vec<String>,

    /// How points are chosen
    #[arg(long, value_enum, value_name = "DESIGN", default_value_t, help_heading = SWEPT)]
    pub design: Design,

    /// Points of a sample, 1 to 65,536; for lhs and sobol
    #[arg(long, value_name = "N", value_parser = points, allow_negative_numbers = true, help_heading = SWEPT)]
    pub points: Option<u32>,

    /// Take the points of this table
    #[arg(long, value_name = "FILE.csv", help_heading = SWEPT)]
    #[arg(conflicts_with_all = ["vary", "design", "points"])]
    pub table: Option<PathBuf>,

    /// Simulate the jobs of this table, without a TARGET
    #[arg(long, value_name = "FILE.csv", help_heading = SWEPT)]
    #[arg(conflicts_with_all = ["target", "vary", "design", "points", "table", "option"])]
    pub jobs: Option<PathBuf>,

    /// Simulate each point so many times, with other seeds, 1 to 1,000
    #[arg(long, value_name = "R", default_value_t = 1, value_parser = replicates, allow_negative_numbers = true, help_heading = SWEPT)]
    pub replicates: u32,

    /// Tell of these metrics, and sort by the first [default: the headline metrics]
    #[arg(long, value_name = "METRIC,METRIC…", value_delimiter = ',', help_heading = SWEPT)]
    pub of: Vec<String>,

    /// Futures at each point, 1 to 10,000,000 [default: as the scenario says]
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true, help_heading = SIMULATED)]
    #[arg(value_parser = up_to_ten_million)]
    pub runs: Option<u32>,

    /// Customers in each, 1 to 10,000,000 [default: as the scenario says]
    #[arg(long, value_name = "N", allow_negative_numbers = true, help_heading = SIMULATED)]
    #[arg(value_parser = up_to_ten_million)]
    pub customers: Option<u32>,

    /// Seed of all chance, and of a sample's points
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seed, allow_negative_numbers = true, help_heading = SIMULATED)]
    pub seed: u64,

    /// Assume another value at every point; may be repeated
    #[arg(short = 's', long = "set", value_name = "PATH=VALUE", help_heading = SIMULATED)]
    pub settings: Vec<String>,

    /// Lay an option of the scenario's decision over the scenario at every point
    #[arg(long, value_name = "NAME", help_heading = SIMULATED)]
    pub option: Option<String>,

    /// Simulate no baseline: twice as fast, but nothing is "by the order"
    #[arg(long, help_heading = SIMULATED)]
    pub no_baseline: bool,

    /// Result folder [default: sweep-… in output/SCENARIO]
    #[arg(short = 'o', long, value_name = "DIR", help_heading = DONE)]
    pub out: Option<PathBuf>,

    /// Move an old sweep of this job aside and begin anew
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

    /// Print JSON
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the path of the result folder
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}

/// How points are chosen, as a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Design {
    /// Every level of each with every level of all others
    #[default]
    Grid,
    /// A Latin hypercube: one point in each of N strata of every input; N is fixed
    Lhs,
    /// The scrambled Sobol sequence: the first N points of 2 N are those of N
    Sobol,
}
