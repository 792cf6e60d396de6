//! `comity risk`: what the law takes in a bad year and in a bad future.

use std::path::Path;

use comity::analysis::risk::study::Question;
use comity::report::risk::{Page, RiskError, Wish as Asked, at_risk};
use comity::result::{ExitClass, Opened};

use super::arguments::RiskArguments;
use super::failure::Failure;
use super::obtain::{Obtained, Wish, obtain};
use super::stored;
use super::terminal::{Terminal, one_line};
use comity::report::typed::quoted;

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &RiskArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let asked = asked(arguments)?;
    if let Some(curve) = &arguments.curve {
        refuse_to_overwrite(curve)?;
    }
    let wish = Wish {
        command: "risk",
        target: arguments.target.as_deref(),
        simulation: &arguments.simulation,
        options,
        quiet: arguments.quiet,
        check: &|pair, _| Ok(asked.check(&pair.scenario, pair.baseline.is_some())?),
    };
    let obtained = obtain(&wish, terminal)?;
    let (mut page, curve) = at_risk(&obtained.result, &asked)?;
    if let (Some(path), Some(text)) = (&arguments.curve, curve) {
        write(path, &text)?;
    }
    page.next = next(arguments, &obtained, &page);
    let printed = printed(arguments, &page, &obtained.result, terminal)?;
    terminal.result_bytes(&printed)?;
    Ok(obtained.code())
}

fn asked(arguments: &RiskArguments) -> Result<Asked<'_>, Failure> {
    let (probable, remote) = (arguments.probable, arguments.remote);
    if remote >= probable {
        return Err(Failure::input(format!(
            "--remote {remote} is not below --probable {probable}; what is remote is less likely \
             than what is probable"
        )));
    }
    let (periods, levels) = (&arguments.return_periods, &arguments.levels);
    Ok(Asked {
        of: arguments.of.as_deref(),
        who: arguments.who.as_deref(),
        world: arguments.world.into(),
        question: Question::in_per_cent(periods, levels, (probable, remote)),
        curve: arguments.curve.is_some(),
    })
}

/// Before anything is simulated.
fn refuse_to_overwrite(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    if path.exists() {
        return Err(Failure::input(format!(
            "{} is there already; name a new file with --curve, or remove it",
            path.display()
        )));
    }
    match folder {
        Some(folder) if !folder.is_dir() => Err(Failure::input(format!(
            "{} is no folder, so that --curve cannot write {}; make it first",
            folder.display(),
            path.display()
        ))),
        _ => Ok(()),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| {
        Failure::of(
            ExitClass::Failed,
            format!("cannot write {}: {error}", path.display()),
        )
    })
}

fn printed(
    arguments: &RiskArguments,
    page: &Page,
    result: &Opened,
    terminal: &Terminal,
) -> Result<Vec<u8>, Failure> {
    if arguments.quiet {
        let path = result.path.as_os_str().as_encoded_bytes();
        return Ok([path, b"\n"].concat());
    }
    let path = result.path.display().to_string();
    if arguments.json {
        return Ok(stored::json(page, &path)?.into_bytes());
    }
    let text = format!(
        "{}\n{}\n{}\n",
        terminal.page().render_risk(page),
        one_line(&format!("result: {path}")),
        one_line(&format!(
            "next: comity risk {} --curve curve.csv  (the whole curve)",
            quoted(&path)
        ))
    );
    Ok(text.into_bytes())
}

/// A command that goes on from here: the loss in a metric, or the worst future by it.
fn next(arguments: &RiskArguments, obtained: &Obtained, page: &Page) -> Vec<String> {
    let path = quoted(&obtained.result.path.display().to_string());
    let mut commands = Vec::new();
    if let (None, Some(metric)) = (&arguments.of, page.metrics.first()) {
        commands.push(format!("comity risk {path} --of {}", quoted(metric)));
    }
    if let (Some(column), Some(_)) = (&page.column, &arguments.of) {
        commands.push(format!(
            "comity story {path} --pick worst --of {}",
            quoted(column)
        ));
    }
    commands
}

impl From<RiskError> for Failure {
    fn from(error: RiskError) -> Self {
        Self::of(error.exit_class(), error.to_string())
    }
}
