//! Axes: a range, and ticks at numbers or dates that a person would choose, or rows by name.

use crate::chance::math::ln;
use crate::domain::Date;
use crate::report::digits::{figure, rounded};

/// A direction of a chart.
#[derive(Clone, PartialEq, Debug)]
pub struct Axis {
    /// What it measures; empty where the subtitle says so or it is time.
    pub label: String,
    /// The least that is shown.
    pub from: f64,
    /// The most.
    pub to: f64,
    /// From `from` to `to`.
    pub ticks: Vec<Tick>,
    /// How values are spread along it.
    pub scale: Spacing,
    /// How a single value along it is said.
    pub said: Said,
}

/// How a value along an axis is said where it stands alone: with its unit, which a title or a
/// subtitle gives the ticks.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// What is said for 1 along the axis.
    pub times: f64,
    /// Before the number, such as `USD `.
    pub before: String,
    /// After it, such as ` %`.
    pub after: String,
}

impl Default for Said {
    fn default() -> Self {
        Self {
            times: 1.0,
            before: String::new(),
            after: String::new(),
        }
    }
}

/// How values are spread along an axis.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spacing {
    /// Equal steps for equal differences.
    Even,
    /// Equal steps for equal ratios.
    Powers,
    /// One after the other, by their names.
    Named,
}

/// A place on an axis.
#[derive(Clone, PartialEq, Debug)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// What is written there.
    pub label: String,
}

impl Axis {
    /// Numbers from `low` to `high`, taken out to ticks of 1, 2 or 5 times a power of ten,
    /// about `wanted` of them, each followed by `suffix`.
    #[must_use]
    pub fn of_numbers(label: &str, (low, high): (f64, f64), suffix: &str, wanted: usize) -> Self {
        let (low, high) = if high - low > 1e-9 * low.abs().max(high.abs()).max(1e-9) {
            (low, high)
        } else {
            let room = 0.5_f64.max(0.1 * low.abs());
            (low - room, high + room)
        };
        let (step, decimals) = step_of((high - low) / wanted.max(1) as f64);
        let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
        let ticks = (first..=last).map(|k| {
            let at = k as f64 * step;
            Tick {
                at,
                label: format!("{}{suffix}", figure(at, decimals)),
            }
        });
        Self {
            label: label.to_owned(),
            from: first as f64 * step,
            to: last as f64 * step,
            ticks: ticks.collect(),
            scale: Spacing::Even,
            said: Said {
                after: suffix.to_owned(),
                ..Said::default()
            },
        }
    }

    /// Names one below the other, the first at the top, at 0, 1, 2 …
    #[must_use]
    pub fn of_rows(names: impl IntoIterator<Item = String>) -> Self {
        let across = Self::of_columns(names);
        Self {
            from: across.to,
            to: across.from,
            ..across
        }
    }

    /// Names one beside the other, at 0, 1, 2 …
    #[must_use]
    pub fn of_columns(names: impl IntoIterator<Item = String>) -> Self {
        let ticks = names.into_iter().enumerate();
        let ticks = ticks.map(|(at, label)| Tick {
            at: at as f64,
            label,
        });
        let ticks: Vec<Tick> = ticks.collect();
        Self {
            label: String::new(),
            from: -0.5,
            to: ticks.len().max(1) as f64 - 0.5,
            ticks,
            scale: Spacing::Named,
            said: Said::default(),
        }
    }

