//! A comparison, shown as it is stored.

use comity::report::comparison::Comparison;
use comity::result::Opened;

use crate::cli::arguments::CompareArguments;
use crate::cli::failure::Failure;
use crate::cli::stored;
use crate::cli::terminal::{Terminal, one_line};
use comity::report::typed::quoted;

/// The kind of its job.
pub const KIND: &str = "compare";
/// The file that holds the page.
pub const SUMMARY: &str = "summary.json";

/// Shows it; `seconds` it took, if it was simulated now.
pub fn show(
    result: &Opened,
    arguments: &CompareArguments,
    seconds: Option<f64>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if arguments.quiet {
        let path = result.path.as_os_str().as_encoded_bytes();
        return terminal.result_bytes(&[path, b"\n"].concat());
    }
    let mut page = stored::page::<Comparison>(result, SUMMARY)?;
    page.footer.seconds = seconds;
    let path = result.path.display().to_string();
    page.next = next(&page, &path);
    if arguments.json {
        return terminal.result(&stored::json(&page, &path)?);
    }
    terminal.result(&format!(
        "{}\n{}\n{}\n",
        terminal.page().render_comparison(&page),
        one_line(&format!("result: {path}")),
        one_line(&format!(
            "next: comity compare {}  (shows this again)",
            quoted(&path)
        ))
    ))
}

/// One future under the best option, told.
fn next(page: &Comparison, path: &str) -> Vec<String> {
    let best = &page.options[page.compared.judged.best];
    let (folder, best) = (format!("{path}/{}", best.folder), &best.name);
    vec![format!(
        "comity story {}  (one future under {best})",
        quoted(&folder)
    )]
}
