//! Who watches whom: a fixed undirected network, shared by all runs.
//!
//! The ordinary network is a stochastic block model over (jurisdiction, segment) in its
//! Poisson form (Karrer & Newman 2011): the number of ties between two groups is Poisson,
//! and each tie joins two customers drawn uniformly from them. The market benchmark uses
//! a ring. Either takes about 1.5 bytes a customer and 4 bytes a neighbour.

use crate::chance::{EntityKey, KeyedRng, SHARED_RUN, Seed, Stream, quantile};
use rand::{Rng, RngExt};

/// The most neighbours that a customer can have; further ties are left out.
pub const MAX_DEGREE: usize = 31;

/// Neighbour lists, packed.
#[derive(Clone, Debug)]
pub struct Neighbours {
    degree: Vec<u8>,
    /// Where the list of every eighth customer starts.
    start_of_eight: Vec<u32>,
    list: Vec<u32>,
}

impl Neighbours {
    /// Packs ties; a tie `(a, b)` makes each a neighbour of the other.
    fn from_ties(customers: usize, ties: &[(u32, u32)]) -> Self {
        // The last group of eight degrees is read as one word.
        let mut degree = vec![0u8; customers.next_multiple_of(8)];
        let kept: Vec<(u32, u32)> = ties
            .iter()
            .copied()
            .filter(|&(a, b)| {
                let (a, b) = (a as usize, b as usize);
                let fits =
                    usize::from(degree[a]) < MAX_DEGREE && usize::from(degree[b]) < MAX_DEGREE;
                if fits && a != b {
                    degree[a] += 1;
                    degree[b] += 1;
                }
                fits && a != b
            })
            .collect();
        let mut next = Vec::with_capacity(customers);
        let mut total = 0u32;
        for &d in &degree[..customers] {
            next.push(total);
            total += u32::from(d);
        }
        let start_of_eight = next.iter().copied().step_by(8).collect();
        let mut list = vec![0; total as usize];
        for (a, b) in kept {
            for (from, to) in [(a, b), (b, a)] {
                list[next[from as usize] as usize] = to;
                next[from as usize] += 1;
            }
        }
        Self {
            degree,
            start_of_eight,
            list,
        }
    }

    /// The ring of the market benchmark: the neighbours of customer `i` are `i ± d` modulo
    /// the number of customers, for each offset `d`. `place` maps a customer's number to
    /// its place in the columns.
    #[must_use]
    pub fn ring(customers: usize, offsets: &[u32], place: impl Fn(usize) -> usize) -> Self {
        let mut ties = Vec::with_capacity(customers * offsets.len());
        for i in 0..customers {
            for &offset in offsets {
                let other = (i + offset as usize) % customers;
                ties.push((place(i) as u32, place(other) as u32));
            }
        }
        Self::from_ties(customers, &ties)
    }

    /// A stochastic block model. `starts[g]..starts[g + 1]` are the customers of group `g`;
    /// `affinity(g, h)` is symmetric and relative: it is scaled so that the mean degree is
    /// `mean_degree` before ties to oneself (a share of 1/N) are left out.
    #[must_use]
    pub fn blocks(
        seed: Seed,
        starts: &[u32],
        mean_degree: f64,
        affinity: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let groups = starts.len() - 1;
        let size = |g: usize| f64::from(starts[g + 1] - starts[g]);
        let customers = starts[groups] as usize;
        let mut pairs = Vec::new();
        let mut total = 0.0;
        for g in 0..groups {
            for h in g..groups {
                let half = if g == h { 0.5 } else { 1.0 };
                let mass = half * size(g) * size(h) * affinity(g, h);
                pairs.push((g, h, mass));
                total += mass;
            }
        }
        let wanted = mean_degree * customers as f64 / 2.0;
        let stream = Stream::new(seed, "network", "ties");
        let mut ties = Vec::with_capacity((wanted * 1.1) as usize + 16);
        for (g, h, mass) in pairs {
            let entity = EntityKey::of("ties").child(g as u64).child(h as u64);
            let mut rng = stream.rng(SHARED_RUN, entity);
            let mean = if total > 0.0 {
                wanted * mass / total
            } else {
                0.0
            };
            let count = quantile::poisson(unit(&mut rng), mean);
            for _ in 0..count {
                ties.push((member(&mut rng, starts, g), member(&mut rng, starts, h)));
            }
        }
        Self::from_ties(customers, &ties)
    }

    /// The neighbours of a customer.
    #[must_use]
    #[inline]
    pub fn of(&self, customer: usize) -> &[u32] {
        let eight = customer & !7;
        let degrees: [u8; 8] = self.degree[eight..eight + 8].try_into().unwrap_or_default();
        // Bytes before this customer's, summed by one multiplication (each is under 32).
        let before = u64::from_le_bytes(degrees) & ((1u64 << (8 * (customer - eight))) - 1);
        let skip = (before.wrapping_mul(0x0101_0101_0101_0101) >> 56) as usize;
        let start = self.start_of_eight[customer >> 3] as usize + skip;
        &self.list[start..start + usize::from(self.degree[customer])]
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.degree.len() + 4 * (self.start_of_eight.len() + self.list.len())
    }
}

fn unit(rng: &mut KeyedRng) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
}

fn member(rng: &mut KeyedRng, starts: &[u32], group: usize) -> u32 {
    rng.random_range(starts[group]..starts[group + 1])
}

#[cfg(test)]
mod tests;