    /// Ratios from `low` to `high`, both positive, with ticks at 1, 2 and 5 times powers of ten
    /// or, over many powers, at these alone.
    #[must_use]
    pub fn of_powers(label: &str, (low, high): (f64, f64)) -> Self {
        let high = high.max(1.5 * low);
        let powers = |factors: &[f64]| -> Vec<f64> {
            let all = (-12..=15).flat_map(|power| {
                factors.iter().map(move |factor| {
                    let read = format!("{factor}e{power}").parse();
                    read.unwrap_or(f64::NAN)
                })
            });
            let all: Vec<f64> = all.collect();
            let first = all
                .iter()
                .rposition(|at| *at <= low * (1.0 + 1e-9))
                .unwrap_or(0);
            let last = all.iter().position(|at| *at >= high * (1.0 - 1e-9));
            all[first..=last.unwrap_or(all.len() - 1)].to_vec()
        };
        let mut ticks = powers(&[1.0, 2.0, 5.0]);
        if ticks.len() > 10 {
            ticks = powers(&[1.0]);
        }
        Self {
            label: label.to_owned(),
            from: ticks[0],
            to: ticks[ticks.len() - 1],
            ticks: ticks
                .into_iter()
                .map(|at| Tick {
                    at,
                    label: rounded(at),
                })
                .collect(),
            scale: Spacing::Powers,
            said: Said::default(),
        }
    }

    /// Shares from nothing to all, in per cent.
    #[must_use]
    pub fn of_shares() -> Self {
        let mut axis = Self::of_numbers("", (0.0, 1.0), "", 5);
        for tick in &mut axis.ticks {
            tick.label = format!("{} %", figure(100.0 * tick.at, 0));
        }
        axis.said.times = 100.0;
        axis.in_unit("", " %")
    }

    /// The same, whose values are said with these before and after them.
    #[must_use]
    pub fn in_unit(mut self, before: &str, after: &str) -> Self {
        before.clone_into(&mut self.said.before);
        after.clone_into(&mut self.said.after);
        self
    }

    /// Days from `start` to `end`, as days since 1970, with ticks at the beginnings of years.
    #[must_use]
    pub fn of_dates(start: Date, end: Date) -> Self {
        let (from, to) = (days(start), days(end).max(days(start) + 1.0));
        let (first, last) = (start.ymd().0, end.ymd().0);
        let years = first..=last;
        let ticks = years.filter_map(|year| {
            let at = days(Date::from_ymd(year, 1, 1).ok()?);
            let label = year.to_string();
            (from <= at && at <= to).then_some(Tick { at, label })
        });
        let mut ticks: Vec<Tick> = ticks.collect();
        if ticks.len() < 2 {
            let ends = [(from, start), (to, end)];
            ticks = ends
                .map(|(at, date)| Tick {
                    at,
                    label: date.month_in_words(),
                })
                .into();
        }
        Self {
            label: String::new(),
            from,
            to,
            ticks,
            scale: Spacing::Even,
            said: Said::default(),
        }
    }

    /// A number along the axis in words but for its unit: to three digits, and no finer than a
    /// thousandth of the axis, which nobody could read off it.
    #[must_use]
    pub fn number(&self, value: f64) -> String {
        let value = self.said.times * value;
        if self.scale != Spacing::Even {
            return rounded(value);
        }
        let finest = -power_of(self.said.times * (self.to - self.from).abs() / 1000.0);
        let three = 2 - power_of(value);
        let text = figure(value, three.min(finest.max(0)));
        match text.split_once('.') {
            Some(_) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            None => text,
        }
    }

    /// A value along the axis in words.
    #[must_use]
    pub fn says(&self, value: f64) -> String {
        let Said { before, after, .. } = &self.said;
        format!("{before}{}{after}", self.number(value))
    }

    /// How far along the axis a value lies, from 0 to 1.
    #[must_use]
    pub fn part(&self, value: f64) -> f64 {
        let part = |value: f64, from: f64, to: f64| (value - from) / (to - from);
        match self.scale {
            Spacing::Powers => part(ln(value), ln(self.from), ln(self.to)),
            Spacing::Even | Spacing::Named => part(value, self.from, self.to),
        }
    }
}

/// A date as a place on an axis of dates.
#[must_use]
pub fn days(date: Date) -> f64 {
    f64::from(date.days_since_epoch())
}

/// The power of ten of a number's first digit.
fn power_of(number: f64) -> i32 {
    let written = format!("{number:e}");
    let power = written
        .split_once('e')
        .and_then(|(_, power)| power.parse().ok());
    power.unwrap_or(0)
}

