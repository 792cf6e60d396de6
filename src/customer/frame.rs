//! The frame of a scenario's customers: how many each group has, and who watches whom.

use std::sync::Arc;

use super::network::Neighbours;
use super::population::{Population, apportion};
use crate::chance::Seed;
use crate::scenario::resolved::FullModel;

/// The frame of a scenario's customers, shared by all workers.
///
/// Groups get customers by `customers_weight × customers_share`, at least one each.
#[must_use]
pub fn population(model: &FullModel, customers: usize, seed: Seed) -> Arc<Population> {
    let weights: Vec<f64> = model
        .groups
        .iter()
        .map(|group| {
            let market = &model.markets[group.market];
            market.customers_weight * model.segments[group.segment.index()].customers_share
        })
        .collect();
    let sizes = apportion(&weights, customers.max(weights.len()));
    let named: Vec<(String, usize)> = (0..sizes.len())
        .map(|g| (group_name(model, g), sizes[g]))
        .collect();
    Arc::new(Population::new(
        &named,
        model.choice.classes as usize,
        |starts| {
            Neighbours::blocks(seed, starts, model.network.mean_degree, |g, h| {
                affinity(model, g, h)
            })
        },
    ))
}

/// Relative odds of a tie between customers of two groups.
pub(super) fn affinity(model: &FullModel, g: usize, h: usize) -> f64 {
    let (a, b) = (model.groups[g], model.groups[h]);
    let country = if a.jurisdiction == b.jurisdiction {
        model.network.same_jurisdiction
    } else {
        1.0
    };
    let segment = if a.segment == b.segment {
        model.network.same_segment
    } else {
        1.0
    };
    country * segment
}

pub(super) fn group_name(model: &FullModel, group: usize) -> String {
    let spec = model.groups[group];
    format!(
        "{}/{}",
        model.jurisdictions[spec.jurisdiction.index()].name,
        spec.segment.name()
    )
}
