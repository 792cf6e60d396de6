//! Contracts and projects take turns by a customer's place.

use super::super::fixture;
use super::*;

const CONTRACTS: Contracts = Contracts {
    months: 36,
    stride: 6,
};

/// The months from 1 in which each customer's contract ends.
fn ends(customers: usize, months: u32) -> Vec<Vec<u32>> {
    let mut ends = vec![Vec::new(); customers];
    for month in 1..=months {
        let mut due = Vec::new();
        CONTRACTS.ending(month, 0..customers, |customer| due.push(customer));
        assert!(due.windows(2).all(|pair| pair[0] < pair[1]));
        // Range by range it is the same.
        let mut parts = Vec::new();
        for first in (0..customers).step_by(37) {
            let range = first..(first + 37).min(customers);
            CONTRACTS.ending(month, range, |customer| parts.push(customer));
        }
        assert_eq!(parts, due);
        for customer in due {
            ends[customer as usize].push(month);
        }
    }
    ends
}

#[test]
fn each_contract_ends_once_in_its_length() {
    // 1003 is no multiple of anything.
    for ends in ends(1003, 108) {
        assert_eq!(ends.len(), 3);
        assert!((1..=36).contains(&ends[0]));
        assert_eq!((ends[1] - ends[0], ends[2] - ends[1]), (36, 36));
    }
}

#[test]
fn ends_are_spread_evenly_over_every_cell() {
    let market = fixture::market(&[500, 61, 1000], &[0, 1], 1);
    let population = market.population();
    let ends = ends(population.customers(), 36);
    for cell in 0..population.cells() {
        let range = population.cell(cell);
        let even = range.len() as f64 / 36.0;
        for month in 1..=36 {
            let count = range.clone().filter(|&c| ends[c] == [month]).count() as f64;
            // Six neighbours share a month, so a cell is off by two such blocks at most.
            assert!((count - even).abs() <= 12.0, "{count} of {even}");
        }
    }
}

#[test]
fn phases_of_contracts_and_projects_combine_in_all_ways() {
    let mut market = fixture::market(&[432], &[0, 1], 1);
    market.begin(fixture::rules(0));
    fixture::settle_all(&mut market, 5.0, |_| Some(0));
    fixture::fill_tables(&mut market, &[0.0, 0.0], &[4.0, 4.0]);
    // A project changes what is on premises: its phase is read from the columns.
    let mut phases = vec![Vec::new(); 432];
    for month in 1..=18 {
        let before = market.columns.on_premises.clone();
        let deferred = market.ledger.deferred[0];
        market.run_projects(month, 6, 0.05, 0.5);
        let changed = (0..432).filter(|&c| market.columns.on_premises[c] < before[c]);
        let changed: Vec<usize> = changed.collect();
        assert_eq!(
            changed.len() as u32 + market.ledger.deferred[0] - deferred,
            72
        );
        for customer in changed {
            phases[customer].push(month % 6);
        }
    }
    assert_eq!(market.ledger.projects[0], 18 * 72);
    let contract = ends(432, 36);
    let mut seen = vec![[0; 6]; 37];
    for (phases, ends) in phases.iter().zip(&contract) {
        assert!(phases.windows(2).all(|pair| pair[0] == pair[1]));
        if let Some(&phase) = phases.first() {
            seen[ends[0] as usize][phase as usize] += 1;
        }
    }
    // Twice 216 places; unseen only if all six projects there were deferred, 1% each.
    let missing = seen[1..].iter().flatten().filter(|&&n| n == 0).count();
    assert_eq!(missing, 0);
}
