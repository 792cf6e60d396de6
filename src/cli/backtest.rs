//! `comity backtest`: hold a scenario against what was observed.

mod fit;

use comity::scenario::{Overlay, ScenarioTarget};

use super::arguments::BacktestArguments;
use super::failure::Failure;
use super::target;
use super::terminal::Terminal;

/// Does the command.
pub fn run(arguments: &BacktestArguments, terminal: &Terminal) -> Result<u8, Failure> {
    let target = ScenarioTarget::parse(&arguments.target);
    let overlay = Overlay::from(&arguments.settings[..]);
    let pair = target::load(&target, &overlay, true)?;
    let options = fit::FitOptions {
        particles: arguments.particles,
        customers: arguments.customers,
        seed: arguments.seed,
        threads: arguments.threads,
        out: arguments.out.as_deref(),
        fresh: arguments.fresh,
        json: arguments.json,
        quiet: arguments.quiet,
    };
    fit::fit(&pair, &options, terminal)
}
