//! `comity backtest`: the past forecast and scored, inputs calibrated to it, or a backtest
//! shown again.

mod fit;
mod forecast;
mod show;

use comity::result::Opened;
use comity::scenario::ScenarioTarget;

use super::arguments::BacktestArguments;
use super::failure::{Failure, RUNS_FAILED};
use super::target::{self, Target};
use super::terminal::{Kind, Terminal};
use comity::report::typed::quoted;

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &BacktestArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    match target::find(Some(&arguments.target), &target::output_folder())? {
        Target::Result(result) => {
            refuse_to_simulate(&result, options)?;
            if result.manifest.identity.kind == fit::KIND {
                fit::show(&result, arguments, terminal)?;
            } else {
                show::show(&result, arguments, None, terminal)?;
            }
            Ok(0)
        }
        Target::Scenario(scenario) if arguments.fit => fitted(&scenario, arguments, terminal),
        Target::Scenario(scenario) => {
            let forecast = forecast::forecast(&scenario, arguments, terminal)?;
            if forecast.found && !arguments.quiet {
                let path = forecast.result.path.display();
                let text = format!("{path} is whole already; --fresh simulates it anew");
                terminal.say(Kind::Note, &text);
            }
            let reference = Some(arguments.target.as_str());
            show::show(&forecast.result, arguments, reference, terminal)?;
            let failed = !forecast.found && forecast.result.manifest.runs_failed > 0;
            Ok(if failed { RUNS_FAILED } else { 0 })
        }
    }
}

/// Calibrates the scenario.
fn fitted(
    scenario: &ScenarioTarget,
    arguments: &BacktestArguments,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let pair = target::load(scenario, &forecast::overlay(arguments)?, true)?;
    fit::fit(&pair, arguments, terminal)
}

/// A backtest or a fit is only read.
fn refuse_to_simulate(result: &Opened, options: &[String]) -> Result<(), Failure> {
    const OF_READING: [&str; 4] = ["--json", "--markdown", "--quiet", "--color"];
    let path = result.path.display();
    let scenario = result.path.join("scenario.toml").display().to_string();
    let kind = &result.manifest.identity.kind;
    if kind != show::KIND && kind != fit::KIND {
        return Err(Failure::input(format!(
            "{path} is a result of `comity {kind}`; a backtest is of a scenario: \
             `comity backtest {}` forecasts that of the result",
            quoted(&scenario)
        )));
    }
    let other = options
        .iter()
        .find(|option| !OF_READING.contains(&option.as_str()));
    other.map_or(Ok(()), |option| {
        Err(Failure::input(format!(
            "{path} is a {kind}, which is only read; {option} is for a scenario: \
             `comity backtest {} {option} …` simulates that of the {kind}",
            quoted(&scenario)
        )))
    })
}
