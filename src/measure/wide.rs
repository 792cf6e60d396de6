//! Whole numbers of 256 bits, enough for sums of squares without rounding.
//!
//! Only what [`super::fixed`] needs: squares, sums, one product, one difference.

use serde::{Deserialize, Serialize};

/// An unsigned whole number below 2^256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    /// `value` squared.
    pub(crate) fn square(value: u128) -> Self {
        if value >> 64 == 0 {
            return Self {
                high: 0,
                low: value * value,
            };
        }
        let (low, high) = value.carrying_mul(value, 0);
        Self { high, low }
    }

    /// The sum, or `None` past 2^256.
    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self
            .high
            .checked_add(other.high)?
            .checked_add(u128::from(carry))?;
        Some(Self { high, low })
    }

    /// Adds in place where the caller knows that the sum stays below 2^256.
    pub(crate) fn accumulate(&mut self, other: Self) {
        let (low, carry) = self.low.overflowing_add(other.low);
        self.low = low;
        self.high = self
            .high
            .wrapping_add(other.high)
            .wrapping_add(u128::from(carry));
    }

    /// The product with a small number, or `None` past 2^256.
    pub(crate) fn checked_times(self, factor: u32) -> Option<Self> {
        let factor = u128::from(factor);
        let (low, carry) = self.low.carrying_mul(factor, 0);
        let high = self.high.checked_mul(factor)?.checked_add(carry)?;
        Some(Self { high, low })
    }

    /// The difference, or `None` where it would be negative.
    pub(crate) fn checked_sub(self, other: Self) -> Option<Self> {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self
            .high
            .checked_sub(other.high)?
            .checked_sub(u128::from(borrow))?;
        Some(Self { high, low })
    }

    /// The nearest `f64`, to within two roundings.
    pub(crate) fn to_f64(self) -> f64 {
        const TWO_TO_128: f64 = 340_282_366_920_938_463_463_374_607_431_768_211_456.0;
        self.high as f64 * TWO_TO_128 + self.low as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn squares_past_128_bits_are_exact() {
        // (2^128 - 1)^2 = 2^256 - 2^129 + 1
        let square = Wide::square(u128::MAX);
        assert_eq!(
            square,
            Wide {
                high: u128::MAX - 1,
                low: 1
            }
        );
        assert_eq!(square.checked_add(square), None);
        assert_eq!(square.checked_times(2), None);
        assert_eq!(Wide::default().checked_sub(Wide::square(1)), None);
        assert_eq!(
            Wide { high: 1, low: 0 }.to_f64(),
            2.0 * (1u128 << 127) as f64
        );
    }

    proptest! {
        /// (a + b)^2 - a^2 - b^2 = 2ab, with carries and borrows on the way.
        #[test]
        fn binomial_identity(a in 0u128..1 << 127, b in 0u32..) {
            let (a2, b2) = (Wide::square(a), Wide::square(u128::from(b)));
            let both = Wide::square(a + u128::from(b));
            let cross = both.checked_sub(a2).unwrap().checked_sub(b2).unwrap();
            let (low, high) = a.carrying_mul(2 * u128::from(b), 0);
            prop_assert_eq!(cross, Wide { high, low });
            let mut sum = a2;
            sum.accumulate(b2);
            prop_assert_eq!(sum, a2.checked_add(b2).unwrap());
            let (low, high) = a.carrying_mul(u128::from(b), 0);
            prop_assert_eq!(Wide { high: 0, low: a }.checked_times(b), Some(Wide { high, low }));
        }
    }
}
