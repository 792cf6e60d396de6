//! What can be asked on the command line, as clap reads it.

mod check;
mod list;

use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Parser, Subcommand};
use clap_complete::Shell;

pub use check::CheckArguments;
pub use list::ListArguments;

use super::terminal::Colour;
use super::values::{PathsKept, SeriesKept, WhenARunFails, kept, seed, threads, up_to_ten_million};

/// Monte Carlo futures of courts, governments, cloud providers and their customers
///
/// A court in one country orders a provider to produce data that it stores in another.
/// Comity simulates many futures of that order, with and without it: how the case ends,
/// what customers think and do, where their data goes.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  comity run preska-2014 -n 200     simulate 200 futures of a shipped scenario
  comity check my-scenario.toml     is a file of your own right, and what will it cost?
  comity run my-scenario.toml       simulate it
  comity list                       what there is to run, and what has been run
  comity help inputs                how to change what is assumed

Exit codes:
  0 whole   1 failed   2 input is wrong, nothing was written   3 ended with failed runs
  4 refused: damage   75 a passing fault, try again   130, 143 interrupted, goes on"
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Colour,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate a scenario, or show a result
    ///
    /// Writes a result folder and prints its front page. A scenario with a baseline is
    /// simulated beside it, future by future on the same luck, so that the page can say
    /// what the order does.
    Run(Box<RunArguments>),
    /// Find every mistake in a scenario, and say what it will cost
    ///
    /// Nothing is written. A sound scenario is tried for some futures, so that its cost in
    /// time, memory and disk can be told before it is run.
    Check(CheckArguments),
    /// List scenarios, results, metrics, or fields of a scenario
    List(ListArguments),
    /// Explain a command, or how to change what is assumed (`help inputs`)
    Help {
        /// A command, or `inputs`
        topic: Option<String>,
    },
    /// Print completions for a shell
    #[command(hide = true, after_help = COMPLETION_EXAMPLES)]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print a manual page in roff
    #[command(hide = true, after_help = MAN_EXAMPLES)]
    Man {
        /// A command; of the program itself without one
        command: Option<String>,
    },
}

const COMPLETION_EXAMPLES: &str = "\
Examples:
  comity completions bash > ~/.local/share/bash-completion/completions/comity
  comity completions zsh > ~/.zfunc/_comity
  comity completions fish > ~/.config/fish/completions/comity.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  comity man > ~/.local/share/man/man1/comity.1
  comity man run | man -l -";

const RUN_EXAMPLES: &str = "\
Examples:
  comity run preska-2014                            as the scenario says
  comity run preska-2014 -n 200 --customers 2000    fewer futures, fewer customers
  comity run preska-2014 -s choice.classes=4        assume another number
  comity run preska-2014 --option comply            what if Microsoft gave in
  comity run output/preska-2014/latest              show the newest result again
  comity run output/preska-2014/latest/scenario.toml -n 4000

`comity help inputs` explains --set; `comity check` says beforehand what a run will cost.

The same command twice is one result: unfinished work goes on, whole work is shown.
Equal jobs give equal files, whatever the machine and the number of threads.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too";

/// What `run` takes.
#[derive(Debug, Args)]
#[command(after_help = RUN_EXAMPLES)]
pub struct RunArguments {
    /// A shipped scenario's name, a scenario file, or a result folder to show; without
    /// one, the latest result
    pub target: Option<String>,

    /// Futures to simulate, 1 to 10,000,000 [default: as the scenario says]
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

    /// Lay an option of the scenario's decision over the scenario; its baseline stays the
    /// world without the order
    #[arg(long, value_name = "NAME", help_heading = SIMULATED)]
    pub option: Option<String>,

    /// Simulate no baseline: twice as fast, but nothing on the page is "by the order"
    #[arg(long, help_heading = SIMULATED)]
    pub no_baseline: bool,

    /// Result folder [default: a new one in output/SCENARIO]
    #[arg(short = 'o', long, value_name = "DIR", help_heading = KEPT)]
    pub out: Option<PathBuf>,

    /// So many futures, from the first, are kept with all their events
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = kept, allow_negative_numbers = true, help_heading = KEPT)]
    pub keep: u32,

    /// Futures whose monthly path is kept
    #[arg(long, value_name = "WHOSE", value_enum, default_value_t, help_heading = KEPT)]
    pub paths: PathsKept,

    /// Margins of the market for which series are kept
    #[arg(long, value_name = "DETAIL", value_enum, default_value_t, help_heading = KEPT)]
    pub series: SeriesKept,

    /// Write every table as CSV too
    #[arg(long, help_heading = KEPT)]
    pub csv: bool,

    /// Move an old result of this job aside and begin anew
    #[arg(long, help_heading = DONE)]
    pub fresh: bool,

    /// What to do when a future fails
    #[arg(long, value_name = "WHAT", value_enum, default_value_t, help_heading = DONE)]
    pub on_error: WhenARunFails,

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

    /// Print the front page as JSON
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the path of the result folder
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}

const SIMULATED: &str = "What is simulated";
const KEPT: &str = "What is kept";
const DONE: &str = "How it is done";
const PRINTED: &str = "What is printed";

/// The options of `command` that stood on the command line, as `--runs`.
pub fn options_given(command: &clap::Command, given: &ArgMatches) -> Vec<String> {
    let options = command.get_arguments();
    let options = options.filter(|option| {
        given.try_contains_id(option.get_id().as_str()).is_ok()
            && given.value_source(option.get_id().as_str()) == Some(ValueSource::CommandLine)
    });
    options
        .filter_map(|option| Some(format!("--{}", option.get_long()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn options_are_told_from_defaults() {
        let definition = Cli::command();
        let line = ["comity", "run", "preska-2014", "-n", "4", "--csv", "--json"];
        let matches = definition.clone().try_get_matches_from(line).unwrap();
        let (name, given) = matches.subcommand().unwrap();
        let command = definition.find_subcommand(name).unwrap();
        assert_eq!(options_given(command, given), ["--runs", "--csv", "--json"]);
    }
}
