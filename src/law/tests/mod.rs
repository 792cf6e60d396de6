//! The courts as a whole against what is known exactly, and against themselves with one
//! thing changed.
//!
//! Monte Carlo bounds are 5.2 standard errors (chance of failing 2e-7 each, were the
//! seed not fixed).

mod coupling;
mod courts;
mod ending;
mod merit;
mod record;

pub(super) use courts::drunkard;

use super::fixture::*;
use super::quadrature::gauss_hermite;
use super::*;
use crate::chance::math::exp;
use crate::chance::{Run, Seed};
use crate::domain::{CircuitId, Conduct, Control, EventIndex, EventKind, Level, Party};
use crate::scenario::resolved::{
    CourtSystem, Distribution, Force, ForceKind, Given, Node, NodeKind, OutcomeEffect, Quantity,
    Target,
};
use proptest::prelude::*;

const SIGMAS: f64 = 5.2;

#[track_caller]
fn share_is(hits: usize, of: usize, expected: f64) {
    let found = hits as f64 / of as f64;
    let error = (expected * (1.0 - expected) / of as f64).sqrt();
    assert!(
        (found - expected).abs() <= SIGMAS * error + 1e-12,
        "{found} found among {of}, {expected} expected"
    );
}

#[track_caller]
fn mean_is(sample: &[f64], expected: f64) {
    let n = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / n;
    let variance = sample.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    let error = (variance / n).sqrt();
    assert!(
        (mean - expected).abs() <= SIGMAS * error,
        "{mean} found ± {error}, {expected} expected"
    );
}

fn step(days: f64, outcomes: Vec<(f64, Target)>) -> Node {
    let outcomes = outcomes.into_iter();
    let outcomes = outcomes.map(|(chance, target)| outcome(chance, None, target));
    node(Level::District, NodeKind::Step, days, outcomes.collect())
}

fn end(ending: Ending) -> Target {
    Target::End(ending)
}

/// A ladder with spread stays, exits, contempt, and a second case in another circuit.
fn eventful() -> FullModel {
    let mut court = ladder(1.0);
    for node in &mut court.nodes {
        node.days = Distribution::Lognormal {
            median: 90.0,
            sigma: 0.6,
        };
    }
    court.nodes[0].outcomes[0].effects = vec![OutcomeEffect::ContemptFined];
    court.doctrine_loading = Quantity::Known(0.7);
    court.exits = vec![
        exit(Ending::Statute, 0.15, 4.0),
        exit(Ending::Treaty, 0.05, 1.0),
        exit(Ending::Settled, 0.1, 0.5),
    ];
    let mut model = model(court);
    let mut second = model.cases[0].clone();
    second.name = "second-case".into();
    second.filed = date("2015-03-01");
    second.circuit = CircuitId(1);
    model.cases[0].fine.ceiling_usd = Quantity::Known(1e12);
    model.cases.push(second);
    model
}

#[test]
fn zz_timing() {
    let mut court = ladder(1.0);
    court.merit_loading = Quantity::Uncertain(crate::scenario::resolved::InputId(0));
    let model = model(court);
    let mut law = law(&model);
    let draw = |x: f64| crate::scenario::resolved::InputDraw(vec![x]);
    let t = std::time::Instant::now();
    for run in 0..2000u32 {
        law.begin(&draw(0.5 + f64::from(run) * 0.0005), Run(run)).unwrap();
    }
    println!("uncertain begin {:?}", t.elapsed() / 2000);
    let t = std::time::Instant::now();
    for run in 0..20000u32 {
        law.begin(&draw(1.0), Run(run)).unwrap();
    }
    println!("known begin {:?}", t.elapsed() / 20000);
    let mut events = Vec::new();
    let t = std::time::Instant::now();
    for run in 0..20000u32 {
        law.begin(&draw(1.0), Run(run)).unwrap();
        events.clear();
        let mut from = start();
        for _ in 0..120 { let until = from.plus_days(30); law.advance(from, until, &mut events); from = until; }
    }
    println!("run of 120 months {:?}", t.elapsed() / 20000);
}
