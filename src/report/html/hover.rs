//! What the page's script says at a place of a figure: the values of its curves there, by the
//! names of the key and as the axis has them.

use serde_json::{Value, json};

use crate::domain::Date;
use crate::report::digits::{figure as digits, rounded};
use crate::report::figure::axis::{Axis, Spacing};
use crate::report::figure::chart::{Chart, KeyEntry, Mark, Sample, Stroke};
use crate::report::figure::ink::Ink;

/// Points of a rule; a curve has more.
const OF_A_RULE: usize = 2;

/// The values of a figure, at each place at which a curve has one.
#[derive(Clone, PartialEq, Debug)]
pub struct Hover {
    /// How far along the axis each place is, from 0 to 1, rising.
    pub at: Vec<f64>,
    /// Each place in words.
    pub places: Vec<String>,
    /// The name of each curve, and what it says at each place.
    pub curves: Vec<(String, Vec<Option<String>>)>,
}

impl Hover {
    /// The values of a chart; of one without curves there are none. `dated` is one along days.
    #[must_use]
    pub fn of(chart: &Chart, dated: bool) -> Option<Self> {
        if [&chart.x, &chart.y]
            .iter()
            .any(|axis| axis.scale == Spacing::Named)
        {
            return None;
        }
        let told = chart.key.iter().enumerate();
        let curves: Vec<(String, Vec<(f64, String)>)> = told
            .filter_map(|(at, entry)| Some((entry.label.clone(), said(chart, at, entry)?)))
            .collect();
        let points = curves.iter().flat_map(|(_, points)| points);
        let mut xs: Vec<f64> = points.map(|(x, _)| *x).collect();
        xs.sort_by(f64::total_cmp);
        xs.dedup();
        if xs.is_empty() {
            return None;
        }
        let at_each = |points: Vec<(f64, String)>| {
            let mut values = vec![None; xs.len()];
            for (x, text) in points {
                if let Ok(at) = xs.binary_search_by(|known| known.total_cmp(&x)) {
                    values[at] = Some(text);
                }
            }
            values
        };
        let curves = curves.into_iter();
        Some(Self {
            curves: curves
                .map(|(name, points)| (name, at_each(points)))
                .collect(),
            at: xs.iter().map(|x| chart.x.part(*x)).collect(),
            places: xs.iter().map(|x| place(&chart.x, *x, dated)).collect(),
        })
    }

    /// As data for the script.
    #[must_use]
    pub fn script(&self) -> Value {
        let names = self.curves.iter().map(|(name, _)| name);
        let values = self.curves.iter().map(|(_, values)| values);
        json!({
            "at": self.at.iter().map(|part| (part * 1e5).round() / 1e5).collect::<Vec<_>>(),
            "places": self.places,
            "names": names.collect::<Vec<_>>(),
            "values": values.collect::<Vec<_>>(),
        })
    }
}

/// A place across in words.
fn place(axis: &Axis, x: f64, dated: bool) -> String {
    if dated {
        return date(x).map_or_else(String::new, Date::in_words);
    }
    let number = if x.fract() == 0.0 {
        digits(x, 0)
    } else {
        rounded(x)
    };
    format!("{}: {number}", axis.label)
}

/// The date of a place on an axis of dates.
fn date(days: f64) -> Option<Date> {
    let epoch = Date::from_ymd(1970, 1, 1).ok()?;
    Some(epoch.plus_days(days as i32))
}

