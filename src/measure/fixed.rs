//! Sums over runs that have the same bits in any order.
//!
//! Adding `f64` in another order changes the last bits, so a result would depend
//! on threads and shards. Here each value is first turned into a whole number of
//! 2^-40 and then summed exactly: whole numbers commute. The one error is that of
//! the turning, at most 2^-41 (4.5e-13) a value, whatever the number of values.

use serde::{Deserialize, Serialize};

use super::MeasureError;
use super::wide::Wide;

/// A value as a whole number of 2^-40.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixed(i128);

impl Fixed {
    /// The step between two values: 2^-40, about 9.1e-13.
    pub const RESOLUTION: f64 = 1.0 / Self::UNITS;
    /// The largest magnitude that may be summed: 2^55, about 3.6e16.
    pub const LIMIT: f64 = 36_028_797_018_963_968.0;
    const UNITS: f64 = 1_099_511_627_776.0;

    /// The nearest fixed-point value (ties to even).
    ///
    /// # Errors
    /// [`MeasureError::NotSummable`] for NaN, infinity and magnitudes above
    /// [`Fixed::LIMIT`].
    pub fn new(value: f64) -> Result<Self, MeasureError> {
        if Self::holds(value) {
            Ok(Self::from_checked(value))
        } else {
            Err(MeasureError::NotSummable { value })
        }
    }

    /// Whether `value` can be summed.
    pub(crate) fn holds(value: f64) -> bool {
        value.abs() <= Self::LIMIT
    }

    /// As [`Fixed::new`], for a value known to pass [`Fixed::holds`].
    #[inline]
    pub(crate) fn from_checked(value: f64) -> Self {
        // Adding 1.5·2^52 makes the sum's last bit a unit, so the hardware's own
        // rounding (to nearest, ties to even) does the work; below 2^51 it is exact.
        const ROUNDER: f64 = 6_755_399_441_055_744.0;
        let units = value * Self::UNITS;
        if units.abs() < 2_251_799_813_685_248.0 {
            Self(((units + ROUNDER) - ROUNDER) as i64 as i128)
        } else {
            Self(units.round_ties_even() as i128)
        }
    }
}

/// Count, sum and sum of squares of the values pushed, all exact.
///
/// Equal for any order and any partition of the same values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "StoredMoments")]
pub struct Moments {
    n: u32,
    sum: i128,
    sum_of_squares: Wide,
}

impl Moments {
    /// Adds one value.
    ///
    /// # Errors
    /// [`MeasureError::NotSummable`] as in [`Fixed::new`];
    /// [`MeasureError::TooMany`] at 2^32 values. The sums are then unchanged.
    pub fn push(&mut self, value: f64) -> Result<(), MeasureError> {
        let fixed = Fixed::new(value)?;
        if self.n == u32::MAX {
            return Err(MeasureError::TooMany);
        }
        self.accumulate(fixed);
        Ok(())
    }

    /// Adds one value where the caller knows that fewer than 2^32 - 1 are in.
    ///
    /// Below that count nothing can overflow: |value| ≤ 2^95 units, so the sum stays
    /// within 2^127 and the sum of squares within 2^222.
    #[inline]
    pub(crate) fn accumulate(&mut self, value: Fixed) {
        self.n += 1;
        self.sum += value.0;
        self.sum_of_squares
            .accumulate(Wide::square(value.0.unsigned_abs()));
    }

    /// Adds what another partition has summed.
    ///
    /// # Errors
    /// [`MeasureError::TooMany`] if both together hold 2^32 values or more; `self`
    /// is then unchanged.
    pub fn merge(&mut self, other: &Self) -> Result<(), MeasureError> {
        let whole = || {
            Some(Self {
                n: self.n.checked_add(other.n)?,
                sum: self.sum.checked_add(other.sum)?,
                sum_of_squares: self.sum_of_squares.checked_add(other.sum_of_squares)?,
            })
        };
        *self = whole().ok_or(MeasureError::TooMany)?;
        Ok(())
    }

    /// How many values were pushed.
    pub fn n(&self) -> u64 {
        u64::from(self.n)
    }

    /// The sum of the values; 0 when there are none.
    pub fn sum(&self) -> f64 {
        self.sum as f64 * Fixed::RESOLUTION
    }

    /// The arithmetic mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / f64::from(self.n) * Fixed::RESOLUTION)
    }

    /// The sample variance, with n − 1 below the line; `None` for fewer than two
    /// values.
    ///
    /// `n·Σx² − (Σx)²` is formed in whole numbers, so nothing cancels.
    pub fn variance(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        let spread = self
            .sum_of_squares
            .checked_times(self.n)?
            .checked_sub(Wide::square(self.sum.unsigned_abs()))?;
        let n = f64::from(self.n);
        Some(spread.to_f64() / (n * (n - 1.0)) * (Fixed::RESOLUTION * Fixed::RESOLUTION))
    }

    /// The standard error of the mean, `√(variance / n)`; `None` for fewer than two
    /// values.
    pub fn standard_error(&self) -> Option<f64> {
        Some((self.variance()? / f64::from(self.n)).sqrt())
    }
}

