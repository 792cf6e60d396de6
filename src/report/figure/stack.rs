//! Shares of a whole over time, one upon the other. Each has a letter, which stands in the key, on
//! the area, and beside the plot where the area is too thin to hold it, so that none is known by
//! its colour alone.

use super::axis::{Axis, days};
use super::chart::{Beside, KeyEntry, Mark, Sample, Word};
use super::ink::Ink;
use crate::domain::Date;
use crate::report::digits::figure as digits;

/// What the words on areas mean, for captions.
pub(super) const WRITTEN: &str =
    "Letters name the areas; shares written are those of the last day.";
/// Share of the plot's width at which shares are written.
const WRITTEN_AT: f64 = 0.91;
/// The least share on which a word can be written.
const ROOM_FOR_A_WORD: f64 = 0.08;

/// One share over time.
pub(super) struct Layer {
    /// Of what.
    pub label: String,
    /// Its ink.
    pub ink: Ink,
    /// At each date, from 0 to 1.
    pub shares: Vec<f64>,
}

/// The layers from the bottom with their letters and shares, and what the letters and inks mean.
pub(super) fn stacked(dates: &[Date], x: &Axis, layers: Vec<Layer>) -> (Vec<Mark>, Vec<KeyEntry>) {
    let mut below = vec![0.0; dates.len()];
    let (mut bands, mut words, mut key) = (Vec::new(), Vec::new(), Vec::new());
    for (Layer { label, ink, shares }, letter) in layers.into_iter().zip('a'..) {
        let mut points = Vec::with_capacity(dates.len());
        for ((date, below), share) in dates.iter().zip(&mut below).zip(&shares) {
            points.push([days(*date), *below, *below + share]);
            *below += share;
        }
        words.extend(
            written(&points, x, (letter, ink))
                .into_iter()
                .map(Mark::Word),
        );
        bands.push(Mark::Band {
            ink,
            strength: 1.0,
            points,
        });
        key.push(KeyEntry {
            ink,
            sample: Sample::Patch(1.0),
            label: format!("{letter}: {label}"),
        });
    }
    bands.extend(words);
    (bands, key)
}

/// The letter and the last share, on the area where there is room at its end, else beside the
/// plot; then the letter also where the area is thickest, if it is thick enough anywhere.
fn written(points: &[[f64; 3]], x: &Axis, (letter, ink): (char, Ink)) -> Vec<Word> {
    let Some(&[_, from, to]) = points.last() else {
        return Vec::new();
    };
    let text = format!("{letter} {}", percent(to - from));
    let has_room = |[_, low, high]: &[f64; 3]| high - low >= ROOM_FOR_A_WORD;
    let middle = |&[at, low, high]: &[f64; 3]| [at, f64::midpoint(low, high)];
    let at = |part: f64| x.from + part * (x.to - x.from);
    let near_the_end = points.iter().find(|point| point[0] >= at(WRITTEN_AT));
    if let Some(place) = near_the_end.filter(|point| has_room(point)) {
        return vec![Word::on(middle(place), text, ink)];
    }
    let mut words = vec![Word {
        at: [x.to, f64::midpoint(from, to)],
        texts: vec![text],
        room: None,
        beside: Beside::Edge,
        on: None,
    }];
    let inside = at(1.0 - WRITTEN_AT)..at(WRITTEN_AT);
    let inside = points.iter().filter(|point| inside.contains(&point[0]));
    let thickest = inside.max_by(|a, b| (a[2] - a[1]).total_cmp(&(b[2] - b[1])));
    if let Some(place) = thickest.filter(|point| has_room(point)) {
        words.push(Word::on(middle(place), letter.to_string(), ink));
    }
    words
}

/// A share as read: what is rare is not never, and what is common not always.
pub(super) fn percent(share: f64) -> String {
    match share {
        rare if 0.0 < rare && rare <= 0.005 => "under 1 %".to_owned(),
        common if (0.995..1.0).contains(&common) => "over 99 %".to_owned(),
        share => format!("{} %", digits(100.0 * share, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn what_is_rare_is_not_never() {
        let said = [0.0, 0.005, 0.006, 0.43, 0.994, 0.9999, 1.0].map(percent);
        let wanted = [
            "0 %",
            "under 1 %",
            "1 %",
            "43 %",
            "99 %",
            "over 99 %",
            "100 %",
        ];
        assert_eq!(said, wanted);
    }
}