/// What an entry of the key says at each point of its curve; nothing where it has no curve of its
/// own, such as that of single futures.
fn said(chart: &Chart, at: usize, entry: &KeyEntry) -> Option<Vec<(f64, String)>> {
    let y = &chart.y;
    let number = |value: f64| y.number(value);
    match entry.sample {
        Sample::Line(Stroke::Hair) | Sample::Dot(_) => None,
        Sample::Line(stroke) => {
            let line = line(chart, entry.ink, stroke)?;
            // A pale area in the ink of the curve that the key does not name is its interval.
            let pale = bands(chart, entry.ink)
                .next()
                .filter(|_| patches(chart, entry.ink) == 0);
            let said = line.iter().map(|&[x, value]| {
                let ends = pale.and_then(|(_, band)| band.iter().find(|point| point[0] == x));
                let ends =
                    ends.map(|[_, low, high]| format!(" [{} to {}]", number(*low), number(*high)));
                (x, y.says(value) + &ends.unwrap_or_default())
            });
            Some(said.collect())
        }
        Sample::Patch(_) => {
            // The key has areas of one ink in the order in which they are drawn.
            let before = chart.key[..at]
                .iter()
                .filter(|other| is_patch(other, entry.ink))
                .count();
            if patches(chart, entry.ink) != bands(chart, entry.ink).count() {
                return None;
            }
            let (strength, band) = bands(chart, entry.ink).nth(before)?;
            let said = band.iter().map(|&[x, low, high]| {
                // A full area is how much there is, a pale one from where to where.
                let text = if strength < 1.0 {
                    format!("{}{} to {}", y.said.before, number(low), number(high)) + &y.said.after
                } else {
                    y.says(high - low)
                };
                (x, text)
            });
            (band.len() > OF_A_RULE).then(|| said.collect())
        }
    }
}

/// The one curve of this ink and stroke.
fn line(chart: &Chart, wanted: Ink, how: Stroke) -> Option<&[[f64; 2]]> {
    let mut lines = chart.marks.iter().filter_map(|mark| match mark {
        Mark::Line {
            ink,
            stroke,
            points,
        } if (*ink, *stroke) == (wanted, how) => Some(&**points),
        _ => None,
    });
    let line = lines.next().filter(|points| points.len() > OF_A_RULE);
    line.filter(|_| lines.next().is_none())
}

/// Areas of this ink with their strengths, in the order in which they are drawn.
fn bands(chart: &Chart, wanted: Ink) -> impl Iterator<Item = (f64, &[[f64; 3]])> {
    chart.marks.iter().filter_map(move |mark| match mark {
        Mark::Band {
            ink,
            strength,
            points,
        } if *ink == wanted => Some((*strength, &**points)),
        _ => None,
    })
}

fn is_patch(entry: &KeyEntry, ink: Ink) -> bool {
    entry.ink == ink && matches!(entry.sample, Sample::Patch(_))
}