/// Moments as read, before it is known that some values can have these sums.
#[derive(Deserialize)]
struct StoredMoments {
    n: u32,
    sum: i128,
    sum_of_squares: Wide,
}

impl TryFrom<StoredMoments> for Moments {
    type Error = MeasureError;

    fn try_from(stored: StoredMoments) -> Result<Self, MeasureError> {
        let StoredMoments {
            n,
            sum,
            sum_of_squares,
        } = stored;
        let moments = Self {
            n,
            sum,
            sum_of_squares,
        };
        let largest = u128::from(n) << 95;
        let largest_square = Wide::square(1 << 95).checked_times(n);
        let within = sum.unsigned_abs() <= largest
            && largest_square.is_some_and(|l| l.checked_sub(sum_of_squares).is_some());
        if within && (n < 2 || moments.variance().is_some()) {
            Ok(moments)
        } else {
            Err(MeasureError::DamagedSeries {
                why: "no values have these sums",
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moments(values: &[f64]) -> Moments {
        let mut moments = Moments::default();
        for &value in values {
            moments.push(value).unwrap();
        }
        moments
    }

    #[test]
    fn known_values() {
        let m = moments(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!((m.n(), m.sum()), (8, 40.0));
        assert_eq!(m.mean(), Some(5.0));
        assert_eq!(m.variance(), Some(32.0 / 7.0));
        assert_eq!(m.standard_error(), Some((4.0f64 / 7.0).sqrt()));
    }

    #[test]
    fn too_few_values_give_none() {
        assert_eq!(Moments::default().mean(), None);
        assert_eq!(moments(&[1.0]).variance(), None);
        assert_eq!(moments(&[1.0]).standard_error(), None);
    }

    #[test]
    fn variance_survives_a_large_mean() {
        // Naive f64 sums of squares lose this entirely: 1e12² has a spacing of 1.3e8.
        let m = moments(&[1e12, 1e12 + 1.0, 1e12 + 2.0]);
        assert_eq!(m.variance(), Some(1.0));
    }

    #[test]
    fn what_does_not_fit_is_refused_and_changes_nothing() {
        let mut m = moments(&[1.0]);
        for value in [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -Fixed::LIMIT * 1.01,
        ] {
            assert!(matches!(
                m.push(value),
                Err(MeasureError::NotSummable { .. })
            ));
        }
        assert_eq!(m, moments(&[1.0]));
    }

    #[test]
    fn the_fullest_sums_stay_exact() {
        let one = moments(&[-Fixed::LIMIT]);
        let mut full = Moments {
            n: u32::MAX - 1,
            sum: one.sum * i128::from(u32::MAX - 1),
            sum_of_squares: one.sum_of_squares.checked_times(u32::MAX - 1).unwrap(),
        };
        full.push(-Fixed::LIMIT).unwrap();
        assert_eq!(full.variance(), Some(0.0));
        assert_eq!(full.mean(), Some(-Fixed::LIMIT));
        let before = full;
        assert_eq!(full.push(0.0), Err(MeasureError::TooMany));
        assert_eq!(full.merge(&one), Err(MeasureError::TooMany));
        assert_eq!(full, before);
    }

    #[test]
    fn sums_that_no_values_have_are_refused() {
        let squares = |value| Wide::square(value);
        for (n, sum, sum_of_squares) in [
            (0, 1, squares(0)),
            (2, 10, squares(3)),
            (1, i128::MIN, squares(0)),
            (1, 0, squares(u128::MAX)),
        ] {
            let bytes = postcard::to_stdvec(&(n, sum, sum_of_squares)).unwrap();
            assert!(postcard::from_bytes::<Moments>(&bytes).is_err());
        }
    }

    proptest! {
        #[test]
        fn rounding_is_to_nearest(value in -1e16f64..1e16) {
            let Fixed(units) = Fixed::new(value).unwrap();
            prop_assert_eq!(units, (value * Fixed::UNITS).round_ties_even() as i128);
            let Fixed(units) = Fixed::new(value * 1e-16).unwrap();
            prop_assert_eq!(units, (value * 1e-16 * Fixed::UNITS).round_ties_even() as i128);
        }

        #[test]
        fn any_partition_gives_equal_bits(
            values in prop::collection::vec(-1e13f64..1e13, 0..60), cut in 0usize..60, shift in 0usize..60
        ) {
            let whole = moments(&values);
            let mut turned = values.clone();
            if !turned.is_empty() { turned.rotate_left(shift % values.len()); }
            let (left, right) = turned.split_at(cut.min(turned.len()));
            let mut merged = moments(right);
            merged.merge(&moments(left)).unwrap();
            prop_assert_eq!(postcard::to_stdvec(&merged).unwrap(), postcard::to_stdvec(&whole).unwrap());
            let json = serde_json::to_string(&whole).unwrap();
            prop_assert_eq!(serde_json::from_str::<Moments>(&json).unwrap(), whole);
        }
    }
}
