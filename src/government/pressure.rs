//! Pressure on a maker of policy: a sum of adverse public events that fades,
//!
//! `Π ← Π·2^(−1/H) + Σ_events weight·reachable share·2^(−days left/H)`
//!
//! where the reachable share is the part of the members' workload to which the government
//! that the event is about has a way. A policy's own publicity does not feed it; a policy of
//! another maker against this one does (retaliation).

use crate::chance::math;
use crate::domain::{Conduct, Event, EventKind, JurisdictionId, Party, Record};
use crate::scenario::resolved::{Doctrine, FullModel, InputDraw, InstrumentKind, Maker};

const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// Pressure on every maker in one run.
#[derive(Clone, Debug, Default)]
pub struct Pressure {
    /// Π, by maker.
    levels: Vec<f64>,
    weights: Vec<Weights>,
    /// Weight of a ruling by level, by asserting jurisdiction; 1 at the circuit.
    voice: Vec<[f64; 5]>,
}

#[derive(Clone, Copy, Debug)]
struct Weights {
    half_life_months: f64,
    leak: f64,
    ruling: f64,
    disclosure: f64,
    retaliation: f64,
}

impl Pressure {
    /// No pressure, with the numbers of a run.
    pub fn begin(&mut self, model: &FullModel, draw: &InputDraw) {
        self.levels.clear();
        self.levels.resize(model.makers.len(), 0.0);
        self.weights.clear();
        self.weights
            .extend(model.makers.iter().map(|maker| Weights {
                half_life_months: maker.half_life_months.value(draw),
                leak: maker.leak.value(draw),
                ruling: maker.ruling.value(draw),
                disclosure: maker.disclosure.value(draw),
                retaliation: maker.retaliation.value(draw),
            }));
        self.voice.clear();
        self.voice.resize(model.jurisdictions.len(), [1.0; 5]);
        for doctrine in &model.doctrines {
            self.voice[doctrine.jurisdiction.index()] = voice(doctrine, draw);
        }
    }

    /// A month's fading.
    pub fn pass_month(&mut self) {
        for (level, weights) in self.levels.iter_mut().zip(&self.weights) {
            *level *= math::exp2(-1.0 / weights.half_life_months);
        }
    }

    /// Takes in a public event, so many days before the month's end.
    pub fn hear(&mut self, event: &Event, days_left: i32, record: &Record, model: &FullModel) {
        for (at, maker) in model.makers.iter().enumerate() {
            let weights = self.weights[at];
            let adverse = match event.kind {
                EventKind::Leak { by, severity } => {
                    weights.leak * severity * reachable(maker, by, record)
                }
                EventKind::Ruling {
                    case,
                    level,
                    favours: Party::Government,
                    ..
                } => {
                    let press = |by: JurisdictionId| {
                        let voice = self.voice[by.index()][level.index()];
                        weights.ruling * voice * reachable(maker, by, record)
                    };
                    model.cases[case.index()].asserting().map_or(0.0, press)
                }
                EventKind::Conduct {
                    provider,
                    conduct: Conduct::Disclosure,
                } => {
                    let by = model.providers[provider.index()].parent;
                    weights.disclosure * reachable(maker, by, record)
                }
                EventKind::PolicyInForce { instrument } => {
                    let spec = &model.instruments[instrument.index()];
                    let settles =
                        matches!(spec.kind, InstrumentKind::Statute | InstrumentKind::Treaty);
                    let against_us = !settles && maker.members.contains(&spec.against);
                    if against_us && spec.by.index() != at {
                        weights.retaliation
                    } else {
                        0.0
                    }
                }
                _ => 0.0,
            };
            let faded =
                math::exp2(-f64::from(days_left) / (DAYS_A_MONTH * weights.half_life_months));
            self.levels[at] += adverse * faded;
        }
    }

    /// Π of a maker.
    #[must_use]
    pub fn of(&self, maker: usize) -> f64 {
        self.levels[maker]
    }
}

/// How loud a ruling of each level is: by what it weighs in law, against the circuit's.
fn voice(doctrine: &Doctrine, draw: &InputDraw) -> [f64; 5] {
    let weight = doctrine.persuasion.map(|weight| weight.value(draw));
    let circuit = weight[crate::domain::Level::Circuit.index()];
    weight.map(|weight| if circuit > 0.0 { weight / circuit } else { 1.0 })
}

/// Part of the members' workload to which a government has a way; 0 for its own maker, whom
/// its own conduct does not press, and without any workload.
fn reachable(maker: &Maker, by: JurisdictionId, record: &Record) -> f64 {
    if maker.members.contains(&by) {
        return 0.0;
    }
    let sum = |table: &[Vec<f64>]| -> f64 {
        let members = maker.members.iter();
        members
            .map(|member| table[member.index()][by.index()])
            .sum()
    };
    let (reached, all) = (
        sum(&record.reachable_usd_per_year),
        maker
            .members
            .iter()
            .map(|member| record.workload_usd_per_year[member.index()])
            .sum::<f64>(),
    );
    if all > 0.0 { reached / all } else { 0.0 }
}
