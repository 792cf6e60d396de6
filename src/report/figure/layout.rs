//! What lies where on the paper. Words are laid out first, from the top: title, subtitle, key,
//! words of moments, heads of columns; below the plot ticks, rows of numbers and the footer. What
//! they leave is the plot's, which has as much as its rows need.

use super::axis::Spacing;
use super::chart::{Chart, KeyEntry, Mark};
use super::lettering::{Lettering, Weight};
use super::paper::{Height, Paper};
use super::pen::{Hand, Shade};

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

/// To how many times the height that its words need a row may grow on a slide.
const ROWS_STRETCH: f64 = 2.5;

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

/// Lines of one hand, one below the other.
pub(super) struct Lines {
    pub(super) hand: Hand,
    /// Each with the height of the line it stands on.
    pub(super) lines: Vec<(f64, String)>,
}

/// Where everything lies.
pub(super) struct Layout<'c> {
    pub(super) chart: &'c Chart,
    pub(super) lettering: &'c Lettering,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Size of the letters, and the margin.
    pub(super) text: f64,
    pub(super) margin: f64,
    pub(super) words: Vec<Lines>,
    pub(super) key: Vec<(f64, f64, &'c KeyEntry, String)>,
    pub(super) moments: Vec<(f64, f64, f64, String)>,
    /// The lines of each tick's label up the axis.
    pub(super) rows: Vec<Vec<String>>,
    /// Heads of columns: lines, the middle of each and the line it stands on.
    pub(super) heads: Vec<([f64; 2], String)>,
    /// Words beside the plot: the heights of their places and of the words, from the top.
    pub(super) beside: Vec<(f64, f64, String)>,
    pub(super) frame: Frame,
}

/// The part of the width that the names of rows may take.
const NAMES: f64 = 0.36;
/// Lines that the name of a row, and the head of a column, may take.
const LINES_OF_A_NAME: usize = 2;
const LINES_OF_A_HEAD: usize = 3;

impl<'c> Layout<'c> {
    pub(super) fn new(chart: &'c Chart, paper: &Paper, lettering: &'c Lettering) -> Self {
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
            rows: Vec::new(),
            heads: Vec::new(),
            beside: Vec::new(),
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
        y = layout.place_heads(y);
        layout.frame.top = y + 0.5 * text;
        let (below, rows) = (layout.height_below(), layout.height_of_rows());
        let beside = layout.height_beside();
        let (bottom, height) = match paper.height {
            Height::OfPlot(plot) => {
                let bottom = layout.frame.top + rows.unwrap_or(plot).max(beside);
                (bottom, bottom + below)
            }
            Height::OfFigure(all) => {
                let least = layout.frame.top + rows.unwrap_or(4.0 * text).max(beside);
                // Few rows leave the slide's foot empty rather than become slabs.
                let most = rows.map_or(all, |rows| layout.frame.top + ROWS_STRETCH * rows);
                ((all - below).min(most).max(least), all)
            }
        };
        layout.frame.bottom = bottom;
        layout.height = height.max(bottom + below).ceil();
        layout.place_beside();
        layout
    }

    pub(super) fn hand(&self, (size, weight, shade): (f64, Weight, Shade)) -> Hand {
        Hand {
            size: size * self.text,
            weight,
            shade,
        }
    }

