//! What `compare` takes.

use std::path::PathBuf;

use clap::Args;

use crate::cli::rulings::Rulings;
use crate::cli::values::{seed, threads, up_to_ten_million};

const COMPARED: &str = "What is compared";
const SIMULATED: &str = "What is simulated";
const DONE: &str = "How it is done";
const PRINTED: &str = "What is printed";

/// What `compare` takes.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  comity compare preska-2014                       the options of its decision
  comity compare preska-2014 --only comply,keys    two of them
  comity compare preska-2014 --of trust_eu_2014    by another metric than the decision's
  comity compare bank-2026 -n 2000                 what a bank should do, in its currency
  comity compare preska-2014 --until 5%            as many futures as it takes
  comity compare preska-2014 no-order --of trust_eu_2014   two scenarios
  comity compare sovereignty-2026 --do dpf.cjeu=annulled   were the finding annulled
  comity compare sovereignty-2026 --given dpf.cjeu=annulled@2027-06-01   now that it was
  comity compare output/preska-2014/compare-0123abcd       show it again

Future i has the same luck under every option, so that what differs is the option alone. The
option with the best mean is measured again, with the runner-up, on fresh futures: those of the
seed with its highest bit turned over.

The verdict is one of three. `Choose`: told from every other option by the 95 % interval of their
paired difference, and again from the runner-up on fresh futures. `A tie`: not told apart, their
difference being known to within a fifth of the spread of futures; decide on something else.
`Cannot tell`: too few futures for either.

What would change it is told from the futures at hand: the inputs that are worth knowing before
choosing, and the rulings that are worth waiting for, each picked on one half of the futures and
paid on the other. --levers simulates more, to find where along each lever another option becomes
best.

--do asks what a ruling would bring about, whoever made it; --given what is to be expected now that
it came. In the futures of --do the case is as strong as ever and all else as it was; those of --given
are the ones in which the ruling happened by itself, so that the case is weaker or the court more
severe than on average, and whatever hangs on that moves with it (`comity help inputs`).

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too")]
pub struct CompareArguments {
    /// A scenario whose decision has options, several scenarios, or the folder of a comparison
    /// to show
    #[arg(required = true, value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Judge by this metric [default: the decision's objective; of several scenarios the first
    /// headline with a direction]
    #[arg(long, value_name = "METRIC", help_heading = COMPARED)]
    pub of: Option<String>,

    /// Tell the others against this option [default: the first]
    #[arg(long, value_name = "NAME", help_heading = COMPARED)]
    pub against: Option<String>,

    /// Compare only these options, at least two
    #[arg(long, value_name = "NAME,NAME…", value_delimiter = ',', help_heading = COMPARED)]
    pub only: Vec<String>,

    /// Look for the value of these levers at which another option becomes best, or of `all`;
    /// takes some dozens of ensembles a lever, of 200 futures at most
    #[arg(long, value_name = "NAME,NAME…", value_delimiter = ',', help_heading = COMPARED)]
    pub levers: Vec<String>,

    /// End when the verdict is `choose` or `a tie`, a difference of the objective below this not
    /// mattering, in its unit (0.5) or of its standard deviation (10%); options that lie far
    /// behind are given fewer futures
    #[arg(long, value_name = "WIDTH", allow_hyphen_values = true, help_heading = SIMULATED)]
    pub until: Option<String>,

    /// Futures of each option, 1 to 10,000,000 [default: as the scenario says; with --until, at
    /// most ten times as many]
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

    /// Assume another value under every option; may be repeated
    #[arg(short = 's', long = "set", value_name = "PATH=VALUE", help_heading = SIMULATED)]
    pub settings: Vec<String>,

    /// What courts are made to do, or known to have done.
    #[command(flatten)]
    pub rulings: Rulings,

    /// Result folder [default: compare-… in output/SCENARIO]
    #[arg(short = 'o', long, value_name = "DIR", help_heading = DONE)]
    pub out: Option<PathBuf>,

    /// Move an old comparison of this job aside and begin anew
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
