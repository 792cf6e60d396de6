//! A chart on paper.

use super::FigureError;
use super::axis::Spacing;
use super::chart::{Beside, Chart, Mark, Sample, Word};
use super::ink::{BLACK, Ink, WHITE, contrast};
use super::layout::{Frame, Layout, Lines};
use super::lettering::{Lettering, Weight};
use super::paper::{Paper, Theme};
use super::pen::{Anchor, Pen, Shade, in_pixels};

/// A chart drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawing {
    /// The drawing, with words as words.
    pub svg: String,
    /// Width and height, pixels.
    pub size: (f64, f64),
    /// Where the plot is.
    pub frame: Frame,
}

/// Draws a chart.
///
/// # Errors
/// [`FigureError::Drawing`]
pub fn draw(chart: &Chart, paper: &Paper) -> Result<Drawing, FigureError> {
    let lettering = Lettering::new()?;
    let layout = Layout::new(chart, paper, &lettering);
    let mut svg = String::new();
    let pen = Pen::begin(&mut svg, (paper.width, layout.height), paper.theme)?;
    layout.draw(&pen, paper.theme)?;
    pen.end()?;
    let size = (paper.width, layout.height);
    Ok(Drawing {
        svg: in_pixels(&svg, size, &format!("{} {}", chart.title, chart.subtitle)),
        size,
        frame: layout.frame,
    })
}

