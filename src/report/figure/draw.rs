//! A chart on paper. The words are laid out first, from the top: title, subtitle, key, words
//! of moments, the plot, ticks, rows of numbers, footer; what they leave is the plot's.

use super::FigureError;
use super::axis::Axis;
use super::chart::{Chart, KeyEntry, Mark, Sample};
use super::ink::Ink;
use super::lettering::{Lettering, Weight};
use super::paper::{Height, Paper};
use super::pen::{Anchor, Hand, Pen, Shade, in_pixels};

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

/// The rectangle of the plot, pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Frame {
    /// Its left.
    pub left: f64,
    /// Its right.
    pub right: f64,
    /// Its top.
    pub top: f64,
    /// Its bottom.
    pub bottom: f64,
}

impl Frame {
    /// Where a point of a chart lies.
    #[must_use]
    pub fn place(&self, chart: &Chart, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            self.left + chart.x.part(x) * (self.right - self.left),
            self.bottom + chart.y.part(y) * (self.top - self.bottom),
        ]
    }
}

/// Draws a chart.
///
/// # Errors
/// [`FigureError::Drawing`]
pub fn draw(chart: &Chart, paper: &Paper) -> Result<Drawing, FigureError> {
    let lettering = Lettering::new()?;
    let layout = Layout::new(chart, paper, &lettering);
    let mut svg = String::new();
    let pen = Pen::begin(&mut svg, paper.width, layout.height)?;
    layout.draw(&pen)?;
    pen.end()?;
    let size = (paper.width, layout.height);
    Ok(Drawing {
        svg: in_pixels(&svg, size, &format!("{} {}", chart.title, chart.subtitle)),
        size,
        frame: layout.frame,
    })
}

/// Lines of one hand, one below the other.
struct Lines {
    hand: Hand,
    /// Each with the height of the line it stands on.
    lines: Vec<(f64, String)>,
}

/// Where everything lies.
struct Layout<'c> {
    chart: &'c Chart,
    lettering: &'c Lettering,
    width: f64,
    height: f64,
    /// Size of the letters, and the margin.
    text: f64,
    margin: f64,
    words: Vec<Lines>,
    key: Vec<(f64, f64, &'c KeyEntry, String)>,
    moments: Vec<(f64, f64, f64, String)>,
    frame: Frame,
}

impl<'c> Layout<'c> {
    fn new(chart: &'c Chart, paper: &Paper, lettering: &'c Lettering) -> Self {
        let (text, width) = (paper.text, paper.width);
        let margin = 0.9 * text;
        let mut layout = Self {
            chart,
            lettering,
            width,
            height: 0.0,
            text,
            margin,
            words: Vec::new(),
            key: Vec::new(),
            moments: Vec::new(),
            frame: Frame {
                left: margin,
                right: width - margin,
                top: margin,
                bottom: margin,
            },
        };
        let mut y = margin;
        y = layout.lines(&chart.title, y, (1.25, Weight::Heavy, Shade::Text));
        y = layout.lines(
            &chart.subtitle,
            y + 0.15 * text,
            (1.0, Weight::Regular, Shade::Muted),
        );
        y = layout.place_key(y + 0.35 * text);
        y = layout.lines(
            &chart.y.label,
            y + 0.3 * text,
            (0.9, Weight::Regular, Shade::Muted),
        );
        layout.sides();
        y = layout.place_moments(y + 0.3 * text);
        layout.frame.top = y + 0.5 * text;
        let below = layout.height_below();
        let (bottom, height) = match paper.height {
            Height::OfPlot(plot) => {
                let bottom = layout.frame.top + plot;
                (bottom, bottom + below)
            }
            Height::OfFigure(all) => ((all - below).max(layout.frame.top + 4.0 * text), all),
        };
        layout.frame.bottom = bottom;
        layout.height = height.max(bottom + below).ceil();
        layout
    }

    fn hand(&self, (size, weight, shade): (f64, Weight, Shade)) -> Hand {
        Hand {
            size: size * self.text,
            weight,
            shade,
        }
    }

    /// Lays text out from `top` on; its bottom.
    fn lines(&mut self, text: &str, top: f64, kind: (f64, Weight, Shade)) -> f64 {
        let hand = self.hand(kind);
        let room = self.width - 2.0 * self.margin;
        let lines = self.lettering.wrap(text, hand.weight, hand.size, room);
        let leading = 1.25 * hand.size;
        let bottom = top + leading * lines.len() as f64;
        let lines = lines.into_iter().enumerate();
        let lines = lines.map(|(at, line)| (top + leading * at as f64 + hand.size, line));
        self.words.push(Lines {
            hand,
            lines: lines.collect(),
        });
        bottom
    }

    /// Lays the key out in rows; its bottom.
    fn place_key(&mut self, top: f64) -> f64 {
        if self.chart.key.is_empty() {
            return top;
        }
        let leading = 1.4 * self.text;
        let (mut x, mut y) = (self.margin, top + self.text);
        for entry in &self.chart.key {
            let (text, weight) = (self.text, Weight::Regular);
            let room = self.width - 2.0 * self.margin - 2.3 * text;
            let label = self.lettering.cut(&entry.label, weight, text, room);
            let wide = 2.3 * text + self.lettering.width(&label, weight, text);
            if x > self.margin && x + wide > self.width - self.margin {
                (x, y) = (self.margin, y + leading);
            }
            self.key.push((x, y, entry, label));
            x += wide + 1.4 * self.text;
        }
        y + 0.3 * self.text
    }

