//! Rulings on the command line: forced, or learned.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use comity::scenario::{Docket, Overlay};

use super::failure::Failure;
use comity::report::typed::quoted;

const SIMULATED: &str = "What is simulated";

/// What courts are made to do, or known to have done.
#[derive(Clone, Debug, Default, Args)]
pub struct Rulings {
    /// Force a ruling and change nothing else, CASE.NODE=OUTCOME or CASE.NODE=OUTCOME@DATE; may
    /// be repeated (`comity help inputs`)
    #[arg(long = "do", value_name = "RULING", help_heading = SIMULATED)]
    pub forced: Vec<String>,

    /// Learn what came since the start, and keep only futures that agree: a ruling as for --do,
    /// or a file with one on each line; may be repeated
    #[arg(long, value_name = "RULING|FILE", help_heading = SIMULATED)]
    pub given: Vec<String>,
}

impl Rulings {
    /// Lays them over what is laid over a scenario already.
    pub fn over(&self, overlay: Overlay) -> Result<Overlay, Failure> {
        let dockets = self.given.iter().enumerate().map(|(i, given)| {
            if given.contains('=') && !Path::new(given).exists() {
                return Ok(Docket {
                    name: format!("--given #{}", i + 1),
                    text: given.clone(),
                });
            }
            if !Path::new(given).exists() {
                return Err(Failure::input(format!(
                    "there is no file {given} to take rulings from; give one with a ruling on each \
                     line, or a ruling as CASE.NODE=OUTCOME@DATE"
                )));
            }
            let docket = Docket::read(Path::new(given))?;
            if docket.is_empty() {
                return Err(Failure::input(format!(
                    "{given} says nothing; write a ruling on each line, as \
                     CASE.NODE=OUTCOME@DATE"
                )));
            }
            Ok(docket)
        });
        Ok(Overlay {
            forced: self.forced.clone(),
            learned: dockets.collect::<Result<_, Failure>>()?,
            ..overlay
        })
    }

    /// Writes them as they were typed.
    pub fn write(&self, text: &mut String) {
        for (option, rulings) in [("do", &self.forced), ("given", &self.given)] {
            for ruling in rulings {
                // Writing to a String cannot fail.
                let _ = write!(text, " --{option} {}", quoted(ruling));
            }
        }
    }
}
