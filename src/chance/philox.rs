//! The block function Philox4x32-10: 128 bits of counter and 64 bits of key go in,
//! 128 random bits come out.
//!
//! It keeps no state. Block 7 can be had without blocks 0 to 6, which is what lets
//! every draw of the model be named by a key instead of by its place in a sequence.
//!
//! Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy
//! as 1, 2, 3", SC '11.

const MULTIPLIER: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// Ten rounds of Philox4x32 on one counter: four random words.
#[must_use]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let mut words = counter.map(|word| [u64::from(word)]);
    philox4x32_lanes(&mut words, key);
    words.map(|[word]| word as u32)
}

/// The same on `L` counters side by side, in place: word `w` of lane `l` is the low half
/// of `words[w][l]`. High halves are ignored on the way in and garbage on the way out.
///
/// Inlined into its callers, so that each compiles it for its own instruction set. The
/// low halves of `u64`s are where vector multiplication wants 32-bit words.
#[inline(always)]
pub(super) fn philox4x32_lanes<const L: usize>(words: &mut [[u64; L]; 4], key: [u32; 2]) {
    let [c0, c1, c2, c3] = words;
    let [mut key0, mut key1] = key;
    for _ in 0..ROUNDS {
        for l in 0..L {
            let product0 = (c0[l] & LOW_HALF) * u64::from(MULTIPLIER[0]);
            let product1 = (c2[l] & LOW_HALF) * u64::from(MULTIPLIER[1]);
            c0[l] = (product1 >> 32) ^ c1[l] ^ u64::from(key0);
            c1[l] = product1;
            c2[l] = (product0 >> 32) ^ c3[l] ^ u64::from(key1);
            c3[l] = product0;
        }
        key0 = key0.wrapping_add(WEYL[0]);
        key1 = key1.wrapping_add(WEYL[1]);
    }
}

const LOW_HALF: u64 = 0xffff_ffff;

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers published with Random123 (`kat_vectors`, philox4x32 10).
    #[test]
    fn known_answers() {
        assert_eq!(
            philox4x32([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox4x32([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        let digits_of_pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(
            philox4x32(digits_of_pi, [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn lanes_do_not_mix() {
        let mut words = [[0; 16]; 4];
        for (w, word) in words.iter_mut().enumerate() {
            for (l, value) in word.iter_mut().enumerate() {
                *value = (w as u64 * 16 + l as u64).wrapping_mul(0x0123_4567_89ab_cdef);
            }
        }
        let counters = words;
        let key = [3, 4];
        philox4x32_lanes(&mut words, key);
        for l in 0..16 {
            let one = philox4x32(counters.map(|word| word[l] as u32), key);
            assert_eq!(one, words.map(|word| word[l] as u32));
        }
    }
}
