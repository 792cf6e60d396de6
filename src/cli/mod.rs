//! The command line: arguments in, exit code out. A file for each command; no
//! arithmetic, which is for the rooms below.
//!
//! | story | file |
//! |---|---|
//! | what can be asked, and help | [`arguments`], [`values`], [`help`] |
//! | simulate, or show a result | [`run`], [`show`] |
//! | options in the same futures | [`compare`] |
//! | are there futures and customers enough | [`convergence`] |
//! | many points of the inputs | [`sweep`] |
//! | money at risk | [`risk`] |
//! | one future, told | [`story`] |
//! | figures | [`plot`] |
//! | one page to send | [`report`] |
//! | the past, forecast and scored | [`backtest`] |
//! | a scenario of one's own | [`new`] |
//! | what is wrong, and what it will cost | [`check`], [`findings`] |
//! | do its intervals cover | [`selfcheck`] |
//! | what there is | [`list`] |
//! | what a TARGET is, and its baseline | [`target`] |
//! | the result of a TARGET, simulated if need be | [`simulation`], [`obtain`], [`engine`], [`outcome`] |
//! | the terminal, the bar, signals | [`terminal`], [`progress`], [`signals`] |
//! | what went wrong, and the exit code | [`failure`] |

mod arguments;
mod backtest;
mod check;
mod compare;
mod convergence;
mod engine;
mod failure;
mod findings;
mod help;
mod list;
mod new;
mod obtain;
mod outcome;
mod plot;
mod progress;
mod report;
mod risk;
mod rulings;
mod run;
mod selfcheck;
mod show;
mod signals;
mod simulation;
mod stored;
mod story;
mod sweep;
mod target;
mod terminal;
mod values;

use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;

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
        Command::New(arguments) => new::run(arguments, &terminal),
        Command::Check(arguments) => check::run(arguments, &terminal),
        Command::Compare(arguments) => compare::run(arguments, &options, &terminal),
        Command::Convergence(arguments) => convergence::run(arguments, &options, &terminal),
        Command::Sweep(arguments) => sweep::run(arguments, &options, &terminal),
        Command::Report(arguments) => report::run(arguments, &options, &terminal),
        Command::Plot(arguments) => plot::run(arguments, &options, &terminal),
        Command::Risk(arguments) => risk::run(arguments, &options, &terminal),
        Command::Story(arguments) => story::run(arguments, &options, &terminal),
        Command::Selfcheck(arguments) => selfcheck::run(arguments, &terminal),
        Command::Backtest(arguments) => backtest::run(arguments, &options, &terminal),
        Command::List(arguments) => list::run(arguments, &terminal),
        Command::Help { topic } => help::help(topic.as_deref(), &terminal),
        Command::Completions { shell } => help::completions(*shell, &terminal),
        Command::Man { command } => help::man(command.as_deref(), &terminal),
    };
    ExitCode::from(ended.unwrap_or_else(|failure| failure.report(&terminal)))
}

/// The arguments, and which options of the command stood on the command line.
fn parse() -> Result<(Cli, Vec<String>), clap::Error> {
    let definition = help::definition();
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

/// A message in which what was typed at too great a length stands by its beginning.
fn without_long_words(text: &str) -> String {
    const LONGEST: usize = 400;
    let words = std::env::args().filter(|word| word.len() > LONGEST);
    words.fold(text.to_owned(), |text, word| {
        let begins: String = word.chars().take(40).collect();
        text.replace(&word, &format!("{begins}…"))
    })
}

/// Prints what clap has to say: help and version as results, the rest as a message.
fn complain(error: &clap::Error, terminal: &Terminal) -> ExitCode {
    // What stood on the command line is repeated, and may hold what a terminal obeys.
    let hostile = std::env::args_os().any(|word| {
        let word = word.to_string_lossy();
        terminal::visible(&word) != word
    });
    if error.kind() == ErrorKind::InvalidUtf8 {
        let words = std::env::args_os().filter(|word| word.to_str().is_none());
        let words = words.map(|word| word.to_string_lossy().into_owned());
        let text = format!(
            "{} is not UTF-8 text; arguments are, so give a file or folder a name that is",
            words.collect::<Vec<_>>().join(" ")
        );
        return ExitCode::from(Failure::input(text).report(terminal));
    }
    let text = |colour: bool| {
        let text = error.render();
        let text = if hostile {
            terminal::visible(&text.to_string())
        } else if colour {
            text.ansi().to_string()
        } else {
            text.to_string()
        };
        format!("{}\n", without_long_words(&text).trim_end())
    };
    if error.use_stderr() {
        terminal.message(&text(terminal.colours_messages()));
        return ExitCode::from(failure::INPUT);
    }
    let printed = terminal.result(&text(terminal.colours_results()));
    ExitCode::from(printed.map_or_else(|failure: Failure| failure.report(terminal), |()| 0))
}
