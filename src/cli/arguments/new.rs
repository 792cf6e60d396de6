//! What `new` takes.

use clap::{Args, ValueEnum};

/// What `new` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity new my-bank --as customer          a firm with data abroad, in the main scenario
  comity new our-case --as provider         how far to contest, and what each way costs
  comity new our-law --as government        by courts, by statute or by treaty
  comity new our-bank --as customer --from our-case.toml
  comity new quiet --from no-order          the same world, the warrant quashed

The file runs as it is. It says what differs from the scenario that it extends; the lines that
ask for your own numbers end in `# <- yours`. A file that is there is never overwritten.")]
pub struct NewArguments {
    /// Name of the file, with or without .toml; its folder must be there
    pub name: String,

    /// The scenario that it extends: a shipped one, a scenario file, or a result folder
    #[arg(long, value_name = "SCENARIO", default_value = "preska-2014")]
    pub from: String,

    /// Who decides in it [default: who decides in the scenario, else the provider of the case]
    #[arg(long = "as", value_name = "WHO", value_enum)]
    pub role: Option<Role>,

    /// Print JSON: the path, and the lines that are yours
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,

    /// Print only the path of the file
    #[arg(short, long)]
    pub quiet: bool,
}

/// Who decides in a new scenario, as a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Role {
    /// The provider that is ordered to produce
    Provider,
    /// A firm with data abroad
    Customer,
    /// The government that orders
    Government,
}

impl Role {
    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Customer => "customer",
            Self::Government => "government",
        }
    }
}
