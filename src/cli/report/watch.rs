//! `--watch`: the page made anew when the scenario file or a result changes. It asks once a
//! second, and ends well on SIGINT: there is nothing unfinished to go on with.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use comity::result::manifest::MANIFEST;
use comity::scenario::{ScenarioTarget, files_of};
use signal_hook::consts::SIGINT;

use super::{Done, make, open};
use crate::cli::arguments::ReportArguments;
use crate::cli::failure::Failure;
use crate::cli::obtain::heard;
use crate::cli::signals::exit_code;
use crate::cli::terminal::{Kind, Terminal, one_line};

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_secs(1);
/// Between two looks at whether a signal came.
const STEP: Duration = Duration::from_millis(100);

/// Makes the page now and whenever something changes, until a signal comes.
pub fn watch(
    arguments: &ReportArguments,
    options: &[String],
    terminal: &Terminal,
) -> Result<u8, Failure> {
    // The first has to succeed: what is wrong with the command itself no change mends.
    let mut done = make(arguments, options, None, terminal)?;
    let interruption = heard()?;
    if arguments.open {
        open(&done.path, terminal);
    }
    told(&done, terminal)?;
    let mut seen = state(arguments, &done);
    loop {
        let mut waited = Duration::ZERO;
        while waited < PAUSE {
            match interruption.requested() {
                Some(signal) if signal == SIGINT as usize => return Ok(0),
                Some(signal) => return Ok(exit_code(signal)),
                None => sleep(STEP),
            }
            waited += STEP;
        }
        let now = state(arguments, &done);
        if now == seen {
            continue;
        }
        seen = now;
        // What was opened is what changes, whatever folder the new result has.
        match make(arguments, options, Some(&done.path), terminal) {
            Ok(again) => {
                done = again;
                told(&done, terminal)?;
                seen = state(arguments, &done);
            }
            // A scenario is often wrong for a moment while it is written.
            Err(failure) => {
                failure.report(terminal);
                terminal.say(
                    Kind::Note,
                    "the page is as it was; waiting for the next change",
                );
            }
        }
    }
}

fn told(done: &Done, terminal: &Terminal) -> Result<(), Failure> {
    let line = one_line(&format!("report: {}", done.path.display()));
    terminal.result(&format!("{line}\n"))
}

/// When each file that the page depends on was last written.
fn state(arguments: &ReportArguments, done: &Done) -> Vec<(PathBuf, Option<SystemTime>)> {
    let scenarios = arguments.targets.iter().flat_map(|target| {
        let path = PathBuf::from(target);
        let extended = files_of(&ScenarioTarget::parse(target));
        extended.into_iter().chain([path])
    });
    let known = arguments.simulation.rulings.given.iter().map(PathBuf::from);
    let results = done.gathered.joined.iter();
    let manifests = results.map(|joined| joined.result.path.join(MANIFEST));
    scenarios
        .chain(known)
        .chain(manifests)
        .map(|path| {
            let written = std::fs::metadata(&path).and_then(|of| of.modified()).ok();
            (path, written)
        })
        .collect()
}
