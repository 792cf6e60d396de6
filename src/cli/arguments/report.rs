//! What `report` takes.

use std::path::PathBuf;

use clap::Args;

use crate::cli::simulation::SimulationOptions;
use crate::cli::values::moved;

const SHOWN: &str = "What is shown";
const WRITTEN: &str = "What is written";
const PRINTED: &str = "What is printed";

/// What `report` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity report                                    of the latest result
  comity report preska-2014                        of the scenario, simulated unless it was before
  comity report output/preska-2014/latest output/preska-2014/compare-0123abcd   both in one page
  comity report preska-2014 --at location=0.3      with a lever moved
  comity report preska-2014 --bundle preska.zip    the page, the tables and how to make them again
  comity report my-bank.toml --watch               made anew whenever the file changes

The page is one file that needs nothing else and asks for nothing: it can be sent, printed, and read
without a network. Results of `run`, `compare` and `sweep` can be joined; the first run or comparison
makes the front, with the first of the other kind that is of the same decision and the same
assumptions, and the others have a part each.

It is written into the folder of the first result as report.html, or where --to says. A report that
is there already is replaced; any other file is left alone, and that is an error.

A lever of the scenario moves the centre of an input's distribution. --at tells what the futures
stored come to then, weighed and not simulated, as the sliders of the page do.

[report] in a scenario gives the page a mark, an author, and labels in place of actors' names
(`comity list fields report`). With --watch SIGINT ends the command well.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too")]
pub struct ReportArguments {
    /// Shipped scenarios' names or scenario files, which are simulated unless they were before, or
    /// result folders; without one, the latest result
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Move a lever of the scenario when the page opens; may be repeated
    #[arg(long, value_name = "LEVER=VALUE", value_parser = moved, help_heading = SHOWN)]
    pub at: Vec<(String, f64)>,

    /// The file [default: report.html, in the first result]
    #[arg(long, value_name = "FILE", help_heading = WRITTEN)]
    pub to: Option<PathBuf>,

    /// Besides, put the page, its figures, the frozen scenario, the tables and a README on how to
    /// make them again into a new zip file
    #[arg(long, value_name = "FILE.zip", help_heading = WRITTEN)]
    pub bundle: Option<PathBuf>,

    /// Make it anew whenever the scenario file or a result changes, until SIGINT
    #[arg(long, conflicts_with_all = ["bundle", "json"], help_heading = WRITTEN)]
    pub watch: bool,

    /// Open it in the browser
    #[arg(long, help_heading = WRITTEN)]
    pub open: bool,

    /// What is simulated, kept and how
    #[command(flatten)]
    pub simulation: SimulationOptions,

    /// Print what the page says as JSON
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the path of the page
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}
