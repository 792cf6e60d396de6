//! `comity run`: simulate a scenario, go on with unfinished work, or show a result.

use super::arguments::RunArguments;
use super::failure::Failure;
use super::obtain::{Origin, Wish, obtain};
use super::show::{Showing, show};
use super::terminal::{Kind, Terminal};

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &RunArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let wish = Wish {
        command: "run",
        target: arguments.target.as_deref(),
        simulation: &arguments.simulation,
        options,
        quiet: arguments.quiet,
        check: &|_, _| Ok(()),
    };
    let obtained = obtain(&wish, terminal)?;
    if obtained.origin == Origin::Found && !arguments.quiet {
        let path = obtained.result.path.display();
        let text = format!("{path} is whole already; --fresh simulates it anew");
        terminal.say(Kind::Note, &text);
    }
    let showing = Showing {
        quiet: arguments.quiet,
        json: arguments.json,
        seconds: match obtained.origin {
            Origin::Simulated(seconds) => Some(seconds),
            Origin::Read | Origin::Found => None,
        },
        reference: obtained.reference.clone(),
        compared: arguments
            .target
            .as_deref()
            .filter(|_| obtained.reference.is_some())
            .map(|target| arguments.simulation.compared(target)),
    };
    show(&obtained.result, showing, terminal)?;
    Ok(obtained.code())
}