    /// Lays text out from `top` on; its bottom.
    pub(super) fn lines(&mut self, text: &str, top: f64, kind: (f64, Weight, Shade)) -> f64 {
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
    pub(super) fn place_key(&mut self, top: f64) -> f64 {
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

    /// The plot's left and right, by the widths of numbers and names.
    pub(super) fn sides(&mut self) {
        let (text, lettering) = (self.text, self.lettering);
        let wide = |label: &str| lettering.width(label, Weight::Regular, text);
        let ticks = self.chart.y.ticks.iter();
        self.rows = ticks
            .map(|tick| match self.chart.y.scale {
                Spacing::Named => {
                    self.few_lines(&tick.label, text, NAMES * self.width, LINES_OF_A_NAME)
                }
                _ => vec![tick.label.clone()],
            })
            .collect();
        let lines = self.rows.iter().flatten();
        let widest = lines.map(|line| wide(line)).fold(0.0, f64::max);
        self.frame.left = self.margin + widest + 0.6 * text;
        let last = match self.chart.x.scale {
            Spacing::Named => 0.0,
            _ => {
                let last = self.chart.x.ticks.last();
                last.map_or(0.0, |tick| wide(&tick.label))
            }
        };
        self.frame.right = self.width - self.margin - self.width_beside().max(0.5 * last);
    }

    /// Text in so many lines at most, the last cut where there is more.
    fn few_lines(&self, label: &str, size: f64, room: f64, most: usize) -> Vec<String> {
        let weight = Weight::Regular;
        let mut lines = self.lettering.wrap(label, weight, size, room);
        if lines.len() > most {
            let rest = lines.split_off(most - 1).join(" ");
            // Longer than the room, so that it is cut and says so.
            lines.push(self.lettering.cut(&rest, weight, size, room));
        }
        lines
    }

    /// Heads of columns, the last line of each next to the plot; their bottom.
    fn place_heads(&mut self, top: f64) -> f64 {
        if self.chart.x.scale != Spacing::Named {
            return top;
        }
        let size = 0.9 * self.text;
        let columns = self.chart.x.ticks.len().max(1) as f64;
        let room = (self.frame.right - self.frame.left) / columns - 0.5 * size;
        let ticks = self.chart.x.ticks.iter();
        let heads: Vec<(f64, Vec<String>)> = ticks
            .map(|tick| {
                let lines = self.few_lines(&tick.label, size, room, LINES_OF_A_HEAD);
                (self.x_of(tick.at), lines)
            })
            .collect();
        let most = heads.iter().map(|(_, lines)| lines.len()).max();
        let leading = 1.2 * size;
        let bottom = top + leading * most.unwrap_or(0) as f64;
        for (x, lines) in heads {
            let first = bottom - leading * (lines.len() as f64 - 1.0);
            let lines = lines.into_iter().enumerate();
            self.heads
                .extend(lines.map(|(at, line)| ([x, first + leading * at as f64], line)));
        }
        bottom
    }

    /// What rows by name need.
    fn height_of_rows(&self) -> Option<f64> {
        (self.chart.y.scale == Spacing::Named).then(|| {
            let most = self.rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
            let of_one = (1.2 * most as f64 + 0.7) * self.text;
            of_one * self.rows.len().max(1) as f64
        })
    }

    pub(super) fn x_of(&self, at: f64) -> f64 {
        self.frame.left + self.chart.x.part(at) * (self.frame.right - self.frame.left)
    }

    /// Words of moments, each beginning at its rule, in rows in which none meets another word
    /// or another's rule; their bottom.
    pub(super) fn place_moments(&mut self, top: f64) -> f64 {
        let size = 0.9 * self.text;
        let mut moments: Vec<(f64, &str)> = Vec::new();
        for mark in &self.chart.marks {
            if let Mark::Moment { at, label } = mark {
                moments.push((self.x_of(*at), label));
            }
        }
        // From the right: a rule reaches down from its row, so that what begins to its left
        // must lie above it.
        moments.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut placed: Vec<(f64, [f64; 2], usize, String)> = Vec::new();
        for (x, label) in moments {
            let room = 0.6 * self.width;
            let label = self.lettering.cut(label, Weight::Regular, size, room);
            let wide = self.lettering.width(&label, Weight::Regular, size);
            let left = x.min(self.width - self.margin - wide);
            let right = left + wide + size;
            let meets = |other: &&(f64, [f64; 2], usize, String)| {
                let [from, to] = other.1;
                left < to && from < right || left <= other.0 && other.0 < right
            };
            let rows = placed.iter().filter(meets).map(|other| other.2 + 1);
            let row = rows.max().unwrap_or(0);
            placed.push((x, [left, right], row, label));
        }
        let rows = placed.iter().map(|(.., row, _)| row + 1).max().unwrap_or(0);
        let leading = 1.25 * size;
        let bottom = top + leading * rows as f64;
        // The first row is the lowest, next to the plot.
        self.moments = placed
            .into_iter()
            .map(|(x, [left, _], row, label)| (x, left, bottom - leading * row as f64, label))
            .collect();
        bottom
    }

    /// Ticks, the axis' name, rows of numbers and the footer.
    pub(super) fn height_below(&self) -> f64 {
        let text = self.text;
        let named = if self.chart.x.label.is_empty() {
            0.0
        } else {
            1.35 * text
        };
        let rows = 2.5 * text * self.chart.below.len() as f64;
        let ticks = match self.chart.x.scale {
            Spacing::Named => 0.7 * text,
            _ => 1.7 * text,
        };
        ticks + named + rows + self.footer().len() as f64 * 1.05 * text + self.margin
    }

    pub(super) fn footer(&self) -> Vec<String> {
        let room = self.width - 2.0 * self.margin;
        let size = 0.8 * self.text;
        self.lettering
            .wrap(&self.chart.footer, Weight::Regular, size, room)
    }
}
