//! Figures: from a result to a drawing that can be printed as it is, with the data drawn and
//! a caption.
//!
//! A figure is first *meant*: a [`chart::Chart`] holds curves, bands and words in the units of
//! the data and knows nothing of paper. It is then *drawn* for a paper, and written out.
//!
//! | step | file |
//! |---|---|
//! | which figures there are, and which a result has | [`catalogue`] |
//! | curves, bands and words, in units of the data | [`chart`], [`axis`] |
//! | colours that everyone can tell apart | [`ink`] |
//! | the widths of paper | [`paper`] |
//! | words that fit, in the one font | [`lettering`] |
//! | a chart on paper, as SVG | [`layout`], `beside`, [`draw`], [`pen`] |
//! | without a font, and as PNG | [`outline`] |
//! | its four files | [`files`] |
//! | a metric over time | [`fan`] |
//! | how and when the case ends | [`endings`] |
//! | how long it stays open | [`survival`] |
//! | the stages of the procedure, with chances | [`procedure`] |
//! | in which countries workload lies, and who can reach it | [`locations`], [`reach`] |
//! | with whom each country's customers spend | [`exposure`] |
//! | when providers open regions | [`regions`] |
//! | from what is said to what is done | [`ladder`] |
//! | what the law takes in a bad year | [`exceedance`] |
//! | what moves a number most | [`tornado`], `drivers`, `swept` |
//! | are there futures enough | [`convergence`] |
//! | options compared, and where another is best | [`decision`], [`thresholds`], `turns` |
//! | how past forecasts did | [`calibration`] |
//! | how much a title may say | `claim` |
//! | in which units data are written | `units` |
//! | shares of a whole over time | `stack` |
//! | from a result: its case, rulings, levels, series | `source`, `rulings`, `levels`, `series` |
//! | from results of other commands | `studies` |

pub mod axis;
mod beside;
pub mod calibration;
pub mod catalogue;
pub mod chart;
mod claim;
pub mod convergence;
pub mod decision;
pub mod draw;
mod drivers;
pub mod endings;
mod error;
pub mod exceedance;
pub mod exposure;
pub mod fan;
pub mod files;
pub mod ink;
pub mod ladder;
pub mod layout;
pub mod lettering;
mod levels;
pub mod locations;
pub mod outline;
pub mod paper;
pub mod pen;
pub mod procedure;
pub mod reach;
pub mod regions;
mod rulings;
mod series;
mod source;
mod stack;
mod studies;
pub mod survival;
mod swept;
#[cfg(test)]
mod tests;
pub mod thresholds;
pub mod tornado;
mod turns;
mod units;

pub use error::FigureError;

use serde::de::DeserializeOwned;

use crate::result::Opened;
use crate::result::table::Table;
use chart::Chart;

/// What a command stored in its result under this name.
fn stored<T: DeserializeOwned>(result: &Opened, name: &str) -> Result<T, FigureError> {
    let bytes = result.files().bytes(name)?;
    serde_json::from_slice(&bytes).map_err(|error| FigureError::Stored {
        path: result.path.join(name).display().to_string(),
        version: result.manifest.program_version.clone(),
        error: error.to_string(),
    })
}

/// The text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// A figure, before it is drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// Which it is of the [`catalogue`].
    pub kind: &'static str,
    /// Its name, a part of the names of its files.
    pub name: String,
    /// What is drawn.
    pub chart: Chart,
    /// The numbers drawn, in the units of the result.
    pub data: Table,
    /// What stands below it in a paper: what is seen, of what, and how it was made.
    pub caption: String,
}
