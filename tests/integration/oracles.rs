//! The engine against what is known exactly of it: a market at rest does what it was solved
//! to do, and worlds that differ in one thing differ in nothing else.

use comity::chance::Seed;
use comity::customer::columns::NONE;
use comity::ensemble::worlds::WorldSimulator;
use comity::ensemble::{RunOutput, Simulator};
use comity::result::World as Whose;
use comity::scenario::Scenario;
use comity::world::World;
use comity::world::series::SeriesDetail;

use crate::worlds::{at_rest, model, shipped, simulate, written};

/// Share of customers whose base moves to another provider in the first year.
fn moved_in_a_year(scenario: &Scenario, customers: usize, runs: u32) -> f64 {
    let (mut moves, mut all) = (0.0, 0.0);
    simulate(scenario, customers, 0..runs, |_, k, world| {
        if k != 12 {
            return;
        }
        let market = world.customers().market();
        let providers = market.nests().providers();
        all += market.population().customers() as f64;
        for group in 0..market.population().groups() {
            for (from, to) in (0..providers).flat_map(|a| (0..providers).map(move |b| (a, b))) {
                if from != to {
                    moves += f64::from(market.ledger().moves(group, from, to));
                }
            }
        }
    });
    moves / all
}

#[test]
fn at_rest_the_base_switches_as_it_was_solved_to() {
    // 30,000 customers × 30 runs: 7,200 moves, an error of 1.2%; their switching costs,
    // drawn once, 0.7%: together 1.4%. Those whose contract ends while they look anyway
    // look once: −0.35%. A band of 7.5% fails with a chance below 1e-6.
    let found = moved_in_a_year(&at_rest(&[]), 30_000, 30);
    assert!((found / 0.008 - 1.0).abs() < 0.075, "{found}");
    // With a wide spread of costs few customers make most moves: their draws alone give
    // an error of some 3%.
    let wide = at_rest(&["choice.switching_cost_log_sd=0.5"]);
    let found = moved_in_a_year(&wide, 30_000, 20);
    assert!((found / 0.008 - 1.0).abs() < 0.15, "{found}");
}

#[test]
fn the_first_shares_of_spend_are_those_observed() {
    let scenario = at_rest(&[]);
    let tables = model(&scenario);
    simulate(&scenario, 12_000, 0..1, |_, k, world| {
        if k > 0 {
            return;
        }
        let market = world.customers().market();
        for (g, group) in tables.groups.iter().enumerate() {
            let spec = &tables.markets[group.market];
            let observed = spec.provider_share_by_segment[group.segment.index()]
                .as_ref()
                .unwrap_or(&spec.provider_share);
            let loads = market.ledger().loads(g);
            let total: f64 = loads.iter().sum();
            let largest = market
                .population()
                .group(g)
                .map(|c| f64::from(market.columns().load[c][0]))
                .fold(0.0, f64::max);
            let spend = spec.spend_musd_per_year.value(&scenario.median_inputs())
                * 1e6
                * spec.segment_share[group.segment.index()];
            assert!((total / spend - 1.0).abs() < 1e-6, "group {g}");
            for (p, share) in observed.iter().enumerate() {
                let found: f64 = market
                    .nests()
                    .members(p)
                    .iter()
                    .map(|&o| loads[usize::from(o)])
                    .sum();
                let gap = (found / total - share).abs();
                assert!(gap <= largest / total, "group {g}, provider {p}: {gap}");
            }
        }
    });
}

/// Shares of first-month projects by provider over all groups, last the deferred, and what
/// is expected from the observed shares.
fn first_projects(settings: &[&str], runs: u32) -> (Vec<f64>, Vec<f64>) {
    let mut all = vec![
        "projects.interval_months=1",
        "attention.base_hazard=0",
        "attention.contract_months=600",
        "choice.base_switching_per_year=0.001",
        "horizon_months=1",
        "metric.base_moved.over_months=1",
    ];
    all.extend(settings);
    let scenario = at_rest(&all);
    let tables = model(&scenario);
    let providers = tables.providers.len();
    let (mut placed, mut expected) = (vec![0.0; providers + 1], vec![0.0; providers + 1]);
    let mut before = Vec::new();
    simulate(&scenario, 9_000, 0..runs, |_, k, world| {
        let market = world.customers().market();
        if k == 0 {
            before = offering_loads(world);
            return;
        }
        for (was, is) in before.iter().zip(offering_loads(world)) {
            let grown = (0..was.len()).find(|&o| is[o] > was[o]);
            let at = grown.map_or(providers, |o| {
                usize::from(market.nests().provider_of(o as u8))
            });
            placed[at] += 1.0;
        }
        for (g, group) in tables.groups.iter().enumerate() {
            let spec = &tables.markets[group.market];
            let observed = spec.provider_share_by_segment[group.segment.index()]
                .as_ref()
                .unwrap_or(&spec.provider_share);
            let n = market.population().group(g).len() as f64;
            for (sum, share) in expected.iter_mut().zip(observed) {
                *sum += 0.8 * n * share;
            }
            expected[providers] += 0.2 * n;
        }
    });
    (placed, expected)
}

/// Workload before growth of each customer at each offering.
fn offering_loads(world: &World<'_>) -> Vec<[f32; 32]> {
    let columns = world.customers().market().columns();
    let slots = columns.offering.iter().zip(&columns.load);
    slots
        .map(|(offerings, loads)| {
            let mut row = [0.0; 32];
            for (&offering, &load) in offerings.iter().zip(loads) {
                if offering != NONE {
                    row[usize::from(offering)] = load;
                }
            }
            row
        })
        .collect()
}

