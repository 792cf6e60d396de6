//! `comity sweep`: a scenario at many points of its inputs, or a table of jobs, in one table;
//! or a sweep shown again.

mod folder;
mod points;
mod show;
mod simulate;

use comity::analysis::sweep::job::KIND;
use comity::result::Opened;

use super::arguments::SweepArguments;
use super::failure::{Failure, RUNS_FAILED};
use super::target::{self, Target};
use super::terminal::{Kind, Terminal};

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &SweepArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let target = arguments.target.as_deref();
    let scenario = target.map(|name| target::find(Some(name), &target::output_folder()));
    let scenario = match scenario.transpose()? {
        Some(Target::Result(result)) => {
            refuse_to_simulate(&result, options)?;
            show::show(&result, arguments, None, terminal)?;
            return Ok(0);
        }
        Some(Target::Scenario(scenario)) => Some(scenario),
        None => None,
    };
    let swept = simulate::swept(scenario.as_ref(), arguments, terminal)?;
    if swept.found && !arguments.quiet {
        let path = swept.result.path.display();
        let text = format!("{path} is whole already; --fresh simulates it anew");
        terminal.say(Kind::Note, &text);
    }
    let seconds = (!swept.found).then_some(swept.seconds);
    show::show(&swept.result, arguments, seconds, terminal)?;
    let failed = swept.result.manifest.runs_failed > 0;
    Ok(if failed { RUNS_FAILED } else { 0 })
}

/// A sweep is only read.
fn refuse_to_simulate(result: &Opened, options: &[String]) -> Result<(), Failure> {
    const OF_READING: [&str; 3] = ["--json", "--quiet", "--color"];
    let path = result.path.display();
    let kind = &result.manifest.identity.kind;
    if kind != KIND {
        return Err(Failure::input(format!(
            "{path} is a result of `comity {kind}`; what is swept is a scenario, by its name or \
             file"
        )));
    }
    let other = options
        .iter()
        .find(|option| !OF_READING.contains(&option.as_str()));
    other.map_or(Ok(()), |option| {
        Err(Failure::input(format!(
            "{path} is a sweep, which is only read; {option} is for a scenario"
        )))
    })
}
