//! What moves a number most: bars from where an input is low to where it is high. The part on the
//! other side of zero has another colour where the end is told to lie there (its interval of 95 %
//! leaves out zero), since there the answer is another.
//!
//! | of | the number | low and high |
//! |---|---|---|
//! | a run | what the order changes, or a level | fifths of futures by the input |
//! | a comparison | the best option less the next | the same |
//! | a sweep | a level, low less high | the ends that were simulated |

use std::sync::Arc;

use super::axis::Axis;
use super::chart::{Chart, KeyEntry, Mark, Sample, Shape, Stroke};
use super::ink::Ink;
use super::units::in_data;
use super::{Figure, FigureError};
use crate::measure::interval::Interval;
use crate::report::unit::{Scale, Unit};
use crate::result::table::ColumnKind::{Float64, Text};
use crate::result::table::{Column, Schema, Table};

/// Its name.
pub const NAME: &str = "tornado";
/// Bars that are drawn; all are in the data.
const MOST: usize = 10;

/// An end of a bar.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// The input there, in words.
    pub input: String,
    /// The number there; of a sweep's low end zero.
    pub mean: f64,
    /// Its interval of 95 %; nothing where it is the base of all.
    pub interval: Option<Interval>,
}

impl End {
    /// Whether it is told to lie on the other side of zero than this number.
    pub fn is_beyond_zero(&self, base: f64) -> bool {
        let beyond = self.mean * base < 0.0;
        beyond
            && self
                .interval
                .is_some_and(|interval| !interval.contains(0.0))
    }
}

/// An input.
#[derive(Clone, Debug)]
pub(super) struct Bar {
    /// Its path.
    pub path: String,
    /// As read.
    pub label: String,
    pub low: End,
    pub high: End,
}

/// What a tornado is of.
pub(super) struct Tornado<'t> {
    /// A part of the file's name.
    pub of: &'t str,
    /// What the reader should see, where the first bar does not say it.
    pub title: String,
    /// What is measured.
    pub subtitle: String,
    pub caption: String,
    pub unit: &'t Unit,
    /// Whether the number is a difference.
    pub is_difference: bool,
    /// From where bars go.
    pub base: f64,
    /// What it means to be told on the other side of zero; nothing where zero means nothing.
    pub beyond_zero: Option<String>,
    /// What the two ends are, low and high.
    pub ends: [&'static str; 2],
    /// The largest first.
    pub bars: Vec<Bar>,
    pub footer: String,
}

