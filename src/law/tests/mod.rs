//! The courts as a whole against what is known exactly, and against themselves with one
//! thing changed.
//!
//! Monte Carlo bounds are 5.2 standard errors (chance of failing 2e-7 each, were the
//! seed not fixed).

mod agreement;
mod coupling;
mod courts;
mod demands;
mod doctrine;
mod ending;
mod merit;
mod record;
mod shipped;
mod worth;

use super::fixture::*;
use super::quadrature::gauss_hermite;
use super::*;
use crate::chance::math::exp;
use crate::chance::{Run, Seed};
use crate::domain::{CircuitId, Conduct, Control, EventIndex, EventKind, Level, Party};
use crate::scenario::resolved::{
    CaseSpec, CourtSystem, Distribution, Force, ForceKind, Given, Node, NodeKind, Order,
    OutcomeEffect, Quantity, StepBy, Subject, Target,
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
    order_of(&mut second).circuit = CircuitId(1);
    order_of(&mut model.cases[0]).fine.ceiling_usd = Quantity::Known(1e12);
    model.cases.push(second);
    model
}

fn order_of(case: &mut CaseSpec) -> &mut Order {
    match &mut case.about {
        Subject::Order(order) => order,
        Subject::Act { .. } => panic!("the case is about an order"),
    }
}

/// A case in a country without a doctrine of reach: only the court at work.
fn lawless(court: CourtSystem) -> FullModel {
    FullModel {
        doctrines: Vec::new(),
        ..model(court)
    }
}
