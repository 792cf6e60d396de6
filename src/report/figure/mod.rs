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
//! | a chart on paper, as SVG | [`layout`], [`draw`], [`pen`] |
//! | without a font, and as PNG | [`outline`] |
//! | its four files | [`files`] |
//! | a metric over time | [`fan`] |
//! | how and when the case ends | [`endings`] |
//! | how long it stays open | [`survival`] |
//! | in which countries workload lies | [`locations`] |
//! | shares of a whole over time | `stack` |
//! | from a result: its case, rulings, levels | `source`, `rulings`, `levels` |

pub mod axis;
pub mod catalogue;
pub mod chart;
pub mod draw;
pub mod endings;
mod error;
pub mod fan;
pub mod files;
pub mod ink;
pub mod layout;
pub mod lettering;
mod levels;
pub mod locations;
pub mod outline;
pub mod paper;
pub mod pen;
mod rulings;
mod source;
mod stack;
pub mod survival;
#[cfg(test)]
mod tests;

pub use error::FigureError;

use crate::result::table::Table;
use chart::Chart;

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
