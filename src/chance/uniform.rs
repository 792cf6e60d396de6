//! From random bits to uniform numbers, for one entity and for many at once.
//!
//! For many, sixteen counters go through Philox side by side in plain arrays. One body is
//! compiled for AVX-512, AVX2 and the baseline and chosen at run time; it holds only
//! integer steps and exact conversions, so the bits are equal on all of them.

use super::key::{EntityKey, Run};
use super::philox::philox4x32_lanes;
use multiversion::multiversion;

const LANES: usize = 16;

/// A uniform number strictly between 0 and 1 from 64 random bits: an odd multiple of
/// 2⁻⁵³. So the top 52 bits count, and `u` and `1 − u` are exact and equally likely.
/// (Adding a half to 53 bits instead would round the largest to 1.)
///
/// Taken as two words because older processors convert only words of 32 bits in
/// vectors; both conversions, both products and the sum are exact.
#[inline(always)]
pub(super) fn open_unit(low: u32, high: u32) -> f64 {
    const TWO_TO_MINUS_32: f64 = 1.0 / (1u64 << 32) as f64;
    const TWO_TO_MINUS_53: f64 = 1.0 / (1u64 << 53) as f64;
    f64::from(high) * TWO_TO_MINUS_32 + f64::from(low >> 11 | 1) * TWO_TO_MINUS_53
}

/// Writes the first uniform number of each entity's block. Slices of equal length.
#[multiversion(targets("x86_64+avx512f+avx512dq", "x86_64+avx2"))]
pub(super) fn uniforms(
    key: [u32; 2],
    run: Run,
    entities: &[EntityKey],
    index: u32,
    out: &mut [f64],
) {
    uniforms_body(key, run, entities, index, out);
}

/// Writes both uniform numbers of each entity's block. Slices of equal length.
#[multiversion(targets("x86_64+avx512f+avx512dq", "x86_64+avx2"))]
pub(super) fn pairs(
    key: [u32; 2],
    run: Run,
    entities: &[EntityKey],
    index: u32,
    first: &mut [f64],
    second: &mut [f64],
) {
    pairs_body(key, run, entities, index, first, second);
}

#[inline(always)]
fn uniforms_body(key: [u32; 2], run: Run, entities: &[EntityKey], index: u32, out: &mut [f64]) {
    let (entities, last_entities) = entities.as_chunks::<LANES>();
    let (out, last_out) = out.as_chunks_mut::<LANES>();
    for (entities, out) in entities.iter().zip(out) {
        let [low, high, _, _] = words(key, run, entities, index);
        open_units(&low, &high, out);
    }
    if !last_entities.is_empty() {
        let [low, high, _, _] = words(key, run, &padded(last_entities), index);
        let mut units = [0.0; LANES];
        open_units(&low, &high, &mut units);
        last_out.copy_from_slice(&units[..last_out.len()]);
    }
}

#[inline(always)]
fn pairs_body(
    key: [u32; 2],
    run: Run,
    entities: &[EntityKey],
    index: u32,
    first: &mut [f64],
    second: &mut [f64],
) {
    let (entities, last_entities) = entities.as_chunks::<LANES>();
    let (first, last_first) = first.as_chunks_mut::<LANES>();
    let (second, last_second) = second.as_chunks_mut::<LANES>();
    for (entities, (first, second)) in entities.iter().zip(first.iter_mut().zip(second)) {
        let [a, b, c, d] = words(key, run, entities, index);
        open_units(&a, &b, first);
        open_units(&c, &d, second);
    }
    if !last_entities.is_empty() {
        let [a, b, c, d] = words(key, run, &padded(last_entities), index);
        let mut units = [0.0; LANES];
        open_units(&a, &b, &mut units);
        last_first.copy_from_slice(&units[..last_first.len()]);
        open_units(&c, &d, &mut units);
        last_second.copy_from_slice(&units[..last_second.len()]);
    }
}

/// The last few entities, followed by copies of an arbitrary one.
#[inline(always)]
fn padded(entities: &[EntityKey]) -> [EntityKey; LANES] {
    let mut all = [EntityKey::PADDING; LANES];
    all[..entities.len()].copy_from_slice(entities);
    all
}

/// The four random words of each entity, in the low halves.
#[inline(always)]
fn words(key: [u32; 2], run: Run, entities: &[EntityKey; LANES], index: u32) -> [[u64; LANES]; 4] {
    let mut words = [
        [u64::from(run.0); LANES],
        [0; LANES],
        [0; LANES],
        [u64::from(index); LANES],
    ];
    for l in 0..LANES {
        words[1][l] = entities[l].bits();
        words[2][l] = entities[l].bits() >> 32;
    }
    philox4x32_lanes(&mut words, key);
    words
}

#[inline(always)]
fn open_units(low: &[u64; LANES], high: &[u64; LANES], out: &mut [f64; LANES]) {
    for l in 0..LANES {
        out[l] = open_unit(low[l] as u32, high[l] as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_unit_stays_inside_and_is_exact() {
        let by_integers = |bits: u64| (bits >> 11 | 1) as f64 / (1u64 << 53) as f64;
        for bits in [0, 1, 1 << 11, 1 << 12, 1 << 63, (1 << 63) - 1, u64::MAX] {
            let unit = open_unit(bits as u32, (bits >> 32) as u32);
            assert_eq!(unit, by_integers(bits));
            assert!(unit > 0.0 && unit < 1.0);
            let mirrored = open_unit(!bits as u32, (!bits >> 32) as u32);
            assert_eq!(unit + mirrored, 1.0, "mirrored bits give 1 - u");
        }
    }

    #[test]
    fn dispatched_and_plain_bodies_have_equal_bits() {
        let entities: Vec<_> = (0..1_003)
            .map(|i| EntityKey::of("group").child(i))
            .collect();
        let (key, run, index) = ([5, 6], Run(7), 8);
        let mut dispatched = vec![0.0; entities.len()];
        let mut plain = dispatched.clone();
        uniforms(key, run, &entities, index, &mut dispatched);
        uniforms_body(key, run, &entities, index, &mut plain);
        assert_eq!(dispatched, plain);

        let mut dispatched_second = plain.clone();
        let mut plain_second = plain.clone();
        pairs(
            key,
            run,
            &entities,
            index,
            &mut dispatched,
            &mut dispatched_second,
        );
        pairs_body(key, run, &entities, index, &mut plain, &mut plain_second);
        assert_eq!(dispatched, plain);
        assert_eq!(dispatched_second, plain_second);
    }
}
