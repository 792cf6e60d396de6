//! Exponentials and logarithms of whole columns of numbers.
//!
//! The functions of [`super::math`] take one number and branch on it, which keeps a
//! compiler from working on several at once. The bodies here are the same arithmetic,
//! step for step, with every branch turned into a choice between two finished values.
//! So they give **the bits of `math::exp` and `math::ln`** (error below one unit in the
//! last place, 2.3 · 10⁻¹⁶), and it never matters which of the two a caller uses.
//!
//! Each is compiled for AVX-512, AVX2 and the baseline, and chosen at run time. No
//! multiplication is fused with an addition, hence equal bits on all.
//!
//! Source of both algorithms: FreeBSD msun `e_exp.c` and `e_log.c` (Sun Microsystems,
//! 1993 and 2004), as the crate `libm` has them.

pub use super::sum::sum8;
use multiversion::multiversion;

/// Writes eˣ of every element: ∞ above 709.78, 0 below −745.13, NaN for NaN.
///
/// # Panics
/// When the slices differ in length.
pub fn exp_into(x: &[f64], y: &mut [f64]) {
    assert_eq!(x.len(), y.len(), "one result for each number");
    exp_dispatched(x, y);
}

/// Replaces every element by its exponential, as [`exp_into`] does.
pub fn exp_in_place(x: &mut [f64]) {
    exp_in_place_dispatched(x);
}

/// Writes the natural logarithm of every element: −∞ at 0, NaN below 0 and for NaN.
///
/// # Panics
/// When the slices differ in length.
pub fn ln_into(x: &[f64], y: &mut [f64]) {
    assert_eq!(x.len(), y.len(), "one result for each number");
    ln_dispatched(x, y);
}

#[multiversion(targets("x86_64+avx512f+avx512dq", "x86_64+avx2"))]
fn exp_dispatched(x: &[f64], y: &mut [f64]) {
    exp_plain(x, y);
}

