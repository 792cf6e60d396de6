//! Rounding to a few binary digits, without a logarithm.

/// Rounding of a magnitude to a few binary digits, on the bits of the `f64`: the
/// exponent and the digits kept, read as one whole number, count the centres. No
/// logarithm is taken, so it is fast and has the same bits everywhere.
pub(super) struct LogarithmicRounding {
    dropped_bits: u32,
    below_first: i32,
    half_of_smallest: f64,
}

impl LogarithmicRounding {
    pub(super) fn new(smallest_exponent: i16, mantissa_bits: u8) -> Self {
        let below_first = ((i32::from(smallest_exponent) + 1023) << mantissa_bits) - 1;
        Self {
            dropped_bits: 52 - u32::from(mantissa_bits),
            below_first,
            half_of_smallest: libm::ldexp(1.0, i32::from(smallest_exponent) - 1),
        }
    }

    /// 0 for what rounds to zero, else the number of the centre from 1.
    #[inline]
    pub(super) fn level(&self, magnitude: f64) -> i32 {
        let half = 1u64 << (self.dropped_bits - 1);
        let rounded = ((magnitude.to_bits() + half) >> self.dropped_bits) as i32;
        (rounded - self.below_first).max(i32::from(magnitude >= self.half_of_smallest))
    }

    pub(super) fn magnitude(&self, level: i32) -> f64 {
        if level == 0 {
            return 0.0;
        }
        f64::from_bits(((level + self.below_first) as u64) << self.dropped_bits)
    }
}
