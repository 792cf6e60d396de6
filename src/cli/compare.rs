//! `comity compare`: the same futures under each option, and which to choose.

mod alternatives;
mod levers;
mod read;
mod rounds;
mod show;
mod simulate;

use comity::result::Opened;

use super::arguments::CompareArguments;
use super::failure::{Failure, RUNS_FAILED};
use super::target::{self, Target};
use super::terminal::{Kind, Terminal};

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &CompareArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let mut scenarios = Vec::with_capacity(arguments.targets.len());
    for name in &arguments.targets {
        match target::find(Some(name), &target::output_folder())? {
            Target::Scenario(scenario) => scenarios.push((name.clone(), scenario)),
            Target::Result(result) => {
                refuse_to_simulate(&result, arguments, options)?;
                show::show(&result, arguments, None, terminal)?;
                return Ok(0);
            }
        }
    }
    let compared = simulate::compared(&scenarios, arguments, terminal)?;
    if compared.found && !arguments.quiet {
        let path = compared.result.path.display();
        let text = format!("{path} is whole already; --fresh simulates it anew");
        terminal.say(Kind::Note, &text);
    }
    let seconds = (!compared.found).then_some(compared.seconds);
    show::show(&compared.result, arguments, seconds, terminal)?;
    let failed = compared.result.manifest.runs_failed > 0;
    Ok(if failed { RUNS_FAILED } else { 0 })
}

/// A comparison is only read, and alone.
fn refuse_to_simulate(
    result: &Opened,
    arguments: &CompareArguments,
    options: &[String],
) -> Result<(), Failure> {
    const OF_READING: [&str; 3] = ["--json", "--quiet", "--color"];
    let path = result.path.display();
    let kind = &result.manifest.identity.kind;
    if kind != show::KIND {
        return Err(Failure::input(format!(
            "{path} is a result of `comity {kind}`; what is compared are the options of a scenario, \
             by its name or file, or several scenarios"
        )));
    }
    if arguments.targets.len() > 1 {
        return Err(Failure::input(format!(
            "{path} is a comparison, which is only shown; give it alone"
        )));
    }
    let other = options
        .iter()
        .find(|option| !OF_READING.contains(&option.as_str()));
    other.map_or(Ok(()), |option| {
        Err(Failure::input(format!(
            "{path} is a comparison, which is only read; {option} is for a scenario"
        )))
    })
}
