//! Which news moves what, and how trust answers the conduct of providers (P5).

use super::super::fixture;
use super::*;
use crate::domain::{Date, JurisdictionId};

struct Scene {
    model: Arc<FullModel>,
    draw: InputDraw,
    beliefs: Beliefs,
    record: Record,
}

fn scene() -> Scene {
    let (model, draw) = fixture::tables(&fixture::shipped("preska-2014"));
    let today: Date = "2014-08-01".parse().unwrap();
    let mut record = Record::empty(today);
    record.reach_in_law = vec![[0.9; 5]; model.jurisdictions.len()];
    record.reach_settled = vec![false; model.jurisdictions.len()];
    Scene {
        beliefs: Beliefs::at_rest(&model, &draw),
        model,
        draw,
        record,
    }
}

impl Scene {
    fn provider(&self, name: &str) -> usize {
        self.model
            .providers
            .iter()
            .position(|p| p.name == name)
            .unwrap()
    }

    fn group(&self, country: &str) -> usize {
        let of = |j: JurisdictionId| self.model.jurisdictions[j.index()].name.as_str();
        self.model
            .groups
            .iter()
            .position(|g| of(g.jurisdiction) == country)
            .unwrap()
    }

    fn acts(&mut self, provider: &str, conduct: Conduct) {
        let kind = EventKind::Conduct {
            provider: ProviderId::new(self.provider(provider)),
            conduct,
        };
        self.hear(kind);
    }

    fn hear(&mut self, kind: EventKind) {
        let event = Event {
            date: self.record.today,
            cause: None,
            kind,
        };
        self.beliefs.hear(&event, 0, &self.record);
    }

    fn stock(&self, country: &str, provider: &str) -> Stock {
        *self
            .beliefs
            .trust(self.group(country), self.provider(provider))
    }
}

#[test]
fn conduct_reaches_the_actor_in_full_and_its_countrymen_in_part() {
    let mut scene = scene();
    let rest = scene.stock("DE", "microsoft");
    scene.acts("microsoft", Conduct::Disclosure);
    let (trust, draw) = (&scene.model.trust, &scene.draw);
    let bad = trust.bad_weight.value(draw) * trust.disclosure.value(draw);
    let spill = trust.spill_over.value(draw);
    let home = trust.home_factor.value(draw);
    let gain = |country: &str, provider: &str| scene.stock(country, provider).bad - rest.bad;
    assert!((gain("DE", "microsoft") - bad).abs() < 1e-12);
    for other in ["amazon", "google", "ibm"] {
        assert!((gain("DE", other) - bad * spill).abs() < 1e-12);
        assert!((gain("US", other) - bad * spill * home).abs() < 1e-12);
    }
    assert!((gain("US", "microsoft") - bad * home).abs() < 1e-12);
    // Another parent country: nothing, at home or abroad.
    for other in ["ovh", "t-systems", "locaweb"] {
        for country in ["DE", "FR", "US", "BR"] {
            assert_eq!(scene.stock(country, other), rest);
        }
    }
    assert_eq!(scene.stock("DE", "microsoft").good, rest.good);
}

#[test]
fn a_contest_is_good_evidence_and_earns_credit() {
    let mut scene = scene();
    let rest = scene.stock("FR", "microsoft");
    scene.acts("microsoft", Conduct::Contest);
    let (contest, credit) = {
        let trust = &scene.model.trust;
        (
            trust.contest.value(&scene.draw),
            trust.contest_credit.value(&scene.draw),
        )
    };
    let after = scene.stock("FR", "microsoft");
    assert!((after.good - rest.good - contest).abs() < 1e-12);
    assert_eq!(after.bad, rest.bad);
    scene.acts("microsoft", Conduct::Yield);
    let trust = &scene.model.trust;
    let full = trust.bad_weight.value(&scene.draw) * trust.yielding.value(&scene.draw);
    let bad = scene.stock("FR", "microsoft").bad - rest.bad;
    assert!((bad - full * (1.0 - credit)).abs() < 1e-12);
    // The credit is the actor's own: spill-over to others is not softened by it.
    let spill = trust.spill_over.value(&scene.draw);
    let other = scene.stock("FR", "amazon").bad - rest.bad;
    assert!((other - full * spill).abs() < 1e-12);
}

