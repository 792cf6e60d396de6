//! The network against the Poisson block model's theory. Bands of 5.5 standard deviations
//! fail with a chance of 4e-8 each, in all below 1e-6.

use super::*;

const SIZES: [u32; 4] = [4000, 2500, 1003, 37];

fn starts() -> Vec<u32> {
    let mut starts = vec![0];
    for size in SIZES {
        starts.push(starts[starts.len() - 1] + size);
    }
    starts
}

/// Groups 0 and 1 share a country, 0 and 2 a segment.
fn affinity(g: usize, h: usize) -> f64 {
    match (g.min(h), g.max(h)) {
        (a, b) if a == b => 12.0,
        (0, 1) => 4.0,
        (0, 2) => 3.0,
        _ => 1.0,
    }
}

/// Expected ties between each pair of groups, ties to oneself included.
fn expected(mean_degree: f64) -> Vec<(usize, usize, f64)> {
    let mut pairs = Vec::new();
    for (g, &a) in SIZES.iter().enumerate() {
        for (h, &b) in SIZES.iter().enumerate().skip(g) {
            let half = if g == h { 0.5 } else { 1.0 };
            let mass = f64::from(a) * f64::from(b) * affinity(g, h);
            pairs.push((g, h, half * mass));
        }
    }
    let total: f64 = pairs.iter().map(|pair| pair.2).sum();
    let ties = mean_degree * f64::from(SIZES.iter().sum::<u32>()) / 2.0;
    pairs
        .iter()
        .map(|&(g, h, m)| (g, h, ties * m / total))
        .collect()
}

fn group_of(customer: usize) -> usize {
    let starts = starts();
    (0..4).find(|&g| customer < starts[g + 1] as usize).unwrap()
}

fn blocks(seed: u64) -> Neighbours {
    Neighbours::blocks(Seed(seed), &starts(), 8.0, affinity)
}

#[test]
fn ties_between_groups_follow_their_affinities() {
    let network = blocks(1);
    let customers = starts()[4] as usize;
    let mut ends = [[0.0; 4]; 4];
    for customer in 0..customers {
        for &other in network.of(customer) {
            ends[group_of(customer)][group_of(other as usize)] += 1.0;
        }
    }
    for (g, h, mean) in expected(8.0) {
        let (found, mean) = if g == h {
            // One tie in n would be to oneself and is left out.
            (ends[g][g] / 2.0, mean * (1.0 - 1.0 / f64::from(SIZES[g])))
        } else {
            assert_eq!(ends[g][h], ends[h][g]);
            (ends[g][h], mean)
        };
        let gap = (found - mean) / mean.sqrt();
        assert!(gap.abs() < 5.5, "{g} and {h}: {found} for {mean}");
    }
}

#[test]
fn degrees_are_poisson() {
    let network = blocks(2);
    let starts = starts();
    for g in 0..3 {
        let n = f64::from(SIZES[g]);
        let ties = |with_self: f64| {
            let parts = expected(8.0)
                .into_iter()
                .map(move |(a, b, mean)| match (a == g, b == g) {
                    (true, true) => with_self * mean * (1.0 - 1.0 / n),
                    (false, false) => 0.0,
                    _ => mean,
                });
            parts.sum::<f64>()
        };
        let mean = ties(2.0) / n;
        let degrees: Vec<f64> = (starts[g]..starts[g + 1])
            .map(|c| network.of(c as usize).len() as f64)
            .collect();
        let found = degrees.iter().sum::<f64>() / n;
        // A tie within the group counts at both its ends.
        let sd = ties(4.0).sqrt() / n;
        assert!(
            (found - mean).abs() < 5.5 * sd,
            "group {g}: {found} for {mean}"
        );
        let squares = degrees.iter().map(|d| (d - mean) * (d - mean));
        let variance = squares.sum::<f64>() / n;
        let sd = ((mean + 2.0 * mean * mean) / n).sqrt() * std::f64::consts::SQRT_2;
        assert!(
            (variance - mean).abs() < 5.5 * sd,
            "group {g}: {variance} for {mean}"
        );
    }
}

#[test]
fn ties_are_mutual_and_nobody_is_its_own_neighbour() {
    let network = blocks(3);
    let customers = starts()[4] as usize;
    for customer in 0..customers {
        let list = network.of(customer);
        assert!(list.len() <= MAX_DEGREE);
        for &other in list {
            assert_ne!(other as usize, customer);
            let there = |at: usize, who: usize| {
                network
                    .of(at)
                    .iter()
                    .filter(|&&o| o as usize == who)
                    .count()
            };
            assert_eq!(
                there(other as usize, customer),
                there(customer, other as usize)
            );
        }
    }
}

/// Every customer's packed list against lists kept one by one.
fn assert_packed(customers: usize, ties: &[(u32, u32)]) {
    let mut naive = vec![Vec::new(); customers];
    for &(a, b) in ties {
        let (x, y) = (a as usize, b as usize);
        if a != b && naive[x].len() < MAX_DEGREE && naive[y].len() < MAX_DEGREE {
            naive[x].push(b);
            naive[y].push(a);
        }
    }
    let network = Neighbours::from_ties(customers, ties);
    for (customer, list) in naive.iter().enumerate() {
        assert_eq!(
            network.of(customer),
            list,
            "customer {customer} of {customers}"
        );
    }
}

#[test]
fn packed_lists_are_right_for_every_customer() {
    let stream = Stream::new(Seed(4), "test", "ties");
    for customers in [1usize, 2, 7, 8, 9, 63, 64, 100] {
        let mut rng = stream.rng(SHARED_RUN, EntityKey::of("ties").child(customers as u64));
        // So many that some reach the most neighbours that fit.
        let ties: Vec<(u32, u32)> = (0..customers * 14)
            .map(|_| {
                let mut any = || rng.random_range(0..customers as u32);
                (any(), any())
            })
            .collect();
        assert_packed(customers, &ties);
        assert_packed(customers, &[]);
    }
    // Everybody at the most: sums of eight degrees must not overflow a byte.
    let full: Vec<(u32, u32)> = (1..=31)
        .flat_map(|d| (0..64).map(move |i| (i, (i + d) % 64)))
        .collect();
    assert_packed(64, &full);
}

#[test]
fn the_ring_follows_its_formula() {
    let offsets = [1, 7, 53, 401];
    let network = Neighbours::ring(1003, &offsets, |i| (i * 2) % 1003);
    for i in 0..1003 {
        let place = |j: usize| ((j % 1003) * 2 % 1003) as u32;
        let mut expected: Vec<u32> = offsets
            .iter()
            .flat_map(|&d| [place(i + d as usize), place(i + 1003 - d as usize)])
            .collect();
        let mut found = network.of(place(i) as usize).to_vec();
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected);
    }
}
