//! Exposure worked out by hand for an offering at home, in the bloc, abroad and at a
//! trustee, and within bounds for any beliefs.

use super::super::fixture;
use super::*;
use crate::domain::{Level, Party, PublicId, Segment};
use crate::scenario::resolved::{Belief, Perception as Spec, Quantity::Known};
use proptest::prelude::*;

/// The cloud of 2014 with beliefs that a test sets.
struct Setting {
    model: std::sync::Arc<FullModel>,
    draw: InputDraw,
}

fn setting() -> Setting {
    let (model, draw) = fixture::tables(&fixture::shipped("preska-2014"));
    Setting { model, draw }
}

/// Reach, concern and ψ in the eyes of everybody.
fn exposure(setting: &Setting, reach: [f64; 5], concern: f64, own: f64, psi: f64) -> Exposure {
    let model = &setting.model;
    let spec = Spec {
        half_life_months: Known(18.0),
        public_reading: reach.map(Known),
        jump: [0.5; 5].map(Known),
        media: model.publics.iter().map(|_| Known(1.0)).collect(),
        location_erosion: Known(0.1),
        location_restored: Known(0.1),
        near_in_bloc: Known(0.5),
    };
    let markets = model.markets.len();
    let publics = model
        .markets
        .iter()
        .map(|m| model.public_of(m.jurisdiction).unwrap())
        .collect();
    let draw = &setting.draw;
    let jurisdictions = model.jurisdictions.len();
    let perception = Perception::at_rest(&spec, draw, jurisdictions, vec![psi; markets], publics);
    let beliefs: Vec<Belief> = model
        .markets
        .iter()
        .map(|m| Belief {
            jurisdiction: m.jurisdiction,
            location_protects: Known(psi),
            concern: (0..jurisdictions)
                .map(|j| {
                    Known(if j == m.jurisdiction.index() {
                        own
                    } else {
                        concern
                    })
                })
                .collect(),
            distance: vec![Known(1.0); jurisdictions],
        })
        .collect();
    let mut exposure = Exposure::new(model, draw);
    exposure.refresh(&Concern::at_rest(30.0, &beliefs, draw), &perception);
    exposure
}

fn at(setting: &Setting, exposure: &Exposure, region: &str) -> f64 {
    let model = &setting.model;
    let group = model.groups.iter().position(|g| {
        model.jurisdictions[g.jurisdiction.index()].name == "DE" && g.segment == Segment::Enterprise
    });
    let offering = model.offerings.iter().position(|o| o.name == region);
    exposure.of(group.unwrap())[offering.unwrap()]
}

#[test]
fn by_hand_for_every_geometry() {
    let setting = setting();
    // German enterprises (concern factor 1): reach 0.35, at a trustee 0.09.
    let e = exposure(&setting, [0.4, 0.35, 0.09, 0.08, 0.04], 0.3, 0.02, 0.6);
    let expected = [
        // In the US: its own territory, so for certain; control and place do not matter.
        ("amazon-us", 0.3),
        // In the bloc: Ireland on its soil, the US through the parent, half protected.
        (
            "azure-dublin",
            1.0 - 0.7 * (1.0 - 0.3 * 0.35 * (1.0 - 0.6 * 0.5)),
        ),
        // At home: the own government, the US through the parent, protected by ψ.
        ("amazon-frankfurt", 1.0 - 0.98 * (1.0 - 0.3 * 0.35 * 0.4)),
        (
            "azure-germany-trustee",
            1.0 - 0.98 * (1.0 - 0.3 * 0.09 * 0.4),
        ),
        // Abroad, outside the bloc: Brazil on its soil, the US unprotected.
        ("amazon-sao-paulo", 1.0 - 0.7 * (1.0 - 0.3 * 0.35)),
        // A German house at home; a French one in the bloc, parent and soil the same.
        ("t-systems-germany", 0.02),
        ("ovh-france", 0.3),
    ];
    for (region, expected) in expected {
        let found = at(&setting, &e, region);
        assert!(
            (found - expected).abs() < 1e-12,
            "{region}: {found} for {expected}"
        );
    }
}

