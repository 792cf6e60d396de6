//! The sum of a column of numbers, in one order on every machine.

use multiversion::multiversion;

/// The sum of all elements in a fixed order: element *i* goes to lane *i* mod 8, and
/// the eight lanes are added in pairs. Not the order of `iter().sum()`, but the same
/// on every machine, and more exact.
#[must_use]
pub fn sum8(x: &[f64]) -> f64 {
    sum8_dispatched(x)
}

#[multiversion(targets("x86_64+avx512f+avx512dq", "x86_64+avx2"))]
fn sum8_dispatched(x: &[f64]) -> f64 {
    sum8_plain(x)
}

#[inline(always)]
fn sum8_plain(x: &[f64]) -> f64 {
    let (eights, rest) = x.as_chunks::<8>();
    let mut lanes = [0.0; 8];
    for eight in eights {
        for (lane, x) in lanes.iter_mut().zip(eight) {
            *lane += x;
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += x;
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

#[cfg(test)]
mod tests {
    use super::super::math;
    use super::*;

    #[test]
    fn sum8_has_one_order() {
        assert_eq!(sum8(&[]), 0.0);
        assert_eq!(sum8(&[1.5]), 1.5);
        // 1e16 swallows a 1 in its own lane only: lanes are 1e16 + 1, then 7 times 2.
        let mut x = vec![1.0; 16];
        x[0] = 1e16;
        assert_eq!(sum8(&x), 1e16 + 14.0);
        let numbers: Vec<f64> = (0..1_003).map(|i| math::sin(f64::from(i))).collect();
        for length in [7, 8, 9, 1_003] {
            let x = &numbers[..length];
            assert_eq!(sum8(x).to_bits(), sum8_plain(x).to_bits());
            let naive: f64 = x.iter().sum();
            assert!((sum8(x) - naive).abs() < 1e-11);
        }
    }
}
