//! The test for leaks: with the dates of what was observed shuffled, forecasts must score worse.
//!
//! The values of each series change their dates among themselves, before anything is learned or
//! scored. A forecast that knows only the past then meets values that its futures do not make
//! likely on those dates, and scores worse if it had any grip on when things happen. One that has
//! been told what it is to forecast (the value was learned from, or an input was fitted to it
//! through the same observations) follows the value to its new date and scores as well as before.
//! So equal scores say: there is a leak, or the forecast never knew one date from another.

use crate::chance::{EntityKey, Run, Seed, Stream};
use crate::scenario::resolved::{Bound, Observation, ObservationUse};

/// Lets the values of each series change their dates, by a draw under `seed` that leaves no series
/// of two or more values as it was.
pub fn shuffle(observations: &mut [Observation], seed: u64) {
    let mut series: Vec<String> = observations
        .iter()
        .filter_map(|observation| observation.series.clone())
        .collect();
    series.sort_unstable();
    series.dedup();
    let stream = Stream::new(Seed(seed), "backtest", "shuffled dates");
    for name in series {
        let of_series: Vec<usize> = (0..observations.len())
            .filter(|&at| takes_part(&observations[at], &name))
            .collect();
        let values: Vec<f64> = of_series.iter().map(|&at| observations[at].value).collect();
        let shuffled = permuted(&values, &stream, EntityKey::of(&name));
        for (&at, value) in of_series.iter().zip(shuffled) {
            observations[at].value = value;
        }
    }
}

fn takes_part(observation: &Observation, series: &str) -> bool {
    observation.series.as_deref() == Some(series)
        && observation.use_for != ObservationUse::Claim
        && observation.bound == Bound::Exact
}

/// The values in an order drawn uniformly (Fisher & Yates 1938; Durstenfeld 1964); one that is as
/// before is turned by one place.
fn permuted(values: &[f64], stream: &Stream, entity: EntityKey) -> Vec<f64> {
    let mut shuffled = values.to_vec();
    for (index, last) in (1..shuffled.len()).rev().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let u = stream.uniform(Run(0), entity, index);
        shuffled.swap(last, (u * (last + 1) as f64) as usize);
    }
    if shuffled == values && shuffled.len() > 1 {
        shuffled.rotate_left(1);
    }
    shuffled
}
