//! The chronicle against the equations of beliefs, and against a run without one.

use super::*;
use crate::chance::{Run, Seed, math};
use crate::scenario::resolved::Model;
use crate::scenario::{ScenarioTarget, load};
use crate::world::Setting;

/// Simulates a run of the shipped scenario with and without a chronicle; its events and
/// entries.
fn told(run: u32) -> (Vec<Event>, Vec<Entry>) {
    let scenario = load(&ScenarioTarget::parse("preska-2014"), &[]).unwrap();
    let Model::Full(model) = &scenario.model else {
        panic!("not the whole model");
    };
    let seed = Seed(3);
    let draw = scenario.draw_inputs(seed, Run(run));
    let setting = Setting::new(&scenario, model, 300, seed);
    let mut world = World::new(setting, &draw).unwrap();
    let factors = vec![1.0; model.offerings.len()];
    let mut simulate = |factors: Option<&[f64]>| {
        world.keep_chronicle(factors);
        let mut loads = 0.0;
        world
            .simulate(Run(run), &draw, |_, world| {
                loads += world.customers().market().ledger().load.iter().sum::<f64>();
            })
            .unwrap();
        (world.events().to_vec(), world.chronicle().to_vec(), loads)
    };
    let (events, entries, loads) = simulate(Some(&factors));
    let (without, none, same_loads) = simulate(None);
    assert_eq!(
        (events.len(), loads.to_bits()),
        (without.len(), same_loads.to_bits())
    );
    assert_eq!(events, without);
    assert!(none.is_empty());
    (events, entries)
}

#[test]
fn it_tells_what_the_equations_of_beliefs_do_and_changes_nothing() {
    let (events, entries) = told(0);
    let kind = |entry: &Entry| entry.cause.map(|cause| events[cause.0 as usize].kind);
    let mut seen = [0; 3];
    for entry in &entries {
        assert!(entry.value.is_finite());
        match (entry.subject, kind(entry)) {
            (Subject::PerceivedReach { public, .. }, Some(EventKind::Ruling { .. })) => {
                // Equation (10): the log-odds over every control structure move alike.
                let step = |e: &Entry| logit(e.value) - logit(e.before);
                let of_same = entries.iter().filter(|other| {
                    other.cause == entry.cause
                        && matches!(other.subject, Subject::PerceivedReach { public: p, .. }
                            if p == public)
                });
                for other in of_same {
                    assert!((step(other) - step(entry)).abs() < 1e-9);
                }
                seen[0] += 1;
            }
            (Subject::LocationProtects { .. }, Some(EventKind::Ruling { favours, .. })) => {
                // Equation (11): a ruling for the government takes off a part.
                let falls = entry.value < entry.before;
                assert_eq!(falls, favours == crate::domain::Party::Government);
                seen[1] += 1;
            }
            (Subject::Concern { .. }, Some(EventKind::Leak { .. })) => {
                assert!(entry.value > entry.before);
                seen[2] += 1;
            }
            // One channel for each kind of news.
            (Subject::PerceivedReach { .. }, Some(EventKind::ReachInLaw { .. }))
            | (Subject::Level { .. }, Some(EventKind::Conduct { .. })) => {}
            (subject, Some(cause)) => panic!("{subject:?} by {cause:?}"),
            (_, None) => assert_eq!(entry.months, 12),
        }
        if let Some(cause) = entry.cause {
            assert_eq!(entry.months, 0);
            assert_eq!(events[cause.0 as usize].date, entry.date);
        }
    }
    assert!(seen.iter().all(|&n| n > 4), "{seen:?}");
}

fn logit(p: f64) -> f64 {
    math::ln(p / (1.0 - p))
}

#[test]
fn what_is_counted_over_the_years_adds_up() {
    let (_, entries) = told(1);
    // Of each place, the flows to other providers sum to all moves of the year.
    let mut checked = 0;
    for all in &entries {
        let Subject::BaseMoved {
            place: place @ Place::Jurisdiction(_),
            flow: None,
        } = all.subject
        else {
            continue;
        };
        let flows = entries.iter().filter(|entry| {
            entry.date == all.date
                && matches!(entry.subject, Subject::BaseMoved { place: p, flow: Some((_, Some(_))) }
                    if p == place)
        });
        let sum: f64 = flows.map(|entry| entry.value).sum();
        assert!((sum - all.value).abs() < 1e-9, "{sum} {}", all.value);
        checked += 1;
    }
    assert!(checked > 5, "{checked}");
}

#[test]
fn the_first_account_begins_after_the_news_of_the_first_day() {
    let scenario = load(&ScenarioTarget::parse("preska-2014"), &[]).unwrap();
    let (_, entries) = told(2);
    let mut held = 0;
    let first = entries.iter().find(|entry| entry.cause.is_none()).unwrap();
    for account in entries.iter().filter(|entry| entry.date == first.date) {
        let moved = entries.iter().rfind(|entry| {
            entry.subject == account.subject
                && entry.date == scenario.start
                && entry.cause.is_some()
        });
        if let (Some(moved), None) = (moved, account.cause) {
            assert_eq!(moved.value, account.before);
            held += 1;
        }
    }
    assert!(held > 1, "{held}");
}

/// Of a run with accounts, the money of every month adds up to that of the years.
#[test]
fn the_yearly_money_is_that_of_the_months() {
    let scenario = load(&ScenarioTarget::parse("preska-2014"), &[]).unwrap();
    let Model::Full(model) = &scenario.model else {
        panic!("not the whole model");
    };
    let draw = scenario.draw_inputs(Seed(3), Run(4));
    let setting = Setting::new(&scenario, model, 120, Seed(3));
    let mut world = World::new(setting, &draw).unwrap();
    world.keep_chronicle(Some(&vec![1.0; model.offerings.len()]));
    let microsoft = model.providers.iter().position(|p| p.name == "microsoft");
    let microsoft = microsoft.unwrap();
    let mut months = [0.0; 3];
    world
        .simulate(Run(4), &draw, |k, world| {
            let month = world.accounts().month(microsoft);
            if k > 0 {
                let amounts = [month.operating_profit(), month.legal, month.fines()];
                for (sum, amount) in months.iter_mut().zip(amounts) {
                    *sum += amount.in_millions();
                }
            }
        })
        .unwrap();
    let of_year = [
        Observable::OperatingProfit,
        Observable::LegalCost,
        Observable::Fines,
    ];
    for (observable, months) in of_year.into_iter().zip(months) {
        let entries = world.chronicle().iter().filter(|entry| {
            matches!(entry.subject, Subject::Money { of, provider }
                if of == observable && provider.index() == microsoft)
        });
        let years: f64 = entries.map(|entry| entry.value).sum();
        assert!(
            (years - months).abs() < 1e-6 * months.abs().max(1.0),
            "{years} {months}"
        );
        assert!(observable == Observable::Fines || months != 0.0);
    }
    let last = world.chronicle().iter().rfind(|entry| {
        matches!(entry.subject, Subject::ListPrice { provider } if provider.index() == microsoft)
    });
    let price = world.record().price(ProviderId::new(microsoft));
    assert!((last.unwrap().value - 100.0 * price).abs() < 1e-12);
}
