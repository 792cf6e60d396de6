//! Shares of a whole over time, one upon the other.

use super::axis::{Axis, days};
use super::chart::{KeyEntry, Mark, Sample, Word};
use super::ink::Ink;
use crate::domain::Date;
use crate::report::digits::figure as digits;

/// Share of the plot's width at which shares are written.
const WRITTEN_AT: f64 = 0.94;
/// The least share in which one can be written.
const ROOM_FOR_A_SHARE: f64 = 0.08;

/// One share over time.
pub(super) struct Layer {
    /// Of what.
    pub label: String,
    /// Its ink.
    pub ink: Ink,
    /// At each date, from 0 to 1.
    pub shares: Vec<f64>,
}

/// The layers from the bottom, with shares written where there is room, and what the inks mean.
pub(super) fn stacked(dates: &[Date], x: &Axis, layers: Vec<Layer>) -> (Vec<Mark>, Vec<KeyEntry>) {
    let at = x.from + WRITTEN_AT * (x.to - x.from);
    let written = dates.iter().position(|date| days(*date) >= at);
    let mut below = vec![0.0; dates.len()];
    let (mut bands, mut words, mut key) = (Vec::new(), Vec::new(), Vec::new());
    for Layer { label, ink, shares } in layers {
        let mut points = Vec::with_capacity(dates.len());
        for ((date, below), share) in dates.iter().zip(&mut below).zip(&shares) {
            points.push([days(*date), *below, *below + share]);
            *below += share;
        }
        if let Some(&[x, low, high]) = written.and_then(|written| points.get(written))
            && high - low >= ROOM_FOR_A_SHARE
        {
            let at = [x, 0.5 * (low + high)];
            words.push(Mark::Word(Word::on(at, percent(high - low), ink)));
        }
        bands.push(Mark::Band {
            ink,
            strength: 1.0,
            points,
        });
        key.push(KeyEntry {
            ink,
            sample: Sample::Patch(1.0),
            label,
        });
    }
    bands.extend(words);
    (bands, key)
}

/// A share as read.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", digits(100.0 * share, 0))
}