    /// The plot's left and right, by the widths of numbers.
    fn sides(&mut self) {
        let wide = |label: &str| self.lettering.width(label, Weight::Regular, self.text);
        let widest = |axis: &Axis| {
            axis.ticks
                .iter()
                .map(|t| wide(&t.label))
                .fold(0.0, f64::max)
        };
        self.frame.left = self.margin + widest(&self.chart.y) + 0.6 * self.text;
        let last = self
            .chart
            .x
            .ticks
            .last()
            .map_or(0.0, |tick| wide(&tick.label));
        self.frame.right = self.width - self.margin - 0.5 * last;
    }

    fn x_of(&self, at: f64) -> f64 {
        self.frame.left + self.chart.x.part(at) * (self.frame.right - self.frame.left)
    }

    /// Words of moments in rows in which none meets another; their bottom.
    fn place_moments(&mut self, top: f64) -> f64 {
        let size = 0.9 * self.text;
        let mut moments: Vec<(f64, &str)> = Vec::new();
        for mark in &self.chart.marks {
            if let Mark::Moment { at, label } = mark {
                moments.push((self.x_of(*at), label));
            }
        }
        moments.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut ends: Vec<f64> = Vec::new();
        let mut placed = Vec::new();
        for (x, label) in moments {
            let room = 0.6 * self.width;
            let label = self.lettering.cut(label, Weight::Regular, size, room);
            let half = 0.5 * self.lettering.width(&label, Weight::Regular, size);
            let (low, high) = (self.margin + half, self.width - self.margin - half);
            let middle = x.clamp(low.min(high), high.max(low));
            let free = ends
                .iter()
                .position(|end| *end + 0.8 * size < middle - half);
            let row = free.unwrap_or(ends.len());
            if row == ends.len() {
                ends.push(0.0);
            }
            ends[row] = middle + half;
            placed.push((x, middle, row, label));
        }
        let leading = 1.25 * size;
        let bottom = top + leading * ends.len() as f64;
        // The first row is the lowest, next to the plot.
        self.moments = placed
            .into_iter()
            .map(|(x, middle, row, label)| (x, middle, bottom - leading * row as f64, label))
            .collect();
        bottom
    }

    /// Ticks, the axis' name, rows of numbers and the footer.
    fn height_below(&self) -> f64 {
        let text = self.text;
        let named = if self.chart.x.label.is_empty() {
            0.0
        } else {
            1.35 * text
        };
        let rows = 2.5 * text * self.chart.below.len() as f64;
        1.7 * text + named + rows + self.footer().len() as f64 * 1.05 * text + self.margin
    }

    fn footer(&self) -> Vec<String> {
        let room = self.width - 2.0 * self.margin;
        let size = 0.8 * self.text;
        self.lettering
            .wrap(&self.chart.footer, Weight::Regular, size, room)
    }

    fn draw(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        for Lines { hand, lines } in &self.words {
            for (y, line) in lines {
                pen.words(line, [self.margin, *y], Anchor::Start, *hand)?;
            }
        }
        self.draw_key(pen)?;
        self.draw_grid(pen)?;
        for mark in &self.chart.marks {
            self.draw_mark(pen, mark)?;
        }
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

    fn draw_grid(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        let (frame, text) = (self.frame, self.text);
        let hand = self.hand((1.0, Weight::Regular, Shade::Text));
        for tick in &self.chart.y.ticks {
            let [_, y] = frame.place(self.chart, [self.chart.x.from, tick.at]);
            pen.rule([frame.left, y], [frame.right, y], Shade::Grid, 0.08 * text)?;
            let at = [frame.left - 0.6 * text, y + 0.36 * text];
            pen.words(&tick.label, at, Anchor::End, hand)?;
        }
        Ok(())
    }

    fn draw_mark(&self, pen: &Pen<'_>, mark: &Mark) -> Result<(), FigureError> {
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
            Mark::Word { at, text, on } => {
                let shade = if is_dark(*on) {
                    Shade::Paper
                } else {
                    Shade::Text
                };
                let [x, y] = place(at[0], at[1]);
                let hand = self.hand((1.0, Weight::Regular, shade));
                let text = self.lettering.shown(text);
                pen.words(&text, [x, y + 0.36 * self.text], Anchor::Middle, hand)
            }
            // All together, in front.
            Mark::Moment { .. } => Ok(()),
        }
    }

    fn draw_moments(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        let hand = self.hand((0.9, Weight::Regular, Shade::Muted));
        for (x, middle, y, label) in &self.moments {
            pen.words(label, [*middle, *y], Anchor::Middle, hand)?;
            let top = [*x, y + 0.25 * self.text];
            pen.rule(top, [*x, self.frame.bottom], Shade::Muted, 0.08 * self.text)?;
        }
        Ok(())
    }

    fn draw_below(&self, pen: &Pen<'_>) -> Result<(), FigureError> {
        let (frame, text) = (self.frame, self.text);
        let hand = self.hand((1.0, Weight::Regular, Shade::Text));
        let (left, right) = ([frame.left, frame.bottom], [frame.right, frame.bottom]);
        pen.rule(left, right, Shade::Text, 0.1 * text)?;
        let every = self.every();
        let mut y = frame.bottom + 1.45 * text;
        for (at, tick) in self.chart.x.ticks.iter().enumerate() {
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

/// Whether words on this ink must be light (relative luminance, WCAG 2).
fn is_dark(ink: Ink) -> bool {
    let (red, green, blue) = ink.rgb();
    let part = |weight: f64, channel: u8| weight * f64::from(channel) / 255.0;
    part(0.2126, red) + part(0.7152, green) + part(0.0722, blue) < 0.45
}
