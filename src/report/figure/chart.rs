//! What is drawn, in the units of the data: horizontal and vertical numbers, no pixels.

use super::axis::Axis;
use super::ink::Ink;

/// One plot with its words.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// What the reader should see, as a sentence.
    pub title: String,
    /// What is measured, of whom, in which unit.
    pub subtitle: String,
    /// What the inks mean.
    pub key: Vec<KeyEntry>,
    /// Across.
    pub x: Axis,
    /// Up.
    pub y: Axis,
    /// From the back to the front.
    pub marks: Vec<Mark>,
    /// Rows of numbers below the ticks, such as how many are still followed.
    pub below: Vec<RowBelow>,
    /// Runs, seed and digest.
    pub footer: String,
}

/// A thing drawn.
#[derive(Clone, PartialEq, Debug)]
pub enum Mark {
    /// The area between two curves.
    Band {
        /// Its ink.
        ink: Ink,
        /// How much of the ink, from 0 to 1.
        strength: f64,
        /// Across, the lower end, the upper end; rising across.
        points: Vec<[f64; 3]>,
    },
    /// A curve.
    Line {
        /// Its ink.
        ink: Ink,
        /// How it is drawn.
        stroke: Stroke,
        /// Across and up.
        points: Vec<[f64; 2]>,
    },
    /// A moment: a rule from the bottom to the top, with words at its top.
    Moment {
        /// When.
        at: f64,
        /// What.
        label: String,
    },
    /// A word in the plot, centred on its place.
    Word {
        /// Across and up.
        at: [f64; 2],
        /// The word.
        text: String,
        /// On an area of which ink.
        on: Ink,
    },
}

/// How a curve is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stroke {
    /// The subject.
    Solid,
    /// What it is held against.
    Dashed,
    /// A third.
    Dotted,
    /// One future among many.
    Hair,
}

/// A line of the key.
#[derive(Clone, PartialEq, Debug)]
pub struct KeyEntry {
    /// Its ink.
    pub ink: Ink,
    /// What the ink is drawn as.
    pub sample: Sample,
    /// What it means.
    pub label: String,
}

/// What stands beside a word of the key.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Sample {
    /// A piece of curve.
    Line(Stroke),
    /// A piece of area of this strength.
    Patch(f64),
}

/// Numbers below the ticks.
#[derive(Clone, PartialEq, Debug)]
pub struct RowBelow {
    /// Of what.
    pub label: String,
    /// Where, and the number.
    pub numbers: Vec<(f64, String)>,
}
