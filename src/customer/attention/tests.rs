//! Who looks, and when. Shares are compared with their binomial law: a band of 5.5
//! standard deviations fails with a chance of 4e-8, and no test holds more than 25 of them.

use super::*;
use crate::chance::{EntityKey, Run, Seed, Stream, math};

const CUSTOMERS: usize = 60_000;

/// One cell of customers, of whom the first half is with provider 0, the others with 1.
struct Cell {
    attention: Attention,
    thresholds: Vec<f32>,
    stream: Stream,
    keys: Vec<EntityKey>,
}

impl Cell {
    fn new(seed: u64) -> Self {
        let stream = Stream::new(Seed(seed), "test", "look");
        let keys: Vec<EntityKey> = (0..CUSTOMERS as u64)
            .map(|i| EntityKey::of("cell").child(i))
            .collect();
        let attention = Attention::new(1, 2);
        let thresholds = keys
            .iter()
            .enumerate()
            .map(|(i, &key)| attention.threshold(0, provider(i), stream.uniform(Run(0), key, 0)));
        Self {
            thresholds: thresholds.collect(),
            attention,
            stream,
            keys,
        }
    }

    /// Passes a month and returns who looks.
    fn month(&mut self, hazard: [f64; 2]) -> Vec<u32> {
        self.attention.pass_month(&mut hazard.clone());
        let mut out = Vec::new();
        self.attention
            .fired(0, 0, &self.thresholds, provider, &mut out);
        out
    }

    /// Gives those who looked in a month a new threshold.
    fn renew(&mut self, looked: &[u32], month: u32) {
        for &customer in looked {
            let i = customer as usize;
            let u = self.stream.uniform(Run(0), self.keys[i], month);
            self.thresholds[i] = self.attention.threshold(0, provider(i), u);
        }
    }

    fn rebase(&mut self) {
        let thresholds = &mut self.thresholds;
        self.attention.rebase(|_, p, factor| {
            for (i, threshold) in thresholds.iter_mut().enumerate() {
                if provider(i) == p {
                    *threshold *= factor;
                }
            }
        });
    }
}

fn provider(customer: usize) -> u8 {
    u8::from(customer >= CUSTOMERS / 2)
}

fn assert_share(count: usize, of: usize, chance: f64, what: &str) {
    let n = of as f64;
    let sd = (n * chance * (1.0 - chance)).sqrt();
    let gap = (count as f64 - n * chance) / sd.max(1e-9);
    assert!(gap.abs() < 5.5, "{what}: {count} of {of}, {gap:.2} sd");
}

/// The hazards of a month: a steady one, one that differs by provider, one that varies.
fn hazards(month: u32) -> [f64; 2] {
    match month {
        1..=4 => [0.05, 0.05],
        5..=8 => [0.004, 0.3],
        9 => [2.5, 0.0],
        _ => [0.1 * f64::from(month - 9), 0.02],
    }
}

#[test]
fn the_share_that_looks_is_one_minus_exp_of_the_hazard() {
    let mut cell = Cell::new(1);
    for month in 1..=12 {
        let hazard = hazards(month);
        let looked = cell.month(hazard);
        for (p, h) in hazard.into_iter().enumerate() {
            let count = looked
                .iter()
                .filter(|&&i| usize::from(provider(i as usize)) == p)
                .count();
            let chance = -math::exp_m1(-h);
            assert_share(count, CUSTOMERS / 2, chance, &format!("{month}, {p}"));
        }
        assert!(looked.windows(2).all(|pair| pair[0] < pair[1]));
        cell.renew(&looked, month);
        cell.rebase();
    }
}

#[test]
fn first_looks_under_a_steady_hazard_are_geometric() {
    let mut cell = Cell::new(2);
    let h = 0.2;
    let mut left = CUSTOMERS;
    for month in 1..=20 {
        let looked = cell.month([h, h]);
        // Of those not yet due; the conditional law makes the months independent.
        assert_share(looked.len(), left, -math::exp_m1(-h), &month.to_string());
        left -= looked.len();
        for &i in &looked {
            cell.thresholds[i as usize] = 0.0;
        }
    }
}

