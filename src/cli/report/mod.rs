//! `comity report`: one HTML page of one or several results.
//!
//! | step | file |
//! |---|---|
//! | the results of the TARGETs | [`gather`] |
//! | the file, and what it may replace | [`file`] |
//! | the page with all it rests on, as one zip file | [`bundle`], [`readme`] |
//! | made anew when something changes | [`watch`] |

mod bundle;
mod file;
mod gather;
mod readme;
mod watch;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use comity::report::html::{Asked, HtmlError, Made, page};
use serde_json::Value;

use super::arguments::ReportArguments;
use super::failure::Failure;
use super::stored;
use super::terminal::{Kind, Terminal, one_line};
use gather::Gathered;

/// The page's name in the folder of its first result.
const PAGE: &str = "report.html";

/// Does the command; `options` are those on the command line.
pub fn run(
    arguments: &ReportArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    if let Some(bundle) = &arguments.bundle {
        file::refuse_to_overwrite(bundle)?;
    }
    if let Some(to) = &arguments.to {
        refuse_place(arguments, to)?;
    }
    if arguments.watch {
        return watch::watch(arguments, options, terminal);
    }
    let done = make(arguments, options, None, terminal)?;
    if arguments.open {
        open(&done.path, terminal);
    }
    terminal.result_bytes(&printed(arguments, &done)?)?;
    Ok(done.gathered.code)
}

/// A page, written.
pub(super) struct Done {
    /// The results.
    gathered: Gathered,
    /// Where it is.
    path: PathBuf,
    /// What it says.
    data: Value,
    /// Its bytes.
    bytes: usize,
}

/// Refuses a page where it cannot be written.
fn refuse_place(arguments: &ReportArguments, page: &Path) -> Result<(), Failure> {
    file::refuse_foreign(page)?;
    let bundle = arguments.bundle.as_ref();
    bundle.map_or(Ok(()), |bundle| file::refuse_same(page, bundle))
}

/// Makes the page and writes it, and the bundle if one is asked for. A page that was made before
/// is made again where it is, `before`.
fn make(
    arguments: &ReportArguments,
    options: &[String],
    before: Option<&Path>,
    terminal: &Terminal,
) -> Result<Done, Failure> {
    let gathered = gather::gather(arguments, options, terminal)?;
    if arguments.bundle.is_some() && !gathered.shown.labels.is_empty() {
        return Err(Failure::input(
            "a bundle holds the frozen scenario and the tables, which name every actor, so that \
             [report.labels] would hide nothing; leave out --bundle, or take the labels out of the \
             scenario",
        ));
    }
    let path = arguments.to.as_deref().or(before).map(Path::to_path_buf);
    let path = path.unwrap_or_else(|| gathered.joined[0].result.path.join(PAGE));
    refuse_place(arguments, &path)?;
    let asked = Asked {
        joined: &gathered.joined,
        shown: &gathered.shown,
        at: &arguments.at,
    };
    let Made { html, data } = page(&asked)?;
    file::write(&path, &html)?;
    if let Some(to) = &arguments.bundle {
        bundle::write(to, &gathered, &html)?;
    }
    Ok(Done {
        gathered,
        path,
        data,
        bytes: html.len(),
    })
}

fn printed(arguments: &ReportArguments, done: &Done) -> Result<Vec<u8>, Failure> {
    let path = done.path.display().to_string();
    if arguments.quiet {
        return Ok([done.path.as_os_str().as_encoded_bytes(), b"\n"].concat());
    }
    if arguments.json {
        let mut data = done.data.clone();
        if let Some(parts) = data.as_object_mut() {
            parts.insert("report".to_owned(), path.into());
        }
        let first = done.gathered.joined[0].result.path.display().to_string();
        return Ok(stored::json(&data, &first)?.into_bytes());
    }
    let size = comity::report::digits::bytes(done.bytes as u64);
    let mut text = one_line(&format!("report: {path}  ({size})"));
    text.push('\n');
    for joined in &done.gathered.joined {
        text += &one_line(&format!("result: {}", joined.result.path.display()));
        text.push('\n');
    }
    if let Some(bundle) = &arguments.bundle {
        text += &one_line(&format!("bundle: {}", bundle.display()));
        text.push('\n');
    }
    for answer in done.data["reweighted"].as_array().into_iter().flatten() {
        text += &moved(answer, arguments.at.is_empty());
    }
    let next = match &done.gathered.joined[..] {
        [only] if only.result.manifest.identity.kind == "run" => format!(
            "next: comity compare {}, then comity report {} RESULT  (with its answer)",
            only.scenario, only.folder
        ),
        _ => format!(
            "next: comity report {} --bundle report.zip",
            done.gathered.named()
        ),
    };
    text += &one_line(&next);
    text.push('\n');
    Ok(text.into_bytes())
}

/// How many futures speak with the levers moved.
fn moved(answer: &Value, at_rest: bool) -> String {
    let (Some(effective), Some(command)) =
        (answer["effective"].as_f64(), answer["command"].as_str())
    else {
        return String::new();
    };
    if at_rest {
        return String::new();
    }
    let few = if answer["is_enough"] == true {
        ""
    } else {
        ", too few to say anything by"
    };
    let line = format!(
        "levers: {} effective futures of {}{few}; simulated instead: {command}",
        effective.round(),
        answer["futures"]
    );
    format!("{}\n", one_line(&line))
}

/// Opens a file in the browser of the desktop; that there is none is only worth a warning.
fn open(path: &Path, terminal: &Terminal) {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program)
        .args(first)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let why = match started {
        Ok(status) if status.success() => return,
        Ok(status) => status.to_string(),
        Err(error) => error.to_string(),
    };
    let text = format!(
        "{program} did not open {} ({why}); open it yourself",
        path.display()
    );
    terminal.say(Kind::Warning, &text);
}

impl From<HtmlError> for Failure {
    fn from(error: HtmlError) -> Self {
        Self::of(error.exit_class(), error.to_string())
    }
}
