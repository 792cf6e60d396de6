//! One HTML page of one or several results, which needs nothing but itself: `comity report`.
//!
//! The front page's blocks stand first, in the same words as in the terminal; below them figures
//! with captions and numbers, money at risk, placement, stories, every number's source, and what
//! it takes to make it all again. A small script lets a reader move levers, filter and look up
//! values; without it everything else stands.
//!
//! | step | file |
//! |---|---|
//! | the results, read | [`joined`] |
//! | text to markup, in one way | [`markup`], [`mask`] |
//! | blocks of the terminal as tables and paragraphs | [`blocks`], [`front`] |
//! | its parts in their order, and as data | `parts` |
//! | figures, in the page's colours | [`drawn`], [`theme`] |
//! | the values of their curves at a place | [`hover`] |
//! | levers that weigh the stored futures | [`levers`], [`live`] |
//! | by country and segment, and where workload lies | [`over_time`] |
//! | money at risk, stories, sources, limits, how to make it again | [`below`] |
//! | head, style, script, and the policy | [`shell`] |

pub mod below;
pub mod blocks;
pub mod drawn;
mod error;
pub mod front;
pub mod hover;
pub mod joined;
pub mod levers;
pub mod live;
pub mod markup;
pub mod mask;
pub mod over_time;
mod parts;
pub mod shell;
pub mod theme;

pub use error::HtmlError;

use serde_json::Value;

use crate::scenario::resolved::Report;
use joined::Joined;
use live::answer::Moved;
use markup::Html;
use mask::Mask;
use parts::Page;

/// What a page is to be of.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The results: the first run or comparison leads, with the first of the other kind that is
    /// of the same decision.
    pub joined: &'a [Joined],
    /// How it is shown.
    pub shown: &'a Report,
    /// Levers moved when it opens.
    pub at: &'a [Moved],
}

/// A page.
#[derive(Clone, PartialEq, Debug)]
pub struct Made {
    /// The page.
    pub html: String,
    /// What it says, as data.
    pub data: Value,
}

/// The page of these results.
///
/// # Errors
/// [`HtmlError`]
pub fn page(asked: &Asked<'_>) -> Result<Made, HtmlError> {
    let read = asked.joined.iter().map(Joined::read);
    let kinds = read.collect::<Result<Vec<_>, _>>()?;
    let mask = Mask::of(&asked.shown.labels);
    let figures = asked.joined.iter().enumerate();
    let figures = figures.map(|(at, joined)| drawn::all(&joined.result, &mask, at));
    let figures = figures.collect::<Result<Vec<_>, _>>()?;
    let of = Page::of(asked.joined, &kinds, &figures)?;
    let answers = of.answers(asked.at)?;
    let mut html = Html::new(&mask);
    of.put(&mut html, asked.shown)?;
    let data = of.script(asked.at);
    Ok(Made {
        html: shell::page(&of.front.title(), asked.shown, html, data),
        data: mask.data(of.told(&answers)),
    })
}
