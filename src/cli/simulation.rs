//! The options of every command that simulates, and the job that they describe.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Command};
use comity::ensemble::worlds::MOST_RUNS_GIVEN;
use comity::ensemble::{Interruption, Job, Keep};
use comity::report::enough::ask::{Ask, Known};
use comity::report::enough::rule::{argument, most_runs};
use comity::result::{Identity, UNTIL};
use comity::scenario::resolved::Model;
use comity::scenario::{Overlay, Scenario};
use comity::world::MODEL_VERSION;

use super::failure::Failure;
use super::rulings::Rulings;
use super::target::Pair;
use super::values::{PathsKept, SeriesKept, WhenARunFails, kept, seed, threads, up_to_ten_million};
use comity::report::typed::quoted;

const SIMULATED: &str = "What is simulated";
const KEPT: &str = "What is kept";
const DONE: &str = "How it is done";

/// How a scenario is to be simulated.
#[derive(Clone, Debug, Args)]
pub struct SimulationOptions {
    /// Futures to simulate, 1 to 10,000,000 [default: as the scenario says; with --until, at most
    /// ten times as many]
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true, help_heading = SIMULATED)]
    #[arg(value_parser = up_to_ten_million)]
    pub runs: Option<u32>,

    /// End when this is known so surely: the median, mean, p90 or effect of a metric, ± half of
    /// its 95 % interval, in its unit (0.5) or of its size (2%); may be repeated
    #[arg(long, value_name = "METRIC[.STAT]=WIDTH", allow_hyphen_values = true, help_heading = SIMULATED)]
    pub until: Vec<String>,

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

    /// What courts are made to do, or known to have done.
    #[command(flatten)]
    pub rulings: Rulings,

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
}

impl SimulationOptions {
    /// The first of these options among those given on the command line, as `--runs`.
    pub fn first_of(options: &[String]) -> Option<&str> {
        let own = Self::augment_args(Command::new("simulation"));
        let is_own = |option: &&String| {
            let mut names = own.get_arguments().filter_map(|own| own.get_long());
            names.any(|name| option.strip_prefix("--") == Some(name))
        };
        options.iter().find(is_own).map(String::as_str)
    }

    /// What is laid over the scenario.
    pub fn overlay(&self) -> Result<Overlay, Failure> {
        self.rulings.over(Overlay {
            option: self.option.clone(),
            settings: self.settings.clone(),
            ..Overlay::default()
        })
    }

    /// Everything that can change a number or a file.
    pub fn identity(&self, pair: &Pair) -> Result<Identity, Failure> {
        let Pair { scenario, baseline } = pair;
        let asks = self.asks(pair)?;
        let runs = self.runs.unwrap_or(match asks.len() {
            0 => scenario.runs,
            _ => most_runs(scenario),
        });
        let customers = customers_of(scenario, self.customers)?;
        refuse_too_many_given(scenario, runs)?;
        let mut of_files = self.keep().arguments();
        of_files.insert("series".to_owned(), self.series.name().to_owned());
        if !asks.is_empty() {
            of_files.insert(UNTIL.to_owned(), argument(&asks));
        }
        Ok(Identity {
            kind: "run".to_owned(),
            scenario: scenario.name.clone(),
            scenario_digest: scenario.digest.clone(),
            baseline_digest: baseline.as_ref().map(|baseline| baseline.digest.clone()),
            model_version: MODEL_VERSION,
            seed: self.seed,
            runs,
            customers,
            arguments: of_files,
        })
    }

    /// How surely what is to be known.
    fn asks(&self, pair: &Pair) -> Result<Vec<Ask>, Failure> {
        if self.until.is_empty() {
            return Ok(Vec::new());
        }
        let known = Known::of(&pair.scenario, pair.baseline.is_some());
        let texts = self.until.iter().map(String::as_str);
        let asks = known.and_then(|known| known.asks(texts));
        asks.map_err(|error| Failure::input(error.to_string()))
    }

    fn keep(&self) -> Keep {
        Keep {
            events_of_first: self.keep,
            paths: self.paths.into(),
            csv: self.csv,
        }
    }

    /// The threads asked for, else all cores.
    pub fn threads_used(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.threads.unwrap_or_else(cores)
    }

    /// How the job is to be done.
    pub fn job(&self, pair: &Pair, interruption: Interruption) -> Job {
        let frozen = |text: &str| text.as_bytes().to_vec();
        let mut files = vec![("scenario.toml".to_owned(), frozen(&pair.scenario.frozen))];
        if let Some(baseline) = &pair.baseline {
            files.push(("baseline.toml".to_owned(), frozen(&baseline.frozen)));
        }
        Job {
            threads: self.threads_used(),
            on_error: self.on_error.into(),
            keep: self.keep(),
            files,
            runs_per_block: None,
            interruption,
        }
    }

    /// The scenario as a comparison of its options takes it, with what was assumed.
    pub fn compared(&self, target: &str) -> String {
        let mut text = quoted(target);
        for setting in &self.settings {
            // Writing to a String cannot fail.
            let _ = write!(text, " -s {}", quoted(setting));
        }
        self.rulings.write(&mut text);
        if let Some(customers) = self.customers {
            let _ = write!(text, " --customers {customers}");
        }
        if self.seed != 1 {
            let _ = write!(text, " --seed {}", self.seed);
        }
        text
    }

    /// The scenario as another command that simulates takes it, with what was assumed.
    pub fn reference(&self, target: &str) -> String {
        let mut text = self.compared(target);
        if let Some(option) = &self.option {
            let _ = write!(text, " --option {}", quoted(option));
        }
        if self.no_baseline {
            text.push_str(" --no-baseline");
        }
        text
    }
}

/// Where facts are given, what a run draws again is numbered beyond all runs.
pub fn refuse_too_many_given(scenario: &Scenario, runs: u32) -> Result<(), Failure> {
    match &scenario.model {
        Model::Full(model) if !model.facts.is_empty() && runs > MOST_RUNS_GIVEN => {
            Err(Failure::input(format!(
                "with what is given at most {MOST_RUNS_GIVEN} futures can be simulated, not {runs}"
            )))
        }
        _ => Ok(()),
    }
}

/// The customers asked for, else those that the scenario says; refused where they cannot fill its
/// groups.
pub fn customers_of(scenario: &Scenario, asked: Option<u32>) -> Result<u32, Failure> {
    let customers = asked.unwrap_or(scenario.customers);
    let groups = match &scenario.model {
        Model::Full(model) => model.groups.len(),
        Model::MarketBenchmark(benchmark) => benchmark.groups as usize,
    };
    if (customers as usize) < groups {
        return Err(Failure::input(format!(
            "{customers} customers cannot fill the {groups} groups of `{}`; ask for \
             --customers {groups} or more",
            scenario.name
        )));
    }
    Ok(customers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_a_simulation_are_told_from_others() {
        let given =
            |options: &[&str]| -> Vec<String> { options.iter().map(ToString::to_string).collect() };
        let options = given(&["--json", "--set", "--runs"]);
        assert_eq!(SimulationOptions::first_of(&options), Some("--set"));
        assert_eq!(
            SimulationOptions::first_of(&given(&["--json", "--color"])),
            None
        );
    }
}
