//! Keeping the public record: what each event changes in public, and where workload lies.

use crate::customer::market::Market;
use crate::domain::{Date, Event, EventKind, Level, Record};
use crate::scenario::resolved::FullModel;

/// The record of the scenario's first day, before any case: prices 1, nothing settled.
/// Reach in law is still to be filled in.
#[must_use]
pub fn record_at_start(model: &FullModel, start: Date) -> Record {
    let jurisdictions = model.jurisdictions.len();
    let regions = || {
        model
            .offerings
            .iter()
            .map(|offering| &model.regions[offering.region.index()])
    };
    Record {
        today: start,
        reach_in_law: vec![[0.0; 5]; jurisdictions],
        reach_settled: vec![false; jurisdictions],
        reach_pends: vec![false; jurisdictions],
        pends_at_the_top: vec![false; jurisdictions],
        in_force_since: model
            .instruments
            .iter()
            .map(|instrument| instrument.in_force_at_start.then_some(start))
            .collect(),
        workload_usd_per_year: vec![0.0; jurisdictions],
        reachable_usd_per_year: vec![vec![0.0; jurisdictions]; jurisdictions],
        open: regions()
            .map(|region| region.is_open_by_date(start))
            .collect(),
        full: vec![false; model.offerings.len()],
        utilisation: vec![0.0; model.regions.len()],
        // Regions without a date were open long before.
        opened_on: regions()
            .map(|region| region.opens.unwrap_or(start.plus_days(-36_525)))
            .collect(),
        price_index: vec![1.0; model.providers.len()],
        abroad_usd_per_year: vec![vec![0.0; jurisdictions]; model.providers.len()],
    }
}

/// Enters an event into the record.
pub fn enter(record: &mut Record, event: &Event, model: &FullModel) {
    let mut mark = |region: crate::domain::RegionId, open: bool| {
        for (o, offering) in model.offerings.iter().enumerate() {
            if offering.region == region {
                record.open[o] = open;
                if open {
                    record.opened_on[o] = event.date;
                }
            }
        }
    };
    match event.kind {
        EventKind::RegionOpened { region } => mark(region, true),
        EventKind::RegionClosed { region } => mark(region, false),
        EventKind::ReachInLaw {
            by, control, reach, ..
        } => {
            record.reach_in_law[by.index()][control.index()] = reach;
        }
        EventKind::PolicyInForce { instrument } => {
            record.in_force_since[instrument.index()] = Some(event.date);
        }
        EventKind::PolicyEnded { instrument, .. } => {
            record.in_force_since[instrument.index()] = None;
        }
        EventKind::Statute { by, .. } => record.reach_settled[by.index()] = true,
        EventKind::Ruling {
            case,
            level: Level::Supreme,
            ..
        } => {
            if let Some(by) = model.cases[case.index()].asserting() {
                record.reach_settled[by.index()] = true;
            }
        }
        _ => {}
    }
}

/// Enters where workload lies: by provider what lies outside each jurisdiction, and whose ways
/// lead to the customers' data.
pub fn enter_workload(record: &mut Record, model: &FullModel, market: &Market) {
    for row in &mut record.abroad_usd_per_year {
        row.fill(0.0);
    }
    for (o, offering) in model.offerings.iter().enumerate() {
        let stored = market.held_at(o);
        let row = &mut record.abroad_usd_per_year[offering.provider.index()];
        row.iter_mut().for_each(|abroad| *abroad += stored);
        row[offering.jurisdiction.index()] -= stored;
    }
    if !model.instruments.is_empty() {
        enter_ways(record, model, market);
    }
}

/// Workload of each jurisdiction's customers, and to which governments have a way: where it
/// lies, or as the country of the operator's parent.
fn enter_ways(record: &mut Record, model: &FullModel, market: &Market) {
    record.workload_usd_per_year.fill(0.0);
    for row in &mut record.reachable_usd_per_year {
        row.fill(0.0);
    }
    for (g, group) in model.groups.iter().enumerate() {
        let home = group.jurisdiction.index();
        let row = &mut record.reachable_usd_per_year[home];
        for (o, offering) in model.offerings.iter().enumerate() {
            let stored = market.ledger().loads(g)[o] * market.growth_of(g, o as u8);
            let there = offering.jurisdiction;
            let parent = model.providers[offering.provider.index()].parent;
            record.workload_usd_per_year[home] += stored;
            row[there.index()] += stored;
            if parent != there {
                row[parent.index()] += stored;
            }
        }
    }
}
