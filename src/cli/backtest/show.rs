//! A backtest, shown as it is stored.

use comity::analysis::backtest::record::Backtested;
use comity::analysis::backtest::tables::RECORD;
use comity::report::backtest::{markdown, terminal as page};
use comity::result::Opened;

use crate::cli::arguments::BacktestArguments;
use crate::cli::failure::Failure;
use crate::cli::stored;
use crate::cli::terminal::{Terminal, one_line};
use comity::report::typed::quoted;

/// The kind of its job.
pub const KIND: &str = "backtest";

/// Shows it; `reference` is the scenario as a command takes it, if one was named.
pub fn show(
    result: &Opened,
    arguments: &BacktestArguments,
    reference: Option<&str>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if arguments.quiet {
        let path = result.path.as_os_str().as_encoded_bytes();
        return terminal.result_bytes(&[path, b"\n"].concat());
    }
    let backtested = stored::page::<Backtested>(result, RECORD)?;
    let path = result.path.display().to_string();
    if arguments.json {
        return terminal.result(&stored::json(&backtested, &path)?);
    }
    if arguments.markdown {
        return terminal.result(&markdown::text(&backtested));
    }
    let frozen = result.path.join("scenario.toml").display().to_string();
    let next = format!(
        "next: comity backtest {} --given  (with all later facts given)",
        quoted(reference.unwrap_or(&frozen))
    );
    let again = format!(
        "next: comity backtest {}  (shows this again)",
        quoted(&path)
    );
    let paper = terminal.page();
    terminal.result(&format!(
        "{}\n{}\n{}\n",
        page::text(&backtested, paper.columns, paper.colour),
        one_line(&format!("result: {path}")),
        one_line(if backtested.job.given { &again } else { &next })
    ))
}
