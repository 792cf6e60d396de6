//! `comity plot`: figures of a result, with their data and captions.

use std::path::{Path, PathBuf};

use comity::report::figure::FigureError;
use comity::report::figure::catalogue::{Wish as Asked, check, figures};
use comity::report::figure::files::{Written, write};
use comity::result::ExitClass;
use serde::Serialize;

use super::arguments::PlotArguments;
use super::failure::Failure;
use super::obtain::{Wish, obtain};
use super::shell::quoted;
use super::stored;
use super::terminal::{Terminal, one_line};

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &PlotArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let asked = Asked {
        figure: arguments.figure.as_deref(),
        metric: arguments.metric.as_deref(),
    };
    let wish = Wish {
        command: "plot",
        target: arguments.target.as_deref(),
        simulation: &arguments.simulation,
        options,
        quiet: arguments.quiet,
        check: &|pair, _| Ok(check(&pair.scenario, &asked)?),
    };
    let obtained = obtain(&wish, terminal)?;
    let result = &obtained.result;
    let figures = figures(result, &asked)?;
    let folder = arguments.to.clone();
    let folder = folder.unwrap_or_else(|| result.path.join("plots"));
    make(&folder)?;
    let written = figures
        .iter()
        .map(|figure| write(figure, arguments.width.into(), &folder))
        .collect::<Result<Vec<_>, _>>()?;
    let path = result.path.display().to_string();
    let text = if arguments.quiet {
        let drawings = written.iter().map(|written| &written.svg);
        lines(drawings)
    } else if arguments.json {
        stored::json(&Drawn { figures: &written }, &path)?.into_bytes()
    } else {
        told(&written, &folder, &path).into_bytes()
    };
    terminal.result_bytes(&text)?;
    Ok(obtained.code())
}

/// What `--json` prints.
#[derive(Serialize)]
struct Drawn<'w> {
    figures: &'w [Written],
}

fn make(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::of(
            ExitClass::Failed,
            format!(
                "cannot make the folder {} for the figures: {error}; --to names another",
                folder.display()
            ),
        )
    })
}

fn lines<'p>(paths: impl Iterator<Item = &'p PathBuf>) -> Vec<u8> {
    let mut text = Vec::new();
    for path in paths {
        text.extend_from_slice(path.as_os_str().as_encoded_bytes());
        text.push(b'\n');
    }
    text
}

fn told(written: &[Written], folder: &Path, result: &str) -> String {
    let mut text = String::new();
    for figure in written {
        let files = [&figure.svg, &figure.png, &figure.csv, &figure.caption];
        let names = files.map(|file| {
            let name = file.file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        });
        text += &format!(
            "{}\n  {}\n",
            one_line(&figure.title),
            one_line(&names.join("  "))
        );
    }
    text += &format!(
        "\nfigures: {}\n{}\n",
        one_line(&folder.display().to_string()),
        one_line(&format!("result: {result}"))
    );
    let first = written.first().map_or("fan", |figure| figure.figure);
    text += &one_line(&format!(
        "next: comity plot {} --figure {first} --width slide",
        quoted(result)
    ));
    text.push('\n');
    text
}

impl From<FigureError> for Failure {
    fn from(error: FigureError) -> Self {
        Self::of(error.exit_class(), error.to_string())
    }
}