#[test]
fn at_rest_projects_fall_as_the_observed_shares() {
    // 9,000 customers × 20 runs. Without a cost of new providers the mixture over current
    // ones drops out: the error is binomial, 5.5 sd fail with a chance of 4e-8 each.
    let (placed, expected) = first_projects(&["choice.new_provider_cost=0"], 20);
    let n: f64 = expected.iter().sum();
    for (found, expected) in placed.iter().zip(&expected) {
        let sd = (expected * (1.0 - expected / n)).sqrt();
        assert!(
            (found - expected).abs() < 5.5 * sd,
            "{found} for {expected}"
        );
    }
    // With the cost, shares are solved for the spend of customers and counted by heads,
    // which differ by up to half a point where a few large customers hold much of it.
    let (placed, expected) = first_projects(&[], 20);
    for (found, expected) in placed.iter().zip(&expected) {
        assert!(
            (found - expected).abs() / n < 0.008,
            "{found} for {expected} of {n}"
        );
    }
}

/// Everything that two paired scenarios put out in a few runs.
fn pair(
    scenario: &Scenario,
    other: &Scenario,
    mut check: impl FnMut(&dyn Simulator<Worker = comity::ensemble::worlds::Worlds<'_>>, &RunOutput),
) {
    let simulator =
        WorldSimulator::new(scenario, Some(other), 800, Seed(3), SeriesDetail::Standard).unwrap();
    let mut worker = simulator.worker().unwrap();
    for run in 0..4 {
        let mut output = RunOutput::default();
        output.clear(run);
        output.keep_events = true;
        simulator.simulate(&mut worker, run, &mut output).unwrap();
        check(&simulator, &output);
    }
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|v| v.to_bits()).collect()
}

/// The events of one world before a date, as told.
fn told(output: &RunOutput, whose: Whose, before: &str) -> Vec<String> {
    output
        .rows
        .events
        .iter()
        .filter(|e| e.world == whose && e.date.to_string().as_str() < before)
        .map(|e| {
            format!(
                "{} {:?} {:?} {:?} {}",
                e.date, e.kind, e.actor, e.target, e.text
            )
        })
        .collect()
}

/// Asserts that both worlds are the same, bit for bit, before a date, and not after it.
fn assert_same_until(scenario: &Scenario, other: &Scenario, date: &str) {
    let mut differs = false;
    pair(scenario, other, |simulator, output| {
        let dates = &simulator.layout().dates;
        let until = dates
            .iter()
            .filter(|d| d.to_string().as_str() <= date)
            .count();
        assert!(until > 0);
        let (a, b) = (bits(&output.series), bits(&output.baseline_series));
        for (s, (a, b)) in a.chunks(dates.len()).zip(b.chunks(dates.len())).enumerate() {
            assert_eq!(a[..until], b[..until], "series {s}");
            differs |= a[until..] != b[until..];
        }
        let ours = told(output, Whose::Scenario, date);
        assert_eq!(ours, told(output, Whose::Baseline, date));
        assert!(!ours.is_empty());
    });
    assert!(differs, "the worlds never differ");
}

#[test]
fn two_worlds_are_the_same_until_the_date_on_which_they_part() {
    let preska = shipped("preska-2014", &[]);
    assert_same_until(&preska, &shipped("no-order", &[]), "2014-07-31");
    let late = "extends = \"preska-2014\"\nbaseline = \"\"\n[force.late]\n\
                title = \"a later leak\"\ndate = 2016-01-15\nleak = { by = \"US\", severity = 0.7 }\n";
    assert_same_until(&preska, &written("late", late, &[]), "2016-01-15");
}

#[test]
fn metrics_taken_before_the_worlds_part_are_equal() {
    let preska = shipped("preska-2014", &[]);
    let late = "extends = \"preska-2014\"\nbaseline = \"\"\n[force.late]\n\
                title = \"a later leak\"\ndate = 2016-01-15\nleak = { by = \"US\", severity = 0.7 }\n";
    pair(&preska, &written("late", late, &[]), |simulator, output| {
        let metrics = &simulator.layout().metrics;
        for (m, metric) in metrics.iter().enumerate() {
            let early = metric.name.ends_with("_2014")
                || metric.name.ends_with("_2015")
                || metric.name.ends_with("_12m");
            if early && metric.name != "reach_in_law_2014" {
                let (a, b) = (output.rows.metrics[m], output.rows.baseline_metrics[m]);
                assert_eq!(a.to_bits(), b.to_bits(), "{}", metric.name);
            }
        }
    });
}

/// Asserts that both worlds are the same, bit for bit, to the end.
fn assert_same(scenario: &Scenario, other: &Scenario) {
    pair(scenario, other, |_, output| {
        assert_eq!(bits(&output.series), bits(&output.baseline_series));
        assert_eq!(
            bits(&output.rows.metrics),
            bits(&output.rows.baseline_metrics)
        );
        let all = |whose| told(output, whose, "9999");
        assert_eq!(all(Whose::Scenario), all(Whose::Baseline));
        assert!(!all(Whose::Scenario).is_empty());
    });
}

#[test]
fn an_option_without_effect_changes_no_bit() {
    let preska = shipped("preska-2014", &[]);
    // OVH has no case and gets no demand from abroad.
    let posture = "provider.ovh.posture={contest_to=\"supreme\",defy=true,partial_compliance=true}";
    assert_same(&preska, &shipped("preska-2014", &[posture]));
    // An exit that never fires is none at all.
    let removed = "extends = \"preska-2014\"\n[court.us-sca.exit.settled]\nremove = true\n";
    let never = shipped(
        "preska-2014",
        &["court.us-sca.exit.settled.hazard_per_year=0"],
    );
    assert_same(&written("removed", removed, &[]), &never);
}