/// The least of 1, 2 and 5 times a power of ten that is `least` or more, and the decimals that
/// it takes to write it.
fn step_of(least: f64) -> (f64, i32) {
    let power = power_of(least);
    let candidates = [(1.0, power), (2.0, power), (5.0, power), (1.0, power + 1)];
    for (factor, power) in candidates {
        // Read rather than computed, so that 0.1 is the nearest number to a tenth.
        let step: f64 = format!("{factor}e{power}").parse().unwrap_or(1.0);
        if step >= least * (1.0 - 1e-12) {
            return (step, (-power).max(0));
        }
    }
    (1.0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_numbers_that_a_person_would_choose() {
        let labels = |low: f64, high: f64| -> Vec<String> {
            let axis = Axis::of_numbers("", (low, high), "", 5);
            axis.ticks.into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels(0.0, 1.0), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(61.2, 74.9), ["60", "65", "70", "75"]);
        assert_eq!(labels(-3.0, 12.0), ["−5", "0", "5", "10", "15"]);
        assert_eq!(
            labels(0.0, 23_000.0),
            ["0", "5,000", "10,000", "15,000", "20,000", "25,000"]
        );
        // A constant has room around it.
        let axis = Axis::of_numbers("", (7.0, 7.0), "", 4);
        assert!(axis.from < 7.0 && 7.0 < axis.to);
    }

    #[test]
    fn rows_go_down_and_ratios_have_equal_steps() {
        let rows = Axis::of_rows(["a", "b", "c"].map(str::to_owned));
        assert!(rows.part(0.0) > rows.part(1.0) && rows.part(1.0) > rows.part(2.0));
        let ratios = Axis::of_powers("", (3.0, 180.0));
        let labels: Vec<_> = ratios.ticks.iter().map(|tick| &*tick.label).collect();
        assert_eq!(labels, ["2", "5", "10", "20", "50", "100", "200"]);
        let step = |a: f64, b: f64| ratios.part(b) - ratios.part(a);
        assert!((step(2.0, 20.0) - step(10.0, 100.0)).abs() < 1e-12);
        assert_eq!(ratios.part(200.0), 1.0);
        let wide = Axis::of_powers("", (1.0, 1e6));
        assert_eq!(wide.ticks.len(), 7);
    }

    #[test]
    fn a_value_alone_is_said_as_the_axis_has_it_with_its_unit() {
        let shares = Axis::of_shares();
        assert_eq!(shares.says(0.57519), "57.5 %");
        assert_eq!(shares.says(1.0), "100 %");
        assert_eq!(shares.says(0.000_031), "0 %");
        assert_eq!(shares.says(-1e-9), "0 %");
        let index = Axis::of_numbers("", (61.2, 74.9), "", 5);
        assert_eq!(index.says(70.123), "70.1");
        let money = Axis::of_numbers("", (0.0, 12_000.0), "", 5).in_unit("USD ", " m a year");
        assert_eq!(money.says(6_671.0), "USD 6,670 m a year");
        let ratios = Axis::of_powers("", (0.001, 100.0)).in_unit("USD ", " m");
        assert_eq!(ratios.says(0.012_34), "USD 0.0123 m");
    }

    #[test]
    fn dates_have_ticks_at_new_year_or_at_both_ends() {
        let date = |y, m, d| Date::from_ymd(y, m, d).unwrap();
        let axis = Axis::of_dates(date(2014, 7, 31), date(2017, 2, 28));
        let labels: Vec<_> = axis.ticks.iter().map(|tick| &*tick.label).collect();
        assert_eq!(labels, ["2015", "2016", "2017"]);
        let short = Axis::of_dates(date(2014, 7, 31), date(2014, 12, 31));
        let labels: Vec<_> = short.ticks.iter().map(|tick| &*tick.label).collect();
        assert_eq!(labels, ["Jul 2014", "Dec 2014"]);
    }
}
