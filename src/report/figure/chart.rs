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
    /// A dot.
    Dot {
        /// Across and up.
        at: [f64; 2],
        /// Its ink.
        ink: Ink,
        /// Its form.
        shape: Shape,
    },
    /// A word in the plot.
    Word(Word),
}

/// A word in the plot.
#[derive(Clone, PartialEq, Debug)]
pub struct Word {
    /// Across and up.
    pub at: [f64; 2],
    /// What is written: the first of these that there is room for.
    pub texts: Vec<String>,
    /// The room, in units across; as much as the paper has where nothing.
    pub room: Option<f64>,
    /// Where it stands.
    pub beside: Beside,
    /// On an area of which ink; on paper where nothing.
    pub on: Option<Ink>,
}

impl Word {
    /// A word on an area, in its middle.
    #[must_use]
    pub fn on(at: [f64; 2], text: String, ink: Ink) -> Self {
        Self {
            at,
            texts: vec![text],
            room: None,
            beside: Beside::Centred,
            on: Some(ink),
        }
    }

    /// A word to the right of its place.
    #[must_use]
    pub fn right_of(at: [f64; 2], text: String) -> Self {
        Self {
            at,
            texts: vec![text],
            room: None,
            beside: Beside::Right,
            on: None,
        }
    }
}

/// Where a word stands by its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beside {
    /// To both sides of it.
    Centred,
    /// To its right.
    Right,
    /// To its left.
    Left,
    /// To the right of the plot, at its height or as near as other such words leave it, with a
    /// rule that leads there from the plot's edge.
    Edge,
}

/// The form of a dot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A disc.
    Round,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// An arrow head to the left: what is drawn goes on there.
    ToLeft,
    /// An arrow head to the right.
    ToRight,
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
    /// The ends of an interval.
    Thin,
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
    /// A dot.
    Dot(Shape),
}

/// Numbers below the ticks.
#[derive(Clone, PartialEq, Debug)]
pub struct RowBelow {
    /// Of what.
    pub label: String,
    /// Where, and the number.
    pub numbers: Vec<(f64, String)>,
}
