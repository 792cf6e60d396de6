//! What `risk` takes.

use std::path::PathBuf;

use clap::Args;

use crate::cli::simulation::SimulationOptions;
use crate::cli::values::{WorldTold, per_cent, return_period};

const ASKED: &str = "What is asked";
const PRINTED: &str = "What is printed";

/// What `risk` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity risk preska-2014                              what the law takes from who decides
  comity risk preska-2014 --option contempt            and if it stood in contempt
  comity risk preska-2014 --who all --levels 90,99.5   from all, at levels of one's own
  comity risk preska-2014 --of npv_microsoft           what net present value falls short of
  comity risk bank-2026 --probable 70 --remote 5       the reserve, by thresholds of one's own
  comity risk output/preska-2014/latest --curve curve.csv

A loss is a row of losses.parquet: a fine, the legal cost of a case in a year of the scenario, the
exit of a named customer's workload. Return periods are of a year, of its largest loss (OEP) and of
all its losses (AEP); value at risk and the mean beyond it (TVaR, Acerbi and Tasche 2002) are of
the sum over the horizon. Lost business is no occurrence: it is what operating profit falls short
of in the same future without the order, and is told beside.

With --of METRIC the loss is by how much the scenario is worse than its baseline in that metric;
without a baseline it is the metric itself, if less of it is better. out_METRIC is the metric
itself and base_METRIC that of the baseline, if less is better.

What happens once in more years than there are futures is not told, and what fewer than ten
futures reach has no error.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too")]
pub struct RiskArguments {
    /// A shipped scenario's name or a scenario file, which is simulated unless it was
    /// before, or a result folder; without one, the latest result
    pub target: Option<String>,

    /// The loss in a metric of money, in place of losses by law
    #[arg(long, value_name = "METRIC", help_heading = ASKED)]
    #[arg(conflicts_with_all = ["who", "world", "return_periods", "probable", "remote"])]
    pub of: Option<String>,

    /// Whose losses: a provider, a named customer, or all [default: who decides, else all]
    #[arg(long, value_name = "ACTOR", help_heading = ASKED)]
    pub who: Option<String>,

    /// In which world
    #[arg(long, value_name = "WORLD", value_enum, default_value_t, help_heading = ASKED)]
    pub world: WorldTold,

    /// Return periods, in years above 1
    #[arg(long, value_name = "YEARS,YEARS…", value_delimiter = ',', allow_negative_numbers = true, help_heading = ASKED)]
    #[arg(value_parser = return_period, default_values_t = [2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0])]
    pub return_periods: Vec<f64>,

    /// Levels of value at risk, in per cent
    #[arg(long, value_name = "PERCENT,PERCENT…", value_delimiter = ',', allow_negative_numbers = true, help_heading = ASKED)]
    #[arg(value_parser = per_cent, default_values_t = [95.0, 99.0])]
    pub levels: Vec<f64>,

    /// Chance in per cent from which a loss is probable; the default is assumed
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, help_heading = ASKED)]
    #[arg(value_parser = per_cent, default_value_t = 75.0)]
    pub probable: f64,

    /// Chance in per cent up to which it is remote; the default is assumed
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, help_heading = ASKED)]
    #[arg(value_parser = per_cent, default_value_t = 10.0)]
    pub remote: f64,

    /// What is simulated, kept and how
    #[command(flatten)]
    pub simulation: SimulationOptions,

    /// Write the whole curve, on every basis, to a new CSV file
    #[arg(long, value_name = "FILE", help_heading = PRINTED)]
    pub curve: Option<PathBuf>,

    /// Print JSON; amounts of money are in millions
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the path of the result folder
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}