impl Tornado<'_> {
    pub(super) fn figure(mut self) -> Result<Figure, FigureError> {
        if self.bars.is_empty() {
            return Err(FigureError::Not {
                figure: NAME,
                why: "no input moves it by more than chance does; simulate more futures (-n)"
                    .to_owned(),
            });
        }
        let data = self.data();
        let all = self.bars.len();
        self.bars.truncate(MOST);
        let left_out = match all - self.bars.len() {
            0 => String::new(),
            more => format!(" {more} inputs that move it less are in the data only."),
        };
        Ok(Figure {
            kind: NAME,
            name: format!("{NAME}-{}", self.of),
            chart: self.chart(),
            data,
            caption: format!("{}{left_out} {}.", self.caption, self.footer),
        })
    }

    fn scale(&self) -> Scale {
        let ends = self.bars.iter().flat_map(|bar| [&bar.low, &bar.high]);
        self.unit
            .scale(ends.map(|end| end.mean.abs()).fold(0.0, f64::max))
    }

    fn chart(&self) -> Chart {
        let scale = self.scale();
        let on = |value: f64| value / scale.divisor;
        let reach = |end: &End| {
            let (low, high) = end
                .interval
                .map_or((end.mean, end.mean), |i| (i.low, i.high));
            [low, high]
        };
        let ends = self.bars.iter().flat_map(|bar| [&bar.low, &bar.high]);
        let all = ends.flat_map(reach).chain([self.base]);
        let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let x = Axis::of_numbers(&self.measured_in(&scale), (on(low), on(high)), "", 5);
        let mut marks = Vec::new();
        for (row, bar) in self.bars.iter().enumerate() {
            self.draw(bar, row as f64, &on, &mut marks);
        }
        let rule = |at: f64, stroke| Mark::Line {
            ink: Ink::Black,
            stroke,
            points: vec![[at, -0.5], [at, self.bars.len() as f64 - 0.5]],
        };
        marks.push(rule(on(self.base), Stroke::Thin));
        if self.beyond_zero.is_some() && x.from < 0.0 && 0.0 < x.to {
            marks.push(rule(0.0, Stroke::Dotted));
        }
        Chart {
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            key: self.key(&marks),
            x,
            y: Axis::of_rows(self.bars.iter().map(|bar| bar.label.clone())),
            marks,
            below: Vec::new(),
            footer: self.footer.clone(),
        }
    }

    /// A bar from each end to the base, cut at zero.
    fn draw(&self, bar: &Bar, row: f64, on: &dyn Fn(f64) -> f64, marks: &mut Vec<Mark>) {
        let ends = [
            (&bar.low, Ink::Sky, Shape::Square),
            (&bar.high, Ink::Blue, Shape::Round),
        ];
        for (end, ink, _) in &ends {
            for (from, to, ink) in self.pieces(end, *ink) {
                let (top, bottom) = (row - 0.3, row + 0.3);
                marks.push(Mark::Band {
                    ink,
                    strength: 0.85,
                    points: vec![[on(from), top, bottom], [on(to), top, bottom]],
                });
            }
        }
        for (end, ink, shape) in ends {
            if let Some(interval) = end.interval {
                marks.push(Mark::Line {
                    ink: Ink::Black,
                    stroke: Stroke::Thin,
                    points: vec![[on(interval.low), row], [on(interval.high), row]],
                });
                let at = [on(end.mean), row];
                marks.push(Mark::Dot { at, ink, shape });
            }
        }
    }

    /// From the base to an end, the part on the other side of zero by itself where the end is
    /// told to lie there.
    fn pieces(&self, end: &End, ink: Ink) -> Vec<(f64, f64, Ink)> {
        if self.beyond_zero.is_some() && end.is_beyond_zero(self.base) {
            vec![(self.base, 0.0, ink), (0.0, end.mean, Ink::Vermilion)]
        } else {
            vec![(self.base, end.mean, ink)]
        }
    }

    fn key(&self, marks: &[Mark]) -> Vec<KeyEntry> {
        let entry = |ink, sample, label: &str| KeyEntry {
            ink,
            sample,
            label: label.to_owned(),
        };
        let [low, high] = self.ends;
        let is_drawn = |wanted: Ink| {
            marks
                .iter()
                .any(|mark| matches!(mark, Mark::Band { ink, .. } if *ink == wanted))
        };
        let both = self.bars.iter().any(|bar| bar.low.interval.is_some());
        let mut key = Vec::new();
        if both {
            key.push(entry(Ink::Sky, Sample::Dot(Shape::Square), low));
        }
        key.push(entry(Ink::Blue, Sample::Dot(Shape::Round), high));
        key.push(entry(
            Ink::Black,
            Sample::Line(Stroke::Thin),
            "95 % interval",
        ));
        if let Some(beyond) = self
            .beyond_zero
            .as_ref()
            .filter(|_| is_drawn(Ink::Vermilion))
        {
            key.push(entry(Ink::Vermilion, Sample::Patch(0.85), beyond));
        }
        key
    }

    fn measured_in(&self, scale: &Scale) -> String {
        let unit = if self.is_difference {
            &scale.difference
        } else {
            &scale.suffix
        };
        format!("{}{}", scale.prefix, unit.trim_start()).replace('%', "per cent")
    }

    fn data(&self) -> Table {
        let unit = in_data(self.unit);
        let real = |name: &str, about: &str| Column::new(name, Float64, &unit, about).nullable();
        let mut columns = vec![Column::new("input", Text, "", "its path in the scenario")];
        for end in ["low", "high"] {
            let of = |what: &str| format!("{what}, where it is {end}");
            columns.push(Column::new(
                &format!("input_{end}"),
                Text,
                "",
                &of("the input"),
            ));
            columns.push(real(&format!("mean_{end}"), &of("the mean")));
            columns.push(real(
                &format!("mean_{end}_from"),
                &of("lower end of its 95 % interval"),
            ));
            columns.push(real(
                &format!("mean_{end}_to"),
                &of("upper end of its 95 % interval"),
            ));
        }
        let mut table = Table::new(Schema {
            table: NAME.to_owned(),
            columns,
        });
        for bar in &self.bars {
            let text = |text: &str| -> Arc<str> { Arc::from(text) };
            let mut row = table.row().text(&text(&bar.path));
            for end in [&bar.low, &bar.high] {
                let interval = end.interval.map_or([f64::NAN; 2], |i| [i.low, i.high]);
                row = row.text(&text(&end.input)).float(end.mean).floats(interval);
            }
            row.end();
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(mean: f64, interval: Option<(f64, f64)>) -> End {
        End {
            input: String::new(),
            mean,
            interval: interval.map(|(low, high)| Interval { low, high }),
        }
    }

    #[test]
    fn an_end_is_beyond_zero_only_where_its_interval_leaves_out_zero() {
        let inks = |mean: f64, interval: Option<(f64, f64)>| {
            let tornado = Tornado {
                of: "m",
                title: String::new(),
                subtitle: String::new(),
                caption: String::new(),
                unit: &Unit::Percent,
                is_difference: true,
                base: 2.0,
                beyond_zero: Some("other".to_owned()),
                ends: ["low", "high"],
                bars: Vec::new(),
                footer: String::new(),
            };
            let pieces = tornado.pieces(&end(mean, interval), Ink::Blue).into_iter();
            pieces.map(|(.., ink)| ink).collect::<Vec<_>>()
        };
        let told = inks(-1.0, Some((-1.8, -0.2)));
        assert_eq!(told, [Ink::Blue, Ink::Vermilion]);
        assert_eq!(inks(-1.0, Some((-2.2, 0.2))), [Ink::Blue]);
        assert_eq!(inks(-1.0, None), [Ink::Blue]);
        assert_eq!(inks(1.0, Some((0.2, 1.8))), [Ink::Blue]);
    }
}
