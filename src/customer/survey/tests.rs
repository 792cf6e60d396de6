//! Answers against the closed form, cell by cell.

use std::sync::Arc;

use super::super::customers::Customers;
use super::super::fixture::{first_day, small_scenario, tables};
use super::super::frame::population;
use crate::chance::{Run, Seed, math};
use crate::domain::{Conduct, Event, EventKind, JurisdictionId, OfferingId, ProviderId, Record};
use crate::scenario::resolved::InputDraw;

/// The small scenario on its first day, with its inputs.
fn world() -> (Customers, Record, InputDraw) {
    let scenario = small_scenario(&[]);
    let (model, draw) = tables(&scenario);
    let population = population(&model, 100, Seed(1));
    let record = first_day(&model, &scenario);
    let mut customers = Customers::new(Arc::clone(&model), population, Seed(1), &draw);
    customers.begin(Run(0), &draw, &record).unwrap();
    customers.weigh(0, &record);
    (customers, record, draw)
}

const ACME: usize = 0;

#[test]
fn at_rest_only_noise_and_lapses_speak() {
    // Φ(−0.12/0.08) = 0.0668072; a twentieth answers at random.
    let (customers, _, draw) = world();
    for group in 0..customers.model.groups.len() {
        let share = customers
            .stated_less_likely(group, |p| p == ACME, &draw)
            .unwrap();
        assert!(
            (share - (0.95 * 0.066_807_201 + 0.025)).abs() < 1e-8,
            "{share}"
        );
        assert_eq!(customers.stated_less_likely(group, |_| false, &draw), None);
    }
}

#[test]
fn after_news_answers_are_those_of_the_fall_in_utility() {
    let (mut customers, record, draw) = world();
    let model = Arc::clone(&customers.model);
    let is_open = |&o: &usize| record.is_open(OfferingId::new(o));
    let of_acme = |&o: &usize| model.offerings[o].provider.index() == ACME;
    let open: Vec<usize> = (0..model.offerings.len())
        .filter(of_acme)
        .filter(is_open)
        .collect();
    let [only] = open[..] else {
        panic!("one offering, or the nest has no plain form")
    };
    let exposures = |customers: &Customers| -> Vec<f64> {
        let groups = 0..customers.model.groups.len();
        groups
            .map(|group| customers.beliefs.exposures(group)[only])
            .collect()
    };
    let before = exposures(&customers);
    let by = JurisdictionId::new(
        model
            .jurisdictions
            .iter()
            .position(|j| j.name == "US")
            .unwrap(),
    );
    let (provider, conduct) = (ProviderId::new(ACME), Conduct::Yield);
    for kind in [
        EventKind::Leak { by, severity: 0.6 },
        EventKind::Conduct { provider, conduct },
    ] {
        let event = Event {
            date: record.today,
            cause: None,
            kind,
        };
        customers.hear(&event, 0, &record);
    }
    // List prices drift by themselves and are no part of the answer.
    let mut later = record.clone();
    later.price_index.fill(0.9);
    customers.weigh(1, &later);
    let after = exposures(&customers);
    let utility = &customers.utility;
    for (group, (before, after)) in before.iter().zip(&after).enumerate() {
        let dear = model.choice.exposure_weight.value(&draw) * (after - before);
        let distrust = -utility.trust_weight * customers.beliefs.trust(group, ACME).deviation();
        let answers = utility.loadings.iter().map(|class| {
            let fall = class * (dear + distrust);
            0.95 * math::normal_cdf((fall - 0.12) / 0.08) + 0.025
        });
        let expected = answers.sum::<f64>() / utility.loadings.len() as f64;
        let share = customers
            .stated_less_likely(group, |p| p == ACME, &draw)
            .unwrap();
        assert!((share - expected).abs() < 1e-8, "{share} {expected}");
        assert!(share > 0.1, "news is heard: {share}");
    }
}