#[test]
fn without_hazard_nobody_looks_and_with_any_hazard_everybody_can() {
    let mut cell = Cell::new(3);
    // The luckiest and the unluckiest number that a stream gives.
    cell.thresholds[0] = cell.attention.threshold(0, 0, 1.0 - f64::EPSILON);
    cell.thresholds[1] = cell.attention.threshold(0, 0, f64::EPSILON);
    for _ in 0..50 {
        assert!(cell.month([0.0, 0.0]).is_empty());
    }
    cell.renew(&[0, 1], 1);
    assert!(cell.month([0.0, 0.0]).is_empty());
    // So large a hazard that survival leaves even the range of f64.
    for month in 2..8 {
        let looked = cell.month([1e9, 1e9]);
        assert_eq!(looked.len(), CUSTOMERS, "month {month}");
        cell.renew(&looked, month);
        cell.rebase();
        assert!(cell.thresholds.iter().all(|t| t.is_finite()));
    }
}

#[test]
fn a_larger_hazard_never_fires_later() {
    let (mut calm, mut alarmed) = (Cell::new(4), Cell::new(4));
    let mut first = [vec![u32::MAX; CUSTOMERS], vec![u32::MAX; CUSTOMERS]];
    for month in 1..=24 {
        let rise = if month % 3 == 0 { 0.2 } else { 0.0 };
        let [a, b] = hazards(month.min(12));
        let looked = [calm.month([a, b]), alarmed.month([a + rise, b + rise])];
        for (looked, first) in looked.iter().zip(&mut first) {
            for &i in looked {
                let seen = &mut first[i as usize];
                *seen = (*seen).min(month);
            }
        }
    }
    let [calm, alarmed] = first;
    assert!(alarmed.iter().zip(&calm).all(|(a, c)| a <= c));
    assert!(alarmed.iter().zip(&calm).any(|(a, c)| a < c));
}

#[test]
fn scaling_survivals_up_changes_nobody() {
    let (mut scaled, mut plain) = (Cell::new(5), Cell::new(5));
    let mut all = 0;
    for month in 1..=30 {
        // Survival falls to e^−60 in all, below the bound and within `f32`.
        let [a, b] = [scaled.month([2.0, 1.0]), plain.month([2.0, 1.0])];
        assert_eq!(a, b, "month {month}");
        all += a.len();
        scaled.renew(&a, month);
        plain.renew(&b, month);
        scaled.rebase();
    }
    assert!(all > CUSTOMERS);
    assert!(plain.attention.survival[0] < SMALLEST_SURVIVAL);
    assert!(scaled.attention.survival[0] > SMALLEST_SURVIVAL);
}

#[test]
fn a_carried_threshold_keeps_what_is_left_of_survival() {
    let mut cell = Cell::new(6);
    for month in 1..=6 {
        let looked = cell.month([0.3, 0.02]);
        cell.renew(&looked, month);
    }
    // Everybody changes sides without looking; nobody is due because of that.
    for i in 0..CUSTOMERS {
        let from = provider(i);
        let before = cell.thresholds[i];
        let after = cell.attention.carried(0, from, 1 - from, before);
        let left = |p: u8, t: f32| f64::from(t) / cell.attention.survival[usize::from(p)];
        let gap = left(1 - from, after) / left(from, before) - 1.0;
        assert!(gap.abs() < 1e-6, "{gap}");
        cell.thresholds[i] = after;
    }
    // From then on they follow the hazard of the new side.
    cell.attention.pass_month(&mut [0.5, 0.1]);
    let mut looked = Vec::new();
    cell.attention
        .fired(0, 0, &cell.thresholds, |i| 1 - provider(i), &mut looked);
    for (p, h) in [(0, 0.5), (1, 0.1)] {
        let count = looked
            .iter()
            .filter(|&&i| 1 - provider(i as usize) == p)
            .count();
        let chance = -math::exp_m1(-h);
        assert_share(count, CUSTOMERS / 2, chance, &format!("new side {p}"));
    }
}
