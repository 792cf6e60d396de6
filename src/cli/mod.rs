//! The command line: arguments in, exit code out. A file for each command; no
//! arithmetic, which is for the rooms below.
//!
//! | story | file |
//! |---|---|
//! | what can be asked | [`arguments`], [`values`] |
//! | simulate, or show a result | [`run`], [`show`] |
//! | one future, told | [`story`] |
//! | what there is | [`list`] |
//! | what a TARGET is, and its baseline | [`target`] |
//! | the result of a TARGET, simulated if need be | [`simulation`], [`obtain`], [`engine`], [`outcome`] |
//! | the terminal, the bar, signals | [`terminal`], [`progress`], [`signals`] |
//! | what went wrong, and the exit code | [`failure`] |

mod arguments;
mod engine;
mod failure;
mod list;
mod obtain;
mod outcome;
mod progress;
mod run;
mod shell;
mod show;
mod signals;
mod simulation;
mod story;
mod target;
mod terminal;
mod values;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use arguments::{Cli, Command};
use failure::Failure;
use terminal::{Colour, Terminal};

/// Runs the program.
pub fn main() -> ExitCode {
    let plain = Terminal::new(Colour::Auto);
    let (cli, options) = match parse() {
        Ok(parsed) => parsed,
        Err(error) => return complain(&error, &plain),
    };
    let terminal = Terminal::new(cli.color);
    let ended = match &cli.command {
        Command::Run(arguments) => run::run(arguments, &options, &terminal),
        Command::Story(arguments) => story::run(arguments, &options, &terminal),
        Command::List(arguments) => list::run(arguments, &terminal),
    };
    ExitCode::from(ended.unwrap_or_else(|failure| failure.report(&terminal)))
}

/// The arguments, and which options of the command stood on the command line.
fn parse() -> Result<(Cli, Vec<String>), clap::Error> {
    let definition = Cli::command();
    let matches = definition.clone().try_get_matches()?;
    let options = matches.subcommand().map(|(name, given)| {
        let command = definition.find_subcommand(name);
        command.map_or_else(Vec::new, |command| arguments::options_given(command, given))
    });
    Ok((
        Cli::from_arg_matches(&matches)?,
        options.unwrap_or_default(),
    ))
}

/// Prints what clap has to say: help and version as results, the rest as a message.
fn complain(error: &clap::Error, terminal: &Terminal) -> ExitCode {
    let text = |colour: bool| {
        let text = error.render();
        let text = if colour {
            text.ansi().to_string()
        } else {
            text.to_string()
        };
        format!("{}\n", text.trim_end())
    };
    if error.use_stderr() {
        terminal.message(&text(terminal.colours_messages()));
        return ExitCode::from(failure::INPUT);
    }
    let printed = terminal.result(&text(terminal.colours_results()));
    ExitCode::from(printed.map_or_else(|failure: Failure| failure.report(terminal), |()| 0))
}
