//! The distribution of a forecast: a weighted mixture over futures of what would have been
//! observed of each, which is normal.

use crate::analysis::observing::Seen;
use crate::measure::scores::NormalMixture;

/// Futures whose weight is below this are left out: together they move no figure that is shown.
const NEGLIGIBLE: f64 = 1e-12;

/// The mixture of what was seen of the futures with these weights. Futures that have no such
/// value are left out, and the rest stands for all; `None` where none is left.
#[must_use]
pub fn mixture(seen: &[Option<Seen>], weights: &[f64]) -> Option<NormalMixture> {
    let parts = seen.iter().zip(weights);
    let parts = parts.filter_map(|(seen, &weight)| Some((weight, (*seen)?)));
    let parts: Vec<(f64, Seen)> = parts.filter(|(weight, _)| *weight > NEGLIGIBLE).collect();
    let weights: Vec<f64> = parts.iter().map(|(weight, _)| *weight).collect();
    let means = parts.iter().map(|(_, seen)| seen.mean).collect();
    let sds = parts.iter().map(|(_, seen)| seen.sd).collect();
    NormalMixture::new(&weights, means, sds).ok()
}

/// One normal distribution; `None` unless `sd` is positive.
#[must_use]
pub fn normal(mean: f64, sd: f64) -> Option<NormalMixture> {
    NormalMixture::new(&[1.0], vec![mean], vec![sd]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn futures_without_the_value_are_left_out() {
        let one = Some(Seen { mean: 1.0, sd: 0.1 });
        let mixed = mixture(&[None, one, None], &[0.5, 0.1, 0.4]).unwrap();
        assert_eq!((mixed.mean(), mixed.sd()), (1.0, 0.1));
        assert!(mixture(&[None], &[1.0]).is_none());
        assert!(mixture(&[one], &[0.0]).is_none());
    }
}
