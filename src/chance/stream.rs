//! Keyed streams: every random number of the model has a name, and asking for the
//! same name gives the same number.
//!
//! The name has two parts. The *key* says which experiment and which question: seed,
//! component ("court"), purpose ("outcome"). The *counter* says for whom: run, entity,
//! index (a month, the number of a draw). Threads, blocks and the count of earlier
//! draws have no part in it, so results do not depend on them, and two scenarios that
//! differ in one act share all other luck (common random numbers).

use super::key::{EntityKey, Run, Seed, stream_key};
use super::philox::philox4x32;
use super::uniform::{self, open_unit};
use rand::TryRng;
use rand::rand_core::utils::fill_bytes_via_next_word;
use std::convert::Infallible;

/// The draws of one component for one purpose, such as ("court", "outcome").
///
/// Copying is free and draws nothing: a stream has no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    key: [u32; 2],
}

impl Stream {
    /// The stream of a component for a purpose, under a seed.
    #[must_use]
    pub fn new(seed: Seed, component: &str, purpose: &str) -> Stream {
        Stream {
            key: stream_key(seed, component, purpose),
        }
    }

    /// 128 random bits.
    #[must_use]
    pub fn block(&self, run: Run, entity: EntityKey, index: u32) -> [u32; 4] {
        let entity = entity.bits();
        let counter = [run.0, entity as u32, (entity >> 32) as u32, index];
        philox4x32(counter, self.key)
    }

    /// A uniform number, strictly between 0 and 1: an odd multiple of 2⁻⁵³.
    #[must_use]
    pub fn uniform(&self, run: Run, entity: EntityKey, index: u32) -> f64 {
        self.pair(run, entity, index).0
    }

    /// Two independent uniform numbers from one block; the first is [`Self::uniform`].
    #[must_use]
    pub fn pair(&self, run: Run, entity: EntityKey, index: u32) -> (f64, f64) {
        let [a, b, c, d] = self.block(run, entity, index);
        (open_unit(a, b), open_unit(c, d))
    }

    /// [`Self::uniform`] for many entities at once: the same bits, several times faster.
    ///
    /// # Panics
    /// When `entities` and `out` differ in length.
    pub fn uniforms(&self, run: Run, entities: &[EntityKey], index: u32, out: &mut [f64]) {
        assert_eq!(entities.len(), out.len(), "one number for each entity");
        uniform::uniforms(self.key, run, entities, index, out);
    }

    /// [`Self::pair`] for many entities at once: the same bits, several times faster.
    ///
    /// # Panics
    /// When the three slices differ in length.
    pub fn pairs(
        &self,
        run: Run,
        entities: &[EntityKey],
        index: u32,
        first: &mut [f64],
        second: &mut [f64],
    ) {
        assert_eq!(entities.len(), first.len(), "one number for each entity");
        assert_eq!(entities.len(), second.len(), "one number for each entity");
        uniform::pairs(self.key, run, entities, index, first, second);
    }

    /// A generator for the algorithms of the crate `rand`, for a number of draws that
    /// is not known beforehand (a shuffle, a random graph). It walks through the
    /// indices 0, 1, 2 … of `entity`, so use a purpose of its own.
    #[must_use]
    pub fn rng(&self, run: Run, entity: EntityKey) -> KeyedRng {
        KeyedRng {
            stream: *self,
            run,
            entity,
            index: 0,
            second_half: None,
        }
    }
}

/// A generator of the crate `rand` over the draws of one entity in one run.
///
/// Its period is 2³³ words of 64 bits. Made by [`Stream::rng`].
#[derive(Clone, Debug)]
pub struct KeyedRng {
    stream: Stream,
    run: Run,
    entity: EntityKey,
    index: u32,
    second_half: Option<u64>,
}

impl TryRng for KeyedRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| word as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if let Some(word) = self.second_half.take() {
            return Ok(word);
        }
        let [a, b, c, d] = self.stream.block(self.run, self.entity, self.index);
        self.index = self.index.wrapping_add(1);
        self.second_half = Some(u64::from(d) << 32 | u64::from(c));
        Ok(u64::from(b) << 32 | u64::from(a))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::SHARED_RUN;
    use super::*;
    use rand::Rng;
    use rand::seq::SliceRandom;

    const RUN: Run = Run(3);

    fn stream() -> Stream {
        Stream::new(Seed(2014), "customer", "choice")
    }

    fn customers(count: u64) -> Vec<EntityKey> {
        (0..count)
            .map(|i| EntityKey::of("banks").child(i))
            .collect()
    }

    /// From an independent program in Python. A change here changes every result.
    #[test]
    fn a_draw_is_pinned() {
        let stream = Stream::new(Seed(42), "customer", "choice");
        let (run, entity) = (Run(17), EntityKey::of("azure-dublin"));
        assert_eq!(
            stream.block(run, entity, 3),
            [0x64c9_27a6, 0x27b5_2c57, 0x51bd_f552, 0xcb59_5274]
        );
        assert_eq!(stream.uniform(run, entity, 3), 0.155_108_233_772_612_74);
    }

    #[test]
    fn batches_equal_single_draws() {
        // 37 is no multiple of the lanes; the empty batch must pass too.
        for count in [0, 1, 16, 37] {
            let customers = customers(count);
            let mut first = vec![0.0; customers.len()];
            let mut second = first.clone();
            let mut alone = first.clone();
            stream().uniforms(RUN, &customers, 9, &mut alone);
            stream().pairs(RUN, &customers, 9, &mut first, &mut second);
            for (i, &customer) in customers.iter().enumerate() {
                let expected = stream().pair(RUN, customer, 9);
                assert_eq!((first[i], second[i]), expected);
                assert_eq!(alone[i], expected.0);
            }
        }
    }

    #[test]
    fn every_part_of_the_name_counts() {
        let [one, other] = [EntityKey::of("microsoft"), EntityKey::of("amazon")];
        let base = stream().block(RUN, one, 0);
        let others = [
            stream().block(Run(4), one, 0),
            stream().block(SHARED_RUN, one, 0),
            stream().block(RUN, other, 0),
            stream().block(RUN, one, 1),
            Stream::new(Seed(2015), "customer", "choice").block(RUN, one, 0),
            Stream::new(Seed(2014), "provider", "choice").block(RUN, one, 0),
            Stream::new(Seed(2014), "customer", "move").block(RUN, one, 0),
        ];
        for block in others {
            assert_ne!(block, base);
        }
    }

    #[test]
    fn the_generator_walks_the_indices() {
        let entity = EntityKey::of("network");
        let mut rng = stream().rng(SHARED_RUN, entity);
        for index in 0..3 {
            let [a, b, c, d] = stream().block(SHARED_RUN, entity, index).map(u64::from);
            assert_eq!(rng.next_u64(), b << 32 | a);
            assert_eq!(rng.next_u64(), d << 32 | c);
        }
        let mut cards: Vec<u32> = (0..52).collect();
        cards.shuffle(&mut stream().rng(RUN, entity));
        let mut again: Vec<u32> = (0..52).collect();
        again.shuffle(&mut stream().rng(RUN, entity));
        assert_eq!(cards, again);
    }
}
