//! Intervals for a share and for a mean.
//!
//! An [`Interval`] here is always one of simulation error: where the true value may
//! lie, given that only n runs were seen. It narrows with more runs. The spread of
//! futures, which does not, is told by quantiles.

use serde::{Deserialize, Serialize};

use super::distribution::{normal_quantile, student_t_quantile};

/// From `low` to `high`, both included, in the unit of what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// `centre` ± `half_width`.
    pub fn around(centre: f64, half_width: f64) -> Self {
        Self {
            low: centre - half_width,
            high: centre + half_width,
        }
    }

    /// Whether `value` lies inside, ends included.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Half the distance of the ends.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// The distance from `estimate` to the farther end: what is printed after ±, so that what
    /// is printed holds the whole interval where it is not centred at the estimate.
    pub fn reach_from(&self, estimate: f64) -> f64 {
        f64::max(self.high - estimate, estimate - self.low)
    }
}

/// The interval of Wilson (1927) for a share, from `successes` in `n` trials.
///
/// Unlike the usual normal one it never leaves [0, 1], has width at 0 and at n
/// successes, and covers well for small n and rare events. `None` if n is 0, there
/// are more successes than trials, or the confidence is not strictly between 0 and 1.
pub fn wilson_interval(successes: u64, n: u64, confidence: f64) -> Option<Interval> {
    if n == 0 || successes > n {
        return None;
    }
    let z = two_sided(confidence).and_then(normal_quantile)?;
    let trials = n as f64;
    let share = successes as f64 / trials;
    let shrink = 1.0 + z * z / trials;
    let centre = (share + z * z / (2.0 * trials)) / shrink;
    let inner = share * (1.0 - share) / trials + z * z / (4.0 * trials * trials);
    let half_width = z * inner.sqrt() / shrink;
    Some(Interval {
        low: if successes == 0 {
            0.0
        } else {
            (centre - half_width).max(0.0)
        },
        high: if successes == n {
            1.0
        } else {
            (centre + half_width).min(1.0)
        },
    })
}

/// `estimate` ± z · `standard_error`: for estimates that are nearly normal, with an
/// error that is as good as known. `None` if the confidence is not strictly between 0
/// and 1.
pub fn normal_interval(estimate: f64, standard_error: f64, confidence: f64) -> Option<Interval> {
    let z = two_sided(confidence).and_then(normal_quantile)?;
    Some(Interval::around(estimate, z * standard_error))
}

/// The interval of Student (1908) for the mean of `n` values with this standard
/// error: exact for normal values at any n, nearly the normal one for many.
///
/// `None` if n is below 2 or the confidence is not strictly between 0 and 1.
pub fn mean_interval(mean: f64, standard_error: f64, n: u64, confidence: f64) -> Option<Interval> {
    let degrees = n.checked_sub(1)?;
    let t = student_t_quantile(degrees, two_sided(confidence)?)?;
    Some(Interval::around(mean, t * standard_error))
}

/// The p of the upper end of a two-sided interval.
pub(super) fn two_sided(confidence: f64) -> Option<f64> {
    (0.0 < confidence && confidence < 1.0).then(|| 0.5 + confidence / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixed::Moments;
    use crate::measure::toy::Toy;

    /// scipy 1.17.1, `binomtest(x, n).proportion_ci(0.95, method="wilson")`.
    #[test]
    fn wilson_intervals_of_scipy() {
        for (successes, n, low, high) in [
            (0, 10, 0.0, 0.27753279986288926),
            (3, 10, 0.10779126740630102, 0.6032218525388546),
            (10, 10, 0.7224672001371109, 1.0),
            (20, 1000, 0.012983682916415135, 0.030690005229717786),
        ] {
            let found = wilson_interval(successes, n, 0.95).unwrap();
            assert!((found.low - low).abs() < 1e-14 && (found.high - high).abs() < 1e-14);
        }
    }

    #[test]
    fn what_has_no_interval_is_none() {
        assert_eq!(wilson_interval(0, 0, 0.95), None);
        assert_eq!(wilson_interval(2, 1, 0.95), None);
        assert_eq!(mean_interval(1.0, 0.1, 1, 0.95), None);
        assert_eq!(mean_interval(1.0, 0.1, 0, 0.95), None);
        for confidence in [0.0, 1.0, f64::NAN] {
            assert_eq!(wilson_interval(1, 2, confidence), None);
            assert_eq!(normal_interval(1.0, 0.1, confidence), None);
        }
    }

    #[test]
    fn intervals_of_a_mean() {
        let normal = normal_interval(10.0, 2.0, 0.95).unwrap();
        assert!((normal.half_width() - 2.0 * 1.959963984540054).abs() < 1e-12);
        let student = mean_interval(10.0, 2.0, 6, 0.95).unwrap();
        assert!((student.half_width() - 2.0 * 2.5705818356363146).abs() < 1e-12);
        assert!(student.contains(10.0) && !normal.contains(15.0) && student.contains(15.0));
    }

    /// How often, in 3,000 toy repeats, `covers` holds: within 5 standard errors of
    /// `nominal` (chance of failing 6e-7 over seeds; the seeds here are fixed).
    fn assert_covers(nominal: f64, mut covers: impl FnMut() -> bool) {
        let repeats = 3000.0;
        let share = (0..3000).filter(|_| covers()).count() as f64 / repeats;
        let se = (nominal * (1.0 - nominal) / repeats).sqrt();
        assert!((share - nominal).abs() < 5.0 * se, "{share} for {nominal}");
    }

    #[test]
    fn student_covers_the_mean_of_five_normals() {
        let mut toy = Toy::new(11);
        assert_covers(0.95, || {
            let mut moments = Moments::default();
            for _ in 0..5 {
                moments.push(3.0 + 2.0 * toy.normal()).unwrap();
            }
            let (mean, se) = (moments.mean().unwrap(), moments.standard_error().unwrap());
            mean_interval(mean, se, 5, 0.95).unwrap().contains(3.0)
        });
    }

    /// Share .02 in 200 trials, where the usual interval covers too seldom. The exact
    /// coverage of Wilson's is the Binomial(200, .02) chance of 1 to 7 successes
    /// (scipy 1.17.1, `binom`), the counts whose interval holds .02.
    #[test]
    fn wilson_covers_a_rare_share() {
        let inside: Vec<u64> = (0..=200)
            .filter(|&x| wilson_interval(x, 200, 0.95).unwrap().contains(0.02))
            .collect();
        assert_eq!(inside, (1..=7).collect::<Vec<u64>>());
        let mut toy = Toy::new(12);
        assert_covers(0.9330769984494538, || {
            let successes = (0..200).filter(|_| toy.uniform() < 0.02).count() as u64;
            wilson_interval(successes, 200, 0.95)
                .unwrap()
                .contains(0.02)
        });
    }
}
