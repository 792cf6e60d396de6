//! A pen for SVG: lines, areas and words at places in CSS pixels.

use std::io;

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, DashedPathElement, PathElement, Polygon};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::FigureError;
use super::chart::{Shape, Stroke};
use super::ink::Ink;
use super::lettering::{FAMILY, Weight};
use super::paper::Theme;

/// Units of the drawing in a pixel: the library draws at whole units.
const FINE: f64 = 20.0;
/// From the top of letters to the line they stand on, as the library places them.
const ASCENT: f64 = 0.76;
/// The library's size of letters over that of SVG.
const BOX_OF_LETTERS: f64 = 1.24;

/// What is written or ruled, other than data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shade {
    /// Titles, numbers, the axis.
    Text,
    /// What is read second.
    Muted,
    /// Rules behind the data.
    Grid,
    /// The sheet itself.
    Paper,
    /// On a dark area.
    OnDark,
    /// On a light area.
    OnLight,
    /// On grey, which is dark on a dark sheet.
    OnGrey,
    /// On black, which is light on a dark sheet.
    OnBlack,
}

impl Shade {
    /// No two are alike on a light sheet, so that a page can give each its own colour.
    const fn rgb(self, theme: Theme) -> RGBColor {
        match (self, theme) {
            (Self::Text, Theme::Light) => RGBColor(26, 26, 26),
            (Self::Muted, Theme::Light) => RGBColor(89, 89, 89),
            (Self::Grid, Theme::Light) => RGBColor(226, 226, 226),
            (Self::Paper, Theme::Light) => RGBColor(255, 255, 255),
            (Self::Text, Theme::Dark) => RGBColor(236, 236, 236),
            (Self::Muted, Theme::Dark) => RGBColor(170, 170, 170),
            (Self::Grid, Theme::Dark) => RGBColor(62, 62, 62),
            (Self::Paper, Theme::Dark) => RGBColor(22, 22, 22),
            (Self::OnDark, _) => RGBColor(254, 254, 254),
            // On an ink in the middle only the ends of the scale can be read.
            (Self::OnLight, _) => RGBColor(1, 1, 1),
            (Self::OnGrey, Theme::Light) => RGBColor(2, 2, 2),
            (Self::OnBlack, Theme::Light) => RGBColor(253, 253, 253),
            (Self::OnGrey, Theme::Dark) => RGBColor(254, 254, 254),
            (Self::OnBlack, Theme::Dark) => RGBColor(1, 1, 1),
        }
    }
}

/// From which place a word extends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// To its right.
    Start,
    /// To both sides.
    Middle,
    /// To its left.
    End,
}

/// Words of one kind.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hand {
    /// Size of the letters, pixels.
    pub size: f64,
    /// How heavy.
    pub weight: Weight,
    /// In which shade.
    pub shade: Shade,
}

/// The pen.
pub struct Pen<'s> {
    area: DrawingArea<SVGBackend<'s>, Shift>,
    theme: Theme,
}

type Failure = DrawingAreaErrorKind<io::Error>;

fn failed(error: Failure) -> FigureError {
    FigureError::Drawing(error.to_string())
}

fn fine(at: [f64; 2]) -> (i32, i32) {
    let units = |pixels: f64| (pixels * FINE).round() as i32;
    (units(at[0]), units(at[1]))
}

fn stroke(colour: RGBColor, width: f64) -> ShapeStyle {
    colour.stroke_width((width * FINE).round().max(1.0) as u32)
}

impl<'s> Pen<'s> {
    /// Begins an empty sheet of this size, pixels.
    ///
    /// # Errors
    /// [`FigureError::Drawing`]
    pub fn begin(
        svg: &'s mut String,
        (width, height): (f64, f64),
        theme: Theme,
    ) -> Result<Self, FigureError> {
        let size = ((width * FINE) as u32, (height * FINE) as u32);
        let area = SVGBackend::with_string(svg, size).into_drawing_area();
        area.fill(&Shade::Paper.rgb(theme)).map_err(failed)?;
        Ok(Self { area, theme })
    }

    fn rgb(&self, ink: Ink) -> RGBColor {
        let (red, green, blue) = ink.rgb(self.theme);
        RGBColor(red, green, blue)
    }

    /// Ends the sheet.
    ///
    /// # Errors
    /// [`FigureError::Drawing`]
    pub fn end(self) -> Result<(), FigureError> {
        self.area.present().map_err(failed)
    }

    /// A straight rule.
    ///
    /// # Errors
    /// [`FigureError::Drawing`]
    pub fn rule(
        &self,
        from: [f64; 2],
        to: [f64; 2],
        shade: Shade,
        width: f64,
    ) -> Result<(), FigureError> {
        let path = PathElement::new(
            vec![fine(from), fine(to)],
            stroke(shade.rgb(self.theme), width),
        );
        self.area.draw(&path).map_err(failed)
    }