/// How many areas of this ink the key names.
fn patches(chart: &Chart, ink: Ink) -> usize {
    chart
        .key
        .iter()
        .filter(|entry| is_patch(entry, ink))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(ink: Ink, sample: Sample, label: &str) -> KeyEntry {
        KeyEntry {
            ink,
            sample,
            label: label.to_owned(),
        }
    }

    fn band(ink: Ink, strength: f64, points: &[[f64; 3]]) -> Mark {
        Mark::Band {
            ink,
            strength,
            points: points.to_vec(),
        }
    }

    fn line(ink: Ink, stroke: Stroke, points: &[[f64; 2]]) -> Mark {
        Mark::Line {
            ink,
            stroke,
            points: points.to_vec(),
        }
    }

    fn chart(x: Axis, y: Axis, key: Vec<KeyEntry>, marks: Vec<Mark>) -> Chart {
        Chart {
            title: String::new(),
            subtitle: String::new(),
            key,
            x,
            y,
            marks,
            below: Vec::new(),
            footer: String::new(),
        }
    }

    fn told(hover: &Hover, at: usize) -> Vec<String> {
        let curves = hover.curves.iter();
        let told =
            curves.filter_map(|(name, values)| Some(format!("{name} {}", values[at].as_ref()?)));
        told.collect()
    }

    #[test]
    fn curves_and_areas_are_said_by_the_key_and_in_the_unit_of_the_axis() {
        let days = [0.0, 31.0, 59.0];
        let date = |day: f64| date(day).unwrap();
        let marks = vec![
            band(Ink::Blue, 0.1, &days.map(|day| [day, 0.1, 0.9])),
            band(Ink::Blue, 0.2, &days.map(|day| [day, 0.4, 0.612])),
            line(Ink::Black, Stroke::Hair, &days.map(|day| [day, 0.3])),
            line(Ink::Blue, Stroke::Solid, &days.map(|day| [day, 0.575])),
            band(Ink::Green, 1.0, &days.map(|day| [day, 0.25, 0.6])),
            line(Ink::Orange, Stroke::Dashed, &days.map(|day| [day, 0.5])),
            band(Ink::Orange, 0.2, &days.map(|day| [day, 0.44, 0.56])),
            line(Ink::Black, Stroke::Dotted, &[[0.0, 0.5], [59.0, 0.5]]),
        ];
        let key = vec![
            entry(Ink::Blue, Sample::Line(Stroke::Solid), "median"),
            entry(Ink::Blue, Sample::Patch(0.1), "80 in 100"),
            entry(Ink::Blue, Sample::Patch(0.3), "50"),
            entry(Ink::Green, Sample::Patch(1.0), "at home"),
            entry(Ink::Orange, Sample::Line(Stroke::Dashed), "open"),
            entry(Ink::Black, Sample::Line(Stroke::Hair), "single futures"),
            entry(Ink::Black, Sample::Line(Stroke::Dotted), "from all"),
        ];
        let x = Axis::of_dates(date(0.0), date(59.0));
        let hover = Hover::of(&chart(x, Axis::of_shares(), key, marks), true).unwrap();
        let expected = [
            "median 57.5 %",
            "80 in 100 10 to 90 %",
            "50 40 to 61.2 %",
            "at home 35 %",
            "open 50 % [44 to 56]",
        ];
        for at in 0..days.len() {
            assert_eq!(told(&hover, at), expected);
        }
        assert_eq!(hover.places, days.map(|day| date(day).in_words()));
        assert_eq!(hover.at, [0.0, 31.0 / 59.0, 1.0]);
    }

    #[test]
    fn curves_that_are_not_along_days_have_values_too() {
        let years = [2.0, 5.0, 20.0];
        let marks = vec![
            band(Ink::Blue, 0.2, &years.map(|year| [year, year, 3.0 * year])),
            line(
                Ink::Blue,
                Stroke::Solid,
                &years.map(|year| [year, 2.0 * year]),
            ),
            line(
                Ink::Green,
                Stroke::Dotted,
                &[[2.0, 1.0], [2.5, 1.5], [5.0, 2.0]],
            ),
        ];
        let key = vec![
            entry(Ink::Blue, Sample::Line(Stroke::Solid), "a year"),
            entry(Ink::Green, Sample::Line(Stroke::Dotted), "short of"),
        ];
        let x = Axis::of_powers("once in so many years", (2.0, 20.0));
        let y = Axis::of_numbers("", (0.0, 60.0), "", 5).in_unit("USD ", " m");
        let hover = Hover::of(&chart(x, y, key, marks), false).unwrap();
        assert_eq!(hover.places[1], "once in so many years: 2.5");
        assert_eq!(told(&hover, 1), ["short of USD 1.5 m"]);
        assert_eq!(
            told(&hover, 2),
            ["a year USD 10 m [5 to 15]", "short of USD 2 m"]
        );
        assert_eq!(told(&hover, 3), ["a year USD 40 m [20 to 60]"]);
    }

    #[test]
    fn bars_and_rows_have_none() {
        let bars = vec![
            band(Ink::Blue, 0.8, &[[0.1, 0.0, 3.0], [0.2, 0.0, 3.0]]),
            band(Ink::Blue, 0.8, &[[0.3, 0.0, 4.0], [0.4, 0.0, 4.0]]),
        ];
        let key = vec![entry(Ink::Blue, Sample::Patch(0.8), "held out")];
        let even = |scale| Axis {
            scale,
            ..Axis::of_shares()
        };
        for scale in [Spacing::Even, Spacing::Named] {
            let chart = chart(Axis::of_shares(), even(scale), key.clone(), bars.clone());
            assert_eq!(Hover::of(&chart, false), None);
        }
    }
}
