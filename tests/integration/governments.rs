//! Governments that act, in whole runs: what a policy does to customers, to the law and to
//! the numbers of a world that has none.

use comity::chance::{Run, Seed};
use comity::domain::{Ending, EventKind, Segment};
use comity::scenario::Scenario;
use comity::world::{Setting, World};

use crate::worlds::{model, simulate, written};

/// The world of the order with makers of policy of our own, and one instrument as given.
fn scenario(instrument: &str) -> Scenario {
    let shipped = written("preska", "extends = \"preska-2014\"\nbaseline = \"\"", &[]);
    let bare = without_policy(&shipped.frozen);
    let text = format!(
        r#"{bare}
        [government.DE]
        half_life_months = 12
        leak = 1
        ruling = 1
        disclosure = 0.5
        [government.US]
        half_life_months = 12
        leak = 0
        ruling = 0
        disclosure = 0
        retaliation = 1
        [instrument.it]
        most_per_year = 1000
        share_at_rest = 0.5
        pressure_weight = 0
        drafting_months = 0
        {instrument}
        "#
    );
    written("policy", &text, &[])
}

const BAN: &str = r#"by = "DE"
    against = "US"
    kind = "procurement_ban"
    segments = ["public_sector"]
    grace_months = 24
    tolerated_reach = 0.5"#;

/// Workload of a German segment with providers of the United States, by whether reach over it
/// is above what the ban tolerates, and of all.
fn german(world: &World<'_>, segment: Segment) -> (f64, f64) {
    let model = world.setting().model;
    let ledger = world.customers().market().ledger();
    let us = model
        .jurisdictions
        .iter()
        .position(|j| j.name == "US")
        .unwrap();
    let (mut barred, mut all) = (0.0, 0.0);
    for (g, group) in model.groups.iter().enumerate() {
        let home = &model.jurisdictions[group.jurisdiction.index()].name;
        if home != "DE" || group.segment != segment {
            continue;
        }
        for (o, offering) in model.offerings.iter().enumerate() {
            let load = ledger.loads(g)[o];
            let parent = model.providers[offering.provider.index()].parent.index();
            let reach = world.record().reach_in_law[us][offering.control.index()];
            let there = offering.jurisdiction.index() == us;
            if there || (parent == us && reach > 0.5) {
                barred += load;
            }
            all += load;
        }
    }
    (barred, all)
}

#[test]
fn a_ban_empties_what_can_be_reached_by_its_day_and_nobody_elsewhere() {
    let scenario = scenario(BAN);
    let months = scenario.horizon_months as usize;
    let mut seen = 0;
    simulate(&scenario, 600, 0..3, |run, k, world| {
        let (barred, all) = german(world, Segment::PublicSector);
        assert!(all > 0.0);
        if k == 0 {
            assert!(barred > 0.1 * all, "{barred} of {all}");
        }
        // The grace of two years, and the half year that a move takes.
        if k > 24 + 6 {
            assert!(
                barred < 1e-6 * all,
                "run {run}, month {k}: {barred} of {all}"
            );
            seen += 1;
        }
        if k == months {
            let (others, all) = german(world, Segment::Enterprise);
            assert!(others > 0.1 * all, "enterprises are free to stay");
        }
        assert!(world.customers().market().conservation_gap() < 1e-6);
    });
    assert!(seen > 0);
}

#[test]
fn an_instrument_without_hazard_leaves_every_number_as_it_was() {
    let never = scenario(BAN);
    let never = {
        let text = never
            .frozen
            .replace("most_per_year = 1000", "most_per_year = 0");
        assert!(text.contains("most_per_year = 0"));
        written("never", &text, &[])
    };
    let without = written("preska", &without_policy(&never.frozen), &[]);
    let shares = |scenario: &Scenario| {
        let mut shares = Vec::new();
        simulate(scenario, 300, 0..2, |_, _, world| {
            let ledger = world.customers().market().ledger();
            shares.extend(ledger.load.iter().map(|load| load.to_bits()));
            let events = world.events().iter();
            shares.extend(
                events
                    .map(|e| e.date.days_since_epoch().unsigned_abs())
                    .map(u64::from),
            );
        });
        shares
    };
    assert_eq!(shares(&never), shares(&without));
}

/// A frozen scenario less its makers and instruments, and less what is asked of these.
fn without_policy(frozen: &str) -> String {
    let mut kept = String::new();
    let mut skip = false;
    for line in frozen.lines() {
        if line.starts_with('[') {
            let gone = [
                "[government.",
                "[instrument.",
                "[metric.de_ban_days]",
                "[metric.us_statute_days]",
            ];
            skip = gone.iter().any(|head| line.starts_with(head));
        }
        if !skip {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

#[test]
fn a_statute_that_a_government_brings_settles_reach_and_moots_the_case() {
    let statute = r#"by = "US"
        against = "US"
        kind = "statute""#;
    let scenario = scenario(statute);
    let setting = Setting::new(&scenario, model(&scenario), 300, Seed(1));
    let mut world = World::new(setting, &scenario.median_inputs()).unwrap();
    for run in 0..5 {
        let draw = scenario.draw_inputs(Seed(1), Run(run));
        world.simulate(Run(run), &draw, |_, _| {}).unwrap();
        let case = world.law().case(comity::domain::CaseId(0));
        assert_eq!(case.ended.map(|(ending, _)| ending), Some(Ending::Statute));
        let events = world.events();
        let statute = events
            .iter()
            .find(|e| matches!(e.kind, EventKind::Statute { .. }))
            .unwrap();
        let cause = events[statute.cause.unwrap().0 as usize];
        assert!(matches!(cause.kind, EventKind::PolicyInForce { .. }));
        assert_eq!(cause.date, statute.date);
    }
}

/// With an instrument for it, the court system's own hazard of a statute is no more.
#[test]
fn the_courts_own_hazard_gives_way_to_the_instrument() {
    let never = r#"by = "US"
        against = "US"
        kind = "statute""#;
    let frozen = scenario(never)
        .frozen
        .replace("most_per_year = 1000", "most_per_year = 0");
    let scenario = written("never", &frozen, &[]);
    let mut statutes = 0;
    simulate(&scenario, 300, 0..20, |_, k, world| {
        if k == 120 {
            let events = world.events().iter();
            statutes += events
                .filter(|e| matches!(e.kind, EventKind::Statute { .. }))
                .count();
        }
    });
    assert_eq!(statutes, 0);
}
