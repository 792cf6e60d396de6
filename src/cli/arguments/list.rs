//! What `list` takes.

use clap::Args;

/// What `list` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
What there is to list:
  scenarios           the shipped scenarios and libraries
  results [DIR]       the whole results in output/ (or COMITY_OUTPUT, or DIR), newest first
  metrics [TARGET]    what a scenario reports; of all shipped scenarios without one
  levers [TARGET]     what a reader of a scenario may move, and between what
  fields [PATH]       what can be written in a scenario, or below a path of it
  DIR                 the results in that folder

Examples:
  comity list                            what there is to run, and what has been run
  comity list metrics preska-2014        what it reports
  comity list levers preska-2014         the assumed numbers on which most turns
  comity list fields                     the tables, a line each
  comity list fields region              what a region has
  comity list fields case.fine.usd_per_day
  comity list results --json             results as data")]
pub struct ListArguments {
    /// What to list, as below [default: scenarios and results]
    pub what: Option<String>,

    /// Of what
    pub of: Option<String>,

    /// Print JSON
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,

    /// Print only names, a line each
    #[arg(short, long)]
    pub quiet: bool,
}