#[test]
fn the_public_sector_fears_more_by_its_factor() {
    let setting = setting();
    let e = exposure(&setting, [0.4, 0.35, 0.09, 0.08, 0.04], 0.3, 0.02, 0.6);
    let model = &setting.model;
    let us = model.offerings.iter().position(|o| o.name == "amazon-us");
    for (g, group) in model.groups.iter().enumerate() {
        let factor = model.segments[group.segment.index()]
            .concern_factor
            .value(&setting.draw);
        let at_home = model.jurisdictions[group.jurisdiction.index()].name == "US";
        let concern = if at_home { 0.02 } else { 0.3 };
        assert!((e.of(g)[us.unwrap()] - factor * concern).abs() < 1e-12);
    }
}

proptest! {
    #[test]
    fn exposures_are_within_bounds_for_any_beliefs(
        reach in proptest::array::uniform5(0.0f64..=1.0),
        concern in 0.0f64..=1.0,
        own in 0.0f64..=1.0,
        psi in 0.0f64..=1.0,
    ) {
        let setting = SETTING.get_or_init(setting);
        let e = exposure(setting, reach, concern, own, psi);
        for group in 0..setting.model.groups.len() {
            for value in e.of(group) {
                prop_assert!((0.0..=1.0).contains(value), "{value}");
            }
        }
        // More reach or less protection is never less exposure.
        let more = exposure(setting, reach.map(|r| r + 0.5 * (1.0 - r)), concern, own, psi * 0.5);
        for group in 0..setting.model.groups.len() {
            for (less, more) in e.of(group).iter().zip(more.of(group)) {
                prop_assert!(*more >= less - 1e-12);
            }
        }
    }

    #[test]
    fn any_news_keeps_beliefs_within_bounds(
        news in proptest::collection::vec((0usize..4, 0usize..5, 0i32..31, 0.0f64..20.0), 1..40),
    ) {
        use crate::domain::{CaseId, Conduct, Date, Event, EventKind, JurisdictionId, NodeId, ProviderId};
        let setting = SETTING.get_or_init(setting);
        let model = &setting.model;
        let mut beliefs = super::super::beliefs::Beliefs::at_rest(model, &setting.draw);
        let today: Date = "2014-08-01".parse().unwrap();
        let mut record = crate::domain::Record::empty(today);
        record.reach_in_law = vec![[0.9; 5]; model.jurisdictions.len()];
        record.reach_settled = vec![true; model.jurisdictions.len()];
        for (kind, level, days_left, size) in news {
            let by = JurisdictionId::new(level % model.jurisdictions.len());
            let kind = match kind {
                0 => EventKind::Leak { by, severity: size },
                1 => EventKind::Ruling {
                    case: CaseId(0),
                    node: NodeId(0),
                    outcome: 0,
                    level: Level::ALL[level],
                    favours: if days_left % 2 == 0 { Party::Government } else { Party::Provider },
                },
                2 => EventKind::ReachInLaw {
                    by,
                    control: crate::domain::Control::Direct,
                    before: 0.5,
                    reach: 0.9,
                },
                _ => EventKind::Conduct {
                    provider: ProviderId::new(level),
                    conduct: [Conduct::Contest, Conduct::Yield][usize::from(size > 5.0)],
                },
            };
            let event = Event { date: today, cause: None, kind };
            beliefs.hear(&event, days_left, &record);
            if size > 10.0 {
                beliefs.pass_month();
            }
            for group in 0..model.groups.len() {
                prop_assert!(beliefs.exposures(group).iter().all(|e| (0.0..=1.0).contains(e)));
                for p in 0..model.providers.len() {
                    let trust = beliefs.trust(group, p).trust();
                    prop_assert!(trust > 0.0 && trust < 1.0);
                }
            }
            for public in 0..model.publics.len() {
                let reach = beliefs.perception().reach(PublicId::new(public), by);
                prop_assert!(reach.iter().all(|r| (0.0..=1.0).contains(r)));
            }
            for market in 0..model.markets.len() {
                prop_assert!((0.0..=1.0).contains(&beliefs.perception().location(market)));
            }
        }
    }
}

static SETTING: std::sync::OnceLock<Setting> = std::sync::OnceLock::new();
