//! A sweep, shown as it is stored.

use comity::report::sweep::Sweep;
use comity::result::Opened;

use crate::cli::arguments::SweepArguments;
use crate::cli::failure::Failure;
use crate::cli::stored;
use crate::cli::terminal::{Terminal, one_line};
use comity::report::typed::quoted;

/// The file that holds the page.
pub const SUMMARY: &str = "summary.json";

/// Shows it; `seconds` it took, if it was simulated now.
pub fn show(
    result: &Opened,
    arguments: &SweepArguments,
    seconds: Option<f64>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if arguments.quiet {
        let path = result.path.as_os_str().as_encoded_bytes();
        return terminal.result_bytes(&[path, b"\n"].concat());
    }
    let mut page = stored::page::<Sweep>(result, SUMMARY)?;
    page.footer.seconds = seconds;
    let path = result.path.display().to_string();
    page.next = next(&page, &path);
    if arguments.json {
        return terminal.result(&stored::json(&page, &path)?);
    }
    terminal.result(&format!(
        "{}\n{}\n{}\n",
        terminal.page().render_sweep(&page),
        one_line(&format!("result: {path}")),
        one_line(&format!(
            "next: comity sweep {}  (shows this again)",
            quoted(&path)
        ))
    ))
}

/// The page of the first point.
fn next(page: &Sweep, path: &str) -> Vec<String> {
    let first = page.points.first().map(|point| {
        let folder = format!("{path}/{}", point.folder);
        format!(
            "comity run {}  (the page of point {})",
            quoted(&folder),
            point.number
        )
    });
    first.into_iter().collect()
}
