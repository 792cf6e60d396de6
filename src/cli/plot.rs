//! `comity plot`: figures of a result, with their data and captions.

use std::path::{Path, PathBuf};

use comity::report::figure::FigureError;
use comity::report::figure::catalogue::{Wish as Asked, check, figures};
use comity::report::figure::files::{Ready, Sheet, Written, ready};
use comity::result::{ExitClass, Opened};
use rayon::prelude::*;
use serde::Serialize;

use super::arguments::PlotArguments;
use super::failure::Failure;
use super::obtain::{Wish, obtain};
use super::terminal::{Terminal, one_line};
use comity::report::typed::quoted;

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
    let named: Vec<Option<&str>> = match &arguments.targets[..] {
        [] => vec![None],
        targets => targets.iter().map(|target| Some(target.as_str())).collect(),
    };
    let several = named.len() > 1;
    let (mut drawn, mut code) = (Vec::new(), 0);
    for target in named {
        let wish = Wish {
            command: "plot",
            target,
            simulation: &arguments.simulation,
            options,
            quiet: arguments.quiet,
            check: &|pair, _| Ok(check(&pair.scenario, &asked)?),
        };
        let obtained = obtain(&wish, terminal)?;
        let result = &obtained.result;
        let figures = figures(result, &asked)?;
        let folder = folder_for(result, arguments.to.as_deref(), several);
        let sheet = Sheet {
            width: arguments.width.into(),
            theme: arguments.theme.into(),
        };
        refuse_no_folder(&folder)?;
        // Letters to curves, and curves to dots, take most of the time.
        let ready = figures
            .par_iter()
            .map(|figure| ready(figure, sheet, &folder))
            .collect::<Result<Vec<_>, _>>()?;
        make(&folder)?;
        // None is written where one is refused.
        let written = ready.into_iter().map(Ready::write);
        let written = written.collect::<Result<Vec<_>, _>>()?;
        drawn.push(Drawn {
            result: result.path.display().to_string(),
            folder,
            figures: written,
        });
        code = code.max(obtained.code());
    }
    let text = if arguments.quiet {
        let figures = drawn.iter().flat_map(|drawn| &drawn.figures);
        lines(figures.map(|written| &written.svg))
    } else if arguments.json {
        json(&drawn)?.into_bytes()
    } else {
        let told: Vec<String> = drawn.iter().map(told).collect();
        format!("{}{}", told.join("\n"), next(&drawn)).into_bytes()
    };
    terminal.result_bytes(&text)?;
    Ok(code)
}

/// Where the figures of a result go.
fn folder_for(result: &Opened, to: Option<&Path>, several: bool) -> PathBuf {
    match to {
        None => result.path.join("plots"),
        Some(to) if several => {
            // By the folder itself, where it is named by a link such as `latest`.
            let path = result.path.canonicalize();
            let path = path.as_deref().unwrap_or(&result.path);
            let own = path.file_name().unwrap_or_default().to_string_lossy();
            to.join(format!("{}-{own}", result.manifest.identity.scenario))
        }
        Some(to) => to.to_owned(),
    }
}

/// The figures of one result.
#[derive(Serialize)]
struct Drawn {
    result: String,
    #[serde(skip)]
    folder: PathBuf,
    figures: Vec<Written>,
}

/// Of one result an object, of several a list of them.
fn json(drawn: &[Drawn]) -> Result<String, Failure> {
    let text = match drawn {
        [one] => serde_json::to_string_pretty(one),
        several => serde_json::to_string_pretty(several),
    };
    let text = text.map_err(|error| Failure::of(ExitClass::Failed, error.to_string()))?;
    Ok(format!("{text}\n"))
}

fn refuse_no_folder(folder: &Path) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::input(format!(
            "{} is no folder; --to names one for the figures",
            folder.display()
        )));
    }
    Ok(())
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

fn told(drawn: &Drawn) -> String {
    let mut text = String::new();
    for figure in &drawn.figures {
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
        one_line(&drawn.folder.display().to_string()),
        one_line(&format!("result: {}", drawn.result))
    );
    text
}

/// One of them again, for a talk.
fn next(drawn: &[Drawn]) -> String {
    let first = drawn.first();
    let figure = first.and_then(|drawn| drawn.figures.first());
    let text = format!(
        "next: comity plot {} --figure {} --width slide",
        first.map_or_else(String::new, |drawn| quoted(&drawn.result)),
        figure.map_or("fan", |figure| figure.figure)
    );
    format!("{}\n", one_line(&text))
}

impl From<FigureError> for Failure {
    fn from(error: FigureError) -> Self {
        Self::of(error.exit_class(), error.to_string())
    }
}