    /// A curve through these places, for letters of this size.
    ///
    /// # Errors
    /// [`FigureError::Drawing`]
    pub fn curve(
        &self,
        places: &[[f64; 2]],
        ink: Ink,
        how: Stroke,
        letters: f64,
    ) -> Result<(), FigureError> {
        let points: Vec<_> = places.iter().copied().map(fine).collect();
        let style = |parts: f64| stroke(self.rgb(ink), parts * letters);
        let units = |parts: f64| (parts * letters * FINE) as i32;
        let dashes = |dash: f64, gap: f64, width: f64| {
            DashedPathElement::new(points.clone(), units(dash), units(gap), style(width))
        };
        match how {
            Stroke::Solid => self.area.draw(&PathElement::new(points, style(0.17))),
            Stroke::Thin => self.area.draw(&PathElement::new(points, style(0.1))),
            Stroke::Dashed => self.area.draw(&dashes(0.6, 0.3, 0.17)),
            Stroke::Dotted => self.area.draw(&dashes(0.17, 0.22, 0.17)),
            Stroke::Hair => {
                let hair = self.rgb(ink).mix(0.35);
                let style = hair.stroke_width((0.06 * letters * FINE).max(1.0) as u32);
                self.area.draw(&PathElement::new(points, style))
            }
        }
        .map_err(failed)
    }

    /// An area with these corners.
    ///
    /// # Errors
    /// [`FigureError::Drawing`]
    pub fn area(&self, corners: &[[f64; 2]], ink: Ink, strength: f64) -> Result<(), FigureError> {
        let corners: Vec<_> = corners.iter().copied().map(fine).collect();
        // What is pale on white is lost on black.
        let strength = match self.theme {
            Theme::Light => strength,
            Theme::Dark => strength * (2.0 - strength),
        };
        let style = self.rgb(ink).mix(strength).filled();
        self.area
            .draw(&Polygon::new(corners, style))
            .map_err(failed)
    }

    /// A dot for letters of this size.
    ///
    /// # Errors
    /// [`FigureError::Drawing`]
    pub fn dot(
        &self,
        [x, y]: [f64; 2],
        ink: Ink,
        shape: Shape,
        letters: f64,
    ) -> Result<(), FigureError> {
        let (square, corner) = (0.28 * letters, 0.4 * letters);
        match shape {
            Shape::Round => {
                let radius = (0.32 * letters * FINE).round().max(1.0) as i32;
                let style = self.rgb(ink).filled();
                let disc = Circle::new(fine([x, y]), radius, style);
                self.area.draw(&disc).map_err(failed)
            }
            Shape::Square => {
                let (left, right, top, bottom) = (x - square, x + square, y - square, y + square);
                let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
                self.area(&corners, ink, 1.0)
            }
            Shape::Diamond => {
                let corners = [
                    [x, y - corner],
                    [x + corner, y],
                    [x, y + corner],
                    [x - corner, y],
                ];
                self.area(&corners, ink, 1.0)
            }
            Shape::ToLeft | Shape::ToRight => {
                // Its point lies at the place.
                let back = if shape == Shape::ToLeft { 1.5 } else { -1.5 };
                let base = x + back * corner;
                let corners = [[base, y - corner], [x, y], [base, y + corner]];
                self.area(&corners, ink, 1.0)
            }
        }
    }

    /// Words that stand on the line through `at`.
    ///
    /// # Errors
    /// [`FigureError::Drawing`]
    pub fn words(
        &self,
        text: &str,
        at: [f64; 2],
        anchor: Anchor,
        hand: Hand,
    ) -> Result<(), FigureError> {
        let weight = match hand.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Heavy => FontStyle::Bold,
        };
        let side = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let size = hand.size * BOX_OF_LETTERS * FINE;
        let colour = hand.shade.rgb(self.theme);
        let style = TextStyle::from((FAMILY, size, weight).into_font())
            .color(&colour)
            .pos(Pos::new(side, VPos::Top));
        let top = [at[0], at[1] - ASCENT * hand.size];
        self.area.draw_text(text, &style, fine(top)).map_err(failed)
    }
}

/// The drawing in pixels rather than the pen's units, with what it shows said in words.
#[must_use]
pub fn in_pixels(svg: &str, (width, height): (f64, f64), says: &str) -> String {
    let (units_wide, units_high) = ((width * FINE) as u32, (height * FINE) as u32);
    let fine = format!("<svg width=\"{units_wide}\" height=\"{units_high}\"");
    let plain = format!("<svg role=\"img\" width=\"{width}\" height=\"{height}\"");
    let said = says
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let svg = svg.replacen(&fine, &plain, 1);
    match svg.split_once(">\n") {
        Some((head, rest)) => format!("{head}>\n<title>{said}</title>\n{rest}"),
        None => svg,
    }
}
