//! Where a difference, measured at some values of a lever, changes its sign.

/// A difference measured at a value of a lever.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// The lever's value.
    pub x: f64,
    /// The difference.
    pub mean: f64,
    /// The ends of its interval.
    pub ends: (f64, f64),
}

/// Where it changes its sign: the value, and how far the simulation may be off; an end is
/// `None` where it is beyond what was looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The value at which the difference is zero.
    pub at: f64,
    /// The least value at which it may be.
    pub low: Option<f64>,
    /// The greatest value at which it may be.
    pub high: Option<f64>,
}

/// Where the differences, straight between neighbouring values, first change their sign, with
/// the values between which their intervals hold zero. `points` rise in x. `None` where the
/// sign is the same throughout.
///
/// The interval holds the true value with the confidence of the intervals at the points: it
/// fails only where that at the true value leaves out zero (the argument of Fieller 1954).
#[must_use]
pub fn crossing(points: &[At]) -> Option<Crossing> {
    let first = points.first()?;
    let sign = if first.mean < 0.0 { -1.0 } else { 1.0 };
    let falls = |value: &dyn Fn(&At) -> f64| -> Vec<f64> {
        let pairs = points.windows(2);
        let falls = pairs.filter_map(|pair| {
            let (left, right) = (value(&pair[0]), value(&pair[1]));
            (left > 0.0 && right <= 0.0)
                .then(|| pair[0].x + (pair[1].x - pair[0].x) * left / (left - right))
        });
        falls.collect()
    };
    let at = *falls(&|point| sign * point.mean).first()?;
    // Toward zero and away from it, as seen from the first point.
    let toward = |point: &At| (sign * point.ends.0).min(sign * point.ends.1);
    let away = |point: &At| (sign * point.ends.0).max(sign * point.ends.1);
    // An end whose interval holds zero bounds nothing.
    let open_below = toward(first) <= 0.0;
    let open_above = points.last().is_none_or(|last| away(last) > 0.0);
    Some(Crossing {
        at,
        low: falls(&toward).first().copied().filter(|_| !open_below),
        high: falls(&away).last().copied().filter(|_| !open_above),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, mean: f64, error: f64) -> At {
        At {
            x,
            mean,
            ends: (mean - error, mean + error),
        }
    }

    #[test]
    fn straight_between_points() {
        for sign in [1.0, -1.0] {
            let points = [at(0.0, 3.0, 1.0), at(2.0, 1.0, 0.5), at(4.0, -1.0, 0.5)];
            let points = points.map(|point| At {
                mean: sign * point.mean,
                ends: (sign * point.ends.0, sign * point.ends.1),
                ..point
            });
            let found = crossing(&points).unwrap();
            assert_eq!(found.at, 3.0);
            assert_eq!((found.low, found.high), (Some(2.5), Some(3.5)));
        }
    }

    #[test]
    fn an_end_beyond_what_was_looked_at_is_none() {
        let points = [at(0.0, 1.0, 2.0), at(1.0, -1.0, 2.0)];
        let found = crossing(&points).unwrap();
        assert_eq!((found.at, found.low, found.high), (0.5, None, None));
        // Wide at the first point, narrow at the next.
        let points = [at(0.0, 3.0, 4.0), at(2.0, 2.0, 1.0), at(4.0, -1.0, 0.5)];
        let found = crossing(&points).unwrap();
        assert_eq!((found.low, found.high), (None, Some(26.0 / 7.0)));
        // And wide again at the last.
        let points = [at(0.0, 3.0, 1.0), at(2.0, -2.0, 1.0), at(4.0, -1.0, 1.5)];
        let found = crossing(&points).unwrap();
        assert_eq!((found.low, found.high), (Some(0.8), None));
        assert_eq!(crossing(&[at(0.0, 1.0, 0.1), at(1.0, 2.0, 0.1)]), None);
        assert_eq!(crossing(&[]), None);
    }
}