impl Layout<'_> {
    fn draw(&self, pen: &Pen<'_>, theme: Theme) -> Result<(), FigureError> {
        for Lines { hand, lines } in &self.words {
            for (y, line) in lines {
                pen.words(line, [self.margin, *y], Anchor::Start, *hand)?;
            }
        }
        self.draw_key(pen)?;
        self.draw_grid(pen)?;
        for mark in &self.chart.marks {
            self.draw_mark(pen, mark, theme)?;
        }
        self.draw_beside(pen)?;
        self.draw_moments(pen)?;
        self.draw_below(pen)
    }

    fn draw_key(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        let (text, hand) = (self.text, self.hand((1.0, Weight::Regular, Shade::Text)));
        for (x, y, entry, label) in &self.key {
            let middle = y - 0.35 * text;
            match entry.sample {
                Sample::Line(stroke) => {
                    let ends = [[*x, middle], [x + 1.8 * text, middle]];
                    pen.curve(&ends, entry.ink, stroke, text)?;
                }
                Sample::Dot(shape) => pen.dot([x + 0.9 * text, middle], entry.ink, shape, text)?,
                Sample::Patch(strength) => {
                    let (low, high) = (middle - 0.4 * text, middle + 0.4 * text);
                    let right = x + 1.8 * text;
                    let corners = [[*x, low], [right, low], [right, high], [*x, high]];
                    pen.area(&corners, entry.ink, strength)?;
                }
            }
            pen.words(label, [x + 2.3 * text, *y], Anchor::Start, hand)?;
        }
        Ok(())
    }

    /// Rules behind the data, up the plot where its rows have names, and the labels to its left.
    fn draw_grid(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        let (frame, text) = (self.frame, self.text);
        let hand = self.hand((1.0, Weight::Regular, Shade::Text));
        let named = self.chart.y.scale == Spacing::Named;
        for (tick, lines) in self.chart.y.ticks.iter().zip(&self.rows) {
            let [_, y] = frame.place(self.chart, [self.chart.x.from, tick.at]);
            if !named {
                pen.rule([frame.left, y], [frame.right, y], Shade::Grid, 0.08 * text)?;
            }
            let first = y + 0.36 * text - 0.6 * text * (lines.len() as f64 - 1.0);
            for (at, line) in lines.iter().enumerate() {
                let at = [frame.left - 0.6 * text, first + 1.2 * text * at as f64];
                pen.words(line, at, Anchor::End, hand)?;
            }
        }
        if named && self.chart.x.scale != Spacing::Named {
            for tick in &self.chart.x.ticks {
                let x = self.x_of(tick.at);
                pen.rule([x, frame.top], [x, frame.bottom], Shade::Grid, 0.08 * text)?;
            }
        }
        let heads = self.hand((0.9, Weight::Regular, Shade::Muted));
        for (at, line) in &self.heads {
            pen.words(line, *at, Anchor::Middle, heads)?;
        }
        Ok(())
    }

    fn draw_mark(&self, pen: &Pen<'_>, mark: &Mark, theme: Theme) -> Result<(), FigureError> {
        let place = |x: f64, y: f64| self.frame.place(self.chart, [x, y]);
        match mark {
            Mark::Band {
                ink,
                strength,
                points,
            } => {
                let upper = points.iter().map(|&[x, _, high]| place(x, high));
                let lower = points.iter().rev().map(|&[x, low, _]| place(x, low));
                let corners: Vec<_> = upper.chain(lower).collect();
                pen.area(&corners, *ink, *strength)
            }
            Mark::Line {
                ink,
                stroke,
                points,
            } => {
                let places: Vec<_> = points.iter().map(|&[x, y]| place(x, y)).collect();
                pen.curve(&places, *ink, *stroke, self.text)
            }
            Mark::Dot { at, ink, shape } => pen.dot(place(at[0], at[1]), *ink, *shape, self.text),
            // All together, in front.
            Mark::Word(word) if word.beside == Beside::Edge => Ok(()),
            Mark::Word(word) => self.draw_word(pen, word, theme),
            Mark::Moment { .. } => Ok(()),
        }
    }

    /// The first of the word's texts that fits; none where none does.
    fn draw_word(&self, pen: &Pen<'_>, word: &Word, theme: Theme) -> Result<(), FigureError> {
        let text = self.text;
        let shade = match word.on {
            None => Shade::Text,
            Some(ink) => shade_on(ink, theme),
        };
        let room = match word.room {
            Some(room) => self.x_of(self.chart.x.from + room) - self.frame.left - 0.3 * text,
            None => self.width - 2.0 * self.margin,
        };
        let texts = word.texts.iter().map(|text| self.lettering.shown(text));
        let wide = |shown: &str| self.lettering.width(shown, Weight::Regular, text);
        let Some(shown) = texts.into_iter().find(|shown| wide(shown) <= room) else {
            return Ok(());
        };
        let [x, y] = self.frame.place(self.chart, word.at);
        let (half, aside) = (0.5 * wide(&shown), 0.7 * text);
        let middle = match word.beside {
            Beside::Centred | Beside::Edge => x,
            Beside::Right => x + aside + half,
            Beside::Left => x - aside - half,
        };
        let (least, most) = (self.margin + half, self.width - self.margin - half);
        let at = [middle.min(most).max(least), y + 0.36 * text];
        let hand = self.hand((1.0, Weight::Regular, shade));
        pen.words(&shown, at, Anchor::Middle, hand)
    }

    fn draw_moments(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        let hand = self.hand((0.9, Weight::Regular, Shade::Muted));
        for (x, left, y, label) in &self.moments {
            pen.words(label, [*left, *y], Anchor::Start, hand)?;
            let top = [*x, y + 0.25 * self.text];
            pen.rule(top, [*x, self.frame.bottom], Shade::Muted, 0.08 * self.text)?;
        }
        Ok(())
    }

    fn draw_below(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        let (frame, text) = (self.frame, self.text);
        let hand = self.hand((1.0, Weight::Regular, Shade::Text));
        let (left, right) = ([frame.left, frame.bottom], [frame.right, frame.bottom]);
        let named = self.chart.x.scale == Spacing::Named;
        if !named {
            pen.rule(left, right, Shade::Text, 0.1 * text)?;
        }
        let every = self.every();
        let mut y = frame.bottom + if named { 0.45 } else { 1.45 } * text;
        let ticks = self.chart.x.ticks.iter().filter(|_| !named);
        for (at, tick) in ticks.enumerate() {
            let x = self.x_of(tick.at);
            pen.rule(
                [x, frame.bottom],
                [x, frame.bottom + 0.35 * text],
                Shade::Text,
                0.1 * text,
            )?;
            if at.is_multiple_of(every) {
                pen.words(&tick.label, [x, y], Anchor::Middle, hand)?;
            }
        }
        let muted = self.hand((0.9, Weight::Regular, Shade::Muted));
        if !self.chart.x.label.is_empty() {
            y += 1.35 * text;
            let middle = 0.5 * (frame.left + frame.right);
            let label = self.lettering.shown(&self.chart.x.label);
            pen.words(&label, [middle, y], Anchor::Middle, muted)?;
        }
        for row in &self.chart.below {
            y += 1.3 * text;
            let room = self.width - 2.0 * self.margin;
            let label = self
                .lettering
                .cut(&row.label, Weight::Regular, muted.size, room);
            pen.words(&label, [self.margin, y], Anchor::Start, muted)?;
            y += 1.2 * text;
            for (place, (at, number)) in row.numbers.iter().enumerate() {
                if place.is_multiple_of(every) {
                    pen.words(number, [self.x_of(*at), y], Anchor::Middle, hand)?;
                }
            }
        }
        let small = self.hand((0.8, Weight::Regular, Shade::Muted));
        let footer = self.footer();
        for (at, line) in footer.iter().rev().enumerate() {
            let y = self.height - self.margin - 1.05 * text * at as f64;
            pen.words(line, [self.margin, y], Anchor::Start, small)?;
        }
        Ok(())
    }

    /// Each of how many ticks across has room for its label.
    fn every(&self) -> usize {
        let ticks = &self.chart.x.ticks;
        let numbers = self.chart.below.iter().flat_map(|row| &row.numbers);
        let numbers = numbers.map(|(_, number)| number);
        let labels = ticks.iter().map(|tick| &tick.label).chain(numbers);
        let wide = |label: &String| self.lettering.width(label, Weight::Regular, self.text);
        let room = labels.map(wide).fold(0.0, f64::max) + 0.7 * self.text;
        let steps = ticks
            .windows(2)
            .map(|pair| self.x_of(pair[1].at) - self.x_of(pair[0].at));
        let step = steps.fold(f64::INFINITY, f64::min);
        if step.is_finite() && step > 0.0 {
            ((room / step).ceil() as usize).max(1)
        } else {
            1
        }
    }
}

/// The shade of words on this ink that can be read best.
fn shade_on(ink: Ink, theme: Theme) -> Shade {
    match ink {
        Ink::Grey => Shade::OnGrey,
        Ink::Black => Shade::OnBlack,
        _ if contrast(ink.rgb(theme), WHITE) > contrast(ink.rgb(theme), BLACK) => Shade::OnDark,
        _ => Shade::OnLight,
    }
}
