//! The benchmark where its long run is known exactly. Bands of 5.5 standard deviations fail
//! with a chance of 4e-8 each.

use super::*;

fn spec() -> MarketBenchmark {
    MarketBenchmark {
        groups: 20,
        providers: 4,
        offerings: 12,
        reconsider_chance: 1.0 / 12.0,
        trust_prior: 2.0,
        trust_half_life_months: 12.0,
        bad_weight: 2.0,
        trust_weight: 2.0,
        peer_weight: 0.5,
        switching_cost_median: 2.0,
        switching_cost_log_sd: 0.5,
        neighbour_offsets: vec![1, 7, 53, 401],
    }
}

fn world(spec: &MarketBenchmark, customers: usize) -> BenchmarkWorld {
    BenchmarkWorld::new(spec, benchmark_population(spec, customers), Seed(1))
}

/// Customers of each group at each offering after so many months.
fn counts(world: &mut BenchmarkWorld, run: u32, months: u32) -> Vec<u32> {
    let mut last = Vec::new();
    world.simulate(run, months, |_, market| {
        last.clone_from(&market.ledger().primaries);
    });
    last
}

#[test]
fn without_peers_trust_and_costs_shares_tend_to_the_softmax() {
    // After 240 months a part (11/12)^240 = 9e-10 has never looked.
    let spec = MarketBenchmark {
        trust_weight: 0.0,
        peer_weight: 0.0,
        switching_cost_median: 0.0,
        switching_cost_log_sd: 0.0,
        ..spec()
    };
    let mut world = world(&spec, 100_000);
    let found = counts(&mut world, 0, 240);
    // One statistic for each group: chi-square with 11 degrees of freedom, of which 61
    // is exceeded with a chance of 6e-9.
    for group in 0..20 {
        let weights: Vec<f64> = (0..12)
            .map(|o| math::exp(fixed_utility(group, o)))
            .collect();
        let total: f64 = weights.iter().sum();
        let chi: f64 = (0..12)
            .map(|o| {
                let expected = 5000.0 * weights[o] / total;
                let gap = f64::from(found[group * 12 + o]) - expected;
                gap * gap / expected
            })
            .sum();
        assert!(chi < 61.0, "group {group}: {chi}");
    }
}

#[test]
fn a_cost_of_leaving_slows_movers_by_its_closed_form() {
    // One month, no peers, no trust: of those at o, 1/12 look and leave with chance
    // 1 − e^s w_o / (W + (e^s − 1) w_o).
    let spec = MarketBenchmark {
        trust_weight: 0.0,
        peer_weight: 0.0,
        switching_cost_log_sd: 0.0,
        ..spec()
    };
    let mut world = world(&spec, 120_000);
    let start = counts(&mut world, 0, 0);
    let mut moved = 0.0;
    let mut expected = 0.0;
    world.simulate(0, 1, |month, market| {
        if month == 1 {
            moved = f64::from(market.ledger().base_moves.iter().sum::<u32>())
                + f64::from(market.ledger().region_moves.iter().sum::<u32>());
        }
    });
    for group in 0..20 {
        let weights: Vec<f64> = (0..12)
            .map(|o| math::exp(fixed_utility(group, o)))
            .collect();
        let total: f64 = weights.iter().sum();
        for (o, w) in weights.iter().enumerate() {
            let stay = math::exp(2.0) * w;
            let leave = (total - w) / (total - w + stay);
            expected += f64::from(start[group * 12 + o]) / 12.0 * leave;
        }
    }
    let gap = (moved - expected) / expected.sqrt();
    assert!(gap.abs() < 5.5, "{moved} for {expected}");
}

