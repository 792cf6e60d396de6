//! What can be asked on the command line, as clap reads it.

mod backtest;
mod check;
mod compare;
mod convergence;
mod list;
mod new;
mod plot;
mod report;
mod risk;
mod selfcheck;
mod sweep;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Parser, Subcommand};
use clap_complete::Shell;

pub use backtest::BacktestArguments;
pub use check::CheckArguments;
pub use compare::CompareArguments;
pub use convergence::ConvergenceArguments;
pub use list::ListArguments;
pub use new::{NewArguments, Role};
pub use plot::PlotArguments;
pub use report::ReportArguments;
pub use risk::RiskArguments;
pub use selfcheck::SelfcheckArguments;
pub use sweep::{Design, SweepArguments};

use super::simulation::SimulationOptions;
use super::terminal::Colour;
use super::values::{WorldTold, run_number};

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
  comity compare preska-2014        the options of its decision in the same futures
  comity risk preska-2014           what the law takes in a bad year
  comity report                     the latest result as a page to send
  comity story                      one future of the latest result, told with dates
  comity new my-bank --as customer  write a scenario of your own, to fill in
  comity check my-bank.toml         is it right, and what will it cost?
  comity run my-bank.toml           simulate it
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
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        display_order = 900
    )]
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
    /// Compare the options of a decision in the same futures, and say which to choose
    ///
    /// Future by future on the same luck, so that what differs is the option alone. Several
    /// scenarios can be compared in the same way.
    Compare(Box<CompareArguments>),
    /// Whether there are futures enough, and customers enough
    ///
    /// The estimates from parts of a result's futures, and the same futures with fewer and with
    /// more customers: what a figure owes to there being so many of either, and no more.
    Convergence(Box<ConvergenceArguments>),
    /// Simulate a scenario at many points of its inputs, in one table
    ///
    /// Points of a grid or a sample, or rows of a table; each as `comity run` would simulate it,
    /// future by future on the same luck, so that what differs is the inputs alone.
    Sweep(Box<SweepArguments>),
    /// Money at risk: what the law takes in a bad year and in a bad future
    ///
    /// Return periods, value at risk and its tail mean, and a reserve by matter, each with its
    /// error; what these futures cannot tell is said to be so.
    Risk(Box<RiskArguments>),
    /// Draw figures of a result, with their data and captions
    ///
    /// Ready to print: as curves without need of a font and as dots, in colours that everyone can
    /// tell apart, with what is to be seen as the title.
    Plot(Box<PlotArguments>),
    /// Write one HTML page of a result, or of several, that needs nothing else
    ///
    /// The front page with figures, money at risk, stories and the source of every number; levers to
    /// move, and how to make it all again. It asks for nothing over a network.
    Report(Box<ReportArguments>),
    /// Tell one future with dates: what happened, what it changed, and why
    ///
    /// From the tables of a result, so that every line can be looked up. A future whose
    /// events were not kept is simulated again alone and held against its row.
    Story(Box<StoryArguments>),
    /// Forecast the past with what was known then, and score it
    ///
    /// From each origin, a day, the scenario is simulated with the dated facts that were known;
    /// futures are weighed by what had been observed for fitting; and each later observation is
    /// scored beside two forecasts that need no model: that nothing changes, and that a trend
    /// goes on.
    /// With --fit the inputs in `[backtest] inputs` are calibrated instead.
    Backtest(Box<BacktestArguments>),
    /// Write a short scenario of your own, to fill in
    ///
    /// It extends another, runs as it is, and marks the lines that ask for your own numbers.
    New(NewArguments),
    /// Find every mistake in a scenario, and say what it will cost
    ///
    /// Nothing is written. A sound scenario is tried for some futures, so that its cost in
    /// time, memory and disk can be told before it is run.
    Check(CheckArguments),
    /// Check that the intervals which the program states hold the truth as often as they say
    ///
    /// On problems with known answers, by the functions that the front page and the tables
    /// use. What is known to cover more or less is told with its reason.
    Selfcheck(SelfcheckArguments),
    /// List scenarios, results, metrics, levers, or fields of a scenario
    List(ListArguments),
    /// Explain a command, or how to change what is assumed (`help inputs`)
    #[command(after_help = HELP_EXAMPLES)]
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

const HELP_EXAMPLES: &str = "\
Examples:
  comity help run
  comity help inputs";

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
  comity run preska-2014 --until trust_eu_2014=0.5  until it is known to half a point
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

const STORY_EXAMPLES: &str = "\
Examples:
  comity story preska-2014                              the most typical future
  comity story preska-2014 --pick worst                 the worst, by the first headline metric
  comity story preska-2014 --pick worst --of case_days  the worst by another metric
  comity story --pick 'case_days > 900 and diff_case_days > 0'
  comity story --pick 'ms-ireland = statute'            the first that a statute ends
  comity story out --run 7 --world baseline --markdown

Without a TARGET the latest result is told. A condition is METRIC OP NUMBER, with < <= > >= = !=,
over metrics and the columns of runs.parquet (in_…, out_…, base_…, diff_…), or CASE = ENDING;
several are joined by `and`, and the first future for which they hold is told.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too";

/// What `story` takes.
#[derive(Debug, Args)]
#[command(after_help = STORY_EXAMPLES)]
pub struct StoryArguments {
    /// A shipped scenario's name or a scenario file, which is simulated unless it was
    /// before, or a result folder; without one, the latest result
    pub target: Option<String>,

    /// The future of this number, from 0
    #[arg(long, value_name = "K", value_parser = run_number, allow_negative_numbers = true, help_heading = TOLD)]
    #[arg(conflicts_with_all = ["pick", "of"])]
    pub run: Option<u32>,

    /// Which future: typical, worst, best, or a condition [default: typical]
    #[arg(long, value_name = "WHICH", help_heading = TOLD)]
    pub pick: Option<String>,

    /// The metric or column by which it is typical, worst or best [default: the headline
    /// metrics]
    #[arg(long, value_name = "METRIC", help_heading = TOLD)]
    pub of: Option<String>,

    /// In which world
    #[arg(long, value_name = "WORLD", value_enum, default_value_t, help_heading = TOLD)]
    pub world: WorldTold,

    /// What is simulated, kept and how
    #[command(flatten)]
    pub simulation: SimulationOptions,

    /// Print Markdown
    #[arg(long, conflicts_with_all = ["json", "quiet"], help_heading = PRINTED)]
    pub markdown: bool,

    /// Print JSON: each line with the rows that it rests on
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the path of the result folder
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}

const TOLD: &str = "What is told";
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
