//! The names that a draw is keyed by: the seed of the experiment, the run, and the
//! entity (a provider, a court, a customer) that the draw belongs to.
//!
//! An entity is known by its *name*, never by its place in a list, so that adding a
//! provider to a scenario leaves the draws of all others as they were.

use sha2::{Digest, Sha256};

/// The seed of an experiment. Two experiments with one seed share all their draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seed(pub u64);

/// The number of a run, from 0. Run *i* depends on *i* alone, not on how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Run(pub u32);

/// Stands in the place of a run for what is drawn once and shared by all runs: the
/// population and its network. No real run has this number.
pub const SHARED_RUN: Run = Run(u32::MAX);

/// A stable 64-bit key of an entity, made from its name.
///
/// Keys of different names differ: among ten million entities two keys agree with a
/// chance of 3e-6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityKey(u64);

impl EntityKey {
    /// Fills lanes of a batch whose draws are thrown away.
    pub(super) const PADDING: EntityKey = EntityKey(0);

    /// The key of a named entity: the first eight bytes (little-endian) of the
    /// SHA-256 of the name.
    ///
    /// Names are compared byte by byte; entities of different kinds that may share a
    /// name need no prefix, because their draws come from different streams.
    #[must_use]
    pub fn of(name: &str) -> EntityKey {
        EntityKey(first_eight_bytes(&Sha256::digest(name.as_bytes())))
    }

    /// The key of member number `index` of this entity: a customer of a group, a case
    /// of a court. Members of one entity never share a key.
    #[must_use]
    pub fn child(self, index: u64) -> EntityKey {
        // Mixing the index first, then mixing again, keeps members of different
        // parents apart even when parents differ by a small number.
        EntityKey(mix64(
            self.0 ^ mix64(index.wrapping_add(0x9E37_79B9_7F4A_7C15)),
        ))
    }

    /// The key as a number.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }
}

/// The Philox key of a stream: the first eight bytes of the SHA-256 of seed,
/// length of `component`, `component` and `purpose`. The length keeps ("ab", "c") and
/// ("a", "bc") apart.
pub(super) fn stream_key(seed: Seed, component: &str, purpose: &str) -> [u32; 2] {
    let digest = Sha256::new()
        .chain_update(seed.0.to_le_bytes())
        .chain_update((component.len() as u64).to_le_bytes())
        .chain_update(component.as_bytes())
        .chain_update(purpose.as_bytes())
        .finalize();
    let key = first_eight_bytes(&digest);
    [key as u32, (key >> 32) as u32]
}

fn first_eight_bytes(digest: &[u8]) -> u64 {
    digest
        .iter()
        .take(8)
        .rev()
        .fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// A bijection of 64 bits in which every input bit moves every output bit: the
/// finaliser of SplitMix64 (Steele, Lea and Flood 2014; constants by Stafford 2011).
fn mix64(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_pinned() {
        // In Python: int.from_bytes(hashlib.sha256(b"azure-dublin").digest()[:8], "little")
        assert_eq!(
            EntityKey::of("azure-dublin").bits(),
            2_677_014_528_564_907_362
        );
        let customer_choice: u64 = 13_250_154_610_991_701_959;
        assert_eq!(
            stream_key(Seed(42), "customer", "choice"),
            [customer_choice as u32, (customer_choice >> 32) as u32]
        );
    }

    #[test]
    fn component_and_purpose_do_not_run_together() {
        let seed = Seed(1);
        assert_ne!(stream_key(seed, "ab", "c"), stream_key(seed, "a", "bc"));
        assert_ne!(stream_key(seed, "a", "b"), stream_key(seed, "b", "a"));
        assert_ne!(stream_key(seed, "", "a"), stream_key(seed, "a", ""));
        assert_ne!(stream_key(seed, "a", "b"), stream_key(Seed(0), "a", "b"));
    }

    /// 1,000 groups of 2,000 customers. All 64 bits: a collision has chance 1e-7.
    /// High and low half: equal neighbours after sorting are near Poisson with mean
    /// n²/2³³ = 465.7; the band of 5.5 standard deviations fails with chance below 1e-6.
    #[test]
    fn no_two_of_two_million_keys_agree() {
        let mut keys = Vec::new();
        for group in 0..1_000 {
            let parent = EntityKey::of(&format!("group-{group}"));
            keys.extend((0..2_000).map(|member| parent.child(member).bits()));
        }
        let equal_neighbours = |mut words: Vec<u64>| {
            words.sort_unstable();
            words.windows(2).filter(|pair| pair[0] == pair[1]).count()
        };
        assert_eq!(equal_neighbours(keys.clone()), 0);
        let expected = (keys.len() as f64) * (keys.len() as f64) / f64::from(1u32 << 31) / 4.0;
        for half in [32, 0] {
            let words = keys.iter().map(|key| u64::from((key >> half) as u32));
            let found = equal_neighbours(words.collect()) as f64;
            assert!(
                (found - expected).abs() < 5.5 * expected.sqrt(),
                "{found} equal halves, {expected} expected"
            );
        }
    }

    #[test]
    fn order_of_descent_matters() {
        let root = EntityKey::of("root");
        assert_ne!(root.child(1).child(2), root.child(2).child(1));
        assert_ne!(root.child(0), root);
    }
}