/// Months until half of a provider's fall of trust has come back.
fn months_to_half(scene: &mut Scene, provider: &str, rest: f64) -> usize {
    let fallen = rest - scene.stock("DE", provider).trust();
    assert!(fallen > 0.05, "{fallen}");
    (1..)
        .find(|_| {
            scene.beliefs.pass_month();
            rest - scene.stock("DE", provider).trust() < 0.5 * fallen
        })
        .unwrap()
}

#[test]
fn trust_falls_at_once_and_returns_slowly_and_faster_for_who_fought() {
    // Of the same fall: one act takes it at once, the way back takes more than a year;
    // a provider that was seen to contest is back sooner.
    let mut silent = scene();
    let rest = silent.stock("DE", "microsoft").trust();
    silent.acts("microsoft", Conduct::Disclosure);
    let slow = months_to_half(&mut silent, "microsoft", rest);
    let mut fighter = scene();
    fighter.acts("microsoft", Conduct::Contest);
    // Long after, the good of the contest itself is forgotten, its credit is not.
    for _ in 0..600 {
        fighter.beliefs.pass_month();
    }
    assert!((fighter.stock("DE", "microsoft").trust() - rest).abs() < 1e-9);
    fighter.acts("microsoft", Conduct::Disclosure);
    fighter.acts("microsoft", Conduct::Disclosure);
    let fast = months_to_half(&mut fighter, "microsoft", rest);
    assert!(slow > 12, "{slow}");
    assert!(fast < slow, "{fast} after a contest, {slow} without");
    // Good evidence of the same size fades in its shorter half-life.
    let mut praised = scene();
    praised.acts("microsoft", Conduct::Contest);
    let top = praised.stock("DE", "microsoft").trust() - rest;
    let months = (1..).find(|_| {
        praised.beliefs.pass_month();
        praised.stock("DE", "microsoft").trust() - rest < 0.5 * top
    });
    assert!(
        months.unwrap() < slow,
        "{months:?} of praise, {slow} of blame"
    );
}

#[test]
fn each_kind_of_news_moves_one_channel() {
    let us = JurisdictionId::new(
        scene()
            .model
            .jurisdictions
            .iter()
            .position(|j| j.name == "US")
            .unwrap(),
    );
    let public = crate::domain::PublicId(0);
    let look = |scene: &Scene| {
        (
            scene.beliefs.trust.clone(),
            *scene.beliefs.perception.reach(public, us),
            scene.beliefs.perception.location(1),
            scene.beliefs.concern.with(1, us.index(), 1.0),
        )
    };
    let rest = look(&scene());
    let mut leak = scene();
    leak.hear(EventKind::Leak {
        by: us,
        severity: 0.5,
    });
    let after = look(&leak);
    assert_eq!((&after.0, after.1, after.2), (&rest.0, rest.1, rest.2));
    assert!(after.3 > rest.3);
    let mut ruling = scene();
    ruling.hear(EventKind::Ruling {
        case: crate::domain::CaseId(0),
        node: crate::domain::NodeId(0),
        outcome: 0,
        level: crate::domain::Level::District,
        favours: crate::domain::Party::Government,
    });
    let after = look(&ruling);
    assert_eq!((&after.0, after.3), (&rest.0, rest.3));
    assert!(after.1[0] > rest.1[0] && after.2 < rest.2);
    let mut act = scene();
    act.acts("google", Conduct::Yield);
    let after = look(&act);
    assert_eq!((after.1, after.2, after.3), (rest.1, rest.2, rest.3));
    assert_ne!(after.0, rest.0);
}
