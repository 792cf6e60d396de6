//! The Sobol sequence (1967) with the direction numbers of Joe & Kuo (2008), Owen-scrambled by
//! the hash of Burley (2020) as improved by Vegdahl: the crate `sobol_burley`.
//!
//! Any 2^m first points of the sequence are a net: each elementary interval of the unit cube
//! holds as many points as its volume says, as far as the quality t of the dimensions goes (of
//! the first two, t = 0). The scramble changes a digit by the digits before it alone, which
//! keeps that. Only pieces of the crate are used: its `sample` gives 23 bits and shuffles the
//! order too; here a point has all 32 bits, in the order of the sequence.

use sobol_burley::parts::{owen_scramble_rev, sobol_rev};

use crate::chance::{EntityKey, SHARED_RUN, Seed, Stream};

const TWO_TO_32: f64 = (1_u64 << 32) as f64;

/// A scrambled sequence: point i depends on the seed, the inputs and i alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sobol {
    /// Of each dimension, which of its scrambles.
    scrambles: Vec<u32>,
}

impl Sobol {
    /// The sequence over these inputs, of which there are at most [`super::MOST_INPUTS`].
    #[must_use]
    pub fn new(seed: Seed, inputs: &[&str]) -> Self {
        let stream = Stream::new(seed, "design", "sobol scramble");
        let scramble = |input: &&str| stream.block(SHARED_RUN, EntityKey::of(input), 0)[0];
        Self {
            scrambles: inputs.iter().map(scramble).collect(),
        }
    }

    /// Point `index`, from 0 and below [`super::MOST_POINTS`]; each number is in (0, 1).
    #[must_use]
    pub fn point(&self, index: u32) -> Vec<f64> {
        let dimensions = (0_u32..).zip(&self.scrambles);
        dimensions
            .map(|(dimension, scramble)| {
                let plain = sobol_rev(index.reverse_bits(), dimension);
                let scrambled = owen_scramble_rev(plain, *scramble).reverse_bits();
                (f64::from(scrambled) + 0.5) / TWO_TO_32
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without its scramble; scipy's order is that of Gray codes.
    fn plain(index: u32, dimensions: u32) -> Vec<f64> {
        let gray = index ^ (index >> 1);
        let value = |dimension| sobol_rev(gray.reverse_bits(), dimension).reverse_bits();
        (0..dimensions)
            .map(|dimension| f64::from(value(dimension)) / TWO_TO_32)
            .collect()
    }

    /// `scipy.stats.qmc.Sobol(3, scramble=False)`, bit for bit.
    #[test]
    fn without_its_scramble_it_is_the_sequence_of_scipy() {
        let known = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
        ];
        for (index, point) in (0..).zip(known) {
            assert_eq!(plain(index, 3), point);
        }
    }

    /// The centred L2-discrepancy of Hickernell (1998).
    fn centred_discrepancy(points: &[Vec<f64>]) -> f64 {
        let n = points.len() as f64;
        let off = |x: f64| (x - 0.5).abs();
        let single = |p: &Vec<f64>| -> f64 {
            let factors = p
                .iter()
                .map(|&x| 1.0 + off(x) / 2.0 - off(x) * off(x) / 2.0);
            factors.product()
        };
        let pair = |(a, b): (&Vec<f64>, &Vec<f64>)| -> f64 {
            let factors = a
                .iter()
                .zip(b)
                .map(|(&x, &y)| 1.0 + (off(x) + off(y) - (x - y).abs()) / 2.0);
            factors.product()
        };
        let singles: f64 = points.iter().map(single).sum();
        let pairs: f64 = points
            .iter()
            .flat_map(|a| points.iter().map(move |b| (a, b)))
            .map(pair)
            .sum();
        let whole: f64 = points[0].iter().map(|_| 13.0 / 12.0).product();
        whole - 2.0 / n * singles + pairs / (n * n)
    }

    /// `scipy.stats.qmc.discrepancy` of the first 64 is 5.947820123695102e-4. Scrambled it stays
    /// far below that of 64 random points, whose mean is ((5/4)³ − (13/12)³)/64 = 0.0107 (the
    /// largest of 400 scrambles of scipy, of another kind, is 4.9e-4).
    #[test]
    fn its_discrepancy_is_that_of_scipy_and_low_when_scrambled() {
        let first: Vec<Vec<f64>> = (0..64).map(|index| plain(index, 3)).collect();
        let found = centred_discrepancy(&first);
        assert!((found - 5.947_820_123_695_102e-4).abs() < 1e-12, "{found}");
        for seed in 0..50 {
            let sobol = Sobol::new(Seed(seed), &["a", "b", "c"]);
            let points: Vec<Vec<f64>> = (0..64).map(|index| sobol.point(index)).collect();
            let found = centred_discrepancy(&points);
            assert!(found < 1e-3, "{seed}: {found}");
        }
    }

    /// The (0, m, 2)-net: the first 2^m points of two inputs, in each of the m + 1 ways to cut
    /// the square into 2^m equal boxes, lie one in each box; and so does every later block.
    #[test]
    fn the_points_of_two_inputs_are_a_net() {
        for seed in [1, 2, 77] {
            let sobol = Sobol::new(Seed(seed), &["a", "b"]);
            for m in 0..9_u32 {
                let count = 1_u32 << m;
                for block in 0..3 {
                    let points = (block * count..(block + 1) * count).map(|i| sobol.point(i));
                    let points: Vec<Vec<f64>> = points.collect();
                    for across in 0..=m {
                        let (wide, high) = (1_u32 << across, 1_u32 << (m - across));
                        let mut boxes: Vec<u32> = points
                            .iter()
                            .map(|point| {
                                let column = (point[0] * f64::from(wide)) as u32;
                                column * high + (point[1] * f64::from(high)) as u32
                            })
                            .collect();
                        boxes.sort_unstable();
                        assert_eq!(boxes, (0..count).collect::<Vec<u32>>(), "{m} {across}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_input_of_many_is_stratified_and_scrambled_by_its_name() {
        let names: Vec<String> = (0..super::super::MOST_INPUTS)
            .map(|input| format!("input {input}"))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let sobol = Sobol::new(Seed(3), &names);
        let points: Vec<Vec<f64>> = (0..64).map(|index| sobol.point(index)).collect();
        for input in 0..names.len() {
            let mut strata: Vec<u32> = points
                .iter()
                .map(|point| (point[input] * 64.0) as u32)
                .collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..64).collect::<Vec<u32>>(), "{input}");
        }
        let other = Sobol::new(Seed(3), &["another", "input 1"]);
        assert_ne!(other.point(5)[0], points[5][0]);
        assert_eq!(other.point(5)[1], points[5][1]);
        assert_ne!(Sobol::new(Seed(4), &names).point(0), points[0]);
    }
}
