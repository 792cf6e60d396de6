//! Exposure: `E[h, o] = 1 − Π_g (1 − c[h, g]·R̂[h, g, o])`, the chance-like weight with which
//! a customer of group h fears unwanted access to data at offering o, from 0 to 1.
//!
//! A government reaches for certain what lies in its own territory; it reaches abroad what
//! an operator under its jurisdiction controls, as far as customers believe; location
//! takes off a part ψ·near of that; it reaches nothing else.

use super::concern::Concern;
use super::perception::Perception;
use crate::domain::JurisdictionId;
use crate::scenario::resolved::{FullModel, InputDraw};

/// How one government can reach one offering.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// The data lies in its territory.
    Territory,
    /// It has jurisdiction over the operator's parent.
    Parent,
}

/// Exposure of every group at every offering.
#[derive(Clone, Debug)]
pub struct Exposure {
    offerings: usize,
    /// For each offering, the governments with a way to it.
    ways: Vec<Vec<(JurisdictionId, Way)>>,
    control: Vec<usize>,
    /// 1 at home, a part in the bloc, else 0: `[market][offering]`.
    near: Vec<f64>,
    /// Where each market is.
    home: Vec<JurisdictionId>,
    /// `[group]`: position of its market, index of its public, concern factor.
    groups: Vec<(usize, crate::domain::PublicId, f64)>,
    /// `[group][offering]`
    values: Vec<f64>,
}

impl Exposure {
    /// The geometry of a scenario in one run.
    #[must_use]
    pub fn new(model: &FullModel, draw: &InputDraw) -> Self {
        let ways = model.offerings.iter().map(|offering| {
            let mut ways = vec![(offering.jurisdiction, Way::Territory)];
            let parent = model.providers[offering.provider.index()].parent;
            if parent != offering.jurisdiction {
                ways.push((parent, Way::Parent));
            }
            ways
        });
        let near_in_bloc = model.perception.near_in_bloc.value(draw);
        let near = model.markets.iter().flat_map(|market| {
            let home = market.jurisdiction;
            let bloc = model.jurisdictions[home.index()].bloc;
            model.offerings.iter().map(move |offering| {
                let there = model.jurisdictions[offering.jurisdiction.index()].bloc;
                if offering.jurisdiction == home {
                    1.0
                } else if bloc.is_some() && bloc == there {
                    near_in_bloc
                } else {
                    0.0
                }
            })
        });
        let groups = model.groups.iter().map(|group| {
            let factor = model.segments[group.segment.index()]
                .concern_factor
                .value(draw);
            (group.market, group.public, factor)
        });
        Self {
            offerings: model.offerings.len(),
            ways: ways.collect(),
            control: model.offerings.iter().map(|o| o.control.index()).collect(),
            near: near.collect(),
            home: model.markets.iter().map(|m| m.jurisdiction).collect(),
            groups: groups.collect(),
            values: vec![0.0; model.groups.len() * model.offerings.len()],
        }
    }

    /// Computes all exposures from what customers now believe.
    pub fn refresh(&mut self, concern: &Concern, perception: &Perception) {
        for (row, &(market, public, factor)) in self
            .values
            .chunks_exact_mut(self.offerings)
            .zip(&self.groups)
        {
            let psi = perception.location(market);
            let near = &self.near[market * self.offerings..(market + 1) * self.offerings];
            for (o, value) in row.iter_mut().enumerate() {
                let mut safe = 1.0;
                for &(government, way) in &self.ways[o] {
                    let reach = match way {
                        Way::Territory => 1.0,
                        Way::Parent => {
                            perception.reach(public, government)[self.control[o]]
                                * (1.0 - psi * near[o])
                        }
                    };
                    safe *= 1.0 - concern.with(market, government.index(), factor) * reach;
                }
                *value = 1.0 - safe;
            }
        }
    }

    /// Exposure of a group on its own premises, where only its own government can reach.
    #[must_use]
    pub fn on_premises(&self, group: usize, concern: &Concern) -> f64 {
        let (market, _, factor) = self.groups[group];
        concern.with(market, self.home[market].index(), factor)
    }

    /// The factor of a group's segment on its country's concern.
    #[must_use]
    pub fn concern_factor(&self, group: usize) -> f64 {
        self.groups[group].2
    }

    /// A group's exposures, by offering.
    #[must_use]
    pub fn of(&self, group: usize) -> &[f64] {
        &self.values[group * self.offerings..(group + 1) * self.offerings]
    }
}

#[cfg(test)]
mod tests;