#[test]
fn trust_stocks_tend_to_the_mean_of_their_coin() {
    // E α = 2 + ½ (1 − λ^n) / (1 − λ), E β = 2 + κ as much; over 20 × 4 stocks × 50 runs.
    let spec = spec();
    let mut world = world(&spec, 240);
    let kept: f64 = math::exp2(-1.0 / 12.0);
    let (mut good, mut bad, mut n) = (0.0, 0.0, 0.0);
    for run in 0..50 {
        world.simulate(run, 60, |_, _| {});
        for stock in &world.trust {
            good += stock.good - 2.0;
            bad += stock.bad - 2.0;
            n += 1.0;
        }
    }
    let faded = math::exp2(-60.0 / 12.0);
    let mean = 0.5 * (1.0 - faded) / (1.0 - kept);
    let variance = 0.25 * (1.0 - faded * faded) / (1.0 - kept * kept);
    let sd = (variance / n).sqrt();
    assert!(
        (good / n - mean).abs() < 5.5 * sd,
        "{} for {mean}",
        good / n
    );
    assert!((bad / n - 2.0 * mean).abs() < 11.0 * sd, "{}", bad / n);
}

#[test]
fn coins_and_choices_of_two_groups_or_two_runs_are_unrelated() {
    // |r| < 5.5 / √n, n = 400 runs.
    let spec = MarketBenchmark {
        groups: 2,
        ..spec()
    };
    let mut world = world(&spec, 480);
    let mut rows: Vec<[f64; 4]> = Vec::new();
    for run in 0..400 {
        let last = counts(&mut world, run, 24);
        let trust = |g: usize| world.trust[g * 4].log_odds();
        rows.push([trust(0), trust(1), f64::from(last[0]), f64::from(last[12])]);
    }
    let r = |a: &dyn Fn(usize) -> f64, b: &dyn Fn(usize) -> f64, n: usize| {
        let mean = |x: &dyn Fn(usize) -> f64| (0..n).map(x).sum::<f64>() / n as f64;
        let (ma, mb) = (mean(a), mean(b));
        let cov = |x: &dyn Fn(usize) -> f64, mx: f64, y: &dyn Fn(usize) -> f64, my: f64| {
            (0..n).map(|i| (x(i) - mx) * (y(i) - my)).sum::<f64>()
        };
        cov(a, ma, b, mb) / (cov(a, ma, a, ma) * cov(b, mb, b, mb)).sqrt()
    };
    let limit = 5.5 / 20.0;
    let trusts = r(&|i| rows[i][0], &|i| rows[i][1], 400);
    assert!(trusts.abs() < limit, "{trusts}");
    let runs = r(&|i| rows[i][2], &|i| rows[i + 1][2], 399);
    assert!(runs.abs() < limit, "{runs}");
    // The coin of a provider draws its own group.
    let own = r(&|i| rows[i][0], &|i| rows[i][2], 400);
    assert!(own > limit, "{own}");
    let cross = r(&|i| rows[i][0], &|i| rows[i][3], 400);
    assert!(cross.abs() < limit, "{cross}");
}

#[test]
fn a_run_depends_on_its_number_alone() {
    let spec = spec();
    let mut used = world(&spec, 5_000);
    let first = counts(&mut used, 7, 60);
    for run in [3, 9, 0] {
        assert_ne!(counts(&mut used, run, 60), first);
    }
    assert_eq!(counts(&mut used, 7, 60), first);
    assert_eq!(counts(&mut world(&spec, 5_000), 7, 60), first);
    // A shorter run is the beginning of a longer one.
    let mut months = Vec::new();
    used.simulate(7, 60, |_, market| {
        months.push(market.ledger().primaries.clone());
    });
    assert_eq!(counts(&mut used, 7, 31), months[31]);
    assert!(months.iter().all(|m| m.iter().sum::<u32>() == 5_000));
}

#[test]
fn customers_start_as_the_convention_says() {
    let spec = spec();
    let mut world = world(&spec, 1_003);
    let start = counts(&mut world, 0, 0);
    let mut expected = vec![0; 240];
    for i in 0..1_003 {
        expected[i % 20 * 12 + i % 12] += 1;
    }
    assert_eq!(start, expected);
}