#[multiversion(targets("x86_64+avx512f+avx512dq", "x86_64+avx2"))]
fn exp_in_place_dispatched(x: &mut [f64]) {
    for x in x {
        *x = exp_lane(*x);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512dq", "x86_64+avx2"))]
fn ln_dispatched(x: &[f64], y: &mut [f64]) {
    ln_plain(x, y);
}

#[inline(always)]
fn exp_plain(x: &[f64], y: &mut [f64]) {
    for (x, y) in x.iter().zip(y) {
        *y = exp_lane(*x);
    }
}

#[inline(always)]
fn ln_plain(x: &[f64], y: &mut [f64]) {
    for (x, y) in x.iter().zip(y) {
        *y = ln_lane(*x);
    }
}

/// ln 2 in two parts; whole multiples of the first are exact.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);

/// 1.5 · 2⁵². Added and taken away again it rounds to a whole number, and between the
/// two steps the low bits of the sum hold that number as an integer.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// eˣ rounds to 0 below this (`u_threshold` of `e_exp.c`).
const VANISHES_BELOW: f64 = f64::from_bits(0xc087_4910_d52d_3051);

/// x = k ln 2 + r with |r| ≤ ln 2 / 2 or a little more; eˣ = 2ᵏ eʳ.
#[inline(always)]
fn exp_lane(x: f64) -> f64 {
    // Beyond these bounds the result is ∞ or 0 anyhow; within them k fits an exponent. What
    // vanishes (a closed offering is −∞) is computed as e⁰: a subnormal number on the way to 0
    // costs a processor some hundred cycles.
    let vanishes = x < VANISHES_BELOW;
    let bounded = if x > 710.0 { 710.0 } else { x };
    let bounded = if vanishes { 0.0 } else { bounded };

    let k = nearest_multiple_of_ln2(bounded);
    let high = bounded - k * LN2_HIGH;
    let low = k * LN2_LOW;
    let r = high - low;

    let rr = r * r;
    let c = r - rr * (P[0] + rr * (P[1] + rr * (P[2] + rr * (P[3] + rr * P[4]))));
    let exp_r = 1.0 + (r * c / (2.0 - c) - low + high);

    // 2ᵏ in two factors: the first product is exact, the second rounds once, also
    // where the result is subnormal.
    let half_k = (k * 0.5 + ROUNDER) - ROUNDER;
    let scaled = exp_r * power_of_two(half_k) * power_of_two(k - half_k);

    let near_one = x.abs() < f64::from_bits(0x3e30_0001_0000_0000);
    let scaled = if near_one { 1.0 + x } else { scaled };
    let scaled = if vanishes { 0.0 } else { scaled };
    if x.is_nan() { x } else { scaled }
}

const P: [f64; 5] = [
    f64::from_bits(0x3fc5_5555_5555_553e),
    f64::from_bits(0xbf66_c16c_16be_bd93),
    f64::from_bits(0x3f11_566a_af25_de2c),
    f64::from_bits(0xbebb_bd41_c5d2_6bf1),
    f64::from_bits(0x3e66_3769_72be_a4d0),
];

/// The whole k of the argument reduction, with the choices of `e_exp.c`: 0 up to half
/// of ln 2, ±1 up to one and a half, else x / ln 2 rounded half away from zero.
#[inline(always)]
fn nearest_multiple_of_ln2(x: f64) -> f64 {
    let signed_one = 1.0f64.copysign(x);
    let shifted = std::f64::consts::LOG2_E * x + 0.5 * signed_one;
    let rounded = (shifted + ROUNDER) - ROUNDER;
    let too_far = rounded.abs() > shifted.abs();
    let truncated = if too_far {
        rounded - signed_one
    } else {
        rounded
    };

    let magnitude = x.abs();
    let one_step = magnitude < f64::from_bits(0x3ff0_a2b2_0000_0000);
    let k = if one_step { signed_one } else { truncated };
    let no_step = magnitude < f64::from_bits(0x3fd6_2e43_0000_0000);
    if no_step { 0.0 } else { k }
}

/// 2ᵏ for whole k from −1022 to 1023, by writing the exponent field.
#[inline(always)]
fn power_of_two(k: f64) -> f64 {
    f64::from_bits((k + ROUNDER).to_bits().wrapping_add(1023) << 52)
}

/// x = 2ᵏ (1 + f) with 1 + f between √½ and √2; ln x = k ln 2 + ln(1 + f).
#[inline(always)]
fn ln_lane(x: f64) -> f64 {
    const TWO_TO_54: f64 = (1u64 << 54) as f64;
    /// Moves the border between exponents from 1 to √½.
    const SHIFT: u64 = (0x3ff0_0000 - 0x3fe6_a09e) << 32;
    const FRACTION: u64 = (1 << 52) - 1;
    /// 2⁵² as a float; its low bits can hold an integer.
    const HOLDER: u64 = 0x4330_0000_0000_0000;
    const HOLDER_AND_BIAS: f64 = (1u64 << 52) as f64 + 1023.0;

    let is_subnormal = x < f64::MIN_POSITIVE;
    let normal = if is_subnormal { x * TWO_TO_54 } else { x };
    let exponent_shift = if is_subnormal { -54.0 } else { 0.0 };

    let shifted = normal.to_bits().wrapping_add(SHIFT);
    let k = exponent_shift + (f64::from_bits(HOLDER | shifted >> 52) - HOLDER_AND_BIAS);
    let f = f64::from_bits((shifted & FRACTION) + (0x3fe6_a09e << 32)) - 1.0;

    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (L[1] + w * (L[3] + w * L[5]));
    let odd = z * (L[0] + w * (L[2] + w * (L[4] + w * L[6])));
    let r = odd + even;
    let ln = s * (half_square + r) + k * LN2_LOW - half_square + f + k * LN2_HIGH;

    let ln = if x == 0.0 { f64::NEG_INFINITY } else { ln };
    let ln = if x < 0.0 { f64::NAN } else { ln };
    // Infinity and NaN come back as they are.
    if x < f64::INFINITY { ln } else { x }
}

const L: [f64; 7] = [
    f64::from_bits(0x3fe5_5555_5555_5593),
    f64::from_bits(0x3fd9_9999_9997_fa04),
    f64::from_bits(0x3fd2_4924_9422_9359),
    f64::from_bits(0x3fcc_71c5_1d8e_78af),
    f64::from_bits(0x3fc7_4664_96cb_03de),
    f64::from_bits(0x3fc3_9a09_d078_c69f),
    f64::from_bits(0x3fc2_f112_df3e_5244),
];

#[cfg(test)]
mod tests {
    use super::super::key::{EntityKey, Run, Seed};
    use super::super::{Stream, math};
    use super::*;
    use rand::Rng;

    /// Uniform bit patterns (every exponent, both signs, NaN) and uniform values.
    fn hard_numbers() -> Vec<f64> {
        let mut rng = Stream::new(Seed(1), "kernel", "test").rng(Run(0), EntityKey::of("x"));
        let mut numbers = vec![
            0.0,
            -0.0,
            1.0,
            -1.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::MIN_POSITIVE / 2.0,
            f64::from_bits(1),
        ];
        // The borders of the cases of e_exp.c, and the doubles beside them.
        for border in [
            709.782712893384,
            -708.3964185322641,
            -745.1332191019411,
            f64::from_bits(0x3e30_0001_0000_0000),
            f64::from_bits(0x3fd6_2e43_0000_0000),
            f64::from_bits(0x3ff0_a2b2_0000_0000),
        ] {
            for steps in 0..21 {
                let near = f64::from_bits((f64::to_bits(border) - 10) + steps);
                numbers.extend([near, -near]);
            }
        }
        for _ in 0..400_000 {
            let word = rng.next_u64();
            let unit = (word >> 11) as f64 / (1u64 << 53) as f64;
            numbers.extend([
                f64::from_bits(word),
                (unit - 0.5) * 1_500.0,
                (unit - 0.5) * 4.0,
                unit * 3.0,
            ]);
        }
        // Near the middle between two whole multiples of ln 2.
        for k in -1_070..1_020 {
            let middle = (f64::from(k) + 0.5) * std::f64::consts::LN_2;
            numbers.extend((0..9).map(|i| f64::from_bits(middle.to_bits() - 4 + i)));
        }
        numbers
    }

    #[track_caller]
    fn assert_equal_bits(x: &[f64], found: &[f64], expected: &[f64]) {
        for ((x, found), expected) in x.iter().zip(found).zip(expected) {
            assert!(
                found.to_bits() == expected.to_bits() || (found.is_nan() && expected.is_nan()),
                "at {x:e}: {found:e} instead of {expected:e}"
            );
        }
    }

    #[test]
    fn exp_has_the_bits_of_math() {
        let x = hard_numbers();
        let mut dispatched = vec![0.0; x.len()];
        exp_into(&x, &mut dispatched);
        let expected: Vec<f64> = x.iter().map(|&x| math::exp(x)).collect();
        assert_equal_bits(&x, &dispatched, &expected);

        let mut plain = vec![0.0; x.len()];
        exp_plain(&x, &mut plain);
        assert_equal_bits(&x, &dispatched, &plain);

        let mut in_place = x.clone();
        exp_in_place(&mut in_place);
        assert_equal_bits(&x, &in_place, &dispatched);
    }

    #[test]
    fn ln_has_the_bits_of_math() {
        let x = hard_numbers();
        let mut dispatched = vec![0.0; x.len()];
        ln_into(&x, &mut dispatched);
        let expected: Vec<f64> = x.iter().map(|&x| math::ln(x)).collect();
        assert_equal_bits(&x, &dispatched, &expected);

        let mut plain = vec![0.0; x.len()];
        ln_plain(&x, &mut plain);
        assert_equal_bits(&x, &dispatched, &plain);
    }
}
