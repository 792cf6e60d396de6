//! Colours that can be told apart by those who see fewer of them, and in grey.
//!
//! The eight of Okabe & Ito (2008), *Color Universal Design*. Colour is never alone: lines
//! differ by their dashes and areas by a label as well.

use plotters::style::colors::colormaps::{ColorMap, ViridisRGB};

use super::paper::Theme;
use crate::chance::math::pow;

/// Red, green and blue, 0 to 255.
pub type Rgb = (u8, u8, u8);
/// No light.
pub const BLACK: Rgb = (0, 0, 0);
/// All light.
pub const WHITE: Rgb = (255, 255, 255);

/// How well one colour can be read on the other, from 1 to 21 (contrast ratio, WCAG 2).
#[must_use]
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance (WCAG 2).
fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |channel: u8| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            pow((part + 0.055) / 1.055, 2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// A colour of a series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// For what is the subject where there is one.
    Blue,
    /// For what it is held against.
    Vermilion,
    /// Further ones, in the order in which they are used.
    Green,
    /// As above.
    Orange,
    /// As above.
    Purple,
    /// As above.
    Sky,
    /// As above.
    Yellow,
    /// Text and rules.
    Black,
    /// What is in the background: not known, still open, others.
    Grey,
    /// How much, from nothing (0) to the most (255), in equal steps to the eye (viridis: van der
    /// Walt & Smith 2015), more being darker.
    Much(u8),
}

impl Ink {
    /// The inks of series, in the order in which they are used.
    pub const SERIES: [Self; 7] = [
        Self::Blue,
        Self::Vermilion,
        Self::Green,
        Self::Orange,
        Self::Purple,
        Self::Sky,
        Self::Yellow,
    ];

    /// The ink of the actor at this place of the scenario: the same in every figure. Past the
    /// eighth they begin again.
    #[must_use]
    pub fn of_actor(place: usize) -> Self {
        let place = place % (Self::SERIES.len() + 1);
        Self::SERIES.get(place).copied().unwrap_or(Self::Black)
    }

    /// How much of the most, from 0 to 1.
    #[must_use]
    pub fn much(part: f64) -> Self {
        Self::Much((255.0 * part.clamp(0.0, 1.0)).round() as u8)
    }

    /// The colour on a sheet of this theme.
    #[must_use]
    pub fn rgb(self, theme: Theme) -> Rgb {
        match (self, theme) {
            (Self::Black, Theme::Dark) => return (236, 236, 236),
            (Self::Grey, Theme::Dark) => return (112, 112, 112),
            _ => {}
        }
        match self {
            Self::Blue => (0, 114, 178),
            Self::Vermilion => (213, 94, 0),
            Self::Green => (0, 158, 115),
            Self::Orange => (230, 159, 0),
            Self::Purple => (204, 121, 167),
            Self::Sky => (86, 180, 233),
            Self::Yellow => (240, 228, 66),
            Self::Black => (0, 0, 0),
            Self::Grey => (187, 187, 187),
            Self::Much(part) => {
                let colour = ViridisRGB.get_color(1.0 - f64::from(part) / 255.0);
                (colour.0, colour.1, colour.2)
            }
        }
    }
}
