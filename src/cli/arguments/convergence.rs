//! What `convergence` takes.

use clap::Args;

use crate::cli::simulation::SimulationOptions;

const TOLD: &str = "What is told";
const PRINTED: &str = "What is printed";

/// What `convergence` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity convergence preska-2014                          the headline metrics
  comity convergence preska-2014 --of case_days.mean,trust_eu_2014.effect=0.2
  comity convergence output/preska-2014/latest            of the newest result

In futures: the estimates from the first eighth, quarter and half of a result's futures, and from
all, each with its interval, and how many futures it would take for half the ±, or for the ± that
is given. In customers: the first 64 futures simulated again with a quarter, half and twice the
customers, and what differs, future by future. `comity run --until` simulates until something is
known as surely as is asked.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too")]
pub struct ConvergenceArguments {
    /// A shipped scenario's name or a scenario file, which is simulated unless it was before, a
    /// result, or the folder of a convergence to show; without one, the latest result
    pub target: Option<String>,

    /// Metrics, each with a statistic if not the median or share, and a ± if one is wanted
    /// [default: the headline metrics, and their effects]
    #[arg(long, value_name = "METRIC[.STAT][=WIDTH],…", value_delimiter = ',', help_heading = TOLD)]
    pub of: Vec<String>,

    /// What is simulated, kept and how
    #[command(flatten)]
    pub simulation: SimulationOptions,

    /// Print JSON
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the path of the result folder
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}
