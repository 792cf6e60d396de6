//! A whole result, shown: its front page, where it lies, and a command that goes on.

use comity::report::front::{FrontPage, next_commands};
use comity::result::Opened;

use super::failure::Failure;
use super::stored;
use super::terminal::{Terminal, one_line};
use comity::report::typed::quoted;

/// How a result is to be shown.
#[derive(Debug, Default)]
pub struct Showing {
    /// Only the path of its folder.
    pub quiet: bool,
    /// As JSON.
    pub json: bool,
    /// Seconds taken, if it was simulated now.
    pub seconds: Option<f64>,
    /// The scenario as a command takes it; the frozen one where nothing else is known.
    pub reference: Option<String>,
    /// The same as `comity compare` takes it.
    pub compared: Option<String>,
    /// The result of the same job without the facts that were given, where there is one.
    pub before: Option<Opened>,
    /// The scenario without them, as a command takes it, where facts were given.
    pub without_facts: Option<String>,
}

/// Shows a result as it is stored, whether it was simulated now or long ago.
pub fn show(result: &Opened, showing: Showing, terminal: &Terminal) -> Result<(), Failure> {
    if showing.quiet {
        let path = result.path.as_os_str().as_encoded_bytes();
        return terminal.result_bytes(&[path, b"\n"].concat());
    }
    let mut page = stored_page(result)?;
    let frozen = frozen(result);
    let reference = showing.reference.as_ref().unwrap_or(&frozen);
    let scenario = showing.compared.as_ref().unwrap_or(&frozen);
    let mut next = next_commands(reference, &result.manifest);
    if let (None, Some(without)) = (&showing.before, &showing.without_facts) {
        let runs = result.manifest.identity.runs;
        next.push(format!(
            "comity run {without} -n {runs}  (then the page says what the facts change)"
        ));
    }
    page.add(showing.seconds, next, scenario);
    if let Some(before) = &showing.before {
        page.say_what_changed(&stored_page(before)?);
    }
    let path = result.path.display().to_string();
    if showing.json {
        return terminal.result(&stored::json(&page, &path)?);
    }
    let text = page.render(&terminal.page());
    terminal.result(&format!(
        "{text}\n{}\n{}\n",
        one_line(&format!("result: {path}")),
        one_line(&format!(
            "next: comity run {}  (shows this page again)",
            quoted(&path)
        ))
    ))
}

fn stored_page(result: &Opened) -> Result<FrontPage, Failure> {
    let kind = &result.manifest.identity.kind;
    if kind != "run" {
        return Err(Failure::input(format!(
            "{} is a result of `comity {kind}`, which has no front page that this program knows",
            result.path.display()
        )));
    }
    stored::page(result, "summary.json")
}

/// The scenario that a result holds, as it was simulated.
fn frozen(result: &Opened) -> String {
    let identity = &result.manifest.identity;
    let path = result.path.join("scenario.toml").display().to_string();
    format!(
        "{} --customers {} --seed {}",
        quoted(&path),
        identity.customers,
        identity.seed
    )
}
