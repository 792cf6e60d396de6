//! What can be asked on the command line, as clap reads it.

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Parser, Subcommand, ValueEnum};

use super::simulation::SimulationOptions;
use super::terminal::Colour;

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
  comity run my-scenario.toml       simulate a file of your own
  comity list                       what there is to run, and what has been run

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
    /// List the shipped scenarios and the results there are
    List(ListArguments),
}

const RUN_EXAMPLES: &str = "\
Examples:
  comity run preska-2014                            as the scenario says
  comity run preska-2014 -n 200 --customers 2000    fewer futures, fewer customers
  comity run preska-2014 -s choice.classes=4        assume another number
  comity run output/preska-2014/latest              show the newest result again
  comity run output/preska-2014/latest/scenario.toml -n 4000

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

    /// What is simulated, kept and how
    #[command(flatten)]
    pub simulation: SimulationOptions,

    /// Print the front page as JSON
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the path of the result folder
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}

const PRINTED: &str = "What is printed";

/// What `list` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity list
  comity list scenarios
  comity list results --json")]
pub struct ListArguments {
    /// What to list [default: both]
    #[arg(value_enum)]
    pub what: Option<Listed>,

    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What can be listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Listed {
    /// The shipped scenarios
    Scenarios,
    /// The whole results in output/ (or COMITY_OUTPUT), the newest first
    Results,
}

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
